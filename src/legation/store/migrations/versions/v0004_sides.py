"""How sure the side of a position is; of what is kept already nobody knows, and it was sure."""

from legation.store.migrations.statements import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the column."""
    run("v0004")
