"""Pages that are no article though they hold words: consent, login, stubs before a paywall, live tickers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from legation.extract.page_facts import PageFacts
from legation.records import Rejection

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A stub has less prose than this, and an article seldom; only what else the page says makes it a stub.
_WORDS_OF_A_STUB = 150
_FEW_WORDS = 40
_FEWEST_LIVE_TIMES = 3
_FEWEST_CONSENT_WORDS = 4
_CONSENT_WORDS_A_HUNDRED = 3

_CONSENT_WORD = re.compile(
    r"\b(?:cookies?|consent|partners|vendors|privacy|personal data|legitimate interests?|preferences|your device"
    r"|personali[sz]ed ads|accept all|reject all)\b",
    re.I,
)
_PAYWALL = re.compile(
    r"\b(?:subscribe (?:now |today )?(?:to|for) (?:continue|keep|read|unlock|full|get|access)"
    r"|(?:sign (?:in|up)|log ?in|register|join us|join)\b.{0,60}\bto (?:continue|keep) reading"
    r"|^\W*to (?:continue|keep) reading|continue reading with|already (?:a subscriber|have a subscription)"
    r"|(?:article|story|content) is (?:only |exclusively )?(?:available )?(?:for|to) (?:paying |paid )?"
    r"(?:subscribers|members|registered)|for subscribers only|subscribers? only|unlock this (?:article|story)"
    r"|reached your (?:limit|free)|(?:free|remaining) articles? (?:left|remaining|this month)"
    r"|(?:create|register for) a free account to)",
    re.I,
)
_LIVE_TITLE = re.compile(
    r"^live\b\s*[:|–—-]|\blive (?:updates|blog|ticker|coverage)\b|\bas it happened\b|– live\b", re.I
)
_LOGIN = "//input[@type='password' and not(ancestor::header or ancestor::nav or ancestor::aside)]"
_POSTED_TIMES = "//time[not(ancestor::nav or ancestor::footer or ancestor::aside)]"


def refusal_of(tree: HtmlElement, facts: PageFacts, lines: Sequence[str], prose: int) -> Rejection | None:
    """Why a page is no article although it has words, or None.

    `lines` are the words that were found in it, consent text and all, `prose` how many of them stand in paragraphs.
    """
    if facts.is_live or ((_is_live(facts.title) or _is_live(tree.findtext(".//title"))) and _has_posts(tree)):
        return Rejection("live", "It is a live ticker, which is still being written.")
    if prose < _WORDS_OF_A_STUB and tree.xpath(_LOGIN):
        return Rejection("login", "It is a page to log in: the article lies behind it.")
    if not facts.is_article and (_is_consent(" ".join(lines)) or (prose < _FEW_WORDS and _is_consent(_words_of(tree)))):
        return Rejection("consent", "It is a page that asks for consent to cookies: the article lies behind it.")
    if prose < _WORDS_OF_A_STUB and (facts.is_free is False or _PAYWALL.search(_words_of(tree))):
        return Rejection("paywall", "It is the beginning of an article whose rest is for subscribers.")
    return None


def is_appeal(line: str) -> bool:
    """Whether a line asks readers to subscribe, which is no part of an article."""
    return len(line.split()) < 40 and bool(_PAYWALL.search(line))


def _has_posts(tree: HtmlElement) -> bool:
    times = tree.xpath(_POSTED_TIMES)
    return isinstance(times, list) and len(times) >= _FEWEST_LIVE_TIMES


def _is_live(title: str | None) -> bool:
    return bool(title and _LIVE_TITLE.search(title))


def _is_consent(text: str) -> bool:
    hits = len(_CONSENT_WORD.findall(text))
    return hits >= _FEWEST_CONSENT_WORDS and 100 * hits >= _CONSENT_WORDS_A_HUNDRED * len(text.split())


def _words_of(tree: HtmlElement) -> str:
    """What stands in the page to be read; scripts are not."""
    return " ".join(str(each) for each in tree.itertext() if each).replace("\u2019", "'")
