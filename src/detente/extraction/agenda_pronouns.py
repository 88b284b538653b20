"""Items that a pronoun takes up: "Talks broke off in April. They will be resumed on Friday."."""

from collections.abc import Iterator, Sequence

from detente.codebook.agenda import load_agenda
from detente.extraction.agenda_basis import find_ground
from detente.extraction.agenda_drafts import Draft
from detente.extraction.agenda_parties import find_participants, named_before
from detente.extraction.agenda_summary import summary_of_noun
from detente.extraction.agenda_triggers import Trigger, held_by
from detente.extraction.agenda_when import is_future
from detente.extraction.clause import has
from detente.extraction.parties import states_of
from detente.extraction.phrases import tokens_with
from detente.extraction.reading import Reading
from detente.parsing.doc import Span as Words
from detente.parsing.doc import Token
from detente.records import Outcome

ONE, SEVERAL = "it", "they"
PRONOUNS = frozenset({ONE, SEVERAL})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
NAMED = frozenset({"talks", "visit", "exercise", "vote", "signing", "hearing"})  # families of what can be held
PLURAL = "talks"
MOVED = {Outcome.CANCELLED: Outcome.SLIPPED}  # what was called off and has a new day


def find_taken_up(
    words: Words, before: Sequence[Trigger], drafts: Sequence[Draft], reading: Reading
) -> Iterator[Draft]:
    """The items of a sentence that a pronoun stands for; `before` are the triggers of the sentence before it."""
    if not any(trigger.is_noun for trigger in before):
        return
    for pronoun in (t for t in tokens_with(reading.parse, PRONOUNS) if words.start <= t.i < words.end):
        item = _item_of(pronoun, before)
        carrier = held_by(pronoun) if item is not None and pronoun.dep_ in SUBJECTS else None
        if item is None or carrier is None:
            continue
        ground = find_ground(carrier, carrier, reading)
        participants = find_participants(item, reading) or named_before(item.token, reading)
        if ground is None or not is_future(ground.when, reading) or not states_of(participants):
            continue
        earlier = next((draft for draft in reversed(drafts) if draft.token == item.token), None)
        yield Draft(
            kind=item.kind,
            summary=earlier.summary if earlier is not None else summary_of_noun(item.token, reading),
            participants=earlier.participants if earlier is not None else participants,
            ground=ground,
            outcome=Outcome.PENDING if earlier is None else MOVED.get(earlier.outcome, earlier.outcome),
            tokens=(item.token, pronoun),
            rules=(item.row.id, *ground.rules),
        )


def _item_of(pronoun: Token, before: Sequence[Trigger]) -> Trigger | None:
    """The one noun of the sentence before that the pronoun can stand for, None where there is none or several."""
    kinds = load_agenda().kinds
    fits = [
        trigger
        for trigger in before
        if trigger.is_noun
        and kinds[trigger.kind].family in NAMED
        and _is_plural(trigger.token) == (pronoun.lower_ == SEVERAL)
    ]
    return fits[0] if len(fits) == 1 else None


def _is_plural(noun: Token) -> bool:
    return has(noun, "Number", "Plur") or noun.lower_ == PLURAL
