"""What was judged is found again where it surely is, and nowhere else; what judgements make of rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.store.anchors import Anchor, Candidate, match
from legation.store.corrections import groups_of
from legation.store.readings import Decision, Standing, decide

SENTENCE = "Valdoria accused Kestria of moving missile boats toward the strait."
ANCHOR = Anchor(1, 100, 107, "accused", SENTENCE, "ACCUSE", "actor Valdoria recipient Kestria")
SAME = Candidate(7, 100, 107, "accused", SENTENCE, "ACCUSE", "actor Valdoria recipient Kestria")


def at(**other: object) -> Candidate:
    return replace(SAME, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("candidates", "found"),
    [
        ([SAME], 7),
        ([at(start=98, end=103, kind="REJECT", about="")], 7),  # overlap is enough
        ([at(start=107, end=110, words="of", sentence="Another.")], None),
        ([at(start=300, end=307, sentence="Another.", others=((101, 104),))], 7),  # told there too
        ([at(id=8, kind="REJECT"), SAME], 7),  # of two at one place the one of its kind
        ([at(id=8, about="actor Morland"), SAME], 7),  # or of its participants
        ([at(start=120, end=126, words="moving")], 7),  # another word of the sentence, the same kind
        ([at(id=8, start=120, end=126), at(id=9, start=140, end=144)], None),  # which of the two?
        ([at(start=120, end=126, kind="REJECT")], None),
        ([], None),
    ],
)
def test_in_the_same_text_it_is_what_overlaps(candidates: list[Candidate], found: int | None) -> None:
    assert match(ANCHOR, 1, candidates) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (SENTENCE, 7),
        ("On Monday Valdoria again accused Kestria of moving missile boats toward the strait.", 7),
        ("Valdoria accused Kestria of moving its missile boats toward the Lorne Strait.", 7),
        ("Morland accused its neighbours of lying.", None),
        ("Valdoria accused.", None),
    ],
)
def test_in_an_edited_text_it_is_in_the_sentence_that_is_most_like_it(sentence: str, found: int | None) -> None:
    other = at(id=8, start=5, end=9, words="met", sentence="They met in Sund.", kind="CONSULT")
    assert match(ANCHOR, 2, [other, at(start=900, end=907, sentence=sentence)]) == found


def test_in_an_edited_text_neither_of_two_that_are_equally_like_it_is_taken() -> None:
    assert match(ANCHOR, 2, [at(id=8, start=10, end=17), at(id=9, start=500, end=507)]) is None


def test_in_an_edited_text_the_kind_alone_or_the_word_alone_is_enough() -> None:
    assert match(ANCHOR, 2, [at(words="blamed")]) == 7
    assert match(ANCHOR, 2, [at(kind="REJECT")]) == 7
    assert match(ANCHOR, 2, [at(words="blamed", kind="REJECT")]) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 9), st.sampled_from(["ACCUSE", "REJECT"])), unique=True, max_size=8
    ),
    st.booleans(),
)
def test_what_is_matched_does_not_rest_on_the_order_of_candidates(
    places: list[tuple[int, int, str]], same_text: bool
) -> None:
    candidates = [
        at(id=n, start=90 + start, end=90 + start + size, kind=kind) for n, (start, size, kind) in enumerate(places)
    ]
    text = 1 if same_text else 2
    assert match(ANCHOR, text, candidates) == match(ANCHOR, text, candidates[::-1])


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12))))
def test_what_is_joined_in_any_way_has_one_first(pairs: list[tuple[int, int]]) -> None:
    first = groups_of(pairs)
    assert all(first[a] == first[b] for a, b in pairs)
    assert all(first[of] == of <= one for one, of in first.items())


# ---------------------------------------------------------------- which reading counts

OLD = Standing(1, version=10, model_sha256="m", digest="d", rejected=False)


@pytest.mark.parametrize(
    ("new", "standing", "decision"),
    [
        (OLD, [], Decision()),
        (replace(OLD, reading=2), [OLD], Decision(repeats=1)),
        (replace(OLD, reading=2, digest="e"), [OLD], Decision(ends=(1,))),
        (replace(OLD, reading=2, model_sha256="n"), [OLD], Decision(ends=(1,))),
        (replace(OLD, reading=2, version=11), [OLD], Decision(ends=(1,))),
        (replace(OLD, reading=2, version=9), [OLD], Decision(counts=False)),
        (replace(OLD, reading=2, version=11, rejected=True), [OLD], Decision()),
        (replace(OLD, reading=2, version=11), [replace(OLD, rejected=True)], Decision(ends=(1,))),
        (
            replace(OLD, reading=3, version=12, rejected=True),
            [OLD, replace(OLD, reading=2, version=11, rejected=True)],
            Decision(ends=(2,)),
        ),
    ],
)
def test_the_newest_reading_of_the_newest_sound_version_counts(
    new: Standing, standing: list[Standing], decision: Decision
) -> None:
    assert decide(new, standing) == decision
