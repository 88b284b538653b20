"""Sums, rates and counts of one thing that cannot be the same figure."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from detente.codebook.amounts import load_amount_words
from detente.codebook.differences import MOST_KEPT, find_cues, load_difference_words, load_limits, number_pattern
from detente.ledger.clashes import Clash, within
from detente.ledger.happenings import Happening
from detente.ledger.tellings import Telling, Tellings, Text, states_in, stems
from detente.records import AgendaItem, DifferenceKind, Event, Measure, Position, Statement

FIGURED = (Event, Measure, AgendaItem)
PERCENT = "percent"
NUMBER = re.compile(r"(?P<digits>\d[\d,]*(?:\.\d+)?) ?(?P<scale>\w*)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, with what it can be: from `low` to `high`. `bound` is least, most, about or empty."""

    words: str
    unit: str
    low: float
    high: float
    bound: str

    def contradicts(self, other: "Figure") -> bool:
        """Whether the two cannot be one figure; limits that differ are two."""
        if self.unit != other.unit:
            return False
        if self.bound == other.bound == "most":
            return not _is_rounded(self.high, other.high, load_limits().rounding)
        return self.low > other.high or other.low > self.high


def find_amounts(happening: Happening, of: Mapping[str, Telling]) -> Iterator[Clash]:
    """Outlets that give other sums or rates for one deed, measure or plan, in sentences with one such figure each."""
    told = {of[r.id] for r in happening.records if isinstance(r, FIGURED) and r.id in of}
    figures = {telling: _single(_without_others(telling, happening)) for telling in told}
    figured = sorted((telling for telling, found in figures.items() if found), key=lambda t: t.rank)
    for one, other in combinations(figured, 2):
        for clash in _sums(one, other, figures[one], figures[other]):
            if _tells_the_same(one, other):
                yield clash


def _tells_the_same(one: Telling, other: Telling) -> bool:
    """Whether two sentences of one happening, by two voices, are near in time and have words in common."""
    near = other.days_from(one) <= load_limits().days["amount"]
    return near and other.is_another_voice(one) and bool(one.stems & other.stems)


def _without_others(telling: Telling, happening: Happening) -> str:
    """The sentence without the sums of another measure that it tells of too: "two days after Peru raised its own"."""
    measures = [r for r in telling.records if isinstance(r, Measure)]
    own = {a.words for r in measures if r in happening.records for a in r.amount}
    told = telling.quote
    for words in {a.words for r in measures if r not in happening.records for a in r.amount} - own:
        told = told.replace(words, "")
    return told


def find_said_amounts(text: Text) -> Iterator[Clash]:
    """Two speakers of one text who give other sums for what the same side does."""
    limits = load_limits()
    for other in text.tellings:
        if other.speaker is None or not re.search(r"\d", other.quote):
            continue
        for one in text.tellings:
            if one.rank >= other.rank or not one.is_near(other, limits.near) or one.speaker in (None, other.speaker):
                continue
            mine, theirs = _said(one), _said(other)
            shared = stems(mine) & stems(theirs)
            least = limits.matter_share * min(len(stems(mine)), len(stems(theirs)))
            if shared and len(shared) >= least and _doer(mine, text) == _doer(theirs, text):
                yield from _sums(one, other, _single(mine), _single(theirs))


def find_told_amounts(tellings: Tellings) -> Iterator[Clash]:
    """Two outlets, each on somebody's word, with other sums for what the same side does, in much the same words."""
    limits = load_limits()
    told = tellings.where(_sums_said_in)
    for (one, mine, whose, wanted), (other, theirs, others, given) in within(told, limits.days["amount"], _telling_of):
        if one.document == other.document or whose != others or not one.is_another_voice(other):
            continue
        shared = wanted & given
        least = max(limits.matter_words, limits.matter_share * min(len(wanted), len(given)))
        if len(shared) >= least and not _is_mended(one, other) and one.states == other.states:
            yield from _sums(one, other, mine, theirs)


