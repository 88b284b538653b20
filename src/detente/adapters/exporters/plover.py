"""Events in the JSON of PLOVER, one a line."""

import json
from typing import Any

from detente.adapters.exporters.account import Account, encoded, web_address
from detente.codebook.exchange import load_exchange
from detente.ledger.happenings import Happening
from detente.records import Actor, Event, without_none


def write(account: Account) -> bytes:
    """One happening a line: a summit of twenty is one event with a list of actors.

    `modality` says whether it took place: planned, hypothetical, negated and historical events are there too. What the
    text does not date has no `date`. A mode that PLOVER lacks is left out.
    """
    told = [h for h in account.happenings if isinstance(h.head, Event)]
    lines = (json.dumps(_event(h, account), ensure_ascii=False, sort_keys=True) for h in told)
    return encoded("".join(f"{line}\n" for line in lines))


def _event(happening: Happening, account: Account) -> dict[str, Any]:
    head = happening.head
    assert isinstance(head, Event)  # noqa: S101 `write` sees to it
    evidence, document, when = head.evidence[0], account.document(head), happening.when
    mode = load_exchange().modes.get(f"{head.event_type}/{head.mode}")
    event: dict[str, Any] = without_none(
        {
            "id": happening.id,
            "date": when.earliest.isoformat() if when and when.earliest else None,
            "enddate": when.latest.isoformat() if when and when.latest else None,
            "actor": [_actor(actor) for actor in head.initiators],
            "recipient": [_actor(actor) for actor in head.targets],
            "event": [head.event_type.value],
            "mode": [mode] if mode else [],
            "context": contexts(head),
            "event_loc": {"country": head.where} if head.where else None,
            "quad_code": int(head.quad),
            "event_scale": head.intensity,
            "modality": load_exchange().modality[head.factuality.value],
            "text": evidence.quote,
            "text_info": {"document": evidence.document, "start": evidence.start, "end": evidence.end},
            "cite_info": {
                "source": document.outlet,
                "title": document.title,
                "date": document.published_on.isoformat() if document.published_on else None,
                "url": web_address(document),
            },
            "coder": head.provenance.coder,
            "comment": account.line(happening).note or None,
        }
    )
    return event


def _actor(actor: Actor) -> dict[str, Any]:
    fields = {"code": actor.state, "sector": actor.sector, "entity_text": actor.words, "name": actor.person}
    return {name: value for name, value in fields.items() if value}


def contexts(event: Event) -> list[str]:
    """PLOVER's contexts for the themes of the event, each once."""
    known = load_exchange().contexts
    return list(dict.fromkeys(known[issue.theme] for issue in event.issues if issue.theme in known))
