"""Statements on trees made by hand: who said what, and whom "he" and "I" mean. All sentences are invented."""

from __future__ import annotations

from datetime import date

import pytest
from readings import Draft, reading, says, tells, tree

from legation.coding import code
from legation.records import Report, Statement

ODA = "Oda Oda PROPN NNP"


def report_of(*paragraphs: Draft | list[Draft]) -> Report:
    """The report of an article published on a Wednesday."""
    return code(reading(*paragraphs, published=date(2024, 4, 3)))


def only(*paragraphs: Draft | list[Draft]) -> Statement:
    """The one statement of an article."""
    (statement,) = report_of(*paragraphs).statements
    return statement


def speaker_name(report: Report, number: int) -> str | None:
    """The name of who makes a statement."""
    speaker = report.statements[number].speaker
    if speaker is None or speaker.entity is None:
        return None
    return next(entity.name for entity in report.entities if entity.id == speaker.entity)


def said_by(first: str, last: str, cue: str = "said", lemma: str = "say") -> Draft:
    """ "Oda Lind said that trade grew." """
    return tree(
        f"{first} {first} PROPN NNP 3 nsubj | {last} {last} PROPN NNP 1 flat | "
        f"{cue} {lemma} VERB VBD 0 root | that that SCONJ IN 6 mark | "
        "trade trade NOUN NN 6 nsubj | grew grow VERB VBD 3 ccomp | . . PUNCT . 3 punct",
        says(cue, f"{first} {last}", "that trade grew"),
        PER=f"{first} {last}",
    )


def pronoun_said(pronoun: str) -> Draft:
    """ "He said that prices fell." """
    return tree(
        f"{pronoun} {pronoun.lower()} PRON PRP 2 nsubj | said say VERB VBD 0 root | "
        "that that SCONJ IN 5 mark | "
        "prices price NOUN NNS 5 nsubj | fell fall VERB VBD 2 ccomp | . . PUNCT . 2 punct",
        says("said", pronoun, "that prices fell"),
    )


def met(first: str, last: str) -> Draft:
    """ "Nils Berg arrived." """
    return tree(
        f"{first} {first} PROPN NNP 3 nsubj | {last} {last} PROPN NNP 1 flat | "
        "arrived arrive VERB VBD 0 root | . . PUNCT . 3 punct",
        PER=f"{first} {last}",
    )


def titled_said(title: str) -> Draft:
    """ "Director of national intelligence Oda Lind said that trade grew.", the title read as a subject of its own."""
    words = title.split()
    said = len(words) + 3
    rows = [
        f"{word} {word.lower()} {'ADP IN' if word in ('of', 'for') else 'NOUN NN'} {said if at == 0 else 1} "
        f"{'nsubj' if at == 0 else 'case' if word in ('of', 'for') else 'nmod'}"
        for at, word in enumerate(words)
    ]
    rows += [f"Oda Oda PROPN NNP {said} nsubj", f"Lind Lind PROPN NNP {said - 2} flat", "said say VERB VBD 0 root"]
    rows += [f"that that SCONJ IN {said + 3} mark", f"trade trade NOUN NN {said + 3} nsubj"]
    rows += [f"grew grow VERB VBD {said} ccomp", f". . PUNCT . {said} punct"]
    return tree(" | ".join(rows), says("said", f"{title} Oda Lind", "that trade grew"), PER="Oda Lind")


@pytest.mark.parametrize("title", ["director of national intelligence", "president", "minister of trade"])
def test_a_name_behind_its_title_is_the_speaker_even_where_the_tree_parts_them(title: str) -> None:
    assert speaker_name(report_of(titled_said(title)), 0) == "Oda Lind"


@pytest.mark.parametrize("words", ["spokesman for president", "adviser of president"])
def test_who_stands_beside_somebody_is_not_the_one_named(words: str) -> None:
    assert speaker_name(report_of(titled_said(words)), 0) != "Oda Lind"


