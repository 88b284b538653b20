"""The brief: what is planned, what stands in the way, what happened, on whose word, what is not known."""

import dataclasses
import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import msgspec

from detente.ledger.base_rates import base_rates
from detente.ledger.happenings import Happening, group_happenings
from detente.ledger.measure_life import MeasureLife, trace_measures
from detente.ledger.obstacles import Obstacle, rank_obstacles
from detente.ledger.outcomes import Course, follow_agenda
from detente.ledger.port import NO_DAY, Pair
from detente.ledger.sources import is_unnamed
from detente.ledger.witnesses import Source
from detente.records import (
    AgendaItem,
    Document,
    Event,
    Mechanism,
    Position,
    Problem,
    Record,
    Voice,
    record_from_dict,
    without_none,
)
from detente.telling.base_rates import tell_base_rates
from detente.telling.difference_lines import difference_line, differences_of, newest
from detente.telling.lines import UNDATED_LAST, Line, Narrator
from detente.telling.words import Words, day_words

SIDES_SHOWN = 2  # positions shown of each side under an obstacle
OBSTACLES_SHOWN = 6
SAME_WORDS = 0.7  # share of its words beyond which a position repeats another
LEAST_LETTERS = 4  # of a word that tells one position from another


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a brief is told from: all that is known of the pair on the day. `sources` say where the texts come from."""

    pair: Pair
    as_of: dt.date
    since: dt.date | None
    records: tuple[Record, ...]
    undated: tuple[Record, ...]  # of documents without a publication date; empty where a date was asked for
    documents: tuple[Document, ...]  # their text is not needed
    problems: tuple[Problem, ...]
    issue_names: tuple[tuple[str, str], ...] = ()  # as the user set them: what is renamed, and the label
    without_decisions: bool = False  # the records are those coded, whatever the user decided
    grouped: tuple[Happening, ...] | None = None  # what the records tell, where the ledger has grouped them
    grouped_undated: tuple[Happening, ...] | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)  # of the documents, by id
    lapsed: tuple[Record, ...] = ()  # that counted before and do no longer: their article was corrected or withdrawn

    @property
    def happenings(self) -> list[Happening]:
        """What the dated records tell, by first knowledge."""
        return group_happenings(self.records) if self.grouped is None else list(self.grouped)

    def keep(self, kept: Sequence[Record], as_of: dt.date) -> "Material":
        """The same with these of its dated records alone, as of that day."""
        ids = {record.id for record in kept}
        parts = None if self.grouped is None else tuple(filter(None, (h.part(ids) for h in self.grouped)))
        return dataclasses.replace(
            self, as_of=as_of, records=tuple(kept), grouped=parts, undated=(), grouped_undated=()
        )

    @property
    def with_undated(self) -> list[Happening]:
        """What the records tell, those of undated documents last."""
        undated = group_happenings(self.undated) if self.grouped_undated is None else list(self.grouped_undated)
        return [*self.happenings, *undated]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A numbered place in a document; `quote` is the evidence, character for character."""

    number: int
    document: str
    start: int
    end: int
    quote: str
    outlet: str | None = None
    title: str | None = None
    published_on: dt.date | None = None
    fate: str | None = None  # what became of the document: corrected, withdrawn, updated


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some lines under a name; `more` lines are left out, and `command` shows them."""

    name: str
    lines: tuple[Line, ...]
    more: int = 0
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A page about a pair on a day: the brief, or what changed. `records` are those that its lines rest on."""

    pair: Pair
    title: str
    as_of: dt.date
    since: dt.date | None = None
    page: str = "brief"  # the command that makes it
    posted_since: str | None = None
    without_decisions: bool = False
    header: str
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    records: tuple[Record, ...]

    @property
    def command(self) -> str:
        """What prints this brief again."""
        since = f" --since {self.since.isoformat()}" if self.since else ""
        posted = f" --posted-since {self.posted_since}" if self.posted_since else ""
        bare = " --without-decisions" if self.without_decisions else ""
        return f"detente {self.page} --pair {' '.join(self.pair)}{as_of_option(self.as_of)}{since}{posted}{bare}"

    @property
    def asked(self) -> str:
        """The day that it holds for, in words."""
        since = f", since {self.since.isoformat()}" if self.since else ""
        return f"as of {self.as_of.isoformat()}{since}" if self.as_of != NO_DAY else "no document is dated"

    def to_dict(self) -> dict[str, Any]:
        """The brief as plain JSON values, its records included."""
        plain = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "records"}
        out: dict[str, Any] = without_none(msgspec.to_builtins(plain))
        return out | {"records": [record.to_dict() for record in self.records]}

    @property
    def checksum(self) -> str:
        """Sixteen hexadecimal characters over the whole brief: a slip of one character anywhere changes them."""
        data = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def brief_from_dict(table: dict[str, Any]) -> Brief:
    """The brief that `Brief.to_dict` wrote; raises msgspec.ValidationError or KeyError where it is none."""
    rest = dict(table)
    records = tuple(record_from_dict(item) for item in rest.pop("records"))
    return dataclasses.replace(msgspec.convert(rest | {"records": []}, Brief), records=records)


