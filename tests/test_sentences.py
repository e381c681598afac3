"""Where sentences end, how that is scored, and how the weights are stored. The sentences are invented."""

from __future__ import annotations

import gzip
import random
import time
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.segmentation import Segmentation, load_conllu, score_segmentation, segment
from legation.read.sentences import (
    SentenceSplitter,
    read_network,
    word_features,
    word_shape,
    word_states,
    write_network,
)
from legation.read.words import split_words
from legation.records import Block
from training.sentences import (
    Example,
    batches,
    curled,
    encode,
    examples_of,
    initial_parameters,
    number_features,
    quotations,
    slopes_of,
    train,
)

SPLITTER = SentenceSplitter.load()


def sentences(text: str) -> list[str]:
    words = split_words(text, 0, len(text))
    ranges = SPLITTER.split(text, Block(0, len(text)), words)
    return [text[words[first][0] : words[last - 1][1]] for first, last in ranges]


def check_cut(*expected: str) -> None:
    assert sentences(" ".join(expected)) == list(expected)


# ---------------------------------------------------------------- news


def test_plain_sentences_part_at_their_stops() -> None:
    check_cut("The talks failed.", "Nobody was surprised.", "Will they try again?", "They must!")


@pytest.mark.parametrize(
    "sentence",
    [
        "Gen. Marek Novak met Sen. Jane Roe of Ohio on Tuesday.",
        "The Archbishop of La Paz, Msgr. Marek Novak, met Fr. Jan Roe on Tuesday.",
        "The U.S. government and the U.N. Security Council agreed.",
        "Resolution No. 1718 was passed at 9 p.m. on Oct. 14, 2006.",
        "Mr. J. B. Roe Jr. told St. Petersburg reporters that prices rose 3.5 percent.",
        "Wages fell by 1.5 percent vs. a year earlier, according to Roe et al. in a report.",
    ],
)
def test_an_abbreviation_ends_no_sentence(sentence: str) -> None:
    check_cut(sentence, "Nobody was hurt.")


def test_a_sentence_may_end_in_an_abbreviation() -> None:
    check_cut("The minister flew back to the U.S.", "He did not comment.")


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""'])
def test_a_closing_quote_belongs_to_the_sentence_it_ends(opening: str, closing: str) -> None:
    check_cut(
        f"{opening}We are not where we want to be.",
        f"But we have begun.{closing}",
        "The envoy left on Friday.",
    )


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""'])
def test_a_long_quotation_is_cut_inside_and_keeps_its_speaker(opening: str, closing: str) -> None:
    check_cut(
        f"{opening}We have heard this promise before.",
        "The sanctions will remain in force.",
        f"Nothing has changed,{closing} the minister told reporters.",
        f"{opening}We are ready to talk,{closing} he added.",
    )


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""'])
def test_a_question_inside_a_quotation_does_not_end_the_speaker_sentence(opening: str, closing: str) -> None:
    check_cut(f"{opening}Who will pay for this?{closing} she asked.", "Nobody answered.")
    check_cut(f"{opening}Against whom?{closing} a reporter asked.")


def test_a_closing_bracket_belongs_to_the_sentence_it_ends() -> None:
    check_cut("The pact was signed.", "(It was never ratified.)", "Both sides blame each other.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Prime Minister Daniel Oduya said that Google Chrome and Kim Min-Woo were banned on Saturday Night.",
        "In the 62nd minute Lee Sung-Min scored for Northern Marland against United Westland.",
        "The Foreign Ministry of Westland and the Ministry of Defense of Eastmark condemned the attack.",
    ],
)
def test_capitals_inside_a_news_sentence_end_none(sentence: str) -> None:
    check_cut(sentence, "It gave no reason.")


def test_a_sentence_may_end_without_a_mark_in_careless_text() -> None:
    text = "hi i need some help with my car it wont start Thanks in advance!! What should i do?"
    assert len(sentences(text)) >= 2


def test_a_line_break_inside_a_block_ends_no_sentence() -> None:
    first = "The delegations met on Tuesday in the\nold town hall, officials said."
    second = "They agreed\nto meet again."
    check_cut(first, second)


# ---------------------------------------------------------------- any text


def test_no_words_make_no_sentences_and_one_word_makes_one() -> None:
    assert SPLITTER.split("", Block(0, 0), []) == []
    assert SPLITTER.split("Yes", Block(0, 3), [(0, 3)]) == [(0, 1)]


def test_a_block_in_the_middle_is_read_by_its_own_offsets() -> None:
    text = "Before. The talks failed. Nobody was surprised. After."
    words = split_words(text, 8, 47)
    ranges = SPLITTER.split(text, Block(8, 47), words)
    assert [text[words[a][0] : words[b - 1][1]] for a, b in ranges] == [
        "The talks failed.",
        "Nobody was surprised.",
    ]


