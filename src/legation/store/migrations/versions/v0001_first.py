"""The first tables, their indexes and guards, and the full-text indexes."""

from legation.store.migrations.statements import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes them."""
    run("v0001")
