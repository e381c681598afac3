"""Tag scores become well-formed spans, and no well-formed sequence scores higher."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from legation.read.spans import decode_rows, spans_of, tag_names

LABELS = ("PER", "ORG")
TAGS = 5
Scores = npt.NDArray[np.float32]


def well_formed(tags: list[int]) -> bool:
    before = [0, *tags]
    return all(
        tag == 0 or tag % 2 == 1 or previous in (tag, tag - 1) for previous, tag in zip(before, tags, strict=False)
    )


def decode_tags(scores: Scores, touching: float = 0.0) -> npt.NDArray[np.int64]:
    return np.array(decode_rows(list(scores), touching), dtype=np.int64).reshape(scores.shape[:2])


def score_strategy(length: int) -> st.SearchStrategy[Scores]:
    quarters = st.integers(-40, 40).map(lambda n: n / 4)
    return arrays(np.float32, (3, length, TAGS), elements=quarters)


def test_tags_are_outside_then_begin_and_inside_of_each_label() -> None:
    assert tag_names(LABELS) == ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def worth(row: Scores, tags: tuple[int, ...], touching: float) -> float:
    """The scores of a sequence, less the cost of every span that begins right behind another."""
    begins = sum(b % 2 == 1 and a > 0 for a, b in pairwise(tags))
    return float(sum(row[at, tag] for at, tag in enumerate(tags))) - begins * touching


@given(st.integers(1, 4).flatmap(score_strategy), st.sampled_from([0.0, 0.5, 3.0]))
def test_no_well_formed_sequence_scores_higher(scores: Scores, touching: float) -> None:
    length = scores.shape[1]
    sequences = [tags for tags in product(range(TAGS), repeat=length) if well_formed(list(tags))]
    for row, tags in zip(scores, decode_tags(scores, touching), strict=True):
        assert well_formed(tags.tolist())
        assert worth(row, tuple(tags.tolist()), touching) == max(worth(row, s, touching) for s in sequences)


@given(st.integers(1, 30).flatmap(score_strategy))
def test_tags_are_well_formed_at_any_length(scores: Scores) -> None:
    assert all(well_formed(tags) for tags in decode_tags(scores).tolist())


@given(st.integers(2, 8).flatmap(score_strategy))
def test_a_sequence_does_not_depend_on_those_beside_it(scores: Scores) -> None:
    together = decode_tags(scores)
    for row in range(len(scores)):
        assert decode_tags(scores[row : row + 1])[0].tolist() == together[row].tolist()


def test_no_words_have_no_tags() -> None:
    assert decode_tags(np.zeros((2, 0, TAGS), dtype=np.float32)).shape == (2, 0)
    assert decode_tags(np.zeros((0, 4, TAGS), dtype=np.float32)).shape == (0, 4)


def test_a_word_that_no_window_saw_stays_outside() -> None:
    """Outside its window a frame scores 1e4 for O: an I at the window's edge must not spill over."""
    scores = np.zeros((1, 4, TAGS), dtype=np.float32)
    scores[0, :2, 0] = 1e4
    scores[0, 2:, 2] = 8.0
    assert decode_tags(scores)[0].tolist()[:2] == [0, 0]
    assert decode_tags(scores)[0].tolist()[2:] == [1, 2]


def test_spans_are_read_off_the_tags() -> None:
    tags = np.array([1, 2, 0, 3, 1, 2, 2], dtype=np.int64)
    assert spans_of(tags, LABELS) == [(0, 2, "PER"), (3, 4, "ORG"), (4, 7, "PER")]


def test_a_begin_right_behind_a_span_of_its_label_starts_another() -> None:
    assert spans_of(np.array([1, 1, 2]), LABELS) == [(0, 1, "PER"), (1, 3, "PER")]


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, str]]]:
    """A length, and disjoint spans in order within it."""
    length = draw(st.integers(0, 14))
    borders = sorted(draw(st.sets(st.integers(0, length))))
    pairs = pairwise(borders)
    return length, [(s, e, draw(st.sampled_from(LABELS))) for s, e in pairs if draw(st.booleans())]


@given(spans())
def test_spans_written_as_tags_come_back(drawn: tuple[int, list[tuple[int, int, str]]]) -> None:
    length, wanted = drawn
    names = tag_names(LABELS)
    tags = np.zeros(length, dtype=np.int64)
    for start, end, label in wanted:
        tags[start] = names.index(f"B-{label}")
        tags[start + 1 : end] = names.index(f"I-{label}")
    assert spans_of(tags, LABELS) == wanted


def test_a_span_right_behind_another_must_be_worth_its_cost() -> None:
    scores = np.zeros((1, 2, 5), dtype=np.float32)
    scores[0, 0, 1] = 5.0
    scores[0, 1, 1] = 2.0
    scores[0, 1, 2] = 1.0
    assert decode_tags(scores).tolist() == [[1, 1]]
    assert decode_tags(scores, 3.0).tolist() == [[1, 2]]
    scores[0, 1, 1] = 5.0
    assert decode_tags(scores, 3.0).tolist() == [[1, 1]]


@given(st.lists(st.integers(1, 12), min_size=1, max_size=80), st.sampled_from([0.0, 3.0]), st.integers(0, 9))
def test_rows_of_all_lengths_are_decoded_as_if_alone(lengths: list[int], touching: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = [random.normal(size=(length, TAGS)).astype(np.float32) for length in lengths]
    together = decode_rows(rows, touching)
    alone = [decode_tags(row[None], touching)[0] for row in rows]
    assert [tags.tolist() for tags in together] == [tags.tolist() for tags in alone]
