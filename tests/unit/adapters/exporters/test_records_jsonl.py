"""Records out and in again are equal, and fit the schema that ships."""

import json

import jsonschema
from accounts_for_tests import RECORDS, account

from detente.adapters.exporters.records_jsonl import write
from detente.records import record_from_dict
from detente.records.schema import record_schema


def lines() -> list[dict]:
    return [json.loads(line) for line in write(account()).decode().split("\n")[:-1]]


def test_export_then_import_gives_equal_records():
    whole = {record.id: record for record in RECORDS}
    back = {table["id"]: record_from_dict(table) for table in lines()}
    assert back == whole
    assert {id_: record.evidence for id_, record in back.items()} == {
        id_: record.evidence for id_, record in whole.items()
    }


def test_every_line_fits_the_schema():
    for table in lines():
        jsonschema.validate(table, record_schema())