_PARTS = [
    "The",
    "talks",
    ".",
    "!",
    "”",
    "“",
    '"',
    ")",
    "(",
    " ",
    "\n",
    "...",
    "U.S.",
    "x",
    "\u200b",
    "''",
    "1",
    "é",
    "]",
]


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(_PARTS)).map("".join)))
def test_sentences_of_any_text_cover_its_words_in_order(text: str) -> None:
    words = split_words(text, 0, len(text))
    ranges = SPLITTER.split(text, Block(0, len(text)), words)
    borders = [0, *(last for _, last in ranges)]
    assert ranges == list(pairwise(borders))
    assert borders[-1] == len(words)
    assert all(first < last for first, last in ranges)


def test_what_was_read_before_changes_nothing() -> None:
    text = "The talks failed. Nobody was surprised."
    fresh, used = SentenceSplitter.load(), SentenceSplitter.load()
    used.split("No.", Block(0, 3), [(0, 2), (2, 3)])
    words = split_words(text, 0, len(text))
    assert fresh.split(text, Block(0, len(text)), words) == used.split(text, Block(0, len(text)), words)


# ---------------------------------------------------------------- features and storage


def test_an_invisible_character_does_not_change_what_a_word_looks_like() -> None:
    assert word_features("Min\u00adis\u200bter") == word_features("Minister") == ("minister", "Xxx", "ter")


@pytest.mark.parametrize(
    ("text", "shape"),
    [("Seoul", "Xxx"), ("U.S.", "X.X."), ("1994", "00"), ("...", ".."), ("iPhone", "xXxx"), ("", "")],
)
def test_a_shape_keeps_two_of_a_kind(text: str, shape: str) -> None:
    assert word_shape(text) == shape


def test_states_follow_spaces_quotes_and_brackets() -> None:
    text = 'A "b" (c) “d” e.'
    words = split_words(text, 0, len(text))
    states = word_states([text[start:end] for start, end in words], words)
    #                 A  "  b  "  (  c  )  “  d  ”  e  .
    assert states == [2, 1, 3, 3, 1, 6, 6, 1, 6, 6, 1, 0]


def test_the_network_survives_being_stored() -> None:
    path = Path(__file__).parent.parent / "src" / "legation" / "data" / "sentences.npz"
    network = read_network(path.read_bytes())
    again = read_network(write_network(network))
    for each in fields(network):
        one, other = getattr(network, each.name), getattr(again, each.name)
        assert one == other if isinstance(one, dict) else np.array_equal(one, other)
    assert path.stat().st_size < 1_500_000


def test_damaged_weights_are_refused() -> None:
    with pytest.raises((ValueError, KeyError, OSError)):
        read_network(b"not weights")


def test_loading_and_splitting_are_quick() -> None:
    """Bounds four times as lax as what was measured, for slow machines."""
    text = "The minister, who met Gen. Novak on Tuesday, said the talks would go on for weeks. " * 20
    started = time.process_time()
    SentenceSplitter.load()
    assert time.process_time() - started < 0.08
    started = time.process_time()
    for _ in range(20):
        words = split_words(text, 0, len(text))
        SPLITTER.split(text, Block(0, len(text)), words)
    assert 20 * len(words) / (time.process_time() - started) > 2_000


# ---------------------------------------------------------------- training


def toy_examples(count: int) -> list[Example]:
    text = "The talks failed. Nobody knew why. They went home"
    document = Segmentation(text, (), ((0, 17), (18, 34), (35, 49)))
    examples = list(examples_of(document))
    assert [i for i, end in enumerate(examples[0].ends) if end] == [3, 7, 10]
    return examples * count


def test_training_gives_the_same_network_each_time_and_learns() -> None:
    first, second = (train(toy_examples(1500), epochs=2, seed=3) for _ in range(2))
    assert write_network(first) == write_network(second)
    text = "The talks failed. Nobody knew why."
    words = split_words(text, 0, len(text))
    assert SentenceSplitter(first).split(text, Block(0, len(text)), words) == [(0, 4), (4, 8)]


@pytest.mark.parametrize("name", ["near", "near_bias", "far", "far_bias", "whole", "out", "out_bias", "shape_table"])
def test_the_slopes_are_those_of_the_loss(name: str) -> None:
    """Against the central difference, at the steepest place of each parameter."""
    examples = toy_examples(150)
    numbered = number_features(examples)
    encoded = [encode(example, numbered) for example in examples]
    batch = next(batches(examples, encoded, np.random.default_rng(1)))
    sizes = [*(len(names) + 1 for names in numbered), 12]
    parameters = initial_parameters(sizes, np.random.default_rng(2))

    def loss() -> float:
        return slopes_of(parameters, batch, np.random.default_rng(4))[0]

    slopes = slopes_of(parameters, batch, np.random.default_rng(4))[1][name]
    place = np.unravel_index(int(np.abs(slopes).argmax()), slopes.shape)
    parameters[name][place] += 0.005
    above = loss()
    parameters[name][place] -= 0.01
    assert (above - loss()) / 0.01 == pytest.approx(float(slopes[place]), rel=0.1)


