"""What is found in a text before anything is made of it."""

from dataclasses import dataclass

from detente.records import Actor, When


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date expression and the interval it names. Characters of the text, half-open."""

    start: int
    end: int
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """A noun phrase that names actors: one, or several for "the two sides" and "both countries".

    `start`, `end` are characters of the text; `first`, `last` (inclusive) and `head` are token indices of the parse.
    `is_place`: it is written as a place ("in Beijing") and acts only where the construction says so.
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    actors: tuple[Actor, ...]
    is_place: bool = False
