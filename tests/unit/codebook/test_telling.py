"""Every event type, mode and stance has its words, and no words are for nothing."""

import re

import pytest

from detente.codebook.event_types import load_event_types
from detente.codebook.telling import load_telling
from detente.records import EventType, Stance

WORDS = load_telling()


@pytest.mark.parametrize("key", WORDS.events, ids=str)
def test_a_template_names_the_sides_it_tells_of(key):
    phrase = WORDS.events[key]
    assert set(re.findall(r"{(\w+)}", phrase.both)) in ({"initiators", "targets"}, {"sides"})
    assert set(re.findall(r"{(\w+)}", phrase.alone)) == {"initiators"}


def test_the_verb_agrees_with_how_many_act():
    phrase = WORDS.event(EventType.ACCUSE, "investigate")
    one = phrase.told(initiators="Mali", targets="Chad", sides="Mali and Chad", several=False)
    two = phrase.told(initiators="Mali and Togo", targets="Chad", sides="Mali, Togo and Chad", several=True)
    assert (one, two) == ("Mali investigates or sues Chad", "Mali and Togo investigate or sue Chad")


def test_every_mode_told_is_a_mode_of_its_type():
    types = load_event_types()
    for type_, mode in WORDS.events:
        assert mode is None or mode in types[type_].modes, (type_, mode)


def test_a_mode_without_words_is_told_as_its_type():
    assert WORDS.event(EventType.CONSULT, "talk") == WORDS.events[(EventType.CONSULT, None)]


def test_a_soft_demand_is_a_wish():
    assert WORDS.stance(Stance.DEMANDS, 0.2) == "would like"
    assert WORDS.stance(Stance.DEMANDS, 0.6) == "demands"
    assert WORDS.stance(Stance.PROMISES, 0.1) == "promises"


def test_the_verb_of_a_stance_agrees_with_how_many_hold_it():
    assert WORDS.stance(Stance.RED_LINE, 0.9, several=True) == "draw a red line"
    assert WORDS.stance(Stance.REJECTS, 0.2) == "is reluctant about"
    assert WORDS.stance(Stance.REJECTS, 0.2, several=True) == "are reluctant about"


@pytest.mark.parametrize(
    ("words", "told"),
    [("The two envoys", "the two envoys"), ("They", "someone not named"), ("Ana Rojas", "Ana Rojas")],
)
def test_somebody_unresolved_is_told_as_the_text_has_him(words, told):
    assert WORDS.unresolved(words) == told
