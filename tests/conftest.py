"""What all tests share: the hypothesis profile, the model, loaded once for each process, and a user who may not read all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from postgres import Server, running_server

from legation.errors import ModelError
from legation.read.reader import TextReader
from legation.store import Store
from legation.store.dialect import sqlite_url

# A CI machine may be slow, and what fails there must fail again here.
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session")
def reader() -> TextReader:
    """The read stage with the shipped model."""
    try:
        return TextReader.load(threads=1)
    except ModelError as error:
        pytest.fail(f"{error} To make it anew from a training run: python -m training.export --run FOLDER")


@pytest.fixture
def bound_by_permissions() -> Iterator[None]:
    """Root may read everything, so that for a moment it is nobody."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(65534)
    yield
    os.seteuid(own)


# ---------------------------------------------------------------- stores


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Server) -> str:
    """A database with a store in it that nothing was written to."""
    name = postgres.new_database()
    Store.create(postgres.url(name))[0].close()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file."""
    path = tmp_path_factory.mktemp("template") / "desk.db"
    Store.create(sqlite_url(path))[0].close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new store, once of each kind."""
    if request.param == "sqlite":
        target = tmp_path / "desk.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), target)
        yield sqlite_url(target).render_as_string()
        return
    server: Server = request.getfixturevalue("postgres")
    name = server.new_database(request.getfixturevalue("postgres_template"))
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A new store, opened, once of each kind."""
    with Store.open(store_url) as opened:
        yield opened
