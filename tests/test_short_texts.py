"""Short invented texts, read by the model and coded whole: what the tree, the calendar or the sentence before tells."""

from __future__ import annotations

from datetime import date

import pytest

from legation.coding import code
from legation.read.reader import TextReader
from legation.records import EntitySpan, Event, Report, Text

TUESDAY = date(2026, 3, 10)


def report_of(reader: TextReader, text: str) -> Report:
    """The report of a text published on TUESDAY."""
    return code(reader.read(Text(text, published=TUESDAY)))


def named(report: Report, span: EntitySpan | None) -> str | None:
    """The name of whom words mean."""
    return next((e.name for e in report.entities if span is not None and e.id == span.entity), None)


def coded(report: Report, words: str) -> str:
    """State and sectors of whom words mean that an event or statement has as a party."""
    found = [e for e in report.entities if any(report.text[m.start : m.end].endswith(words) for m in e.mentions)]
    (entity,) = found
    return ".".join((entity.code or "", *entity.sectors))


def event_of(report: Report, trigger: str) -> Event:
    """The event whose trigger is a word."""
    (event,) = (e for e in report.events if e.trigger.text == trigger)
    return event


# ---------------------------------------------------------------- who is meant

SPEAKERS = [
    ('Tunisia’s journalists’ union protested. "Fear has become an institution," it said.', "Tunisia’s journalists’ union"),
    ("NATO condemned Russia. It said the attack was deliberate.", "NATO"),
    ("The five judges rejected her demand. They said the commission had failed.", "judges"),
    ("The European Union condemned the attack. In a statement, it urged Sudan to act.", "European Union"),
    ("Amnesty International condemned Sudan. The organisation urged the UN to act.", "Amnesty International"),
    ("Hamas rejected the offer. The group said it would fight on.", "Hamas"),
    ("Saudi Arabia cut its output. The kingdom urged Iran to follow.", "Saudi Arabia"),
    ("The UN and the African Union met in Addis Ababa. The group condemned Sudan.", None),
    ("France accused Russia. The country denied it.", None),
    ("The ruling angered teachers. It said the plan was void.", None),
    ("The minister met the union. It said he had lied.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_who_speaks_as_it_or_they_or_the_group_is_whom_the_text_is_about_before(
    reader: TextReader, text: str, speaker: str | None
) -> None:
    report = report_of(reader, text)
    assert named(report, report.statements[-1].speaker) == speaker


def test_it_again_and_again_is_the_same_for_some_sentences_and_never_too_deep(reader: TextReader) -> None:
    report = report_of(reader, "NATO condemned Russia." + " It said the attack was deliberate." * 400)
    speakers = [named(report, said.speaker) for said in report.statements if said.cue.text == "said"]
    assert speakers[:3] == ["NATO", "NATO", "NATO"] and speakers[-1] is None


def test_a_state_that_a_sentence_is_about_acts_in_the_next_as_it(reader: TextReader) -> None:
    report = report_of(reader, "Iran expelled the inspectors on Monday. It also recalled its ambassador to France.")
    assert named(report, event_of(report, "recalled").actor[0]) == "Iran"


def test_who_urges_him_is_somebody_else(reader: TextReader) -> None:
    text = "The German chancellor, Olaf Berg, met the opposition leader, Jan Lind, in Lima and urged him to join the talks."
    event = event_of(report_of(reader, text), "urged")
    assert event.actor[0].entity is not None and event.actor[0].entity != event.recipient[0].entity


def test_the_former_president_is_not_the_one_in_office(reader: TextReader) -> None:
    text = (
        "President Donald Trump met Xi Jinping. Barack Obama said on Friday that the talks were useless. "
        '"Nobody gains," the former president said.'
    )
    report = report_of(reader, text)
    assert named(report, report.statements[-1].speaker) == "Barack Obama"


CODES = [
    ("Ana Kos, whose husband led the Green Party, was arrested by police.", "Ana Kos", ""),
    ("Some 400 supporters of Mr Yoon scuffled with riot police. Yoon Suk-yeol is on trial.", "supporters of Mr Yoon", "KOR.CVL"),
    ("The agency’s director general, Jan Novak, warned Iran on Monday.", "Novak", ".GOV"),
    ("Pakistan’s army chief Asim Munir met President Donald Trump on Monday.", "Asim Munir", "PAK.MIL"),
    ("Ann Lund, a former ambassador to Iran, urged Iran to talk.", "Ann Lund", ".ELI"),
    ("Thailand accused Cambodia of shelling. Phnom Penh said the claim was false.", "Phnom Penh", "KHM"),
    ("Ukraine opened the border. Narendra Modi’s government backed Ukraine on Tuesday.", "Narendra Modi’s government", "IND.GOV"),
    ("The defence ministry accused Rwanda of sending troops.", "defence ministry", ".GOV"),
    ("Kenya held elections. The foreign ministry said Kenya would host talks.", "foreign ministry", "KEN.GOV"),
    (
        "President Oda Lind of Norway rejected the previous government’s policy on Iran.",
        "government",
        "NOR.GOV",
    ),
    ("Mali closed its border. A Western diplomat in Bamako condemned the army.", "diplomat", ".GOV"),
    ("The union called a strike. Its president, Nihal Fernando, said the minister had lied.", "Nihal Fernando", ".LAB"),
    ("Norway protested. Its president, Nihal Fernando, said the minister had lied.", "Nihal Fernando", "NOR.GOV"),
    ("Teresa Quiroga is Peru’s attorney general. Her office alleges that lawmakers took bribes.", "Her office", "PER.GOV"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "expected"), CODES)
def test_who_is_who(reader: TextReader, text: str, words: str, expected: str) -> None:
    assert coded(report_of(reader, text), words) == expected


@pytest.mark.parametrize("line", ["MORONI, April 5 (AFP) - ", "PRISTINA - ", "PARIS (Reuters) - "])
def test_nobody_is_named_by_a_dateline(reader: TextReader, line: str) -> None:
    report = report_of(reader, line + "Soldiers seized the palace. The army closed the airport.")
    assert all(m.start >= len(line) for e in report.entities for m in e.mentions if e.kind != "state")


# ---------------------------------------------------------------- what is told


def test_who_is_suspected_says_nothing(reader: TextReader) -> None:
    assert not report_of(reader, "Ivan Petrov is suspected of bombing a train in Latvia.").statements


def test_what_two_words_of_one_cue_tell_is_one_statement(reader: TextReader) -> None:
    (said,) = report_of(reader, "Iran has long criticised the deal as a trap.").statements
    assert said.cue.text == "has long criticised"


def test_an_office_speaks_for_itself(reader: TextReader) -> None:
    report = report_of(reader, "Donald Trump was ill. The president’s office rejected the charge.")
    assert named(report, report.statements[-1].speaker) == "The president’s office"


def test_quotations_between_straight_marks_are_direct_though_a_sentence_ends_in_them(reader: TextReader) -> None:
    (said,) = report_of(reader, '"I am not against the alliance. I am against secrecy," Helen Prior said.').statements
    assert said.mode == "direct"


def test_an_article_is_nobody_whom_somebody_blames(reader: TextReader) -> None:
    (said,) = report_of(reader, "The minister criticised the police.").statements
    assert all(toward.text.lower() != "the" for toward in said.toward)


def test_a_raid_and_the_raid_that_answers_it_are_two_events(reader: TextReader) -> None:
    report = report_of(reader, "Israel bombed Iran. Iran bombed Israel.")
    assert [(named(report, e.actor[0]), named(report, e.recipient[0])) for e in report.events] == [
        ("Israel", "Iran"),
        ("Iran", "Israel"),
    ]


def test_a_headline_and_the_lead_below_it_tell_one_event(reader: TextReader) -> None:
    report = report_of(
        reader,
        "Kenya condemns attack on embassy\n\nNAIROBI - Kenya on Monday condemned an attack on its embassy in Mali.",
    )
    accused = [e for e in report.events if e.type == "ACCUSE"]
    assert [(e.trigger.text, len(e.mentions), e.date and e.date.value) for e in accused] == [
        ("condemns", 1, "2026-03-09")
    ]


def test_who_left_office_still_asks_and_accuses(reader: TextReader) -> None:
    assert event_of(report_of(reader, "Rishi Sunak urged Israel to stop."), "urged").status == "actual"


def test_what_stands_between_two_does_nothing(reader: TextReader) -> None:
    text = "The Pyongyang-Moscow relationship could offer a valuable topic of conversation with Beijing, Lind said."
    assert all("relationship" not in p.text for e in report_of(reader, text).events for p in e.actor)


COUNTED = [
    ("Israel struck Beirut on Monday, killing 12 people and wounding 30.", "struck", (12, 30)),
    ("An Israeli strike killed at least 34 people in Gaza.", "strike", (34, None)),
    ("Twelve people died in a Russian attack on Kharkiv.", "attack", (12, None)),
    ("Rebels attacked the town and two civilians were killed.", "attacked", (2, None)),
    ("Russia shelled Kherson and sank five boats.", "shelled", (None, None)),
]


@pytest.mark.parametrize(("text", "trigger", "counts"), COUNTED)
def test_the_dead_and_wounded_of_a_raid_are_counted_with_it(
    reader: TextReader, text: str, trigger: str, counts: tuple[int | None, int | None]
) -> None:
    magnitude = event_of(report_of(reader, text), trigger).magnitude
    assert (magnitude.dead, magnitude.injured) == counts


# ---------------------------------------------------------------- when and where

DATED = [
    ("The Lebanese army, which has taken over 42 posts since January, received 150 vehicles from the UAE last week.", "received", "2026-W10"),
    ("Police detained the editor over the weekend.", "detained", "2026-W10-WE"),
    ("The UN was founded in 1945. Russia bombed Kharkiv over the weekend.", "bombed", "2026-W10-WE"),
    ("Algeria gave six Malian diplomats until Wednesday to leave.", "gave", "2026-03-11"),
    ("Macron is due to visit Algiers in May.", "visit", "2026-05"),
    ("Two weeks after the election, Poland expelled the envoy.", "expelled", None),
    ("Kenya warned Uganda ahead of the election in August.", "warned", "2026-08"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "value"), DATED)
def test_what_dates_an_event(reader: TextReader, text: str, trigger: str, value: str | None) -> None:
    when = event_of(report_of(reader, text), trigger).date
    assert (when and when.value) == value


def test_a_clause_about_a_state_does_not_date_what_it_does(reader: TextReader) -> None:
    report = report_of(reader, "Ukraine, which has been at war since 2022, bombed a refinery.")
    event = event_of(report, "bombed")
    assert (event.date, event.status) == (None, "actual")


def test_a_date_in_what_is_praised_does_not_date_the_praise(reader: TextReader) -> None:
    (said,) = report_of(reader, "Egypt praised the deal signed in Doha last month.").statements
    assert said.date is None


DAYS = [
    ("The union called a one-hour strike for Saturday.", "Saturday", "2026-03-14"),
    ("Police banned a march planned for Saturday.", "Saturday", "2026-03-14"),
    ("The court adjourned the case to Monday.", "Monday", "2026-03-16"),
    ("The president has called an early election for June 14.", "June 14", "2026-06-14"),
    ("The court jailed the editor until November.", "until November", "2026-11"),
    ("The minister is due in Cairo on Monday for talks.", "Monday", "2026-03-16"),
    ("The ministers set a meeting for Thursday.", "Thursday", "2026-03-12"),
    ("NATO leaders meet in Ankara in July.", "July", "2026-07"),
    ("The minister invited the unions to talks on Friday.", "Friday", "2026-03-13"),
    ("An offer so soon after January’s missile strikes would look like a reward, officials said.", "January", "2026-01"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "value"), DAYS)
def test_what_is_arranged_is_to_come(reader: TextReader, text: str, words: str, value: str) -> None:
    assert [d.value for d in report_of(reader, text).dates if d.text == words] == [value]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Peru expelled Chile’s envoy in a dispute with Bolivia.", None),
        ("Protesters marched in Rome against Israel.", "Rome"),
    ],
)
def test_what_a_deed_has_to_do_with_is_not_where_it_was(reader: TextReader, text: str, place: str | None) -> None:
    report = report_of(reader, text)
    assert [next((p.text for p in report.places if p.id == e.place), None) for e in report.events] == [place]
