"""Accounts that cannot both hold, side by side: a pure function over what is known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente.ledger.clashes import Clash
from detente.ledger.differences_asked import find_asked, find_begun
from detente.ledger.differences_counted import find_amounts, find_counts, find_said_amounts, find_told_amounts
from detente.ledger.differences_dated import find_absent, find_dates, find_other_dates, find_places
from detente.ledger.differences_denied import find_denied, find_denied_before, find_denied_events, find_verdicts
from detente.ledger.happenings import Happening
from detente.ledger.remembered import remembered
from detente.ledger.tellings import UNDATED, Telling, Tellings, Text, stems
from detente.records import Account, Difference, difference_id

KEPT = 4_000  # happenings of which it is remembered what differs


def find_differences(
    happenings: Iterable[Happening], outlets: Mapping[str, str], stories: Mapping[str, str] | None = None
) -> list[Difference]:
    """The differences among what is told, the one known last first. `outlets` and `stories` are by document id.

    What only a title or an author tells is left out; so are an outlet's later word, copies of one text, dates and
    figures that can be the same, and plans that were put off.
    """
    known = list(happenings)
    tellings = Tellings((r for happening in known for r in happening.records), outlets, stories or {})
    groups: dict[tuple[object, ...], list[Clash]] = defaultdict(list)
    for clash in _clashes(known, tellings):
        # A denial told again in the same words is the same denial.
        groups[clash.kind, clash.values, clash.other.speaker, stems(clash.other.quote)].append(clash)
    found = {made.id: made for clashes in groups.values() for made in [_difference(clashes)]}
    return sorted(found.values(), key=lambda d: (-(d.known_on or UNDATED).toordinal(), d.kind, d.id))


def _clashes(happenings: list[Happening], tellings: Tellings) -> Iterator[Clash]:
    of = tellings.of
    for happening in happenings:
        if len(happening.records) > 1:
            yield from _in_happening(happening, tuple(of[r.id] for r in happening.records if r.id in of))
    yield from tellings.each(_in_text)
    yield from find_other_dates(happenings, tellings)
    yield from find_counts(happenings, tellings)
    yield from find_verdicts(happenings, tellings)
    for search in (find_denied, find_asked, find_begun, find_absent, find_told_amounts):
        yield from search(tellings)


@remembered(KEPT)
def _in_happening(happening: Happening, told: tuple[Telling, ...]) -> tuple[Clash, ...]:
    of = {record.id: telling for telling in told for record in telling.records}
    ways = (find_dates, find_places, find_denied_events, find_amounts)
    return tuple(clash for find in ways for clash in find(happening, of))


def _in_text(text: Text) -> tuple[Clash, ...]:
    return (*find_denied_before(text), *find_said_amounts(text))


def _difference(clashes: Sequence[Clash]) -> Difference:
    """One difference of clashes that say the same: on one side all that tell it, on the other the denial."""
    ones = sorted({id(c.one): c.one for c in clashes}.values(), key=lambda t: t.rank)
    others = sorted({id(c.other): c.other for c in clashes}.values(), key=lambda t: t.rank)
    kind, values = clashes[0].kind, clashes[0].values
    one, other = _account(ones, values[0]), _account(others, values[1])
    if others[0].rank < ones[0].rank:
        one, other = other, one
    days = [account.known_on for account in (one, other)]
    told = {record.id for telling in (*ones, *others) for record in telling.records}
    return Difference(
        id=difference_id(kind, [one.records[0], other.records[0]]),
        kind=kind,
        one=one,
        other=other,
        known_on=max((day for day in days if day), default=None) if all(days) else None,
        basis=tuple(sorted(told | {id_ for clash in clashes for id_ in clash.basis})),
    )


def _account(tellings: Sequence[Telling], value: str) -> Account:
    heads = [next(r for r in t.records if r.evidence[0] == t.evidence) for t in tellings]
    return Account(
        value=value,
        records=tuple(head.id for head in heads),
        evidence=tuple(telling.evidence for telling in tellings),
        outlets=tuple(sorted({telling.outlet for telling in tellings})),
        known_on=tellings[0].known if tellings[0].known != UNDATED else None,
    )
