"""Names and noun phrases that recur in the news and no issue is called by: candidates for issues of the user's own."""

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from detente.codebook.issues import load_common_names, load_issue_cues, load_titles
from detente.codebook.registry import load_registry
from detente.ledger.issue_names import holds
from detente.ledger.issue_phrases import find_phrases
from detente.ledger.subjects import parties_of
from detente.records import Evidence, Record

LEAST_DOCUMENTS = 2  # in which a name must recur; of a single document
LEAST_PASSAGES = 3  # these many passages
SHORTEST = 3  # letters of a name
# Capitalised words in a row, with "of" and "the" between them and numbers at the end: "Treaty of Lobos 2".
NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s(?:of\s(?:the\s)?|for\s|and\s)?[A-Z][\w’'-]+)*(?:\s\d{1,2}\b)?")
MOST_KEPT = 65_536  # passages of which the names are kept, since pages are told of the same ones again and again
OWNER = re.compile(r"['’]s?$")
SHORTENED = re.compile(r"['’](?:d|ll|re|ve|m|t)$")  # "I'd": what is left is a common word, or too short
WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A name or phrase, and the records whose evidence holds it, in their order."""

    name: str
    records: tuple[Record, ...]

    @property
    def documents(self) -> int:
        """How many documents hold it."""
        return len({evidence.document for record in self.records for evidence in record.evidence})


def find_candidates(records: Sequence[Record], most: int | None = None) -> list[Candidate]:
    """The names and phrases told in several documents or passages that are no actor, place, person or issue.

    Most told first, so many where that is given.
    """
    resting: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    told: dict[tuple[str, int, int], Evidence] = {}
    for at, record in enumerate(records):
        for one in record.evidence:
            place = one.document, one.start, one.end
            told[place] = one
            resting[place].append(at)
    places: dict[str, list[Evidence]] = defaultdict(list)
    for passage in told.values():
        for name in dict.fromkeys(_names(passage.quote)):
            places[name].append(passage)
    taken = _taken(records)
    named = {n: passages for n, passages in places.items() if _recurs(passages) and not _is_known(n, taken)}
    found = []
    for name, passages in (*named.items(), *find_phrases(told.values()).items()):
        here = {at for one in passages for at in resting[one.document, one.start, one.end]}
        found.append((-len({one.document for one in passages}), -len(here), name, here))
    found.sort(key=lambda one: one[:3])
    return [Candidate(name=name, records=tuple(records[at] for at in sorted(here))) for *_, name, here in found[:most]]


@functools.lru_cache(maxsize=MOST_KEPT)
def _names(text: str) -> tuple[str, ...]:
    """The names in a passage; a single word that opens a sentence may be any word."""
    return tuple(_capitalised(text))


def _capitalised(text: str) -> Iterator[str]:
    for match in NAME.finditer(text):
        name = SHORTENED.sub("", OWNER.sub("", match.group().removeprefix("The ")))
        opens = match.start() == 0 or text[: match.start()].rstrip()[-1:] in (".", "“", '"', "‘", "!", "?", ":")
        if len(name) >= SHORTEST and not (opens and " " not in name and not name.isupper()):
            yield name


def _recurs(passages: Collection[Evidence]) -> bool:
    return len({p.document for p in passages}) >= LEAST_DOCUMENTS or len(passages) >= LEAST_PASSAGES


def _taken(records: Sequence[Record]) -> frozenset[str]:
    """The words, in lower case, of whoever acts or speaks in the records."""
    actors = [actor for record in records for actor in parties_of(record)]
    actors += [teller.speaker for record in records for teller in record.attribution if teller.speaker]
    named = {text for actor in actors for text in (actor.words, actor.person, actor.organisation, actor.office) if text}
    return frozenset(word for text in named for word in WORD.findall(text.lower()))


def _is_known(name: str, taken: frozenset[str]) -> bool:
    """Whether nothing of a name is new: its words belong to states, offices, people, days or issues."""
    left = _left_of(name)
    return left is None or all(word in taken for word in left)


@functools.lru_cache(maxsize=MOST_KEPT)
def _left_of(name: str) -> tuple[str, ...] | None:
    """The words of a name that belong to no state, day or number; None where it is that of a title or an issue."""
    lower = name.lower()
    if not load_titles().isdisjoint(WORD.findall(lower)) or any(
        holds(lower, word.lower()) for cue in load_issue_cues() for word in cue.words
    ):
        return None
    rest = lower
    for match in load_registry().find_aliases(name):
        rest = rest.replace(name[match.start : match.end].lower(), " ")
    common = load_common_names()
    return tuple(word for word in WORD.findall(rest) if word not in common and not word.isdigit())
