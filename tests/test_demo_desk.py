"""The demo desk shows what it says, on three of its stories, and fails where it does not."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from examples.desk import __main__ as program
from examples.desk import server
from examples.desk.demo import MARK, PAIR, Demo
from examples.desk.stories import FOLDER, News, load_news
from legation.desk.folder import Desk
from legation.store.events import EventQuery

MOMENTS = tuple(
    datetime(2031, month, day, 12, tzinfo=UTC) for month, day in ((3, 3), (3, 15), (3, 16), (4, 3), (4, 21))
)


def stories(folder: Path, *numbers: str) -> News:
    (folder / "stories").mkdir(parents=True)
    shutil.copy(FOLDER / "feeds.toml", folder)
    for number in numbers:
        (path,) = (FOLDER / "stories").glob(f"{number}-*.txt")
        shutil.copy(path, folder / "stories")
    return load_news(folder)


def test_three_stories_are_collected_asked_judged_and_read_again(tmp_path: Path) -> None:
    news, lines = stories(tmp_path / "news", "01", "03", "09"), list[str]()
    counts = Demo(news, tmp_path / "desk", lines.append, MOMENTS, MOMENTS[1]).run()
    told = "\n".join(lines)
    assert counts["articles new"] == len(news.versions)
    assert counts["articles edited"] == counts["articles of which two versions were read"] == 1
    assert 0 < counts["events of the pair then"] < counts["events of the pair"] < counts["events"]
    assert counts["read again"] == len(news.versions)
    assert "12 requests; 12 were answered 304, not modified." in told
    assert "$ legation events --between USA PRK --as-of 2031-03-15" in told
    assert "version 2, 'North Korea replies to U.S. through New York channel, names Geneva as venue'." in told
    assert "$ legation judge list" in told
    assert told.count(" A. Analyst: ") == 2
    assert lines[-1].endswith(f"--desk {tmp_path / 'desk'}")
    with Desk(tmp_path / "desk") as desk:
        found = desk.store.events(EventQuery(between=PAIR), most=1000).rows
        assert len(found) == counts["events of the pair"] - 2
        assert {event.model for event in found} == {"2.11.0-thorough"}


def test_a_second_collection_that_fetches_something_ends_the_demo_with_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    news = stories(tmp_path / "news", "03")
    monkeypatch.setattr(program, "load_news", lambda: news)
    monkeypatch.setattr(server, "is_unchanged", lambda page, headers: False)
    assert program.main([str(tmp_path / "desk")]) == 1
    told = capsys.readouterr()
    assert "This step does not show what it should. Something was fetched anew." in told.err
    assert "0 were answered 304" in told.out


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letters").write_text("mine", encoding="utf-8")
    assert program.main([str(tmp_path)]) == 2
    assert "is not empty, and no earlier demo made it. Name another folder." in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]
    assert MARK not in {path.name for path in tmp_path.iterdir()}
