"""A predicate's factuality while it is being composed."""

from dataclasses import dataclass

from detente.parsing.doc import Token
from detente.records import Factuality


@dataclass(frozen=True, slots=True)
class Status:
    """A predicate's factuality on the way outward, with the words and rows so far."""

    factuality: Factuality
    cue: tuple[Token, ...] = ()
    rules: tuple[str, ...] = ()
    condition: tuple[Token, Token] | None = None
    past: bool = False
