"""Decisions: where they hold on, what they do to records, what undoing does."""

import datetime as dt
from dataclasses import replace

import pytest
from records_for_tests import CHN, USA, agenda, day, document, event, position

from detente.errors import UsageError
from detente.ledger.anchors import NO_RECORD, NO_WORDS, SEVERAL, find_again, find_record
from detente.ledger.decision import Decision, Verb, anchor_of, in_force
from detente.ledger.overlay import Reason, lay
from detente.ledger.relabel import FIELDS, read_when, relabel
from detente.ledger.rules import fits
from detente.records import EventType, Factuality, Quad, Trouble
from detente.settings import RejectRule

AT = dt.datetime(2024, 3, 5, 12, tzinfo=dt.UTC)
TEXT = "The two sides met on Friday. They will meet again. The two sides met on Friday. China wants the tariffs lifted."
SOURCE = document(TEXT)
MET = event(SOURCE, TEXT[:28])
AGAIN = agenda(SOURCE, "They will meet again.")
WANTS = position(SOURCE, "China wants the tariffs lifted.")
CODED = (MET, AGAIN, WANTS)


def decision(verb: Verb, *records, number: int = 1, text=SOURCE, beside=CODED, **more) -> Decision:
    anchors = tuple(anchor_of(record, text, beside) for record in records)
    return Decision(verb=verb, anchors=anchors, by="ann", at=AT, number=number, **more)


# Where a decision holds on


def test_the_same_text_gives_the_same_place():
    anchor = anchor_of(MET, SOURCE, CODED)
    assert find_again(TEXT, anchor) == (0, 28)
    assert find_record(anchor, (0, 28), CODED) == MET


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A new teaser stands above. " + TEXT, (27, 55)),
        (TEXT.replace("met on Friday. They", "met\non  Friday. They"), (0, 29)),
        (TEXT[29:], (22, 50)),  # it stands only once: the surroundings need not agree
        ("Nothing of it.", None),
    ],
)
def test_words_are_found_again_by_quote_and_surroundings(text, place):
    assert find_again(text, anchor_of(MET, SOURCE, CODED)) == place


def test_of_two_equal_places_in_equal_surroundings_none_is_chosen():
    anchor = replace(anchor_of(MET, SOURCE, CODED), before="", after="")
    moved = "x" + TEXT
    assert find_again(moved, replace(anchor, before="zzz")) is None


def test_another_coding_is_recognised_by_type_or_as_the_only_one():
    anchor = anchor_of(MET, SOURCE, CODED)
    place = find_again(TEXT, anchor)
    told_apart = replace(MET, id="0" * 32, initiators=(CHN,), targets=(USA,))
    assert find_record(anchor, place, [told_apart]) == told_apart
    retyped = replace(MET, id="1" * 32, event_type=EventType.AGREE)
    assert find_record(anchor, place, [retyped]) == retyped
    assert find_record(replace(anchor, alone=False), place, [retyped]) == NO_RECORD
    assert find_record(anchor, place, [told_apart, replace(told_apart, id="2" * 32)]) == SEVERAL
    assert find_record(anchor, place, [AGAIN]) == NO_RECORD
    assert find_record(anchor, None, CODED) == NO_WORDS


# What it does


def test_without_decisions_all_counts_as_it_was_coded():
    laid = lay(SOURCE, CODED)
    assert (laid.records, laid.aside, laid.rests, laid.lost) == (CODED, (), [], [])


def test_what_is_rejected_stands_aside():
    laid = lay(SOURCE, CODED, decisions=[decision(Verb.REJECT, MET)])
    assert laid.records == (AGAIN, WANTS)
    assert [(item.record, item.reason) for item in laid.aside] == [(MET, Reason.DECISION)]


def test_the_last_word_on_a_record_holds():
    made = [decision(Verb.REJECT, MET, number=1), decision(Verb.ACCEPT, MET, number=2)]
    assert lay(SOURCE, CODED, decisions=made).records[0].confidence == 1.0
    assert lay(SOURCE, CODED, decisions=[*made, decision(Verb.REJECT, MET, number=3)]).records == (AGAIN, WANTS)


def test_changes_pile_up_and_are_named():
    made = [
        decision(Verb.REDATE, MET, number=1, change=(("when", "2019-10"),)),
        decision(Verb.RELABEL, MET, number=2, change=(("event_type", "AGREE"),)),
    ]
    (told, *_) = lay(SOURCE, CODED, decisions=made).records
    assert told.event_type is EventType.AGREE
    assert told.when.latest == dt.date(2019, 10, 31)
    assert told.decided == ("when", "event_type")
    assert (told.id, told.evidence, told.known_on) == (MET.id, MET.evidence, MET.known_on)


