"""Sentences with all that was coded from them: what accounts are compared by."""

import datetime as dt
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from detente.codebook.differences import load_difference_words
from detente.codebook.happenings import load_report_words
from detente.codebook.registry import load_registry
from detente.ledger.remembered import remembered
from detente.ledger.subjects import parties_of
from detente.records import Actor, Evidence, Record, Statement, Voice

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LEAST_LETTERS = 3
STEM = 6  # letters by which forms of one word agree
LEAST_NAME = 3  # letters of a family name: shorter ones are parts of other names
UNDATED = dt.date.max
Found = TypeVar("Found")
Marked = TypeVar("Marked", bound=tuple["Telling", *tuple[Any, ...]])
KEPT = 4_000  # documents whose sentences are remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A sentence, and the records that rest on it, by id.

    `speaker` is the state on whose word it stands, else the outlet or the name; None where it is the outlet's own.
    """

    evidence: Evidence
    records: tuple[Record, ...]
    outlet: str  # as printed; of a document without one its id, so that two of them are two outlets
    story: str  # the first document that carries the same text
    known: dt.date
    speaker: str | None
    stems: frozenset[str]
    states: frozenset[str]  # named in it or parties of its records

    @property
    def quote(self) -> str:
        """The sentence."""
        return self.evidence.quote

    @property
    def document(self) -> str:
        """The id of its document."""
        return self.evidence.document

    @property
    def rank(self) -> tuple[dt.date, str, int]:
        """Its place in the order of knowledge."""
        return self.known, self.document, self.evidence.start

    def days_from(self, other: "Telling") -> int:
        """The days between their publications."""
        return abs((self.known - other.known).days)

    def is_near(self, other: "Telling", characters: int) -> bool:
        """Whether both stand in one document, so close together."""
        one, two = sorted((self.evidence, other.evidence), key=lambda e: e.start)
        return self.document == other.document and two.start - one.end <= characters

    def is_another_voice(self, other: "Telling") -> bool:
        """Whether it is another's account: another outlet's, no copy; in one outlet that of another side."""
        if self.story == other.story and self.document != other.document:
            return False
        if self.document != other.document and self.outlet != other.outlet:
            return _plain(self.quote) != _plain(other.quote)
        return self.speaker is not None and other.speaker is not None and self.speaker != other.speaker


class Tellings:
    """The sentences of some records, by first knowledge, with the names of people that their documents give."""

    def __init__(self, records: Iterable[Record], outlets: Mapping[str, str], stories: Mapping[str, str]) -> None:
        by_document: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            if not record.from_title and record.voice is not Voice.AUTHOR:
                by_document[record.evidence[0].document].append(record)
        self.texts = {
            id_: text_of(tuple(found), outlets.get(id_) or id_, stories.get(id_, id_))
            for id_, found in by_document.items()
        }
        # The sentences of a document, which became known on one day, lie one after the other.
        texts = sorted(self.texts.values(), key=lambda text: text.tellings[0].rank)
        self.all: Sequence[Telling] = [telling for text in texts for telling in text.tellings]
        self.of: Mapping[str, Telling] = {record.id: telling for telling in self.all for record in telling.records}

    def each(self, find: Callable[..., tuple[Found, ...]], *more: str) -> list[Found]:
        """What is found in each text, which is looked through once; `find` is given the text and these words."""
        key = (find, *more)
        told: list[Found] = []
        for text in self.texts.values():
            found = text.found.get(key)
            if found is None:
                found = text.found[key] = find(text, *more)
            told += found
        return told

    def where(self, find: Callable[..., tuple[Marked, ...]], *more: str) -> list[Marked]:
        """The same, a telling first, by first knowledge."""
        return sorted(self.each(find, *more), key=lambda one: one[0].rank)

    @functools.cached_property
    def _by_stem(self) -> Mapping[str, list[Telling]]:
        found: dict[str, list[Telling]] = defaultdict(list)
        for telling in self.all:
            for stem in telling.stems:
                found[stem].append(telling)
        return found

    def sharing(self, wanted: Iterable[str], least: int) -> Iterator[Telling]:
        """The sentences that share so many of the stems, by first knowledge."""
        counts: dict[int, int] = defaultdict(int)
        found: dict[int, Telling] = {}
        for stem in wanted:
            for telling in self._by_stem.get(stem, ()):
                counts[id(telling)] += 1
                found[id(telling)] = telling
        kept = (found[key] for key, count in counts.items() if count >= least)
        yield from sorted(kept, key=lambda telling: telling.rank)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Text:
    """The sentences of a document by their place, and whom and which states it names, each with a record that does.

    People are known by the names that their document gives them.
    """

    tellings: tuple[Telling, ...]
    people: Mapping[str, tuple[str, str]]  # the state of each person and the record, by the parts of the name
    states: Mapping[str, str]
    found: dict[tuple[object, ...], Any] = field(default_factory=dict, repr=False)  # in it, by what it was looked for

    def who(self, name: str) -> tuple[str | None, tuple[str, ...]]:
        """The state that a name stands for, and the record that says so where the registry does not."""
        for word in reversed(WORD.findall(name)):
            known = self.people.get(word.lower())
            if known:
                return known[0], (known[1],)
        named = [m.alias.state for m in load_registry().find_aliases(name) if m.alias.state and m.alias.names_actor()]
        return (named[0], ()) if named else (None, ())


@remembered(KEPT)
def text_of(records: tuple[Record, ...], outlet: str, story: str) -> Text:
    """The sentences of a document by its records."""
    tellings = sorted((_telling(group, outlet, story) for group in _by_sentence(records)), key=lambda t: t.rank)
    states: dict[str, str] = {}
    for telling in tellings:
        for state in sorted(telling.states):
            states.setdefault(state, telling.records[0].id)
    return Text(tellings=tuple(tellings), people=_people(records), states=states)


@functools.lru_cache(maxsize=65536)
def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that can tell one matter from another; words that stand for each other are one.

    >>> stems("Hungary bought the boats") == stems("boats that Hungary had purchased")
    True
    """
    words, data = load_difference_words(), load_report_words()
    found = set()
    for word in WORD.findall(text.lower()):
        if word in words.same:
            found.add(words.same[word])
        elif len(word) >= LEAST_LETTERS and word not in data.common and word not in words.plain:
            found.add(word[:STEM])
    return frozenset(found - _name_stems(text))


