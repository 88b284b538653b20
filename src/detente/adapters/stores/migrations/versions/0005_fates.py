"""What became of each article, and from when its records count no longer."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    """Adds the columns and the table; the store fills them after the last migration."""
    for name in ("fate", "fate_on", "fate_by"):
        op.add_column("document", sa.Column(name, sa.Text))
    op.create_index("document_title", "document", ["outlet", "title"])
    op.create_index("document_correction", "document", ["outlet"], sqlite_where=sa.text("correction IS NOT NULL"))
    op.create_table(
        "lapse",
        sa.Column("record", sa.Integer, sa.ForeignKey("record.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("since", sa.Text, nullable=False),
    )
