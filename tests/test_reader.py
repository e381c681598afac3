"""From a text to a Reading: exact offsets, sentences in their blocks, roles in their sentences, whatever the text.

All texts are invented.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.read.model import LanguageModel, Scores
from legation.read.reader import CHUNK, LONGEST, TextReader, _chunks, _Draft, _parts
from legation.read.sentences import SentenceSplitter
from legation.read.spans import chances
from legation.records import Reading, Sentence, Text

ARTICLE = """\
Kestria recalls its envoy

MARRIN — President Ilse Harrow of Valdoria met the Kestrian ambassador on Tuesday. “We will not wait,” she said.

“The talks have failed. We are going home,” Tomas Verrin told reporters in Ostrel on Monday, “and we will not pay.”

- Two ships left the port of Hale.
- Police arrested 14 people.
"""

PIECES = st.sampled_from(
    [
        "Harrow", "said", "the", "treaty", "won’t", "U.S.", "14", "$3.5", "e\u0301tat", "co\u00adoperate", "👩‍👩‍👧",
        "🇩🇪", "\u200b", "“", "”", '"', "‘", "’", "—", ".", "?", ",", "(", ")", "\r\n", "\n\n", "\n", "\u00a0", " ",
        " ", " ", "\u2028", "\t", "\x00", "\ufeff", "ﬁnd", "İ", "北京", "\ud800", "https://example.org/a?b=1",
    ]
)  # fmt: skip


def assert_sound(reading: Reading, body: str) -> None:
    """What holds of every reading of every text."""
    last_end, last_block = 0, 0
    for sentence in reading.sentences:
        block = reading.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
        assert last_end <= sentence.start and last_block <= sentence.block
        last_end, last_block = sentence.end, sentence.block
        assert_sound_sentence(sentence, body)
    covered = {at for s in reading.sentences for t in s.tokens for at in range(t.start, t.end)}
    assert all(at in covered for at, character in enumerate(body) if character.isalnum())


def assert_sound_sentence(sentence: Sentence, body: str) -> None:
    tokens = sentence.tokens
    assert (tokens[0].start, tokens[-1].end) == (sentence.start, sentence.end)
    assert all(body[token.start : token.end] == token.text != "" for token in tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
    assert all(token.lemma for token in tokens)
    assert [token.deprel for token in tokens if token.head == -1] == ["root"]
    assert all(-1 <= token.head < len(tokens) and token.head != at for at, token in enumerate(tokens))
    assert_disjoint([(name.start, name.end) for name in sentence.names], len(tokens))
    assert all(0 < name.score <= 1 for name in sentence.names)
    for frame in sentence.frames:
        assert 0 <= frame.word < len(tokens)
        assert 0 <= frame.score <= 1
        assert_disjoint([(role.start, role.end) for role in frame.roles], len(tokens))
    assert len({(frame.word, frame.kind) for frame in sentence.frames}) == len(sentence.frames)


def assert_disjoint(spans: list[tuple[int, int]], size: int) -> None:
    assert all(0 <= start < end <= size for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def read(reader: TextReader, body: str) -> Reading:
    return reader.read(Text(body))


# ---------------------------------------------------------------- any text


@settings(max_examples=40, deadline=None)
@given(body=st.lists(PIECES, max_size=40).map("".join))
def test_any_mixture_of_words_and_marks_keeps_its_offsets(reader: TextReader, body: str) -> None:
    assert_sound(read(reader, body), body)


@settings(max_examples=40, deadline=None)
@given(body=st.text(max_size=80))
def test_random_unicode_is_read(reader: TextReader, body: str) -> None:
    assert_sound(read(reader, body), body)


@pytest.mark.parametrize("body", ["", " ", "\n\n\n", "\u00a0", "\r\n"])
def test_a_text_without_words_has_no_sentences(reader: TextReader, body: str) -> None:
    reading = read(reader, body)
    assert (reading.sentences, reading.blocks) == ((), ())


@pytest.mark.parametrize(
    "body",
    [
        "co\u00adoper\u00adation failed.",
        "re\u0301sume\u0301 talks now.",
        "Talks\r\nfailed 👩‍👩‍👧 today.",
        "10\u00a0km on.",
    ],
    ids=["soft hyphens", "combining marks", "line breaks and emoji", "no-break space"],
)
def test_an_odd_character_keeps_its_offset(reader: TextReader, body: str) -> None:
    reading = read(reader, body)
    assert_sound(reading, body)
    assert reading.sentences[-1].end == len(body)


# ---------------------------------------------------------------- an article


@pytest.fixture(scope="module")
def article(reader: TextReader) -> Reading:
    return read(reader, ARTICLE)


def sentence_at(reading: Reading, words: str) -> Sentence:
    at = ARTICLE.index(words)
    return next(s for s in reading.sentences if s.start <= at < s.end)


def test_an_article_is_sound(article: Reading) -> None:
    assert_sound(article, ARTICLE)


def test_a_headline_and_a_dateline_stand_alone(article: Reading) -> None:
    found = [(article.blocks[s.block].kind, ARTICLE[s.start : s.end]) for s in article.sentences]
    assert found[0] == ("headline", "Kestria recalls its envoy")
    assert found[1][0] == "dateline"


def test_a_person_is_named_and_is_the_subject(article: Reading) -> None:
    sentence = sentence_at(article, "Harrow")
    people = [t.text for n in sentence.names if n.label == "PER" for t in sentence.tokens[n.start : n.end]]
    assert people[:2] == ["Ilse", "Harrow"]
    met = next(at for at, token in enumerate(sentence.tokens) if token.text == "met")
    assert sentence.tokens[met].lemma == "meet"
    assert any(t.head == met and t.deprel == "nsubj" for t in sentence.tokens)


def test_the_verb_of_a_sentence_is_a_verb(article: Reading) -> None:
    sentence = sentence_at(article, "Harrow")
    assert next(token for token in sentence.tokens if token.text == "met").upos == "VERB"


def test_a_statement_has_its_source_and_content(article: Reading) -> None:
    sentence = sentence_at(article, "she said")
    frame = next(f for f in sentence.frames if f.kind == "attribution")
    parts = {r.label: [t.text for t in sentence.tokens[r.start : r.end]] for r in frame.roles}
    assert parts["SOURCE"] == ["she"]
    assert parts["CUE"] == ["said"]
    assert {"will", "not", "wait"} <= set(parts["CONTENT"])


def test_frames_stand_in_the_order_of_their_words(article: Reading) -> None:
    for sentence in article.sentences:
        assert [f.word for f in sentence.frames] == sorted(f.word for f in sentence.frames)


def test_the_reading_tells_its_text_and_model(reader: TextReader, article: Reading) -> None:
    assert article.text == Text(ARTICLE)
    assert article.model == reader.model.info


def test_an_article_reads_the_same_again(reader: TextReader, article: Reading) -> None:
    assert read(reader, ARTICLE) == article


# ---------------------------------------------------------------- quotations across sentences


class Listening(LanguageModel):
    """A model that answers like another and notes which sentences it was told begin in a quotation."""

    def __init__(self, model: LanguageModel) -> None:
        self.__dict__.update(model.__dict__)
        self.heard: list[tuple[str, bool]] = []

    def scores(self, sentences, quoted=None, predicates=None) -> list[Scores]:  # type: ignore[no-untyped-def]
        self.heard += [(words[0], state) for words, state in zip(sentences, quoted, strict=True)]
        return super().scores(sentences, quoted, predicates)


def heard(reader: TextReader, body: str) -> list[tuple[str, bool]]:
    listening = Listening(reader.model)
    TextReader(listening, SentenceSplitter.load()).read(Text(body))
    return listening.heard


def test_an_open_quotation_reaches_the_next_sentence_of_its_block(reader: TextReader) -> None:
    body = "He was brief. “The talks have failed. We are going home,” he said. Nobody answered him."
    assert heard(reader, body) == [("He", False), ("“", False), ("We", True), ("Nobody", False)]


def test_an_open_quotation_ends_with_its_block(reader: TextReader) -> None:
    body = "“The talks have failed, and we are going home this week.\n\nThe minister left the room at noon."
    assert heard(reader, body)[-1] == ("The", False)


# ---------------------------------------------------------------- length


def test_a_text_longer_than_one_chunk_is_read_whole(reader: TextReader) -> None:
    body = "The envoy left.\n" * 40
    reading = read(reader, body)
    assert_sound(reading, body)
    assert len(reading.sentences) == 40


def test_a_chunk_ends_at_a_sentence_and_holds_about_as_many_words() -> None:
    drafts = [_Draft(0, number, [(0, 1)] * 100, False) for number in range(CHUNK // 100 * 2 + 1)]
    chunks = list(_chunks(drafts))
    assert [draft for chunk in chunks for draft in chunk] == drafts
    assert [sum(len(draft.words) for draft in chunk) for chunk in chunks] == [CHUNK, CHUNK, 100]
    assert list(_chunks([])) == []


@given(st.lists(st.integers(1, 3 * LONGEST), max_size=4))
def test_no_sentence_is_longer_than_the_longest(sizes: list[int]) -> None:
    borders = [sum(sizes[:at]) for at in range(len(sizes) + 1)]
    words = [(at, at + 1) for at in range(borders[-1])]
    parts = list(_parts(words, list(itertools.pairwise(borders))))
    assert [word for part in parts for word in part] == words
    assert all(1 <= len(part) <= LONGEST for part in parts)


def test_a_table_without_full_stops_is_cut_and_read(reader: TextReader) -> None:
    body = "wheat 14 barley 20 rye 3 " * 100
    reading = read(reader, body.strip())
    assert_sound(reading, body.strip())
    assert max(len(s.tokens) for s in reading.sentences) <= LONGEST


# ---------------------------------------------------------------- words known already


def test_known_words_are_kept(reader: TextReader) -> None:
    rows = ["The envoy left .".split(), ["Talks", "failed"]]
    found = reader.read_words(rows)
    assert [[t.text for t in s.tokens] for s in found] == rows
    for row, sentence in zip(rows, found, strict=True):
        assert_sound_sentence(sentence, " ".join(row))


def test_known_words_of_no_sentence_are_none(reader: TextReader) -> None:
    assert reader.read_words([]) == []


def test_given_predicates_are_those_of_the_frames(reader: TextReader) -> None:
    found = reader.read_words(["The envoy left .".split()], [[0]])[0]
    assert [f.word for f in found.frames if f.kind == "predicate"] == [0]


def test_each_word_has_the_chance_of_its_own_tag() -> None:
    scores = np.log(np.array([[0.1, 0.9, 0.0001], [0.4, 0.0001, 0.6]], dtype=np.float32))
    first, second = chances([scores, scores[:1]], [np.array([1, 2]), np.array([0])])
    assert first == pytest.approx([0.9, 0.6], abs=1e-3)
    assert second == pytest.approx([0.1], abs=1e-3)


def test_no_rows_have_no_chances() -> None:
    assert chances([], []) == []