@functools.lru_cache(maxsize=65536)
def _plain(quote: str) -> str:
    """The words alone, by which copies of a sentence are told."""
    return " ".join(quote.lower().split())


@functools.lru_cache(maxsize=65536)
def states_in(text: str) -> frozenset[str]:
    """The states that the words name."""
    return frozenset(
        match.alias.state
        for match in load_registry().find_aliases(text)
        if match.alias.state and match.alias.names_actor() and not match.alias.kind.is_place
    )


def _name_stems(text: str) -> set[str]:
    """The stems of names of states and places: they are compared by what they stand for."""
    return {
        word[:STEM]
        for match in load_registry().find_aliases(text)
        for word in WORD.findall(text[match.start : match.end].lower())
    }


def _people(records: Iterable[Record]) -> dict[str, tuple[str, str]]:
    """The state of each person whom a document names, and the record that says so, by each part of the name."""
    found: dict[str, tuple[str, str]] = {}
    for record in sorted(records, key=lambda r: (r.evidence[0].start, r.id)):
        speakers = [link.speaker for link in record.attribution if link.speaker]
        for actor in (*parties_of(record), *speakers):
            if actor.person and actor.state:
                for name in WORD.findall(actor.person.lower()):
                    if len(name) >= LEAST_NAME or name == actor.words.lower():
                        found.setdefault(name, (actor.state, record.id))
    return {name: told for name, told in found.items() if name}


def _by_sentence(records: Iterable[Record]) -> Iterator[list[Record]]:
    """The records of a document by the sentence that they rest on; a part of a sentence belongs to the whole."""
    group: list[Record] = []
    end = -1
    for record in sorted(records, key=lambda r: (r.evidence[0].start, -r.evidence[0].end, r.id)):
        if group and record.evidence[0].start >= end:
            yield group
            group = []
        group.append(record)
        end = max(end, record.evidence[0].end)
    if group:
        yield group


def _telling(records: Sequence[Record], outlet: str, story: str) -> Telling:
    evidence = max((r.evidence[0] for r in records), key=lambda e: (e.end - e.start, -e.start))
    parties = {actor.state for record in records for actor in parties_of(record) if actor.state}
    return Telling(
        evidence=evidence,
        records=tuple(sorted(records, key=lambda r: r.id)),
        outlet=outlet,
        story=story,
        known=records[0].known_on or UNDATED,
        speaker=_speaker(records),
        stems=stems(evidence.quote),
        states=frozenset(parties) | states_in(evidence.quote),
    )


def _speaker(records: Sequence[Record]) -> str | None:
    """On whose word the sentence stands: by the statement that tells most of it, else by the chain of a record."""
    said = [r for r in records if isinstance(r, Statement) and r.voice is not Voice.AUTHOR]
    spoken = sorted(said, key=lambda s: (-sum(c.end - c.start for c in s.content), s.id))
    names = [_name(statement.speaker) for statement in spoken if statement.speaker]
    for record in records:
        if record.voice is Voice.ATTRIBUTED:
            names += [_name(link.speaker) if link.speaker else link.outlet for link in record.attribution[:1]]
    return next((name for name in names if name), None)


def _name(actor: Actor) -> str | None:
    return actor.state or actor.organisation or actor.person or actor.words
