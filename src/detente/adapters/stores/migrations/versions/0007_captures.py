"""When and where the bytes of each document were taken down, and their hash."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds a table beside the documents; of those that are there already nothing is known."""
    op.create_table(
        "capture",
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("at", sa.Text),
        sa.Column("place", sa.Text),
        sa.Column("digest", sa.Text),
        sqlite_with_rowid=False,
    )
