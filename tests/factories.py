"""Small invented reports: every state, person and event is made up; ISO 3166 leaves the codes to users."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

from legation.records import (
    ArticleInfo,
    DateExpression,
    Entity,
    EntityKind,
    EntitySpan,
    Event,
    EventDate,
    Magnitude,
    ModelInfo,
    Place,
    Position,
    Report,
    ResolvedBy,
    Span,
    Statement,
    StatementMode,
    Status,
)

MODEL = ModelInfo("legation-en", "1.0.0", "0" * 64)

STRAIT_TITLE = "Valdoria and Kestria talk again as the Lorne Strait fills with ships"
STRAIT_TEXT = """\
MARRIN, Valdoria — President Ilse Harrow of Valdoria spoke by phone on Tuesday with the Kestrian prime \
minister, Tomas Verrin, ending a silence of nearly five months, her office said.

The call came a day after Kestria vetoed a resolution of the Lorne Strait Council that would have extended \
the mandate of a monitoring mission. “We will not accept inspectors who report to our rivals,” Mr. Verrin \
told lawmakers in Ostrel on Monday, “and we will not pay for them.”

Valdoria’s foreign minister, Dario Senn, accused Kestria of moving missile boats toward the strait. He \
warned that Valdoria would expel the Kestrian ambassador if the boats had not turned back by Friday.

“The minister said that Mr. Verrin had promised him ‘a calm sea by spring’,” recalled Oda Lindqvist, a \
professor of maritime law at Marrin University who advised the ministry until last year. “Spring is here,” \
she added.

Not everything between the neighbors has frozen. The Kestrian Red Lantern Society delivered 40 tons of \
flour to the Valdorian port of Hale in March, and ferries kept their winter timetable. In 2023 the two \
navies jointly rescued the crew of a grain ship that had struck a wreck off Hale, an operation that \
officers on both sides still describe with some pride.

At home, Mr. Verrin has less room. Police in Ostrel arrested 14 people on Sunday after several hundred \
marched against any talks with Valdoria, the second such protest in a month. Shopkeepers along the route \
closed early, and the tram stopped for an hour.

Ms. Lindqvist sees a narrow opening. Relief from the grain tariffs, she argued, is the price of any deal, \
and nobody in Ostrel is ready to name it aloud. Some analysts doubt that the council can agree on new \
inspectors before the summer, when the fishing season brings hundreds of small boats into the same water.

Envoys of the two governments will meet in the neutral port of Sund on May 9, according to a Kestrian \
official who asked not to be named because the date has not been announced. Neither side has said who will \
travel. A first draft of the agenda lists fishing, salvage and the fate of the monitoring mission, in that \
order.
"""

CONFLICT = {
    "REJECT": "verbal conflict",
    "ACCUSE": "verbal conflict",
    "THREATEN": "verbal conflict",
    "MOBILIZE": "material conflict",
    "COERCE": "material conflict",
    "AID": "material cooperation",
    "COOPERATE": "material cooperation",
}


class Words:
    """Finds words in a text, so that no offset is counted by hand."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, words: str, after: str = "") -> Span:
        """The first `words`, looked for from where `after` first ends."""
        begin = self.text.index(after) + len(after)
        start = self.text.index(words, begin)
        return Span(start, start + len(words), words)

    def who(self, entity: str | None, words: str, after: str = "") -> EntitySpan:
        """The same, as a participant."""
        span = self.span(words, after)
        return EntitySpan(entity, span.start, span.end, span.text)


def make_entity(
    id: str,
    name: str,
    kind: EntityKind,
    *mentions: Span,
    country: str | None = None,
    role: str | None = None,
    affiliation: str | None = None,
    sectors: tuple[str, ...] = (),
) -> Entity:
    """An entity; what is not given is unknown."""
    resolved: ResolvedBy = "context" if country else "none"
    return Entity(id, name, kind, country, country, sectors, role, affiliation, resolved, mentions)