def _telling_of(item: tuple[Telling, object, object, object]) -> Telling:
    return item[0]


def _sums_said_in(text: Text) -> tuple[tuple[Telling, Mapping[str, Figure], str, frozenset[str]], ...]:
    """The sentences on somebody's word with one sum of money: the sums, whose deed it is, and the other words."""
    found = []
    for telling in text.tellings:
        if telling.speaker is None or not re.search(r"\d", telling.quote):
            continue
        said = _said(telling)
        sums = {unit: figure for unit, figure in _single(said).items() if unit != PERCENT}
        doer = _doer(said, text) if sums else None
        if doer:
            found.append((telling, sums, doer, stems(said)))
    return tuple(found)


def find_counts(happenings: list[Happening], tellings: Tellings) -> Iterator[Clash]:
    """Other numbers of dead, of ships, of troops: of one deed by two outlets, or by two speakers of one text."""
    limits = load_limits()
    home = {record.id: happening.id for happening in happenings for record in happening.records}
    counted = tellings.where(_counts_in)
    near = within(counted, limits.days["number"], lambda item: item[0])
    for (one, what, mine, whose), (other, same, theirs, others) in near:
        if what != same or one is other or (whose and others and not whose & others):
            continue
        if not mine.contradicts(theirs) or not one.is_another_voice(other) or _is_update(one, other, mine, theirs):
            continue
        if _is_one(one, other, home) and _same_places(one, other):
            yield Clash(kind=DifferenceKind.NUMBER, one=one, other=other, values=(mine.words, theirs.words))


def _counts_in(text: Text) -> tuple[tuple[Telling, str, Figure, frozenset[str]], ...]:
    """The counts of each sentence."""
    return tuple((telling, *count) for telling in text.tellings for count in _counts(telling.quote))


def _is_one(one: Telling, other: Telling, home: Mapping[str, str]) -> bool:
    """Whether two sentences count in one happening: by the grouping, by their words, or in one place of a text."""
    limits = load_limits()
    if one.document == other.document:
        return one.is_near(other, limits.near)
    mine, theirs = ({home[r.id] for r in t.records if isinstance(r, Event)} for t in (one, other))
    return bool(mine & theirs) or len(one.stems & other.stems) >= 2 * limits.matter_words


def _is_update(one: Telling, other: Telling, mine: Figure, theirs: Figure) -> bool:
    """Whether the later figure takes the place of the earlier: told as such, or a toll that rose by the next day."""
    return _is_mended(one, other) or (one.known < other.known and mine.high < theirs.low)


def _is_mended(one: Telling, other: Telling) -> bool:
    """Whether a sentence says that its figure takes the place of another."""
    mended = load_difference_words().mended
    return mended.search(one.quote) is not None or mended.search(other.quote) is not None


def _sums(one: Telling, other: Telling, mine: Mapping[str, Figure], theirs: Mapping[str, Figure]) -> Iterator[Clash]:
    """Where the figures of one unit contradict each other."""
    for unit in sorted(mine.keys() & theirs.keys()):
        if mine[unit].contradicts(theirs[unit]):
            values = mine[unit].words, theirs[unit].words
            yield Clash(kind=DifferenceKind.AMOUNT, one=one, other=other, values=values)


@functools.lru_cache(maxsize=MOST_KEPT)
def _single(text: str) -> Mapping[str, Figure]:
    """The figure of each unit of which a text gives one alone."""
    by_unit: dict[str, list[Figure]] = defaultdict(list)
    for figure in _figures(text):
        by_unit[figure.unit].append(figure)
    return {unit: found[0] for unit, found in sorted(by_unit.items()) if len(found) == 1}


def _said(telling: Telling) -> str:
    """What is said or held in a sentence; all of it where that is not coded apart."""
    said = [" ".join(c.quote for c in r.content) for r in telling.records if isinstance(r, Statement)]
    said += [r.proposition.quote for r in telling.records if isinstance(r, Position)]
    return max(said, key=len, default=telling.quote)


