"""What the documents say is so: commands, options and files they name exist, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
import typer

from legation import __version__, cli

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    path
    for folder in (ROOT, *(ROOT / name for name in ("docs", "docs/decisions", "examples", "examples/desk", "corpus")))
    for path in folder.glob("*.md")
)
COMMAND = typer.main.get_command(cli.app)
VERBS = {
    (name, *inner): command
    for name, outer in COMMAND.commands.items()  # type: ignore[attr-defined]
    for inner, command in [((), outer), *(((n,), c) for n, c in getattr(outer, "commands", {}).items())]
}
OPTIONS = {
    option
    for command in (COMMAND, *VERBS.values())
    for parameter in command.params
    for option in (*parameter.opts, *parameter.secondary_opts)
} | {"--help", "-h"}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "examples/README.md"])
def test_the_document_is_there(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_option_named_exists(page: Path) -> None:
    for line in re.findall(r"^\s*(?:\$ )?(legation [^\n`]*)", page.read_text(encoding="utf-8"), re.M):
        words = shlex.split(line, comments=True)
        assert words[1].startswith("-") or words[1] in COMMAND.commands, line  # type: ignore[attr-defined]
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= OPTIONS, line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_named_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    named = re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M)
    assert set(named) <= targets


def test_every_verb_and_option_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for verb, command in VERBS.items():
        assert f"legation {' '.join(verb)}" in readme
        for parameter in command.params:
            assert all(option in readme for option in parameter.opts if option.startswith("--")), parameter.opts


def test_the_changelog_knows_this_version() -> None:
    assert f"\n## {__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_whole() -> None:
    words = (ROOT / "LICENSE").read_text(encoding="utf-8").split()
    assert words[:4] == ["Apache", "License", "Version", "2.0,"]
    assert len(words) > 1500


def test_decisions_are_numbered_and_dated() -> None:
    notes = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, note in enumerate(notes, 1):
        title, dated = note.read_text(encoding="utf-8").split("\n\n")[:2]
        assert note.name.startswith(f"{number:04}-")
        assert title.startswith(f"# {number}. ")
        assert date.fromisoformat(dated.partition(",")[0]) >= date(2026, 11, 23)


def test_the_example_says_that_it_is_invented() -> None:
    text = (ROOT / "examples" / "strait.txt").read_text(encoding="utf-8")
    assert "invented" in text.strip().splitlines()[-1].lower()
    assert len(text.split()) >= 650


def test_the_example_is_read_with_the_day_its_documents_name() -> None:
    day = re.search(r"strait\.txt --published (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert day is not None
    assert f"--published {day[1]}" in (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
