"""Gold files proven, each sentence read once, every figure under its key. All texts are invented."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from tiny_gold import ByHeart, code_by_heart, code_nothing, tiny_gold, write_gold

from evals.counts import Counts
from evals.gold import GoldError, corpora_folder, proven_file, read_jsonl, read_words
from evals.measure import load_gold, measure_model, measure_segmentation
from evals.reading import SHIPPED, ModelReader, Readings
from legation.errors import ModelError
from legation.read.sentences import SentenceSplitter

# ---------------------------------------------------------------- gold files


def test_a_file_with_the_right_checksum_is_found(tmp_path: Path) -> None:
    (tmp_path / "dev").write_bytes(b"gold")
    assert proven_file(tmp_path, "dev", hashlib.sha256(b"gold").hexdigest()) == tmp_path / "dev"


def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"ud/dev\.gz is missing\. Set CORPORA to the folder"):
        proven_file(tmp_path, "ud/dev.gz", "0" * 64)


def test_a_folder_is_no_gold_file(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    with pytest.raises(GoldError, match="missing"):
        proven_file(tmp_path, "dev", "0" * 64)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dev").write_bytes(b"gold.")
    with pytest.raises(GoldError, match="is not the one the floors were pinned with"):
        proven_file(tmp_path, "dev", hashlib.sha256(b"gold").hexdigest())


def test_the_environment_says_where_the_corpora_lie(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CORPORA", str(tmp_path))
    assert corpora_folder() == tmp_path
    monkeypatch.delenv("CORPORA")
    assert corpora_folder() == Path("../shared/corpora")


def test_json_lines_keep_their_order_and_their_letters(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl.gz"
    path.write_bytes(gzip.compress('{"a": "é"}\n{"a": "2"}\n'.encode()))
    assert read_jsonl(path) == [{"a": "é"}, {"a": "2"}]


def test_the_last_sentence_needs_no_empty_line(tmp_path: Path) -> None:
    path = tmp_path / "dev.conllu.gz"
    row = "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n"
    path.write_bytes(gzip.compress(f"# one\n{row}\n# two\n{row}".encode()))
    assert [[word[1] for word in words] for words in read_words(path)] == [["Yes"], ["Yes"]]


def test_only_news_is_measured_raw_in_gum_and_all_genres_on_gold_words(tmp_path: Path) -> None:
    gold = tiny_gold(tmp_path)
    assert [document.text for document in gold.raw_news] == ["Talks failed."]
    assert [len(tree) for tree in gold.gum] == [3, 1]


def test_a_trial_takes_only_the_first_sentences(tmp_path: Path) -> None:
    gold = load_gold(write_gold(tmp_path), most=1)
    assert (len(gold.ewt), len(gold.gum), len(gold.names), len(gold.predicates)) == (1, 1, 1, 1)
    assert (len(gold.raw_ewt), len(gold.articles)) == (1, 1)


# ---------------------------------------------------------------- reading


def test_a_sentence_that_several_sets_have_is_read_once(tmp_path: Path) -> None:
    gold = tiny_gold(tmp_path)
    reader = ByHeart(gold)
    measure_model(gold, reader, code_by_heart)
    assert sorted(reader.asked) == [
        (("Ada", "Roe", "has", "left", "Marland", "."), (3,)),
        (("Marland", "alone"), ()),
        (("Talks", "failed", "."), ()),
        (("Thanks", "!"), ()),
        (("Thanks", "!"), (0,)),
        (("Wow",), ()),
    ]


def test_the_same_words_with_other_predicates_keep_their_own_reading(tmp_path: Path) -> None:
    gold = tiny_gold(tmp_path)
    readings = Readings(ByHeart(gold), [], [(s.words, s.given) for s in gold.predicates])
    assert readings.given(("Thanks", "!"), ()).predicates == frozenset()
    assert readings.given(("Thanks", "!"), (0,)).predicates == {0}


def test_a_sentence_is_found_by_its_words_whatever_predicates_it_had(tmp_path: Path) -> None:
    gold = tiny_gold(tmp_path)
    words = gold.predicates[0].words
    readings = Readings(ByHeart(gold), [words], [(words, (3,))])
    assert readings.of(words).tokens == gold.ewt[0]


def test_a_folder_without_a_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing or damaged"):
        ModelReader(tmp_path)


@pytest.mark.skipif(not (SHIPPED / "model.onnx").exists(), reason="no trained model lies in the package")
def test_the_model_finds_its_own_predicates_whichever_are_given() -> None:
    reader = ModelReader(SHIPPED)
    words = ("The", "talks", "have", "failed", "and", "the", "minister", "resigned", ".")
    [own], [given] = reader.read_words([words], [()]), reader.read_words([words], [(3,)])
    assert own.predicates == given.predicates >= {3, 7}
    assert [f.word for f in given.sentence.frames if f.kind == "predicate"] == [3]
    assert [f.word for f in own.sentence.frames if f.kind == "predicate"] == []


# ---------------------------------------------------------------- figures


def test_a_perfect_model_reaches_a_hundred_everywhere(tmp_path: Path) -> None:
    gold = tiny_gold(tmp_path)
    measures = measure_model(gold, ByHeart(gold), code_by_heart)
    assert len(measures.figures) == 23
    assert measures.figures == dict.fromkeys(measures.figures, 100.0)
    assert all(one.f1 == 1.0 for counts in measures.counts.values() for one in counts.values())


def test_a_model_that_finds_no_names_loses_that_figure_alone(tmp_path: Path) -> None:
    gold = tiny_gold(tmp_path)
    measures = measure_model(gold, ByHeart(gold, blind=True), code_by_heart)
    assert {key for key, figure in measures.figures.items() if figure < 100.0} == {"uner_ewt.names"}
    assert measures.counts["Names, UNER-EWT"]["all"] == Counts(0, 3, 0)


def test_statements_are_measured_apart_from_frames(tmp_path: Path) -> None:
    gold = tiny_gold(tmp_path)
    figures = measure_model(gold, ByHeart(gold), code_nothing).figures
    assert {key for key, figure in figures.items() if figure < 100.0} == {
        "polnear.statements.source",
        "polnear.statements.cue",
        "polnear.statements.content",
        "polnear.statements.whole",
    }


def test_every_label_stands_under_the_count_of_all(tmp_path: Path) -> None:
    gold = tiny_gold(tmp_path)
    counts = measure_model(gold, ByHeart(gold), code_by_heart).counts
    assert list(counts["Names, UNER-EWT"]) == ["all", "LOC", "ORG", "PER"]
    assert list(counts["Predicates and arguments, PropBank EWT"]) == [
        "predicates",
        "arguments",
        "ARG0",
        "ARG1",
    ]
    assert counts["Predicates and arguments, PropBank EWT"]["predicates"] == Counts(3, 3, 3)
    assert counts["Tokens of attributions, PolNeAR"]["content, model"] == Counts(5, 5, 5)


def test_raw_text_is_measured_without_a_model(tmp_path: Path) -> None:
    measures = measure_segmentation(tiny_gold(tmp_path), SentenceSplitter.load())
    assert set(measures.figures) == {
        "raw_ewt.words",
        "raw_ewt.sentences",
        "raw_news.words",
        "raw_news.sentences",
    }
    assert measures.figures["raw_news.words"] == measures.figures["raw_news.sentences"] == 100.0
