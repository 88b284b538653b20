"""What a new coding changed, told record by record."""

from dataclasses import replace

from records_for_tests import MADE, agenda, document, event

from detente.ledger.recoding import compare, versions_told
from detente.records import EventType, Factuality, Provenance

SOURCE = document("The two sides met on Friday. They will meet again.")
MET = event(SOURCE, "The two sides met on Friday.")
AGAIN = agenda(SOURCE, "They will meet again.")


def test_the_same_coding_changed_nothing():
    assert compare([MET, AGAIN], [AGAIN, MET]) == []


def test_other_versions_alone_change_nothing():
    assert compare([MET], [replace(MET, provenance=replace(MADE, data="newer"))]) == []


def test_a_record_read_otherwise_is_changed_and_says_in_what():
    told = replace(MET, factuality=Factuality.PLANNED, provenance=replace(MADE, rules=("cue.plan",)))
    (change,) = compare([MET], [told])
    assert change.sort == "changed"
    assert change.fields == (("factuality", "happened", "planned"),)
    assert change.rules == ("+cue.plan",)


def test_a_new_type_on_the_same_words_is_a_change():
    retyped = replace(MET, id="0" * 32, event_type=EventType.AGREE)
    (change,) = compare([MET, AGAIN], [retyped, AGAIN])
    assert change.fields == (("event_type", "CONSULT", "AGREE"),)


def test_moved_words_are_no_change():
    moved = document("Teaser. " + SOURCE.text)
    again = replace(agenda(moved, "They will meet again."), evidence=AGAIN.evidence)
    assert compare([AGAIN], [again]) == []


def test_gone_and_new_in_text_order():
    assert [(c.sort, c.record.record) for c in compare([MET], [AGAIN])] == [("gone", "event"), ("new", "agenda_item")]


def test_versions_that_differ_are_named():
    before, after = Provenance(coder="1", model="m", data="a"), Provenance(coder="2", model="m", data="b")
    assert versions_told(before, after) == "coder 1 → 2, data a → b"
    assert versions_told(after, after) == ""
