"""How many independent outlets stand behind a thing: copies, wire credits, citing chains and common owners are one."""

import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rensa import RMinHash

from detente.codebook.witnesses import load_corrections, load_credits, owner_of
from detente.records import Document, Passage, Record, Span, Voice

HASHES = 96
ROWS = 4  # hashes in a band: two texts that share a band are compared
SEED = 1
SHINGLE = 2  # words
LEAST_WORDS = 12  # of a text that can be known as a copy
COPY = 0.6  # Jaccard likeness of shingles from which one text is a copy of another, lightly edited
COPY_DAYS = 14  # between the publication of a text and its copies
COPIED_WORDS = 8  # a sentence of so many words that two texts share word for word was copied
FIRST_CHARACTERS = 3_000  # where credits stand, and at the end
WORD = re.compile(r"\w+")
UNKNOWN = "outlet not given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the text of a document comes from.

    `story` is the first document that carries the same text, nearly; `credit` the outlet that the document, else its
    story's first, names as its source; `story_outlet` the outlet of the story's first document.
    """

    document: str
    outlet: str | None
    story: str
    story_outlet: str | None
    credit: str | None = None
    fate: str | None = None  # what became of it by a later text of the outlet: corrected, withdrawn, updated
    fate_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a text says of another, or of itself: corrected or withdrawn, and the words."""

    fate: str
    span: Span
    itself: bool = False  # of the text in which it stands, not of an earlier one


def sign(text: str, passages: Sequence[Passage]) -> tuple[int, ...]:
    """The hashes by which copies of the text are found; empty where it is too short to tell."""
    words = [word.lower() for p in passages if not p.from_title for word in WORD.findall(text[p.start : p.end])]
    if len(words) < LEAST_WORDS:
        return ()
    hashing = RMinHash(num_perm=HASHES, seed=SEED)
    hashing.update(sorted({" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}))
    return tuple(hashing.digest())


def bands(signature: Sequence[int]) -> tuple[int, ...]:
    """One number for each band: two likely copies share at least one."""
    found = []
    for at in range(0, len(signature), ROWS):
        number = at
        for value in signature[at : at + ROWS]:
            number = (number * 1_000_003 ^ value) & 0x7FFF_FFFF_FFFF_FFFF
        found.append(number)
    return tuple(found)


def is_copy(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether the two signatures are of nearly the same text."""
    same = sum(a == b for a, b in zip(one, other, strict=True))
    return bool(one) and same >= COPY * len(one)


def find_credit(document: Document) -> str | None:
    """The outlet that the text names as its source in its dateline, byline or last line; None where it names none."""
    text = document.text
    ends = text if len(text) <= 2 * FIRST_CHARACTERS else f"{text[:FIRST_CHARACTERS]}\n{text[-FIRST_CHARACTERS:]}"
    for one in load_credits():
        found = one.pattern.search(ends)
        if found:
            return found["name"].strip()
    return None


def find_correction(document: Document) -> Correction | None:
    """What the text says of a correction or withdrawal, with the words; None where it says nothing."""
    for one in load_corrections():
        found = one.pattern.search(document.text)
        if found:
            return Correction(fate=one.fate, span=document.quote(found.start(), found.end()), itself=one.itself)
    return None


def independent_outlets(records: Iterable[Record], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The outlets that tell it independently, by name, one for each origin; what was withdrawn counts no longer.

    A record that an outlet has from another counts for that one; a sentence that stands word for word in two
    outlets' texts counts once; outlets of one owner count once; all texts without an outlet count once. A text that
    names the outlet it has the thing from is no witness of its own, also where it tells it again in its own words.
    """
    told = sorted(records, key=lambda r: (r.known_on or dt.date.max, r.id))
    standing = [r for r in told if sources[r.evidence[0].document].fate != "withdrawn"] or told
    names: dict[str, str] = {}
    copied: dict[str, str] = {}
    citing = {r.evidence[0].document for r in standing if _cited(r)}
    for record in standing:
        document = record.evidence[0].document
        if document in citing and not _cited(record):
            continue
        name = _cited(record) or _origin(sources[document])
        key = owner_of(name)
        sentence = _sentence(record)
        if sentence:
            key = copied.setdefault(sentence, key)
        names.setdefault(key, name)
    return tuple(sorted(names.values()))


def _cited(record: Record) -> str | None:
    """The outlet at the far end of the record's chain, None where none is named."""
    chain = [link.outlet for link in record.attribution if link.outlet] if record.voice is Voice.ATTRIBUTED else []
    return chain[-1] if chain else None


def _origin(source: Source) -> str:
    return source.credit or source.story_outlet or source.outlet or UNKNOWN


def _sentence(record: Record) -> str:
    words = _words_of(record.evidence[0].quote)
    return " ".join(words) if len(words) >= COPIED_WORDS else ""


@functools.lru_cache(maxsize=1_000)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in WORD.findall(text))
