"""The tables of the SQLite ledger, as the newest migration leaves them."""

import sqlalchemy as sa

HEAD = "0001"  # the newest migration in migrations/versions

metadata = sa.MetaData()

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("outlet", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("byline", sa.Text),
    sa.Column("published_on", sa.Text),
    sa.Column("updated_on", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("genre", sa.Text, nullable=False),
    sa.Column("blocks", sa.Text, nullable=False),  # JSON
    sa.Column("pair", sa.Text),  # "CHN-USA": the pair it was read for
    sa.Column("path", sa.Text),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("posted_at", sa.Text, nullable=False),  # UTC
)

passage = sa.Table(
    "passage",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

record = sa.Table(
    "record",
    metadata,
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
    sa.Column("body", sa.Text, nullable=False),  # the record as JSON
)

party = sa.Table(
    "party",
    metadata,
    sa.Column("record", sa.Text, sa.ForeignKey("record.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("state", sa.Text),
    sa.Column("sector", sa.Text),
    sa.Column("office", sa.Text),
    sa.Column("organisation", sa.Text),
    sa.Column("person", sa.Text),
    sa.Index("party_state", "state", "record"),
)

issue = sa.Table(
    "issue",
    metadata,
    sa.Column("record", sa.Text, sa.ForeignKey("record.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("theme", sa.Text, nullable=False),
    sa.Column("subject", sa.Text),
    sa.Column("label", sa.Text, nullable=False, index=True),
)

problem = sa.Table(
    "problem",
    metadata,
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
