"""Cuts our own marked paragraphs into sentences of words, with the library's word rules."""

from __future__ import annotations

from legation.read.words import split_words

ENDS, CLOSING = frozenset(".?!…"), frozenset("”\"’')")


def split_paragraph(text: str) -> list[list[tuple[int, int]]]:
    """Word offsets of each sentence of a paragraph.

    Abbreviations keep their full stop inside the word, so a full stop that is a word ends a sentence, unless
    a closing mark follows; a question or exclamation inside a quotation that goes on in lower case does not.
    """
    words = split_words(text, 0, len(text))
    forms = [text[start:end] for start, end in words]
    found: list[list[tuple[int, int]]] = [[]]
    for index, word in enumerate(words):
        found[-1].append(word)
        following = forms[index + 1] if index + 1 < len(forms) else ""
        closed = forms[index] in CLOSING and index > 0 and forms[index - 1] in ENDS
        if (forms[index] in ENDS or closed) and not following[:1].islower() and following not in CLOSING:
            found.append([])
    return [sentence for sentence in found if sentence]
