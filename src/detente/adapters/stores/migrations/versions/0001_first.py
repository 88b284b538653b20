"""The first schema: documents, passages with full-text search, records, parties, issues, problems."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WORDS = (
    "CREATE VIRTUAL TABLE passage_words USING fts5(text, content='passage', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN "
    "INSERT INTO passage_words(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER passage_gone AFTER DELETE ON passage BEGIN "
    "INSERT INTO passage_words(passage_words, rowid, text) VALUES ('delete', old.id, old.text); END",
)


def upgrade() -> None:
    """Makes the tables."""
    _documents()
    _records()
    _problems()
    for statement in WORDS:
        op.execute(statement)


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("outlet", "title", "byline", "published_on", "updated_on")),
        *(sa.Column(name, sa.Text) for name in ("url", "language")),
        sa.Column("genre", sa.Text, nullable=False),
        sa.Column("blocks", sa.Text, nullable=False),
        sa.Column("pair", sa.Text),
        sa.Column("path", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("coder", "model", "data", "posted_at")),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )


def _records() -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("factuality", sa.Text, nullable=False),
        sa.Column("voice", sa.Text, nullable=False),
        sa.Column("earliest", sa.Text),
        sa.Column("latest", sa.Text),
        sa.Column("known_on", sa.Text, index=True),
        sa.Column("on_pair", sa.Boolean, nullable=False),
        sa.Column("pair", sa.Text),
        sa.Column("posted_at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "party",
        sa.Column("record", sa.Text, sa.ForeignKey("record.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("role", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("state", "sector", "office", "organisation", "person")),
        sa.Index("party_state", "state", "record"),
    )
    op.create_table(
        "issue",
        sa.Column("record", sa.Text, sa.ForeignKey("record.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("theme", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("label", sa.Text, nullable=False, index=True),
    )


def _problems() -> None:
    op.create_table(
        "problem",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), index=True),
        sa.Column("path", sa.Text),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("quote", sa.Text),
        sa.Column("posted_at", sa.Text, nullable=False),
    )
