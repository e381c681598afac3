"""Where speakers stand: what the model marks at a cue, and where a quotation goes on, given to its statement.

The model tells the side, the words that show it, the act, and who is praised or blamed. Which issue those words are
about is told by `issue_of`, which a caller brings along. Sides are told from a low certainty on, each with the chance
that it is the right one: who reads them chooses how sure they must be (`legation.sureness`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from legation.coding.entities import Participant
from legation.coding.phrases import Phrases
from legation.coding.position_confidence import Matter, load_position_curve
from legation.coding.setting import Setting
from legation.coding.side_confidence import load_side_curve, words_for
from legation.coding.statements import StatementDraft
from legation.records import NamedSpan, Position, Sentence, Span, StanceMark
from legation.sureness import is_sure

SURE_MIXED = 0.5
"""Certainty from which both sides at once are told."""
SURE = 0.5
"""Certainty from which praise and blame are told."""
SURE_ACT = 0.5
"""Probability from which the model's act goes before that of the table of cues."""
LEAD, CONTEXT = 150, 300
"""Characters of the beginning of an article, and before the sentence of a statement, that may name its matter."""
SIDES = {"FOR": "for", "AGAINST": "against", "MIXED": "mixed"}
ATTITUDES = {"PRAISED": "praises", "BLAMED": "blames"}

IssueOf = Callable[[str, str, str], Matter]
"""The issue and option that evidence is about, given the content of its statement and what stands around that."""


def no_issue(evidence: str, content: str, context: str) -> Matter:
    """Where no issues are known."""
    return Matter()


@dataclass(frozen=True, slots=True)
class _Held:
    """A position, what is known of its matter, and the chance that a side is taken there at all."""

    position: Position
    matter: Matter
    taken: float


@dataclass(frozen=True, slots=True)
class Aimed:
    """Whom a statement praises or blames, in which words; `participant` is None where nobody is known by them."""

    span: Span
    participant: Participant | None
    attitude: Literal["praises", "blames"]


@dataclass(frozen=True, slots=True)
class Stance:
    """What a speaker does in a statement, where he stands, and whom he praises or blames."""

    act: str
    positions: tuple[Position, ...] = ()
    toward: tuple[Aimed, ...] = ()


def stances_of(drafts: Sequence[StatementDraft], setting: Setting, issue_of: IssueOf) -> list[Stance]:
    """The stance of each statement; the issue of a side only where it is known."""
    marked = [(n, p) for n, p in enumerate(setting.sentences) if p.sentence.stances and not _has_cue(p)]
    return [_stance(draft, marked, setting, issue_of) for draft in drafts]


def _stance(
    draft: StatementDraft, marked: Sequence[tuple[int, Phrases]], setting: Setting, issue_of: IssueOf
) -> Stance:
    """The stance of a statement; `marked` are the sentences with marks and no cue, by number."""
    own = next((m for m in setting.sentences[draft.sentence].sentence.stances if m.word == draft.word), None)
    marks = [(draft.sentence, own)] if own else []
    marks += _going_on(draft, marked)
    if not marks:
        return Stance(draft.act)
    told = ((n, who) for n, mark in marks for who in mark.toward if _is_told(who, setting.sentences[n]))
    aimed = [_aimed(number, who, setting) for number, who in told]
    return Stance(
        own.act if own and own.act_score >= SURE_ACT else draft.act,
        tuple(_weighed(_once(_positions(draft, marks, setting, issue_of)))),
        tuple(one for one in aimed if not _is_at_himself(one, draft)),
    )


def _positions(
    draft: StatementDraft, marks: Sequence[tuple[int, StanceMark]], setting: Setting, issue_of: IssueOf
) -> Iterator[_Held]:
    content = " ".join(span.text for span in draft.content)
    for number, mark in marks:
        context = _context(draft, number, setting)
        for side, chance in _told(mark, setting.sentences[number]):
            evidence = setting.sentences[number].span(side.start, side.end)
            stance = cast(Literal["for", "against", "mixed"], SIDES[side.label])
            matter = issue_of(evidence.text, content, context)
            yield _Held(Position(matter.issue, matter.option, stance, evidence, chance), matter, mark.taken)


