"""The language model: windows, odd words, batches, forced predicates, and a folder that is not in order.

The sentences are invented and easy: what is asked of them holds for any decently trained model.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections import Counter
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import ModelError
from legation.read.model import (
    BATCH,
    MOST_PIECES_OF_WORD,
    OVERLAP,
    PER_SAID,
    PREDICATE,
    WINDOW,
    LanguageModel,
    Scores,
    _groups,
    _windows,
)
from legation.read.reader import TextReader

EASY = "The minister visited Paris on Monday .".split()
SPOKEN = "Officials in Berlin said that the talks would continue .".split()
LONG = ([*SPOKEN[:-1], "and"]) * 40


@pytest.fixture(scope="module")
def model(reader: TextReader) -> LanguageModel:
    return reader.model


@pytest.fixture(scope="module")
def long_scores(model: LanguageModel) -> Scores:
    return model.scores([LONG])[0]


def upos(model: LanguageModel, scores: Scores) -> list[str]:
    return [model.labels.upos[i] for i in scores.upos]


def assert_complete(model: LanguageModel, scores: Scores, size: int) -> None:
    """Every output has its shape, and nothing is out of its range."""
    labels = model.labels
    for ids, classes in ((scores.upos, labels.upos), (scores.xpos, labels.xpos), (scores.lemma, labels.lemma)):
        assert ids.shape == (size,)
        assert ((ids >= 0) & (ids < len(classes))).all()
    assert scores.names.shape == (size, len(labels.name_tags))
    assert scores.arcs.shape == scores.rels.shape == (size, size + 1)
    assert ((scores.rels >= 0) & (scores.rels < len(labels.deprel))).all()
    for probability in (scores.predicate, scores.cue):
        assert probability.shape == (size,)
        assert ((probability >= 0) & (probability <= 1)).all()
    assert scores.events.shape == (size, 1 + len(labels.events)) and np.allclose(scores.events.sum(1), 1.0, atol=1e-4)
    assert scores.statuses.shape == (size, len(labels.statuses)) and scores.modes.shape == (size, len(labels.modes))
    assert scores.contexts.shape == (size, len(labels.contexts))
    assert ((scores.contexts >= 0) & (scores.contexts <= 1)).all()
    for word, kind, roles in scores.frames:
        assert 0 <= word < size
        assert kind in (0, 1, 2)
        assert roles.shape == (size, 2 * len(labels.roles) + 1)
    assert np.isfinite(scores.names).all() and np.isfinite(scores.arcs).all()


# ---------------------------------------------------------------- what it says


def test_an_easy_sentence_is_read_right(model: LanguageModel) -> None:
    scores = model.scores([EASY])[0]
    assert_complete(model, scores, len(EASY))
    assert upos(model, scores) == ["DET", "NOUN", "VERB", "PROPN", "ADP", "PROPN", "PUNCT"]
    assert [model.labels.xpos[i] for i in scores.xpos[:4]] == ["DT", "NN", "VBD", "NNP"]
    assert model.labels.name_tags[scores.names[3].argmax()] == "B-LOC"
    assert [(word, kind) for word, kind, _ in scores.frames if kind < 2] == [(2, 0)]


def test_a_title_without_a_name_is_a_noun(model: LanguageModel) -> None:
    words = "The president visited Paris on Monday .".split()
    assert upos(model, model.scores([words])[0])[1] == "NOUN"


def test_a_verb_of_saying_evokes_a_statement(model: LanguageModel) -> None:
    (scores,) = model.scores([SPOKEN])
    assert [(said.word, said.cue) for said in scores.said] == [(3, True)]


def test_the_same_sentence_reads_the_same_again(model: LanguageModel) -> None:
    first, second = model.scores([EASY])[0], model.scores([EASY])[0]
    assert (first.arcs == second.arcs).all() and (first.names == second.names).all()


def test_a_short_sentence_reads_the_same_beside_long_ones(model: LanguageModel) -> None:
    """Activations are quantised on one scale a batch, so scores move a little; what is clear stays."""
    alone = model.scores([EASY])[0]
    beside = model.scores([SPOKEN * 6, EASY, ["No"], SPOKEN])[1]
    assert alone.upos.tolist() == beside.upos.tolist()
    assert alone.names.argmax(1).tolist() == beside.names.argmax(1).tolist()
    assert alone.arcs.argmax(1).tolist() == beside.arcs.argmax(1).tolist()
    assert np.abs(alone.predicate - beside.predicate).max() < 0.1


def test_answers_come_in_the_order_of_the_sentences(model: LanguageModel) -> None:
    sentences = [SPOKEN * 3, ["Yes"], EASY, LONG, EASY[:3]]
    assert [len(found.upos) for found in model.scores(sentences)] == [len(words) for words in sentences]


def test_a_quotation_open_before_the_sentence_is_heard_of(model: LanguageModel) -> None:
    words = "and we will not pay for them , ” he said .".split()
    plain, quoted = (model.scores([words], [state])[0] for state in (False, True))
    assert (plain.cue != quoted.cue).any()


# ---------------------------------------------------------------- sizes and odd words


def test_no_sentences_have_no_answers(model: LanguageModel) -> None:
    assert model.scores([]) == []


def test_a_sentence_without_words_has_empty_answers(model: LanguageModel) -> None:
    empty, easy = model.scores([[], EASY])
    assert_complete(model, empty, 0)
    assert_complete(model, easy, len(EASY))


def test_a_sentence_of_one_word_is_read(model: LanguageModel) -> None:
    assert_complete(model, model.scores([["Resign"]])[0], 1)


@pytest.mark.parametrize(
    "word",
    ["x" * 5000, "https://example.org/" + "a/" * 2490, "-" * 5000, "é" * 5000, "\u200b" * 5000, "中" * 5000],
    ids=["letters", "address", "hyphens", "accents", "zero-width", "ideographs"],
)
def test_a_word_of_five_thousand_characters_is_read(model: LanguageModel, word: str) -> None:
    words = [*EASY[:3], word, *EASY[4:]]
    assert_complete(model, model.scores([words])[0], len(words))
    assert len(model._word_pieces(word)) <= MOST_PIECES_OF_WORD


@pytest.mark.parametrize(
    "word", ["\u200b", "\u00ad", "\x00", "\x07", "\ufeff", "\u202e", "\ufffd", "\ud800", "\udfff\ud800", " ", ""]
)
def test_a_word_without_pieces_stands_as_one_unknown_piece(model: LanguageModel, word: str) -> None:
    assert len(model._word_pieces(word)) == 1
    words = [*EASY[:3], word, *EASY[3:]]
    assert_complete(model, model.scores([words])[0], len(words))


def test_half_a_character_does_not_hide_the_word_around_it(model: LanguageModel) -> None:
    assert model._word_pieces("trea\ud800ty") == model._word_pieces("treaty")


# ---------------------------------------------------------------- windows


def test_a_sentence_of_four_hundred_words_is_read_in_windows(model: LanguageModel, long_scores: Scores) -> None:
    assert len(LONG) == 400
    assert len(list(_windows(0, [model._word_pieces(word) for word in LONG]))) > 1
    assert_complete(model, long_scores, len(LONG))
    nouns = {at for at, word in enumerate(LONG) if word == "talks"}
    assert {at for at, tag in enumerate(upos(model, long_scores)) if at in nouns and tag == "NOUN"} == nouns


def test_no_word_of_a_long_sentence_evokes_twice(model: LanguageModel) -> None:
    words = (
        "Officials in Berlin said that the talks would continue , and the minister added that no date was set ; union "
        "leaders warned that strikes would follow , while Moscow denied that it had asked for more time , and"
    ).split()
    assert len(list(_windows(0, [model._word_pieces(word) for word in words * 10]))) > 1
    counts = Counter(said.word for said in model.scores([words * 10])[0].said)
    assert max(counts.values()) == 1
    assert len(counts) > 20


def test_no_arc_joins_words_that_no_window_held(long_scores: Scores) -> None:
    assert long_scores.arcs[0, -1] == long_scores.arcs[-1, 1] == -1e4
    assert (long_scores.arcs[:, 0] > -1e3).all()


@given(st.lists(st.integers(1, MOST_PIECES_OF_WORD), max_size=30), st.integers(1, 9))
def test_every_word_has_exactly_one_window_that_answers_for_it(pattern: list[int], times: int) -> None:
    counts = pattern * times
    windows = list(_windows(7, [[0] * count for count in counts]))
    owners = Counter(word for window in windows for word in range(window.first, window.stop))
    assert owners == Counter(range(len(counts)))
    for window in windows:
        assert window.row == 7
        assert window.start <= window.first < window.stop <= window.end
        assert sum(counts[window.start : window.end]) <= WINDOW


@given(st.lists(st.integers(1, 3), min_size=1, max_size=9))
def test_words_between_two_windows_are_read_with_both_sides(pattern: list[int]) -> None:
    counts = pattern * (2 * WINDOW // len(pattern))
    windows = list(_windows(0, [[0] * count for count in counts]))
    for before, after in itertools.pairwise(windows):
        assert before.stop == after.first
        seen_after_the_cut = sum(counts[before.stop : before.end])
        seen_before_the_cut = sum(counts[after.start : after.first])
        assert min(seen_after_the_cut, seen_before_the_cut) >= OVERLAP // 6


@given(st.lists(st.integers(1, 40), max_size=60))
def test_batches_hold_every_window_once_and_stay_small(lengths: list[int]) -> None:
    encoded = [([[5]] * length, [0] * length, [0] * length) for length in lengths]
    windows = [window for row, (ids, *_) in enumerate(encoded) for window in _windows(row, ids)]
    groups = list(_groups(windows, encoded))
    assert sorted((w.row, w.start) for group in groups for w in group) == [(w.row, w.start) for w in windows]
    for group in groups:
        longest = max(window.end - window.start for window in group) + 2
        assert len(group) == 1 or longest * len(group) <= BATCH


# ---------------------------------------------------------------- given predicates


def test_given_predicates_replace_the_models_own(model: LanguageModel) -> None:
    found = model.scores([EASY, SPOKEN], predicates=[[0, 5], []])
    assert [word for word, kind, _ in found[0].frames if kind == PREDICATE] == [0, 5]
    assert [word for word, kind, _ in found[1].frames if kind == PREDICATE] == []


def test_given_predicates_leave_probabilities_and_attributions_alone(model: LanguageModel) -> None:
    own, given_ = (model.scores([SPOKEN], predicates=forced)[0] for forced in (None, [[0]]))
    assert own.predicate.tolist() == given_.predicate.tolist()
    assert [said.word for said in own.said] == [said.word for said in given_.said] != []


def test_given_predicates_are_found_in_every_window(model: LanguageModel) -> None:
    wanted = list(range(3, 400, 10))
    frames = model.scores([LONG], predicates=[wanted])[0].frames
    assert [word for word, kind, _ in frames if kind == PREDICATE] == wanted


# ---------------------------------------------------------------- the folder


def folder_of(model: LanguageModel) -> Path:
    return model.graph_file.parent


def copied(model: LanguageModel, target: Path, *names: str) -> Path:
    for name in names:
        shutil.copy(folder_of(model) / name, target / name)
    return target


def assert_refused(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"missing or damaged .*Install the package again\.$") as caught:
        LanguageModel(folder)
    assert caught.value.subject == str(folder)
    assert str(folder) in str(caught.value)


def test_a_missing_folder_is_named_with_the_remedy(tmp_path: Path) -> None:
    assert_refused(tmp_path / "nowhere")


@pytest.mark.parametrize("missing", ["labels.json", "model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named_with_the_remedy(model: LanguageModel, tmp_path: Path, missing: str) -> None:
    names = {"labels.json", "model.onnx", "tokenizer.json"} - {missing}
    assert_refused(copied(model, tmp_path, *names))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("labels.json", b"{"),
        ("labels.json", b"[]"),
        ("labels.json", b'{"upos": ["NOUN"]}'),
        ("labels.json", b"\xff\xfe"),
        ("model.onnx", b"version https://git-lfs.github.com/spec/v1\n"),
        ("model.onnx", b""),
        ("tokenizer.json", b"{}"),
        ("tokenizer.json", b""),
    ],
)
def test_a_damaged_file_is_named_with_the_remedy(
    model: LanguageModel, tmp_path: Path, name: str, content: bytes
) -> None:
    copied(model, tmp_path, "labels.json", "model.onnx", "tokenizer.json")
    (tmp_path / name).write_bytes(content)
    assert_refused(tmp_path)


def test_half_a_graph_is_refused(model: LanguageModel, tmp_path: Path) -> None:
    copied(model, tmp_path, "labels.json", "tokenizer.json")
    content = model.graph_file.read_bytes()
    (tmp_path / "model.onnx").write_bytes(content[: len(content) // 2])
    assert_refused(tmp_path)


def test_the_labels_fit_the_graph(model: LanguageModel) -> None:
    table = json.loads((folder_of(model) / "labels.json").read_text(encoding="utf-8"))
    assert table["names"] == ["PER", "ORG", "LOC", "NORP", "MISC"]
    assert {"ARG0", "ARG1", "ACTOR", "RECIPIENT"} <= set(table["roles"])
    scores = model.scores([SPOKEN], predicates=[[3]])[0]
    assert scores.names.shape[1] == 2 * len(table["names"]) + 1
    assert scores.frames[0][2].shape[1] == 2 * len(table["roles"]) + 1
    (said,) = scores.said
    for name in PER_SAID:
        assert getattr(said, name).shape[1] == 2 * len(table[name]) + 1
    assert len(said.acts) == len(table["acts"])
    assert len(said.stands) == 1 + len(table["sides"]) and said.stands.sum() == pytest.approx(1.0, abs=1e-4)


def test_info_tells_the_checksum_of_the_graph(model: LanguageModel) -> None:
    assert model.info.name == "legation-en"
    assert model.info.sha256 == sha256(model.graph_file.read_bytes()).hexdigest()


def test_one_thread_and_two_read_the_same(model: LanguageModel) -> None:
    one, two = (LanguageModel(folder_of(model), threads).scores([EASY])[0] for threads in (1, 2))
    assert one.upos.tolist() == two.upos.tolist() == model.scores([EASY])[0].upos.tolist()
    assert np.allclose(one.arcs, two.arcs, atol=1e-2)
