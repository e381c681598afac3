"""Persons as holders of offices: what the words around a name and the table of leaders make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from legation.coding.entities import EntityDraft
from legation.coding.leaders import INTERNATIONAL, Leaders, Term, find_by_family_name, find_leader
from legation.coding.names import COURTESY, STATELESS
from legation.coding.people import Profile
from legation.coding.phrases import Phrases
from legation.coding.standing import has_moved_on, is_past
from legation.records import Span


def take_profile(draft: EntityDraft, profile: Profile) -> None:
    """Enters what the words around one mention tell, as far as nothing did before."""
    draft.role = draft.role or profile.role
    draft.affiliation = draft.affiliation or profile.affiliation
    draft.sectors = draft.sectors or profile.sectors
    if draft.code is None and profile.code is not None:
        draft.code, draft.resolved = profile.code, "context"
        draft.basis = f"the words around the name: {draft.role or draft.affiliation}"


@dataclass(frozen=True, slots=True)
class Officers:
    """Finds the offices of an article's persons; `states` are those that it names, the most named first."""

    sentences: Sequence[Phrases]
    leaders: Leaders
    states: Sequence[str]
    published: date | None

    def place(self, draft: EntityDraft) -> bool:
        """Enters state, office and sectors of a leader whom the table knows, on the day of publication.

        True for one who has left the office, and whom the text does not call former.
        """
        states = (draft.code, *self.states) if draft.code else self.states
        term = find_leader(draft.name, self.published, states, self.leaders) or self._by_family_name(draft)
        if term is None or (draft.code not in (None, term.country) and not self._outweighs(term, draft)):
            return False
        if term.status == "future":
            if term.country in self.states:
                draft.code, draft.resolved = term.country, "registry"
                draft.basis = f"{term.source}: {term.name}, later {term.office} of {term.country}"
            return False
        former = term.status == "former"
        unsaid = former and not is_past(draft.role)
        draft.name = draft.name if " " in draft.name else term.name
        if not (former and has_moved_on(draft.role, draft.sectors, term.office)):
            draft.sectors = term.sectors
        draft.role = draft.role or (f"former {term.office}" if former else term.office)
        draft.code, draft.resolved = term.country, "registry"
        draft.basis = f"{term.source}: {term.name}, {term.office} of {term.country}, {term.status}"
        return unsaid

    def _outweighs(self, term: Term, draft: EntityDraft) -> bool:
        """Whether a full name in the table of office holders counts more than the state beside it in the text.

        A Norwegian in the service of the United Nations is theirs, the foreign minister who chairs a body his own
        state's; others may be namesakes.
        """
        if term.status != "current" or " " not in draft.name:
            return False
        between = term.country in INTERNATIONAL or draft.code in STATELESS
        unsaid = draft.sectors in ((), term.sectors)
        return between or ((term.is_high or unsaid) and term.country in self.states)

    def _by_family_name(self, draft: EntityDraft) -> Term | None:
        """A leader named by the family name alone, where the text gives a title or a courtesy to it."""
        titled = draft.role is not None or any(self._has_courtesy(span) for span in draft.mentions.values())
        words = (draft.role or "").split()
        titles: list[str | None] = [" ".join(words[at:]) for at in range(len(words))]
        states = (draft.code,) if draft.code else self.states
        found = (find_by_family_name(draft.name, t, self.published, states, self.leaders) for t in titles or [None])
        term = next((term for term in found if term is not None), None)
        # A bare name is the leader's only where his office is high and the article names his state.
        return term if titled or (term is not None and term.is_high and term.country in self.states) else None

    def _has_courtesy(self, span: Span) -> bool:
        for phrases in self.sentences:
            if phrases.sentence.start <= span.start < phrases.sentence.end:
                before = phrases.body[max(phrases.sentence.start, span.start - 6) : span.start]
                return bool(before.split()) and before.split()[-1].rstrip(".").lower() in COURTESY
        return False