def _told(mark: StanceMark, phrases: Phrases) -> Iterator[tuple[NamedSpan, float | None]]:
    """The sides of a mark that are told, each with the chance that it is the right one; both at once have none."""
    curve = load_side_curve()
    for side in mark.sides:
        if side.label == "MIXED":
            if side.score >= SURE_MIXED:
                yield side, None
        elif (chance := curve.chance(side.score, said_for(side, mark, phrases.sentence))) >= curve.report:
            yield side, round(chance, 2)


def said_for(side: NamedSpan, mark: StanceMark, sentence: Sentence) -> float:
    """What its own words and the act of its mark say for a side, for or against, in log-odds."""
    words = [token.text for token in sentence.tokens[side.start : side.end]]
    return words_for(SIDES[side.label], words, mark.act)


def _context(draft: StatementDraft, number: int, setting: Setting) -> str:
    """What tells a reader the matter of a mark in a sentence: headline, lead, and what stands before the statement, all
    up to the end of that sentence."""
    own, marked = setting.sentences[draft.sentence].sentence, setting.sentences[number].sentence
    body = setting.sentences[number].body
    start = max(0, min(own.start, marked.start) - CONTEXT)
    return " ".join((setting.title, body[: min(LEAD, start)], body[start : max(own.end, marked.end)]))


def _going_on(draft: StatementDraft, marked: Sequence[tuple[int, Phrases]]) -> Iterator[tuple[int, StanceMark]]:
    """The marks of those sentences in which the content stands."""
    for number, phrases in marked:
        if _touches(phrases, draft.content):
            yield from ((number, mark) for mark in phrases.sentence.stances if mark.word == 0)


def _touches(phrases: Phrases, content: Sequence[Span]) -> bool:
    sentence = phrases.sentence
    return any(span.start < sentence.end and sentence.start < span.end for span in content)


def _has_cue(phrases: Phrases) -> bool:
    return any(frame.kind == "attribution" for frame in phrases.sentence.frames)


def _is_told(who: NamedSpan, phrases: Phrases) -> bool:
    """Whether whom somebody praises or blames is sure enough, and named by more than an article or a mark."""
    return who.score >= SURE and not phrases.is_empty(who.start, who.end)


def _is_at_himself(aimed: Aimed, draft: StatementDraft) -> bool:
    if aimed.participant is None or draft.speaker is None:
        return False
    return aimed.participant.key == draft.speaker.key


def _aimed(number: int, who: NamedSpan, setting: Setting) -> Aimed:
    phrases = setting.sentences[number]
    meant = setting.people.of_word(number, phrases.head_of(who.start, who.end))
    attitude = cast(Literal["praises", "blames"], ATTITUDES[who.label])
    return Aimed(phrases.span(who.start, who.end), meant[0] if len(meant) == 1 else None, attitude)


def _once(positions: Iterator[_Held]) -> Iterable[_Held]:
    """One position an option. Of what no issue is known each stands for itself."""
    found: dict[tuple[str | None, str | None, int], _Held] = {}
    for held in positions:
        position = held.position
        key = (position.issue, position.option, -1 if position.issue else position.evidence.start)
        found[key] = _together(found[key], held) if key in found else held
    return found.values()


def _together(first: _Held, second: _Held) -> _Held:
    """Two positions on one option as one: mixed, shown by the first words, where they differ and both are sure; else
    the surer one."""
    one, other = first.position, second.position
    if one.stance != other.stance and is_sure(one) and is_sure(other):
        return replace(first, position=replace(one, stance="mixed", confidence=None))
    return max(first, second, key=_sureness)


def _sureness(held: _Held) -> float:
    sure = held.position.confidence
    return 1.0 if sure is None else sure


def _weighed(held: Iterable[_Held]) -> Iterator[Position]:
    """Positions with the chance that they are right as a whole."""
    curve = load_position_curve()
    for one in held:
        position = one.position
        chance = curve.chance(position.confidence, one.matter, len(position.evidence.text.split()), one.taken)
        yield replace(position, whole_confidence=round(chance, 2))
