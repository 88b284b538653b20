"""The words by which constructions of news that the parser misreads are known."""

import functools
from dataclasses import dataclass

from detente.codebook.files import read_toml

FILE = "lang/{language}/repairs.toml"
HISSING = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True, slots=True)
class RepairWords:
    """`verbs` and `only_verbs` map the form with -s to its lemma, `pasts` irregular pasts to theirs.

    `aimed` maps participles to the prepositions behind them, `phrasal` verbs that pass for nouns to their particles,
    `opening` nouns that pass for verbs at the start of a sentence to their lemmas.
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


@functools.cache
def load_repairs(language: str = "en") -> RepairWords:
    """The words of a language; raises CodebookError where the file is missing or broken."""
    table = read_toml(FILE.format(language=language))
    verbs = {third_person(lemma): lemma for lemma in table["verbs"]}
    return RepairWords(
        verbs=verbs,
        only_verbs=frozenset(third_person(lemma) for lemma in table["only_verbs"]),
        object_nouns=frozenset(table["object_nouns"]),
        titles=frozenset(table["titles"]),
        sided=frozenset(table["sided"]),
        giving=frozenset(table["giving"]),
        days=frozenset(table["days"]),
        months=frozenset(table["months"]),
        hours=frozenset(table["hours"]),
        units=frozenset(table["units"]),
        ordering=frozenset(table["ordering"]),
        telling=frozenset(table["telling"]),
        able=frozenset(table["able"]),
        speaking=frozenset(table["speaking"]),
        discussing=frozenset(table["discussing"]),
        taking=frozenset(table["taking"]),
        organs=frozenset(table["organs"]),
        fixed=frozenset(tuple(phrase.split()) for phrase in table["fixed"]),
        settling=frozenset(table["settling"]),
        pasts=table["pasts"],
        sure_pasts=frozenset(table["sure_pasts"]),
        phrasal=table["phrasal"],
        opening=table["opening"],
        participles=frozenset(table["participles"]),
        whereabouts=frozenset(table["whereabouts"]),
        adjoining=frozenset(table["adjoining"]),
        plans=frozenset(table["plans"]),
        planned=frozenset(table["planned"]),
        wishing=frozenset(table["wishing"]),
        calling=frozenset(table["calling"]),
        binding=frozenset(table["binding"]),
        naming=frozenset(table["naming"]),
        aimed=table["aimed"],
        counterpart=table["counterpart"],
        due=table["due"],
        accusing=frozenset(table["accusing"]),
        inert=frozenset(table["inert"]),
    )


def third_person(lemma: str) -> str:
    """The form with -s of a regular verb.

    >>> third_person("deny"), third_person("launch"), third_person("plan")
    ('denies', 'launches', 'plans')
    """
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith((*HISSING, "o")) else "s")
