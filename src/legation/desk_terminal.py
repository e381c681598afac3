"""Rows of a desk on a terminal. No text of an article can steer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.style import Style
from rich.text import Text

from legation.show.display import one_line
from legation.store.records import DeskArticle, DeskEvent, Page, Party

BOLD, QUIET, MARKED = Style(bold=True), Style(color="color(243)"), Style(bold=True, color="color(30)")


def render_events(page: Page, console: Console) -> None:
    """Prints events one under another: day and type, who and whom, the sentence, and where it stands."""
    for event in page.rows:
        _print(_event(event), console)
    _print_next(page, console)


def _event(event: DeskEvent) -> Iterator[Text]:
    sides = [_parties(event.actor), *([_parties(event.recipient)] if event.recipient else [])]
    head = Text.assemble(
        (_day(event.day), BOLD), "  ", (one_line(event.type), MARKED), f" {one_line(event.mode or '')}".rstrip(), "  "
    )
    head.append(" → ".join(sides))
    told = [] if event.status == "actual" else [event.status]
    told += [f"in {one_line(event.place)}"] if event.place else []
    told += ["judged"] if event.judged else []
    told += [f"also {', '.join(f'e{number}' for number in event.also)}"] if event.also else []
    if told:
        head.append(f"  ({'; '.join(told)})", QUIET)
    yield head
    if event.sentence is not None:
        yield Text("  " + one_line(event.sentence))
    yield Text(f"  {_source(event.article)} · e{event.id} · {event.confidence:.2f}", QUIET)


def _parties(parties: Sequence[Party]) -> str:
    return ", ".join(one_line(p.name) + (f" ({p.country})" if p.country else "") for p in parties) or "?"


def _source(article: DeskArticle) -> str:
    told = [article.source, article.title, str(article.published) if article.published else None]
    return ", ".join(one_line(part) for part in told if part) or f"article a{article.item}"


def _day(day: object) -> str:
    return str(day) if day else "undated   "


def _print(lines: Iterator[Text], console: Console) -> None:
    for line in lines:
        console.print(line, highlight=False)
    console.print()


def _print_next(page: Page, console: Console) -> None:
    if page.next:
        console.print(Text(f"More: --page {page.next}", QUIET), highlight=False)
