"""The brief: what is planned, what stands in the way, what happened, on whose word, what is not known."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from detente.ledger.base_rates import base_rates
from detente.ledger.coverage import Coverage
from detente.ledger.happenings import Happening
from detente.ledger.measure_life import MeasureLife, trace_measures
from detente.ledger.obstacles import Obstacle
from detente.ledger.outcomes import Course, follow_agenda
from detente.ledger.port import Pair
from detente.records import AgendaItem, Event, EventType, Mechanism, Position, Record, Voice
from detente.telling.base_rates import tell_base_rates
from detente.telling.brief_page import Brief, Section, as_of_option, cite_page
from detente.telling.difference_lines import difference_line, differences_of, newest
from detente.telling.known import Known
from detente.telling.lines import UNDATED_LAST, Line, Narrator
from detente.telling.material import Material
from detente.telling.words import Words, day_words

SIDES_SHOWN = 2  # positions shown of each side under an obstacle
OBSTACLES_SHOWN = 6
SAME_WORDS = 0.7  # share of its words beyond which a position repeats another
LEAST_LETTERS = 4  # of a word that tells one position from another


def tell_brief(material: Material, coverage: Coverage, words: Words, *, lines: int) -> Brief:
    """The brief of the material and of what there is in all, at most `lines` lines a section."""
    return tell_known_brief(Known(material, words), coverage, lines=lines)


def tell_known_brief(known: Known, coverage: Coverage, *, lines: int) -> Brief:
    """The same of what is known."""
    material, words, narrator = known.material, known.words, known.narrator
    happenings = material.happenings
    lives, courses = (known.lives, known.courses) if not material.undated else _dated(happenings, material.as_of)
    sections = [
        _planned(courses, narrator, lines, material),
        *_obstacles(known.obstacles, material, narrator, lines),
        _happened(happenings, narrator, lines, material),
        _differing(happenings, words, lines, material),
        _measures(lives, narrator, lines, material),
        _mechanisms(happenings, narrator, lines, material),
        *_undated(material, narrator, lines),
        _on_whose_word(coverage),
        _not_known(coverage, happenings, known),
    ]
    kept = [section for section in sections if section.lines]
    return cite_page(material, words, kept, page="brief", header=_header(coverage, material.told_since))


def _dated(happenings: Sequence[Happening], as_of: dt.date) -> tuple[list[MeasureLife], list[Course]]:
    """Measures and agenda by dated documents alone."""
    lives = trace_measures(happenings, as_of)
    return lives, follow_agenda(happenings, lives, as_of)


def _header(known: Coverage, told_since: dt.date | None) -> str:
    if not known.documents:
        return "no document in the ledger bears on this pair by then"
    outlets = sorted({name or "outlet not given" for name in known.outlets})
    parts = [_count(known.documents, "document")]
    if len(outlets) <= 3:  # noqa: PLR2004 more names than that are no header
        parts.append(", ".join(outlets))
    else:
        parts.append(f"{len(outlets)} outlets")
    if known.first and known.last:
        span = day_words(known.first) if known.first == known.last else _span(known.first, known.last)
        parts.append(f"published {span}")
    parts += [_count(known.records, "record"), _count(sum(count for _, count in known.problems), "problem")]
    if told_since:
        parts.append(f"told from {day_words(told_since)} on")
    return " · ".join(parts)


def _span(first: dt.date, last: dt.date) -> str:
    return f"{day_words(first)} to {day_words(last)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _section(name: str, told: Sequence[Line], limit: int, command: str) -> Section:
    once = list({(line.date, line.text, line.note): line for line in reversed(told)}.values())[::-1]
    return Section(name=name, lines=tuple(once[:limit]), more=max(0, len(once) - limit), command=command)


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


def _obstacles(ranked: Sequence[Obstacle], material: Material, narrator: Narrator, limit: int) -> list[Section]:
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
    held = [h for h in material.happenings if isinstance(h.records[0], Position)]
    for state in material.pair:
        mine = [p for p in obstacle.positions if p.holder.state == state]
        ids = {p.id for p in mine}
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
    both = _once([h for h in done if _between(h.head, material.pair)])
    told = sorted((narrator.event(h) for h in both), key=_by_date)
    return Section(
        name="What happened",
        lines=tuple(told[-limit:]),
        more=max(0, len(told) - limit),
        command=_command("events", material),
    )


def _once(happenings: list[Happening]) -> list[Happening]:
    """Without a second agreement that the same sentence tells: "agreed to resume talks and to set up a fund"."""
    seen: set[tuple[str, int]] = set()
    kept: list[Happening] = []
    for happening in happenings:
        head = happening.head
        place = (head.evidence[0].document, head.evidence[0].start)
        accord = isinstance(head, Event) and (head.event_type is EventType.AGREE or head.mode == "agreement")
        if not (accord and place in seen):
            kept.append(happening)
        seen |= {place} if accord else set()
    return kept


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


def _on_whose_word(known: Coverage) -> Section:
    text = (
        f"reported {known.reported} · attributed {known.attributed}"
        f" (by no name {known.unnamed}) · author {known.author}"
    )
    counted = known.reported + known.attributed + known.author
    return Section(name="On whose word", lines=(Line(text=text),) if counted else ())


def _not_known(coverage: Coverage, happenings: list[Happening], known: Known) -> Section:
    gaps: list[str] = []
    gaps += [f"no position of {known.words.state(s)}" for s in known.material.pair if s not in coverage.held]
    open_items = [h for h in _of(happenings, AgendaItem) if h.head.when is None]
    if open_items:
        gaps.append(f"no date for {_count(len(open_items), 'planned item')}")
    if coverage.undated:
        gaps.append(
            f"no publication date of {_count(coverage.undated, 'document')}: type detente set DOC --published D"
        )
    gaps += [f"{_count(count, 'problem')}: {trouble}" for trouble, count in coverage.problems]
    return Section(name="Not known", lines=(Line(text="; ".join(gaps)),) if gaps else ())


def _command(name: str, material: Material) -> str:
    pair = " ".join(material.pair)
    return f"detente {name} --pair {pair}{as_of_option(material.as_of)}"
