"""The promise ledger as a table: who promised what, and what became of it."""

from detente.ledger.promises import Promise
from detente.records import AgendaItem, Position
from detente.telling.known import Known
from detente.telling.table import ID_SHOWN, Table, known_on, outlets_of, place
from detente.telling.words import quoted, when_words

COLUMNS = ("told", "who", "promise", "due", "standing", "heard", "outlets", "id", "place")


def tell_promises(known: Known) -> Table:
    """The promises, first told first, with the words that say what became of them."""
    return Table(
        columns=COLUMNS,
        rows=tuple(_row(promise, known) for promise in known.promises),
        records=tuple((*promise.told, *(v.record for v in promise.heard)) for promise in known.promises),
        derived=tuple({"kept": _derived(promise)} for promise in known.promises),
    )


def promise_words(promise: Promise) -> str:
    """What was promised, in the words of the text."""
    head = promise.head
    if isinstance(head, Position):
        return quoted(head.proposition.quote)
    return head.summary if isinstance(head, AgendaItem) else quoted(head.evidence[0].quote)


def heard_words(promise: Promise, known: Known) -> str:
    """What was heard of it: each verdict, on whose word, with the place of its sentence."""
    told = []
    for verdict in promise.heard:
        by = f" on the word of {known.words.state(verdict.on_word_of)}" if verdict.on_word_of else ""
        told.append(f"{verdict.verdict}{by}: {quoted(verdict.record.evidence[0].quote)}")
    return "; ".join(told)


def _row(promise: Promise, known: Known) -> tuple[str, ...]:
    head = promise.head
    return (
        known_on(promise.told[0]),
        known.words.state(promise.holder),
        promise_words(promise),
        when_words(promise.due) if promise.due else "",
        f"{promise.standing}{'; to review: ' + promise.doubt if promise.doubt else ''}",
        heard_words(promise, known),
        outlets_of(promise.told, known.outlets),
        head.id[:ID_SHOWN],
        place(head.evidence[0]),
    )


def _derived(promise: Promise) -> dict[str, object]:
    """What became of it, as JSON values."""
    heard = [
        {"verdict": v.verdict.value, "shown_by": v.record.id, "reason": v.reason}
        | ({"on_word_of": v.on_word_of} if v.on_word_of else {})
        for v in promise.heard
    ]
    told: dict[str, object] = {"standing": promise.standing.value, "heard": heard}
    return told | ({"doubt": promise.doubt} if promise.doubt else {})
