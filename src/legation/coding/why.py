"""Why an event was coded: the model's probabilities and the table rows behind its codes."""

from __future__ import annotations

from legation.coding.confidence import load_calibration
from legation.coding.entities import Participant
from legation.coding.events import EventDraft
from legation.coding.plover import load_plover
from legation.coding.setting import Setting
from legation.records import Chance, Status, Why, WhyParty


def why_of(draft: EventDraft, status: Status, setting: Setting) -> Why:
    """Everything the event of a draft rests on; `status` is the one reported."""
    mark, phrases = draft.mark, setting.sentences[draft.sentence]
    names = tuple(name for name, _ in draft.contexts)
    return Why(
        phrases.span(0, len(phrases.tokens)),
        (_chance(mark.type, mark.score), *(_chance(name or None, chance) for name, chance in mark.rivals)),
        _chance(mark.mode, mark.mode_score),
        tuple(_chance(name, chance) for name, chance in draft.contexts),
        draft.status_basis,
        round(mark.role_score, 4),
        tuple(_party(p, setting) for p in draft.actor),
        tuple(_party(p, setting) for p in draft.recipient),
        load_plover().cameo(draft.type, mark.mode, names, status, phrases.tokens[mark.word].lemma).row,
        load_calibration().right.words(mark, phrases.forms[mark.word]),
    )


def _chance(what: str | None, chance: float) -> Chance:
    return Chance(what, round(chance, 4))


def _party(participant: Participant, setting: Setting) -> WhyParty:
    return WhyParty(participant.span.text, participant.code, setting.people.basis(participant))
