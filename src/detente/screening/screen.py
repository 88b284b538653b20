"""One search for every name of the watched states."""

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, Implementation, MatchKind

from detente.codebook.offices import load_office_holders, plain
from detente.codebook.registry import Registry, is_whole_word, load_registry, patterns
from detente.records import Passage
from detente.settings import Scope, Watch

Pairs = Sequence[tuple[str, str]]

# A record can bear on a pair through "he" and "the ministry": so many passages after, or before, one that names a side.
# With one on either side 2.1 % of the records on a pair are lost in the development articles, with two 0.4 %.
NEIGHBOURS = 2
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


class Screen:
    """Says of a text, at the speed of unpacking it, whether it names both states of a watched pair.

    A state is named by any of its names, demonyms, cities, organs and companies in the registry, and by the full name
    of anyone who ever held an office of it. Longer names of something else ("East China Sea") hide those inside them.

    >>> screen = build_screen((("USA", "CHN"),))
    >>> screen.bears("Beijing answered the White House."), screen.bears("A storm formed in the East China Sea.")
    (True, False)
    """

    def __init__(self, pairs: Pairs, registry: Registry) -> None:
        self.pairs = tuple(pairs)
        watched = {state for pair in pairs for state in pair}
        names = _names(watched, registry)
        self._states = tuple(names.values())
        self._text = AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
        self._bytes = BytesAhoCorasick(
            [name.encode() for name in names], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        )

    def bears(self, text: str) -> bool:
        """Whether the text names both states of a watched pair."""
        return self.choose_pair(text) is not None

    def bears_bytes(self, raw: bytes) -> bool:
        """The same of text or markup as it lies in a file, in any encoding that keeps ASCII letters as they are."""
        found: set[str] = set()
        for number, start, end in self._bytes.find_matches_as_indexes(raw):
            state = self._states[number]
            if state and state not in found and _stands_alone(raw, start, end):
                found.add(state)
                if any(first in found and second in found for first, second in self.pairs):
                    return True
        return False

    def choose_pair(self, text: str) -> tuple[str, str] | None:
        """The pair whose rarer state the text names most often; None where it names both states of none.

        Of pairs named alike the one watched first is taken.
        """
        if not self.pairs:
            return None
        counts = Counter(state for _, state in self._named(text))
        best = max(self.pairs, key=lambda pair: min(counts[pair[0]], counts[pair[1]]))
        return best if min(counts[best[0]], counts[best[1]]) else None

    def near(self, text: str, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        """The passages that name a watched state, with the title's and with `NEIGHBOURS` on either side."""
        starts = [start for start, _ in self._named(text)]
        named = {i for i, p in enumerate(passages) if p.from_title or _any_within(starts, p)}
        kept = {j for i in named for j in range(i - NEIGHBOURS, i + NEIGHBOURS + 1)}
        return tuple(passage for i, passage in enumerate(passages) if i in kept)

    def _named(self, text: str) -> Iterator[tuple[int, str]]:
        """Where the text names a watched state, and which."""
        for number, start, end in self._text.find_matches_as_indexes(text):
            if self._states[number] and is_whole_word(text, start, end):
                yield start, self._states[number]


@functools.lru_cache(maxsize=8)
def build_screen(pairs: tuple[tuple[str, str], ...]) -> Screen:
    """The screen for these pairs over the bundled registry; building takes some hundredths of a second."""
    return Screen(pairs, load_registry())


def screen_for(watch: Watch) -> Screen | None:
    """What tells the texts to code from others; None where all are coded."""
    return None if watch.scope is Scope.ALL else build_screen(watch.pairs)


def _names(watched: set[str], registry: Registry) -> dict[str, str]:
    """Every way to write a watched state, and with "" every longer name that holds one and means something else."""
    forms: Mapping[str, str] = {words: alias.state for words, alias in patterns(registry.aliases).items()}
    persons = {name: x.state for x in load_office_holders() for name in (x.person, plain(x.person)) if " " in name}
    known = {**persons, **forms}
    wanted = {words: state for words, state in known.items() if state in watched}
    hiding = {words: "" for words in known if words not in wanted and any(name in words for name in wanted)}
    return wanted | hiding


def _any_within(starts: list[int], passage: Passage) -> bool:
    return any(passage.start <= start < passage.end for start in starts)


def _stands_alone(raw: bytes, start: int, end: int) -> bool:
    before = raw[start - 1] if start else 0
    after = raw[end] if end < len(raw) else 0
    return before not in _LETTERS and after not in _LETTERS