def tell_brief(material: Material, words: Words, *, lines: int) -> Brief:
    """The brief of the material, at most `lines` lines a section."""
    narrator = Narrator(words=words, as_of=material.as_of, sources=material.sources)
    happenings = material.happenings
    lives = trace_measures(happenings, material.as_of)
    courses = follow_agenda(happenings, lives, material.as_of)
    sections = [
        _planned(courses, narrator, lines, material),
        *_obstacles(material, narrator, lines),
        _happened(happenings, narrator, lines, material),
        _differing(happenings, words, lines, material),
        _measures(lives, narrator, lines, material),
        _mechanisms(happenings, narrator, lines, material),
        *_undated(material, narrator, lines),
        _on_whose_word(material.records),
        _not_known(material, happenings, words),
    ]
    kept = [section for section in sections if section.lines]
    return cite_page(material, words, kept, page="brief", header=_header(material))


def cite_page(
    material: Material,
    words: Words,
    sections: list[Section],
    *,
    page: str,
    header: str,
    posted_since: dt.datetime | None = None,
) -> Brief:
    """The page of the sections, the evidence of their lines numbered in the order of the page."""
    by_id = {record.id: record for record in (*material.lapsed, *material.records, *material.undated)}
    documents = {document.id: document for document in material.documents}
    numbers: dict[tuple[str, int, int], Citation] = {}
    used: dict[str, Record] = {}

    def cite(line: Line) -> Line:
        found = []
        used.update((id_, by_id[id_]) for id_ in line.basis)
        for id_ in line.records:
            used[id_] = by_id[id_]
            evidence = by_id[id_].evidence[0]
            key = (evidence.document, evidence.start, evidence.end)
            if key not in numbers:
                document = documents[evidence.document]
                numbers[key] = Citation(
                    number=len(numbers) + 1,
                    document=evidence.document,
                    start=evidence.start,
                    end=evidence.end,
                    quote=evidence.quote,
                    outlet=document.outlet,
                    title=document.title,
                    published_on=document.published_on,
                    fate=_fate(material.sources.get(document.id)),
                )
            if numbers[key].number not in found:
                found.append(numbers[key].number)
        return line.cited(tuple(found))

    cited = tuple(
        Section(name=s.name, lines=tuple(map(cite, s.lines)), more=s.more, command=s.command) for s in sections
    )
    first, second = material.pair
    return Brief(
        pair=material.pair,
        title=f"{words.state(first)} – {words.state(second)}",
        as_of=material.as_of,
        since=material.since,
        page=page,
        posted_since=posted_since.isoformat() if posted_since else None,
        without_decisions=material.without_decisions,
        header=header,
        sections=cited,
        citations=tuple(numbers.values()),
        records=tuple(used.values()),
    )


