"""Decisions in the SQLite ledger: kept, found by document, and laid over the records that count."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from detente.adapters.stores.schema import anchor, aside, decision, document, memory, problem, record, rest
from detente.ledger.decision import Anchor, Decision, Verb
from detente.ledger.overlay import Aside, Laid, Reason, lay
from detente.ledger.port import Posting, Query
from detente.records import Actor, Document, Event, Record, Trouble, record_from_json
from detente.settings import RejectRule

RULES = "rules of rejection"  # the name under which `memory` keeps those that are laid
ROLES = ("initiators", "targets", "speaker", "addressee", "holder", "imposers", "participants")


def insert_decision(connection: sa.Connection, made: Decision) -> int:
    """Its number; appends the decision and its anchors."""
    row = {
        "verb": made.verb.value,
        "change": msgspec.json.encode(made.change).decode(),
        "undoes": made.undoes,
        "why": made.why,
        "made_by": made.by,
        "made_at": made.at.isoformat(),
    }
    number: int = connection.execute(sa.insert(decision).values(row)).inserted_primary_key[0]  # type: ignore[index]
    for place, item in enumerate(made.anchors):
        connection.execute(sa.insert(anchor).values(msgspec.to_builtins(item) | {"decision": number, "place": place}))
    return number


def decisions_of(connection: sa.Connection, id_: str | None = None) -> list[Decision]:
    """The decisions that point into a document, with those that undo them; without an id all, by number."""
    chosen = sa.select(decision).order_by(decision.c.id)
    if id_ is None:
        anchors = _anchors(connection, None)
        return [_decision(row, tuple(anchors[row.id])) for row in connection.execute(chosen)]
    return decisions_numbered(connection, sa.select(anchor.c.decision).where(anchor.c.document == id_))


def decisions_numbered(connection: sa.Connection, numbers: Any) -> list[Decision]:
    """The decisions with these numbers, with those that undo them."""
    chosen = sa.select(decision).order_by(decision.c.id)
    rows = list(connection.execute(chosen.where(decision.c.id.in_(numbers))))
    fresh = [row.id for row in rows]
    while fresh:  # an undoing can be undone in its turn
        more = list(connection.execute(chosen.where(decision.c.undoes.in_(fresh))))
        rows, fresh = rows + more, [row.id for row in more]
    anchors = _anchors(connection, [row.id for row in rows])
    return [_decision(row, tuple(anchors[row.id])) for row in rows]


def last_by(connection: sa.Connection, by: str) -> Decision | None:
    """The last decision in force that somebody made; from the newest on only as far back as need be."""
    undone: set[int] = set()
    on = decision.c
    chosen = sa.select(on.id, on.undoes, on.made_by).where((on.made_by == by) | on.undoes.is_not(None))
    chosen = chosen.order_by(on.id.desc())
    with connection.execution_options(stream_results=True).execute(chosen) as rows:
        for number, undoes, made_by in rows:
            if number in undone:
                continue
            if undoes is not None:
                undone.add(undoes)
            elif made_by == by:
                return next(one for one in decisions_numbered(connection, [number]) if one.number == number)
    return None


def forget_decisions(connection: sa.Connection, id_: str) -> None:
    """The decisions about a document that is gone go with it, and what undid them."""
    connection.execute(sa.delete(anchor).where(anchor.c.document == id_))
    anchored = sa.exists().where(anchor.c.decision == rest.c.decision, anchor.c.place == rest.c.place)
    connection.execute(sa.delete(rest).where((rest.c.document == id_) | ~anchored))
    while True:
        other = decision.alias()
        held = sa.exists().where(anchor.c.decision == decision.c.id)
        undone = sa.exists().where(other.c.id == decision.c.undoes)
        if not connection.execute(sa.delete(decision).where(~held, ~undone)).rowcount:
            return


def resting_on(connection: sa.Connection, id_: str) -> list[int]:
    """The numbers of the decisions that rest on a record."""
    return list(connection.scalars(sa.select(rest.c.decision).where(rest.c.record == id_).order_by(rest.c.decision)))


def mergers(connection: sa.Connection) -> list[tuple[Verb, list[str]]]:
    """The mergers and splits in the order they were made, each with the records that it rests on, as they are now.

    A split begins with the record that was split off; where that is not there, there is nothing to part.
    """
    columns = (rest.c.decision, rest.c.place, decision.c.verb, rest.c.record)
    chosen = sa.select(*columns).join(decision, decision.c.id == rest.c.decision)
    verbs = [Verb.MERGE.value, Verb.SPLIT.value]
    rows = connection.execute(chosen.where(decision.c.verb.in_(verbs)).order_by(rest.c.decision, rest.c.place))
    found: dict[int, tuple[Verb, list[str]]] = {}
    for row in rows:
        if row.decision in found or row.place == 0 or row.verb == Verb.MERGE.value:
            found.setdefault(row.decision, (Verb(row.verb), []))[1].append(row.record)
    return list(found.values())


def tied_in(connection: sa.Connection, id_: str) -> set[str]:
    """The records of a document that mergers and splits rest on."""
    chosen = sa.select(rest.c.record).join(decision, decision.c.id == rest.c.decision)
    verbs = [Verb.MERGE.value, Verb.SPLIT.value]
    return set(connection.scalars(chosen.where(rest.c.document == id_, decision.c.verb.in_(verbs))))


def coded_records(connection: sa.Connection, id_: str) -> list[Record]:
    """The records of a document as they were coded, in text order."""
    kept = sa.select(aside.c.body).where(aside.c.document == id_)
    others = sa.select(record.c.body).where(
        record.c.document == id_, record.c.id.not_in(sa.select(aside.c.record).where(aside.c.document == id_))
    )
    bodies = [*connection.scalars(kept), *connection.scalars(others)]
    return sorted((read_body(body) for body in bodies), key=lambda r: (r.evidence[0].start, r.id))


def first_posted(connection: sa.Connection, id_: str) -> dict[str, str]:
    """When each record of a document was posted first."""
    there = sa.select(record.c.id, record.c.posted_at).where(record.c.document == id_)
    kept = sa.select(aside.c.record, aside.c.posted_at).where(aside.c.document == id_)
    return {row[0]: row[1] for chosen in (there, kept) for row in connection.execute(chosen)}


def clear_document(connection: sa.Connection, id_: str) -> None:
    """Takes out what was laid for a document, but for the records that count: they are written anew as a whole."""
    for table in (aside, rest):
        connection.execute(sa.delete(table).where(table.c.document == id_))
    lost = problem.c.trouble == Trouble.LOST_EVIDENCE.value
    connection.execute(sa.delete(problem).where(problem.c.document == id_, lost))


def aside_row(item: Aside, posting: Posting) -> dict[str, Any]:
    """The row of a record that does not count as it was coded."""
    return {
        "record": item.record.id,
        "document": posting.document.id,
        "kind": item.record.record,
        "reason": item.reason.value,
        "posted_at": posting.posted_at.isoformat(),
        "body": msgspec.json.encode(item.record.to_dict()).decode(),
    }


def coded_aside(connection: sa.Connection, query: Query) -> dict[str, Record | None]:
    """What stands aside by decision or rule, by id: the record as coded, None where the query does not ask for it.

    An older version of a document is asked only where it is asked for by its id.
    """
    chosen = sa.select(aside, document.c.pair).join(document, document.c.id == aside.c.document)
    if query.document is None:
        chosen = chosen.where(aside.c.reason.in_([Reason.DECISION.value, Reason.RULE.value]))
    else:
        chosen = chosen.where(aside.c.document == query.document)
    rows = connection.execute(chosen)
    return {row.record: item if _asked(item := read_body(row.body), row, query) else None for row in rows}


# Rules of rejection


def laid_rules(connection: sa.Connection) -> tuple[RejectRule, ...]:
    """The rules that the records that count were made by."""
    kept = connection.execute(sa.select(memory.c.value).where(memory.c.name == RULES)).scalar()
    return msgspec.json.decode(kept, type=tuple[RejectRule, ...]) if kept else ()


def keep_rules(connection: sa.Connection, rules: Sequence[RejectRule]) -> None:
    """Notes the rules that the records that count are made by."""
    connection.execute(sa.delete(memory).where(memory.c.name == RULES))
    connection.execute(sa.insert(memory).values(name=RULES, value=msgspec.json.encode(rules).decode()))


def documents_of_rules(connection: sa.Connection, rules: Iterable[RejectRule]) -> list[str]:
    """The documents that may hold what a rule rejects, or held what one did."""
    found = set(connection.scalars(sa.select(aside.c.document).where(aside.c.reason == Reason.RULE.value)))
    for rule in rules:
        chosen = sa.select(record.c.document).distinct()
        if rule.kind:
            chosen = chosen.where(record.c.kind == rule.kind)
        if rule.outlet:
            ids = sa.select(document.c.id).where(sa.func.lower(document.c.outlet) == rule.outlet.lower())
            chosen = chosen.where(record.c.document.in_(ids))
        has_type = rule.kind not in (None, "statement")  # whose types stand in the body as they are
        for words in (rule.type if has_type else None, rule.words):
            # The body is JSON: what its escapes may hide is looked for by the rule itself.
            if words and words.isascii() and words.isprintable() and '"' not in words and "\\" not in words:
                chosen = chosen.where(sa.func.instr(sa.func.lower(record.c.body), words.lower()) > 0)
        found |= set(connection.scalars(chosen))
    return sorted(found)


# Versions of a document


def newer_of(connection: sa.Connection, id_: str) -> str | None:
    """The version that speaks in a document's place; None where it speaks itself."""
    found: str | None = connection.execute(sa.select(document.c.superseded_by).where(document.c.id == id_)).scalar()
    return found


