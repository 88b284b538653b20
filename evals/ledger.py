"""Compares the ledger of the example corpora with what a careful reader found in them: evals/ledger/*.toml.

Usage: python evals/ledger.py [NAME ...] [--misses]

The corpus is coded into a new workspace. A passage of the gold is told by the record of its kind in that document whose
deciding words overlap it most. Merging is scored over pairs of passages that tell the same thing or only look so:
"told" counts the pairs of which both passages were coded, each by a record that tells one thing; in "all" a same pair
that was not coded is a miss, and pairs of records that blend two things count as the ledger has them.
"""

import argparse
import datetime as dt
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from pathlib import Path
from typing import Any

from corpus import Corpus, Place, Row, overlap, shared_part, split_passage

from detente.ledger.measure_life import MeasureLife, trace_measures
from detente.ledger.obstacles import rank_obstacles
from detente.ledger.outcome_fate import Fate
from detente.ledger.outcomes import follow_agenda
from detente.ledger.port import Query
from detente.ledger.promises import Promise, follow_promises
from detente.ledger.witnesses import independent_outlets
from detente.records import Difference, When
from detente.telling.difference_lines import differences_of

LISTS = Path(__file__).resolve().parent / "ledger"
NO_NEXT_STEP: dict[str, Any] = {}


@dataclass
class Score:
    """Rights out of all for each figure, and lines on what is wrong."""

    right: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    def count(self, name: str, right: bool, line: str) -> None:
        """Counts one answer; the line tells of it where it is wrong."""
        self.right[name] += right
        self.whole[name] += 1
        if not right:
            self.lines.append(f"{name}: {line}")


@dataclass
class Merging:
    """Pairs of passages: of the same thing and of two things, by how the ledger has them."""

    merged: int = 0  # same, in one happening
    parted: int = 0  # same, in two
    mixed: int = 0  # two things, in one happening
    apart: int = 0
    untold: int = 0  # same, one passage or both not coded
    blended: Counter[str] = field(default_factory=Counter)  # the same where a record tells two things of the gold

    def add(self, other: "Merging") -> None:
        """Adds the counts of another corpus or kind."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def count(self, name: str, *, blended: bool) -> None:
        """Counts one pair of which both passages were coded."""
        if blended:
            self.blended[name] += 1
        else:
            setattr(self, name, getattr(self, name) + 1)

    def __str__(self) -> str:
        told = _f1(self.merged, self.mixed, self.parted)
        more = self.blended
        missed = self.parted + more["parted"] + self.untold
        every = _f1(self.merged + more["merged"], self.mixed + more["mixed"], missed)
        return (
            f"told {told}   all {every}   merged {self.merged} parted {self.parted} mixed {self.mixed} "
            f"apart {self.apart} not coded {self.untold} blended {more.total()}"
        )


def _f1(right: int, wrong: int, missed: int) -> str:
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.3f} R {recall:.3f} F1 {both:.3f}"


def score_merging(gold: Row, corpus: Corpus, lines: list[str]) -> dict[str, Merging]:
    """The pairs of the gold, by kind of record, each as of the day when both passages were known."""
    homes = _Homes(corpus)
    scores = {kind: Merging() for kind in sorted({row["kind"] for row in gold["happening"]})}
    tells: dict[str, set[str]] = defaultdict(set)
    for row in gold["happening"]:
        for passage in row["mentions"]:
            if record := corpus.record(row, passage, corpus.day(passage)):
                tells[record.id].add(row["id"])
    for row, is_same, one, other in _pairs(gold, corpus.rows):
        score = scores[row["kind"]]
        day = max(corpus.day(one[1]), corpus.day(other[1]))
        records = corpus.record(row, one[1], day), corpus.record(other[0], other[1], day)
        if not all(records):
            score.untold += is_same
            missing = [p for p, record in zip((one[1], other[1]), records, strict=True) if record is None]
            lines.extend(f"not coded: {row['kind']} {passage}" for passage in missing)
            continue
        ids = [record.id for record in records if record]
        if is_same and ids[0] == ids[1]:
            continue  # one record for two sentences of one text: nothing to merge
        together = homes.of(ids[0], day) == homes.of(ids[1], day)
        name = ("merged" if together else "parted") if is_same else ("mixed" if together else "apart")
        blended = any(len(tells[id_]) > 1 for id_ in ids)
        score.count(name, blended=blended)
        if name in ("parted", "mixed"):
            lines.append(f"{name}{', blended' * blended}: {row['kind']} {one[1]!r} | {other[1]!r}")
    return scores


class _Homes:
    """The happening that each record was in, by day: what a withdrawn text told is in none later."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.by_day: dict[dt.date, dict[str, str]] = {}

    def of(self, record: str, day: dt.date) -> str:
        """The id of its happening on that day."""
        if day not in self.by_day:
            groups = self.corpus.workspace.store.happenings(Query(as_of=day))
            self.by_day[day] = {r.id: group.id for group in groups for r in group.records}
        return self.by_day[day][record]


