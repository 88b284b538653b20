"""Cues of what is no part of a story: forms, teasers, captions, buttons, credit lines."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from detente.codebook.files import read_toml
from detente.errors import CodebookError
from detente.records import BlockKind

FILE = "lang/{language}/furniture.toml"


class Reach(StrEnum):
    """How much a cue sets aside."""

    WORDS = "words"  # the matched words alone
    SENTENCE = "sentence"  # the sentence they stand in
    LINE = "line"  # the whole line; in a paragraph longer than a line of furniture, the sentence
    NEXT = "next"  # the line and the one after it
    LIST = "list"  # the line and those after it, up to the next sentence
    REST = "rest"  # all that follows


class Where(StrEnum):
    """Where in a text a cue holds."""

    ANYWHERE = "anywhere"
    EDGE = "edge"  # before the second sentence of the story or in its last lines


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureCue:
    """One row of `furniture.toml`; `reason` is printed to the reader."""

    id: str
    kind: BlockKind
    reach: Reach
    where: Where
    reason: str
    pattern: re.Pattern[str]
    example: str
    near_miss: str

    @property
    def find(self) -> Callable[[str], re.Match[str] | None]:
        """Looks for the cue in a line; one that can only stand at the beginning is not looked for further on."""
        return self.pattern.match if is_anchored(self.pattern.pattern) else self.pattern.search


@functools.cache
def is_anchored(pattern: str) -> bool:
    """Whether a regular expression can only match at the beginning.

    >>> is_anchored("^(?:a|b)"), is_anchored("^a|b"), is_anchored("a")
    (True, False, False)
    """
    depth, escaped = 0, False
    for sign in pattern:
        depth += 0 if escaped else {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        if sign == "|" and depth == 0 and not escaped:
            return False
        escaped = sign == "\\" and not escaped
    return pattern.startswith("^")


@functools.cache
def load_furniture(language: str = "en") -> tuple[FurnitureCue, ...]:
    """The cues in the order of the file; raises CodebookError that names the row that is broken."""
    name = FILE.format(language=language)
    cues = []
    for row in read_toml(name)["cue"]:
        try:
            cues.append(
                FurnitureCue(
                    id=row["id"],
                    kind=BlockKind(row["kind"]),
                    reach=Reach(row["reach"]),
                    where=Where(row.get("where", "anywhere")),
                    reason=row["reason"],
                    pattern=re.compile(row["pattern"]),
                    example=row["example"],
                    near_miss=row["near_miss"],
                )
            )
        except (KeyError, ValueError, re.error) as error:
            raise CodebookError(
                f"Row {row.get('id', '?')} of {name} is broken: {error}.", hint="Mend the row."
            ) from error
    return tuple(cues)