def _doer(said: str, text: Text) -> str | None:
    """The state that is named first: whose deed it is."""
    for match in re.finditer(r"\b[A-Z][\w’'-]+", said):
        state, _ = text.who(match[0])
        if state:
            return state
    return None


def _same_places(one: Telling, other: Telling) -> bool:
    """Whether the one names the states of the other."""
    mine, theirs = states_in(one.quote), states_in(other.quote)
    return not mine or not theirs or bool(mine & theirs)


@functools.lru_cache(maxsize=MOST_KEPT)
def _figures(text: str) -> tuple[Figure, ...]:
    """The sums of money and rates of a text."""
    return tuple(_written_figures(text))


def _written_figures(text: str) -> Iterator[Figure]:
    words = load_amount_words()
    for match in _figure_pattern().finditer(text):
        sign, name = match["sign"], (match["name"] or "").lower()
        unit = words.signs.get(sign or "") or words.currencies.get(name) or (PERCENT if name in words.shares else "")
        if unit:
            yield _figure(match[0].strip(), unit, match["number"], match["bound"])


@functools.lru_cache(maxsize=MOST_KEPT)
def _counts(text: str) -> tuple[tuple[str, Figure, frozenset[str]], ...]:
    """What is counted, with the number and the states whose it is: one for each cue and noun."""
    return tuple(_counted(text))


def _counted(text: str) -> Iterator[tuple[str, Figure, frozenset[str]]]:
    words = load_difference_words()
    seen: set[tuple[str, str]] = set()
    for cue, _ in find_cues("count", text):
        for match in cue.pattern.finditer(text):
            noun = (match.groupdict().get("noun") or "people").lower()
            noun = words.nouns.get(noun, noun)
            if (cue.id, noun) not in seen:
                seen.add((cue.id, noun))
                number = " ".join(filter(None, (match["bound"], match["number"])))
                yield cue.id, _figure(number, noun, match["number"], match["bound"]), states_in(match[0])


def _figure(shown: str, unit: str, number: str, bound: str | None) -> Figure:
    """The figure with the room that its words leave it."""
    words, limits = load_difference_words(), load_limits()
    how = words.bounds.get((bound or "").lower(), "")
    if number.lower() in words.loose:
        low, high = words.loose[number.lower()]
        return Figure(shown, unit, low, high, "about")
    value = _value(number)
    room = limits.hedged_rounding if how == "about" else limits.rounding
    return Figure(
        shown,
        unit,
        0.0 if how == "most" else value * (1 - room),
        float("inf") if how == "least" else value * (1 + room),
        how,
    )


def _value(number: str) -> float:
    """What a number in digits or words comes to: "60bn", "1,200", "twelve"."""
    data, written = load_amount_words(), NUMBER.match(number)
    if written is None:
        return data.number_words.get(number.lower(), 0.0)
    return float(written["digits"].replace(",", "")) * data.scales.get(written["scale"].lower(), 1.0)


def _is_rounded(one: float, other: float, room: float) -> bool:
    return abs(one - other) <= room * max(one, other)


@functools.cache
def _figure_pattern() -> re.Pattern[str]:
    """Sums and rates: "up to $50 billion", "25 percent"."""
    data = load_amount_words()
    signs = "|".join(re.escape(sign) for sign in sorted(data.signs, key=len, reverse=True))
    names = "|".join(re.escape(name) for name in sorted({*data.currencies, *data.shares}, key=len, reverse=True))
    bound = number_pattern().partition("(?P<number>")[0]
    scales = "|".join(sorted(data.scales, key=len, reverse=True))
    number = rf"(?P<number>\d[\d,]*(?:\.\d+)?(?: ?(?:{scales})\b)?)"
    return re.compile(rf"{bound}(?P<sign>{signs})?\s?{number}(?:[ -]?(?P<name>(?i:{names}))s?)?(?!\w)")
