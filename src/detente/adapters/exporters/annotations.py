"""Each record on its passage: W3C Web Annotations."""

import json
from typing import Any

from detente.adapters.exporters.account import Account, encoded, web_address
from detente.adapters.exporters.flat import type_of
from detente.ledger.happenings import Happening
from detente.records import Evidence, Record

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters on either side, by which the words are found again in a text that moved
GENERATOR = "détente"


def write(account: Account) -> bytes:
    """A page of annotations, one a record, in the order of the happenings.

    Positions count characters (code points) of the stored text. The target is the document on the web where it has an
    address there, else the stored one.
    """
    page = {
        "@context": CONTEXT,
        "id": f"urn:detente:annotations:{'-'.join(account.pair)}:{account.known.as_of.isoformat()}",
        "type": "AnnotationPage",
        "items": [_annotation(happening, record, account) for happening, record in account.records],
    }
    return encoded(json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _annotation(happening: Happening, record: Record, account: Account) -> dict[str, Any]:
    tags = [record.record, type_of(record), record.factuality.value, record.voice.value, *account.labels((record,))]
    annotation: dict[str, Any] = {
        "id": f"urn:detente:record:{record.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {"type": "Software", "name": GENERATOR},
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "value": account.line(happening).text,
            },
            *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags if tag),
        ],
        "target": [_target(evidence, record, account) for evidence in record.evidence],
    }
    if record.known_on:
        annotation["created"] = f"{record.known_on.isoformat()}T00:00:00Z"
    return annotation


def _target(evidence: Evidence, record: Record, account: Account) -> dict[str, Any]:
    document, text = account.document(record), account.text_of(evidence.document)
    stored = f"urn:detente:document:{evidence.document}"
    return {
        "source": web_address(document) or stored,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": evidence.quote,
                "prefix": text[max(0, evidence.start - AROUND) : evidence.start],
                "suffix": text[evidence.end : evidence.end + AROUND],
            },
            {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end},
        ],
        "state": {"type": "TimeState", "cached": stored},
    }
