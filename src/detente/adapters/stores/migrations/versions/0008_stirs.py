"""When what is known of a pair was last touched; indexes for what lies ahead and for the newest documents."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# The days of the pairs that some rows of a table tell of are touched: their number becomes the pair's greatest and one.
STIR = """
    INSERT INTO stir
    SELECT pair, known_on, 1 + coalesce((SELECT max(number) FROM stir AS other WHERE other.pair = touched.pair), 0)
    FROM {table} AS touched WHERE {which}
    ON CONFLICT (pair, known_on) DO UPDATE SET number = excluded.number;
"""
ITSELF = "(SELECT {row}.pair AS pair, {row}.known_on AS known_on)"
# A text speaks for its copies: it may name whom they have it from.
COPIES = "document IN (SELECT id FROM document WHERE story IN ({stories}))"
DETAILS = "outlet, title, published_on, url, story, credit, fate, fate_on, superseded_by"


def upgrade() -> None:
    """Adds the table, which begins empty, its triggers and the indexes."""
    op.create_table(
        "stir",
        sa.Column("pair", sa.Text, primary_key=True),
        sa.Column("known_on", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Index("stir_number", "pair", "number"),
        sqlite_with_rowid=False,
    )
    for when, row in (("INSERT", "new"), ("DELETE", "old")):
        for table in ("bearing", "coverage"):
            _trigger(f"{when} ON {table}", ITSELF.format(row=row), "true")
        _trigger(f"{when} ON lapse", "bearing", f"record = {row}.record")
        _trigger(f"{when} ON problem", "coverage", f"document = {row}.document")
    _trigger("UPDATE OF happening ON bearing", ITSELF.format(row="new"), "true")
    copies = COPIES.format(stories="old.story, new.story")
    _trigger(f"UPDATE OF {DETAILS} ON document", "coverage", f"document = new.id OR {copies}")
    _trigger("DELETE ON document", "coverage", COPIES.format(stories="old.story"))
    op.execute("CREATE INDEX bearing_ahead ON bearing (pair, latest) WHERE kind IN ('agenda_item', 'measure')")
    op.execute("CREATE INDEX document_published ON document (published_on DESC, id)")


def _trigger(when: str, table: str, which: str) -> None:
    """Has every such change of a row touch what these rows of the table tell of."""
    verb, changed = when.split(maxsplit=1)[0].lower(), when.rsplit(maxsplit=1)[-1]
    op.execute(f"CREATE TRIGGER {changed}_{verb}_stirs AFTER {when} BEGIN {STIR.format(table=table, which=which)} END")
