"""The words by which constructions of news that the parser misreads are known."""

import functools
from dataclasses import dataclass
from typing import Any

from detente.codebook.files import read_toml
from detente.errors import CodebookError

FILE = "lang/{language}/repairs.toml"
HINT = "Compare its lists with the fields of RepairWords."
HISSING = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True, slots=True)
class RepairWords:
    """`verbs` and `only_verbs` map the form with -s to its lemma, `pasts` irregular pasts to theirs.

    `aimed` maps participles to the prepositions behind them, `phrasal` verbs that pass for nouns to their particles,
    `opening` nouns that pass for verbs at the start of a sentence to their lemmas, `gathering` participles that pass
    for nouns to theirs.
    `fixed` has foreign phrases, word by word. The others are words in lower case.
    """

    verbs: dict[str, str]
    only_verbs: frozenset[str]
    object_nouns: frozenset[str]
    titles: frozenset[str]
    sided: frozenset[str]
    giving: frozenset[str]
    days: frozenset[str]
    months: frozenset[str]
    hours: frozenset[str]
    units: frozenset[str]
    ordering: frozenset[str]
    telling: frozenset[str]
    tagging: frozenset[str]
    releasing: frozenset[str]
    going: frozenset[str]
    placing: frozenset[str]
    outcomes: frozenset[str]
    felling: frozenset[str]
    felled: frozenset[str]
    able: frozenset[str]
    speaking: frozenset[str]
    discussing: frozenset[str]
    taking: frozenset[str]
    organs: frozenset[str]
    fixed: frozenset[tuple[str, ...]]
    settling: frozenset[str]
    pasts: dict[str, str]
    sure_pasts: frozenset[str]
    participles: frozenset[str]
    phrasal: dict[str, list[str]]
    opening: dict[str, str]
    gathering: dict[str, str]
    doings: frozenset[str]
    whereabouts: frozenset[str]
    adjoining: frozenset[str]
    plans: frozenset[str]
    planned: frozenset[str]
    wishing: frozenset[str]
    calling: frozenset[str]
    binding: frozenset[str]
    naming: frozenset[str]
    aimed: dict[str, list[str]]
    counterpart: str
    due: str
    accusing: frozenset[str]
    inert: frozenset[str]
    unchanged: frozenset[str]
    letting: frozenset[str]
    given_names: frozenset[str]
    verbs_of_plans: frozenset[str]
    holds: frozenset[str]
    holding: frozenset[str]
    passages: frozenset[str]


@functools.cache
def load_repairs(language: str = "en") -> RepairWords:
    """The words of a language; raises CodebookError where the file is missing or broken."""
    file = FILE.format(language=language)
    table = read_toml(file)
    words: dict[str, Any] = {key: frozenset(row) for key, row in table.items() if isinstance(row, list)}
    tables: dict[str, Any] = {key: row for key, row in table.items() if isinstance(row, dict)}
    try:
        words["verbs"] = {third_person(lemma): lemma for lemma in table["verbs"]}
        words["only_verbs"] = frozenset(third_person(lemma) for lemma in table["only_verbs"])
        words["fixed"] = frozenset(tuple(phrase.split()) for phrase in table["fixed"])
        return RepairWords(**words, **tables, counterpart=table["counterpart"], due=table["due"])
    except (KeyError, TypeError) as error:
        raise CodebookError(f"{file} lacks a list, or has one that no rule asks for: {error}.", hint=HINT) from error


def third_person(lemma: str) -> str:
    """The form with -s of a regular verb.

    >>> third_person("deny"), third_person("launch"), third_person("plan")
    ('denies', 'launches', 'plans')
    """
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith((*HISSING, "o")) else "s")
