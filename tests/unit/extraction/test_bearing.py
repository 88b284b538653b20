"""bears_on_pair on readings built by hand: no pipeline needed."""

import datetime as dt

import pytest
import spacy

from detente.extraction.bearing import bears_on_pair
from detente.extraction.reading import Reading
from detente.mentions.mention import ActorMention
from detente.parsing.convert import read_spacy
from detente.records import Actor, Document, Passage, Provenance

TEXT = "France protested. Spain kept silent. Rome looked on. France will insist."
STATES = {"France": "FRA", "Spain": "ESP", "Rome": "ITA"}


def reading_with(passages: list[Passage], pair: tuple[str, str] | None) -> Reading:
    parse = read_spacy(spacy.blank("en")(TEXT))
    actors = tuple(
        ActorMention(
            start=token.idx,
            end=token.idx + len(token),
            first=token.i,
            last=token.i,
            head=token.i,
            actors=(Actor(words=token.text, state=STATES[token.text]),),
        )
        for token in parse
        if token.text in STATES
    )
    return Reading(
        document=Document(id="d" * 32, text=TEXT),
        passages=tuple(passages),
        parse=parse,
        actors=actors,
        dates=(),
        attributions=(),
        pair=pair,
        provenance=Provenance(coder="c", model="m", data="d"),
        known_on=dt.date(2024, 3, 5),
    )


def passages(*, paragraphs: tuple[int, ...], headings: tuple[str | None, ...]) -> list[Passage]:
    ends = [17, 36, 52, len(TEXT)]
    starts = [0, 18, 37, 53]
    return [
        Passage(start=start, end=end, paragraph=paragraph, heading=heading)
        for start, end, paragraph, heading in zip(starts, ends, paragraphs, headings, strict=True)
    ]


FRANCE = Actor(words="France", state="FRA")
SPAIN = Actor(words="Spain", state="ESP")


@pytest.mark.parametrize(
    ("paragraphs", "headings", "expected"),
    [
        ((0, 0, 0, 0), (None,) * 4, True),
        ((0, 1, 2, 3), (None,) * 4, False),
        ((0, 1, 2, 3), ("Fish", "Fish", None, None), True),
        ((0, 1, 2, 3), ("Quarrel with Spain", None, None, None), True),
        ((0, 1, 2, 3), ("Spaniels", None, None, None), False),
    ],
    ids=["same paragraph", "other paragraph", "same section", "heading names it", "heading only looks like it"],
)
def test_the_other_state_stands_around(paragraphs, headings, expected):
    reading = reading_with(passages(paragraphs=paragraphs, headings=headings), ("FRA", "ESP"))
    assert bears_on_pair(reading, [FRANCE], 0, 17) is expected


def test_both_states_among_the_actors_need_no_surroundings():
    reading = reading_with(passages(paragraphs=(0, 1, 2, 3), headings=(None,) * 4), ("ESP", "FRA"))
    assert bears_on_pair(reading, [FRANCE, SPAIN], 37, 52)


def test_a_third_state_does_not_bear_on_the_pair():
    reading = reading_with(passages(paragraphs=(0, 0, 0, 0), headings=(None,) * 4), ("FRA", "ESP"))
    assert not bears_on_pair(reading, [Actor(words="Rome", state="ITA")], 37, 52)


def test_without_a_pair_nothing_does():
    reading = reading_with(passages(paragraphs=(0, 0, 0, 0), headings=(None,) * 4), None)
    assert not bears_on_pair(reading, [FRANCE, SPAIN], 0, 17)
