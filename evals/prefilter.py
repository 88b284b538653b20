"""What the prefilter loses: records on a pair that coding of whole texts gives, and coding around its names does not.

usage: prefilter.py [PATH ...]      texts of PATH (files or folders that `add` reads); without it the real articles of
                                    the development data and the texts that the project grew from, beside the project

Each text is coded whole, and again as `scope = "watched"` has it, for every pair of the four states that its records
tell of most. A record is lost where no record of its kind tells the same words; where one does with other details, for
what stands around it was not parsed, it is told otherwise. Prints a line for each.
"""

import itertools
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.adapters.readers import read_path
from detente.cleaning import Draft, clean_draft
from detente.flow import code_document
from detente.kit import Kit, build_kit
from detente.records import Document, Record
from detente.screening import build_screen
from detente.settings import Scope, Watch

SHARED = Path(__file__).resolve().parents[2] / "shared"
TEXTS = (SHARED / "dev" / "news.jsonl", SHARED / "seeds")
STATES = 4  # of a text, by how often its records tell of them
SHOWN = 90  # characters of a missed record's passage
Pair = tuple[str, str]


@dataclass
class Loss:
    """Counts over all texts and pairs."""

    records: int = 0  # on the pair, by full coding
    tried: int = 0  # texts, once for each pair
    passed_over: int = 0  # of them, because they do not name both states
    passages: int = 0
    coded: int = 0  # of the passages
    lost: list[str] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)

    def compare(self, document: Document, pair: Pair, kit: Kit) -> None:
        """Codes a document both ways."""
        full = code_document(document, kit, Watch(pairs=(pair,), scope=Scope.ALL))
        whole = [record for record in full.records if record.on_pair]
        found: tuple[Record, ...] = ()
        self.tried += 1
        if build_screen((pair,)).bears(f"{document.title or ''}\n{document.text}"):
            found = code_document(document, kit, Watch(pairs=(pair,), scope=Scope.WATCHED)).records
            self.passages += len(full.passages)
            self.coded += len(build_screen((pair,)).near(document.text, full.passages))
        else:
            self.passed_over += 1
        self.records += len(whole)
        same, near = {record.id for record in found if record.on_pair}, {_place(record) for record in found}
        for record in whole:
            if record.id not in same:
                told = self.otherwise if _place(record) in near else self.lost
                told.append(f"{'-'.join(pair)}  {record.record}: {_shown(record)}")


def _place(record: Record) -> tuple[str, int, int]:
    return record.record, record.evidence[0].start, record.evidence[0].end


def _shown(record: Record) -> str:
    return " ".join(record.evidence[0].quote.split())[:SHOWN]


def documents(paths: Iterable[Path]) -> Iterator[Document]:
    """The texts that can be coded."""
    for path in paths:
        for draft in read_path(path):
            document = clean_draft(draft)[0] if isinstance(draft, Draft) else None
            if document is not None:
                yield document


def states_in(told: Any) -> Iterator[str]:
    """Every state in a record as it is written out."""
    if isinstance(told, dict):
        if isinstance(told.get("state"), str):
            yield told["state"]
        for value in told.values():
            yield from states_in(value)
    elif isinstance(told, list):
        for value in told:
            yield from states_in(value)


def pairs_of(document: Document, kit: Kit) -> Iterator[Pair]:
    """The pairs for which a document is tried."""
    records = code_document(document, kit, Watch(pairs=())).records
    counts = Counter(state for record in records for state in states_in(record.to_dict()))
    ranked = [state for state, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    yield from itertools.combinations(ranked[:STATES], 2)


def main(paths: list[Path]) -> None:
    """Prints the misses, then the figures."""
    kit, loss, number = build_kit("bundled"), Loss(), 0
    for document in documents(paths or TEXTS):
        number += 1
        for pair in pairs_of(document, kit):
            loss.compare(document, pair, kit)
    for name, told in (("lost", loss.lost), ("told otherwise", loss.otherwise)):
        for line in told:
            print(f"{name}: {line}")
    share = [100 * len(told) / max(1, loss.records) for told in (loss.lost, loss.otherwise)]
    print(f"{number} texts, {loss.tried} times a pair: {loss.records} records on the pair by full coding")
    print(f"lost {len(loss.lost)} ({share[0]:.2f} %), told otherwise {len(loss.otherwise)} ({share[1]:.2f} %)")
    print(f"{loss.passed_over} texts passed over; of the others {loss.coded} of {loss.passages} passages coded")


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:]])
