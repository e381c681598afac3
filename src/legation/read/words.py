"""Cuts text into the syntactic words of Universal Dependencies English.

The cuts follow the treebanks EWT and GUM: clitics stand alone ("do|n't"), hyphens between free words stand
alone ("three|-|year") and hyphens after a bound prefix do not ("non-member"); abbreviations, numbers, times,
addresses, emoticons and emoji stay whole. White space always separates, so each run of other characters is
cut by itself, and what it looked like is remembered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

Span = tuple[int, int]

_TABLE = json.loads((files("legation") / "data" / "words.json").read_text(encoding="utf-8"))
_ABBREVIATIONS = frozenset(_TABLE["abbreviations"])
_CAPITALISED = frozenset(_TABLE["capitalised_abbreviations"])
_BEFORE_NUMBER = frozenset(_TABLE["abbreviations_before_number"])
_LOST_AT_END = frozenset(_TABLE["stops_lost_at_the_end"])
_CONTRACTIONS: dict[str, list[int]] = _TABLE["contractions"]
_CONTRACTIONS_BEFORE = {word: frozenset(after) for word, after in _TABLE["contractions_before"].items()}


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _with_capital(words: list[str]) -> str:
    return _either([*words, *(word.capitalize() for word in words)])


# Marks, joiners and invisible characters, and the scripts written with them: part of what they follow.
_MARK = (
    "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\u0300-\u036f\u0483-\u0489"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0900-\u0963\u0966-\u0dff"
    "\u0e31-\u0e4e\u0eb1-\u0ece\u0f18-\u0fbc\u102b-\u103e\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
_EMOJI = "\u203c\u2049\u2139\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_TAIL = r"""[^\s<>"”“]*[^\s<>"”“.,;:!?'’)\]|*]"""

_ADDRESS = (
    rf"(?i:(?:https?|ftp)://|www\.){_TAIL}"
    r"|(?:mailto:)?[\w%+][\w.%+-]{0,63}@[\w-]+(?:\.[\w-]+)*\w"
    rf"|(?i:[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,8}}\.(?:{_either(_TABLE['domains'])})(?![^\W_]))(?:/{_TAIL})?"
    rf"|(?i:[\w-]{{0,63}}\.(?:{_either(_TABLE['file_suffixes'])}))(?!\w)"
    r"|[a-z]+(?:\.[a-z][a-z-]+){2,}(?!\w)"
    r"|[@#](?=[^\W\d_])\w+"
)
_SYMBOL = (
    r"(?<!\w)(?:[:;=][-^o']?[)(\]\[DPp|]+|:[-o']?[/\\*Oo]|[xX]D|\^_+\^|-_+-|<3|<-+|-+>)(?!\w)"
    r"|[\U0001f1e6-\U0001f1ff]{2}"
    rf"|[{_EMOJI}][\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*(?:\u200d[{_EMOJI}][\ufe0f\U0001f3fb-\U0001f3ff]*)*"
    r"|[.…]{2,}|[.!?]{2,}|,\?|‘’|([-=*_+~#$\"'’`‘<>|])\1+|(?:US|HK|NT|U)\$"
)
_NUMBER = (
    r"(?:(?<!\w)\+|(?<!\w)['’](?=\d\d(?!\d)))?(?:"
    r"(?:1-)?\d{3}[-/.]\d{3}[-.]\d{4}|(?:\d{3}|(?<!\w)\d)-\d{4}|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-\d{1,2}-\d{2,4}"
    r"|(?:0?[1-9]|1[0-2])/(?:[12]\d|3[01]|0?[5-9])"
    r"|\d+(?:(?::\d\d)+|(?:,\d{3})*(?:\.\d+)*)|(?<![\w.])\.\d+)"
    r"(?![\d/])(?:(?:st|nd|rd|th|s|(?<=0)['’]s)(?![^\W_])"
    rf"|(?![^\W_{_MARK}])|(?=(?:{_either(_TABLE['units'])})(?![^\W_])))"
)
_WORD = (
    rf"(?:(?<![\w-])(?:{_with_capital(_TABLE['hyphen_prefixes'])})-(?=[^\W_]++(?!-\w))"
    r"|['’](?=(?i:em|til|cause|bout)\b))?"
    rf"[{_MARK}]*[^\W_][\w{_MARK}]*(?:['’ʼ`&][^\W_][\w{_MARK}]*)*"
    rf"(?:-(?:{_either(_TABLE['hyphen_suffixes'])})(?!\w))?"
)
_STOPS = (
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|(?:[A-Z]\.[A-Z]|[ap]\.m)(?!\w)"
    rf"|(?:{_either(_TABLE['wholes'])})(?!\w)"
)
_CLITIC_ALONE = r"(?<=\w)['’`](?:[sS]|m|re|ve|ll|d)(?!\w)"
_PIECE = re.compile(
    rf"{_SYMBOL}|(?P<whole>{_ADDRESS}|{_NUMBER}|{_STOPS}|{_CLITIC_ALONE})|(?P<word>{_WORD})|.[{_MARK}]*",
    re.DOTALL,
)

_CHUNK = re.compile(r"\S+")
# By far the most of any text: letters, and at most one mark behind them.
_PLAIN = re.compile(r"([A-Za-zÀ-ÖØ-öø-ÿ]++)([,.;:?!)\]\"”]?)\Z")
_STOP = re.compile(r"\.(?!\.)")
_CLITIC = re.compile(r"(?i)(?:n['’]t|['’`](?:s|m|re|ve|ll|d))\Z")


def split_words(body: str, start: int, end: int) -> list[Span]:
    """The words of `body[start:end]` as code-point spans into `body`, in order.

    Every character but white space lies in exactly one word; marks, soft hyphens and joiners stay in theirs.
    """
    spans: list[Span] = []
    for chunk in _CHUNK.finditer(body, start, end):
        first, last = chunk.span()
        text = chunk[0]
        if last - first <= _LONGEST_REMEMBERED and text.isalpha() and _is_whole(text):
            spans.append((first, last))
            continue
        follows = ""
        if text[-1] == ".":
            follows = body[last + 1 : last + 2] if last + 1 < end else "."
        elif text.lower() in _CONTRACTIONS_BEFORE:
            follows = _next_word(body, last, end)
        cut = _remembered_cut if last - first <= _LONGEST_REMEMBERED else _cut
        spans.extend([(first + left, first + right) for left, right in cut(text, follows)])
    return spans


@lru_cache(maxsize=1 << 14)
def _is_whole(text: str) -> bool:
    """Whether letters alone are one word, whatever follows: by far the most of any text."""
    return text.lower() not in _CONTRACTIONS_BEFORE and len(_cut(text, "")) == 1


def _next_word(body: str, position: int, end: int) -> str:
    found = _CHUNK.search(body, position, end)
    return found[0].lower() if found else ""


def _cut(chunk: str, follows: str) -> tuple[Span, ...]:
    """Cut a run without white space. `follows`: behind a stop the next character ("." for none), else the
    next word where the chunk is a contraction before some words only."""
    if follows in _CONTRACTIONS_BEFORE.get(chunk.lower(), ()):
        return (0, len(chunk) - 1), (len(chunk) - 1, len(chunk))
    plain = _PLAIN.match(chunk)
    if plain and plain[1].lower() not in _CONTRACTIONS:
        end = plain.end(1)
        if not plain[2]:
            return ((0, end),)
        if plain[2] != "." or not _keeps_stop(plain[1], follows):
            return (0, end), (end, end + 1)
    return tuple(_pieces(chunk, follows))


_LONGEST_REMEMBERED = 40
_remembered_cut = lru_cache(maxsize=1 << 14)(_cut)


def _pieces(chunk: str, follows: str) -> Iterator[Span]:
    position = 0
    while position < len(chunk):
        found = _PIECE.match(chunk, position)
        assert found is not None
        end = found.end()
        if found.lastgroup == "word":
            if _STOP.match(chunk, end) and _keeps_stop(found[0], follows if end + 1 == len(chunk) else ""):
                end += 1
            yield from _clitics(chunk, position, end)
        else:
            yield position, end
        position = end


def _keeps_stop(word: str, follows: str) -> bool:
    """Whether the full stop behind this word belongs to it, given the next character."""
    lowered = word.lower()
    if len(word) == 1 and word.isupper():
        return word != "I" and follows != "."
    if lowered in _LOST_AT_END and (follows == "." or (lowered == "etc" and follows.isupper())):
        return False
    return lowered in _ABBREVIATIONS or word in _CAPITALISED or (follows.isdigit() and lowered in _BEFORE_NUMBER)


def _clitics(chunk: str, start: int, end: int) -> Iterator[Span]:
    """The parts of a word that a contraction may be."""
    cuts = _CONTRACTIONS.get(chunk[start:end].lower(), ())
    head = end
    tails: list[int] = []
    while not cuts and (found := _CLITIC.search(chunk, start + 1, head)):
        head = found.start()
        tails.append(head)
    borders = [start, *(start + cut for cut in cuts), *reversed(tails), end]
    yield from pairwise(borders)
