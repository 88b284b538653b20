"""What a person should look at: promises, plans and differing accounts that the machine cannot decide."""

from collections.abc import Iterator

from detente.ledger.outcome_fate import Fate
from detente.ledger.relabel import answer_to
from detente.records import Record
from detente.telling.difference_lines import difference_line
from detente.telling.known import Known
from detente.telling.promises import promise_words
from detente.telling.table import ID_SHOWN, Table, known_on, outlets_of, place
from detente.telling.words import when_words

COLUMNS = ("question", "about", "why", "known on", "outlets", "id", "place")


def tell_review(known: Known) -> Table:
    """The open questions: promises first, then plans past their date without word, then accounts that differ."""
    told = [*_promises(known), *_plans(known), *_differences(known)]
    return Table(
        columns=COLUMNS,
        rows=tuple((*words, *_found(records[0], records, known)) for words, records in told),
        records=tuple(records for _, records in told),
    )


def _promises(known: Known) -> Iterator[tuple[tuple[str, str, str], tuple[Record, ...]]]:
    for promise in known.promises:
        if promise.doubt:
            about = f"{known.words.state(promise.holder)}: {promise_words(promise)}"
            records = (
                promise.head,
                *(r for r in promise.told if r != promise.head),
                *(v.record for v in promise.heard),
            )
            yield ("Was the promise kept?", about, promise.doubt), records


def _plans(known: Known) -> Iterator[tuple[tuple[str, str, str], tuple[Record, ...]]]:
    for course in known.courses:
        if course.fate is Fate.NO_WORD and course.due is not None and not answer_to(course.item.records):
            why = f"planned for {when_words(course.due)}, no word since"
            yield ("Did it take place?", course.plan.summary, why), course.item.records


def _differences(known: Known) -> Iterator[tuple[tuple[str, str, str], tuple[Record, ...]]]:
    by_id = {record.id: record for happening in known.with_undated for record in happening.records}
    for difference in known.differences:
        line = difference_line(difference, known.words)
        yield ("Which account holds?", line.text, line.note), tuple(by_id[id_] for id_ in line.records)


def _found(head: Record, records: tuple[Record, ...], known: Known) -> tuple[str, ...]:
    return known_on(head), outlets_of(records, known.outlets), head.id[:ID_SHOWN], place(head.evidence[0])
