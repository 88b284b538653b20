"""Entities of FollowTheMoney, one a line: documents, who acts, what took place, sanctions, and notes."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from detente.adapters.exporters.account import Account, cited, encoded, web_address
from detente.adapters.exporters.flat import parties
from detente.codebook.exchange import alpha2_codes, load_exchange
from detente.ledger.happenings import Happening
from detente.records import Actor, Document, Event, Measure, Position, Record, Statement, Voice
from detente.telling.words import Words

LANGUAGES = {"en": "eng"}  # ISO 639-3, which FollowTheMoney asks for

Entity = dict[str, Any]


def write(account: Account) -> bytes:
    """Entities in the order of their ids, each once.

    FollowTheMoney knows no plans: an Event took place. Statements and positions, for which it has no schema, are Notes
    on who holds them. `proof` is the Article that the words stand in.
    """
    entities: dict[str, Entity] = {}
    for document in account.documents:
        _put(entities, _article(document))
    for happening in account.happenings:
        for entity in _told(happening, account):
            _put(entities, entity)
    lines = (json.dumps(entities[id_], ensure_ascii=False, sort_keys=True) for id_ in sorted(entities))
    return encoded("".join(f"{line}\n" for line in lines))


def _put(entities: dict[str, Entity], entity: Entity) -> None:
    """Adds the entity; of one that is there, the values it does not have yet."""
    there = entities.setdefault(entity["id"], entity)
    for name, values in entity["properties"].items():
        there["properties"][name] = list(dict.fromkeys([*there["properties"].get(name, []), *values]))


def _entity(id_: str, schema: str, **properties: Any) -> Entity:
    """An entity; None and empty values are left out, single ones become lists."""
    listed = {name: [value] if isinstance(value, str) else list(value or ()) for name, value in properties.items()}
    filled = {name: [one for one in values if one] for name, values in listed.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in filled.items() if values}}


def _article(document: Document) -> Entity:
    return _entity(
        f"document-{document.id}",
        "Article",
        title=document.title or f"Document {document.id[:8]}",
        author=document.byline,
        publisher=document.outlet,
        publishedAt=document.published_on.isoformat() if document.published_on else None,
        modifiedAt=document.updated_on.isoformat() if document.updated_on else None,
        sourceUrl=web_address(document),
        language=LANGUAGES.get(document.language or ""),
    )


def _told(happening: Happening, account: Account) -> Iterator[Entity]:
    """The entities of one happening: those who take part, and what they did, imposed, said or hold."""
    head = happening.head
    if head.voice is Voice.AUTHOR:
        return
    names = account.known.words
    who, whom = (tuple(_actor(actor, names) for actor in actors) for actors in parties(head))
    proof = [f"document-{id_}" for id_ in happening.documents]
    match head:
        case Event() if head.factuality.is_actual:
            yield _event(happening, head, account, [e["id"] for e in (*who, *whom)], proof)
        case Measure() if head.kind in load_exchange().sanctions and whom:
            yield _sanction(happening, head, account, [e["id"] for e in whom], proof)
        case Position() | Statement() if who:
            yield _note(happening, head, account, [e["id"] for e in who], proof)
        case _:
            return
    yield from (*who, *whom)


def _event(happening: Happening, head: Event, account: Account, involved: list[str], proof: list[str]) -> Entity:
    when = happening.when
    return _entity(
        f"event-{happening.id}",
        "Event",
        name=account.line(happening).text,
        startDate=when.earliest.isoformat() if when and when.earliest else None,
        endDate=when.latest.isoformat() if when and when.latest else None,
        country=_country(head.where),
        involved=involved,
        summary=[cited(account.document(record), record.evidence[0]) for record in happening.records],
        keywords=[head.event_type.value.lower(), *account.labels(happening.records)],
        publisher=sorted({account.document(r).outlet or "" for r in happening.records} - {""}),
        sourceUrl=sorted(filter(None, {web_address(account.document(r)) for r in happening.records})),
        proof=proof,
    )


def _sanction(happening: Happening, head: Measure, account: Account, targets: list[str], proof: list[str]) -> Entity:
    starts = [step.when.earliest for step in head.steps if step.step == "in force" and step.when]
    return _entity(
        f"sanction-{happening.id}",
        "Sanction",
        entity=targets,
        authority=[account.known.words.actor(actor) for actor in head.imposers],
        country=[code for actor in head.imposers if (code := _country(actor.state))],
        program=head.name or head.kind,
        status=head.standing,
        startDate=[day.isoformat() for day in starts if day],
        summary=[cited(account.document(record), record.evidence[0]) for record in happening.records],
        proof=proof,
    )


def _note(happening: Happening, head: Record, account: Account, holders: list[str], proof: list[str]) -> Entity:
    return _entity(
        f"note-{happening.id}",
        "Note",
        entity=holders,
        name=account.line(happening).text,
        description=[cited(account.document(record), record.evidence[0]) for record in happening.records],
        createdAt=head.known_on.isoformat() if head.known_on else None,
        publisher=sorted({account.document(r).outlet or "" for r in happening.records} - {""}),
        proof=proof,
    )


def _actor(actor: Actor, words: Words) -> Entity:
    """The entity of an actor: a person, a body of a state, a state, an organisation, or whoever the words name."""
    country = _country(actor.state)
    if actor.person:
        office = (actor.office or "").replace("_", " ")
        held = f"former {office}" if office and actor.former else office
        id_ = _id("person", actor.state, actor.person)
        return _entity(id_, "Person", name=actor.person, country=country, position=held)
    if actor.organisation:
        schema = "PublicBody" if actor.state else "Organization"
        return _entity(_id("body", actor.state, actor.organisation), schema, name=actor.organisation, country=country)
    if actor.state:
        return _entity(f"state-{actor.state}", "PublicBody", name=words.state(actor.state), country=country)
    return _entity(_id("actor", None, actor.words), "LegalEntity", name=actor.words)


def _id(kind: str, state: str | None, name: str) -> str:
    """An id made of the name, the same in every export."""
    digest = hashlib.sha256(f"{state or ''}/{name}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{kind}-{digest}"


def _country(state: str | None) -> str | None:
    """ISO 3166 alpha-2 in small letters."""
    code = alpha2_codes().get(state or "")
    return code.lower() if code else None
