"""How somebody stands in an article: by role, office and sectors, whose words tell more than they say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from legation.coding.tables import Title, find_title
from legation.records import EntityKind

PAST = frozenset({
    "former", "ex", "retired", "once", "onetime", "late", "deposed", "ousted", "toppled", "dismissed", "exiled", "then",
})  # fmt: skip
BODIES = frozenset(
    """
    government administration regime parliament ministry court army navy military police state side embassy opposition
    """.split()
)
OF_STATES = frozenset({"ministry", "department"})
"""What begins the names that many states' organs share: "Ministry of Defence", "Department of Justice"."""
# Sectors of those who belong to the place they are met at.
LOCAL = frozenset({"AGR", "COP", "CRM", "CVL", "JUD", "LAB", "LEG", "MED", "OPP", "PRM", "PTY", "REB", "REL", "SOC"})
ABROAD = frozenset({"consul", "correspondent", "helmet", "peacekeeper", "peacekeeping", "tourist", "secretary-general"})
TRAVELLING = frozenset({"adviser", "analyst", "armed", "diplomat", "former", "media", "spokesperson"})
FOREIGN = frozenset({"analyst", "diplomat", "former"})
SCHOLARS = frozenset({"academic", "anthropologist", "criminologist", "demographer", "economist", "expert", "fellow",
    "geographer", "historian", "lecturer", "political scientist", "professor", "research fellow", "researcher",
    "scholar", "scientist", "senior fellow", "sociologist", "specialist"})  # fmt: skip
# Sectors of offices by which somebody is called while he holds them; a rank or a trade is kept for life.
PUBLIC = frozenset({"COP", "GOV", "JUD", "LEG", "OPP", "PTY", "SPY"})
BEHIND_ROLES = frozenset({"of", "for", "in", "at", "to", "who", "from"})
SHORT = {
    "gen.": "general", "col.": "colonel", "capt.": "captain", "maj.": "major", "lt.": "lieutenant", "sgt.": "sergeant",
    "adm.": "admiral", "sen.": "senator", "rep.": "representative", "gov.": "governor",
}  # fmt: skip


def is_past(role: str | None) -> bool:
    """Whether a role begins with the word that it is over: "former", "ex-"."""
    return role is not None and not PAST.isdisjoint(role.lower().replace("-", " ").split()[:1])


def is_local(kind: EntityKind, name: str, role: str | None, sectors: Sequence[str]) -> bool:
    """Whether somebody of no state lives where an article is dated from, as far as role and sectors tell.

    Envoys, soldiers, scholars, reporters and whoever has no role may have come from anywhere. Of bodies only those
    without a name of their own are of the place: "the foreign ministry", "the court".
    """
    return is_organ(kind, name, role) or (kind != "organization" and not LOCAL.isdisjoint(sectors))


def is_abroad(role: str | None) -> bool:
    """Whether somebody's work is in another state than his own: an envoy, a peacekeeper, a correspondent."""
    words = (role or "").lower().split()
    titles = [find_title(" ".join(words[start:end])) for end in range(1, len(words) + 1) for start in range(end)]
    return any(t and (t.kind == "diplomat" or not ABROAD.isdisjoint(t.title.split())) for t in titles)


def is_travelling(role: str | None) -> bool:
    """Whether those of a role are met anywhere, and speak of any state: envoys, scholars, former officials."""
    title = title_of(role)
    return title is None or title.kind in TRAVELLING or title.title in SCHOLARS or is_past(role)


def is_foreign(role: str | None) -> bool:
    """Whether a role is one of those who speak of other states as much as of their own: scholars, former officials."""
    title = title_of(role)
    return title is not None and (title.kind in FOREIGN or title.title in SCHOLARS or is_past(role))


def title_of(role: str | None) -> Title | None:
    """The title that a role as written ends with, before "of" or "for"."""
    words = (role or "").lower().split()
    end = next((at for at, word in enumerate(words) if word in BEHIND_ROLES), len(words))
    titles = (find_title(" ".join(words[start:end])) for start in range(end))
    return next((found for found in titles if found is not None), None)


def is_organ(kind: EntityKind, name: str, role: str | None) -> bool:
    """Whether somebody is a part of a state without a name of its own: "the foreign ministry", "the army"."""
    if kind == "organization":
        first, *rest = name.lower().split() or [""]
        return find_title(name) is not None or (first in OF_STATES and rest[:1] == ["of"])
    return kind != "person" and role is not None and name.split()[-1].lower() in BODIES


def has_moved_on(role: str | None, sectors: Sequence[str], office: str) -> bool:
    """Whether the text gives who left an office another one now; by the old one news goes on calling him."""
    written = (role or "").lower()
    return not PUBLIC.isdisjoint(sectors) and not is_past(role) and office not in written and written not in office


def bears(role: str | None, title: Title) -> bool:
    """Whether a title is, or ends, the one that the text gives somebody: "foreign minister", "Gen."."""
    words, wanted = _written(role or ""), tuple(title.title.split())
    return words[max(len(words) - len(wanted), 0) :] == wanted


@lru_cache(1 << 12)
def _written(role: str) -> tuple[str, ...]:
    """The words of a role before "of" or "for", lower case and in full."""
    words = [SHORT.get(word, word) for word in role.lower().split()]
    return tuple(takewhile(lambda word: word not in BEHIND_ROLES, words))
