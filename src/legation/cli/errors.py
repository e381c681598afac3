"""How every verb ends: errors as sentences on stderr, and exit codes."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from legation.errors import LegationError

PARTLY, INTERRUPTED, PIPE_CLOSED = 3, 130, 141


@contextmanager
def reporting_errors() -> Iterator[None]:
    """Turns errors into sentences on stderr and exit codes."""
    try:
        yield
        sys.stdout.flush()
    except LegationError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt:
        typer.echo("Interrupted.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.ENOSPC):
            raise typer.Exit(_explain(error)) from error
        _abandon_stdout()
        if error.errno == errno.ENOSPC:
            typer.echo("Standard output cannot be written: no space is left.", err=True)
        raise typer.Exit(PIPE_CLOSED if error.errno == errno.EPIPE else 1) from None
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        raise typer.Exit(_explain(error)) from error


def _explain(error: Exception) -> int:
    """Says what to do about a bug, and gives the exit code; raises it again where LEGATION_DEBUG is set."""
    if os.environ.get("LEGATION_DEBUG"):
        raise error
    typer.echo(
        f"Legation failed in a way it should not ({type(error).__name__}: {error}). This is a bug: please "
        "report it on the project's issue tracker, with what it prints when LEGATION_DEBUG=1 is set.",
        err=True,
    )
    return 1


def _abandon_stdout() -> None:
    """What is still buffered must not fail once more when Python closes stdout."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
