"""Telling the issue of a position, for those who code statements."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from legation.coding.position_confidence import Matter

if TYPE_CHECKING:
    from legation.coding.stances import IssueOf
    from legation.positions.matching import Matcher


def telling(matcher: Matcher) -> IssueOf:
    """Tells the issue and the option of it that evidence is about, each None where the words do not tell, from the
    evidence, the content of its statement and what stands around that."""

    def issue_of(evidence: str, content: str, context: str) -> Matter:
        found = matcher.match(evidence, content, context)
        return Matter(found[0].issue, found[0].option, found[0].confidence, found[0].lead) if found else Matter()

    return issue_of


def known_issue_of(evidence: str, content: str, context: str) -> Matter:
    """The same of the known issues, whose index and whose code are read when a first position needs them.

    Raises IssuesError for faults in the user's file.
    """
    return _telling_known()(evidence, content, context)


@cache
def _telling_known() -> IssueOf:
    from legation.positions.library import known_library
    from legation.positions.matching import Matcher

    return telling(Matcher(known_library()))
