"""What a measure is on, by the words beside "tariff", "controls", "pact", and whether it is told of as known."""

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from detente.codebook.amounts import load_amount_words
from detente.codebook.happenings import load_meanings, load_report_words
from detente.codebook.measures import load_measures
from detente.codebook.registry import AliasKind, load_registry
from detente.records import Evidence, Measure

TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|['’]s?\b|\d[\d.,]*|[^\w\s]")
BEHIND = 7  # words after the noun and its preposition that may still say what it is on
BEFORE = 4
OFF = 3  # words that may stand between a law and its clause
CLAUSE = 9  # words of the clause that says what a law does
LAW = "legislative"  # the path of what chambers pass
POSSESSIVE = re.compile(r"['’]s?")
NATIONAL = frozenset({AliasKind.NAME, AliasKind.DEMONYM, AliasKind.CAPITAL})


@dataclass(frozen=True, slots=True)
class Matter:
    """The words that say what a measure is on, and whether it is pointed to as known: "its", "the", "Japan's"."""

    words: tuple[str, ...] = ()
    is_known: bool = False


def matter_of(record: Measure) -> Matter:
    """What the noun of the measure nearest to the first of its steps says; nothing where no such noun is there.

    "Fiji's export controls" is on "export" and known; "controls on exports of three metals" on "exports", "metals".
    """
    evidence = record.evidence[0]
    cues = tuple(step.cue.quote.lower() for step in record.steps if step.cue)
    return _matter(evidence.quote, record.kind, _place_of_step(record, evidence), cues)


@functools.lru_cache(maxsize=8_192)
def _matter(quote: str, kind: str, cue: int, steps: tuple[str, ...]) -> Matter:
    """The same from the sentence, the kind, and the place and words of the steps; kept, since it is asked again."""
    tokens = list(TOKEN.finditer(quote))
    words = [match.group().lower() for match in tokens]
    heads = _heads(load_meanings().family("measure", kind, None).id)
    found = [i for i, word in enumerate(words) if singular(word) in heads]
    at = next((i for i, token in enumerate(tokens) if token.start() == cue), None)
    if not found:
        return Matter(_done_to(words, at, steps))
    found = [i for i in found if i != at] or found  # "will levy a duty on steel": the verb is none of the two nouns
    is_law = load_measures().kinds[kind].path == LAW
    told = [_told_at(i, words, steps, is_law) for i in sorted(found, key=lambda i: (abs(tokens[i].start() - cue), i))]
    same = [matter for i, matter in told if matter.words and words[i] == words[told[0][0]]]
    done_to = _done_to(words, at, steps) if found == [at] and not same else ()  # "ban" may be a verb
    return Matter(same[0].words if same else done_to, told[0][1].is_known)


def _done_to(words: list[str], at: int | None, cues: tuple[str, ...]) -> tuple[str, ...]:
    """What a verb alone tells that it is done to: "will ban imports of livestock", "the bridge has been closed"."""
    if at is None or words[at] not in {word for cue in cues for word in cue.split()}:
        return ()
    data = load_report_words()
    if at and words[at - 1] in data.passive:
        return _that_say_what(_subject(words[:at]))
    first = at + 1
    while first < len(words) and (words[first] in data.pointing or words[first] in data.articles):
        first += 1
    told = []
    for word in words[first : first + BEHIND]:
        if word not in data.leading and (word in data.breaking or not word[0].isalnum()):
            break
        told.append(word)
    return _that_say_what(told)


def _subject(words: list[str]) -> Iterator[str]:
    """The first words of a clause up to its verb or a word that ends the phrase, without the article."""
    data = load_report_words()
    marks = [i for i, word in enumerate(words) if not (word[0].isalnum() or POSSESSIVE.fullmatch(word))]
    clause = words[marks[-1] + 1 :] if marks else words
    for at, word in enumerate(clause):
        if at and word in data.breaking | data.joining | data.passive:
            return
        if word not in data.articles | data.pointing:
            yield word


def _told_at(at: int, words: list[str], cues: tuple[str, ...], is_law: bool) -> tuple[int, Matter]:
    """What the words around that noun say."""
    steps = {word for cue in map(str.split, cues) if words[at] not in cue for word in cue}
    first = _first_of_phrase(words, at, steps)
    data = load_report_words()
    before = words[first - 1] if first else ""
    points = (before in data.pointing and not _is_told_which(words, at)) or bool(POSSESSIVE.fullmatch(before))
    clause = _ruled(words, at) if is_law else ()
    kept = _that_say_what((*words[first:at], *_objects(words, at), *clause))
    return at, Matter(kept, points and singular(words[at]) not in data.containers)


def _that_say_what(told: Iterable[str]) -> tuple[str, ...]:
    """The words, and the parts of those with a hyphen, that tell one matter from another; each once."""
    data = load_report_words()
    idle = data.wares | data.common | data.leading | national_words() | load_amount_words().number_words.keys()
    parts = (part for word in told for part in word.split("-"))
    return tuple(dict.fromkeys(word for word in parts if word[:1].isalpha() and word not in idle))


def _ruled(words: list[str], at: int) -> Iterator[str]:
    """What a law does, by its clause: "the law that bars firms from tenders", "a bill banning the sale of arms"."""
    data = load_report_words()
    # "signed the law on Monday that bars": some words may stand before the clause.
    ahead = [i for i in range(at + 1, min(at + 2 + OFF, len(words))) if words[i] in data.relative]
    if ahead and all(word[0].isalnum() for word in words[at + 1 : ahead[0]]):
        ruled = words[ahead[0] + 1 : ahead[0] + 1 + CLAUSE]
    else:
        ruled = words[at + 1 : at + 1 + CLAUSE]
        ruled = ruled if ruled and ruled[0].endswith("ing") else []
    while ruled and ruled[0] in data.auxiliary:
        ruled = ruled[1:]
    if not ruled or ruled[0] in data.breaking:
        return  # the clause says what became of it: "the bill that passed", "the law that the House backed"
    for word in ruled:
        if not word[0].isalnum() or word in data.relative:
            return
        if word not in data.breaking:
            yield word


def _is_told_which(words: list[str], at: int) -> bool:
    """Whether "the" points ahead: "the tariffs set for May", "the tariffs announced on Monday"."""
    return at + 1 < len(words) and words[at + 1] in load_report_words().telling


def _place_of_step(record: Measure, evidence: Evidence) -> int:
    cues = (step.cue for step in record.steps if step.cue is not None)
    inside = [cue.start for cue in cues if evidence.start <= cue.start < evidence.end]
    return (inside[0] if inside else evidence.start) - evidence.start


def _first_of_phrase(words: list[str], at: int, steps: Collection[str]) -> int:
    """Where the words before the noun begin that say what it is on; those of a step are no part of them."""
    data = load_report_words()
    first = at
    while first > max(0, at - BEFORE):
        word = words[first - 1]
        ends = word in data.pointing or word in data.breaking or word in data.leading or word in steps
        if ends or not (word[0].isalnum() or word == "%"):
            break
        first -= 1
    return first


def _objects(words: list[str], at: int) -> Iterator[str]:
    """The words after "on", "of", "with" up to a mark or a word that ends the phrase."""
    data = load_report_words()
    if at + 1 >= len(words) or not (words[at + 1] in data.leading or words[at + 1] in data.joining):
        return
    told = words[at + 2 : at + 2 + BEHIND]
    for i, word in enumerate(told):
        if word in data.leading or (word in data.pairing and _is_pair(told, i)):
            continue
        if word in data.breaking or not (word[0].isalnum() or word == "$"):
            return
        yield word


def _is_pair(told: list[str], joint: int) -> bool:
    """Whether "and" stands between two plain words of the phrase: "search and rescue", but not "arms and said"."""
    if not 0 < joint < len(told) - 1:
        return False
    data = load_report_words()
    idle = data.breaking | data.leading | data.joining | data.pointing | data.articles | national_words()
    return all(word[0].isalpha() and word not in idle for word in (told[joint - 1], told[joint + 1]))


def singular(word: str) -> str:
    """The word without the ending of the plural.

    >>> singular("tariffs"), singular("duties"), singular("sanctions")
    ('tariff', 'duty', 'sanction')
    """
    if word.endswith("ies") and len(word) > len("ties"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@functools.cache
def _heads(family: str) -> frozenset[str]:
    """The nouns by which measures of a family are called: the last word of a name, the first before "of" or "on"."""
    meanings = load_meanings()
    found = set()
    for row in load_measures().rows:
        if row.section == "noun" and row.kind and meanings.family("measure", row.kind, None).id == family:
            for phrase in row.words:
                words = re.split(r" (?:on|of|for|to|with|against) ", phrase)[0].split()
                found |= {singular(words[-1])} if words else set()
    return frozenset(found)


@functools.cache
def national_words() -> frozenset[str]:
    """The words of the names and demonyms of states, in lower case: they say who, not what."""
    registry = load_registry()
    return frozenset(
        word
        for alias in registry.aliases
        if alias.kind in NATIONAL and alias.state
        for word in alias.words.lower().replace("-", " ").split()
        if word not in load_report_words().things
    )
