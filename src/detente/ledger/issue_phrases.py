"""Noun phrases that recur in the news, found from the words around them: "mooring fees", "prawn licences".

No parse is at hand here, and none is needed: English puts the noun last, so what stands between an article or
preposition and the next small word is a noun phrase far more often than not, and what recurs is.
"""

import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from detente.codebook.issues import load_issue_cues, load_joining_words, load_plain_words, load_titles
from detente.ledger.issue_names import holds
from detente.records import Evidence

LEAST_DOCUMENTS, LEAST_PASSAGES = 2, 3  # in which a phrase must recur; of a single document
LEAST_OF_ONE = 4  # these many passages
SHORTEST, LONGEST = 2, 3  # words of a phrase
SHORTEST_WORD = 3  # letters
TOKEN = re.compile(r"[^\W\d_][\w-]*(?:[’'](?!s\b)\w+)?|[’']s\b|\S")
WORD = re.compile(r"[a-z][a-z-]+")
WHOLE = re.compile(r"\w+")
MOST_KEPT = 65_536  # texts of which the phrases are kept, since pages are told of the same ones again and again
NOT_LAST = ("ly", "ed")  # endings of words that close no noun phrase
NOT_FIRST = ("ly",)


def find_phrases(passages: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    """The noun phrases that recur and no issue is called by, as mostly written, each with the passages that hold it.

    A phrase is told once: "mooring fee" and "mooring fees" are one, and of a phrase within a longer one that always
    stands there the longer is kept.
    """
    places: dict[str, dict[int, Evidence]] = defaultdict(dict)  # by identity, which is compared faster than words
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for passage in passages:
        for phrase, key in _phrases_in(passage.quote):
            places[key][id(passage)] = passage
            written[key][phrase] += 1
    recurring = {key: found for key, found in places.items() if _recurs(found.values()) and _is_new(key, written[key])}
    sharing: dict[str, list[str]] = defaultdict(list)  # the phrases that a word stands in
    for key in recurring:
        for word in set(WHOLE.findall(key)):
            sharing[word].append(key)
    parts = {key for key in recurring if _is_part(key, recurring, sharing)}
    return {_surface(written[key]): list(found.values()) for key, found in recurring.items() if key not in parts}


@functools.lru_cache(maxsize=MOST_KEPT)
def _phrases_in(text: str) -> tuple[tuple[str, str], ...]:
    """The last two and three words of each run of words that nothing small or capitalised interrupts, and its key."""
    return tuple((phrase, _key(phrase)) for phrase in _endings(text))


def _endings(text: str) -> Iterator[str]:
    for words_between in _runs(text):
        run = list(itertools.dropwhile(_is_plain, words_between))  # "further mooring fees"
        for length in range(SHORTEST, min(LONGEST, len(run)) + 1):
            words = run[-length:]
            if not words[-1].endswith(NOT_LAST) and not words[0].endswith(NOT_FIRST):
                yield " ".join(words)


def _runs(text: str) -> Iterator[list[str]]:
    joining = load_joining_words()
    run: list[str] = []
    for at, token in enumerate(TOKEN.findall(text)):
        word = token.lower() if at == 0 else token
        if WORD.fullmatch(word) and len(word) >= SHORTEST_WORD and joining.isdisjoint((word, _stem(word))):
            run.append(word)
            continue
        if len(run) >= SHORTEST:
            yield run
        run = []
    if len(run) >= SHORTEST:
        yield run


def _stem(word: str) -> str:
    """A verb or noun without its ending, as plain words are listed.

    >>> [_stem(word) for word in ("talks", "parties", "boxes", "wage")]
    ['talk', 'party', 'box', 'wage']
    """
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _key(phrase: str) -> str:
    *before, last = phrase.split()
    return " ".join([*before, _stem(last)])


def _surface(written: Counter[str]) -> str:
    return min(written, key=lambda phrase: (-written[phrase], phrase))


def _recurs(passages: Collection[Evidence]) -> bool:
    several = len({passage.document for passage in passages}) >= LEAST_DOCUMENTS
    return len(passages) >= (LEAST_PASSAGES if several else LEAST_OF_ONE)


def _is_new(key: str, written: Counter[str]) -> bool:
    """Whether a phrase holds no title, and more than words that issues are called by."""
    if not load_titles().isdisjoint(key.split()):
        return False
    return not any(_is_called(text) for text in (key, *written))


@functools.lru_cache(maxsize=MOST_KEPT)
def _is_called(text: str) -> bool:
    """Whether nothing is left of a phrase without the words that issues are called by, or it is within such words."""
    rest = text
    for cue in load_issue_cues():
        for word in cue.words:
            if holds(word.lower(), text):
                return True
            if holds(rest, word.lower()):
                rest = rest.replace(word.lower(), " ")
    return all(len(word) < SHORTEST_WORD or _is_plain(word) for word in rest.split())


def _is_plain(word: str) -> bool:
    return not load_plain_words().isdisjoint((word, _stem(word)))


def _is_part(key: str, recurring: Mapping[str, Mapping[int, Evidence]], sharing: dict[str, list[str]]) -> bool:
    """Whether a longer phrase holds this one wherever it stands, or a shorter one stands elsewhere besides."""
    here = recurring[key].keys()
    near = {other for word in WHOLE.findall(key) for other in sharing[word]} - {key}
    return any(
        (here <= recurring[other].keys() and holds(other, key))
        or (here < recurring[other].keys() and holds(key, other))
        for other in near
    )
