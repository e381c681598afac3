"""The units for systemd that ship in the package name verbs and settings that exist."""

from __future__ import annotations

import configparser
from importlib.resources import files

import pytest
import typer

from legation import cli

UNITS = {each.name: each.read_text("utf-8") for each in (files("legation") / "data" / "systemd").iterdir()}


def unit(name: str) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(UNITS[name])
    return parsed


def test_there_are_a_service_and_a_timer_with_its_own() -> None:
    assert sorted(UNITS) == ["legation-collect.service", "legation-collect.timer", "legation.service"]


@pytest.mark.parametrize("name", ["legation.service", "legation-collect.service"])
def test_a_service_runs_a_verb_that_exists_and_may_write_to_its_desk_alone(name: str) -> None:
    service = unit(name)["Service"]
    verb = service["ExecStart"].split()[1]
    assert verb in typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    assert service["Environment"] == f"LEGATION_DESK={service['ReadWritePaths']}"
    assert service["ProtectSystem"] == "strict"


def test_the_timer_begins_a_round_every_half_hour() -> None:
    assert unit("legation-collect.timer")["Timer"]["OnCalendar"] == "*:0/30"
