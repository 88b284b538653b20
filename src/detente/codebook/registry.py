"""Who exists: states, international bodies, and every name, metonym and place that stands for one."""

import difflib
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from detente.codebook.files import read_csv, read_toml
from detente.errors import CodebookError, UnknownStateError

SHORTEST_CAPITALISED = 4  # letters: names as short as "US" are not looked for in capitals or small letters

STATES_FILE = "registry/states.csv"


class AliasKind(StrEnum):
    """What an alias is."""

    NAME = "name"  # of a state: "China", "the States"
    DEMONYM = "demonym"  # adjective or noun: "Chinese", "Iranians"
    CAPITAL = "capital"
    SEAT = "seat"  # a building or street that stands for an organ: "the Kremlin"
    ORGAN = "organ"  # of a state, by its own name: "the Knesset"
    CITY = "city"
    REGION = "region"
    GROUP = "group"  # armed, or a society: acts for no state
    COMPANY = "company"
    MEDIA = "media"
    BODY = "body"  # international
    PHRASE = "phrase"  # contains a name but names no actor: "South China Sea"

    @property
    def is_place(self) -> bool:
        """Whether it can be where something is, and nobody who acts."""
        return self in (AliasKind.CITY, AliasKind.REGION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One way to write an actor or a place. `state` is "" where it has none."""

    words: str
    state: str
    kind: AliasKind
    sector: str | None = None
    organisation: str | None = None
    is_word: bool = False  # also a common word or a person's name
    is_printed: bool = False  # of several demonyms the one that is printed
    is_shared: bool = False  # organs of other states are called so too

    def names_actor(self) -> bool:
        """Whether it names anyone at all."""
        return self.kind is not AliasKind.PHRASE


class AliasMatch(NamedTuple):
    """An alias found in a text. Characters, half-open."""

    start: int
    end: int
    alias: Alias


@dataclass(frozen=True, slots=True, kw_only=True)
class Homonym:
    """A name that means something else in documents that hold one of `signs`."""

    alias: Alias
    signs: tuple[str, ...]


class Registry:
    """All states and bodies by code, and all aliases.

    >>> registry = load_registry()
    >>> registry.state("US"), registry.name("CHN"), registry.demonym("IRN")
    ('USA', 'China', 'Iranian')
    """

    def __init__(
        self,
        *,
        names: Mapping[str, str],
        alpha2: Mapping[str, str],
        aliases: tuple[Alias, ...],
        homonyms: tuple[Homonym, ...],
    ) -> None:
        self.names = names
        self.aliases = aliases
        self.homonyms = {homonym.alias.words: homonym for homonym in homonyms}
        self._codes = {code.casefold(): code for code in names} | dict(alpha2)
        self._by_words = {alias.words.casefold(): alias for alias in reversed(aliases) if alias.state}
        self._demonyms = self._printed_demonyms()
        self._patterns = patterns(aliases)
        self._matcher = AhoCorasick(
            list(self._patterns), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        )

    def state(self, word: str) -> str:
        """The code that a user means by `word`: a code, a name, a demonym or a capital.

        Raises UnknownStateError, with the nearest names in its hint.
        """
        key = word.strip().casefold().removeprefix("the ")
        if key in self._codes:
            return self._codes[key]
        alias = self._by_words.get(key)
        if alias is not None:
            return alias.state
        near = difflib.get_close_matches(key, [*self._by_words, *self._codes], n=3, cutoff=0.6)
        meant = [self._codes.get(name) or self._by_words[name].state for name in near]
        hint = " or ".join(f"{code} ({self.names[code]})" for code in dict.fromkeys(meant))
        raise UnknownStateError(
            f"No state is called {word!r}.",
            hint=f"Did you mean {hint}?" if hint else "Use an ISO code such as USA, or an English name.",
        )

    def name(self, code: str) -> str:
        """The name printed for a code: "United States"; the code itself where the registry has none."""
        return self.names.get(code, code)

    def demonym(self, code: str) -> str:
        """The adjective for a code: "American"; the name where there is none."""
        return self._demonyms.get(code, self.name(code))

    def find_aliases(self, text: str) -> Iterator[AliasMatch]:
        """Every alias in a text, longest first, in text order, never overlapping, only at word boundaries."""
        whole = text.encode("utf-8", "replace").decode()  # half a surrogate pair is one character, and none to search
        for index, start, end in self._matcher.find_matches_as_indexes(whole):
            if is_whole_word(text, start, end):
                yield AliasMatch(start=start, end=end, alias=self._listed[index])

    def named(self, words: str) -> Alias | None:
        """The alias that is written exactly so, in capitals too; None where there is none.

        >>> load_registry().named("VIENNA").state
        'AUT'
        """
        return self._patterns.get(words)

    @functools.cached_property
    def _listed(self) -> list[Alias]:
        return list(self._patterns.values())

    def _printed_demonyms(self) -> dict[str, str]:
        demonyms: dict[str, str] = {}
        for alias in sorted(self.aliases, key=lambda alias: not alias.is_printed):
            if alias.kind is AliasKind.DEMONYM:
                demonyms.setdefault(alias.state, alias.words)
        return demonyms


def patterns(aliases: tuple[Alias, ...]) -> dict[str, Alias]:
    """Every form to look for in a text: the aliases, with curly apostrophes, and in capitals as in datelines."""
    found: dict[str, Alias] = {}
    for alias in aliases:
        found.setdefault(alias.words, alias)
        if "'" in alias.words:
            found.setdefault(alias.words.replace("'", "’"), alias)
    for alias in aliases:
        if len(alias.words) >= SHORTEST_CAPITALISED and alias.kind in (
            AliasKind.NAME,
            AliasKind.DEMONYM,
            AliasKind.CAPITAL,
            AliasKind.CITY,
            AliasKind.PHRASE,
        ):
            found.setdefault(alias.words.upper(), alias)
    return found


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit touches text[start:end], and no currency sign follows ("US$")."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or before in "_@#" or after.isalnum() or after in "_$£€")


@functools.cache
def load_names() -> Mapping[str, str]:
    """The English name of each state and body by its code."""
    return {row["code"]: row["name"] for row in (*read_csv(STATES_FILE), *read_csv("registry/organisations.csv"))}


@functools.cache
def load_registry() -> Registry:
    """The bundled registry. Handwritten rows win over generated ones."""
    names = load_names()
    written = [alias_of(row) for row in read_csv("registry/aliases.csv")]
    base = [alias_of(row) for row in read_csv("registry/aliases_base.csv")]
    generated = {alias.words for alias in base}
    by_hand = {alias.words: alias for alias in written}
    aliases = (*(by_hand.get(alias.words, alias) for alias in base), *(x for x in written if x.words not in generated))
    unknown = {alias.state for alias in aliases} - set(names) - {""}
    if unknown:
        raise CodebookError(f"Aliases point at unknown codes: {sorted(unknown)}.", hint="Add them to states.csv.")
    return Registry(
        names=names,
        alpha2={row["alpha2"].casefold(): row["code"] for row in read_csv(STATES_FILE)},
        aliases=aliases,
        homonyms=tuple(read_homonyms()),
    )


def alias_of(row: Mapping[str, str]) -> Alias:
    """The alias of a row of aliases.csv or aliases_base.csv."""
    notes = (row.get("note") or "").split()
    return Alias(
        words=row["alias"],
        state=row["code"],
        kind=AliasKind(row["kind"]),
        sector=row.get("sector") or None,
        organisation=row.get("organisation") or None,
        is_word="word" in notes,
        is_printed="printed" in notes,
        is_shared="shared" in notes,
    )


def read_homonyms() -> Iterator[Homonym]:
    """The rows of homonyms.toml."""
    for row in read_toml("registry/homonyms.toml")["homonym"]:
        alias = Alias(words=row["words"], state=row["state"], kind=AliasKind(row["kind"]))
        yield Homonym(alias=alias, signs=tuple(row["signs"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCodes:
    """A state's codes in other data sets; None where that set has none for it."""

    cow: str | None  # Correlates of War state number
    gw: str | None  # Gleditsch-Ward number
    fips: str | None  # FIPS 10-4


@functools.cache
def load_state_codes() -> Mapping[str, StateCodes]:
    """The codes of other data sets by alpha-3, for exporters and importers."""
    return {
        row["code"]: StateCodes(cow=row["cow"] or None, gw=row["gw"] or None, fips=row["fips"] or None)
        for row in read_csv("registry/state_codes.csv")
    }


@functools.cache
def body_codes() -> frozenset[str]:
    """The codes of international bodies, which may only be where states meet."""
    return frozenset(row["code"] for row in read_csv("registry/organisations.csv"))
