"""A brief as JSON, its records and evidence included."""

import json

from detente.telling.brief_page import Brief


def write_json(brief: Brief) -> str:
    """The brief's fields; keys are sorted, so that the same brief gives the same bytes."""
    table = brief.to_dict() | {"checksum": brief.checksum}
    return json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