def quoted(words: str, *, opens: bool = True, closes: bool = True, straight: bool = False) -> Draft:
    """A sentence of quotation without a cue: “Trade grew.”"""
    left, right = ('"', '"') if straight else ("“", "”")
    subject, verb = words.split()
    parts = [f"{left} {left} PUNCT `` {3 if opens else 2} punct"] if opens else []
    root = len(parts) + 2
    parts += [
        f"{subject} {subject.lower()} NOUN NN {root} nsubj",
        f"{verb} {verb} VERB VBD 0 root",
        f". . PUNCT . {root} punct",
    ]
    if closes:
        parts.append(f"{right} {right} PUNCT '' {root} punct")
    return tree(" | ".join(parts))


def direct(*, closes_before: bool = True, straight: bool = False) -> Draft:
    """“Trade grew,” Oda Lind said."""
    left, right = ('"', '"') if straight else ("“", "”")
    return tree(
        f"{left} {left} PUNCT `` 3 punct | Trade trade NOUN NN 3 nsubj | grew grow VERB VBD 8 ccomp | "
        ", , PUNCT , 3 punct | "
        f"{right} {right} PUNCT '' 3 punct | {ODA} 8 nsubj | Lind Lind PROPN NNP 6 flat | "
        "said say VERB VBD 0 root | . . PUNCT . 8 punct",
        says("said", "Oda Lind", f"{left} Trade grew , {right}"),
        PER="Oda Lind",
    )


# ---------------------------------------------------------------- one statement


def test_indirect_speech() -> None:
    report = report_of(said_by("Oda", "Lind"))
    (statement,) = report.statements
    assert (statement.mode, statement.act, statement.cue.text) == ("indirect", "state", "said")
    assert [span.text for span in statement.content] == ["that trade grew"]
    assert statement.speaker is not None and statement.speaker.text == "Oda Lind"
    assert speaker_name(report, 0) == "Oda Lind"
    assert statement.confidence == 0.9


@pytest.mark.parametrize("straight", [False, True])
def test_direct_speech(straight: bool) -> None:
    statement = only(direct(straight=straight))
    assert statement.mode == "direct"
    assert [span.text for span in statement.content] == ['"Trade grew,"' if straight else "“Trade grew,”"]


@pytest.mark.parametrize("left, right", [("“", "”"), ('"', '"')])
def test_speech_with_a_quoted_part_is_mixed(left: str, right: str) -> None:
    statement = only(
        tree(
            f"{ODA} 3 nsubj | Lind Lind PROPN NNP 1 flat | said say VERB VBD 0 root | "
            "trade trade NOUN NN 7 nsubj | was be AUX VBD 7 cop | "
            f"{left} {left} PUNCT `` 7 punct | dead dead ADJ JJ 3 ccomp | "
            f"{right} {right} PUNCT '' 7 punct | . . PUNCT . 3 punct",
            says("said", "Oda Lind", f"trade was {left} dead {right}"),
            PER="Oda Lind",
        )
    )
    assert statement.mode == "mixed"


def test_content_on_both_sides_of_the_cue_stays_in_order() -> None:
    statement = only(
        tree(
            "“ “ PUNCT `` 2 punct | Trade trade NOUN NN 8 ccomp | , , PUNCT , 2 punct | "
            f"” ” PUNCT '' 2 punct | {ODA} 7 nsubj | "
            "Lind Lind PROPN NNP 5 flat | said say VERB VBD 0 root | , , PUNCT , 7 punct | "
            "“ “ PUNCT `` 10 punct | grew grow VERB VBD 7 ccomp | "
            ". . PUNCT . 10 punct | ” ” PUNCT '' 10 punct".replace(" 8 ccomp", " 7 ccomp"),
            says("said", "Oda Lind", "“ Trade , ”", "“ grew . ”"),
            PER="Oda Lind",
        )
    )
    assert [span.text for span in statement.content] == ["“Trade,”", "“grew.”"]
    assert statement.mode == "direct"


@pytest.mark.parametrize(
    "cue, lemma, act",
    [
        ("warned", "warn", "warn"),
        ("denied", "deny", "deny"),
        ("predicted", "predict", "predict"),
        ("added", "add", "state"),
    ],
)
def test_the_cue_tells_the_speech_act(cue: str, lemma: str, act: str) -> None:
    assert only(said_by("Oda", "Lind", cue, lemma)).act == act


