"""Each rule of an event is told in words."""

import dataclasses

from records_for_tests import document, event, position

from detente.codebook.event_lexicon import Complement, Operator, load_event_lexicon
from detente.codebook.factuality import load_factuality
from detente.codebook.rule_texts import ACTS, FRAMES, describe_rule, rule_lines
from detente.records import Provenance, Record

TEXT = document("The talks with China were held in Vienna on Monday.")
MADE = Provenance(coder="c", model="m", data="d", rules=("sanction.tariff", "old-date", "accuse"))


def told(record: Record) -> list[str]:
    return rule_lines(dataclasses.replace(record, provenance=MADE))


def test_every_row_and_cue_has_words_and_a_place() -> None:
    for row in load_event_lexicon().rows:
        assert "[lang/en/events/" in str(describe_rule(row.id)), row.id
    for cue in load_factuality().cues:
        assert describe_rule(cue.id), cue.id


def test_every_operator_and_complement_is_explained() -> None:
    assert set(ACTS) == set(Operator)
    assert set(FRAMES) == set(Complement)


def test_an_event_opens_its_rules_and_other_records_list_theirs() -> None:
    lines = told(event(TEXT, "The talks with China"))
    assert lines[0] == "Rules: sanction.tariff, old-date, accuse"
    assert "any tariff tells of SANCTION" in lines[1]
    assert len(lines) == 4
    assert told(position(TEXT, "The talks with China")) == lines[:1]


def test_a_rule_that_nobody_knows_has_no_words() -> None:
    assert describe_rule("no-such-rule") is None
