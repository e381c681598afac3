"""A desk: a folder with its settings and its store, found from where one stands, made, and opened."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from legation.errors import NoDeskError, StoreError, UsageError
from legation.store import Store
from legation.store.dialect import sqlite_url
from legation.system import drafts, text_of

SETTINGS, DATABASE, VARIABLE = "desk.toml", "desk.db", "LEGATION_DESK"
_TEMPLATE = "data/desk.toml"


def _now() -> datetime:
    return datetime.now(UTC)


class Desk:
    """A desk in a folder, which is there.

    `settings` is what its desk.toml says. The store is opened when it is first asked for. Raises NoDeskError where
    there is no desk, UsageError where its settings cannot be read.
    """

    def __init__(self, path: str | os.PathLike[str], *, clock: Callable[[], datetime] = _now) -> None:
        self.path = Path(path)
        self._clock = clock
        if not (self.path / SETTINGS).is_file():
            raise NoDeskError(
                f"There is no desk in {self.path}. `legation init {self.path}` makes one.", subject=str(self.path)
            )
        self.settings = _settings(self.path / SETTINGS)

    @classmethod
    def find(cls, given: str | os.PathLike[str] | None = None) -> Desk:
        """The desk that is meant: `given`, else that of LEGATION_DESK, else that of the current folder or of the
        nearest one around it."""
        named = given or os.environ.get(VARIABLE)
        if named:
            return cls(named)
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / SETTINGS).is_file():
                return cls(folder)
        raise NoDeskError(
            f"There is no desk in {here} or around it. Make one with `legation init`, or name one with --desk or in "
            f"{VARIABLE}.",
            subject=str(here),
        )

    @cached_property
    def store(self) -> Store:
        """The store, opened. Raises StoreError where it is missing, damaged or of another version."""
        url = self.store_url
        return Store.open(sqlite_url(self.path / DATABASE) if url is None else url, clock=self._clock)

    @property
    def store_url(self) -> str | None:
        """The URL of the store, None for the file beside the settings."""
        found = self.settings.get("store")
        if found is not None and not isinstance(found, str):
            raise UsageError(f"{self.path / SETTINGS}: `store` must be a URL in quotation marks.")
        return found

    @property
    def analyst(self) -> str | None:
        """Who judges on this desk where nobody else is named."""
        found = self.settings.get("analyst")
        return found if isinstance(found, str) and found else None

    def close(self) -> None:
        """Lets go of the store."""
        if "store" in self.__dict__:
            self.store.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Made:
    """What `make_desk` did: the folder, whether it is new, and the revision the store had, None for a new store."""

    path: Path
    new: bool
    before: str | None


def make_desk(path: str | os.PathLike[str], *, store: str | None = None) -> Made:
    """Makes a desk in a folder, which is made too; a desk that is there is brought up to date.

    Raises UsageError where a desk that is there has another store, StoreError where the store cannot be made.
    """
    folder = Path(path)
    settings = folder / SETTINGS
    new = not settings.is_file()
    if not new:
        store = _same_store(folder, store)
    elif store is not None:
        _demand_url(store)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made, before = Store.create(store or sqlite_url(folder / DATABASE))
        made.close()
        if new:
            with drafts() as kept:
                kept.beside(settings).write_text(_new_settings(store), encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(f"{folder} cannot be written: {error.strerror}.", subject=str(folder)) from error
    return Made(folder, new, before)


def _demand_url(given: str) -> None:
    try:
        backend = make_url(given).get_backend_name()
    except ArgumentError:
        backend = ""
    if backend != "postgresql":
        raise UsageError(
            f"{given!r} is no URL of a PostgreSQL database, such as postgresql://desk@localhost/desk. Without --store "
            "the desk keeps everything in a file of its own.",
            subject=given,
        )


def _same_store(folder: Path, store: str | None) -> str | None:
    kept = Desk(folder).store_url
    if store is not None and store != kept:
        raise UsageError(
            f"The desk in {folder} keeps its store {'in ' + DATABASE if kept is None else 'at another URL'}. To change "
            f"that, edit {SETTINGS}; nothing is moved by it.",
            subject=store,
        )
    return kept


def _new_settings(store: str | None) -> str:
    template = (files("legation") / _TEMPLATE).read_text(encoding="utf-8")
    if store is None:
        return template
    written = '"' + store.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return template.replace('# store = "postgresql://desk@localhost/desk"', f"store = {written}")


def _settings(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text_of(path, UsageError))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not TOML: {error}.", subject=str(path)) from error
