from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from factories import (
    Words,
    empty_report,
    make_entity,
    make_event,
    make_statement,
    small_report,
    strait_report,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from positions import unsure
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console

from legation.records import Attitude, Place, Position, Rejection, Report
from legation.show.terminal import ENTITY_STYLES, KIND_STYLES, QUAD_STYLES, QUIET, render_terminal
from legation.show.wording import percent

STYLING = re.compile(r"\x1b\[[0-9;]*m")
WIDTHS = (40, 60, 75, 76, 80, 100, 200)


def rendered(report: Report, width: int = 80, *, colours: bool = False, no_color: bool = False) -> str:
    """What the report prints; with `colours` as on a terminal that has 256 of them."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colours,
        color_system="256" if colours else None,
        no_color=no_color,
    )
    render_terminal(report, console)
    return out.getvalue()


def styled(output: str, words: str) -> list[str]:
    """The codes in force where `words` are first printed whole."""
    before = output[: output.index(f"m{words}\x1b") + 1]
    code: str = STYLING.findall(before)[-1]
    return code[2:-1].split(";")


def wide_report() -> Report:
    """A report whose names are in a wide script, without spaces."""
    text = "瓦爾多利亞共和國外交部發言人山田太郎聲明稱將與克斯特里亞聯邦政府舉行會談。"
    words = Words(text)
    actor, recipient = (
        words.who("n1", "瓦爾多利亞共和國外交部發言人山田太郎"),
        words.who(None, "克斯特里亞聯邦政府"),
    )
    speaker = make_entity(
        "n1",
        actor.text,
        "person",
        words.span(actor.text),
        role="外交部發言人兼新聞司司長",
        affiliation="瓦爾多利亞共和國",
    )
    event = make_event("e1", "CONSULT", words.span("會談"), actor=(actor,), recipient=(recipient,), mode="multilateral")
    said = make_statement("s1", words.span("聲明稱"), words.span("將與克斯特里亞聯邦政府舉行會談"), speaker=actor)
    return replace(small_report(text, title=text), entities=(speaker,), events=(event,), statements=(said,))


def long_report() -> Report:
    """A report with the longest values that any column is given, and far more than fits."""
    report = strait_report()
    entity = replace(report.entities[0], name="Interdepartmental " * 12, role="undersecretary " * 9)
    event = replace(report.events[0], id="e1234", mode="unconventional", type="ASSAULT", status="hypothetical")
    said = replace(report.statements[0], id="s1234", venue="x" * 300)
    return replace(report, entities=(entity,), events=(event,), statements=(said,))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("make", [strait_report, wide_report, long_report, empty_report])
def test_no_line_is_wider_than_the_terminal(make: object, width: int) -> None:
    lines = rendered(make(), width).splitlines()  # type: ignore[operator]
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("width", [76, 80, 100, 200])
def test_a_table_keeps_its_short_columns_whole(width: int) -> None:
    output = rendered(long_report(), width)
    for word in ("2025-04-01", "hypothetical", "97%", "ASSAULT", "(unconventional)", "indirect", "Conf."):
        assert word in output


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_every_event_and_statement_has_its_id_in_a_table(width: int) -> None:
    tables = rendered(strait_report(), width).split("Events (9)")[1].split("\nPositions")[0]
    ids = re.findall(r"^([es]\d+) ", tables, re.MULTILINE)
    assert ids == [f"e{n}" for n in range(1, 10)] + [f"s{n}" for n in range(1, 10)]


def places_report() -> Report:
    """A report that names one place twice, and one that is not decided."""
    places = (
        Place("p1", 0, 5, "Oster", "Ostermark", "NOR", 7, 54.5, -12.25),
        Place("p2", 6, 11, "Oster", "Ostermark", "NOR", 7, 54.5, -12.25),
        Place("p3", 12, 16, "Mark", "Mark", None),
    )
    return replace(small_report("Oster Oster Mark"), places=places)


@pytest.mark.parametrize("width", [80, 200])
def test_each_place_is_listed_once_with_point_number_and_how_often_it_is_named(width: int) -> None:
    table = rendered(places_report(), width).split("Places (2)")[1]
    rows = [line.split() for line in table.splitlines() if line.startswith(("Ostermark", "Mark"))]
    assert rows == [["Ostermark", "NOR", "54.50,", "-12.25", "7", "2×"], ["Mark", "–", "–", "–", "1×"]]


def test_a_narrow_terminal_lists_places_one_under_another() -> None:
    lines = rendered(places_report(), 50).split("Places (2)")[1].split("\n")
    assert [line.split() for line in lines if line.strip()] == [
        ["2×", "Ostermark", "(NOR)"], ["54.50,", "-12.25"], ["1×", "Mark"], ["–"],
    ]  # fmt: skip


def test_a_report_without_places_says_so() -> None:
    assert "No places found." in rendered(empty_report())


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_row_of_events_says_who_did_what_to_whom(width: int) -> None:
    output = " ".join(rendered(strait_report(), width).split("Events (9)")[1].split("Statements (9)")[0].split())
    row = output.split("e2 ")[1].split("e3 ")[0]
    for words in ("2025-03-31", "Kestria (XKE)", "REJECT", "(yield)", "Lorne Strait", "Council (IGO)", "actual", "90%"):
        assert words in row


@pytest.mark.parametrize("width", [100, 200])
def test_where_a_speaker_stands_is_shown_with_issue_option_and_words(width: int) -> None:
    output = rendered(strait_report(), width)
    table = output[output.index("Positions") :]
    (row,) = [line for line in table.splitlines() if " against " in line]
    assert row.split()[0] == "s2" and "arms-control, limit" in row


def test_a_narrow_terminal_lists_positions_one_under_another() -> None:
    output = rendered(strait_report(), 60)
    assert re.search(r"s2 .*: against arms-control, limit\n\s+will not accept inspectors *\n", output)


@pytest.mark.parametrize("width", [60, 200])
def test_a_position_is_shown_with_its_confidence_however_low_it_is(width: int) -> None:
    def shown(report: Report) -> str:
        return " ".join(rendered(report, width).split("\nPositions")[1].split())

    told = shown(unsure(strait_report(), 0.72, 0.41))
    assert "41%" in told and "side unsure" in told and "72%" not in told
    assert "side unsure" not in shown(unsure(strait_report(), 0.95, 0.41))
    assert "side 95%" in shown(unsure(strait_report(), 0.95)), "of earlier reports only the side is known"


def test_a_position_on_no_known_issue_and_an_attitude_are_shown_too() -> None:
    report = strait_report()
    said = report.statements[0]
    words = said.content[0]
    toward = Attitude(None, words.start, words.end, words.text, "blames")
    held = replace(said, positions=(Position(None, None, "for", words),), toward=(toward,))
    output = rendered(replace(report, statements=(held,)), 200)
    assert re.search(r"for +no known issue", output) and re.search(f"blames +{re.escape(words.text[:20])}", output)


def test_a_report_without_positions_has_no_such_heading() -> None:
    report = strait_report()
    bare = tuple(replace(said, positions=(), toward=()) for said in report.statements)
    assert "Positions" not in rendered(replace(report, statements=bare))


def test_a_wide_terminal_shows_a_whole_statement_on_one_line() -> None:
    said = rendered(strait_report(), 200).split("\nPositions")[0]
    (row,) = [line for line in said.splitlines() if line.startswith("s8 ")]
    for words in ("Oda Lindqvist", "professor of maritime law, Marrin University", "argued", "indirect"):
        assert words in row
    assert "Relief from the grain tariffs […] is the price of any deal" in row


def test_what_was_said_is_shortened_with_an_ellipsis() -> None:
    row = rendered(strait_report(), 80).split("\ns1 ")[1].split("\ns2 ")[0]
    assert "…" in row
    assert row.count("\n") == 2


def test_a_word_is_cut_rather_than_broken() -> None:
    report = strait_report()
    entity = replace(report.entities[0], name="Interministerialcommission")
    output = rendered(replace(report, entities=(entity,)), 80)
    assert "Intermin" in output
    assert "…" in output
    assert not re.search(r"^ +(commission|ission|sion)\b", output, re.MULTILINE)


def test_the_article_is_printed_whole() -> None:
    report = strait_report()
    printed = re.sub(r"\[[es]\d\]", "", " ".join(rendered(report).split()))
    assert " ".join(report.text.split()) in printed


def test_the_header_names_article_source_date_and_model() -> None:
    top = rendered(strait_report(), 120).split("MARRIN")[0]
    for words in ("Valdoria and Kestria talk again", "The Marrin Courier", "2025-04-02", "legation-en 1.0.0"):
        assert words in top


def test_notes_are_shown() -> None:
    assert "Note: Read as UTF-8." in rendered(strait_report())


def test_an_undated_article_is_told_how_to_give_a_date() -> None:
    assert "--published YYYY-MM-DD" in " ".join(rendered(empty_report()).split())
    assert "--published" not in rendered(strait_report())


def test_an_article_without_a_title_is_called_so() -> None:
    assert rendered(small_report()).startswith("Untitled article\n")


def test_empty_lists_say_so() -> None:
    output = rendered(empty_report())
    assert "No events found." in output
    assert "No statements found." in output


def test_a_rejected_article_says_why_and_shows_no_tables() -> None:
    report = replace(empty_report(), rejected=Rejection("not_english", "The text is not in English."))
    output = rendered(report)
    assert "This article was not read: The text is not in English." in output
    assert "No events found." not in output


# ---------------------------------------------------------------- marks


def test_each_quad_class_has_a_style_of_its_own() -> None:
    output = rendered(strait_report(), 200, colours=True)
    assert styled(output, "delivered")[-1] == "28"
    assert styled(output, "arrested")[-1] == "160"
    assert {"1", "7"} <= set(styled(output, "delivered"))


def test_an_event_inside_a_statement_shows_both() -> None:
    output = rendered(strait_report(), 200, colours=True)
    assert "4" in styled(output, "moving")
    assert "7" in styled(output, "moving")
    assert "4" not in styled(output, "vetoed")


def test_a_person_inside_a_statement_shows_both() -> None:
    codes = styled(rendered(strait_report(), 200, colours=True), "Tomas Verrin")
    assert "4" in codes
    assert codes[-1] == "63"


def test_trigger_and_cue_are_followed_by_their_ids() -> None:
    output = rendered(strait_report(), 200)
    assert "accused[e3][s3] Kestria of moving[e4] missile boats" in output
    assert "said[s6] that Mr. Verrin had promised[s7] him" in output


def test_places_and_dates_are_marked() -> None:
    output = rendered(strait_report(), 200, colours=True)
    assert styled(output, "Hale")[-1] == "28"
    assert styled(output, "2023")[-1] == "131"


def test_without_colour_the_marks_remain() -> None:
    output = rendered(strait_report(), 200, colours=True, no_color=True)
    assert "38;5" not in output
    assert "48;5" not in output
    assert styled(output, "vetoed") == ["1", "7"]
    assert styled(output, "told") == ["1", "3"]
    assert styled(output, "Lorne Strait Council") == ["1"]


def test_the_legend_names_every_kind() -> None:
    legend = rendered(strait_report(), 200).split("Marked: ")[1].split("\n")[0]
    for kind in (
        "verbal cooperation",
        "material conflict",
        "cue",
        "what was said",
        "person",
        "state",
        "place",
        "date",
    ):
        assert kind in legend


def luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour.get_truecolor())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_can_be_read_on_black_and_on_white() -> None:
    styles = [*QUAD_STYLES.values(), *ENTITY_STYLES.values(), *KIND_STYLES.values(), QUIET]
    colours = [style.color for style in styles if style.color]
    assert len(colours) >= 12
    assert min(1.05 / (luminance(colour) + 0.05) for colour in colours) >= 3.7
    assert min((luminance(colour) + 0.05) / 0.05 for colour in colours) >= 3.7


# ---------------------------------------------------------------- hostile text

HOSTILE = "Before \x1b]0;owned\x07 and \x1b[2J\x9b1m [red]not markup[/red] [link=x]:smile: \u202egnp\r\nafter"


def hostile_report() -> Report:
    """Hostile words wherever a report can hold any."""
    report, words = small_report(HOSTILE, title=HOSTILE, source=HOSTILE, url=HOSTILE), Words(HOSTILE)
    whole = words.span(HOSTILE)
    who = words.who("n1", HOSTILE)
    entity = make_entity("n1", HOSTILE, "person", whole, role=HOSTILE)
    event = make_event(HOSTILE, HOSTILE, whole, actor=(who,), recipient=(who,), mode=HOSTILE)
    said = make_statement(HOSTILE, whole, whole, speaker=who)
    return replace(report, entities=(entity,), events=(event,), statements=(said,), notes=(HOSTILE,))


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_escape_of_the_article_reaches_the_terminal(width: int) -> None:
    plain = rendered(hostile_report(), width)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", plain)
    assert "␛" in plain


def test_on_a_terminal_only_styling_is_sent() -> None:
    left = STYLING.sub("", rendered(hostile_report(), 80, colours=True))
    assert "\x1b" not in left
    assert "\x9b" not in left


def test_markup_and_emoji_codes_in_the_article_are_printed_as_they_stand() -> None:
    assert "[red]not markup[/red] [link=x]:smile:" in rendered(small_report(HOSTILE), 200)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1, max_size=80), st.sampled_from([20, 60, 80]))
def test_any_text_at_all_is_rendered(text: str, width: int) -> None:
    words = Words(text)
    event = make_event("e1", "CONSULT", words.span(text), actor=(words.who(None, text),))
    output = rendered(replace(small_report(text, title=text), events=(event,)), width)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", output)


@pytest.mark.parametrize(
    ("confidence", "shown"), [(0.93, "93%"), (0.29, "29%"), (0.999, "99%"), (1.0, "100%"), (0, "0%")]
)
def test_only_certainty_is_shown_as_a_hundred_per_cent(confidence: float, shown: str) -> None:
    assert percent(confidence) == shown
