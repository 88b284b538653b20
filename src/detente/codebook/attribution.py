"""The words by which a text says that someone says, thinks or wants something."""

import functools
import re
from dataclasses import dataclass

from detente.codebook.files import read_toml
from detente.codebook.scan import Scanner

FILE = "lang/en/attribution.toml"
# Frames that are no prepositions; the file explains them.
FRAMES = frozenset({"that", "quote", "to", "ing", "someone-to", "noun", "as", "as-object", "on-to", "to-noun"})
STATEMENTS = frozenset(
    {"say", "ask", "deny", "warn", "threaten", "promise", "urge", "propose", "agree", "accuse", "talk"}
)  # kinds of which a quotation or clause is a statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A row of the file: a verb, a noun or a phrase; `frames` says what its content may be."""

    id: str
    kind: str
    force: str = "neutral"
    frames: frozenset[str] = frozenset()
    addressed: bool = False  # always says to whom: who stands behind it is no speaker
    example: str
    near_miss: str | None = None

    @property
    def prepositions(self) -> frozenset[str]:
        """The prepositions whose noun is the content."""
        return frozenset({"to"} if "to-noun" in self.frames else ()) | (self.frames - FRAMES)

    @property
    def is_statement(self) -> bool:
        """Whether its content is something said, rather than thought, wanted or judged."""
        return self.kind in STATEMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A row whose words are a regular expression."""

    id: str
    kind: str = ""
    pattern: re.Pattern[str]
    example: str
    near_miss: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionWords:
    """All of the file. Words are keyed by every form, in lower case."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    phrases: tuple[Pattern, ...]
    hedges: tuple[Pattern, ...]
    unnamed: frozenset[str]
    outsiders: frozenset[str]
    outlets: frozenset[str]
    vehicles: frozenset[str]
    no_speakers: frozenset[str]
    mute: frozenset[str]
    resuming: frozenset[str]
    spokespeople: frozenset[str]
    by_id: dict[str, Cue]


@functools.cache
def attribution_words() -> AttributionWords:
    """The file, read once. Raises CodebookError where it is missing or broken."""
    table = read_toml(FILE)
    verbs = {form: _cue(row) for row in table["verbs"] for form in verb_forms(row["id"], row["past"])}
    nouns = {form: _cue(row) for row in table["nouns"] for form in _noun_forms(row["id"].removesuffix("-noun"))}
    adjectives = {row["id"]: _cue(row) for row in table["adjectives"]}
    return AttributionWords(
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        phrases=tuple(map(_pattern, table["phrases"])),
        hedges=tuple(map(_pattern, table["hedges"])),
        unnamed=frozenset(table["unnamed"]),
        outsiders=frozenset(table["outsiders"]),
        outlets=frozenset(table["outlets"]),
        vehicles=frozenset(table["vehicles"]),
        no_speakers=frozenset(table["no_speakers"]),
        mute=frozenset(table["mute"]),
        resuming=frozenset(table["resuming"]),
        spokespeople=frozenset(table["spokespeople"]),
        by_id={cue.id: cue for cue in (*verbs.values(), *nouns.values(), *adjectives.values())},
    )


@functools.cache
def hedge_scanner() -> Scanner:
    """Finds all hedges, by their numbers in `attribution_words().hedges`."""
    return _scanner("hedges", attribution_words().hedges)


@functools.cache
def phrase_scanner() -> Scanner:
    """Finds all phrases, by their numbers in `attribution_words().phrases`."""
    return _scanner("phrases", attribution_words().phrases)


def _scanner(name: str, rows: tuple[Pattern, ...]) -> Scanner:
    words = [_spaced(row["words"]).lower() for row in read_toml(FILE)[name]]
    return Scanner([row.pattern for row in rows], words)


def verb_forms(lemma: str, past: str) -> set[str]:
    """The written forms of a verb. Irregular participles are forms of their own in the data ("wrote written").

    >>> sorted(verb_forms("deny", "denied"))
    ['denied', 'denies', 'deny', 'denying']
    """
    pasts = past.split()
    if re.search(r"[^aeiou]y$", lemma):
        third = lemma[:-1] + "ies"
    else:
        third = lemma + ("es" if re.search(r"(?:s|x|z|ch|sh)$", lemma) else "s")
    stem = lemma[:-1] if re.search(r"[^e]e$", lemma) else lemma
    # A final consonant is doubled where the past doubles it: "plan, planned, planning".
    doubled = pasts[0] == lemma + lemma[-1] + "ed"
    return {lemma, third, (lemma + lemma[-1] if doubled else stem) + "ing", *pasts}


def _noun_forms(noun: str) -> set[str]:
    return {noun, noun[:-1] + "ies" if re.search(r"[^aeiou]y$", noun) else noun + "s"}


def _cue(row: dict[str, str | list[str]]) -> Cue:
    fields = {key: value for key, value in row.items() if key not in ("frames", "past")}
    return Cue(frames=frozenset(row["frames"]), **fields)  # type: ignore[arg-type]  # rows are checked by the tests


def _pattern(row: dict[str, str]) -> Pattern:
    words = re.compile(rf"(?<!\w){_spaced(row['words'])}(?!\w)", re.IGNORECASE)
    return Pattern(
        id=row["id"],
        kind=row.get("kind", ""),
        pattern=words,
        example=row["example"],
        near_miss=row["near_miss"],
    )


def _spaced(words: str) -> str:
    """Blanks stand for any white space."""
    return words.replace(" ", r"\s+")
