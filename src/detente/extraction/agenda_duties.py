"""What a state has promised to do, must do by a day, or is invited to, where no other item tells it."""

import dataclasses
from collections.abc import Iterator

from detente.codebook.agenda import AgendaRow, load_agenda
from detente.codebook.measures import load_measures
from detente.extraction.agenda_basis import Ground, find_ground
from detente.extraction.agenda_drafts import Draft
from detente.extraction.agenda_parties import doers_of, named_before
from detente.extraction.agenda_summary import summary_of_clause
from detente.extraction.agenda_when import find_when, is_future
from detente.extraction.clause import case_of, children, objects_of, predicate_of, subjects_of
from detente.extraction.factuality import find_factuality
from detente.extraction.measures import find_threads
from detente.extraction.parties import actors_below, actors_within, phrase_tokens, unique
from detente.extraction.phrases import beginning, find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Span as Words
from detente.parsing.doc import Token
from detente.records import Basis, Factuality, Outcome, When

MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})  # a promise told in passing is mostly history
BY = frozenset({"by", "within", "until", "before", "till", "no", "not"})  # how a date that is a limit begins
UNTIL = frozenset({"until", "till", "by"})
MAY = frozenset({"may", "can", "could", "will", "might"})
VERBAL = frozenset({"VERB", "AUX"})
AGAINST = frozenset({"due", "increase due", "extension due"})  # steps by which a state tightens what it imposes
LONGEST_CLIMB = 4  # words between a date and the verb that it limits


def find_duties(words: Words, taken: set[int], reading: Reading) -> Iterator[Draft]:
    """The promises, limits of time and invitations of a sentence that no other item tells (`taken`: who told one)."""
    yield from _promises(words, taken, reading)
    yield from _limits(words, taken, reading)
    yield from _invitations(words, taken, reading)


def _promises(words: Words, taken: set[int], reading: Reading) -> Iterator[Draft]:
    """What a state has bound itself to do, where no other item tells it."""
    for verb in beginning(words, load_agenda().of("promise")):
        for phrase, _ in find_phrases(verb, load_agenda().of("promise")):
            told = find_factuality(verb, reading)
            doers = subjects_of(verb)
            actors = tuple(a for t in doers for m in [reading.actor_at.get(t.i)] if m for a in m.actors if a.state)
            deeds = [deed for deed in _bound_to(verb) if deed.i not in taken and not _is_hostile(deed, reading)]
            if verb.pos_ != "VERB" or verb.dep_ not in MAIN or not told.factuality.is_actual or not actors:
                continue
            for deed in deeds:
                ground = find_ground(deed, deed, reading)
                if ground is not None and not any(t.i in taken for t in deed.subtree):
                    yield Draft(
                        kind="promise due",
                        summary=summary_of_clause(deed, doers, reading),
                        participants=actors,
                        ground=dataclasses.replace(ground, basis=phrase.row.basis or Basis.AGREED),
                        outcome=Outcome.PENDING,
                        tokens=(deed, verb),
                        rules=(phrase.row.id, *ground.rules),
                    )


def _bound_to(verb: Token) -> list[Token]:
    """What a promise is to do, also behind its day: "agreed on Monday to return the ship"."""
    below = (child for child in children(verb, "xcomp", "advcl") if child.pos_ == "VERB" and child.i > verb.i)
    return [deed for deed in below if deed.dep_ == "xcomp" or deed.left_edge.lower_ == "to"]


def _is_hostile(deed: Token, reading: Reading) -> bool:
    """Whether a deed harms another, so that it is announced and not promised: "pledged to expel two envoys".

    What is agreed on a day and is a step of a measure is told as that: "agreed on Monday to extend the truce".
    """
    if any(True for _ in find_phrases(deed, load_agenda().of("hostile"))):
        return True
    kinds = load_measures().kinds
    told = ((telling, step) for group in find_threads(reading) for telling in group for step in telling.steps)
    return any(
        deed.dep_ != "xcomp" or (kinds[telling.mention.kind].effect == "against" and step.step in AGAINST)
        for telling, step in told
        if step.token == deed
    )


def _limits(words: Words, taken: set[int], reading: Reading) -> Iterator[Draft]:
    """What someone must do by a day, or has until a day to do: "must hand in their passes within ten days"."""
    for date in reading.dates:
        inside = words.start_char <= date.start < words.end_char
        if inside and date.when.words.split()[0].lower() in BY and is_future(date.when, reading):
            span = reading.parse.char_span(date.start, date.end, alignment_mode="expand")
            verb = _limited(span.root) if span is not None else None
            if (
                span is not None
                and verb is not None
                and not any(t.i in taken for t in phrase_tokens(verb) if t.i >= verb.i)
            ):
                yield from _limit(verb, span.root, date.when, reading)


