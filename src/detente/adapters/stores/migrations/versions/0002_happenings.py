"""Records by number, the happening of each, and which pairs each bears on."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

RECORD = "id, document, kind, start, factuality, voice, earliest, latest, known_on, on_pair, pair, posted_at, body"


def upgrade() -> None:
    """Gives each record a number, by which other tables know it, and makes the tables that group them."""
    _renumber()
    _grouping()
    _witnesses()


def _renumber() -> None:
    for table in ("record", "party", "issue"):
        op.rename_table(table, f"old_{table}")
    for index in ("ix_record_document", "ix_record_known_on", "ix_party_record", "party_state", "ix_issue_record"):
        op.execute(f"DROP INDEX {index}")
    op.execute("DROP INDEX ix_issue_label")
    op.create_table(
        "record",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
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
        sqlite_autoincrement=True,
    )
    op.create_table(
        "party",
        _number(),
        sa.Column("role", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("state", "sector", "office", "organisation", "person")),
    )
    op.create_table(
        "issue",
        _number(),
        sa.Column("theme", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("label", sa.Text, nullable=False),
    )
    op.execute(f"INSERT INTO record ({RECORD}) SELECT {RECORD} FROM old_record ORDER BY rowid")  # noqa: S608 names of our own schema
    for table, rest in (
        ("party", "role, state, sector, office, organisation, person"),
        ("issue", "theme, subject, label"),
    ):
        op.execute(
            f"INSERT INTO {table} (record, {rest}) SELECT record.number, {rest} "  # noqa: S608 as above
            f"FROM old_{table} JOIN record ON record.id = old_{table}.record"
        )
    for table in ("party", "issue", "record"):
        op.drop_table(f"old_{table}")


def _grouping() -> None:
    op.create_table(
        "member",
        sa.Column("record", sa.Integer, sa.ForeignKey("record.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("happening", sa.Integer, index=True),
        sa.Column("known", sa.Integer, nullable=False),
        sa.Column("traits", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "listing",
        _number(),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("wide", sa.Boolean, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Index("listing_key", "key", "wide", "first", "last", "record"),
    )
    op.create_table(
        "bearing",
        sa.Column("pair", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("known_on", sa.Text, primary_key=True),
        sa.Column(
            "record", sa.Integer, sa.ForeignKey("record.number", ondelete="CASCADE"), primary_key=True, index=True
        ),
        sa.Column("factuality", sa.Text, nullable=False),
        sa.Column("voice", sa.Text, nullable=False),
        sa.Column("earliest", sa.Text),
        sa.Column("latest", sa.Text),
        sa.Column("happening", sa.Integer),
        sa.Column("label", sa.Text),
        sa.Column("between", sa.Boolean, nullable=False),
        sa.Column("from_title", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "coverage",
        sa.Column("pair", sa.Text, primary_key=True),
        sa.Column("known_on", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True),
        sa.Column("records", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def _witnesses() -> None:
    for name in ("story", "credit", "correction"):
        op.add_column("document", sa.Column(name, sa.Text))
    op.create_index("document_story", "document", ["story"])
    op.create_table(
        "signature",
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("known", sa.Integer, nullable=False),
        sa.Column("values", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "band",
        sa.Column("hash", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )


def _number() -> sa.Column[int]:
    return sa.Column(
        "record", sa.Integer, sa.ForeignKey("record.number", ondelete="CASCADE"), nullable=False, index=True
    )
