"""Undated texts are listed by their words: what they tell is grouped anew from the records."""

from alembic import op

revision = "0009"
down_revision = "0008"

UNDATED = "SELECT number FROM record WHERE known_on IS NULL"


def upgrade() -> None:
    """Takes out what is made of the records of undated texts; the store makes it anew after the last migration."""
    op.execute(f"DELETE FROM listing WHERE record IN ({UNDATED})")  # noqa: S608 names of our own schema
    op.execute("DELETE FROM coverage WHERE known_on = 'undated'")
    for table in ("bearing", "member"):
        op.execute(f"DELETE FROM {table} WHERE record IN ({UNDATED})")  # noqa: S608 as above
