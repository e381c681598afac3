"""From examples to tensors: ids, targets and the masks of what a corpus does not mark."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from legation.read.features import INITIAL, LOWER, TITLE, UPPER
from tests.training.tiny import EXAMPLES, LABELS, make_base, tree, unmarked
from training.corpora import GoldEvent, GoldFrame
from training.dataset import IGNORED, MOST_PIECES, Encoder, batches, collate, collect_labels

NAME_TAGS = 2 * len(LABELS.names) + 1
TYPES = len(LABELS.events) + 1


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return Encoder(make_base(tmp_path_factory.mktemp("tiny") / "base") / "tokenizer.json", LABELS)


# ---------------------------------------------------------------- labels


def test_labels_seen_often_enough_are_kept_in_order() -> None:
    labels = collect_labels([tree(str(n), "Harrow said so .") for n in range(25)] + [EXAMPLES[4]])
    assert labels.upos == ("NOUN", "PUNCT", "VERB")
    assert labels.roles == ("ARG0", "ARG1", "ARGM-XYZ", "CONTENT", "CUE", "SOURCE")
    assert labels.names == LABELS.names


def test_rare_labels_are_left_out() -> None:
    labels = collect_labels(EXAMPLES[:2])
    assert labels.upos == labels.roles == labels.deprel == ()


# ---------------------------------------------------------------- one example


def test_a_word_points_at_its_first_and_last_piece(encoder: Encoder) -> None:
    found = encoder.encode(EXAMPLES[0])
    assert found.pieces[0] == 101 and found.pieces[-1] == 102
    for form, first, last in zip(EXAMPLES[0].forms, found.first, found.last, strict=True):
        assert found.pieces[first : last + 1] == encoder.pieces_of(form)
    assert len(found.shapes) == len(found.quotes) == len(found.pieces)
    assert found.shapes[1] == TITLE + INITIAL


def test_a_long_word_loses_its_middle(encoder: Encoder) -> None:
    ids = encoder.pieces_of("abcdefghij" * 5)
    assert len(ids) == MOST_PIECES
    assert ids[-1] == encoder.pieces_of("aj")[-1]


def test_a_word_without_pieces_is_unknown(encoder: Encoder) -> None:
    assert encoder.pieces_of("\u200b") == [encoder.unknown] == [100]


def test_targets_are_ids_of_the_gold_labels(encoder: Encoder) -> None:
    tags = encoder.encode(EXAMPLES[0]).tags
    assert [LABELS.upos[i] for i in tags["upos"]] == ["NOUN", "VERB", "NOUN", "PUNCT"]
    assert tags["head"] == [2, 0, 2, 2]
    assert [LABELS.lemma[i] for i in tags["lemma"]] == ["k:0:", "l:2:y", "l:0:", "l:0:"]
    assert tags["predicate"] == [0, 1, 0, 0]


def test_an_unknown_label_is_ignored_not_guessed(encoder: Encoder) -> None:
    found = encoder.encode(EXAMPLES[0])
    assert found.tags["xpos"][3] == IGNORED
    assert found.frames[0].roles[3] == IGNORED


def test_a_layer_that_is_not_marked_is_ignored(encoder: Encoder) -> None:
    found = encoder.encode(EXAMPLES[3])
    for name in ("upos", "xpos", "lemma", "head", "deprel", "predicate"):
        assert found.tags[name] == [IGNORED] * 4
    assert found.allowed_names is None


def test_an_auxiliary_is_its_own_class_and_has_no_frame(encoder: Encoder) -> None:
    example = replace(EXAMPLES[0], predicates=(GoldFrame("auxiliary", 1, ()),), attributions=None)
    found = encoder.encode(example)
    assert found.tags["predicate"] == [0, 2, 0, 0]
    assert found.frames == []


def test_frames_have_their_kind_and_role_tags(encoder: Encoder) -> None:
    predicate, attribution = encoder.encode(EXAMPLES[0]).frames
    assert [(f.word, f.kind) for f in (predicate, attribution)] == [(1, 0), (1, 1)]
    names = {i: tag for tag, i in encoder.role_tags.items()}
    assert [names[i] for i in attribution.roles] == ["B-SOURCE", "B-CUE", "B-CONTENT", "O"]


def test_our_own_sentences_say_no_to_every_other_word(encoder: Encoder) -> None:
    assert encoder.encode(EXAMPLES[4]).tags["cue"] == [0, 0, 0, 0, 1, 0, 0]
    assert encoder.encode(EXAMPLES[3]).tags["cue"] == [0, 0, 0, 0]


def test_silver_attributions_leave_unsure_words_open(encoder: Encoder) -> None:
    assert encoder.encode(EXAMPLES[0]).tags["cue"] == [IGNORED, 1, IGNORED, 0]
    without = replace(EXAMPLES[0], attributions=())
    assert encoder.encode(without).tags["cue"] == [IGNORED, IGNORED, IGNORED, 0]


def allowed_tags(encoder: Encoder, row: torch.Tensor) -> set[str]:
    return {tag for tag, i in encoder.name_tags.items() if row[i]}


def test_a_marked_name_allows_its_own_tag_alone(encoder: Encoder) -> None:
    allowed = encoder.encode(EXAMPLES[0]).allowed_names
    assert allowed is not None
    assert allowed_tags(encoder, allowed[0]) == {"B-PER"}


def test_an_unmarked_word_may_be_a_name_its_corpus_does_not_mark(encoder: Encoder) -> None:
    allowed = encoder.encode(EXAMPLES[0]).allowed_names
    assert allowed is not None
    assert allowed_tags(encoder, allowed[2]) == {"O", "B-NORP", "I-NORP", "B-MISC", "I-MISC"}


def test_a_name_of_an_unknown_kind_allows_anything(encoder: Encoder) -> None:
    allowed = encoder.encode(replace(EXAMPLES[0], names=((0, 1, "?"),))).allowed_names
    assert allowed is not None and bool(allowed[0].all())


def test_other_capitals_change_shapes_and_not_targets(encoder: Encoder) -> None:
    as_is, upper, lower = (encoder.encode(EXAMPLES[0], case) for case in ("as is", "upper", "lower"))
    assert as_is.tags == upper.tags == lower.tags
    assert as_is.pieces == upper.pieces == lower.pieces
    assert upper.shapes[1] == UPPER + INITIAL
    assert lower.shapes[1] == LOWER


# ---------------------------------------------------------------- batches


def test_a_batch_is_padded_to_its_longest_example(encoder: Encoder) -> None:
    items = [encoder.encode(example) for example in EXAMPLES]
    batch, gold = collate(items, NAME_TAGS, TYPES, 2)
    length, width = max(len(i.pieces) for i in items), max(len(i.first) for i in items)
    for table in (batch.pieces, batch.mask, batch.shapes, batch.quotes):
        assert table.shape == (9, length)
    for table in (batch.first, batch.last, batch.words, *gold.tags.values(), gold.named):
        assert table.shape == (9, width)
    assert gold.names.shape == (9, width, NAME_TAGS)
    assert batch.mask.sum(1).tolist() == [len(i.pieces) for i in items]
    assert batch.words.sum(1).tolist() == [len(e.forms) for e in EXAMPLES]
    assert (batch.pieces == 0).equal(batch.mask == 0)


def test_padding_is_never_gold(encoder: Encoder) -> None:
    batch, gold = collate([encoder.encode(example) for example in EXAMPLES], NAME_TAGS, TYPES, 2)
    for table in gold.tags.values():
        assert (table[batch.words == 0] == IGNORED).all()
    assert (gold.named[batch.words == 0] == 0).all()
    assert gold.named.sum(1).tolist() == [4, 4, 4, 0, 0, 3, 0, 0, 0]


def test_frames_point_at_their_sentences(encoder: Encoder) -> None:
    _, gold = collate([encoder.encode(example) for example in EXAMPLES], NAME_TAGS, TYPES, 2)
    assert gold.frame_rows.tolist() == [0, 0, 1, 1, 2, 2, 4, 6, 8]
    assert gold.frame_kinds.tolist() == [0, 1, 0, 1, 0, 1, 1, 2, 1]
    assert gold.frame_words.tolist() == [1, 1, 1, 1, 1, 1, 4, 1, 1]
    assert gold.frame_roles.shape == (9, 7)


def test_a_batch_without_frames_has_none(encoder: Encoder) -> None:
    _, gold = collate([encoder.encode(unmarked("x", "the ship sank ."))], NAME_TAGS, TYPES, 2)
    assert len(gold.frame_rows) == len(gold.frame_roles) == 0


@given(st.lists(st.integers(3, 160), min_size=1, max_size=60), st.integers(0, 3))
def test_every_example_stands_in_one_batch_of_bounded_size(sizes: list[int], seed: int) -> None:
    groups = list(batches(sizes, 400, random.Random(seed)))
    assert sorted(index for group in groups for index in group) == list(range(len(sizes)))
    assert all(len(group) == 1 or max(sizes[i] for i in group) * len(group) <= 400 for group in groups)
    assert groups == list(batches(sizes, 400, random.Random(seed)))


def test_the_same_base_gives_the_same_ids(tmp_path: Path, encoder: Encoder) -> None:
    again = Encoder(make_base(tmp_path / "base") / "tokenizer.json", LABELS)
    assert again.encode(EXAMPLES[4]).pieces == encoder.encode(EXAMPLES[4]).pieces


# ---------------------------------------------------------------- events


def test_an_event_has_its_type_mode_status_and_contexts_at_its_trigger(encoder: Encoder) -> None:
    found = encoder.encode(EXAMPLES[6])
    assert (found.events, found.events_known) == ({1: {1: 1.0}}, [0, 1, 2, 3])
    assert [found.tags[name][1] for name in ("mode", "status")] == [1, 0]
    assert found.tags["mode"][0] == found.tags["status"][0] == IGNORED
    assert found.contexts == {1: [0]}


def test_its_parties_are_roles_of_its_frame(encoder: Encoder) -> None:
    (frame,) = encoder.encode(EXAMPLES[6]).frames
    tags = {number: name for name, number in encoder.role_tags.items()}
    assert (frame.word, frame.kind) == (1, 2)
    assert [tags[tag] for tag in frame.roles] == ["B-ACTOR", "O", "B-RECIPIENT", "O"]


def test_a_sentence_not_annotated_in_full_says_nothing_of_its_other_words(encoder: Encoder) -> None:
    found = encoder.encode(EXAMPLES[7])
    assert (found.events, found.events_known) == ({1: {2: 1.0}}, [1])
    assert found.tags["mode"][1] == found.tags["status"][1] == IGNORED
    assert found.frames == [] and found.contexts == {}


def test_a_sentence_of_another_set_says_nothing_of_events(encoder: Encoder) -> None:
    assert encoder.encode(EXAMPLES[0]).events_known == []


def test_the_teacher_counts_half_beside_an_annotation(encoder: Encoder) -> None:
    types = LABELS.events
    found = encoder.encode(
        replace(EXAMPLES[6], chances=((1, ((types[0], 0.5), (types[1], 0.3))), (2, ((types[1], 0.1),))))
    )
    assert found.events == {1: {1: 0.75, 2: 0.15}, 2: {2: 0.05}}
    assert found.events_known == [0, 1, 2, 3]


def test_the_teacher_alone_is_believed_of_every_word_of_a_sentence_that_nobody_annotated(encoder: Encoder) -> None:
    found = encoder.encode(replace(EXAMPLES[0], chances=((1, ((LABELS.events[0], 0.4),)),)))
    assert (found.events, found.events_known) == ({1: {1: 0.4}}, [0, 1, 2, 3])


def test_chances_of_types_and_of_none_add_up_to_one(encoder: Encoder) -> None:
    taught = replace(EXAMPLES[0], chances=((1, ((LABELS.events[0], 0.4),)),))
    _, gold = collate([encoder.encode(taught), encoder.encode(EXAMPLES[6])], NAME_TAGS, TYPES, 2)
    assert torch.allclose(gold.events.sum(-1), torch.ones(gold.events.shape[:2]))
    assert gold.events[0, 1, :2].tolist() == pytest.approx([0.6, 0.4])


def test_contexts_stand_where_an_event_does(encoder: Encoder) -> None:
    _, gold = collate([encoder.encode(example) for example in EXAMPLES[6:]], NAME_TAGS, TYPES, 2)
    assert gold.contexts_known.sum() == 1 and gold.contexts[0, 1].tolist() == [1.0, 0.0]


def test_a_mode_is_taught_where_it_is_known_even_without_a_status(encoder: Encoder) -> None:
    def tag(event: GoldEvent) -> tuple[int, int]:
        tags = encoder.encode(replace(EXAMPLES[3], events=(event,))).tags
        return tags["mode"][event.word], tags["status"][event.word]

    plain = GoldEvent(1, "ACCUSE", None, True, None, None, None)
    assert tag(plain) == (LABELS.modes.index("ACCUSE"), IGNORED)
    assert tag(replace(plain, mode="disapprove")) == (LABELS.modes.index("ACCUSE.disapprove"), IGNORED)
    assert tag(replace(plain, mode_known=False)) == (IGNORED, IGNORED)