@pytest.mark.parametrize(
    ("before", "cue"),
    [
        ("has have AUX VBZ 5 aux | also also ADV RB 5 advmod |", "has also said"),
        ("did do AUX VBD 5 aux | not not PART RB 5 advmod |", "did not said"),
        ("today today NOUN NN 5 obl | also also ADV RB 5 advmod |", "also said"),
        ("never never ADV RB 3 advmod | today today NOUN NN 5 obl |", "said"),
    ],
)
def test_a_cue_has_the_auxiliaries_and_adverbs_right_before_it(before: str, cue: str) -> None:
    lines = f"Oda Oda PROPN NNP 5 nsubj | Lind Lind PROPN NNP 1 flat | {before}"
    rest = "said say VERB VBD 0 root | trade trade NOUN NN 7 nsubj | grew grow VERB VBD 5 ccomp | . . PUNCT . 5 punct"
    assert only(tree(f"{lines} {rest}", says("said", "Oda Lind", "trade grew"), PER="Oda Lind")).cue.text == cue


def test_a_cue_has_the_verb_that_it_hangs_on() -> None:
    seemed = tree(
        "Oda Oda PROPN NNP 4 nsubj | Lind Lind PROPN NNP 1 flat | also also ADV RB 4 advmod | seemed seem VERB VBD 0 root | "
        "to to PART TO 6 mark | suggest suggest VERB VB 4 xcomp | trade trade NOUN NN 8 nsubj | "
        "grew grow VERB VBD 6 ccomp | . . PUNCT . 4 punct",
        says("suggest", "Oda Lind", "trade grew"),
        PER="Oda Lind",
    )
    assert only(seemed).cue.text == "also seemed to suggest"


def test_a_cue_takes_no_word_of_its_speaker() -> None:
    away = tree(
        "Oda Oda PROPN NNP 5 nsubj | Lind Lind PROPN NNP 1 flat | now now ADV RB 5 advmod | abroad abroad ADV RB 5 advmod | "
        "said say VERB VBD 0 root | trade trade NOUN NN 7 nsubj | grew grow VERB VBD 5 ccomp | . . PUNCT . 5 punct",
        says("said", "Oda Lind now abroad", "trade grew"),
        PER="Oda Lind",
    )
    assert only(away).cue.text == "said"


@pytest.mark.parametrize(
    ("auxiliary", "told"), [("may", False), ("might", False), ("could", False), ("would", True), ("did", True)]
)
def test_what_somebody_only_may_say_is_no_statement(auxiliary: str, told: bool) -> None:
    sentence = tree(
        f"{ODA} 3 nsubj | {auxiliary} {auxiliary} AUX MD 3 aux | say say VERB VB 0 root | that that SCONJ IN 6 mark | "
        "trade trade NOUN NN 6 nsubj | grew grow VERB VBD 3 ccomp | . . PUNCT . 3 punct",
        says("say", "Oda", "that trade grew"),
        PER="Oda",
    )
    assert bool(report_of(sentence).statements) is told


def test_what_somebody_could_not_say_is_a_statement() -> None:
    sentence = tree(
        f"{ODA} 4 nsubj | could could AUX MD 4 aux | not not PART RB 4 advmod | say say VERB VB 0 root | "
        "whether whether SCONJ IN 7 mark | trade trade NOUN NN 7 nsubj | grew grow VERB VBD 4 ccomp | . . PUNCT . 4 punct",
        says("say", "Oda", "whether trade grew"),
        PER="Oda",
    )
    assert len(report_of(sentence).statements) == 1


def test_a_cue_that_says_nothing_makes_no_statement() -> None:
    assert report_of(said_by("Oda", "Lind", "slept", "sleep")).statements == ()


def test_no_statement_without_source_or_content() -> None:
    draft = said_by("Oda", "Lind")
    no_content = Draft(draft.rows, draft.names, (says("said", "Oda Lind"),))
    no_source = Draft(draft.rows, draft.names, (says("said", None, "that trade grew"),))
    assert report_of(no_content).statements == report_of(no_source).statements == ()


