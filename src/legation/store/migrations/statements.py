"""The statements of a migration, which lie beside it as SQL, a file for each database."""

from importlib.resources import files

from alembic import op


def run(name: str) -> None:
    """Runs the statements of a file, parted by blank lines, in the dialect of the database."""
    file = f"{name}.{op.get_bind().dialect.name}.sql"
    whole = (files("legation") / "store" / "migrations" / "versions" / file).read_text(encoding="utf-8")
    for statement in whole.split("\n\n"):
        op.execute(statement)
