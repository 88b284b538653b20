"""What each outlet gave: on whose word, how much of it nobody else tells."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.codebook.loaded import loaded_terms
from detente.ledger.happenings import Happening
from detente.ledger.remembered import remembered
from detente.records import Event, Measure, Position, Record, Voice

KEPT = 1_000  # shares that are remembered
TOLD = (Event, Measure, Position)  # the kinds of which it matters that one outlet alone tells them


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletShare:
    """An outlet's part in what is known. All figures but the days are counts."""

    outlet: str
    documents: int
    first: dt.date | None  # publication days
    last: dt.date | None
    records: int
    reported: int
    attributed: int
    unnamed: int  # attributed to nobody with a name or an office
    author: int
    hedged: int
    loaded: int  # author's statements that rest on loaded words
    happenings: int  # events, measures and positions that it tells of
    alone: int  # of these, told by no other outlet


def weigh_outlets(happenings: Sequence[Happening], outlets: Mapping[str, str]) -> list[OutletShare]:
    """Each outlet's share, most records first. `outlets` names the outlet of each document by its id."""
    records: dict[str, list[Record]] = defaultdict(list)
    told: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for happening in happenings:
        names = {outlets[id_] for id_ in happening.documents}
        if len(names) == 1:
            records[outlets[happening.documents[0]]] += happening.records
        else:
            for record in happening.records:
                records[outlets[record.evidence[0].document]].append(record)
        if isinstance(happening.head, TOLD):
            told.update(names)
            alone.update(names if len(names) == 1 else ())
    shares = [_share(outlet, tuple(found), told[outlet], alone[outlet]) for outlet, found in records.items()]
    return sorted(shares, key=lambda share: (-share.records, share.outlet))


def is_unnamed(record: Record) -> bool:
    """Whether it rests on the word of nobody with a name, an office or an organ of state."""
    return record.voice is Voice.ATTRIBUTED and not any(
        link.speaker and (link.speaker.person or link.speaker.office or link.speaker.organisation)
        for link in record.attribution
    )


def is_loaded(record: Record) -> bool:
    """Whether it is the author's own view and rests on loaded words."""
    loaded = {term.id for term in loaded_terms()}
    return record.voice is Voice.AUTHOR and not loaded.isdisjoint(record.provenance.rules)


@remembered(KEPT)
def _share(outlet: str, records: tuple[Record, ...], told: int, alone: int) -> OutletShare:
    voices = Counter(record.voice for record in records)
    days = sorted(record.known_on for record in records if record.known_on)
    return OutletShare(
        outlet=outlet,
        documents=len({record.evidence[0].document for record in records}),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        records=len(records),
        reported=voices[Voice.REPORTED],
        attributed=voices[Voice.ATTRIBUTED],
        unnamed=sum(map(is_unnamed, records)),
        author=voices[Voice.AUTHOR],
        hedged=sum(bool(record.hedges) for record in records),
        loaded=sum(map(is_loaded, records)),
        happenings=told,
        alone=alone,
    )
