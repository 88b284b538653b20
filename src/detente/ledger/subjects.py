"""How far two records speak of one subject: their states, persons, amounts, and the words that stand for it."""

import datetime as dt
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from detente.codebook.outcomes import plain_words
from detente.codebook.registry import load_registry
from detente.records import Actor, AgendaItem, Event, Measure, Mechanism, Position, Record, Statement

LEAST_LETTERS = 4  # of a word that tells one subject from another
STEM = 6  # letters by which forms of one word agree: "sign", "signed"; "tariff", "tariffs"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
AMOUNT = re.compile(
    r"(?:\$|€|£|¥)\s?(\d[\d,.]*)\s*(million|billion|trillion|bn|m\b)?|(\d[\d,.]*)\s*(percent|per cent|%)"
    r"|(\d[\d,.]*)\s*(million|billion|trillion|bn|m)?\s(?:US )?"
    r"(?:dollars?|euros?|pounds?|yuan|yen|rubles?|roubles?|rupees?|francs?|won|pesos?|dinars?|riyals?|dirhams?)\b",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"[’']s?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a record is about: who, and the stems, amounts and issues by which it can be told again."""

    states: frozenset[str]
    people: frozenset[str]  # and offices
    persons: frozenset[str]
    stems: frozenset[str]
    amounts: frozenset[str]
    themes: frozenset[str]
    mechanism: str | None = None

    def covered_by(self, other: "Subject") -> float:
        """The share of its stems that the other has too, 0..1; 0 where it has none of its own."""
        return len(self.stems & other.stems) / len(self.stems) if self.stems else 0.0

    def contradicts(self, other: "Subject") -> bool:
        """Whether both give amounts of money or rates and share none."""
        return bool(self.amounts and other.amounts and not self.amounts & other.amounts)

    def is_of_one_mechanism(self, other: "Subject") -> bool:
        """Whether both name a standing channel, the one by the name of the other or a longer one."""
        mine, theirs = ({*(item.mechanism or "").lower().split()} for item in (self, other))
        return bool(mine and theirs) and (mine <= theirs or theirs <= mine)

    def shares_theme(self, other: "Subject") -> bool:
        """Whether they name one theme."""
        return bool(self.themes & other.themes)


def parties_of(item: Record) -> tuple[Actor, ...]:
    """Everyone who takes part in what the record tells."""
    match item:
        case Event():
            return (*item.initiators, *item.targets)
        case AgendaItem() | Mechanism():
            return item.participants
        case Measure():
            return (*item.imposers, *item.targets)
        case Position():
            return (item.holder, *([item.addressee] if item.addressee else []))
        case Statement():
            return tuple(actor for actor in (item.speaker, item.addressee) if actor)
    return ()


def states_of(actors: Iterable[Actor]) -> frozenset[str]:
    """The states among the actors."""
    return frozenset(actor.state for actor in actors if actor.state)


def subject_of(item: Record) -> Subject:
    """What the record is about, from its own words: its summary or proposition, else its evidence."""
    parties = parties_of(item)
    words = own_words(item)
    names = " ".join(_names(parties))
    return _subject(item, stems_of(words) - stems_of(names) - names_of_states(states_of(parties)), amounts_of(words))


def _subject(item: Record, stems: frozenset[str], amounts: frozenset[str]) -> Subject:
    parties = parties_of(item)
    return Subject(
        states=states_of(parties),
        persons=frozenset(actor.person for actor in parties if actor.person),
        people=frozenset(who for actor in parties for who in (actor.person, actor.office) if who),
        stems=stems,
        amounts=amounts,
        themes=frozenset(issue.theme for issue in item.issues),
        mechanism=_mechanism(item),
    )


def _mechanism(item: Record) -> str | None:
    match item:
        case AgendaItem():
            return item.mechanism
        case Mechanism():
            return item.name
    return None


def told_in(item: Record) -> Subject:
    """The same from the whole evidence: what a later text may say in other places of its sentence."""
    text = " ".join(evidence.quote for evidence in item.evidence)
    return _subject(item, stems_of(text), amounts_of(text))


def own_words(item: Record) -> str:
    """The words in which the record itself puts its subject."""
    match item:
        case AgendaItem():
            return item.summary
        case Position():
            return item.proposition.quote
        case Measure():
            return " ".join(filter(None, [item.name, item.kind, *(amount.words for amount in item.amount)]))
        case Mechanism():
            return item.name
    return item.evidence[0].quote


def stems_of(text: str) -> frozenset[str]:
    """The beginnings of the words that can tell a subject.

    >>> sorted(stems_of("The two sides will sign the deal in Chile"))
    ['chile', 'deal', 'sign']
    """
    return _stems(POSSESSIVE.sub("", text.lower()))


@functools.lru_cache(maxsize=65536)
def _stems(text: str) -> frozenset[str]:
    words = (piece for word in WORD.findall(text) for piece in word.split("-"))
    return frozenset(word[:STEM] for word in words if len(word) >= LEAST_LETTERS) - _plain_stems()


@functools.cache
def _plain_stems() -> frozenset[str]:
    return frozenset(word[:STEM] for word in plain_words())


@functools.lru_cache(maxsize=65536)
def amounts_of(text: str) -> frozenset[str]:
    """Sums of money and rates, written alike.

    >>> sorted(amounts_of("a 25 percent tariff on $16 billion of goods"))
    ['16b', '25%']
    """
    found = set()
    for signed, signed_scale, rate, _, named, named_scale in AMOUNT.findall(text):
        scale = signed_scale or named_scale
        number = (signed or rate or named).replace(",", "").rstrip(".")
        found.add(f"{number}%" if rate else f"{number}{scale[:1].lower()}")
    return frozenset(found)


def first_known(item: Record) -> dt.date:
    """The day the record became known; undated ones come last."""
    return item.known_on or dt.date.max


def _names(actors: Iterable[Actor]) -> Iterable[str]:
    for actor in actors:
        yield from filter(None, (actor.words, actor.person, actor.organisation))


@functools.cache
def names_of_states(states: frozenset[str]) -> frozenset[str]:
    """The stems of the names and demonyms of states, which are compared by their codes."""
    registry = load_registry()
    return frozenset(
        stem for state in states for name in (registry.name(state), registry.demonym(state)) for stem in stems_of(name)
    )