def _fate(source: Source | None) -> str | None:
    """What became of an article, and since when."""
    if source is None or source.fate is None:
        return None
    return f"{source.fate} {day_words(source.fate_on)}" if source.fate_on else source.fate


def _header(material: Material) -> str:
    if not material.documents:
        return "no document in the ledger bears on this pair by then"
    outlets = sorted({d.outlet or "outlet not given" for d in material.documents})
    days = sorted(d.published_on for d in material.documents if d.published_on)
    parts = [_count(len(material.documents), "document")]
    if len(outlets) <= 3:  # noqa: PLR2004 more names than that are no header
        parts.append(", ".join(outlets))
    else:
        parts.append(f"{len(outlets)} outlets")
    if days:
        span = day_words(days[0]) if days[0] == days[-1] else f"{day_words(days[0])} to {day_words(days[-1])}"
        parts.append(f"published {span}")
    parts += [
        _count(len(material.records) + len(material.undated), "record"),
        _count(len(material.problems), "problem"),
    ]
    return " · ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _section(name: str, told: Sequence[Line], limit: int, command: str) -> Section:
    return Section(name=name, lines=tuple(told[:limit]), more=max(0, len(told) - limit), command=command)


def _of(happenings: Iterable[Happening], type_: type[Record]) -> list[Happening]:
    return [happening for happening in happenings if isinstance(happening.head, type_)]


def _planned(courses: Sequence[Course], narrator: Narrator, limit: int, material: Material) -> Section:
    told = [narrator.agenda(c) for c in sorted(courses, key=lambda c: c.told_last, reverse=True)]
    ahead = sorted((line for line in told if not line.is_past and line.sort != UNDATED_LAST), key=_by_date)
    undated = [line for line in told if not line.is_past and line.sort == UNDATED_LAST]  # the newest first
    past = sorted((line for line in told if line.is_past), key=_by_date, reverse=True)
    rates = [Line(text=sentence) for sentence in tell_base_rates(base_rates(courses))]
    shown = _section("Planned", [*ahead, *undated, *past], limit - len(rates), _command("agenda", material))
    return dataclasses.replace(shown, lines=(*shown.lines, *rates))


def _by_date(line: Line) -> tuple[str, str]:
    return line.sort, line.text


def _obstacles(material: Material, narrator: Narrator, limit: int) -> list[Section]:
    ranked = rank_obstacles(material.records, material.pair)
    told: list[Line] = []
    shown = 0
    for number, obstacle in enumerate(ranked[:OBSTACLES_SHOWN], 1):
        lines = _obstacle(number, obstacle, material, narrator)
        if told and len(told) + len(lines) > 2 * limit:
            break
        told += lines
        shown = number
    return [
        Section(name="In the way", lines=tuple(told), more=len(ranked) - shown, command=_command("obstacles", material))
    ]


def _obstacle(number: int, obstacle: Obstacle, material: Material, narrator: Narrator) -> list[Line]:
    told = [narrator.obstacle(number, obstacle, material.pair)]
    for state in material.pair:
        mine = [p for p in obstacle.positions if p.holder.state == state]
        ids = {p.id for p in mine}
        held = (h for h in material.happenings if isinstance(h.records[0], Position))
        happenings = filter(None, (h.part(ids) for h in held))
        heads = sorted((h.head for h in happenings if isinstance(h.head, Position)), key=obstacle.positions.index)
        told += [narrator.position(p, level=1) for p in _distinct(heads)[:SIDES_SHOWN]]
    return told


def _distinct(positions: Iterable[Position]) -> list[Position]:
    """The positions without those that say in other words what an earlier one says: most of their words are its."""
    kept: list[Position] = []
    for position in positions:
        words = _content_words(position)
        if not any(len(words & _content_words(other)) > SAME_WORDS * len(words) for other in kept):
            kept.append(position)
    return kept


def _content_words(position: Position) -> set[str]:
    words = {word.strip(".,;:“”\"'’()").lower() for word in position.proposition.quote.split()}
    return {word for word in words if len(word) >= LEAST_LETTERS} or words


