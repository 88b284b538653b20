"""The words by which accounts contradict each other, and how near two accounts must be to do so."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from detente.codebook.amounts import load_amount_words
from detente.codebook.files import read_toml
from detente.errors import CodebookError

LIMITS = "codebook/differences.toml"
WORDS = "lang/en/differences.toml"
MOST_KEPT = 65_536  # sentences of which the cues are kept, since pages are told of the same ones again and again
TABLES = ("denial", "before", "asked", "thing", "first", "verdict", "absent", "present", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A pattern over a sentence, with one in which it fires and one in which it must not.

    `needs` are pieces in small letters of which one stands wherever it fires: they are looked for first, since few
    sentences have one. `kind` is that of the difference (of "before" alone), `says` and `against` are of verdicts.
    `whole` verdicts are on all of a meeting; what those are about that stand `of_itself` is said by their own words.
    `names` tells which name before the pattern is meant where it has no group "who".
    """

    id: str
    pattern: re.Pattern[str]
    example: str
    near_miss: str
    needs: tuple[str, ...]
    unless: re.Pattern[str] | None = None
    kind: str = ""
    says: str = ""
    against: str = ""
    of_itself: bool = False
    names: str = ""
    whole: bool = False

    def find(self, sentence: str) -> re.Match[str] | None:
        """Where it fires first; None where it does not."""
        small = sentence.lower()
        if not any(piece in small for piece in self.needs):
            return None
        if self.unless is not None and self.unless.search(sentence):
            return None
        return self.pattern.search(sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceWords:
    """The cues by table, the words that stand for each other, and the words about numbers."""

    cues: Mapping[str, tuple[Cue, ...]]
    same: Mapping[str, str]  # a word in small letters to the first word of its row
    plain: frozenset[str]
    ending: str
    mended: re.Pattern[str]
    negated: re.Pattern[str]
    ahead: re.Pattern[str]
    so_far: re.Pattern[str]
    nouns: Mapping[str, str]
    bounds: Mapping[str, str]  # "at least" to "least"
    loose: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How near two accounts must be; `days` by the kind of difference. The file explains each."""

    days: Mapping[str, int]
    near: int
    denied_share: float
    denied_words: int
    matter_share: float
    matter_words: int
    rounding: float
    hedged_rounding: float
    longest_gap: int


@functools.cache
def load_limits() -> Limits:
    """The rows of codebook/differences.toml."""
    table = read_toml(LIMITS)
    return Limits(
        days=table["days"],
        near=table["near"]["characters"],
        denied_share=table["denial"]["share"],
        denied_words=table["denial"]["least_words"],
        matter_share=table["matter"]["share"],
        matter_words=table["matter"]["least_words"],
        rounding=table["rounding"]["exact"],
        hedged_rounding=table["rounding"]["hedged"],
        longest_gap=table["gap"]["longest"],
    )


@functools.cache
def load_difference_words() -> DifferenceWords:
    """The rows of lang/en/differences.toml; raises CodebookError where a word stands in two rows of `same`."""
    table = read_toml(WORDS)
    same: dict[str, str] = {}
    for row in table["same"]:
        for word in row["words"]:
            if word in same:
                raise CodebookError(f"{WORDS}: {word} stands in two rows.", hint="Take it out of one.")
            same[word] = row["words"][0]
    return DifferenceWords(
        cues={name: tuple(_cues(table[name], table["name"])) for name in TABLES},
        same=same,
        plain=frozenset(table["plain"]),
        ending=table["ending"],
        mended=re.compile(table["mended"]),
        negated=re.compile(table["negated"]),
        ahead=re.compile(table["ahead"]),
        so_far=re.compile(table["so_far"]),
        nouns={word: noun for noun, words in table["nouns"].items() for word in words},
        bounds={word: bound for bound, words in table["open"].items() for word in words},
        loose={word: (low, high) for word, (low, high) in table["loose"].items()},
    )


@functools.lru_cache(maxsize=MOST_KEPT)
def find_cues(table: str, sentence: str) -> tuple[tuple[Cue, re.Match[str]], ...]:
    """The cues of a table that fire in a sentence, in the order of the table, each with where."""
    return tuple((cue, found) for cue in load_difference_words().cues[table] if (found := cue.find(sentence)))


@functools.cache
def number_pattern() -> str:
    """A number with the words before it that leave it open, as groups "bound" and "number"."""
    table, amounts = read_toml(WORDS), load_amount_words()
    bounds = _either(word for words in table["open"].values() for word in words)
    words = _either([*amounts.number_words, *table["loose"]])
    scales = _either(scale for scale in amounts.scales if len(scale) > 1)  # "20 m" may be metres
    return rf"(?:(?P<bound>{bounds}) )?(?P<number>\d[\d,]*(?:\.\d+)?(?: (?:{scales}))?\b|(?:{words})\b)(?: of)?"


def _either(words: Iterable[str]) -> str:
    """The words as an alternation, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _cues(rows: list[dict[str, Any]], name: str) -> Iterator[Cue]:
    for row in rows:
        written = row["pattern"].replace("{name}", name).replace("{number}", number_pattern())
        unless = re.compile(row["unless"]) if "unless" in row else None
        yield Cue(**row | {"pattern": re.compile(written), "needs": tuple(row["needs"]), "unless": unless})
