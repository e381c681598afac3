"""Is it English? If not, which language is it, in words.

English gives itself away by its function words, so most texts are settled without a model. Only where these
are rare is py3langid asked, and only about the words that are not names: a list of names says nothing about
the language of its reader, a headline little.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from legation.records import Rejection

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 20_000
_ENOUGH_FUNCTION_WORDS = 0.12
_FEW_WORDS = 6
_FEW_TELLING_WORDS = 4
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+")
# Posterior probabilities: how sure another language must be, and how unlikely English.
_SURE = 0.5
_UNLIKELY = 0.1
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Scripts that write no spaces: each character stands for about half a word (kana, Han, Thai, Lao, Khmer).
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def check_language(body: str) -> tuple[str | None, Rejection | None]:
    """The ISO 639 code of the language of `body`, and a rejection when that is not English.

    A text whose language cannot be told, such as one without words, has no code and is not rejected.
    """
    sample = _sample(body)
    words = _WORD.findall(_ADDRESS.sub(" ", sample))
    if not words:
        return None, None
    if _is_plainly_english(words):
        return "en", None
    telling = _telling(words)
    if _weight(words) < _FEW_WORDS or _weight(telling) < _FEW_TELLING_WORDS:
        return "en", None
    return _identified(" ".join(telling))


def _sample(body: str) -> str:
    """Beginning, middle and end of a long text."""
    if len(body) <= _SAMPLE:
        return body
    third, middle = _SAMPLE // 3, len(body) // 2
    return "\n".join((body[:third], body[middle : middle + third], body[-third:]))


def _is_plainly_english(words: list[str]) -> bool:
    common = english_function_words()
    return sum(word.lower() in common for word in words) >= max(1, _ENOUGH_FUNCTION_WORDS * len(words))


def _telling(words: list[str]) -> list[str]:
    """The words that are not names, in lower case; all of them where everything is in capitals."""
    plain = [word for word in words if not word[0].isupper()]
    if not plain and all(word.isupper() for word in words):
        return [word.lower() for word in words]
    return plain


def _weight(words: list[str]) -> float:
    return sum(max(1.0, len(_UNSPACED.findall(word)) / 2) for word in words)


def _identified(text: str) -> tuple[str | None, Rejection | None]:
    ranked = dict(_identifier().rank(text))
    code = max(ranked, key=lambda each: ranked[each])
    if code == "en" or ranked[code] < _SURE or ranked.get("en", 0.0) > _UNLIKELY:
        return "en", None
    name = language_names().get(code)
    known = f"It is written in {name}" if name else "It is not written in English"
    return code, Rejection("not_english", f"{known}; Legation reads English.")


@cache
def _identifier() -> LanguageIdentifier:
    # It needs 0.7 s and some 100 MB to load, which English texts never pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def english_function_words() -> frozenset[str]:
    """Words that are frequent in English and rare in other languages, in lower case."""
    return frozenset(line for line in _table("english_function_words.txt"))


@cache
def language_names() -> dict[str, str]:
    """The English name of each language that can be identified, by its ISO 639 code."""
    return {row[0]: row[1] for row in (line.split("\t") for line in _table("languages.tsv"))}


def _table(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