def test_a_source_that_is_nobody_known_may_speak_and_what_is_only_pointed_at_may_not() -> None:
    def by(noun: str) -> Draft:
        return tree(
            f"The the DET DT 2 det | {noun} {noun} NOUN NN 3 nsubj | said say VERB VBD 0 root | "
            "trade trade NOUN NN 5 nsubj | "
            "grew grow VERB VBD 3 ccomp",
            says("said", f"The {noun}", "trade grew"),
        )

    speaker = only(by("report")).speaker
    assert speaker is not None and (speaker.entity, speaker.text) == (None, "The report")
    assert report_of(by("what")).statements == report_of(by("this")).statements == ()


@pytest.mark.parametrize(
    ("form", "lemma", "act"),
    [("frowned", "frowne", None), ("hinted", "hinte", "state"), ("quipped", "quippe", "state"),
     ("quipped", "quipp", "state"), ("pledged", "pledg", "promise"), ("noted", "note", "state")],
)  # fmt: skip
def test_a_cue_whose_lemma_the_reader_got_wrong_is_known(form: str, lemma: str, act: str | None) -> None:
    draft = tree(
        f"Oda Oda PROPN NNP 2 nsubj | {form} {lemma} VERB VBD 0 root | trade trade NOUN NN 4 nsubj | "
        "grew grow VERB VBD 2 ccomp",
        says(form, "Oda", "trade grew"),
    )
    assert [statement.act for statement in report_of(draft).statements] == ([act] if act else [])


def test_the_one_who_is_told_is_the_addressee() -> None:
    report = report_of(
        tree(
            f"{ODA} 3 nsubj | Lind Lind PROPN NNP 1 flat | told tell VERB VBD 0 root | "
            "Norway Norway PROPN NNP 3 iobj | that that SCONJ IN 7 mark | "
            "trade trade NOUN NN 7 nsubj | grew grow VERB VBD 3 ccomp",
            says("told", "Oda Lind", "that trade grew"),
            PER="Oda Lind",
            LOC="Norway",
        )
    )
    (statement,) = report.statements
    assert statement.addressee is not None and statement.addressee.text == "Norway"
    assert statement.addressee.entity in {e.id for e in report.entities if e.code == "NOR"}


def test_the_venue_is_where_a_name_says_it() -> None:
    statement = only(
        tree(
            f"{ODA} 3 nsubj | Lind Lind PROPN NNP 1 flat | said say VERB VBD 0 root | "
            "at at ADP IN 7 case | the the DET DT 7 det | "
            "Oslo Oslo PROPN NNP 7 compound | Forum Forum PROPN NNP 3 obl | on on ADP IN 9 case | "
            "Monday Monday PROPN NNP 3 obl | "
            "that that SCONJ IN 12 mark | trade trade NOUN NN 12 nsubj | grew grow VERB VBD 3 ccomp",
            says("said", "Oda Lind", "that trade grew"),
            PER="Oda Lind",
        )
    )
    assert statement.venue == "Oslo Forum"
    assert statement.date is not None and statement.date.value == "2024-04-01"


# ---------------------------------------------------------------- he, she, I


@pytest.mark.parametrize(("pronoun", "first"), [("He", "Nils"), ("She", "Oda")])
def test_he_said_after_a_statement_is_its_speaker(pronoun: str, first: str) -> None:
    report = report_of([said_by(first, "Lind"), pronoun_said(pronoun)])
    assert [speaker_name(report, 0), speaker_name(report, 1)] == [f"{first} Lind", f"{first} Lind"]
    assert report.statements[1].speaker is not None and report.statements[1].speaker.text == pronoun


def test_he_said_in_the_next_paragraph_is_still_its_speaker() -> None:
    report = report_of(said_by("Oda", "Lind"), pronoun_said("She"))
    assert speaker_name(report, 1) == "Oda Lind"


def test_he_said_is_never_a_woman() -> None:
    report = report_of([said_by("Oda", "Lind"), pronoun_said("He")])
    speaker = report.statements[1].speaker
    assert speaker is not None and (speaker.entity, speaker.text) == (None, "He")


def test_he_said_after_a_statement_of_a_woman_is_the_man_named_since() -> None:
    report = report_of([said_by("Oda", "Lind"), met("Nils", "Berg"), pronoun_said("He")])
    assert speaker_name(report, 1) == "Nils Berg"


