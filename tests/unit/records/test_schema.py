"""The shipped schema is the one the types give, and every record fits it."""

import copy
import json

import jsonschema
import pytest
from records_for_tests import agenda, day, document, event, position

from detente.codebook.files import data_file
from detente.records.schema import record_schema

SHIPPED = json.loads(data_file("schema/record.json").read_text(encoding="utf-8"))
SOURCE = document("The two sides met on Friday. They will meet again. China wants the tariffs lifted.")
RECORDS = [
    event(SOURCE, "The two sides met on Friday.", when=day("2019-11-01")),
    agenda(SOURCE, "They will meet again."),
    position(SOURCE, "the tariffs lifted"),
]


def test_the_shipped_schema_is_up_to_date():
    assert json.loads(json.dumps(record_schema())) == SHIPPED, "Type: python tools/build_schema.py"


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.record)
def test_a_record_fits(record):
    jsonschema.validate(record.to_dict(), SHIPPED)


@pytest.mark.parametrize("change", [{"record": "rumour"}, {"evidence": None}, {"factuality": "perhaps"}, {"id": 7}])
def test_what_is_no_record_does_not_fit(change):
    table = copy.deepcopy(RECORDS[0].to_dict()) | change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(table, SHIPPED)
