"""Where training gets its attributions: our marked lines, PropBank's verbs of saying, GUM. Needs no PyTorch.

All sentences are invented.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from training.attribution import (
    cue_head,
    cue_span,
    disjoint,
    gum_attributions,
    own_examples,
    silver_frames,
    strip_tags,
    trimmed,
    with_quotes,
)
from training.corpora import Example, GoldFrame, Word
from training.words import split_paragraph

LINE = "<s1>Oda Lind</s1> <q1>has said</q1> <c1>“the talks <s2>she</s2> <q2>wanted</q2> failed”</c1>."


def forms(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def sentence(text: str, upos: str | None = None) -> Example:
    words = forms(text)
    tagged = upos and tuple(Word(form, form, upos, "X", -1, "root") for form in words)
    return Example("invented", words, (True,) * len(words), words=tagged or None)


def predicate(word: int, *roles: tuple[str, int, int]) -> GoldFrame:
    return GoldFrame("predicate", word, roles)


# ---------------------------------------------------------------- our own lines


def test_tags_are_stripped_and_their_spans_kept() -> None:
    text, spans = strip_tags(LINE)
    assert text == "Oda Lind has said “the talks she wanted failed”."
    found = [(kind, number, text[start:end]) for kind, number, start, end in spans]
    assert found == [
        ("SOURCE", 1, "Oda Lind"),
        ("CUE", 1, "has said"),
        ("SOURCE", 2, "she"),
        ("CUE", 2, "wanted"),
        ("CONTENT", 1, "“the talks she wanted failed”"),
    ]


@pytest.mark.parametrize("line", ["<s1>Lind", "Lind</s1>", "<s1>a <s1>b</s1></s1>"])
def test_a_tag_out_of_place_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="tag"):
        strip_tags(line)


def own(folder: Path, *lines: str) -> list[Example]:
    (folder / "made.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return own_examples(split_paragraph, folder)


def test_a_marked_line_becomes_a_frame_for_each_cue(tmp_path: Path) -> None:
    (found,) = own(tmp_path, LINE)
    assert found.id == "made-0-0"
    outer, inner = found.attributions or ()
    assert (found.forms[outer.word], found.forms[inner.word]) == ("said", "wanted")
    assert outer.roles == (("SOURCE", 0, 2), ("CUE", 2, 4), ("CONTENT", 4, 11))
    assert inner.roles == (("SOURCE", 7, 8), ("CUE", 8, 9))


def test_a_line_without_tags_marks_that_nothing_is_said(tmp_path: Path) -> None:
    (found,) = own(tmp_path, "The ship sank.")
    assert found.attributions == ()
    assert found.words is None


def test_a_content_in_the_next_sentence_keeps_its_cue_in_the_first(tmp_path: Path) -> None:
    first, second = own(tmp_path, "<c1>“We failed,”</c1> <s1>he</s1> <q1>said</q1>. <c1>“We go.”</c1>")
    assert [frame.word for frame in first.attributions or ()] == [first.forms.index("said")]
    assert second.attributions == ()


def test_a_sentence_knows_whether_a_quotation_was_open_before_it(tmp_path: Path) -> None:
    found = own(tmp_path, "He rose. “We failed. We go home,” he said. They left.")
    assert [example.quoted for example in found] == [False, False, True, False]


@pytest.mark.parametrize(
    ("text", "start", "end", "word"),
    [
        ("Lind has repeatedly said so", 1, 4, "said"),
        ("Lind did not deny it", 1, 4, "deny"),
        ("according to Lind", 0, 2, "according"),
        ("in a statement from Lind", 0, 4, "statement"),
        ("Lind clearly", 1, 2, "clearly"),
        ("Lind will", 1, 2, "will"),
    ],
)
def test_the_evoking_word_is_the_cues_first_full_word(text: str, start: int, end: int, word: str) -> None:
    assert forms(text)[cue_head(forms(text), start, end)] == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left .", "She stayed ."]),
        ("“Why now?” she asked.", ["“ Why now ? ” she asked ."]),
        ("“Go.” He went.", ["“ Go . ”", "He went ."]),
        ("No. 5 and the U.S. won", ["No. 5 and the U.S. won"]),
    ],
)
def test_a_paragraph_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert [" ".join(text[s:e] for s, e in words) for words in split_paragraph(text)] == expected


# ---------------------------------------------------------------- silver


def test_a_verb_of_saying_holds_its_second_argument() -> None:
    text = "Lind has said “ we failed . ”"
    (frame,) = silver_frames(sentence(text), [("say.01", predicate(2, ("ARG0", 0, 1), ("ARG1", 4, 6)))])
    assert frame == GoldFrame("attribution", 2, (("SOURCE", 0, 1), ("CUE", 1, 3), ("CONTENT", 3, 8)))


def test_another_verb_holds_nothing() -> None:
    assert silver_frames(sentence("Lind ate soup"), [("eat.01", predicate(1, ("ARG0", 0, 1), ("ARG1", 2, 3)))]) == ()


def test_a_verb_of_saying_without_content_is_left_out() -> None:
    assert silver_frames(sentence("Lind said"), [("say.01", predicate(1, ("ARG0", 0, 1)))]) == ()


def test_a_noun_is_left_out() -> None:
    frames = [("claim.01", predicate(1, ("ARG0", 0, 1), ("ARG1", 2, 3)))]
    assert silver_frames(sentence("Lind claim this", "NOUN"), frames) == ()
    assert len(silver_frames(sentence("Lind claim this", "VERB"), frames)) == 1


def test_a_verb_of_blame_holds_whom_and_for_what() -> None:
    roles = (("ARG0", 0, 1), ("ARG1", 2, 3), ("ARG2", 3, 5))
    (frame,) = silver_frames(sentence("Lind blamed Verrin for delays"), [("blame.01", predicate(1, *roles))])
    assert ("CONTENT", 2, 5) in frame.roles


def test_the_cue_does_not_reach_into_the_source() -> None:
    (frame,) = silver_frames(
        sentence("those who will say no"), [("say.01", predicate(3, ("ARG0", 0, 3), ("ARG1", 4, 5)))]
    )
    assert ("SOURCE", 0, 3) in frame.roles
    assert ("CUE", 3, 4) in frame.roles


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("“ we go ” he", (1, 3), (0, 4)),
        ("“ we go , ” he", (1, 3), (0, 5)),
        ('" we go . "', (1, 3), (0, 5)),
        ("we go , he", (0, 2), (0, 2)),
        ("we go", (0, 2), (0, 2)),
        ("the states ’ ships", (0, 2), (0, 3)),
    ],
)
def test_a_content_takes_the_quotation_marks_that_hug_it(
    text: str, span: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert with_quotes(forms(text), *span) == expected


def test_a_cue_takes_its_auxiliaries_but_no_leading_adverb() -> None:
    assert cue_span(forms("she has also said"), 3) == (1, 4)
    assert cue_span(forms("she now says"), 2) == (2, 3)
    assert cue_span(forms("to say"), 1) == (1, 2)


def test_roles_that_overlap_give_way_to_the_first() -> None:
    assert disjoint([("CUE", 2, 4), ("SOURCE", 0, 3), ("CONTENT", 4, 6), ("CONTENT", 6, 6)]) == (
        ("CUE", 2, 4),
        ("CONTENT", 4, 6),
    )


# ---------------------------------------------------------------- GUM


def test_an_attribution_of_gum_lands_on_the_words_of_its_sentence(tmp_path: Path) -> None:
    text = "He rose. Lind said they lost."
    trees = {
        "d": [
            Example("d-1", forms("He rose ."), (True,) * 3),
            Example("d-2", forms("Lind said they lost ."), (True,) * 5),
        ]
    }
    record = {
        "doc_id": "d", "commercial": "yes", "text": text,
        "attributions": [
            {"auto_cue": [14, 18], "auto_source": [[9, 13]], "content": [[19, 29]]},
            {"auto_cue": None, "auto_source": [[9, 13]], "content": [[19, 29]]},
        ],
    }  # fmt: skip
    path = tmp_path / "g.gz"
    path.write_bytes(gzip.compress(json.dumps(record).encode()))
    wanted = GoldFrame("attribution", 1, (("SOURCE", 0, 1), ("CUE", 1, 2), ("CONTENT", 2, 4)))
    assert gum_attributions(trees, path) == {"d-2": (wanted,)}
    path.write_bytes(gzip.compress(json.dumps(record | {"commercial": "no"}).encode()))
    assert gum_attributions(trees, path) == {}


def test_a_full_stop_at_the_end_is_trimmed() -> None:
    assert trimmed(forms("they lost ."), 0, 3) == (0, 2)
    assert trimmed(forms("they lost . ”"), 0, 4) == (0, 4)


def test_attributions_are_read_without_pytorch() -> None:
    code = "import sys, training.attribution, training.words, training.card; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent).returncode == 0
