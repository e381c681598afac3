"""How positions are put into words, the same on a terminal and on a page."""

from __future__ import annotations

from datetime import date

from legation.positions.findings import MOST_TIED, Findings
from legation.positions.issues import Issue
from legation.positions.said import Said
from legation.positions.standing import Division, Standing
from legation.positions.voices import Voice
from legation.show.display import one_line
from legation.show.wording import sureness_of
from legation.telling import counted

UNKNOWN = "–"
SIGNS = {"for": "+", "against": "−", "mixed": "±"}
_QUOTES = '“”"'
POLARISATION = (
    "Polarisation is Reynal-Querol's index (2002) of the shares s of those for, against and on neither side, each "
    "actor one voice: 4 × the sum of s²(1−s). 0: all are in one camp. 1: two camps of one size."
)


def day(value: date | None) -> str:
    """A day as ISO 8601."""
    return value.isoformat() if value else UNKNOWN


def who(name: str | None, role: str | None, affiliation: str | None, country: str | None) -> str:
    """A speaker with role, affiliation and country, as far as they are known.

    A country that is the name itself is not told again.
    """
    return ", ".join(one_line(part) for part in (name or "nobody told", role, affiliation) if part) + (
        f" ({one_line(country)})" if country and country != name else ""
    )


def who_said(said: Said) -> str:
    """The speaker of a statement; words that name nobody known stand in quotes."""
    name = said.speaker if said.known or said.speaker is None else f"“{said.speaker}”"
    return who(name, said.role, said.affiliation, said.country)


def quoted(text: str) -> str:
    """Words in quotes; those that have their own keep them.

    >>> quoted("we go") == quoted("“we go”")
    True
    """
    words = one_line(text)
    own = len(words) > 1 and words[0] in _QUOTES and words[-1] in _QUOTES
    return f"“{words[1:-1] if own else words}”"


def source_of(voice: Voice) -> str:
    """Where the words stand: source, day and article."""
    known = [voice.source, voice.day.isoformat() if voice.day else None, f"article {voice.article}"]
    return ", ".join(one_line(part) for part in known if part)


def sureness(voice: Voice) -> str:
    """How sure a voice is, as a whole and in its side; "" where nobody knows."""
    return sureness_of(voice.stance_confidence, voice.whole_confidence)


def spread(standing: Standing) -> str:
    """The counts that are not nought: "2 for, 1 mixed"."""
    counts = ((standing.count(stance), stance) for stance in ("for", "against", "mixed"))
    return ", ".join(f"{count} {stance}" for count, stance in counts if count)


def camps(division: Division) -> str:
    """How many actors are in each camp."""
    return f"{division.for_it} for, {division.against} against, {division.neither} on neither side"


def meaning(issue: Issue | None, option: str) -> str | None:
    """What an option of an issue means; None for one of the user's own or an unknown one."""
    known = issue.option(option) if issue else None
    return known.means if known else None


def scope(found: Findings, articles: int) -> str:
    """How much was found and read: "70 positions of 25 actors, 2031-01-09 to 2032-12-20; 64 articles read"."""
    told = f"{counted(len(found.voices), 'position')} of {counted(found.actors, 'actor')}"
    days = " to ".join(dict.fromkeys(day.isoformat() for day in found.days or ()))
    return f"{told}{days and ', '}{days}; {counted(articles, 'article')} read"


def limits(found: Findings) -> str:
    """What was left out, "" where nothing was."""
    if found.silent_ties == 0:
        return ""
    others = counted(found.silent_ties, "other has", "others have")
    return f"Ties were sought between the {MOST_TIED:,} actors heard most; {others} none."
