"""What the verbs of positions read: reports and tables, as files, folders or standard input, each article once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from legation.formats.report_files import REPORTS, explained, read_reports
from legation.formats.statement_tables import ArticleRows, Row, has_tables, read_statement_tables
from legation.positions.said import Said, said_of
from legation.records import Position, Report, Span


@dataclass(frozen=True, slots=True)
class Heard:
    """An article, by its id and the SHA-256 of its text, and what was said in it."""

    article: str
    sha256: str
    said: tuple[Said, ...]


def read_heard(inputs: Sequence[str], *, with_text: bool = False, stdin: TextIO | None = None) -> Iterator[Heard]:
    """The articles of files, folders and "-" (standard input); one that was there before is left out.

    Where another article has an id already, the first eight signs of its SHA-256 are added to it. A folder is a data
    set of `legation code` in any format, or holds files of reports. Tables hold neither the text of an article nor its
    sentences. Raises SourceNotFoundError and UsageError, as `read_reports` and `read_statement_tables` do.
    """
    seen: dict[str, str] = {}
    for name in inputs:
        for heard in _of_input(name, with_text, stdin):
            own = heard if seen.get(heard.article, heard.sha256) == heard.sha256 else _renamed(heard)
            if own.article not in seen:
                seen[own.article] = own.sha256
                yield own


def _renamed(heard: Heard) -> Heard:
    id = f"{heard.article}~{heard.sha256[:8]}"
    return Heard(id, heard.sha256, tuple(replace(one, article=id) for one in heard.said))


def _of_input(name: str, with_text: bool, stdin: TextIO | None) -> Iterable[Heard]:
    path = Path(name)
    with explained(name):
        of_tables = name != "-" and has_tables(path) and not (path / REPORTS).is_dir()
    if of_tables:
        return map(_of_tables, read_statement_tables(path))
    return (_of_report(report, with_text) for report in read_reports([name], stdin))


def _of_report(report: Report, with_text: bool) -> Heard:
    return Heard(report.article.id, report.article.sha256, tuple(said_of(report, with_text=with_text)))


def _of_tables(rows: ArticleRows) -> Heard:
    said = tuple(_of_row(row, rows.article) for row in rows.statements)
    return Heard(rows.article["article_id"], rows.article["sha256"], said)


def _of_row(row: Row, article: Row) -> Said:
    told = row["first_day"] if row["first_day"] == row["last_day"] else None
    return Said(
        article=row["article_id"],
        title=article["title"],
        source=article["source"],
        url=article["url"],
        published=article["published"],
        statement=row["statement_id"],
        speaker=row["speaker"],
        known=row["speaker_entity"] is not None,
        kind=row["speaker_kind"],
        country=row["speaker_country"],
        role=row["speaker_role"],
        affiliation=row["speaker_affiliation"],
        cue=row["cue_text"],
        act=row["act"],
        mode=row["mode"],
        content=row["content"].replace(" ... ", " … "),
        context=None,
        addressee=row["addressee"],
        venue=row["venue"],
        day=told or article["published"],
        positions=tuple(_positions(row)),
        confidence=row["confidence"],
    )


def _positions(row: Row) -> Iterator[Position]:
    names = ("issue", "option", "stance", "start", "end", "text", "confidence", "whole_confidence")
    # A CSV cell cannot tell a list of one null from an empty one.
    unknown = [None] * len(row["positions_stance"])
    columns = (row[f"positions_{name}"] or unknown for name in names)
    for issue, option, stance, start, end, text, side, whole in zip(*columns, strict=True):
        yield Position(issue, option, stance, Span(start, end, text), side, whole)
