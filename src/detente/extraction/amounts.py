"""Amounts in a text: sums of money, percentages, lengths and counts, with their value and unit."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.codebook.amounts import AmountWords, load_amount_words
from detente.records import Amount

CONSONANT_Y = ("ty", "ny", "ry", "cy")  # entities, companies, countries; but days
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountMention:
    """An amount and where it stands. Characters of the text, half-open."""

    start: int
    end: int
    amount: Amount


def find_amounts(text: str, start: int = 0, end: int | None = None) -> list[AmountMention]:
    """The amounts between two characters of `text`, in text order, never overlapping; may be empty.

    >>> [(a.amount.value, a.amount.unit) for a in find_amounts("a 25 percent tariff on $50bn of goods")]
    [(25.0, 'percent'), (50000000000.0, 'USD')]
    """
    found: list[AmountMention] = []
    last = len(text) if end is None else end
    for pattern, unit_of in _patterns() if _any_number().search(text, start, last) else ():
        for match in pattern.finditer(text, start, last):
            mention = AmountMention(start=match.start(), end=match.end(), amount=_amount(match, unit_of))
            if not any(other.start < mention.end and mention.start < other.end for other in found):
                found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _amount(match: re.Match[str], units: dict[str, str]) -> Amount:
    words = load_amount_words()
    groups = match.groupdict()
    number = groups["number"].lower()
    value = words.number_words.get(number)
    if value is None:
        value = float(number.replace(",", ""))
    scale = words.scales[groups["scale"].lower()] if groups.get("scale") else 1.0
    unit = re.sub(r"\s+", " ", groups["unit"])
    return Amount(value=value * scale, unit=units.get(unit) or units[unit.lower()], words=match.group())


@functools.cache
def _any_number() -> re.Pattern[str]:
    """What every amount has: a digit, or a word that begins like a number."""
    return re.compile(rf"\d|\b(?:{_either(load_amount_words().number_words)})", re.IGNORECASE)


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    """The shapes of an amount, most telling first, each with what its unit words mean."""
    words = load_amount_words()
    worded = rf"(?P<number>{DIGITS}|{_either(words.number_words)})"
    scale = rf"(?:[\s-]*(?P<scale>{_either(words.scales)})\b)?"
    money = _with_plurals(words.currencies)
    lengths = _with_plurals(words.lengths)
    counts = _with_plurals(words.counts)
    shapes: list[tuple[str, dict[str, str]]] = [
        (rf"(?<!\w)(?P<unit>{_either(words.signs)})\s?(?P<number>{DIGITS}){scale}", dict(words.signs)),
        (rf"(?<![\w.,]){worded}{scale}[\s-]+(?P<unit>{_either(money)})\b", money),
        (
            rf"(?<![\w.,]){worded}[\s-]?(?P<unit>{_either(_with_plurals(words.shares))})(?!\w)",
            _with_plurals(words.shares),
        ),
        (rf"(?<![\w.,]){worded}-(?P<unit>{_either(words.lengths)})\b(?!-old\b)", dict(words.lengths)),
        (rf"(?<=for )(?:another |a further )?{worded}[\s-](?P<unit>{_either(lengths)})\b", lengths),
        (_count_shape(words, counts, scale), counts),
    ]
    return [(re.compile(shape, re.IGNORECASE), units) for shape, units in shapes]


def _count_shape(words: AmountWords, counts: dict[str, str], scale: str) -> str:
    """A number, at most two words that are no verbs or prepositions we know ("1,300 Chinese products"), a countable."""
    worded = rf"(?P<number>{DIGITS}|{_either(words.number_words)})"
    between = r"(?:(?!(?:of|in|on|to|and|or|for|with|by|from|the|a|at|as)\b)[\w.’'-]+\s+){0,2}?"
    return rf"(?<![\w.,$€£¥]){worded}{scale}\s+{between}(?P<unit>{_either(counts)})\b"


def _with_plurals(units: Mapping[str, str]) -> dict[str, str]:
    return {**{_plural(word): unit for word, unit in units.items()}, **units}


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith(CONSONANT_Y) else word + "s"


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