def lay_document(connection: sa.Connection, item: Document, coded: Sequence[Record]) -> Laid:
    """What counts of a document's coded records, by the decisions, rules and versions in the ledger."""
    older: list[str] = []
    if item.url and item.published_on:
        same = document.c.url == item.url, document.c.published_on == item.published_on.isoformat()
        chosen = sa.select(document.c.id).where(*same, document.c.superseded_by == item.id)
        older = list(connection.scalars(chosen.order_by(document.c.id)))
    made = {d.number: d for id_ in (*older, item.id) for d in decisions_of(connection, id_)}
    return lay(
        item,
        coded,
        decisions=list(made.values()),
        rules=laid_rules(connection),
        older=older,
        is_superseded=newer_of(connection, item.id) is not None,
    )


def settle_versions(connection: sa.Connection, url: str | None, published_on: str | None) -> list[str]:
    """Marks all texts of one address and day but the latest as older versions; the ids whose mark changed.

    The latest is the one updated last, then the longest: it must not depend on the order in which they came.
    """
    if not url or not published_on:
        return []
    same = sa.select(document.c.id, document.c.text, document.c.updated_on, document.c.superseded_by)
    rows = list(connection.execute(same.where(document.c.url == url, document.c.published_on == published_on)))
    if not rows:
        return []
    latest = max(rows, key=lambda row: (row.updated_on or published_on, len(row.text), row.text, row.id))
    changed = []
    for row in rows:
        mark = None if row.text == latest.text else latest.id
        if mark != row.superseded_by:
            connection.execute(sa.update(document).where(document.c.id == row.id).values(superseded_by=mark))
            changed.append(row.id)
    return changed


