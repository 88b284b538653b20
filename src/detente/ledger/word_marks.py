"""Marks by which records of much the same words find each other, where no day of knowledge narrows the search."""

from collections.abc import Collection

from rensa import RMinHash

MARKS = 8  # of a record: two that share half of their words share a mark nine times in ten
HASHES = 2  # in a mark: two that share a tenth of their words share one seldom
SEED = 1
WORDLESS = ("",)


def marks_of(words: Collection[str]) -> tuple[str, ...]:
    """The marks of these words, the same in every run; one of its own for a record without words.

    >>> marks_of({"soybeans", "tariffs"}) == marks_of(["tariffs", "soybeans"])
    True
    """
    if not words:
        return WORDLESS
    hashing = RMinHash(num_perm=MARKS * HASHES, seed=SEED)
    hashing.update(sorted(words))
    found = hashing.digest()
    rows = (found[at : at + HASHES] for at in range(0, len(found), HASHES))
    return tuple(f"{number}:{'.'.join(f'{value:x}' for value in row)}" for number, row in enumerate(rows))