def _measures(lives: Sequence[MeasureLife], narrator: Narrator, limit: int, material: Material) -> Section:
    told = [narrator.measure(life) for life in lives if not all(r.from_title for r in life.records)]
    newest = sorted(told, key=_by_date, reverse=True)[:limit]
    return Section(
        name="Measures",
        lines=tuple(sorted(newest, key=_by_date)),
        more=max(0, len(told) - limit),
        command=_command("measures", material),
    )


def _happened(happenings: list[Happening], narrator: Narrator, limit: int, material: Material) -> Section:
    done = [
        h
        for h in _of(happenings, Event)
        if h.head.factuality.is_actual and not all(r.from_title for r in h.records) and h.head.voice is not Voice.AUTHOR
    ]
    both = [h for h in done if _between(h.head, material.pair)]
    told = sorted((narrator.event(h) for h in both), key=_by_date)
    return Section(
        name="What happened",
        lines=tuple(told[-limit:]),
        more=max(0, len(told) - limit),
        command=_command("events", material),
    )


def _differing(happenings: Sequence[Happening], words: Words, limit: int, material: Material) -> Section:
    found = differences_of(newest(happenings), material.documents, material.sources)
    told = [difference_line(difference, words) for difference in found]
    return _section("Accounts differ", told, max(1, limit // 2), _command("differences", material))


def _between(item: Record, pair: Pair) -> bool:
    if not isinstance(item, Event):
        return False
    return set(pair) <= {actor.state for actor in (*item.initiators, *item.targets)}


def _mechanisms(happenings: list[Happening], narrator: Narrator, limit: int, material: Material) -> Section:
    told = [narrator.mechanism(h) for h in _of(happenings, Mechanism)]
    return _section("Channels", sorted(told, key=lambda line: line.text), limit, _command("mechanisms", material))


def _undated(material: Material, narrator: Narrator, limit: int) -> list[Section]:
    told = [narrator.record(record) for record in material.undated if not record.from_title]
    return [_section("From undated documents", told, limit, f"detente events --pair {' '.join(material.pair)}")]


def _on_whose_word(records: Sequence[Record]) -> Section:
    counts = Counter(record.voice for record in records)
    unnamed = sum(map(is_unnamed, records))
    text = (
        f"reported {counts[Voice.REPORTED]} · attributed {counts[Voice.ATTRIBUTED]}"
        f" (by no name {unnamed}) · author {counts[Voice.AUTHOR]}"
    )
    return Section(name="On whose word", lines=(Line(text=text),) if records else ())


def _not_known(material: Material, happenings: list[Happening], words: Words) -> Section:
    gaps: list[str] = []
    gaps += [f"no position of {words.state(s)}" for s in material.pair if not _holds(material.records, s)]
    open_items = [h for h in _of(happenings, AgendaItem) if h.head.when is None]
    if open_items:
        gaps.append(f"no date for {_count(len(open_items), 'planned item')}")
    undated = sum(d.published_on is None for d in material.documents)
    if undated:
        gaps.append(f"no publication date of {_count(undated, 'document')}: type detente set DOC --published D")
    unresolved = Counter(p.trouble.value for p in material.problems)
    gaps += [f"{_count(count, 'problem')}: {trouble}" for trouble, count in sorted(unresolved.items())]
    return Section(name="Not known", lines=(Line(text="; ".join(gaps)),) if gaps else ())


def _holds(records: Sequence[Record], state: str) -> bool:
    return any(isinstance(r, Position) and r.holder.state == state for r in records)


def _command(name: str, material: Material) -> str:
    pair = " ".join(material.pair)
    return f"detente {name} --pair {pair}{as_of_option(material.as_of)}"


def as_of_option(day: dt.date) -> str:
    """The option that asks for a day again, with a blank before it; empty for NO_DAY.

    >>> as_of_option(dt.date(2017, 6, 23)), as_of_option(NO_DAY)
    (' --as-of 2017-06-23', '')
    """
    return "" if day == NO_DAY else f" --as-of {day.isoformat()}"
