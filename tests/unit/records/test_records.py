"""Records check themselves, and survive the way to JSON and back."""

import dataclasses

import pytest
from records_for_tests import agenda, day, document, event, position

from detente.records import Evidence, Span, Voice, record_from_dict

SOURCE = document("The two sides met on Friday. They will meet again. China wants the tariffs lifted.")
RECORDS = [
    event(SOURCE, "The two sides met on Friday.", when=day("2019-11-01", "on Friday")),
    agenda(SOURCE, "They will meet again."),
    position(SOURCE, "the tariffs lifted"),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.record)
def test_json_and_back_gives_an_equal_record(record):
    again = record_from_dict(record.to_dict())
    assert again == record
    assert again.evidence == record.evidence
    assert again.provenance == record.provenance


def test_absent_fields_are_left_out():
    assert "when" not in RECORDS[1].to_dict()
    assert RECORDS[0].to_dict()["when"]["earliest"] == "2019-11-01"


def test_a_record_needs_evidence():
    with pytest.raises(ValueError, match="without evidence"):
        dataclasses.replace(RECORDS[0], evidence=())


def test_an_attributed_record_needs_a_teller():
    with pytest.raises(ValueError, match="without a teller"):
        dataclasses.replace(RECORDS[0], voice=Voice.ATTRIBUTED)


def test_confidence_is_a_chance():
    with pytest.raises(ValueError, match="outside"):
        dataclasses.replace(RECORDS[0], confidence=1.5)


@pytest.mark.parametrize(("start", "end", "quote"), [(0, 3, "They"), (-1, 3, "They"), (0, 0, "")])
def test_a_quote_fills_its_place(start, end, quote):
    with pytest.raises(ValueError, match="cannot hold"):
        Span(start=start, end=end, quote=quote)
    with pytest.raises(ValueError, match="cannot hold"):
        Evidence(document="d", start=start, end=end, quote=quote)


def test_evidence_and_provenance_do_not_count_in_equality():
    moved = Evidence(document=SOURCE.id, start=0, end=3, quote="The")
    assert dataclasses.replace(RECORDS[0], evidence=(moved,)) == RECORDS[0]


def test_a_date_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="ends before"):
        dataclasses.replace(day("2019-11-01"), latest=day("2019-10-01").latest)
