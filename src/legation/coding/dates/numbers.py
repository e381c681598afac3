"""Numbers in words: "three", "twenty-five", "a couple of", "several"."""

from __future__ import annotations

import re

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_below_100 = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES[1:10])}))?|{'|'.join(reversed(ONES[1:]))})"
NUMBER = (
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})*(?:\.\d+)?(?: 1/2)?|(?:(?:a|one|{_below_100}) )?(?:hundred|dozen)|{_below_100}"
    r"(?: and a half)?|half an?|(?:a )?couple of|an?(?: half)?)"
)
"""A stated number before a unit."""
VAGUE = r"(?P<vague>several|(?:a |the )?few|some|many(?: more)?|a number of|countless)"
"""A number that is not stated; its value is X."""


def number_of(text: str) -> float:
    """The number that a match of NUMBER states. Raises ValueError for other words."""
    words = " ".join(text.lower().replace("-", " ").split())
    if words in ("half a", "half an", "a half"):
        return 0.5
    if words.endswith((" and a half", " 1/2")):
        return number_of(words.removesuffix(" and a half").removesuffix(" 1/2")) + 0.5
    if re.fullmatch(r"[\d,]+(?:\.\d+)?", words):
        return float(words.replace(",", ""))
    for name, factor in (("hundred", 100), ("dozen", 12)):
        if words.endswith(name):
            return factor * (number_of(words.removesuffix(name).strip()) if words != name else 1)
    if words in ("a", "an"):
        return 1
    if words.endswith("couple of"):
        return 2
    first, _, second = words.partition(" ")
    if first in TENS:
        return 10 * (TENS.index(first) + 2) + (ONES.index(second) if second else 0)
    return ONES.index(words)


def ordinal_of(text: str) -> int:
    """The place that "third", "3rd" or "twenty-first" states. Raises ValueError for other words."""
    words = text.lower().replace("-", " ")
    if words[:1].isdigit():
        return int(re.sub(r"\D", "", words))
    first, _, second = words.partition(" ")
    if first in TENS:
        return 10 * (TENS.index(first) + 2) + ORDINALS.index(second) + 1
    return ORDINALS.index(words) + 1


ORDINAL = (
    rf"(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|(?:twenty|thirty)[- ](?:{'|'.join(ORDINALS[:9])})"
    rf"|{'|'.join(reversed(ORDINALS))})"
)
