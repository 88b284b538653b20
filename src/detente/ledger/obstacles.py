"""What stands in the way: issues ranked by attention, conflict and the distance between the latest positions."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from detente.codebook.issues import Theme, load_themes
from detente.ledger.distance import Distance, is_contrary, measure_distance, stands_of
from detente.ledger.port import Pair
from detente.ledger.remembered import remembered
from detente.records import Event, Issue, Position, Quad, Record, Stance, Voice

# The formula: a weighted sum of parts, each 0..1.
WEIGHTS = (("attention", 1.0), ("conflict", 1.5), ("distance", 1.0), ("heard", 1.0), ("matter", 2.0))
KEPT = 1_000  # issues that are remembered
SETTING = 3  # breadth of a theme that is a setting of disputes, no dispute: talks, visits
CONFLICT_QUADS = frozenset({Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """An issue that divides a pair. `parts` are the named parts of the score, each 0..1, before weighting."""

    label: str
    theme: str
    distance: Distance
    positions: tuple[Position, ...]  # latest first
    stands: tuple[Record, ...]  # what the distance is measured by
    records: tuple[Record, ...]  # all that bear on it
    parts: tuple[tuple[str, float], ...]

    @property
    def rank_weight(self) -> float:
        """The weighted sum of the parts."""
        weights = dict(WEIGHTS)
        return sum(weights[name] * part for name, part in self.parts)


def rank_obstacles(records: Sequence[Record], pair: Pair) -> list[Obstacle]:
    """The issues on which the pair's states hold contrary positions or did each other harm, worst first."""
    gathered = _gather(records)
    told = [(issue, tuple(items)) for issue, items in gathered.items()]
    spoken = [_attention(items) for _, items in told]
    most = max(spoken, default=1)
    weighed = [_weigh(issue.theme, issue.label, items, pair) for issue, items in told]
    found = [
        dataclasses.replace(obstacle, parts=(("attention", passages / most), *obstacle.parts))
        for obstacle, passages in zip(weighed, spoken, strict=True)
        if obstacle is not None
    ]
    return sorted(found, key=lambda o: (-o.rank_weight, o.label))


def _gather(records: Sequence[Record]) -> dict[Issue, list[Record]]:
    """The records by the issue that each names first, the wider issues gathered under what is within them.

    A quarrel over tariffs that is here called tariffs, there trade, is one: the records of the wider theme, and
    those of a theme without its subject, join the narrower issue that has most records.
    """
    named: dict[tuple[str, str | None, str], list[Record]] = defaultdict(list)
    for item in records:
        if item.issues:
            first = item.issues[0]
            named[first.theme, first.subject, first.label].append(item)
    by_issue = {items[0].issues[0]: items for items in named.values()}
    themes = load_themes()
    gathered: dict[Issue, list[Record]] = defaultdict(list)
    for issue, items in by_issue.items():
        gathered[_narrowest(issue, by_issue, themes)] += items
    return gathered


def _narrowest(issue: Issue, by_issue: dict[Issue, list[Record]], themes: dict[str, Theme]) -> Issue:
    """The issue under which another is gathered: itself where nothing stands within it."""
    within = [other for other in by_issue if _is_within(other, issue, themes)]
    if not within:
        return issue
    best = min(within, key=lambda other: (-len(by_issue[other]), other.label))
    return _narrowest(best, by_issue, themes)


def _is_within(inner: Issue, outer: Issue, themes: dict[str, Theme]) -> bool:
    narrow, wide = themes.get(inner.theme), themes.get(outer.theme)
    if outer.subject or narrow is None or wide is None:
        return False
    if inner.theme == outer.theme:
        return bool(inner.subject) and wide.breadth == 1
    if inner.subject:  # not every quarrel over technology is about the one firm that is named
        return wide.joins == inner.theme
    return narrow.within == outer.theme


def _told_best(position: Position) -> tuple[bool, bool, dt.date, bool, bool, float, float, str]:
    """Latest and firmest first, after what a side said itself comes what others say that it holds.

    Others are columnists, the other side, and those who have left office.
    """
    own = position.voice is not Voice.AUTHOR
    tellers = {link.speaker.state for link in position.attribution if link.speaker is not None}
    at_first_hand = not position.holder.former and tellers <= {position.holder.state}
    day = position.known_on or dt.date.min
    in_text = not position.from_title
    is_stand = position.stance is not Stance.SUPPORTS
    return own, at_first_hand, day, in_text, is_stand, position.firmness, position.confidence, position.id


@remembered(KEPT)
def _attention(items: tuple[Record, ...]) -> int:
    """How many passages speak of it."""
    return len({(e.document, e.start) for item in items for e in item.evidence})


@remembered(KEPT)
def _weigh(theme_id: str, label: str, items: tuple[Record, ...], pair: Pair) -> Obstacle | None:
    """The obstacle that an issue is, all parts but the attention given; None where it divides nobody."""
    positions = [r for r in items if isinstance(r, Position) and r.holder.state in pair]
    contrary = [p for p in positions if is_contrary(p)]
    harm = [r for r in items if isinstance(r, Event) and r.quad in CONFLICT_QUADS and r.factuality.is_actual]
    theme = load_themes().get(theme_id)
    is_setting = theme is not None and theme.breadth >= SETTING
    if not contrary and (is_setting or not harm):
        return None
    judged = len(positions) + sum(isinstance(r, Event) and r.factuality.is_actual for r in items)
    stands = stands_of(items, pair)
    distance = measure_distance(stands, pair) if positions else Distance.OPPOSED
    parts = (
        ("conflict", (len(contrary) + len(harm)) / (judged + 1)),  # one lone record is no certain quarrel
        ("distance", distance / Distance.NOT_NEGOTIABLE if positions else 0.0),  # deeds alone show no distance
        ("heard", len({p.holder.state for p in positions}) / len(pair)),
        ("matter", (SETTING - theme.breadth) / (SETTING - 1) if theme is not None else 1.0),
    )
    latest = sorted(positions, key=_told_best, reverse=True)
    return Obstacle(
        label=label,
        theme=theme_id,
        distance=distance,
        positions=tuple(latest),
        stands=tuple(stands) if positions else (),
        records=items,
        parts=parts,
    )