def _limit(verb: Token, date: Token, when: When, reading: Reading) -> Iterator[Draft]:
    deed, doers, rules = _deed_of(verb, date)
    told = find_factuality(verb, reading)
    bound = told.factuality.is_actual if rules else told.factuality is Factuality.DEMANDED
    giving = subjects_of(verb) if rules and doers != subjects_of(verb) else []  # "Chad gave Mali until May to pay"
    actors = unique(actor for doer in (*giving, *doers) for actor in actors_below(doer, reading))
    window = None if rules or bound else _window(verb, when)
    if window is not None:
        doers = doers or objects_of(verb)
        actors = (
            actors or unique(a for noun in doers for a in actors_below(noun, reading)) or named_before(verb, reading)
        )
        bound, rules = True, (window.id,)
    if bound and any(actor.state for actor in actors):
        yield Draft(
            kind="deadline",
            summary=summary_of_clause(deed, doers, reading),
            participants=actors,
            ground=Ground(
                basis=Basis.PLANNED,
                told=dataclasses.replace(told, factuality=Factuality.PLANNED),
                when=when,
                rules=(*rules, *told.rules),
            ),
            outcome=Outcome.PENDING,
            tokens=(deed, verb),
            rules=(*rules, *told.rules),
        )


def _window(verb: Token, when: When) -> AgendaRow | None:
    """The row of what may be handed in "until" a day, where the verb is one of those; None else."""
    may = any(child.lower_ in MAY for child in children(verb, "aux"))
    if not may or when.words.lower().split()[0] not in UNTIL:
        return None
    return next((phrase.row for phrase, _ in find_phrases(verb, load_agenda().of("window"))), None)


def _limited(date: Token) -> Token | None:
    """The verb that a date limits."""
    at = date
    for _ in range(LONGEST_CLIMB):
        if at.pos_ in VERBAL or at.head == at:
            break
        at = at.head
    return at if at.pos_ in VERBAL else None


def _deed_of(verb: Token, date: Token) -> tuple[Token, list[Token], tuple[str, ...]]:
    """(what is to be done, by whom, the row): of "gave it until May to leave" the infinitive."""
    row = next((phrase.row for phrase, _ in find_phrases(verb, load_agenda().of("time"))), None)
    below = (*children(verb, "xcomp", "advcl", "acl", "ccomp", "obl"), *children(date, "acl", "xcomp", "advcl"))
    deed = next((child for child in below if child.left_edge.lower_ == "to" and child.pos_ == "VERB"), None)
    if row is None or deed is None:
        return verb, doers_of(verb), ()
    given = [noun for noun in children(verb, "iobj", "obj") if noun.pos_ in ("PROPN", "PRON", "NOUN")]
    return deed, subjects_of(verb) if row.subject else given, (row.id,)


def _invitations(words: Words, taken: set[int], reading: Reading) -> Iterator[Draft]:
    """Invitations to a place: "has invited the king to Muscat", "an invitation to Muscat"."""
    for token in beginning(words, load_agenda().of("invitation")):
        row = next((phrase.row for phrase, _ in find_phrases(token, load_agenda().of("invitation"))), None)
        if row is None or token.pos_ not in ("VERB", "NOUN") or any(t.i in taken for t in token.subtree):
            continue
        invited = list(objects_of(token)) if token.pos_ == "VERB" else [token]
        goal = next((noun for noun in _goals(token, invited) if _is_place(noun, reading)), None)
        predicate = predicate_of(token)
        told = find_factuality(predicate, reading)
        declined = any(True for _ in find_phrases(predicate, load_agenda().of("declined")))
        if goal is not None and told.factuality.is_actual and not declined:
            yield _invited(
                token,
                invited,
                goal,
                Ground(
                    basis=Basis.INVITED,
                    told=dataclasses.replace(told, factuality=Factuality.PROPOSED),
                    when=find_when(token, token, reading) if token.pos_ == "NOUN" else None,
                    rules=(row.id, *told.rules),
                ),
                reading,
            )


def _goals(token: Token, invited: list[Token]) -> list[Token]:
    """The names behind "to": of the verb, or of whom it invites where the parse hung them there."""
    below = [noun for head in (token, *invited) for noun in children(head, "obl", "nmod")]
    if token.pos_ == "NOUN":
        below = [noun for noun in token.subtree if noun.i > token.i]
    return [noun for noun in below if case_of(noun) == "to" and noun.pos_ == "PROPN"]


def _is_place(noun: Token, reading: Reading) -> bool:
    """Whether a name is a state or a town: "to Moon" says who is invited, "to Pyongyang" where to."""
    mention = reading.actor_at.get(noun.i)
    return mention is not None and not any(actor.person or actor.office for actor in mention.actors)


def _invited(token: Token, invited: list[Token], goal: Token, ground: Ground, reading: Reading) -> Draft:
    verb = token.pos_ == "VERB"
    heads = [*doers_of(token if verb else predicate_of(token)), *invited, goal]
    actors = unique(actor for head in heads for actor in actors_within(phrase_tokens(head), reading))
    whom = [t for noun in invited for t in noun.subtree if t.i < goal.left_edge.i] if verb else []
    first, last = (whom[0], whom[-1]) if whom else (token, goal)
    named = reading.span(first, last).quote
    return Draft(
        kind="visit",
        summary=f"{named[:1].upper()}{named[1:]} to visit {goal.text}" if whom else f"{named[:1].upper()}{named[1:]}",
        participants=actors,
        ground=ground,
        outcome=Outcome.PENDING,
        tokens=(token, goal),
        rules=ground.rules,
    )
