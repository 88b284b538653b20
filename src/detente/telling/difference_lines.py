"""Accounts that differ, side by side, as lines of a page."""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence

from detente.ledger.differences import find_differences
from detente.ledger.happenings import Happening, group_happenings
from detente.ledger.witnesses import Source
from detente.records import Account, Difference, DifferenceKind, Document, Record
from detente.telling.lines import UNDATED_LAST, Line
from detente.telling.words import Words, day_words, quoted

KIND = "difference"  # of a line
STATES = (DifferenceKind.WHO_ASKED, DifferenceKind.DIRECTION, DifferenceKind.PLACE)
KEPT = 8  # answers, since pages look through the same happenings
RECENT = 200  # happenings, the newest, among which a page looks for accounts that differ; the table looks among all


def differences_of(
    happenings: Iterable[Happening], documents: Iterable[Document], sources: Mapping[str, Source]
) -> list[Difference]:
    """The differences among these happenings, the one known last first."""
    told = tuple(happenings)
    used = {id_ for happening in told for id_ in happening.documents}
    outlets = {document.id: document.outlet for document in documents if document.outlet and document.id in used}
    return list(_found(_Accounts(told, outlets, {id_: sources[id_].story for id_ in used & sources.keys()})))


class _Accounts:
    """What is looked through; the same again where it is of the very same happenings, which are not compared deeply."""

    def __init__(
        self, happenings: tuple[Happening, ...], outlets: Mapping[str, str], stories: Mapping[str, str]
    ) -> None:
        self.happenings = happenings
        self.outlets = outlets
        self.stories = stories

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.happenings)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Accounts)
            and len(self.happenings) == len(other.happenings)
            and all(one is same for one, same in zip(self.happenings, other.happenings, strict=True))
            and (self.outlets, self.stories) == (other.outlets, other.stories)
        )


@functools.lru_cache(maxsize=KEPT)
def _found(accounts: _Accounts) -> tuple[Difference, ...]:
    return tuple(find_differences(accounts.happenings, accounts.outlets, accounts.stories))


def newest(happenings: Sequence[Happening]) -> list[Happening]:
    """Those told of last, at most `RECENT`."""
    return sorted(happenings, key=lambda h: (str(h.records[-1].known_on), h.id))[-RECENT:]


def difference_line(difference: Difference, words: Words) -> Line:
    """The two passages side by side, each with what it says of the point; it rests on one record of each side."""
    sides = (difference.one, difference.other)
    cited = tuple(side.records[0] for side in sides)
    return Line(
        text=f"{difference.kind.capitalize()}: {' – '.join(map(passage_words, sides))}",
        date=f"told {day_words(difference.known_on)}" if difference.known_on else "",
        note=" – ".join(value_words(difference.kind, side.value, words) for side in sides),
        kind=KIND,
        records=cited,
        basis=tuple(id_ for id_ in difference.basis if id_ not in cited),
        sort=difference.known_on.isoformat() if difference.known_on else UNDATED_LAST,
    )


def lines_again(records: Sequence[Record], outlets: Mapping[str, str], words: Words) -> list[Line]:
    """The lines of all differences that these records come to, as one happening or as several."""
    together = Happening(records=tuple(sorted(records, key=lambda r: (str(r.known_on), r.id))))
    apart = [Happening(records=(record,)) for record in together.records]
    ways = ([together], apart, group_happenings(records))
    return [difference_line(found, words) for way in ways for found in find_differences(way, outlets)]


def passage_words(account: Account) -> str:
    """The passage by which an account was known first."""
    return quoted(account.evidence[0].quote)


def value_words(kind: DifferenceKind, value: str, words: Words) -> str:
    """What an account says of the point, in a reader's words."""
    if kind in STATES:
        return words.state(value)
    if kind is DifferenceKind.DATE:
        return day_words(dt.date.fromisoformat(value))
    return value
