"""Attributions in set forms that the model overlooked: “...,” Lind recalled; in Lind's words; according to her."""

from __future__ import annotations

from collections.abc import Iterator, Set

from legation.coding.phrases import CLOSE, OPEN, STRAIGHT, Phrases
from legation.records import Frame, Role

VIEWS = {
    "view": {"in"}, "opinion": {"in"}, "words": {"in"}, "reading": {"in", "on", "by"}, "phrase": {"in"},
    "telling": {"in", "by"}, "judgment": {"in"}, "judgement": {"in"}, "estimation": {"in", "by"}, "estimate": {"by"},
    "estimates": {"by"}, "account": {"by"}, "reckoning": {"by"}, "assessment": {"in", "by"}, "formulation": {"in"},
}  # fmt: skip
"""Nouns for what somebody holds or says, and the prepositions before them: "in her view", "by the mayor's account"."""
PAUSES = frozenset({",", "?", "!", ".", "…", "—"})
SCORE = 0.6
FARTHEST = 12
"""Words behind a quotation among which its cue is looked for."""


def missed_attributions(phrases: Phrases, acts: Set[str]) -> list[Frame]:
    """The attributions of a sentence that the model has no frame for; `acts` are the lemmas of speech."""
    found = [*_views(phrases), *_according(phrases), *_direct_speech(phrases, acts)]
    if not found:
        return []
    cues = {i for f in phrases.sentence.frames if f.kind == "attribution" for i in _words_of(f, "CUE")}
    sources = {i for f in phrases.sentence.frames if f.kind == "attribution" for i in _words_of(f, "SOURCE")}
    return [f for f in found if f.word not in cues and sources.isdisjoint(_words_of(f, "SOURCE"))]


def _words_of(frame: Frame, label: str) -> Iterator[int]:
    return (i for role in frame.roles if role.label == label for i in range(role.start, role.end))


def _frame(word: int, source: tuple[int, int], cue: tuple[int, int], *content: tuple[int, int]) -> Frame:
    labelled = [("SOURCE", source), ("CUE", cue), *(("CONTENT", part) for part in content)]
    return Frame("attribution", word, tuple(Role(start, end, label) for label, (start, end) in labelled), SCORE)


# ---------------------------------------------------------------- in her view, according to her


def _views(phrases: Phrases) -> Iterator[Frame]:
    if VIEWS.keys().isdisjoint(phrases.forms):
        return
    for noun, form in enumerate(phrases.forms):
        prepositions = VIEWS.get(form)
        case = phrases.child(noun, "case") if prepositions else None
        if prepositions is None or case is None or phrases.forms[case].lower() not in prepositions:
            continue
        owner = phrases.child(noun, "nmod:poss")
        behind = next(phrases.obliques(noun, "of"), None) if phrases.child(noun, "det") is not None else None
        if owner is not None and phrases.forms[owner].lower() not in ("its", "my", "our", "your"):
            first, end = phrases.subtree(owner)
            mark = phrases.child(owner, "case")
            end = mark if mark is not None and mark == end - 1 else end
            yield from _told_so(noun, (first, end), (noun, noun + 1), case, phrases.subtree(noun)[1], phrases)
        elif behind is not None:
            first, end = phrases.subtree(behind)
            end = next((i for i in range(behind, end) if phrases.forms[i] == ","), end)
            yield from _told_so(noun, (first + 1, end), (case, noun + 1), case, end, phrases)


def _according(phrases: Phrases) -> Iterator[Frame]:
    if "According" not in phrases.forms and "according" not in phrases.forms:
        return
    for word in range(len(phrases.forms) - 2):
        if phrases.forms[word].lower() == "according" and phrases.forms[word + 1] == "to":
            whom = phrases.tokens[word].head
            if whom > word + 1:
                end = next((i for i in range(whom, phrases.subtree(whom)[1]) if phrases.forms[i] == ","), None)
                end = end or phrases.subtree(whom)[1]
                yield from _told_so(word, (word + 2, end), (word, word + 2), word, end, phrases)


def _told_so(
    word: int, source: tuple[int, int], cue: tuple[int, int], start: int, end: int, phrases: Phrases
) -> Iterator[Frame]:
    """The frame of a phrase `start` to `end` that belongs to all of its sentence; none where that is all there is."""
    last = len(phrases.forms)
    parts = [part for part in (_bare(0, start, phrases), _bare(end, last, phrases)) if part[0] < part[1]]
    if source[0] < source[1] and parts:
        yield _frame(word, source, cue, *parts)


def _bare(start: int, end: int, phrases: Phrases) -> tuple[int, int]:
    """A range without commas and stops at its ends."""
    while start < end and phrases.forms[start] in (",", ";"):
        start += 1
    while start < end and phrases.forms[end - 1] in (",", ";", "."):
        end -= 1
    return start, end


# ---------------------------------------------------------------- “...,” Lind recalled


def _direct_speech(phrases: Phrases, acts: Set[str]) -> Iterator[Frame]:
    """The verb of speech right behind a quotation, with its subject."""
    forms = phrases.forms
    if CLOSE not in forms and STRAIGHT not in forms:
        return
    for mark in range(1, len(forms) - 2):
        if forms[mark] not in (CLOSE, STRAIGHT) or forms[mark - 1] not in PAUSES:
            continue
        verb = next((v for v in range(mark + 1, min(mark + FARTHEST, len(forms))) if _is_cue(v, phrases, acts)), None)
        subject = _subject(verb, mark + 1, phrases) if verb is not None else None
        if verb is None or subject is None:
            continue
        opened = next((i for i in range(mark - 1, -1, -1) if forms[i] in (OPEN, STRAIGHT)), 0)
        yield _frame(verb, subject, (verb, verb + 1), (opened, mark + 1))


def _is_cue(word: int, phrases: Phrases, acts: Set[str]) -> bool:
    token = phrases.tokens[word]
    return token.upos == "VERB" and token.xpos in ("VBD", "VBZ", "VBP") and token.lemma.lower() in acts


def _subject(verb: int, first: int, phrases: Phrases) -> tuple[int, int] | None:
    """The subject that fills what stands between a quotation and its verb, or follows a verb right behind it."""
    if verb == first:
        head = phrases.child(verb, "nsubj", "obj")
        return None if head is None or phrases.subtree(head)[0] != verb + 1 else phrases.subtree(head)
    head = phrases.child(verb, "nsubj")
    if head is None or phrases.subtree(head)[0] != first:
        return None
    return first, min(phrases.subtree(head)[1], verb)
