"""What each document gives a pair, counted; listings kept apart by length. Both are made anew from the records."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COUNTED = ("records", "reported", "attributed", "unnamed", "author", "first_held", "second_held")


def upgrade() -> None:
    """Empties what follows from the records; the store fills it again after the last migration."""
    for table in ("listing", "coverage"):
        op.drop_table(table)
    for table in ("bearing", "member"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 names of our own schema
    op.create_table(
        "listing",
        sa.Column("record", sa.Integer, sa.ForeignKey("record.number", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Index("listing_key", "key", "width", "first", "last", "record"),
    )
    op.create_table(
        "coverage",
        sa.Column("pair", sa.Text, primary_key=True),
        sa.Column("known_on", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True),
        sa.Column("outlet", sa.Text),
        *(sa.Column(name, sa.Integer, nullable=False) for name in COUNTED),
        sqlite_with_rowid=False,
    )