def test_he_said_after_another_man_was_named_is_no_longer_the_last_speaker() -> None:
    report = report_of([said_by("Lars", "Lind"), met("Nils", "Berg"), pronoun_said("He")])
    assert speaker_name(report, 1) != "Lars Lind"


def test_she_said_two_paragraphs_later_is_still_the_only_woman() -> None:
    calm = tree("Trade trade NOUN NN 2 nsubj | grew grow VERB VBD 0 root | . . PUNCT . 2 punct")
    report = report_of(said_by("Oda", "Lind"), calm, pronoun_said("She"))
    assert speaker_name(report, 1) == "Oda Lind"


def test_he_said_is_the_only_person_of_the_paragraph() -> None:
    report = report_of([met("Nils", "Berg"), pronoun_said("He")])
    assert speaker_name(report, 0) == "Nils Berg"


def test_he_said_is_not_the_first_of_two_men_of_the_paragraph() -> None:
    report = report_of([met("Nils", "Berg"), met("Lars", "Lind"), pronoun_said("He")])
    assert speaker_name(report, 0) != "Nils Berg"


def test_i_in_direct_speech_is_the_speaker() -> None:
    report = report_of(
        tree(
            "“ “ PUNCT `` 3 punct | I I PRON PRP 3 nsubj | condemn condemn VERB VBP 9 ccomp | "
            "Sweden Sweden PROPN NNP 3 obj | , , PUNCT , 3 punct | "
            f"” ” PUNCT '' 3 punct | {ODA} 9 nsubj | Lind Lind PROPN NNP 7 flat | "
            "said say VERB VBD 0 root | . . PUNCT . 9 punct",
            says("said", "Oda Lind", "“ I condemn Sweden , ”"),
            tells("condemn", "ACCUSE", "I", "Sweden"),
            PER="Oda Lind",
            LOC="Sweden",
        )
    )
    (event,) = report.events
    oda = next(entity for entity in report.entities if entity.name == "Oda Lind")
    assert [span.text for span in oda.mentions] == ["I", "Oda Lind"]
    assert (event.type, event.actor[0].entity, event.actor[0].text) == ("ACCUSE", oda.id, "I")
    assert event.according_to == report.statements[0].id


def test_i_outside_quotation_marks_is_nobody() -> None:
    draft = tree(
        "I I PRON PRP 2 nsubj | condemn condemn VERB VBP 0 root | Sweden Sweden PROPN NNP 2 obj | . . PUNCT . 2 punct",
        tells("condemn", "ACCUSE", "I", "Sweden"),
        LOC="Sweden",
    )
    (event,) = report_of([said_by("Oda", "Lind"), draft]).events
    assert [span.entity for span in event.actor] == [None]


# ---------------------------------------------------------------- running quotations


@pytest.mark.parametrize("straight", [False, True])
def test_a_quoted_sentence_after_the_cue_belongs_to_it(straight: bool) -> None:
    statement = only([direct(straight=straight), quoted("Prices fell", straight=straight)])
    expected = ['"Trade grew,"', '"Prices fell."'] if straight else ["“Trade grew,”", "“Prices fell.”"]
    assert [span.text for span in statement.content] == expected


def test_a_quotation_runs_on_until_it_closes() -> None:
    statement = only(
        [
            direct(),
            quoted("Prices fell", closes=False),
            quoted("Rents rose", opens=False, closes=False),
            quoted("Wages sank", opens=False),
            quoted_free(),
        ]
    )
    assert [span.text for span in statement.content] == [
        "“Trade grew,”",
        "“Prices fell.",
        "Rents rose.",
        "Wages sank.”",
    ]


def quoted_free() -> Draft:
    """A sentence outside every quotation."""
    return tree("Rain rain NOUN NN 2 nsubj | fell fall VERB VBD 0 root | . . PUNCT . 2 punct")


def test_a_quotation_that_began_in_the_sentence_before_is_taken_whole() -> None:
    statement = only([quoted_free(), quoted("Prices fell", closes=False), closing_cue()])
    assert [span.text for span in statement.content] == ["“Prices fell.", "Trade grew,”"]
    assert statement.mode == "direct"


