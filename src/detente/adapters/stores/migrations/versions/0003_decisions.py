"""Decisions and the words they rest on, coded records where others count, later versions of a document."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# What a user decided is never changed; it goes only with the document that it speaks of.
GUARDS = (
    "CREATE TRIGGER decision_unchanged BEFORE UPDATE ON decision BEGIN "
    "SELECT RAISE(ABORT, 'a decision is never changed'); END",
    "CREATE TRIGGER anchor_unchanged BEFORE UPDATE ON anchor BEGIN "
    "SELECT RAISE(ABORT, 'a decision is never changed'); END",
    "CREATE TRIGGER anchor_stays BEFORE DELETE ON anchor "
    "WHEN EXISTS (SELECT 1 FROM document WHERE id = old.document) BEGIN "
    "SELECT RAISE(ABORT, 'a decision stays as long as its document'); END",
    "CREATE TRIGGER decision_stays BEFORE DELETE ON decision "
    "WHEN EXISTS (SELECT 1 FROM anchor WHERE decision = old.id) "
    "OR EXISTS (SELECT 1 FROM decision AS other WHERE other.id = old.undoes) BEGIN "
    "SELECT RAISE(ABORT, 'a decision stays as long as its document'); END",
)


def upgrade() -> None:
    """Adds the tables, the mark of older versions and the guards."""
    _decisions()
    _effects()
    op.add_column("document", sa.Column("superseded_by", sa.Text))
    op.create_index("document_url", "document", ["url", "published_on"])
    for statement in GUARDS:
        op.execute(statement)


def _decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "anchor",
        sa.Column("decision", sa.Integer, sa.ForeignKey("decision.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("quote", "before", "after", "label", "parties")),
        sa.Column("alone", sa.Boolean, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )


def _effects() -> None:
    op.create_table(
        "rest",
        sa.Column("decision", sa.Integer, sa.ForeignKey("decision.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("record", sa.Text, nullable=False, index=True),
    )
    op.create_table(
        "aside",
        sa.Column("record", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False, index=True),
        sa.Column("posted_at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table("memory", sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))
