"""Attributions in set forms for which the model has no frame. All sentences are invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, says, tree

from legation.coding import code


def told(*drafts: Draft) -> list[tuple[str, str, list[str]]]:
    """Words for the speaker, cue and contents of each statement."""
    return [
        (s.speaker.text if s.speaker else "", s.cue.text, [span.text for span in s.content])
        for s in code(reading(list(drafts))).statements
    ]


def in_view(noun: str, preposition: str = "In") -> Draft:
    """ "In Lind's view, rents rose." """
    return tree(
        f"{preposition} {preposition.lower()} ADP IN 4 case | Lind Lind PROPN NNP 4 nmod:poss | 's 's PART POS 2 case | "
        f"{noun} {noun.removesuffix('s')} NOUN NN 7 obl | , , PUNCT , 4 punct | rents rent NOUN NNS 7 nsubj | rose rise VERB VBD 0 root | "
        ". . PUNCT . 7 punct",
        PER="Lind",
    )


@pytest.mark.parametrize("noun, preposition", [("view", "In"), ("words", "In"), ("telling", "In"), ("account", "By")])
def test_what_is_so_in_somebodys_view_is_a_statement(noun: str, preposition: str) -> None:
    assert told(in_view(noun, preposition)) == [("Lind", noun, ["rents rose"])]


@pytest.mark.parametrize("noun, preposition", [("garden", "In"), ("account", "In"), ("view", "By")])
def test_what_is_so_in_somebodys_garden_is_none(noun: str, preposition: str) -> None:
    assert told(in_view(noun, preposition)) == []


def test_the_view_of_somebody_parts_the_words_around_it() -> None:
    draft = tree(
        "Rents rent NOUN NNS 9 nsubj | , , PUNCT , 1 punct | in in ADP IN 5 case | the the DET DT 5 det | "
        "phrase phrase NOUN NN 9 obl | of of ADP IN 7 case | Lind Lind PROPN NNP 5 nmod | , , PUNCT , 5 punct | "
        "rose rise VERB VBD 0 root | . . PUNCT . 9 punct",
        PER="Lind",
    )
    assert told(draft) == [("Lind", "in the phrase", ["Rents", "rose"])]


def test_in_view_of_something_is_no_statement() -> None:
    draft = tree(
        "In in ADP IN 2 case | view view NOUN NN 6 obl | of of ADP IN 4 case | frost frost NOUN NN 2 nmod | "
        "rents rent NOUN NNS 6 nsubj | rose rise VERB VBD 0 root | . . PUNCT . 6 punct"
    )
    assert told(draft) == []


def test_according_to_her_needs_no_frame() -> None:
    draft = tree(
        "According accord VERB VBG 3 case | to to ADP IN 1 fixed | her her PRON PRP 6 obl | , , PUNCT , 3 punct | "
        "rents rent NOUN NNS 6 nsubj | rose rise VERB VBD 0 root | . . PUNCT . 6 punct"
    )
    assert told(draft) == [("her", "According to", ["rents rose"])]


def recalled(verb: str = "recalled recall", *, frame: bool = False) -> Draft:
    """“Rents rose,” Oda Lind recalled."""
    parts = [says(verb.split()[0], "Oda Lind", "“ Rents rose , ”", score=0.95)] if frame else []
    return tree(
        "“ “ PUNCT `` 3 punct | Rents rent NOUN NNS 3 nsubj | rose rise VERB VBD 8 ccomp | , , PUNCT , 3 punct | "
        f"” ” PUNCT '' 3 punct | Oda Oda PROPN NNP 8 nsubj | Lind Lind PROPN NNP 6 flat | {verb} VERB VBD 0 root | "
        ". . PUNCT . 8 punct",
        *parts,
        PER="Oda Lind",
    )


def test_a_verb_of_speech_right_behind_a_quotation_is_its_cue() -> None:
    assert told(recalled()) == [("Oda Lind", "recalled", ["“Rents rose,”"])]


def test_what_the_model_has_found_is_not_told_twice() -> None:
    assert told(recalled(frame=True)) == [("Oda Lind", "recalled", ["“Rents rose,”"])]


def test_another_verb_behind_a_quotation_is_no_cue() -> None:
    assert told(recalled("slept sleep")) == []
