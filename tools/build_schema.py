"""Writes the JSON Schema of records into the package's data: python tools/build_schema.py."""

import json
from pathlib import Path

from detente.records.schema import record_schema

OUT = Path(__file__).resolve().parents[1] / "src" / "detente" / "data" / "schema" / "record.json"


def text() -> str:
    """The file's text."""
    return json.dumps(record_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    OUT.write_text(text(), encoding="utf-8")
