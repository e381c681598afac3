"""How training reads its corpora, on tiny invented files. Needs no PyTorch."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from pathlib import Path

import pytest

from training import corpora
from training.corpora import (
    CorpusError,
    Example,
    GoldFrame,
    Word,
    corpus_file,
    demonyms,
    guess_spaces,
    gum_names,
    mark_norp,
    norp_lexicon,
    read_conllu,
    read_names,
    read_predicates,
)

CONLLU = """\
# newdoc id = invented
# sent_id = invented-1
# text = Harrow won't sign.
1\tHarrow\tHarrow\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2-3\twon't\t_\t_\t_\t_\t_\t_\t_\t_
2\two\twill\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsign\tsign\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = invented-2
# text = It'sover
1-2\tIt's\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
1\tIt\tit\tPRON\tPRP\t_\t3\tnsubj\t_\t_
2\t's\tbe\tAUX\tVBZ\t_\t3\tcop\t_\t_
2.1\tall\tall\tPRON\tDT\t_\t_\t_\t3:nsubj\t_
3\tover\tover\tADV\tRB\t_\t0\troot\t_\t_

"""


def packed(path: Path, content: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(content.encode()))
    return path


def packed_records(path: Path, *records: object) -> Path:
    return packed(path, "".join(json.dumps(record) + "\n" for record in records))


def example(text: str, **layers: object) -> Example:
    forms = tuple(text.split())
    return Example("invented", forms, guess_spaces(forms), **layers)  # type: ignore[arg-type]


# ---------------------------------------------------------------- trees


def test_a_tree_is_read_with_its_words_heads_and_relations(tmp_path: Path) -> None:
    first, _ = read_conllu(packed(tmp_path / "a.conllu.gz", CONLLU))
    assert first.id == "invented-1"
    assert first.forms == ("Harrow", "wo", "n't", "sign", ".")
    assert first.words is not None
    assert first.words[3] == Word("sign", "sign", "VERB", "VB", -1, "root")
    assert [word.head for word in first.words] == [3, 3, 3, -1, 3]


def test_a_space_follows_a_multiword_token_not_its_parts(tmp_path: Path) -> None:
    first, second = read_conllu(packed(tmp_path / "a.conllu.gz", CONLLU))
    assert first.spaces == (True, False, True, False, True)
    assert second.spaces == (False, False, True)


def test_an_empty_node_is_no_word(tmp_path: Path) -> None:
    _, second = read_conllu(packed(tmp_path / "a.conllu.gz", CONLLU))
    assert second.forms == ("It", "'s", "over")


# ---------------------------------------------------------------- files


@pytest.fixture
def invented_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    content = packed(tmp_path / "set.gz", CONLLU).read_bytes()
    table = tmp_path / "corpora.toml"
    table.write_text(f'[set]\ntrain = {{ path = "set.gz", sha256 = "{sha256(content).hexdigest()}" }}\n')
    monkeypatch.setattr(corpora, "TABLE", table)
    monkeypatch.setenv("CORPORA", str(tmp_path))
    return tmp_path / "set.gz"


def test_the_right_file_is_given(invented_table: Path) -> None:
    assert corpus_file("set", "train") == invented_table


def test_a_file_that_changed_is_refused(invented_table: Path) -> None:
    packed(invented_table, CONLLU + "\n")
    with pytest.raises(CorpusError, match="another checksum"):
        corpus_file("set", "train")


def test_a_missing_file_is_refused_with_the_remedy(invented_table: Path) -> None:
    invented_table.unlink()
    with pytest.raises(CorpusError, match="set CORPORA"):
        corpus_file("set", "train")


# ---------------------------------------------------------------- names


def test_names_of_a_set_get_our_labels(tmp_path: Path) -> None:
    record = {"words": ["Verrin", "left", "Hale", "."], "spans": [[0, 1, "politician"], [2, 3, "location"]]}
    (found,) = read_names(packed_records(tmp_path / "wikigold" / "a.gz", record), frozenset({"PER", "LOC"}))
    assert found.names == ((0, 1, "PER"), (2, 3, "LOC"))
    assert found.id == "wikigold-0"
    assert found.name_labels == {"PER", "LOC"}


def test_lost_spaces_are_guessed() -> None:
    forms = ("“", "No", ",", "”", "she", "said", "(", "twice", ")", ".")
    text = "".join(form + " " * space for form, space in zip(forms, guess_spaces(forms), strict=True))
    assert text.rstrip() == "“No,” she said (twice)."


def test_demonyms_come_from_the_country_table() -> None:
    found = demonyms()
    assert {"French", "Chinese", "Ukrainian"} <= found
    assert all(1 <= len(word.split()) <= 2 for word in found)


def test_a_capitalised_adjective_seen_twice_joins_the_lexicon() -> None:
    def tree(adjective: str) -> Example:
        words = (
            Word("The", "the", "DET", "DT", 2, "det"),
            Word(adjective, adjective, "ADJ", "JJ", 2, "amod"),
            Word("party", "party", "NOUN", "NN", -1, "root"),
        )
        return Example("x", tuple(w.form for w in words), (True,) * 3, words=words)

    lexicon = norp_lexicon([tree("Kestrian")] * 2 + [tree("Valdorian")] + [tree("Presidential")] * 2)
    assert "Kestrian" in lexicon
    assert "Valdorian" not in lexicon
    assert "Presidential" not in lexicon


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Kestrian ships", (), ((0, 1, "NORP"),)),
        ("the Kestrians left", (), ((1, 2, "NORP"),)),
        ("two East Kestrian ships", (), ((1, 3, "NORP"),)),
        ("Kestrian ships", ((0, 1, "MISC"),), ((0, 1, "NORP"),)),
        ("Kestrian Navy", ((0, 2, "ORG"),), ((0, 2, "ORG"),)),
        ("kestrian ships", (), ()),
    ],
)
def test_norp_is_marked_outside_other_names(
    text: str, names: tuple[tuple[int, int, str], ...], expected: tuple[tuple[int, int, str], ...]
) -> None:
    marked = mark_norp(example(text, names=names), frozenset({"Kestrian", "East Kestrian"}))
    assert marked.names == expected
    assert "NORP" in marked.name_labels


def test_a_sentence_without_a_name_layer_gets_no_norp() -> None:
    plain = example("Kestrian ships")
    assert mark_norp(plain, frozenset({"Kestrian"})) is plain


def test_names_of_gum_fall_into_their_sentences(tmp_path: Path) -> None:
    trees = {
        "d": [Example("d-1", ("Verrin", "left", "."), (True,) * 3), Example("d-2", ("Hale", "slept"), (True,) * 2)]
    }
    tokens = [[0, 6], [7, 11], [11, 12], [13, 17], [18, 23]]
    mentions = [
        {"kind": "name", "head": [0, 6], "type": "person"},
        {"kind": "name", "head": [13, 17], "type": "place"},
        {"kind": "common", "head": [18, 23], "type": "event"},
    ]
    path = packed_records(tmp_path / "g.gz", {"doc_id": "d", "tokens": tokens, "mentions": mentions})
    found = gum_names(trees, path)
    assert found["d-1"].names == ((0, 1, "PER"),)
    assert found["d-2"].names == ((0, 1, "LOC"),)


# ---------------------------------------------------------------- predicates


def test_ends_of_arguments_become_exclusive(tmp_path: Path) -> None:
    frames = [{"roleset": "leave.01", "pred": 1, "args": [["ARG0", 0, 0], ["ARG1", 2, 3]]}]
    path = packed_records(
        tmp_path / "p.gz", {"sent_id": "s1", "frames": frames}, {"doc_id": "d", "sent": 4, "frames": []}
    )
    wanted = GoldFrame("predicate", 1, (("ARG0", 0, 1), ("ARG1", 2, 4)))
    assert read_predicates(path) == {"s1": [("leave.01", wanted)], "d-4": []}
