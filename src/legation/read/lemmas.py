"""Lemmas as edits: a rule says whether to lower-case, how many letters to strip and what to add."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files


def rule_of(form: str, lemma: str) -> str:
    """The edit that makes `lemma` of `form`, as "case:strip:added"; irregular words become "=lemma".

    `apply_rule` undoes it for every pair of strings.
    """
    if not lemma:
        return "="
    for case, base in (("l", form.lower()), ("k", form), ("t", form[:1].upper() + form[1:].lower())):
        shared = _shared_prefix(base, lemma)
        if shared >= min(len(base), len(lemma)) / 2 or len(base) <= 3 < shared + 3:
            return f"{case}:{len(base) - shared}:{lemma[shared:]}"
    return f"={lemma}"


def apply_rule(form: str, rule: str) -> str:
    """The lemma that `rule` makes of `form`; the form itself where the rule does not fit it."""
    if rule.startswith("="):
        return rule[1:]
    case, strip, added = rule.split(":", 2)
    base = form.lower() if case == "l" else form if case == "k" else form[:1].upper() + form[1:].lower()
    if int(strip) > len(base) or (int(strip) == len(base) and not added):
        return form
    return base[: len(base) - int(strip)] + added


def _shared_prefix(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count


class Lemmatizer:
    """Lemmas from the table of known forms, and from the model's edit rule where the table has none."""

    def __init__(self, table: dict[str, dict[str, str]]) -> None:
        self._table = table
        # Bound to the instance, so that the cache goes with it.
        self.lemma = lru_cache(maxsize=1 << 14)(self._lemma)

    @classmethod
    def load(cls) -> Lemmatizer:
        """With the shipped table (built by `training/lemmas.py`)."""
        return cls(json.loads((files("legation") / "data" / "lemmas.json").read_text(encoding="utf-8")))

    def _lemma(self, form: str, upos: str, rule: str) -> str:
        """The lemma of `form` as a word of class `upos`; `rule` is the model's edit."""
        known = self._table.get(upos, {}).get(form.lower())
        return apply_rule(form, rule) if known is None else known
