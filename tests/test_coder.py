"""A whole small article as a reading, coded into a report. Its events are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from readings import MODEL, reading, says, tells, tree

from legation.coding import UNDATED, code, rejected_report
from legation.records import Reading, Rejection, Report, Span, Text

MET = tree(
    "President President PROPN NNP 2 nmod:desc | Ilse Ilse PROPN NNP 6 nsubj | "
    "Harrow Harrow PROPN NNP 2 flat | of of ADP IN 5 case | "
    "Norway Norway PROPN NNP 1 nmod | visited visit VERB VBD 0 root | Japan Japan PROPN NNP 6 obj | "
    "on on ADP IN 9 case | "
    "Tuesday Tuesday PROPN NNP 6 obl | . . PUNCT . 6 punct",
    tells("visited", "CONSULT", "President Ilse Harrow of Norway", "Japan", mode="visit"),
    PER="Ilse Harrow",
    LOC="Norway|Japan",
)
QUOTE = tree(
    "“ “ PUNCT `` 3 punct | Russia Russia PROPN NNP 3 nsubj | attacked attack VERB VBD 9 ccomp | "
    "Ukraine Ukraine PROPN NNP 3 obj | , , PUNCT , 3 punct | "
    "” ” PUNCT '' 3 punct | Ms. Ms. PROPN NNP 8 nmod:desc | Harrow Harrow PROPN NNP 9 nsubj | "
    "told tell VERB VBD 0 root | "
    "Finland Finland PROPN NNP 9 iobj | in in ADP IN 12 case | Tokyo Tokyo PROPN NNP 9 obl | "
    ". . PUNCT . 9 punct",
    says("told", "Ms. Harrow", "“ Russia attacked Ukraine , ”"),
    tells("attacked", "ASSAULT", "Russia", "Ukraine"),
    PER="Harrow",
    LOC="Russia|Ukraine|Finland|Tokyo",
)
FOLLOWS = tree(
    "“ “ PUNCT `` 4 punct | We we PRON PRP 4 nsubj | will will AUX MD 4 aux | wait wait VERB VB 0 root | "
    ". . PUNCT . 4 punct | ” ” PUNCT '' 4 punct"
)
OTHER = tree(
    "China China PROPN NNP 2 nsubj | expelled expel VERB VBD 0 root | a a DET DT 5 det | "
    "Swedish swedish ADJ JJ 5 amod | "
    "diplomat diplomat NOUN NN 2 obj | in in ADP IN 7 case | 2015 2015 NUM CD 2 obl | . . PUNCT . 2 punct",
    tells("expelled", "SANCTION", "China", "a Swedish diplomat", mode="expel"),
    LOC="China",
    NORP="Swedish",
)


def article(published: date | None = date(2024, 4, 3)) -> Reading:
    """Two paragraphs: a visit with what was said there, and an older quarrel."""
    return reading([MET, QUOTE, FOLLOWS], OTHER, published=published)


def spans(report: Report) -> list[Span]:
    """Every stretch of text that a report points to."""
    found = [Span(s.start, s.end, s.text) for e in report.entities for s in e.mentions]
    for event in report.events:
        found.append(event.trigger)
        found += [Span(s.start, s.end, s.text) for s in (*event.actor, *event.recipient)]
    for said in report.statements:
        found += [said.cue, *said.content]
        found += [Span(s.start, s.end, s.text) for s in (said.speaker, said.addressee) if s]
    found += [Span(p.start, p.end, p.text) for p in report.places]
    return found + [Span(d.start, d.end, d.text) for d in report.dates]


def test_the_article_tells_its_events() -> None:
    report = code(article())
    told = [(e.type, e.mode, e.status, e.date.value if e.date else None) for e in report.events]
    assert told == [
        ("CONSULT", "visit", "actual", "2024-04-02"),
        ("ASSAULT", None, "actual", None),
        ("SANCTION", "expel", "historical", "2015"),
    ]
    assert [event.sentence for event in report.events] == [0, 1, 3]


def test_the_article_tells_its_statement_with_all_its_pieces() -> None:
    report = code(article())
    (statement,) = report.statements
    assert [span.text for span in statement.content] == ["“Russia attacked Ukraine,”", "“We will wait.”"]
    assert (statement.mode, statement.act) == ("direct", "state")
    assert statement.addressee is not None and statement.addressee.text == "Finland"
    assert [e.according_to for e in report.events] == [None, statement.id, None]


def test_one_person_named_twice_is_one_entity_with_her_role() -> None:
    report = code(article())
    (person,) = (entity for entity in report.entities if entity.kind == "person")
    assert (person.name, person.sectors) == ("Ilse Harrow", ("GOV",))
    assert person.role is not None and person.role.startswith("President")
    assert [mention.text for mention in person.mentions] == ["Ilse Harrow", "Harrow"]
    statement = report.statements[0]
    assert statement.speaker is not None and statement.speaker.entity == person.id
    assert report.events[0].actor[0].entity == person.id


def test_the_state_behind_of_after_a_name_is_the_persons() -> None:
    (person,) = (entity for entity in code(article()).entities if entity.kind == "person")
    assert (person.code, person.country) == ("NOR", "NOR")


def test_every_span_is_the_text_it_points_to() -> None:
    report = code(article())
    assert len(spans(report)) > 20
    assert all(report.text[span.start : span.end] == span.text for span in spans(report))
    assert all(report.text[start:end].strip() for start, end in report.sentences)
    assert report.article.chars == len(report.text)


def test_ids_are_unique_and_every_reference_leads_somewhere() -> None:
    report = code(article())
    for records, letter in (
        (report.entities, "n"),
        (report.events, "e"),
        (report.statements, "s"),
        (report.places, "p"),
    ):
        assert [record.id for record in records] == [f"{letter}{n}" for n in range(1, len(records) + 1)]
    entities = {entity.id for entity in report.entities}
    for event in report.events:
        assert {span.entity for span in (*event.actor, *event.recipient)} <= entities
        assert event.place is None or event.place in {place.id for place in report.places}
        assert event.according_to is None or event.according_to in {said.id for said in report.statements}
        assert 0 <= event.sentence < len(report.sentences)
    for said in report.statements:
        assert {span.entity for span in (said.speaker, said.addressee) if span} <= entities | {None}


def test_a_trigger_stands_in_the_sentence_of_its_event() -> None:
    report = code(article())
    for event in report.events:
        start, end = report.sentences[event.sentence]
        assert start <= event.trigger.start < event.trigger.end <= end


def test_records_come_in_the_order_of_the_text() -> None:
    report = code(article())
    for starts in (
        [entity.mentions[0].start for entity in report.entities],
        [event.trigger.start for event in report.events],
        [place.start for place in report.places],
        [expression.start for expression in report.dates],
    ):
        assert starts == sorted(starts)


def test_the_same_reading_gives_the_same_report() -> None:
    assert code(article()) == code(article())


def test_what_is_known_of_the_article_is_handed_on() -> None:
    made = article()
    text = replace(
        made.text,
        title="A visit",
        url="https://news.example/1",
        source="Example",
        language="en",
        notes=("Read as UTF-8.",),
    )
    report = code(replace(made, text=text))
    info = report.article
    assert (info.title, info.url, info.source, info.language, info.published) == (
        "A visit", "https://news.example/1", "Example", "en", "2024-04-03",
    )  # fmt: skip
    assert report.notes == ("Read as UTF-8.",)
    assert report.model == MODEL
    assert info.sha256.startswith(info.id) and len(info.sha256) == 64


def test_the_id_follows_the_words_alone() -> None:
    made = article()
    other = replace(made, text=replace(made.text, title="Another title"))
    longer = reading(MET, published=date(2024, 4, 3))
    assert code(made).article.id == code(other).article.id != code(longer).article.id


def test_an_undated_article_says_so_and_leaves_relative_dates_open() -> None:
    report = code(article(None))
    assert UNDATED in report.notes and report.article.published is None
    assert [(d.text, d.value) for d in report.dates] == [("Tuesday", None), ("2015", "2015")]
    assert [e.date.value if e.date else None for e in report.events] == [None, None, "2015"]
    assert UNDATED not in code(article()).notes


def test_an_empty_reading_is_an_empty_report() -> None:
    report = code(Reading(Text("", published=date(2024, 4, 3)), (), (), MODEL))
    assert (report.entities, report.events, report.statements, report.places, report.dates) == (
        (),
        (),
        (),
        (),
        (),
    )
    assert report.article.chars == 0 and report.rejected is None


def test_a_rejected_text_has_its_reason_and_no_records() -> None:
    rejection = Rejection("not_english", "This text is in German; Legation reads English.")
    text = Text("Der Rat tagte am Montag.", title="Rat", notes=("Read as UTF-8.",), language="de", rejected=rejection)
    report = rejected_report(text, MODEL)
    assert report.rejected == rejection
    assert (report.text, report.notes, report.article.title, report.article.language) == (
        text.body,
        text.notes,
        "Rat",
        "de",
    )
    assert (report.sentences, report.entities, report.events, report.statements) == ((), (), (), ())


def test_lone_surrogates_do_not_stop_the_report() -> None:
    report = rejected_report(Text("a\ud800b", rejected=Rejection("not_text", "This is no text.")), MODEL)
    assert len(report.article.sha256) == 64 and report.article.chars == 3
