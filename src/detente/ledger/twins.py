"""Records that tell the same in the same traits on one day: copies of a text, of which the first stands for all.

Only the first by id is listed and compared with others; its twins are in its happening. So a text that hundreds of
outlets print on one day costs each of them the same.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence

import msgspec

from detente.ledger.likeness import compare
from detente.ledger.traits import Traits

DIGEST = 12  # bytes
LEAD, TWIN = "=", "~"  # before the print, of the record that stands for its twins and of those


def print_of(item: Traits) -> str:
    """What all twins of a record have in common: a digest of all traits but its id, document and place."""
    bare = msgspec.structs.astuple(msgspec.structs.replace(item, id="", document="", place=0))
    told = repr([sorted(value) if isinstance(value, frozenset) else value for value in bare])
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=DIGEST).hexdigest()


def prints_of(items: Sequence[Traits]) -> list[str | None]:
    """The print of each record of one document; None where the document tells it twice, which may be two things."""
    prints = [print_of(item) for item in items]
    told = Counter(prints)
    return [
        print_ if told[print_] == 1 and tells_enough(item) else None for print_, item in zip(prints, items, strict=True)
    ]


def tells_enough(item: Traits) -> bool:
    """Whether another document's record with the same traits is sure to tell of the same thing."""
    return compare(item, msgspec.structs.replace(item, id="", document="", place=-1)).is_same
