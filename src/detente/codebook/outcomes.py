"""What shows that a plan came true or a promise was kept, and which words tell nothing of a subject."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from detente.codebook.agenda import load_agenda
from detente.codebook.event_types import load_event_types
from detente.codebook.files import read_toml
from detente.codebook.measures import load_measures
from detente.codebook.phrases import words_of
from detente.errors import CodebookError
from detente.records import EventType

MEANINGS = "codebook/outcomes.toml"
WORDS = "lang/{language}/outcomes.toml"
MOST_KEPT = 16_384  # sentences of which it is remembered what they say of promises and plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Agenda kinds that are compared with each other; `deeds` and `steps` show that such an item came true.

    So do `signs`, deeds that people do only together, where those of the plan did one at its time.
    """

    id: str
    kinds: frozenset[str]
    deeds: frozenset[tuple[EventType, str | None]]
    signs: frozenset[tuple[EventType, str | None]]
    steps: frozenset[str]
    stops: frozenset[str]
    people: bool  # whom the plan names must be there
    once: bool  # a later date for the same subject is the same thing put off
    there: frozenset[tuple[EventType, str | None]] = frozenset()  # show that a guest was there, on the very day
    heard: bool = False  # bodies only hear it: a deed that does not name them may be the plan come true


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow:
    """Words about the keeping of a promise. `verdict` is kept, partly or broken.

    `needs` are pieces in small letters of which one stands wherever the pattern fires; none are named where any may.
    """

    id: str
    verdict: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    promise: re.Pattern[str] | None = None  # must fire too
    needs: tuple[str, ...] = ()
    example: str
    near_miss: str

    def fires(self, sentence: str) -> bool:
        """Whether the sentence says so."""
        small = sentence.lower()
        if self.needs and not any(piece in small for piece in self.needs):
            return False
        if self.promise is not None and not self.promise.search(sentence):
            return False
        return self.pattern.search(sentence) is not None and not (self.unless and self.unless.search(sentence))


@functools.cache
def load_families() -> Mapping[str, Family]:
    """The family of each agenda kind, by the kind.

    Raises CodebookError where a row names something unknown, or where a kind has no family.
    """
    found: dict[str, Family] = {}
    for row in read_toml(MEANINGS)["family"]:
        family = Family(
            id=row["id"],
            kinds=frozenset(row["kinds"]),
            deeds=frozenset(_deed(text) for text in row.get("deeds", ())),
            signs=frozenset(_deed(text) for text in row.get("signs", ())),
            there=frozenset(_deed(text) for text in row.get("there", ())),
            steps=frozenset(row.get("steps", ())),
            stops=frozenset(row.get("stops", ())),
            people=row.get("people", False),
            once=row["once"],
            heard=row.get("heard", False),
        )
        _check(family)
        found.update(dict.fromkeys(family.kinds, family))
    if without := sorted(set(load_agenda().kinds) - set(found)):
        raise CodebookError(
            f"Agenda kinds without a family: {without}.", hint=f"Add them to a [[family]] of {MEANINGS}."
        )
    return found


@functools.cache
def plain_words(language: str = "en") -> frozenset[str]:
    """Words that say nothing of a subject."""
    return frozenset(words_of(read_toml(WORDS.format(language=language)), "plain"))


@functools.cache
def plain_name_words(language: str = "en") -> frozenset[str]:
    """Words of a measure's name that tell it from no other."""
    return frozenset(words_of(read_toml(WORDS.format(language=language)), "name_plain"))


@functools.cache
def not_held(language: str = "en") -> re.Pattern[str]:
    """Fires on a sentence that says of a plan that it will not be."""
    return _pattern(read_toml(WORDS.format(language=language))["not_held"])


@functools.cache
def not_planned(language: str = "en") -> re.Pattern[str]:
    """Fires on a sentence that says that nothing of the kind is planned."""
    return _pattern(read_toml(WORDS.format(language=language))["not_planned"])


@functools.cache
def _took_place(language: str = "en") -> tuple[re.Pattern[str], tuple[str, ...]]:
    table = read_toml(WORDS.format(language=language))
    return _pattern(table["took_place"]), tuple(table["took_place_needs"])


@functools.lru_cache(maxsize=MOST_KEPT)
def takes_as_held(sentence: str) -> bool:
    """Whether a sentence takes a visit or talks as held."""
    pattern, needs = _took_place()
    small = sentence.lower()
    return any(piece in small for piece in needs) and pattern.search(sentence) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWords:
    """Words of promises of a whole, and of deeds that are less or done to some of it."""

    whole: re.Pattern[str]
    lesser: re.Pattern[str]
    some: re.Pattern[str]
    uncounted: frozenset[str]  # nouns whose numbers say nothing of how much was done


@functools.cache
def part_words(language: str = "en") -> PartWords:
    """The words by which a deed is told to be less than what was promised."""
    table = read_toml(WORDS.format(language=language))
    patterns = {name: _pattern(table[name]) for name in ("whole", "lesser", "some")}
    return PartWords(**patterns, uncounted=frozenset(words_of(table, "uncounted")))


@functools.cache
def verdict_rows(language: str = "en") -> tuple[VerdictRow, ...]:
    """The rows on the keeping of promises; the first that fires decides."""
    table = read_toml(WORDS.format(language=language))
    promise = _pattern(table["promise_words"])
    return tuple(
        VerdictRow(
            id=row["id"],
            verdict=row["verdict"],
            pattern=_pattern(row["words"]),
            unless=_pattern(row["unless"]) if "unless" in row else None,
            promise=promise if row.get("of_promise") else None,
            needs=tuple(row.get("needs", ())),
            example=row["example"],
            near_miss=row["near_miss"],
        )
        for row in table["verdict"]
    )


@functools.lru_cache(maxsize=MOST_KEPT)
def verdict_in(sentence: str) -> VerdictRow | None:
    """The first row that fires on a sentence."""
    return next((row for row in verdict_rows() if row.fires(sentence)), None)


@functools.lru_cache(maxsize=MOST_KEPT)
def says_away(sentence: str) -> bool:
    """Whether a sentence says that somebody will stay away."""
    needs, words = _not_going()
    return any(piece in sentence for piece in needs) and words.search(sentence) is not None


@functools.cache
def _not_going(language: str = "en") -> tuple[tuple[str, ...], re.Pattern[str]]:
    table = read_toml(WORDS.format(language=language))
    return tuple(table["not_going_needs"]), _pattern(table["not_going"])


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _deed(text: str) -> tuple[EventType, str | None]:
    type_, _, mode = text.partition("/")
    return EventType(type_), mode or None


def _check(family: Family) -> None:
    types = load_event_types()
    unknown = set(family.kinds - load_agenda().kinds.keys())
    unknown |= (family.steps | family.stops) - load_measures().steps.keys()
    unknown |= {mode for type_, mode in family.deeds if mode and mode not in types[type_].modes}
    if unknown:
        raise CodebookError(
            f"The row {family.id} of {MEANINGS} names what is not there: {', '.join(sorted(unknown))}.",
            hint="Mend the row, or add the name to its file.",
        )