Mention = tuple[Row, str]


def _pairs(gold: Row, rows: dict[str, Row]) -> Iterator[tuple[Row, bool, Mention, Mention]]:
    for row in gold["happening"]:
        for one, other in combinations(row["mentions"], 2):
            yield row, True, (row, one), (row, other)
    for row in gold["different"]:
        one, other = rows[row["one"]], rows[row["other"]]
        for pair in product(one["mentions"], other["mentions"]):
            yield one, False, (one, pair[0]), (other, pair[1])


class Day:
    """What the ledger says on a day."""

    def __init__(self, corpus: Corpus, day: dt.date) -> None:
        self.records = corpus.known(day)
        self.happenings = corpus.workspace.store.happenings(Query(as_of=day))
        self.lives: list[MeasureLife] = trace_measures(self.happenings, day)
        self.courses = follow_agenda(self.happenings, self.lives, day)
        self.promises = follow_promises(self.happenings, self.courses, day)
        self.distances = {o.label: o.distance.words for o in rank_obstacles(self.records, corpus.pair)}


def score_agenda(gold: Row, corpus: Corpus, days: dict[dt.date, Day], score: Score) -> None:
    """What became of each plan on each day, with the new date of what slipped."""
    for row in gold["agenda"]:
        record = corpus.told(corpus.place(row["plan"]), "agenda_item")
        for on in row["on"]:
            if record is None:
                score.count("agenda", False, f"not coded: {row['plan']}")
                continue
            courses = days[on["day"]].courses
            course = next((c for c in courses if record.id in {r.id for r in c.item.records}), None)
            fate = course.fate if course else None
            moved = fate is not Fate.SLIPPED or "to" not in on or bool(course and _is_day(course.new, on["to"]))
            told = f"{fate} {course.reason if course else ''}"
            score.count(
                "agenda", fate in _listed(on["outcome"]) and moved, f"{row['plan']} on {on['day']}: {told}, not {on}"
            )


def score_promises(gold: Row, corpus: Corpus, days: dict[dt.date, Day], score: Score) -> None:
    """Whether each promise was kept, on each day."""
    for row in gold["promise"]:
        place = corpus.place(row["made"])
        for on in row["on"]:
            promise = max(days[on["day"]].promises, key=lambda x: _nearness(x, place), default=None)
            found = promise is not None and _nearness(promise, place) > 0
            standing = str(promise.standing) if promise and found else "not coded"
            line = f"{row['made']} on {on['day']}: {standing}, not {on['standing']}"
            score.count("promises", standing in _listed(on["standing"]), line)


def _nearness(promise: Promise, place: Place) -> float:
    return max(shared_part(record, place) for record in promise.told)


def score_measures(gold: Row, corpus: Corpus, days: dict[dt.date, Day], score: Score) -> None:
    """The standing of each measure on each day, and the next step due where the gold has one."""
    for row in gold["measure"]:
        passages = corpus.rows[row["of"]]["mentions"]
        ids = {record.id for passage in passages if (record := corpus.record(corpus.rows[row["of"]], passage))}
        places = [corpus.place(passage) for passage in passages]
        words = "".join(split_passage(passage)[1] for passage in passages)
        for on in row["on"]:
            lives = [life for life in days[on["day"]].lives if ids & {r.id for r in life.records}]
            life = max(lives, key=lambda x: _fit(x, places, words), default=None)
            step = life.standing.step if life and life.standing else None
            score.count("measures", step in on["standing"], f"{row['of']} on {on['day']}: {step}, not {on['standing']}")
            wanted = on.get("next", NO_NEXT_STEP)
            if wanted:
                due = life.due if life else None
                fits = due is not None and ("when" not in wanted or _is_day(due.when, wanted["when"]))
                told = f"{due.step} {due.when.earliest if due.when else ''}" if due else None
                score.count("next steps", fits, f"{row['of']} on {on['day']}: {told}, not {wanted}")


def _fit(life: MeasureLife, places: Sequence[Place], words: str) -> tuple[int, bool]:
    """How many of the passages tell steps of it, and whether its sum is theirs: a record may tell several measures."""
    told = [step.evidence for step in life.steps]
    met = sum(any(e.document == p.document and overlap(e.start, e.end, p) for e in told) for p in places)
    return met, any(amount in words for amount in life.amounts)


