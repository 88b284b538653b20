"""Whether events are right as often as their confidence claims: a table of confidence against the share right.

Usage: python evals/calibration.py [--parts]

Two sources. *Sentences*: the development sentences with two given parties (../shared/dev/event_types.jsonl): each event
that `detente.extract` codes between these two as done, right where its type is the given one (that data calls a deed to
come a promise or a threat, so what is planned is left out). *Texts*: the events of the read
texts (evals/readings/*.toml) that bear on the pair, right where the list bears them out in type, parties, factuality
and date. Both together are printed by steps of claimed confidence, with the number of events, the share right, and the
mean error that the difference makes. With --parts, the share right with and without each signal of the sum.
"""

import argparse
import datetime as dt
import itertools
import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import readings

import detente
from detente.records import Actor, Event

SENTENCES = Path(__file__).resolve().parents[2] / "shared" / "dev" / "event_types.jsonl"
STEPS = (0.0, 0.76, 0.81, 0.86, 0.91, 1.01)  # edges of the steps of confidence
DAY = dt.date(2020, 1, 1)  # the sentences have no date; any will do
GIVING_WAY = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


@dataclass(frozen=True)
class Claim:
    """One coded event: what it claims, whether it is right, and from which source."""

    source: str
    event: Event
    right: bool


def main() -> int:
    """0; the table is printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", action="store_true", help="print the share right by signal")
    options = parser.parse_args()
    claims = [*from_sentences(), *from_texts()]
    if not claims:
        print("Neither the sentences nor the texts are beside the project: nothing to measure.")
        return 0
    for source in ("sentences", "texts", ""):
        chosen = [claim for claim in claims if source in ("", claim.source)]
        if chosen:
            print(*table(source or "together", chosen), sep="\n")
    if options.parts:
        print(*parts(claims), sep="\n")
    return 0


def from_sentences() -> Iterator[Claim]:
    """The events that are coded between the two given parties of a sentence."""
    if not SENTENCES.is_file():
        return
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["sentence"]
        given = [text[slice(*row[side])] for side in ("initiator", "target")]
        for record in detente.extract(text, published_on=DAY).records:
            if isinstance(record, Event) and record.factuality.is_actual and is_between(record, *given):
                told = str(record.event_type)
                yield Claim("sentences", record, row["event_type"] in (told, GIVING_WAY.get(told)))


def is_between(event: Event, initiator: str, target: str) -> bool:
    """Whether the event's parties are the given ones, by their words."""
    return bool(initiator and target) and _is_among(event.initiators, initiator) and _is_among(event.targets, target)


def _is_among(actors: tuple[Actor, ...], words: str) -> bool:
    return any(actor.words and (actor.words in words or words in actor.words) for actor in actors)


def from_texts() -> Iterator[Claim]:
    """The events of the read texts, right where a list bears them out."""
    for path in sorted(readings.LISTS.glob("*.toml")):
        listed: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        text, _ = readings.read_text(listed)
        if text is None:
            continue
        published_on = dt.date.fromisoformat(str(listed["published_on"]))
        extraction = detente.extract(text, published_on=published_on, pair=tuple(listed["pair"]))
        for record in extraction.records:
            if isinstance(record, Event) and record.on_pair and not record.from_title:
                yield Claim("texts", record, readings.is_right(record, listed))


def table(title: str, claims: list[Claim]) -> Iterator[str]:
    """One line per step of confidence, and the mean distance of claim and share, weighed by the number of events."""
    yield f"{title}: {len(claims)} events, {_share(claims):.2f} right, mean claim {_mean(claims):.2f}"
    yield "  claimed      events  mean claim  right"
    error = 0.0
    for low, high in itertools.pairwise(STEPS):
        inside = [claim for claim in claims if low <= claim.event.confidence < high]
        if inside:
            error += len(inside) * abs(_mean(inside) - _share(inside))
            yield f"  {low:.2f}-{min(high, 1):.2f}  {len(inside):8d}  {_mean(inside):10.2f}  {_share(inside):5.2f}"
    yield f"  mean error {error / len(claims):.3f}"


def parts(claims: list[Claim]) -> Iterator[str]:
    """The share right of the events with and without each rule that at least twenty events name."""
    rules = sorted({rule for claim in claims for rule in claim.event.provenance.rules})
    for rule in rules:
        named = [claim for claim in claims if rule in claim.event.provenance.rules]
        if len(named) >= 20:  # noqa: PLR2004 fewer say nothing
            yield f"  {rule:<28} {len(named):4d} events, {_share(named):.2f} right, claimed {_mean(named):.2f}"


def _share(claims: list[Claim]) -> float:
    return sum(claim.right for claim in claims) / len(claims)


def _mean(claims: list[Claim]) -> float:
    return sum(claim.event.confidence for claim in claims) / len(claims)


if __name__ == "__main__":
    sys.exit(main())
