"""The first tables."""

from alembic import op

from legation.store.dialect import guard_statements, index_statements
from legation.store.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes all tables, their indexes and guards, and the full-text indexes."""
    connection = op.get_bind()
    metadata.create_all(connection)
    dialect = connection.dialect.name
    for statement in (*guard_statements(dialect, sorted(metadata.tables)), *index_statements(dialect)):
        op.execute(statement)
