"""How sure a position is as a whole; of what is kept already nobody knows."""

from legation.store.migrations.statements import run

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Makes the column."""
    run("v0005")
