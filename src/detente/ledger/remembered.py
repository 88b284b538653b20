"""What was worked out of things that never change is worked out once: a page told anew is told from few new things."""

import datetime as dt
import functools
from collections.abc import Callable, Hashable
from typing import Any, Generic, ParamSpec, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Parts = ParamSpec("Parts")
COMPARED = (str, int, float, dt.date, frozenset, type(None))


class Recent(Generic[Key, Value]):
    """The values used last, by a key; at least `most` of them, at most twice as many."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.newer: dict[Key, Value] = {}
        self.older: dict[Key, Value] = {}

    def get(self, key: Key) -> Value | None:
        """The value; None where it is not kept."""
        found = self.newer.get(key)
        if found is None and (older := self.older.get(key)) is not None:
            return self.keep(key, older)
        return found

    def keep(self, key: Key, value: Value) -> Value:
        """Keeps a value, and forgets those that were not asked for while the last `most` came."""
        if len(self.newer) >= self.most:
            self.older, self.newer = self.newer, {}
        self.newer[key] = value
        return value


def remembered(most: int) -> Callable[[Callable[Parts, Value]], Callable[Parts, Value]]:
    """Has a function remember its last answers, at least so many, by the very objects that it is given.

    Arguments are things that never change, or tuples of such, and are not compared, which would cost more than the
    answer: given others that are equal, it works the answer out again. Days, texts and numbers are compared. What it
    gives must not be changed either.
    """

    def wrap(work: Callable[Parts, Value]) -> Callable[Parts, Value]:
        kept: Recent[tuple[Hashable, ...], tuple[Any, Value]] = Recent(most)

        @functools.wraps(work)
        def ask(*parts: Parts.args, **named: Parts.kwargs) -> Value:
            key = tuple(map(_mark, (*parts, *named.values()) if named else parts))
            found = kept.newer.get(key) or kept.get(key)
            if found is None:
                # The objects are held, so that no other can come to have the identity of one of them.
                found = kept.keep(key, ((parts, named), work(*parts, **named)))
            return found[1]

        return ask

    return wrap


def _mark(part: object) -> Hashable:
    if isinstance(part, tuple):
        return part if part and isinstance(part[0], COMPARED) else tuple(map(id, part))
    return part if isinstance(part, COMPARED) else id(part)
