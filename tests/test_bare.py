"""Quotations without a cue: given to whom the text plainly tells of, else to nobody. All sentences are invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, says, tree

from legation.coding import code
from legation.records import Report


def told(*paragraphs: Draft | list[Draft]) -> list[tuple[str | None, str]]:
    """Speaker and content of each statement."""
    report: Report = code(reading(*paragraphs))
    by_id = {entity.id: entity.name for entity in report.entities}
    return [
        (by_id.get((s.speaker.entity if s.speaker else None) or ""), " ".join(span.text for span in s.content))
        for s in report.statements
    ]


def quoted(words: str = "Trade grew", *, opens: bool = True, closes: bool = True) -> Draft:
    """“Trade grew.”"""
    subject, verb = words.split()
    root = 3 if opens else 2
    rows = ["“ “ PUNCT `` 3 punct"] if opens else []
    rows += [f"{subject} {subject.lower()} NOUN NN {root} nsubj", f"{verb} {verb} VERB VBD 0 root"]
    rows.append(f". . PUNCT . {root} punct")
    rows += [f"” ” PUNCT '' {root} punct"] if closes else []
    return tree(" | ".join(rows))


def laughed(first: str = "Oda", last: str = "Lind") -> Draft:
    """ "Oda Lind laughed." """
    return tree(
        f"{first} {first} PROPN NNP 3 nsubj | {last} {last} PROPN NNP 1 flat | "
        "laughed laugh VERB VBD 0 root | . . PUNCT . 3 punct",
        PER=f"{first} {last}",
    )


def free(*words: str) -> Draft:
    """A sentence outside every quotation: "Rain fell." """
    subject, verb = words or ("Rain", "fell")
    return tree(f"{subject} {subject.lower()} NOUN NN 2 nsubj | {verb} {verb} VERB VBD 0 root | . . PUNCT . 2 punct")


def revealed(start: str) -> Draft:
    """ "That was Oda Lind." """
    rows = [f"{word} {word.lower()} X X {len(start.split()) + 1} dep" for word in start.split()]
    rows += ["Oda Oda PROPN NNP 0 root", f"Lind Lind PROPN NNP {len(rows) + 1} flat"]
    return tree(" | ".join(rows), PER="Oda Lind")


OURS = [("Oda Lind", "“Trade grew.”")]


def test_a_quotation_is_whom_the_sentence_before_it_is_about() -> None:
    assert told([laughed(), quoted()]) == OURS
    assert told(laughed(), quoted()) == OURS


def test_a_quotation_over_two_paragraphs_is_one_statement() -> None:
    assert told(laughed(), quoted(closes=False), quoted("Prices fell")) == [
        ("Oda Lind", "“Trade grew. “Prices fell.”")
    ]  # fmt: skip


def test_the_mark_that_opens_it_is_the_cue_of_a_bare_quotation() -> None:
    (statement,) = code(reading(laughed(), quoted())).statements
    assert (statement.cue.text, statement.mode, statement.act, statement.confidence) == ("“", "direct", "state", 0.6)
    assert statement.speaker is not None and statement.speaker.text == "Oda Lind"


@pytest.mark.parametrize("start", ["That was", "The speaker was", "So began", "Thus spoke"])
def test_the_sentence_behind_a_quotation_may_tell_whose_it_is(start: str) -> None:
    assert told(free(), quoted(), revealed(start)) == OURS
    assert told(laughed("Nils", "Berg"), quoted(), revealed(start)) == OURS


@pytest.mark.parametrize("start", ["It was not clear whether", "Whether they reached", "Nobody could tell whether"])
def test_a_quotation_that_the_text_doubts_is_nobodys(start: str) -> None:
    assert told(laughed(), quoted(), revealed(start)) == []


def test_a_quotation_between_two_persons_is_nobodys() -> None:
    assert told([laughed("Nils", "Berg"), laughed()], quoted()) == []


def test_a_quotation_after_nobody_is_nobodys() -> None:
    assert told(free(), quoted()) == []
    assert told(laughed(), free(), quoted()) == []
    assert told(quoted(), quoted("Prices fell"), quoted("Rents rose")) == []


def test_a_quotation_after_a_sentence_with_somebody_without_a_name_is_nobodys() -> None:
    other = tree(
        "Oda Oda PROPN NNP 3 nsubj | Lind Lind PROPN NNP 1 flat | watched watch VERB VBD 0 root | "
        "her her PRON PRP$ 5 nmod:poss | driver driver NOUN NN 3 obj | . . PUNCT . 3 punct",
        PER="Oda Lind",
    )
    assert told(other, quoted()) == []


def test_a_reply_to_a_quotation_is_nobodys() -> None:
    cued = tree(
        "“ “ PUNCT `` 3 punct | Rents rent NOUN NNS 3 nsubj | rose rise VERB VBD 8 ccomp | , , PUNCT , 3 punct | "
        "” ” PUNCT '' 3 punct | Oda Oda PROPN NNP 8 nsubj | Lind Lind PROPN NNP 6 flat | said say VERB VBD 0 root | "
        ". . PUNCT . 8 punct",
        says("said", "Oda Lind", "“ Rents rose , ”"),
        PER="Oda Lind",
    )
    assert told(cued, quoted()) == [("Oda Lind", "“Rents rose,”")]


def test_words_in_marks_inside_a_sentence_are_no_statement() -> None:
    named = tree(
        "The the DET DT 4 det | “ “ PUNCT `` 3 punct | old old ADJ JJ 4 amod | road road NOUN NN 6 nsubj | "
        "” ” PUNCT '' 3 punct | closed close VERB VBD 0 root | . . PUNCT . 6 punct"
    )
    assert told(laughed(), named) == []


@pytest.mark.parametrize("noun", ["answer", "reply", "summary"])
def test_was_her_answer_is_a_cue(noun: str) -> None:
    draft = tree(
        "“ “ PUNCT `` 3 punct | Trade trade NOUN NN 3 nsubj | grew grow VERB VBD 10 ccomp | , , PUNCT , 3 punct | "
        "” ” PUNCT '' 3 punct | was be AUX VBD 10 cop | Oda Oda PROPN NNP 10 nmod:poss | Lind Lind PROPN NNP 7 flat | "
        f"'s 's PART POS 7 case | {noun} {noun} NOUN NN 0 root | . . PUNCT . 10 punct",
        PER="Oda Lind",
    )
    assert told(draft) == [("Oda Lind", "“Trade grew,”")]
    assert code(reading(draft)).statements[0].cue.text == noun


def test_was_the_answer_of_somebody_is_a_cue() -> None:
    draft = tree(
        "“ “ PUNCT `` 3 punct | Trade trade NOUN NN 3 nsubj | grew grow VERB VBD 8 ccomp | , , PUNCT , 3 punct | "
        "” ” PUNCT '' 3 punct | was be AUX VBD 8 cop | the the DET DT 8 det | answer answer NOUN NN 0 root | "
        "of of ADP IN 10 case | Oda Oda PROPN NNP 8 nmod | Lind Lind PROPN NNP 10 flat | . . PUNCT . 8 punct",
        PER="Oda Lind",
    )
    assert told(draft) == [("Oda Lind", "“Trade grew,”")]


def test_an_answer_of_nobody_is_none() -> None:
    draft = tree(
        "“ “ PUNCT `` 3 punct | Trade trade NOUN NN 3 nsubj | grew grow VERB VBD 8 ccomp | , , PUNCT , 3 punct | "
        "” ” PUNCT '' 3 punct | was be AUX VBD 8 cop | the the DET DT 8 det | answer answer NOUN NN 0 root"
    )
    assert told(draft) == []


@pytest.mark.parametrize("dash", ["—", "–", "--"])
def test_a_name_behind_a_dash_signs_a_quotation(dash: str) -> None:
    sign = tree(
        f"{dash} {dash} PUNCT : 2 punct | Oda Oda PROPN NNP 0 root | Lind Lind PROPN NNP 2 flat", PER="Oda Lind"
    )
    assert told([quoted(), sign], quoted("Prices fell")) == OURS
    assert told(quoted(), sign) == OURS
    assert code(reading([quoted(), sign])).statements[0].cue.text == dash


# ---------------------------------------------------------------- who spoke, or was asked, right before


def reported(first: str = "Oda", last: str = "Lind", content: str = "trade grew") -> Draft:
    """ "Oda Lind said that trade grew." """
    subject, verb = content.split()
    return tree(
        f"{first} {first} PROPN NNP 3 nsubj | {last} {last} PROPN NNP 1 flat | said say VERB VBD 0 root | "
        f"that that SCONJ IN 6 mark | {subject} {subject} NOUN NN 6 nsubj | {verb} {verb} VERB VBD 3 ccomp | "
        ". . PUNCT . 3 punct",
        says("said", f"{first} {last}", f"that {content}"),
        PER=f"{first} {last}",
    )


def told_of(first: str, last: str) -> Draft:
    """ "Oda Lind said that Nils Berg left." """
    return tree(
        "Oda Oda PROPN NNP 3 nsubj | Lind Lind PROPN NNP 1 flat | said say VERB VBD 0 root | that that SCONJ IN 7 mark | "
        f"{first} {first} PROPN NNP 7 nsubj | {last} {last} PROPN NNP 5 flat | left leave VERB VBD 3 ccomp | "
        ". . PUNCT . 3 punct",
        says("said", "Oda Lind", f"that {first} {last} left"),
        PER=f"Oda Lind|{first} {last}",
    )


def test_a_quotation_is_whoever_alone_speaks_in_the_sentence_before_it() -> None:
    assert told([laughed("Nils", "Berg"), reported()], quoted("Rents rose"))[-1] == ("Oda Lind", "“Rents rose.”")


def test_a_quotation_may_be_anothers_who_is_told_of_as_a_subject_right_before() -> None:
    assert told(told_of("Nils", "Berg"), quoted())[1:] == []


@pytest.mark.parametrize("end", ["!", "?"])
def test_an_exclamation_or_question_may_be_the_reply_to_who_spoke(end: str) -> None:
    reply = tree(
        f"“ “ PUNCT `` 3 punct | Rents rent NOUN NNS 3 nsubj | rose rise VERB VBD 0 root | {end} {end} PUNCT . 3 punct | "
        "” ” PUNCT '' 3 punct"
    )
    assert told([laughed("Nils", "Berg"), reported()], reply)[1:] == []


def test_a_quotation_with_i_is_not_of_the_body_that_speaks_before_it() -> None:
    body = tree(
        "Norway Norway PROPN NNP 2 nsubj | said say VERB VBD 0 root | that that SCONJ IN 5 mark | "
        "rents rent NOUN NNS 5 nsubj | fell fall VERB VBD 2 ccomp | . . PUNCT . 2 punct",
        says("said", "Norway", "that rents fell"),
        LOC="Norway",
    )
    own = tree(
        "“ “ PUNCT `` 3 punct | I I PRON PRP 3 nsubj | left leave VERB VBD 0 root | . . PUNCT . 3 punct | ” ” PUNCT '' 3 punct"
    )
    assert told([reported(), body], own)[-1] == ("Oda Lind", "“I left.”")
    assert told([reported(), body], quoted("Rents rose"))[2:] == []


def cued(content: str, first: str, last: str) -> Draft:
    """“Rents rose,” Oda Lind said."""
    subject, verb = content.split()
    return tree(
        f"“ “ PUNCT `` 3 punct | {subject} {subject} NOUN NNS 3 nsubj | {verb} {verb} VERB VBD 8 ccomp | "
        f", , PUNCT , 3 punct | ” ” PUNCT '' 3 punct | {first} {first} PROPN NNP 8 nsubj | {last} {last} PROPN NNP 6 flat | "
        "said say VERB VBD 0 root | . . PUNCT . 8 punct",
        says("said", f"{first} {last}", f"“ {content} , ”"),
        PER=f"{first} {last}",
    )


def test_paragraphs_between_the_words_of_two_persons_are_theirs_in_turn() -> None:
    lines = [cued("Rents rose", "Oda", "Lind"), quoted(), quoted("Prices fell"), cued("Mills closed", "Nils", "Berg")]
    assert [speaker for speaker, _ in told(*lines)] == ["Oda Lind", "Nils Berg", "Oda Lind", "Nils Berg"]


def test_an_odd_number_of_paragraphs_between_two_persons_is_nobodys() -> None:
    lines = [cued("Rents rose", "Oda", "Lind"), quoted(), cued("Mills closed", "Nils", "Berg")]
    assert [speaker for speaker, _ in told(*lines)] == ["Oda Lind", "Nils Berg"]


def asked(name: str, whom: str = "") -> Draft:
    """“Which mills?” Nils Berg asked Oda Lind."""
    (first, last), rows = name.split(), []
    if whom:
        given, family = whom.split()
        rows = [f"{given} {given} PROPN NNP 8 obj", f"{family} {family} PROPN NNP 9 flat"]
    return tree(
        "“ “ PUNCT `` 3 punct | Which which DET WDT 3 det | mills mill NOUN NNS 8 ccomp | ? ? PUNCT . 3 punct | "
        f"” ” PUNCT '' 3 punct | {first} {first} PROPN NNP 8 nsubj | {last} {last} PROPN NNP 6 flat | "
        + " | ".join(["asked ask VERB VBD 0 root", *rows, ". . PUNCT . 8 punct"]),
        says("asked", name, "“ Which mills ? ”"),
        PER=f"{name}|{whom}" if whom else name,
    )


def test_a_question_is_answered_in_the_next_paragraph_by_who_is_asked() -> None:
    assert told(laughed(), asked("Nils Berg", "Ilse Roth"), quoted())[-1] == ("Ilse Roth", "“Trade grew.”")


def test_a_question_to_nobody_is_answered_by_who_spoke_last_before_it() -> None:
    lines = [cued("Rents rose", "Oda", "Lind"), asked("Nils Berg"), quoted()]
    assert told(*lines)[-1] == ("Oda Lind", "“Trade grew.”")
    assert len(told(laughed("Nils", "Berg"), asked("Nils Berg"), quoted())) == 1


def test_came_the_reply_is_not_of_who_spoke_before_it() -> None:
    reply = tree(
        "“ “ PUNCT `` 3 punct | Prices price NOUN NNS 3 nsubj | fell fall VERB VBD 6 ccomp | , , PUNCT , 3 punct | "
        "” ” PUNCT '' 3 punct | came come VERB VBD 0 root | the the DET DT 8 det | reply reply NOUN NN 6 nsubj | "
        ". . PUNCT . 6 punct"
    )
    assert told([cued("Rents rose", "Oda", "Lind"), reply]) == [("Oda Lind", "“Rents rose,”")]


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    more = tree("Prices price NOUN NNS 2 nsubj | fell fall VERB VBD 0 root | . . PUNCT . 2 punct")
    assert told(laughed(), [quoted(closes=False), more], free()) == [("Oda Lind", "“Trade grew. Prices fell.")]