def score_outlets(gold: Row, corpus: Corpus, score: Score) -> None:
    """The number of independent outlets of each happening, on a day; the happening is the one with most passages."""
    store = corpus.workspace.store
    for row in gold["independent"]:
        passages = corpus.rows[row["of"]]["mentions"]
        ids = {record.id for passage in passages if (record := corpus.record(corpus.rows[row["of"]], passage))}
        known = store.happenings(Query(as_of=row["day"]))
        found = max(known, key=lambda h: len(ids & {r.id for r in h.records}))
        if ids.isdisjoint(r.id for r in found.records):
            score.count("outlets", False, f"not coded: {row['of']}")
            continue
        outlets = independent_outlets(found.records, store.sources(found.documents, row["day"]))
        line = f"{row['of']} on {row['day']}: {', '.join(outlets)}, not {row['outlets']}"
        score.count("outlets", len(outlets) == row["outlets"], line)


def score_articles(gold: Row, corpus: Corpus, score: Score) -> None:
    """Which texts were corrected or withdrawn."""
    for row in gold.get("article", ()):
        id_ = corpus.place(row["text"]).document
        fate = corpus.workspace.store.sources([id_])[id_].fate
        score.count("articles", fate == row["fate"], f"{row['text']}: {fate}, not {row['fate']}")


def score_differences(gold: Row, corpus: Corpus, score: Score) -> None:
    """The planted differences found on the day when both sides were told; each other claim is printed, to be read."""
    store = corpus.workspace.store
    days = sorted({day for id_ in corpus.ids.values() if (day := store.document(id_).published_on)})
    known = {day: _differences(corpus, day) for day in days}
    found = list({d.id: d for told in known.values() for d in told}.values())
    planted: set[str] = set()
    for row in gold.get("difference", ()):
        places = [corpus.place(row["one"]), corpus.place(row["other"])]
        day = max(store.document(place.document).published_on or dt.date.min for place in places)
        fitting = [d for d in known[day] if _is_planted(d, *places)]
        planted |= {d.id for d in fitting}
        kinds = {d.kind.value for d in fitting}
        score.count("differences", row["what"] in kinds, f"{row['one']} | {row['other']}: {kinds or 'not found'}")
    for difference in found:
        quotes = [side.evidence[0].quote for side in (difference.one, difference.other)]
        line = f"not in the gold: {difference.kind} {quotes[0]!r} | {quotes[1]!r}"
        score.count("claims", difference.id in planted, line)


def _differences(corpus: Corpus, day: dt.date) -> list[Difference]:
    """What differs on a day."""
    store = corpus.workspace.store
    happenings = store.happenings(Query(as_of=day))
    ids = sorted({id_ for happening in happenings for id_ in happening.documents})
    return differences_of(happenings, [store.document(id_) for id_ in ids], store.sources(ids, day))


def _is_planted(difference: Difference, one: Place, other: Place) -> bool:
    """Whether the two passages stand on its two sides, in either order."""
    sides = [
        [any(e.document == p.document and overlap(e.start, e.end, p) > 0 for e in side.evidence) for p in (one, other)]
        for side in (difference.one, difference.other)
    ]
    return (sides[0][0] and sides[1][1]) or (sides[0][1] and sides[1][0])


def score_distances(gold: Row, days: dict[dt.date, Day], score: Score) -> None:
    """The rung of each issue on each day."""
    for row in gold["distance"]:
        for on in row["on"]:
            found = [days[on["day"]].distances[label] for label in row["issue"] if label in days[on["day"]].distances]
            right = bool(found) and found[0] in on["rungs"]
            score.count("distances", right, f"{row['issue']} on {on['day']}: {found}, not {on['rungs']}")


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _is_day(when: When | None, day: dt.date) -> bool:
    return when is not None and when.earliest == day


def score_corpus(gold: Row, score: Score, merging: dict[str, Merging]) -> None:
    """Adds the figures of one corpus."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(gold, Path(folder) / "w")
        for kind, counted in score_merging(gold, corpus, score.lines).items():
            merging.setdefault(kind, Merging()).add(counted)
        asked = {
            on["day"] for name in ("agenda", "promise", "measure", "distance") for row in gold[name] for on in row["on"]
        }
        days = {day: Day(corpus, day) for day in sorted(asked)}
        score_agenda(gold, corpus, days, score)
        score_promises(gold, corpus, days, score)
        score_measures(gold, corpus, days, score)
        score_outlets(gold, corpus, score)
        score_articles(gold, corpus, score)
        score_differences(gold, corpus, score)
        score_distances(gold, days, score)
        corpus.workspace.close()


def main() -> int:
    """0; the figures are printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="corpora to compare; all where none is named")
    parser.add_argument("--misses", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    score, merging = Score(), dict[str, Merging]()
    for path in sorted(LISTS.glob("*.toml")):
        if not options.names or path.stem in options.names:
            score_corpus(tomllib.loads(path.read_text(encoding="utf-8")), score, merging)
    if options.misses:
        print(*dict.fromkeys(score.lines), sep="\n")
    total = Merging()
    for kind, counted in merging.items():
        total.add(counted)
        print(f"{kind:<12} {counted}")
    print(f"{'merging':<12} {total}")
    for name, whole in score.whole.items():
        print(f"{name:<12} {score.right[name]}/{whole}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
