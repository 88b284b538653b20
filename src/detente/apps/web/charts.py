"""Where the parts of a chart stand: axes of days, and the lines, bands and strips of the index."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.telling.words import day_words

WIDTH, HEIGHT, STRIP = 900.0, 240.0, 34.0  # units of the picture; the strip lies beneath
LEFT, RIGHT, TOP = 38.0, 12.0, 12.0  # margins
MOST = 10.0  # the index runs from -10 to +10
TICKS = 4  # along an axis of days, at most
YEAR_DAYS, MONTH_DAYS = 365.25, 30.44
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200)  # months between ticks


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark of an axis, in hundredths of it."""

    at: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Days from first to last, along hundredths."""

    first: dt.date
    last: dt.date
    ticks: tuple[Tick, ...]

    def place(self, day: dt.date) -> float:
        """Where a day stands, 0 to 100."""
        span = max(1, (self.last - self.first).days)
        return min(100.0, max(0.0, 100.0 * (day - self.first).days / span))


def axis_of(days: Sequence[dt.date]) -> Axis:
    """An axis that all the days fit on, with ticks at the beginnings of months."""
    first = min(days, default=dt.date(2000, 1, 1))
    last = max(days, default=first)
    last = max(last, min(first, dt.date.max - dt.timedelta(days=30)) + dt.timedelta(days=28))
    axis = Axis(first=first, last=last, ticks=())
    months = (last - first).days / MONTH_DAYS
    step = next((s for s in STEPS if months / s <= TICKS), STEPS[-1])
    ticks = tuple(Tick(at=round(axis.place(day), 2), words=_words(day, step)) for day in _beginnings(first, last, step))
    return Axis(first=first, last=last, ticks=ticks)


def _beginnings(first: dt.date, last: dt.date, step: int) -> Iterator[dt.date]:
    """The first days of every so manieth month."""
    months = first.year * 12 + first.month - 1
    months += -months % step
    while (day := _month(months)) is not None and day <= last:
        if day >= first:
            yield day
        months += step


def _month(months: int) -> dt.date | None:
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, 1) if dt.date.min.year <= year <= dt.date.max.year else None


def _words(day: dt.date, step: int) -> str:
    return str(day.year) if step % 12 == 0 or day.month == 1 else day.strftime("%b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point of the chart: its period, where it stands, and what it says."""

    number: int
    x: float
    y: float | None
    value: float | None
    label: str
    first: str  # ISO date of its period
    shade: float  # 0..1, how much was read in the period
    documents: int
    deeds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One direction of the index: line, band and coverage as paths of SVG."""

    initiator: str
    target: str
    marks: tuple[Mark, ...]
    line: str
    band: str
    ticks: tuple[Tick, ...]
    step: float  # width of a period

    @property
    def heard(self) -> int:
        """How many periods have a value."""
        return sum(mark.value is not None for mark in self.marks)


def chart_of(points: Sequence[Mapping[str, Any]], names: tuple[str, str]) -> Chart:
    """The chart of one direction; a period without a value breaks the line."""
    step = (WIDTH - LEFT - RIGHT) / max(1, len(points))
    most = max((point["documents"] for point in points), default=0) or 1
    marks = tuple(_mark(number, point, step, most) for number, point in enumerate(points))
    runs = list(_runs(points, marks))
    return Chart(
        initiator=names[0],
        target=names[1],
        marks=marks,
        line=" ".join(_line([(mark.x, mark.y) for _, mark in run]) for run in runs),
        band=" ".join(filter(None, (_band(run) for run in runs))),
        ticks=tuple(_period_ticks(points, step)),
        step=round(step, 2),
    )


def _mark(number: int, point: Mapping[str, Any], step: float, most: int) -> Mark:
    value, first = point.get("value"), str(point["first"])
    low, high = point.get("low"), point.get("high")
    period = day_words(dt.date.fromisoformat(first))
    said = f"{value:+.1f}" if value is not None else "no deed" if point["documents"] else "nothing read"
    if value is not None and low is not None and high is not None:
        said += f" ({low:+.1f} to {high:+.1f})"
    deeds = len(point.get("happenings", ()))
    return Mark(
        number=number,
        x=round(LEFT + (number + 0.5) * step, 1),
        y=None if value is None else _y(value),
        value=value,
        label=f"from {period}: {said}, {deeds} new deeds, {point['documents']} documents",
        first=first,
        shade=round(point["documents"] / most, 2),
        documents=point["documents"],
        deeds=deeds,
    )


def _y(value: float) -> float:
    return round(TOP + (MOST - value) / (2 * MOST) * (HEIGHT - 2 * TOP), 1)


Run = list[tuple[Mapping[str, Any], Mark]]


def _runs(points: Sequence[Mapping[str, Any]], marks: Sequence[Mark]) -> Iterator[Run]:
    """The stretches of periods that have a value."""
    run: Run = []
    for point, mark in zip(points, marks, strict=True):
        if mark.value is None:
            if run:
                yield run
            run = []
        else:
            run.append((point, mark))
    if run:
        yield run


def _line(at: Sequence[tuple[float, float | None]]) -> str:
    return "M" + " L".join(f"{x:g},{y:g}" for x, y in at if y is not None)


def _band(run: Run) -> str:
    told = [(mark.x, _y(point["high"]), _y(point["low"])) for point, mark in run if point.get("low") is not None]
    if not told:
        return ""
    return _line([(x, high) for x, high, _ in told] + [(x, low) for x, _, low in reversed(told)]) + " Z"


def _period_ticks(points: Sequence[Mapping[str, Any]], step: float) -> Iterator[Tick]:
    """The periods in which a year begins; of short series each period."""
    before = ""
    for number, point in enumerate(points):
        year = str(point["first"])[:4]
        if year != before:
            yield Tick(at=round(LEFT + number * step, 1), words=year)
        before = year