def make_event(
    id: str,
    type: str,
    trigger: Span,
    *,
    actor: tuple[EntitySpan, ...],
    recipient: tuple[EntitySpan, ...] = (),
    mode: str | None = None,
    status: Status = "actual",
    date: EventDate | None = None,
    place: str | None = None,
    according_to: str | None = None,
    confidence: float = 0.9,
    arrested: int | None = None,
) -> Event:
    """An event whose quad class follows from its type."""
    quad = CONFLICT.get(type, "verbal cooperation")
    return Event(
        id,
        type,
        mode,
        ("diplomatic",),
        status,
        None,
        quad,
        None,
        trigger,
        0,
        actor,
        recipient,
        date,
        place,
        Magnitude(arrested=arrested),
        according_to,
        confidence,
    )


def make_statement(
    id: str,
    cue: Span,
    *content: Span,
    speaker: EntitySpan | None = None,
    mode: StatementMode = "indirect",
    act: str = "state",
    addressee: EntitySpan | None = None,
    positions: tuple[Position, ...] = (),
    date: EventDate | None = None,
) -> Statement:
    """A statement; what is not given is unknown."""
    return Statement(id, speaker, cue, content, mode, act, addressee, None, date, positions, 0.88)


def make_article(text: str, **known: Any) -> ArticleInfo:
    """What a report says of an article with this text; pass what is known of it by name."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    blank = ArticleInfo(digest[:16], None, None, None, None, "en", digest, len(text))
    return replace(blank, **known)


def small_report(text: str = "Valdoria accused Kestria.", **known: str | None) -> Report:
    """A report of one line with one event and nothing else, when the text has "accused" in it."""
    words = Words(text)
    events: tuple[Event, ...] = ()
    entities: tuple[Entity, ...] = ()
    if text.startswith("Valdoria accused"):
        actor = words.who("n1", "Valdoria")
        entities = (make_entity("n1", "Valdoria", "state", words.span("Valdoria"), country="XVA"),)
        events = (make_event("e1", "ACCUSE", words.span("accused"), actor=(actor,)),)
    return Report(make_article(text, **known), MODEL, text, ((0, len(text)),), entities, events)


def empty_report(**known: str | None) -> Report:
    """A report that found nothing, of an undated article."""
    text = "Nothing happened between the two ports."
    return Report(make_article(text, **known), MODEL, text, ((0, len(text)),))


def strait_report() -> Report:
    """An article with nine events and nine statements, some nested, overlapping or in pieces."""
    words = Words(STRAIT_TEXT)
    article = make_article(
        STRAIT_TEXT,
        title=STRAIT_TITLE,
        source="The Marrin Courier",
        published="2025-04-02",
        url="https://courier.example/world/strait-talks",
    )
    return Report(
        article,
        MODEL,
        STRAIT_TEXT,
        _sentences(),
        _entities(words),
        _events(words),
        _statements(words),
        _places(words),
        _dates(words),
        ("Read as UTF-8.",),
    )


def _sentences() -> tuple[tuple[int, int], ...]:
    edges, position = [], 0
    for line in STRAIT_TEXT.splitlines(keepends=True):
        edges.append((position, position + len(line.rstrip())))
        position += len(line)
    return tuple(edge for edge in edges if edge[0] < edge[1])


def _day(value: str, basis: str) -> EventDate:
    return EventDate(value, "day", basis)


def _entities(words: Words) -> tuple[Entity, ...]:
    span = words.span
    return (
        make_entity(
            "n1",
            "Ilse Harrow",
            "person",
            span("President Ilse Harrow of Valdoria"),
            span("her office"),
            country="XVA",
            role="president",
            affiliation="Valdoria",
            sectors=("GOV",),
        ),
        make_entity(
            "n2",
            "Tomas Verrin",
            "person",
            span("Tomas Verrin"),
            span("Mr. Verrin", "rivals,"),
            span("Mr. Verrin", "said that"),
            span("Mr. Verrin", "At home"),
            country="XKE",
            role="prime minister",
            affiliation="Kestria",
            sectors=("GOV",),
        ),
        make_entity(
            "n3",
            "Valdoria",
            "state",
            span("Valdoria"),
            span("Valdoria", "Harrow of "),
            span("Valdoria", "for them.”"),
            span("Valdoria", "warned that"),
            span("Valdoria", "talks with "),
            country="XVA",
        ),
        make_entity("n4", "Kestria", "state", span("Kestria", "day after"), span("Kestria", "accused "), country="XKE"),
        make_entity("n5", "Lorne Strait Council", "organization", span("Lorne Strait Council"), sectors=("IGO",)),
        make_entity(
            "n6",
            "Dario Senn",
            "person",
            span("Dario Senn"),
            span("He", "strait. "),
            span("The minister"),
            country="XVA",
            role="foreign minister",
            affiliation="Valdoria",
            sectors=("GOV",),
        ),
        make_entity(
            "n7",
            "Oda Lindqvist",
            "person",
            span("Oda Lindqvist"),
            span("Ms. Lindqvist"),
            country="XVA",
            role="professor of maritime law",
            affiliation="Marrin University",
            sectors=("EDU", "ELI"),
        ),
        make_entity(
            "n8",
            "Kestrian Red Lantern Society",
            "organization",
            span("The Kestrian Red Lantern Society"),
            country="XKE",
            sectors=("NGO",),
        ),
        make_entity("n9", "police of Kestria", "group", span("Police in Ostrel"), country="XKE", sectors=("COP",)),
        make_entity("n10", "protesters", "group", span("14 people"), country="XKE", sectors=("CVL",)),
        make_entity("n11", "some analysts", "unnamed", span("Some analysts")),
        make_entity("n12", "Kestrian official", "unnamed", span("a Kestrian official"), country="XKE"),
        make_entity("n13", "Kestrian ambassador", "unnamed", span("the Kestrian ambassador"), country="XKE"),
    )


def _events(words: Words) -> tuple[Event, ...]:
    span, who = words.span, words.who
    harrow, verrin = who("n1", "President Ilse Harrow of Valdoria"), who("n2", "Tomas Verrin")
    navies = who(None, "the two navies")
    return (
        make_event(
            "e1",
            "CONSULT",
            span("spoke"),
            actor=(harrow, verrin),
            mode="phone",
            according_to="s1",
            confidence=0.97,
            date=_day("2025-04-01", "Tuesday before publication"),
        ),
        make_event(
            "e2",
            "REJECT",
            span("vetoed"),
            actor=(who("n4", "Kestria", "day after"),),
            mode="yield",
            recipient=(who("n5", "Lorne Strait Council"),),
            date=_day("2025-03-31", "the day before Tuesday"),
        ),
        make_event(
            "e3",
            "ACCUSE",
            span("accused"),
            actor=(who("n6", "Dario Senn"),),
            mode="allege",
            recipient=(who("n4", "Kestria", "accused "),),
        ),
        make_event(
            "e4",
            "MOBILIZE",
            span("moving"),
            actor=(who("n4", "Kestria", "accused "),),
            mode="weapons",
            according_to="s3",
            confidence=0.71,
        ),
        make_event(
            "e5",
            "THREATEN",
            span("warned"),
            actor=(who("n6", "He", "strait. "),),
            mode="expel",
            recipient=(who("n13", "the Kestrian ambassador"),),
            confidence=0.84,
        ),
        make_event(
            "e6",
            "AID",
            span("delivered"),
            actor=(who("n8", "The Kestrian Red Lantern Society"),),
            place="p3",
            recipient=(who(None, "the Valdorian port of Hale"),),
            date=EventDate("2025-03", "month", "March"),
        ),
        make_event(
            "e7",
            "COOPERATE",
            span("rescued"),
            actor=(navies,),
            recipient=(navies,),
            status="historical",
            date=EventDate("2023", "year", "stated"),
            confidence=0.66,
        ),
        make_event(
            "e8",
            "COERCE",
            span("arrested"),
            actor=(who("n9", "Police in Ostrel"),),
            mode="arrest",
            place="p2",
            recipient=(who("n10", "14 people"),),
            date=_day("2025-03-30", "Sunday before publication"),
            arrested=14,
        ),
        make_event(
            "e9",
            "AGREE",
            span("meet", "will "),
            actor=(who(None, "Envoys of the two governments"),),
            status="future",
            date=_day("2025-05-09", "stated"),
            place="p4",
            according_to="s9",
        ),
    )


def _statements(words: Words) -> tuple[Statement, ...]:
    span, who = words.span, words.who
    relief = Position("tariffs", "cut", "for", span("Relief from the grain tariffs"))
    return (
        make_statement(
            "s1",
            span("said"),
            span(STRAIT_TEXT[19 : STRAIT_TEXT.index(", her office")]),
            speaker=who("n1", "her office"),
        ),
        make_statement(
            "s2",
            span("told"),
            span("“We will not accept inspectors who report to our rivals,”"),
            span("“and we will not pay for them.”"),
            speaker=who("n2", "Mr. Verrin", "rivals,"),
            mode="direct",
            act="reject",
            addressee=who(None, "lawmakers"),
            date=_day("2025-03-31", "Monday before publication"),
            positions=(Position("arms-control", "limit", "against", span("will not accept inspectors")),),
        ),
        make_statement(
            "s3",
            span("accused"),
            span("Kestria of moving missile boats toward the strait"),
            speaker=who("n6", "Dario Senn"),
            act="accuse",
        ),
        make_statement(
            "s4",
            span("warned"),
            span("that Valdoria would expel the Kestrian ambassador if the boats had not turned back by Friday"),
            speaker=who("n6", "He", "strait. "),
            act="threaten",
        ),
        make_statement(
            "s5",
            span("recalled"),
            span("“The minister said that Mr. Verrin had promised him ‘a calm sea by spring’,”"),
            speaker=who("n7", "Oda Lindqvist"),
            mode="direct",
        ),
        make_statement(
            "s6",
            span("said", "The minister"),
            span("that Mr. Verrin had promised him ‘a calm sea by spring’"),
            speaker=who("n6", "The minister"),
        ),
        make_statement(
            "s7",
            span("promised"),
            span("‘a calm sea by spring’"),
            speaker=who("n2", "Mr. Verrin", "said that"),
            mode="direct",
            act="promise",
            addressee=who("n6", "him", "promised"),
        ),
        make_statement(
            "s8",
            span("argued"),
            span("Relief from the grain tariffs"),
            span("is the price of any deal, and nobody in Ostrel is ready to name it aloud"),
            speaker=who("n7", "she", "tariffs, "),
            positions=(relief,),
        ),
        make_statement(
            "s9",
            span("according to"),
            span("Envoys of the two governments will meet in the neutral port of Sund on May 9"),
            speaker=who("n12", "a Kestrian official"),
            act="predict",
        ),
    )


def _places(words: Words) -> tuple[Place, ...]:
    spans = (
        (words.span("MARRIN"), "Marrin", "XVA"),
        (words.span("Ostrel"), "Ostrel", "XKE"),
        (words.span("Hale"), "Hale", "XVA"),
        (words.span("Sund", "neutral port of "), "Sund", None),
    )
    return tuple(
        Place(f"p{number}", span.start, span.end, span.text, name, country, lat=54.5 + number, lon=-12.25)
        for number, (span, name, country) in enumerate(spans, 1)
    )


def _dates(words: Words) -> tuple[DateExpression, ...]:
    named = (
        ("Tuesday", "2025-04-01"),
        ("Monday", "2025-03-31"),
        ("Friday", "2025-04-04"),
        ("March", "2025-03"),
        ("2023", "2023"),
        ("Sunday", "2025-03-30"),
        ("the summer", None),
        ("May 9", "2025-05-09"),
    )
    spans = [(words.span(text), value) for text, value in named]
    return tuple(DateExpression(span.start, span.end, span.text, "DATE", value) for span, value in spans)
