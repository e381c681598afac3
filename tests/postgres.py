"""A PostgreSQL server of Debian's package, private to the tests: in a temporary folder, without a port, not as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

PROGRAMS = Path("/usr/lib/postgresql")
_NUMBERS = count(1)


class Server:
    """A server that runs; it makes databases."""

    def __init__(self, folder: Path, user: str) -> None:
        self.folder, self.user = folder, user

    def url(self, database: str) -> str:
        """The URL of a database."""
        return f"postgresql://{self.user}@/{database}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """A new database, a copy of another; its name."""
        name = f"desk_{next(_NUMBERS)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Takes a database away, whoever still uses it: a hundred of them fill a gigabyte."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running_server() -> Iterator[Server]:
    """A server, started and in the end stopped. Fails, with the remedy, where the package is missing."""
    programs = _programs()
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    # The path of a socket may not be long, as pytest's folders are.
    folder = Path(tempfile.mkdtemp(prefix="legation-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, user)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c shared_buffers=32MB"
    data = folder / "data"
    try:
        _run(user, programs / "initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        _run(user, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield Server(folder, user)
        finally:
            _run(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = sorted(PROGRAMS.glob("*/bin/pg_ctl"))
    if not found:
        pytest.fail(
            "The tests need PostgreSQL. On Debian: sudo apt-get install postgresql; `make test` does it as root."
        )
    return found[-1].parent


def _run(user: str, *command: str | Path) -> None:
    """Runs a program as a user: PostgreSQL refuses to be root."""
    known = pwd.getpwnam(user)
    as_other = {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [*map(str, command)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if "pg_ctl" not in str(command[0]) else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        text=True,
        **as_other,  # type: ignore[call-overload]
    )
    if done.returncode:
        pytest.fail(f"{command[0]} failed: {done.stdout}")