def test_undoing_restores_and_can_be_undone():
    made = [decision(Verb.REJECT, MET, number=1)]
    undo = Decision(verb=Verb.UNDO, undoes=1, by="ann", at=AT, number=2)
    redo = Decision(verb=Verb.UNDO, undoes=2, by="ann", at=AT, number=3)
    assert lay(SOURCE, CODED, decisions=[*made, undo]).records == CODED
    assert in_force([*made, undo, redo]) == made
    assert in_force([redo, undo, *made]) == made


def test_a_decision_without_words_is_a_problem_and_changes_nothing():
    other = replace(SOURCE, text="All other words. " + TEXT[51:])
    (wants,) = (position(other, "China wants the tariffs lifted."),)
    laid = lay(other, [wants], decisions=[decision(Verb.RELABEL, AGAIN, change=(("kind", "visit"),))])
    assert laid.records == (wants,)
    assert [problem.trouble for problem in laid.lost] == [Trouble.LOST_EVIDENCE]
    assert "decision 1 (relabel kind=visit, ann, 2024-03-05)" in laid.lost[0].message


def test_rejecting_what_is_no_longer_coded_is_no_problem():
    assert lay(SOURCE, [AGAIN], decisions=[decision(Verb.REJECT, MET)]).lost == []
    assert len(lay(SOURCE, [AGAIN], decisions=[decision(Verb.ACCEPT, MET)]).lost) == 1


def test_an_older_version_counts_nowhere():
    laid = lay(SOURCE, CODED, is_superseded=True)
    assert laid.records == ()
    assert {item.reason for item in laid.aside} == {Reason.VERSION}


def test_a_rule_rejects_what_was_not_decided_about():
    rules = [RejectRule(kind="event"), RejectRule(kind="position", words="TARIFFS")]
    laid = lay(SOURCE, CODED, rules=rules)
    assert laid.records == (AGAIN,)
    assert {item.reason for item in laid.aside} == {Reason.RULE}
    assert MET.id in {r.id for r in lay(SOURCE, CODED, rules=rules, decisions=[decision(Verb.ACCEPT, MET)]).records}


@pytest.mark.parametrize(
    ("rule", "fit"),
    [
        (RejectRule(kind="event"), True),
        (RejectRule(kind="event", type="consult"), True),
        (RejectRule(type="AGREE"), False),
        (RejectRule(outlet="wire"), True),
        (RejectRule(outlet="Herald"), False),
        (RejectRule(words="On friday"), True),
        (RejectRule(words="on Monday"), False),
    ],
)
def test_a_rule_fits_in_every_part(rule, fit):
    assert fits(rule, MET, "Wire") is fit


# What can be set


def test_an_event_type_brings_its_quadrant_and_intensity():
    told = relabel(MET, [("event_type", "ASSAULT")])
    assert (told.quad, told.mode) == (Quad.MATERIAL_CONFLICT, None)
    assert told.intensity < 0
    assert relabel(MET, [("mode", "visit")]).cameo == "042"


def test_actors_keep_the_words_of_the_text_where_it_has_them():
    told = relabel(MET, [("initiators", "China"), ("targets", "USA,JPN")])
    assert told.initiators == (CHN,)
    assert [(actor.state, actor.words) for actor in told.targets] == [("USA", "the United States"), ("JPN", "Japan")]


@pytest.mark.parametrize(
    ("record", "change"),
    [
        (MET, ("stance", "demands")),
        (MET, ("event_type", "TALK")),
        (MET, ("mode", "yodel")),
        (MET, ("initiators", "Atlantis")),
        (MET, ("on_pair", "maybe")),
        (MET, ("issue", "gardening")),
        (WANTS, ("firmness", "very")),
        (AGAIN, ("summary", " ")),
        (AGAIN, ("when", "soon")),
    ],
)
def test_what_cannot_be_set_says_what_can(record, change):
    with pytest.raises(UsageError, match=r"[Kk]nown are|[Cc]an be set|Write it|Type|state"):
        relabel(record, [change])


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2019-11-02", "2019-11-02", "2019-11-02"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-11-02..2019-11", "2019-11-02", "2019-11-30"),
    ],
)
def test_days_are_read(words, first, last):
    when = read_when(words)
    assert (when.earliest.isoformat(), when.latest.isoformat()) == (first, last)


@pytest.mark.parametrize("words", ["yesterday", "2019-13", "2019-11-31", "2019-11-02..2019-11-01", ""])
def test_what_is_no_day_is_refused(words):
    with pytest.raises(UsageError):
        read_when(words)


def test_a_date_can_be_taken_away():
    assert relabel(replace(MET, when=day("2019-11-01")), [("when", "none")]).when is None


def test_every_kind_of_record_can_be_mended():
    for kind, fields in FIELDS.items():
        assert {"factuality", "when", "issue", "on_pair"} <= fields.keys(), kind
    assert relabel(MET, [("factuality", "planned")]).factuality is Factuality.PLANNED