def test_made_quotations_keep_their_borders() -> None:
    plain = tuple(f"Sentence number {i} is plain." for i in range(40))
    text = " ".join(plain)
    starts = [text.index(sentence) for sentence in plain]
    document = Segmentation(text, (), tuple((a, a + len(s)) for a, s in zip(starts, plain, strict=True)))
    made = list(quotations(document, random.Random(1)))
    assert len(made) == 20
    for each in made:
        assert " ".join(each.text[a:b] for a, b in each.sentences) == each.text
        assert all(not each.text[a].isspace() and not each.text[b - 1].isspace() for a, b in each.sentences)
        assert each.sentences[-1][1] == len(each.text)


def test_curled_quotes_change_no_offset() -> None:
    document = Segmentation('He said "no" and didn\'t', (), ((0, 23),))
    assert curled(document).text == "He said “no” and didn’t"
    assert curled(curled(document)).text == document.text


# ---------------------------------------------------------------- scoring

CONLLU = """\
# newdoc id = one
# sent_id = 1
# newpar id = p1
# text = They don't.
1\tThey\tthey\tPRON\t_\t_\t2\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tdo\tdo\tAUX\t_\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\t_\t_\t2\tadvmod\t_\t_
4\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

# sent_id = 2
1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
1.1\tghost\tghost\tVERB\t_\t_\t_\t_\t_\t_
2\t!\t!\tPUNCT\t_\t_\t1\tpunct\t_\t_

# sent_id = 3
# newpar
1-2\taux\t_\t_\t_\t_\t_\t_\t_\t_
1\tà\tà\tADP\t_\t_\t0\troot\t_\t_
2\tles\tle\tDET\t_\t_\t1\tdet\t_\t_

# newdoc id = two
1\tEnd\tend\tNOUN\t_\t_\t0\troot\t_\t_
"""


@pytest.mark.parametrize("packed", [False, True])
def test_a_treebank_becomes_raw_text_with_its_spans(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("bank.conllu.gz" if packed else "bank.conllu")
    path.write_bytes(gzip.compress(CONLLU.encode()) if packed else CONLLU.encode())
    one, two = load_conllu(path).values()
    assert one.text == "They don't. Go!\n\naux"
    assert [one.text[a:b] for a, b in one.words] == ["They", "do", "n't", ".", "Go", "!", "aux"]
    assert [one.text[a:b] for a, b in one.sentences] == ["They don't.", "Go!", "aux"]
    assert two == Segmentation("End", ((0, 3),), ((0, 3),))


def test_a_perfect_answer_scores_one_whatever_the_white_space() -> None:
    gold = Segmentation("a b. c", ((0, 1), (2, 3), (3, 4), (5, 6)), ((0, 4), (5, 6)))
    other = Segmentation(" a\n\nb.c", ((1, 2), (4, 5), (5, 6), (6, 7)), ((0, 6), (6, 7)))
    score = score_segmentation(gold, other)
    assert (score.words.f1, score.sentences.f1, score.words.gold, score.sentences.gold) == (1, 1, 4, 2)


def test_a_wrong_border_costs_precision_and_recall() -> None:
    gold = Segmentation("ab cd", ((0, 2), (3, 5)), ((0, 5),))
    other = Segmentation("ab cd", ((0, 2), (3, 4), (4, 5)), ((0, 2), (3, 5)))
    score = score_segmentation(gold, other)
    assert score.words.precision == pytest.approx(1 / 3)
    assert score.words.recall == pytest.approx(1 / 2)
    assert score.words.f1 == pytest.approx(2 / 5)
    assert score.sentences.f1 == 0


def test_scores_of_several_texts_are_pooled() -> None:
    right = Segmentation("ab", ((0, 2),), ((0, 2),))
    wrong = Segmentation("ab", ((0, 1), (1, 2)), ((0, 2),))
    score = score_segmentation([right, right], [right, wrong])
    assert score.words.recall == pytest.approx(1 / 2)
    assert score.words.precision == pytest.approx(1 / 3)


def test_other_texts_are_not_compared() -> None:
    with pytest.raises(ValueError, match="differ"):
        score_segmentation(Segmentation("a", (), ()), Segmentation("b", (), ()))


def test_a_text_is_segmented_from_blocks_to_sentences() -> None:
    made = segment("Envoys meet\nThe talks failed. Nobody didn't know.", SPLITTER)
    assert [made.text[a:b] for a, b in made.sentences] == [
        "Envoys meet",
        "The talks failed.",
        "Nobody didn't know.",
    ]
    assert [made.text[a:b] for a, b in made.words][-4:] == ["did", "n't", "know", "."]