def read_body(body: str) -> Record:
    """The record of a body."""
    return record_from_json(body)


def _asked(item: Record, row: Any, query: Query) -> bool:
    """What `choosing` asks of the tables, asked of a record."""
    known, when, pair = item.known_on, item.when, query.pair or ("", "")
    entered = query.posted_since.isoformat() if query.posted_since else ""
    earliest, latest = (when.earliest, when.latest) if when else (None, None)
    conditions = (
        (True, lambda: (known is None) == query.undated),
        (query.kinds, lambda: item.record in query.kinds),
        (query.factualities, lambda: item.factuality.value in query.factualities),
        (query.as_of, lambda: known is None or known <= (query.as_of or known)),
        (query.since, lambda: known is None or known >= (query.since or known)),
        (query.due_from, lambda: latest is not None and latest >= (query.due_from or latest)),
        (query.due_until, lambda: earliest is not None and earliest <= (query.due_until or earliest)),
        (query.is_dated is not None, lambda: (latest is not None) == query.is_dated),
        (query.posted_since, lambda: row.posted_at >= entered),
        (query.document, lambda: row.document == query.document),
        (query.labels, lambda: bool(item.issues) and item.issues[0].label in query.labels),
        (query.between, lambda: isinstance(item, Event) and set(pair) <= _states(item)),
        (query.pair, lambda: _bears_on(item, row.pair, pair)),
    )
    return all(condition() for asked, condition in conditions if asked)


def _bears_on(item: Record, read_for: str | None, pair: tuple[str, str]) -> bool:
    return (item.on_pair and read_for == "-".join(pair)) or set(pair) <= _states(item)


def _states(item: Record) -> set[str]:
    found = [getattr(item, role, None) or () for role in ROLES]
    actors = [actor for value in found for actor in ((value,) if isinstance(value, Actor) else value)]
    return {actor.state for actor in actors if actor.state}


def _anchors(connection: sa.Connection, numbers: Sequence[int] | None) -> dict[int, list[Anchor]]:
    """The anchors of decisions by their number, in order; of all decisions without numbers."""
    chosen = sa.select(anchor).order_by(anchor.c.decision, anchor.c.place)
    if numbers is not None:
        chosen = chosen.where(anchor.c.decision.in_(numbers))
    names = ("document", "kind", "start", "end", "quote", "before", "after", "label", "parties", "alone", "record")
    found: dict[int, list[Anchor]] = defaultdict(list)
    for row in connection.execute(chosen) if numbers != [] else ():
        found[row.decision].append(Anchor(**{name: row._mapping[name] for name in names}))
    return found


def _decision(row: Any, anchors: tuple[Anchor, ...]) -> Decision:
    return Decision(
        number=row.id,
        verb=Verb(row.verb),
        anchors=anchors,
        change=msgspec.json.decode(row.change, type=tuple[tuple[str, str], ...]),
        undoes=row.undoes,
        why=row.why,
        by=row.made_by,
        at=dt.datetime.fromisoformat(row.made_at),
    )
