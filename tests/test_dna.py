"""The folder for the Discourse Network Analyzer."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import LegationError, UsageError
from legation.formats.dna import COLUMNS, Coded, Document, utf16_length, write_dna

TEXT = "“No 😀 deal,” said Ada.\r\nBo was for it."
DOCUMENTS = [
    Document("b", date(2031, 2, 1), 'Talks: yes/no_"now"', "The Courier", TEXT),
    Document("a/1", None, None, None, "Nothing."),
]


def coded(words: str, agrees: bool = True) -> Coded:
    start = TEXT.index(words)
    return Coded("b", start, start + len(words), words, "Ada", None, "trade: cut", agrees)


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_articles_are_files_whose_names_tell_day_source_title_and_id(tmp_path: Path) -> None:
    write_dna(tmp_path / "dna", DOCUMENTS, [])
    names = sorted(path.name for path in (tmp_path / "dna" / "documents").iterdir())
    assert names == ["2031-02-01_The Courier_Talks yes no now_b.txt", "undated___a 1.txt"]
    assert (tmp_path / "dna" / "documents" / names[0]).read_bytes().decode() == TEXT


def test_the_patterns_that_the_readme_gives_find_the_parts_of_a_name(tmp_path: Path) -> None:
    write_dna(tmp_path / "dna", DOCUMENTS, [])
    readme = (tmp_path / "dna" / "README.txt").read_text(encoding="utf-8")
    named = dict(re.findall(r"^  (title|source|section|date) +(\S+)", readme, re.M))
    assert set(named) == {"title", "source", "section", "date"}
    # Java looks back over a bounded stretch, Python only over a fixed one: the stretch before is matched in its place.
    plain = {key: re.sub(r"\(\?<=\^(.*?)\)(?=\[)", r"^\1(", pattern) for key, pattern in named.items()}
    found = {}
    for key, pattern in plain.items():
        match = re.search(
            pattern + ")" * (pattern.count("(") - pattern.count(")")), "2031-02-01_The Courier_Talks_b.txt"
        )
        assert match is not None
        found[key] = match[1] if match.re.groups else match[0]
    assert found == {"date": "2031-02-01", "source": "The Courier", "title": "Talks", "section": "b"}


def test_statements_have_the_columns_of_an_event_list_and_offsets_as_java_counts(tmp_path: Path) -> None:
    write_dna(tmp_path, DOCUMENTS, [coded("deal"), coded("Bo was for it", False)])
    first, second = rows(tmp_path)
    assert tuple(first) == COLUMNS
    assert (first["time"], first["document_id"], first["person"], first["organization"]) == (
        "2031-02-01",
        "1",
        "Ada",
        "",
    )
    assert (first["concept"], first["agreement"], second["agreement"]) == ("trade: cut", "1", "0")
    units = TEXT.encode("utf-16-le")
    for row in (first, second):
        assert units[2 * int(row["start"]) : 2 * int(row["stop"])].decode("utf-16-le") == row["text"]


def test_articles_that_would_have_one_name_have_two(tmp_path: Path) -> None:
    same = [Document(id, None, "Talks", None, id) for id in ("X", "x", "x?")]
    write_dna(tmp_path, same, [])
    assert len({path.name.casefold() for path in (tmp_path / "documents").iterdir()}) == 3


@given(st.text(), st.text(), st.text(min_size=1))
def test_no_title_makes_a_name_that_a_file_cannot_have(title: str, source: str, id: str) -> None:
    from legation.formats.dna import _file_names

    (name,) = _file_names([Document(id, None, title, source, "")]).values()
    assert len(name.encode()) < 255 and name.count("_") == 3
    assert not re.search(r'[\x00-\x1f/\\:*?"<>|]', name)


@given(st.text())
def test_lengths_are_those_of_utf_16(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is not empty: name a new folder"):
        write_dna(tmp_path, DOCUMENTS, [])
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LegationError, match="cannot be written"):
        write_dna(tmp_path / "file" / "dna", DOCUMENTS, [])
    with pytest.raises(LegationError, match="cannot be written"):
        write_dna(tmp_path / "file", DOCUMENTS, [])