def closing_cue() -> Draft:
    """Trade grew,” Oda Lind said."""
    return tree(
        "Trade trade NOUN NN 2 nsubj | grew grow VERB VBD 7 ccomp | , , PUNCT , 2 punct | "
        f"” ” PUNCT '' 2 punct | {ODA} 7 nsubj | "
        "Lind Lind PROPN NNP 5 flat | said say VERB VBD 0 root | . . PUNCT . 7 punct",
        says("said", "Oda Lind", "Trade grew , ”"),
        PER="Oda Lind",
    )


def test_a_quotation_that_began_two_sentences_before_is_taken_whole() -> None:
    drafts = [
        quoted("Prices fell", closes=False),
        quoted("Rents rose", opens=False, closes=False),
        closing_cue(),
    ]
    statement = only([quoted_free(), *drafts])
    assert [span.text for span in statement.content] == ["“Prices fell.", "Rents rose.", "Trade grew,”"]


def test_a_quotation_ends_with_its_paragraph() -> None:
    statement = only(direct(), quoted("Prices fell"))
    assert [span.text for span in statement.content] == ["“Trade grew,”"]


def test_a_quotation_with_a_speaker_of_its_own_is_left_to_him() -> None:
    other = tree(
        "“ “ PUNCT `` 3 punct | Prices price NOUN NNS 3 nsubj | fell fall VERB VBD 8 ccomp | "
        ", , PUNCT , 3 punct | ” ” PUNCT '' 3 punct | "
        "Nils Nils PROPN NNP 8 nsubj | Berg Berg PROPN NNP 6 flat | said say VERB VBD 0 root | "
        ". . PUNCT . 8 punct",
        says("said", "Nils Berg", "“ Prices fell , ”"),
        PER="Nils Berg",
    )
    report = report_of([direct(), other])
    assert [[span.text for span in s.content] for s in report.statements] == [
        ["“Trade grew,”"],
        ["“Prices fell,”"],
    ]
    assert [speaker_name(report, 0), speaker_name(report, 1)] == ["Oda Lind", "Nils Berg"]


def test_a_quotation_behind_indirect_speech_is_the_same_turn() -> None:
    statement = only([said_by("Oda", "Lind"), quoted("Prices fell"), quoted_free(), quoted("Rents rose")])
    assert [span.text for span in statement.content] == ["that trade grew", "“Prices fell.”"]
    assert statement.mode == "mixed"


def test_a_paragraph_that_closes_no_mark_goes_on_in_the_next() -> None:
    statement = only(
        [direct(), quoted("Prices fell", closes=False)],
        [quoted("Rents rose"), quoted("Wages sank")],
        [quoted("Nobody knows")],
    )
    assert [span.text for span in statement.content] == [
        "“Trade grew,”", "“Prices fell.", "“Rents rose.”", "“Wages sank.”",
    ]  # fmt: skip


@pytest.mark.parametrize("straight", [False, True])
def test_a_quotation_that_is_never_closed_ends_with_its_sentence(straight: bool) -> None:
    statement = only([direct(), quoted("Prices fell", closes=False, straight=straight), quoted_free()], [quoted_free()])
    mark = '"' if straight else "“"
    assert [span.text for span in statement.content] == ["“Trade grew,”", f"{mark}Prices fell."]


def test_he_in_a_quotation_is_not_the_one_who_is_quoted() -> None:
    own = tree(
        "“ “ PUNCT `` 3 punct | He he PRON PRP 3 nsubj | said say VERB VBD 10 ccomp | rents rent NOUN NNS 5 nsubj | "
        "rose rise VERB VBD 3 ccomp | , , PUNCT , 3 punct | ” ” PUNCT '' 3 punct | Nils Nils PROPN NNP 10 nsubj | "
        "Berg Berg PROPN NNP 8 flat | said say VERB VBD 0 root | . . PUNCT . 10 punct",
        says("said", "He", "rents rose"),
        says("said#2", "Nils Berg", "“ He said rents rose , ”"),
        PER="Nils Berg",
    )
    report = report_of([met("Nils", "Berg"), own])
    assert sorted(speaker_name(report, number) or "" for number in (0, 1)) == ["", "Nils Berg"]
    assert "He" not in [span.text for entity in report.entities for span in entity.mentions]
