"""Tags, lemmas and trees against gold ones. The sentences are invented."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.syntax import Tree, load_trees, score_syntax
from legation.records import Token

CONLLU = """\
# sent_id = invented-1
# text = He didn't reply.
1\tHe\the\tPRON\tPRP\t_\t4\tnsubj\t4:nsubj\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t4:aux\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t4:advmod\t_
4\treply\treply\tVERB\tVB\t_\t0\troot\t0:root\tSpaceAfter=No
4.1\treply\treply\tVERB\tVB\t_\t_\t_\t4:conj\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t4:punct\t_

# sent_id = invented-2
1\tTalks\ttalk\tNOUN\tNNS\t_\t2\tnsubj:pass\t2:nsubj:pass\t_
2\tended\tend\tVERB\tVBD\t_\t0\troot\t0:root\t_
"""


def tree(*rows: tuple[str, int, str]) -> Tree:
    """Words with head and relation; tags and lemma are those of a noun."""
    return tuple(Token(0, 1, form, form, "NOUN", "NN", head, deprel) for form, head, deprel in rows)


GOLD = tree(("Troops", 1, "nsubj:pass"), ("withdrawn", -1, "root"), ("north", 1, "advmod"), (".", 1, "punct"))


def changed(index: int, **fields: object) -> Tree:
    return tuple(replace(t, **fields) if i == index else t for i, t in enumerate(GOLD))  # type: ignore[arg-type]


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "dev.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.encode()))
    return path


# ---------------------------------------------------------------- loading


def test_multiword_tokens_and_empty_nodes_are_left_out(treebank: Path) -> None:
    assert [[t.text for t in one] for one in load_trees(treebank)] == [
        ["He", "did", "n't", "reply", "."],
        ["Talks", "ended"],
    ]


def test_heads_count_from_nought_and_the_root_has_none(treebank: Path) -> None:
    assert [t.head for t in load_trees(treebank)[0]] == [3, 3, 3, -1, 3]


def test_every_column_comes_to_its_field(treebank: Path) -> None:
    assert load_trees(treebank)[1][0] == Token(0, 5, "Talks", "talk", "NOUN", "NNS", 1, "nsubj:pass")


def test_offsets_count_in_the_words_joined_by_blanks(treebank: Path) -> None:
    for one in load_trees(treebank):
        text = " ".join(t.text for t in one)
        assert [text[t.start : t.end] for t in one] == [t.text for t in one]


# ---------------------------------------------------------------- scoring


def test_a_wrong_head_costs_both_attachment_scores() -> None:
    score = score_syntax([GOLD], [changed(2, head=0)])
    assert (score.uas, score.las, score.las_full) == (0.75, 0.75, 0.75)


def test_a_wrong_relation_costs_only_the_labelled_scores() -> None:
    score = score_syntax([GOLD], [changed(2, deprel="obl")])
    assert (score.uas, score.las, score.las_full) == (1.0, 0.75, 0.75)


@pytest.mark.parametrize("relation", ["nsubj", "nsubj:outer"])
def test_a_wrong_subtype_costs_only_the_full_score(relation: str) -> None:
    score = score_syntax([GOLD], [changed(0, deprel=relation)])
    assert (score.uas, score.las, score.las_full) == (1.0, 1.0, 0.75)


def test_punctuation_counts() -> None:
    assert score_syntax([GOLD], [changed(3, head=2)]).uas == 0.75


@pytest.mark.parametrize(("field", "value"), [("upos", "VERB"), ("xpos", "NNP"), ("lemma", "other")])
def test_a_wrong_tag_costs_its_own_score_alone(field: str, value: str) -> None:
    score = score_syntax([GOLD], [changed(1, **{field: value})])
    shares = {name: getattr(score, name) for name in ("upos", "xpos", "lemma", "uas", "las", "las_full")}
    assert shares.pop(field) == 0.75
    assert set(shares.values()) == {1.0}


def test_a_lemma_in_another_case_is_wrong() -> None:
    assert score_syntax([GOLD], [changed(0, lemma="troops")]).lemma == 0.75


def test_a_word_without_gold_lemma_may_have_any() -> None:
    torn = changed(2, lemma="_")
    assert score_syntax([torn], [GOLD]).lemma == 1.0
    assert score_syntax([GOLD], [torn]).lemma == 0.75


def test_words_are_pooled_over_the_sentences() -> None:
    short = tree(("Stop", -1, "root"))
    wrong = (replace(short[0], upos="VERB"),)
    score = score_syntax([GOLD, short], [GOLD, wrong])
    assert (score.words, score.upos) == (5, 0.8)


def test_other_words_are_refused() -> None:
    with pytest.raises(ValueError, match="different words"):
        score_syntax([GOLD], [changed(0, text="Troop")])


def test_a_missing_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="different words"):
        score_syntax([GOLD, GOLD], [GOLD])


tokens = st.builds(
    Token,
    st.just(0),
    st.just(1),
    st.just("word"),
    st.sampled_from(["go", "be"]),
    st.sampled_from(["NOUN", "VERB"]),
    st.sampled_from(["NN", "VB"]),
    st.integers(-1, 2),
    st.sampled_from(["root", "nsubj", "nsubj:pass"]),
)
trees = st.lists(st.tuples(tokens, tokens), max_size=8)


@given(trees)
def test_a_perfect_prediction_scores_one(words: list[tuple[Token, Token]]) -> None:
    gold = tuple(one for one, _ in words)
    score = score_syntax([gold], [gold])
    assert {score.upos, score.xpos, score.lemma, score.uas, score.las, score.las_full} == {1.0}


@given(trees)
def test_gold_and_prediction_may_change_places(words: list[tuple[Token, Token]]) -> None:
    one, other = tuple(a for a, _ in words), tuple(b for _, b in words)
    assert score_syntax([one], [other]) == score_syntax([other], [one])


@given(trees)
def test_the_stricter_score_is_never_the_higher(words: list[tuple[Token, Token]]) -> None:
    score = score_syntax([tuple(a for a, _ in words)], [tuple(b for _, b in words)])
    assert score.las_full <= score.las <= score.uas
