"""The tables of the SQLite ledger, as the newest migration leaves them."""

import sqlalchemy as sa

HEAD = "0009"  # the newest migration in migrations/versions

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
    sa.Column("story", sa.Text),  # the first document that carries the same text, nearly
    sa.Column("credit", sa.Text),  # the outlet that it names as its source
    sa.Index("document_story", "story"),
    sa.Column("correction", sa.Text),  # JSON: what it says of its own correction or withdrawal
    sa.Column("superseded_by", sa.Text),  # the latest version of the document, where this is an older one
    sa.Index("document_url", "url", "published_on"),
    sa.Column("fate", sa.Text),  # corrected, withdrawn or updated by a later text
    sa.Column("fate_on", sa.Text),
    sa.Column("fate_by", sa.Text),
    sa.Index("document_title", "outlet", "title"),
    sa.Index("document_published", sa.text("published_on DESC"), "id"),
    sa.Index("document_correction", "outlet", sqlite_where=sa.text("correction IS NOT NULL")),
)

capture = sa.Table(  # when and where the bytes of a document were taken down
    "capture",
    metadata,
    sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("at", sa.Text),  # UTC
    sa.Column("place", sa.Text),  # the address that answered
    sa.Column("digest", sa.Text),  # SHA-256 of the bytes
    sqlite_with_rowid=False,
)

lapse = sa.Table(  # the records that count no longer from a day on, because their article was corrected or withdrawn
    "lapse",
    metadata,
    sa.Column("record", sa.Integer, sa.ForeignKey("record.number", ondelete="CASCADE"), primary_key=True),
    sa.Column("since", sa.Text, nullable=False),
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
    sa.Column(
        "number", sa.Integer, primary_key=True
    ),  # in the order of entry, so that what points at it grows at its end
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
    sa.Column("body", sa.Text, nullable=False),  # the record as JSON
    sqlite_autoincrement=True,
)


def _number() -> sa.Column[int]:
    return sa.Column(
        "record", sa.Integer, sa.ForeignKey("record.number", ondelete="CASCADE"), nullable=False, index=True
    )


party = sa.Table(
    "party",
    metadata,
    _number(),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("state", sa.Text),
    sa.Column("sector", sa.Text),
    sa.Column("office", sa.Text),
    sa.Column("organisation", sa.Text),
    sa.Column("person", sa.Text),
)

issue = sa.Table(
    "issue",
    metadata,
    _number(),
    sa.Column("theme", sa.Text, nullable=False),
    sa.Column("subject", sa.Text),
    sa.Column("label", sa.Text, nullable=False),
)

# Which happening each record is in, and the traits by which it is compared (msgpack).
member = sa.Table(
    "member",
    metadata,
    sa.Column("record", sa.Integer, sa.ForeignKey("record.number", ondelete="CASCADE"), primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("happening", sa.Integer, index=True),  # the number of its first record
    sa.Column("known", sa.Integer, nullable=False),
    sa.Column("traits", sa.LargeBinary, nullable=False),
)

# Where a record is listed: those that share a key and whose days meet can be of one happening.
listing = sa.Table(
    "listing",
    metadata,
    _number(),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("width", sa.Integer, nullable=False),  # place in `grouping.WIDTHS`
    sa.Column("first", sa.Integer, nullable=False),
    sa.Column("last", sa.Integer, nullable=False),
    sa.Index("listing_key", "key", "width", "first", "last", "record"),
)

# The pairs that a record bears on, with what is counted by; `known_on` of an undated document is "undated".
bearing = sa.Table(
    "bearing",
    metadata,
    sa.Column("pair", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("known_on", sa.Text, primary_key=True),
    sa.Column("record", sa.Integer, sa.ForeignKey("record.number", ondelete="CASCADE"), primary_key=True, index=True),
    sa.Column("factuality", sa.Text, nullable=False),
    sa.Column("voice", sa.Text, nullable=False),
    sa.Column("earliest", sa.Text),
    sa.Column("latest", sa.Text),
    sa.Column("happening", sa.Integer),
    sa.Column("label", sa.Text),  # of its first issue
    sa.Column("between", sa.Boolean, nullable=False),  # whether both states take part
    sa.Column("from_title", sa.Boolean, nullable=False),
    sa.Index("bearing_ahead", "pair", "latest", sqlite_where=sa.text("kind IN ('agenda_item', 'measure')")),
    sqlite_with_rowid=False,
)

# The documents that bear on a pair, with the number of their records that do: all, by voice, and the positions of each
# side of the pair.
coverage = sa.Table(
    "coverage",
    metadata,
    sa.Column("pair", sa.Text, primary_key=True),
    sa.Column("known_on", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True),
    sa.Column("outlet", sa.Text),
    *(
        sa.Column(name, sa.Integer, nullable=False)
        for name in ("records", "reported", "attributed", "unnamed", "author", "first_held", "second_held")
    ),
    sqlite_with_rowid=False,
)

# When what is known of a pair from documents of a day was last touched: a number that grows with every write that
# bears on the pair. Triggers keep it, so that whoever keeps an answer can see whether it still holds.
stir = sa.Table(
    "stir",
    metadata,
    sa.Column("pair", sa.Text, primary_key=True),
    sa.Column("known_on", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Index("stir_number", "pair", "number"),
    sqlite_with_rowid=False,
)

# By which near copies of a text are found.
signature = sa.Table(
    "signature",
    metadata,
    sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("known", sa.Integer, nullable=False),
    sa.Column("values", sa.LargeBinary, nullable=False),
)

band = sa.Table(
    "band",
    metadata,
    sa.Column("hash", sa.Integer, primary_key=True),
    sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
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

# What a user decided. Triggers keep both tables from being changed.
decision = sa.Table(
    "decision",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("verb", sa.Text, nullable=False),
    sa.Column("change", sa.Text, nullable=False),  # JSON: pairs of field and value
    sa.Column("undoes", sa.Integer),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),  # UTC
    sqlite_autoincrement=True,
)

anchor = sa.Table(
    "anchor",
    metadata,
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

# Which record each decision rests on now; follows from the two above, and is made anew with each coding.
rest = sa.Table(
    "rest",
    metadata,
    sa.Column("decision", sa.Integer, sa.ForeignKey("decision.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("record", sa.Text, nullable=False, index=True),
)

# Records as they were coded, where another stands in `record`, or none.
aside = sa.Table(
    "aside",
    metadata,
    sa.Column("record", sa.Text, primary_key=True),
    sa.Column("document", sa.Text, sa.ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, index=True),  # decision, rule, version
    sa.Column("posted_at", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)

memory = sa.Table(
    "memory",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
