"""Rows of a desk on a terminal. No text of an article can steer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from legation.show.display import harmless, one_line
from legation.show.wording import code_of, matter_of, sureness_of
from legation.store.judged import Judgement
from legation.store.records import DeskArticle, DeskEntity, DeskEvent, DeskStatement, Hit, Page, Party
from legation.telling import in_utc

BOLD, QUIET, MARKED = Style(bold=True), Style(color="color(243)"), Style(bold=True, color="color(30)")
SOUGHT = Style(bold=True, underline=True)
Marks = Sequence[tuple[int, int]]


def render_page(page: Page, console: Console) -> None:
    """Prints the rows of a page one under another, entities as a table, and how to ask for the next page."""
    if page.rows and isinstance(page.rows[0], DeskEntity):
        console.print(_entities(page.rows), highlight=False)
    else:
        for row in page.rows:
            _print(_lines(row), console)
    if page.next:
        console.print(Text(f"More: --page {page.next}", QUIET), highlight=False)


def _lines(row: DeskEvent | DeskStatement | Hit) -> Iterator[Text]:
    if isinstance(row, DeskEvent):
        return _event(row)
    return _statement(row) if isinstance(row, DeskStatement) else _hit(row)


def _entities(rows: Sequence[DeskEntity]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for heading in ("Name", "Kind", "Code", "Role"):
        table.add_column(heading)
    table.add_column("Articles", justify="right")
    for heading in ("First", "Last"):
        table.add_column(heading, no_wrap=True)
    for one in rows:
        name = one_line(one.name) + (f" (also {', '.join(map(one_line, one.also))})" if one.also else "")
        code = code_of(one.code or one.country, one.sectors)
        role = one_line("; ".join(one.roles[:2]))
        days = (str(one.first or ""), str(one.last or ""))
        table.add_row(*map(Text, (name, one.kind, code, role, f"{one.articles:,}", *days)))
    return table


def render_judgements(rows: Sequence[Judgement], console: Console) -> None:
    """Prints judgements one under another: what, of which words, by whom and why."""
    for one in rows:
        _print(_judgement(one), console)


def _judgement(one: Judgement) -> Iterator[Text]:
    at = f"{'s' if one.on_statement else 'e'}{one.target}" if one.target is not None else ""
    undone = f", by j{one.undone_by}" if one.undone_by is not None else ""
    yield Text.assemble((f"j{one.id}", BOLD), f"  {one.kind}  {at}  ", (f"{one.state}{undone}", MARKED))
    yield Text(f"  {one_line(_right(one))}")
    if one.sentence:
        yield Text(f"  of “{one_line(one.words or '')}” in: {one_line(one.sentence)}", QUIET)
    why = f": {one_line(one.why)}" if one.why else ""
    yield Text(f"  {in_utc(one.at)} {one_line(one.who)}{why}", QUIET)


def _right(one: Judgement) -> str:
    """What a judgement says is right, in words."""
    given = one.given
    if one.kind in ("actor", "recipient"):
        return f"the {one.kind} is " + (", ".join(party["name"] for party in given["parties"]) or "nobody")
    if one.kind == "speaker":
        return f"the speaker is {given['speaker']['name'] if given['speaker'] else 'nobody'}"
    if one.kind == "stance":
        return f"{given['stance'] or 'no position'} on {given['issue']}:{given['option']}"
    if one.kind == "type":
        return f"the type is {given['type']}" + (f", {given['mode']}" if given["mode"] else "")
    if one.kind == "same-person":
        return f"{given['name']} is {given['is']}"
    return (
        "no event" if one.kind == "not-event" else f"the same event as e{one.other}" if one.other else "the same event"
    )


def _hit(hit: Hit) -> Iterator[Text]:
    record = hit.record
    if isinstance(record, DeskEvent):
        yield from _event(record, hit.marks)
    elif isinstance(record, DeskStatement):
        yield from _statement(record, hit.marks)
    else:
        yield Text.assemble((_day(hit.day), BOLD), "  ", (one_line(record.title or "(no title)"), BOLD))
        yield Text.assemble("  ", _marked(hit.text, hit.marks))
        yield Text(f"  {_source(record, titled=False)} · a{record.item}", QUIET)


def _statement(said: DeskStatement, marks: Marks = ()) -> Iterator[Text]:
    speaker = _parties([said.speaker]) if said.speaker else "somebody"
    role = f", {one_line(said.role)}," if said.role else ""
    head = Text.assemble((_day(said.day), BOLD), "  ", (speaker, MARKED), f"{role} {one_line(said.cue[2])}:")
    if said.judged:
        head.append("  (judged)", QUIET)
    yield head
    yield Text.assemble("  “", _marked(said.content, marks), "”")
    for one in said.positions:
        sure = sureness_of(one.confidence, one.whole_confidence)
        matter = f"  {one.stance} {matter_of(one.issue, one.option)}"
        yield Text.assemble((matter, MARKED), (f" ({sure})" if sure else "", QUIET))
    yield Text(f"  {_source(said.article)} · s{said.id}", QUIET)


def _marked(text: str, marks: Marks) -> Text:
    """A text on one line, with marks; it has as many signs as before, so that these stay where they are."""
    found = Text(harmless(text).replace("\n", " "))
    for start, end in marks:
        found.stylize(SOUGHT, start, end)
    return found


def _event(event: DeskEvent, marks: Marks = ()) -> Iterator[Text]:
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
        yield Text.assemble("  ", _marked(event.sentence, marks))
    yield Text(f"  {_source(event.article)} · e{event.id} · {event.confidence:.2f}", QUIET)


def _parties(parties: Sequence[Party]) -> str:
    return ", ".join(one_line(p.name) + (f" ({p.country})" if p.country else "") for p in parties) or "?"


def _source(article: DeskArticle, *, titled: bool = True) -> str:
    published = str(article.published) if article.published else None
    told = [article.source, article.title if titled else None, published]
    return ", ".join(one_line(part) for part in told if part) or f"article a{article.item}"


def _day(day: object) -> str:
    return str(day) if day else "undated   "


def _print(lines: Iterator[Text], console: Console) -> None:
    for line in lines:
        console.print(line, highlight=False)
    console.print()
