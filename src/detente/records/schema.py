"""The JSON Schema of records, as it ships in data/schema/record.json."""

from typing import Any

import msgspec

from detente.records import RECORD_TYPES, Difference

DRAFT = "https://json-schema.org/draft/2020-12/schema"
REFERENCE = "#/$defs/{name}"


def record_schema() -> dict[str, Any]:
    """A schema that every `Record.to_dict()` and `Difference.to_dict()` fits; the field `record` tells the kind."""
    kinds = [*RECORD_TYPES.items(), (Difference.record, Difference)]
    refs, definitions = msgspec.json.schema_components([type_ for _, type_ in kinds], ref_template=REFERENCE)
    for (kind, _), ref in zip(kinds, refs, strict=True):
        table = definitions[ref["$ref"].rpartition("/")[2]]
        table["properties"] = {"record": {"const": kind}, **table["properties"]}
        table["required"] = ["record", *table["required"]]
    return {
        "$schema": DRAFT,
        "title": "détente record",
        "description": "One record of détente; absent fields are left out.",
        "oneOf": list(refs),
        "$defs": definitions,
    }
