"""The event type between two given parties of a sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detente.codebook.event_lexicon import EventLexicon, Operator
from detente.extraction.clause import PASSIVE_SUBJECTS, SUBJECTS, antecedent, children, subjects_of
from detente.extraction.composition import OBLIGATION, WORDS, Composer, Meaning, Step, is_hostile, settled
from detente.parsing import Pipeline
from detente.parsing.doc import Doc, Token
from detente.records import EventType, Passage

Extent = tuple[int, int]  # characters, half-open; (0, 0) is a party that the sentence does not name
OWNING = frozenset({"nmod:poss", "amod", "compound"})
CONDITIONS = frozenset({"if", "unless"})


@dataclass(frozen=True, slots=True)
class Relation:
    """The type found between two parties, and the composition that led there."""

    event_type: EventType
    meaning: Meaning


def code_relations(
    rows: Iterable[tuple[str, Extent, Extent]], pipeline: Pipeline, lexicon: EventLexicon
) -> list[EventType | None]:
    """The event type of each (sentence, initiator, target), in order; None where the lexicon has no word for it.

    Spans are characters of the sentence. Sentences are parsed in batches.
    """
    rows = list(rows)
    texts = [(sentence, [Passage(start=0, end=len(sentence), paragraph=0)]) for sentence, _, _ in rows]
    parses = pipeline.parse_many(texts)
    found = (find_relation(parse, row[1], row[2], lexicon) for parse, row in zip(parses, rows, strict=True))
    return [relation.event_type if relation else None for relation in found]


def find_relation(parse: Doc, initiator: Extent, target: Extent, lexicon: EventLexicon) -> Relation | None:
    """What the initiator does to the target in a parsed sentence, None where no word tells."""
    doer, receiver = party_head(parse, initiator), party_head(parse, target)
    focus = frozenset(token.i for token in path_up(receiver)) if receiver is not None else frozenset()
    told_to = obliging(doer, receiver)
    if told_to is not None:
        return Relation(EventType.REQUEST, told_to)
    composer = Composer(lexicon, focus)
    seen: set[int] = set()
    owned = {token.i for token in possessions(doer, receiver)}
    for tier in (on_the_way(doer, receiver), nearby(parse, receiver or doer)):
        weak: Relation | None = None
        for token in tier:
            if token.i in seen:
                continue
            seen.add(token.i)
            meaning = composer.meaning(token)
            event_type = blamed(meaning, receiver) or settled(meaning)
            if meaning is None or event_type is None:
                continue
            if not meaning.weak or (token.i in owned and event_type in WORDS):
                return _outermost(Relation(event_type, meaning), composer)
            weak = weak or Relation(event_type, meaning)
        if weak:
            return weak
    return None


def _outermost(relation: Relation, composer: Composer) -> Relation:
    """The relation under what the verb above a noun makes of it: "talks between A and B broke down" are a refusal."""
    noun = relation.meaning.top
    if noun.pos_ != "NOUN" or noun.dep_ not in SUBJECTS | PASSIVE_SUBJECTS:
        return relation
    outer = composer.meaning(noun.head)
    event_type = settled(outer)
    if outer is None or event_type is None or noun.i not in {step.at for step in outer.steps}:
        return relation
    return relation if outer.weak else Relation(event_type, outer)


def blamed(meaning: Meaning | None, receiver: Token | None) -> EventType | None:
    """ACCUSE where the initiator says that the target has done something hostile ("said Iran had shelled it")."""
    if meaning is None or receiver is None or meaning.obliged or meaning.negated or meaning.future:
        return None
    if meaning.steps[-1].operator is not Operator.SAY or not is_hostile(meaning.event_type):
        return None
    doers = [doer.i for step in meaning.steps[:-1] for doer in subjects_of(meaning.top.doc[step.at])]
    owned = receiver.dep_ in OWNING and receiver.head.i in doers  # "said Chad's troops had shelled it"
    return EventType.ACCUSE if owned or receiver.i in doers else None


def obliging(doer: Token | None, receiver: Token | None) -> Meaning | None:
    """What the initiator says the target must do, whatever it is ("said Iran must do something"), else None."""
    if doer is None or receiver is None or receiver.dep_ not in SUBJECTS | PASSIVE_SUBJECTS:
        return None
    clause = receiver.head
    must = [child for child in children(clause, "aux") if child.lower_ in OBLIGATION]
    if not must or clause.dep_ != "ccomp" or doer.i not in {token.i for token in subjects_of(clause.head)}:
        return None
    step = Step(must[0].i, must[0].text, "must", Operator.DEMAND, str(EventType.REQUEST))
    return Meaning(EventType.REQUEST, "change", clause, clause.head, (step,))


def possessions(doer: Token | None, receiver: Token | None) -> list[Token]:
    """The nouns between the initiator and what governs both: "[Iran]'s refusal to meet <Iraq>"."""
    if doer is None or receiver is None:
        return []
    up_receiver = {token.i for token in path_up(receiver)}
    up_doer = path_up(doer)
    place = next((n for n, token in enumerate(up_doer) if token.i in up_receiver), 0)
    return [token for token in up_doer[1:place] if token.pos_ in ("NOUN", "ADJ")]


def party_head(parse: Doc, extent: Extent) -> Token | None:
    """The head word of a party; None where the sentence does not name it."""
    if extent[0] >= extent[1]:
        return None
    span = parse.char_span(*extent, alignment_mode="expand")
    if span is None:
        return None
    root: Token = span.root
    return root


def path_up(token: Token) -> list[Token]:
    """The token and all that govern it, up to the root."""
    path = [token]
    while path[-1].head != path[-1]:
        path.append(path[-1].head)
    return path


def on_the_way(doer: Token | None, receiver: Token | None) -> Iterator[Token]:
    """The words that govern the parties and so may tell what one does to the other, the likeliest first."""
    up_doer = path_up(doer) if doer is not None else []
    up_receiver = path_up(receiver) if receiver is not None else []
    down = list(reversed(up_receiver))
    if doer is not None and receiver is not None:
        places = {token.i: place for place, token in enumerate(up_doer)}
        meet = next((token for token in up_receiver if token.i in places), None)
        if meet is not None:
            down = down[down.index(meet) :]
            yield from possessions(doer, receiver)
        way = list(start_of(down, doer))
        # What stands under "if" is not done.
        for token in sorted(way, key=is_conditional):
            if token.pos_ == "VERB":
                yield token
            yield from misread_verbs(token, doer)
            yield token
        yield from misread_verbs(down[-1], doer)
    yield from up_doer[1:]
    yield from reversed(down) if doer is None else down


def is_conditional(token: Token) -> bool:
    """Whether the word stands in a clause of condition."""
    return any(
        mark.lower_ in CONDITIONS
        for clause in path_up(token)
        if clause.dep_ == "advcl"
        for mark in children(clause, "mark")
    )


def misread_verbs(noun: Token, doer: Token) -> Iterator[Token]:
    """Verbs that the parse took for an attribute of their object: "Iran suspended food supplies" as a noun phrase."""
    for child in children(noun, "amod"):
        if child.pos_ == "VERB" and child.i > doer.i and not any(det.i > doer.i for det in children(noun, "det")):
            yield child
    for child in children(noun, "obj"):
        yield from misread_verbs(child, doer)


def nearby(parse: Doc, centre: Token | None) -> list[Token]:
    """All words of the sentence, those close to a party first."""
    return sorted(parse, key=lambda token: abs(token.i - centre.i)) if centre is not None else list(parse)


def start_of(down: list[Token], doer: Token) -> Iterator[Token]:
    """The way from the meeting point down to the target, begun at the verb that the initiator is subject of."""
    start = 0
    for place, token in enumerate(down[:-1]):
        if (
            token.dep_ == "conj"
            and token.pos_ in ("VERB", "ADJ")
            and not any(child.dep_ in SUBJECTS for child in token.children)
        ) or any(doer in (child, antecedent(child)) for child in children(token, *SUBJECTS)):
            start = place
    yield from down[start:-1]
