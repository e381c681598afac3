"""Which versions of Legation read the same as one before them."""

from legation.store.migrations.statements import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes the table."""
    run("v0002")
