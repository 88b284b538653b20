"""What counts as a promise."""

import datetime as dt

from records_for_tests import CHN, document, event, position

from detente.codebook.event_types import load_event_types
from detente.ledger.happenings import Happening
from detente.ledger.promises import follow_promises
from detente.records import EventType, Factuality, Stance

DAY = dt.date(2019, 11, 2)


def promises(*records):
    return follow_promises([Happening(records=(record,)) for record in records], [], DAY)


def deed(source, quote, type_):
    entry = load_event_types()[type_]
    return event(source, quote, type_, quad=entry.quad, factuality=Factuality.PLANNED, initiators=(CHN,))


def test_what_a_side_will_do_for_the_other_is_a_promise():
    text = "China will buy more soybeans."
    source = document(text)
    (promise,) = promises(position(source, text, Stance.PROMISES), deed(source, text, EventType.AID))
    assert promise.holder == "CHN"


def test_harm_held_out_is_none():
    text = "China will raise tariffs."
    source = document(text)
    assert promises(position(source, text, Stance.PROMISES), deed(source, text, EventType.SANCTION)) == []
