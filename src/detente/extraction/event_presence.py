"""Journeys told by where somebody was: "Liu had been in Washington on Monday", "is in Rome for talks"."""

from collections.abc import Iterator

from detente.codebook.event_lexicon import load_event_lexicon
from detente.codebook.offices import offices_of
from detente.extraction.clause import children, obliques_of, subjects_of
from detente.extraction.clause_dates import when_of
from detente.extraction.composition import Meaning, Step
from detente.extraction.event_reach import TALKING, TALKS, TRAVEL
from detente.extraction.frames import classes_of, content_noun
from detente.extraction.reading import Reading
from detente.mentions.mention import ActorMention
from detente.parsing.doc import Token
from detente.records import EventType, Grain

BE = "be"
CASES = frozenset({"in", "at", "to"})  # "had been to Rome"
SHORT = frozenset({Grain.DAY, Grain.WEEK, Grain.WEEKEND})
PURPOSES = frozenset({TALKS, "visit", "meal", "exchange"})  # classes of nouns for what one travels to


def find_presences(reading: Reading) -> Iterator[Meaning]:
    """One meaning of travel per clause that puts an official in a place, on a day or for talks; in text order."""
    for mention in reading.actors:
        place = reading.parse[mention.head]
        told = place.pos_ == "PROPN" and _is_place(mention) and _is_predicate_of_stay(place)
        if told and _goes_there(place, reading) and not _lives_there(place, reading):
            step = Step(place.i, place.text, TRAVEL, None, str(EventType.CONSULT))
            yield Meaning(EventType.CONSULT, "visit", place, place, (step,), weak=True)


def _is_place(mention: ActorMention) -> bool:
    return len(mention.actors) == 1 and not (mention.actors[0].person or mention.actors[0].office)


def _is_predicate_of_stay(place: Token) -> bool:
    is_ = any(child.lemma_ == BE for child in children(place, "cop"))
    return is_ and any(child.lower_ in CASES for child in children(place, "case"))


def _goes_there(place: Token, reading: Reading) -> bool:
    """Whether the clause gives a day or week, or talks for which one is there and with whom it does not say."""
    when = when_of(place, reading)
    if when is not None and when.grain in SHORT:
        return True
    lexicon = load_event_lexicon()
    purposes = (content_noun(noun, lexicon) for case, noun in obliques_of(place) if case in ("for", "on"))
    held = [noun for noun in purposes if classes_of(noun, lexicon) & PURPOSES]
    return any(not TALKING.intersection(case for case, _ in obliques_of(noun)) for noun in held)


def _lives_there(place: Token, reading: Reading) -> bool:
    """Whether the subject is somebody whose post is abroad."""
    at = (reading.actor_at.get(subject.i) for subject in subjects_of(place))
    return any(actor.office in offices_of("sent") for mention in at if mention for actor in mention.actors)
