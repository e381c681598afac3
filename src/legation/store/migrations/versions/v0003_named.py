"""Whom each reading names, so that everybody is counted from an index."""

from legation.store.migrations.statements import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the table with its rows, and indexes."""
    run("v0003")
