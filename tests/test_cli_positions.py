"""The verbs `positions` and `said` on the command line, over two invented years of 64 articles."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pytest
from factories import empty_report, strait_report
from positions import unsure
from pyarrow import parquet
from typer.testing import CliRunner
from years import expected_moves, gold, year_reports

from legation import cli
from legation.formats.report_json import report_to_json
from legation.formats.write_tables import Format, write_part
from legation.sureness import LEAST_WHOLE

LATER = ["positions_confidence", "positions_whole_confidence"]
"""Columns that earlier tables lack."""


def invoke(*arguments: str | Path, width: int = 120, stdin: str | None = None) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `legation`, run in this process."""
    result = CliRunner(env={"COLUMNS": str(width)}).invoke(cli.app, [*map(str, arguments)], input=stdin)
    return result.exit_code, result.stdout, result.stderr


def found(*arguments: str | Path) -> Any:
    """What is printed as JSON."""
    code, out, err = invoke(*arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The 64 articles as a data set of reports."""
    out = tmp_path_factory.mktemp("years")
    (out / "reports").mkdir()
    lines = "".join(report_to_json(report, indent=None) + "\n" for report in year_reports())
    (out / "reports" / "part-00000.jsonl").write_text(lines, encoding="utf-8")
    return out


# ---------------------------------------------------------------- the table


def test_the_table_counts_what_the_articles_say(years: Path) -> None:
    told = found("positions", "all", years)
    counted = {
        (row["actor"], row["issue"], row["option"], stance): row[stance]
        for row in told["table"]
        for stance in ("for", "against", "mixed")
        if row[stance]
    }
    expected: dict[tuple[str, ...], int] = {}
    for row in gold():
        key = (row["speaker"], row["issue"], row["option"], row["stance"])
        expected[key] = expected.get(key, 0) + 1
    assert counted == expected
    assert (told["schema"], told["articles"], told["positions"], told["actors"]) == (
        "legation.positions/1",
        64,
        202,
        33,
    )


def test_every_quote_leads_to_its_words(years: Path) -> None:
    texts = {report.article.id: report.text for report in year_reports()}
    voices = [voice for row in found("positions", "sanctions", years)["table"] for voice in row["voices"]]
    assert len(voices) == sum(row["issue"] == "sanctions" for row in gold())
    for voice in voices:
        assert texts[voice["article"]][voice["start"] : voice["end"]] == voice["evidence"]
        assert voice["source"] and voice["title"] and voice["day"]


def test_who_moved_and_when_is_told_as_the_years_were_written(years: Path) -> None:
    told = {
        (move["actor"], move["issue"], move["option"], move["from"], move["to"], move["after"]["article"])
        for move in found("positions", "all", years)["moves"]
    }
    assert told == {
        (m["actor"], m["issue"], m["option"], m["from"], m["to"], m["first_article"]) for m in expected_moves()
    }


def test_on_a_terminal_the_table_has_counts_days_and_words_with_their_source(years: Path) -> None:
    code, out, _ = invoke("positions", "peace-talks", years, width=140)
    assert code == 0
    assert "59 positions of 16 actors, 2031-01-20 to 2032-12-21; 64 articles read" in out
    assert "talk: to negotiate or mediate" in out and "13 for, 2 against, 1 on neither side; polarisation 0.56" in out
    row = next(line for line in out.splitlines() if "Arsen Melkumyan" in line)
    assert row.split()[:6] == ["+", "Arsen", "Melkumyan", "7", "3", "1"]
    assert "“Negotiating was harder, and it was right” Caspian Wire, 2032-12-07, article 63" in " ".join(out.split())
    assert "2032-07-05  Rauf Isgandarli on peace-talks, talk: against → for" in out


def test_a_narrow_terminal_has_a_list(years: Path) -> None:
    _, out, _ = invoke("positions", "peace-talks", years, width=60)
    assert "+ Arsen Melkumyan: 7 for, 3 against, 1 mixed, 2031-01-20 to 2032-12-07" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 60


def test_time_can_be_bounded_and_cut_into_windows(years: Path) -> None:
    told = found("positions", "sanctions", years, "--since", "2031-03-01", "--until", "2031-12-31", "--window", "4")
    days = [voice["day"] for row in told["table"] for voice in row["voices"]]
    assert min(days) >= "2031-03-01" and max(days) <= "2031-12-31"
    assert [(w["from"], w["before"]) for w in told["windows"]] == [
        ("2031-03-01", "2031-07-01"),
        ("2031-07-01", "2031-11-01"),
        ("2031-11-01", "2032-03-01"),
    ]
    assert sum(row[s] for w in told["windows"] for row in w["table"] for s in ("for", "against", "mixed")) == len(days)
    _, out, _ = invoke("positions", "sanctions", years, "--window", "6")
    assert "Over time" in out and "2032-07-01" in out


def test_states_can_be_the_actors(years: Path) -> None:
    table = found("positions", "peacekeeping", years, "--by", "country")["table"]
    assert {row["actor"] for row in table} >= {"AZE", "ARM"}
    assert {row["kind"] for row in table} == {"state"}


def test_issues_are_named_in_any_way_and_wrong_ones_are_told_the_nearest(years: Path) -> None:
    assert found("positions", "Peace Talks", years)["issue"] == "peace-talks"
    code, out, err = invoke("positions", "sanktions", years)
    assert (code, out) == (2, "")
    assert err.startswith("There is no issue 'sanktions'. Nearest: sanctions")


def test_an_issue_of_the_user_is_found_in_the_reports(tmp_path: Path) -> None:
    report = year_reports()[0]
    own = tuple(
        replace(s, positions=tuple(replace(p, issue="harbour-dues", option="lower") for p in s.positions))
        for s in report.statements
    )
    file = tmp_path / "own.json"
    file.write_text(report_to_json(replace(report, statements=own)), encoding="utf-8")
    assert found("positions", "Harbour dues", file)["positions"] == 5
    assert "harbour-dues\nlower\n" in invoke("positions", "harbour-dues", file)[1]


def test_sources_without_a_name_neither_move_nor_agree(tmp_path: Path) -> None:
    unnamed = [
        replace(r, entities=tuple(replace(e, name="officials", kind="unnamed") for e in r.entities)) for r in year_reports()
    ]  # fmt: skip
    file = tmp_path / "unnamed.jsonl"
    file.write_text("".join(report_to_json(r, indent=None) + "\n" for r in unnamed), encoding="utf-8")
    told = found("positions", "peace-talks", file)
    assert len(told["table"]) == 2 and told["moves"] == told["divisions"] == told["ties"] == []
    assert invoke("positions", "peace-talks", file, "--html", tmp_path / "page.html")[0] == 0


def test_where_nobody_takes_a_position_it_is_said_and_the_exit_code_is_1(years: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    code, out, err = invoke("positions", "tariffs", years, "--html", page)
    assert (code, out, err) == (1, "", "Nobody takes a position on tariffs: 64 articles read.\n")
    assert not page.exists()
    code, out, err = invoke("positions", "all", years, "--since", "2040-01-01", "--json")
    assert (code, err) == (1, "Nobody takes a position on anything in that time: 64 articles read.\n")
    assert json.loads(out)["table"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "soon"], "--since 'soon' is not a date. Give it as YYYY-MM-DD."),
        (["--until", "2031-02-30"], "--until '2031-02-30' is not a date."),
        (["--since", "2032-01-01", "--until", "2031-01-01"], "--until 2031-01-01 is before --since 2032-01-01."),
        (["--csv", "NOWHERE/a.csv"], "a.csv cannot be written: No such file or directory."),
        (["--dna", "YEARS"], "is not empty: name a new folder."),
        (["--window", "0"], "--window"),
    ],
)
def test_a_call_that_cannot_be_meant_ends_with_a_sentence(
    years: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    given = [a.replace("NOWHERE", str(tmp_path / "no")).replace("YEARS", str(years)) for a in arguments]
    code, out, err = invoke("positions", "sanctions", years, *given)
    assert code in (1, 2) and out == "" and said in err and "Traceback" not in err


@pytest.mark.parametrize("verb", [["positions", "sanctions"], ["said"]])
def test_broken_input_is_named_with_its_line_and_the_remedy(verb: list[str], tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_text(
        report_to_json(empty_report(), indent=None) + '\n{"schema": "legation.report/9"}\n', encoding="utf-8"
    )
    code, out, err = invoke(*verb, file)
    assert (code, out) == (2, "")
    assert err.startswith(f"{file}, line 2: This is not a report of Legation: its schema is not 'legation.report/1'.")
    assert "Make it anew with `legation code`" in err
    code, _, err = invoke(*verb, tmp_path / "nowhere")
    assert code == 1 and "There is no file" in err
    (tmp_path / "empty").mkdir()
    assert invoke(*verb, tmp_path / "empty")[2].endswith("or files of reports (.json, .jsonl).\n")


# ---------------------------------------------------------------- exports


def test_the_csv_has_a_row_for_each_position(years: Path, tmp_path: Path) -> None:
    target = tmp_path / "positions.csv"
    code, out, err = invoke("positions", "all", years, "--csv", target)
    assert (code, out, err) == (0, "", f"Wrote {target}.\n")
    with target.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = sorted((r["article"], r["actor"], r["issue"], r["option"], r["stance"], r["evidence"]) for r in rows)
    assert told == sorted(
        (r["article"], r["speaker"], r["issue"], r["option"], r["stance"], r["evidence"]) for r in gold()
    )
    assert {r["day"] for r in rows} <= {r.article.published for r in year_reports()}


def test_networkx_reads_the_two_mode_network_with_all_attributes(years: Path, tmp_path: Path) -> None:
    target = tmp_path / "net.graphml"
    assert invoke("positions", "all", years, "--graphml", target)[0] == 0
    graph = networkx.read_graphml(target)
    assert not graph.is_directed() and networkx.is_bipartite(graph)
    modes = [mode for _, mode in graph.nodes(data="mode")]
    assert (modes.count("actor"), modes.count("option")) == (33, 9)
    assert graph.nodes["Henrike Volkmuth"] == {
        "label": "Henrike Volkmuth", "mode": "actor", "kind": "person", "country": "DEU", "role": "foreign minister",
        "positions": sum(row["speaker"] == "Henrike Volkmuth" for row in gold()),
    }  # fmt: skip
    assert graph.nodes["sanctions/impose"] == {
        "label": "sanctions: impose", "mode": "option", "issue": "sanctions", "option": "impose",
    }  # fmt: skip
    for row in found("positions", "all", years)["table"]:
        edge = graph.edges[row["actor"], f"{row['issue']}/{row['option']}"]
        assert [edge[s] for s in ("for", "against", "mixed")] == [row[s] for s in ("for", "against", "mixed")]
        assert (edge["side"], edge["first"], edge["last"]) == (row["side"], row["first"], row["last"])
        assert edge["weight"] == row["for"] - row["against"]
        assert edge["evidence"] == " | ".join(voice["evidence"] for voice in row["voices"])


def test_before_anyone_moved_congruence_parts_the_camps(years: Path, tmp_path: Path) -> None:
    target = tmp_path / "net.graphml"
    bounds = ("--until", "2031-03-31", "--normalise", "none")
    invoke("positions", "sanctions", years, *bounds, "--graphml", target, "--network", "congruence")
    agree = networkx.read_graphml(target)
    invoke("positions", "sanctions", years, *bounds, "--graphml", target, "--network", "conflict")
    differ = networkx.read_graphml(target)
    sides = {
        row["actor"]: row["side"]
        for row in found("positions", "sanctions", years, *bounds)["table"]
        if row["option"] == "impose"
    }
    assert set(sides.values()) == {"for", "against"}
    assert all(sides[one] == sides[other] for one, other in agree.edges)
    assert all(sides[one] != sides[other] for one, other in differ.edges)
    assert networkx.is_bipartite(differ) and set(sides) == set(agree.nodes)
    assert {weight for *_, weight in agree.edges(data="weight")} == {1.0}


def test_ways_to_normalise_keep_the_counts_and_change_the_weights(years: Path) -> None:
    weights = {}
    for way in ("none", "average", "jaccard", "cosine"):
        ties = found("positions", "all", years, "--normalise", way)["ties"]
        weights[way] = {tuple(tie["actors"]): (tie["same"], tie["congruence"]) for tie in ties}
    assert len({frozenset((pair, same) for pair, (same, _) in own.items()) for own in weights.values()}) == 1
    assert all(same == congruence for same, congruence in weights["none"].values())
    assert all(weights["jaccard"][pair] <= weights["average"][pair] for pair in weights["jaccard"])


def test_with_windows_each_stretch_has_a_network_of_its_own(years: Path, tmp_path: Path) -> None:
    code, _, err = invoke(
        "positions", "sanctions", years, "--graphml", tmp_path / "net.graphml", "--network", "congruence", "--window", "12"
    )  # fmt: skip
    names = ["net-2031-01-01.graphml", "net-2032-01-01.graphml", "net.graphml"]
    assert code == 0 and sorted(path.name for path in tmp_path.iterdir()) == names
    assert all(str(tmp_path / name) in err for name in names)
    whole, first = (networkx.read_graphml(tmp_path / name) for name in (names[2], names[0]))
    assert set(first.nodes) <= set(whole.nodes) and set(first.edges) != set(whole.edges)


def test_the_folder_for_dna_has_the_articles_and_the_sides_taken(years: Path, tmp_path: Path) -> None:
    target = tmp_path / "dna"
    code, out, err = invoke("positions", "sanctions", years, "--dna", target)
    own = [row for row in gold() if row["issue"] == "sanctions"]
    mixed = sum(row["stance"] == "mixed" for row in own)
    assert (code, out) == (0, "")
    assert err == f"Wrote {target}. {mixed} on both sides at once left out: DNA has no word for it.\n"
    assert len(list((target / "documents").iterdir())) == len({row["article"] for row in own})
    with (target / "statements.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert len(rows) == len(own) - mixed
    for row in rows:
        text = (target / "documents" / row["file"]).read_bytes().decode()
        assert text[int(row["start"]) : int(row["stop"])] == row["text"]
    azerbaijan = next(row for row in rows if row["organization"] == "Azerbaijan")
    assert (azerbaijan["person"], azerbaijan["agreement"]) == ("", "0")


def test_tables_tell_all_but_the_texts(years: Path, tmp_path: Path) -> None:
    write_part(year_reports(), tmp_path / "tables", 0, "parquet", {})
    of_tables, of_reports = (found("positions", "all", folder) for folder in (tmp_path / "tables", years))
    assert of_tables == of_reports
    code, _, err = invoke("positions", "all", tmp_path / "tables", "--dna", tmp_path / "dna")
    assert code == 2 and "code the archive with --format jsonl" in err and not (tmp_path / "dna").exists()


def test_json_and_files_can_be_had_at_once(years: Path, tmp_path: Path) -> None:
    code, out, err = invoke("positions", "sanctions", years, "--json", "--csv", tmp_path / "a.csv")
    assert code == 0 and json.loads(out)["issue"] == "sanctions" and "Wrote" in err


# ---------------------------------------------------------------- said


def test_statements_are_listed_by_day_with_who_how_what_and_context(years: Path) -> None:
    code, out, _ = invoke("said", years, "--by", "Minister Volkmuth", "--about", "sanctions", width=200)
    assert code == 0
    assert (
        "2031-01-09  Henrike Volkmuth, foreign minister (DEU)  sanctions [state]  Meridian Press Agency, article 01"
        in out
    )
    assert "− against sanctions, impose: “sanctions would only close doors in Baku”" in out
    assert "in: The German foreign minister, Henrike Volkmuth, took the other view." in out
    days = [line[:10] for line in out.splitlines() if line[:2] == "20"]
    assert days == sorted(days) and len(days) == sum(
        row["speaker"] == "Henrike Volkmuth" and row["issue"] == "sanctions" for row in gold()
    )


def test_statements_as_json_have_everything() -> None:
    report = report_to_json(strait_report(), indent=None)
    code, out, _ = invoke("said", "--by", "verrin", "--json", stdin=report)
    (told,) = [one for one in json.loads(out) if one["statement"] == "s2"]
    assert code == 0
    assert (told["speaker"], told["resolved"], told["cue"], told["act"]) == ("Tomas Verrin", True, "told", "reject")
    assert told["context"].count("told") and told["content"].startswith("“We will not")
    assert told["positions"][0] == {
        "issue": "arms-control", "option": "limit", "stance": "against", "evidence": "will not accept inspectors",
        "confidence": None, "whole_confidence": None,
    }  # fmt: skip


def test_sides_that_are_not_sure_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "years.jsonl"
    sure, *others = year_reports()
    lines = [
        report_to_json(one, indent=None)
        for one in (unsure(sure, 0.95, 0.6), *(unsure(one, 0.72, 0.4) for one in others))
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    counted = {
        asked: found("positions", "all", file, "--confidence", asked)["positions"] for asked in ("0", "0.7", "0.8")
    }
    by_default = found("positions", "all", file)
    assert counted == {"0": 202, "0.7": 202, "0.8": by_default["positions"]}
    assert (by_default["confidence"], len(sure.statements)) == (0.91, by_default["positions"])
    assert len(found("said", file, "--about", "all")) == len(sure.statements)
    assert len(found("said", file, "--about", "all", "--confidence", "0.7")) == 202
    code, out, _ = invoke("said", file, "--about", "all", "--confidence", "0.7")
    assert code == 0 and "(40%, side unsure)" in out and "(60%)" in out
    assert invoke("positions", "all", file, "--confidence", "1.5")[0] == 2


def test_positions_that_are_hardly_right_as_a_whole_are_left_out(tmp_path: Path) -> None:
    file, page = tmp_path / "years.jsonl", tmp_path / "page.html"
    sure, *others = year_reports()
    told = (unsure(sure, 0.95, 0.6), *(unsure(one, 0.95, 0.3) for one in others))
    file.write_text("\n".join(report_to_json(one, indent=None) for one in told), encoding="utf-8")
    by_default = found("positions", "all", file)
    assert (by_default["positions"], by_default["whole_confidence"]) == (len(sure.statements), LEAST_WHOLE)
    assert found("positions", "all", file, "--whole-confidence", "0")["positions"] == 202
    likely = found("positions", "all", file, "--whole-confidence", "0.5")
    assert invoke("positions", "all", file, "--whole-confidence", "0.5", "--html", page)[0] == 0
    assert (likely["positions"], likely["whole_confidence"]) == (len(sure.statements), 0.5)
    assert "at least 0.91, and of one of at least 0.5 in all that is told." in page.read_text(encoding="utf-8")
    assert {voice["whole_confidence"] for row in likely["table"] for voice in row["voices"]} == {0.6}


def test_reports_from_before_sides_had_a_confidence_show_all_they_have(tmp_path: Path) -> None:
    told = [json.loads(report_to_json(one)) for one in year_reports()]
    for position in (position for one in told for said in one["statements"] for position in said["positions"]):
        del position["confidence"], position["whole_confidence"]
    file = tmp_path / "old.jsonl"
    file.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    assert found("positions", "all", file)["positions"] == 202


def test_filters_narrow_and_what_nobody_said_gives_exit_code_1(years: Path) -> None:
    everything = found("said", years)
    assert len(everything) == 202
    late = found("said", years, "--since", "2032-06-01", "--until", "2032-06-30", "--about", "all")
    assert {one["day"][:7] for one in late} == {"2032-06"}
    assert invoke("said", years, "--by", "Nobody Known") == (1, "", "No such statement: 64 articles read.\n")
    assert invoke("said", years, "--about", "sanktions")[0] == 2


def test_a_data_set_that_the_coder_wrote_can_be_asked(tmp_path: Path) -> None:
    archive = tmp_path / "news.jsonl"
    text = "LIMA, May 4 — Peru’s president, Ada Quist, said on Monday that the treaty would be signed."
    archive.write_text(json.dumps({"id": "a", "text": text, "published": "2026-05-05"}) + "\n", encoding="utf-8")
    said = {}
    for format in ("jsonl", "parquet", "csv"):
        out = tmp_path / format
        assert invoke("code", archive, "-o", out, "--format", format, "--workers", "1")[0] == 0
        said[format] = [{**one, "context": None} for one in found("said", out, "--by", "Quist")]
    assert said["jsonl"] == said["parquet"] == said["csv"]
    assert "the treaty would be signed" in said["jsonl"][0]["content"]


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_tables_hold_how_sure_each_side_is(tmp_path: Path, format: Format) -> None:
    first, second, *others = year_reports()
    reports = [unsure(first, 0.95, 0.6), unsure(second, 0.72, 0.4), *others]
    write_part(reports, tmp_path / "tables", 0, format, {})
    told = [one for said in found("said", tmp_path / "tables", "--confidence", "0") for one in said["positions"]]
    kept = sorted((one["evidence"], one["confidence"], one["whole_confidence"]) for one in told)
    held = [p for report in reports for said in report.statements for p in said.positions]
    assert kept == sorted((one.evidence.text, one.confidence, one.whole_confidence) for one in held)


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_tables_from_before_sides_had_a_confidence_show_all_they_have(tmp_path: Path, format: Format) -> None:
    write_part(year_reports(), tmp_path / "tables", 0, format, {})
    (part,) = (tmp_path / "tables" / "statements").iterdir()
    if format == "parquet":
        parquet.write_table(parquet.read_table(part).drop_columns(LATER), part)
    else:
        with part.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        with part.open("w", encoding="utf-8", newline="") as stream:
            left = [name for name in rows[0] if name not in LATER]
            writer = csv.DictWriter(stream, left, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    assert found("positions", "all", tmp_path / "tables")["positions"] == 202


def test_one_process_pipes_into_the_other() -> None:
    command = [sys.executable, "-m", "legation", "positions", "arms-control", "-"]
    report = report_to_json(strait_report(), indent=None)
    done = subprocess.run(command, input=report, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0 and "Tomas Verrin: 1 against" in done.stdout
