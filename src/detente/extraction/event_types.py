"""The event type between two given parties of a sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from detente.codebook.event_lexicon import EventLexicon
from detente.extraction.clause import SUBJECTS, antecedent, children
from detente.extraction.composition import Composer, Meaning, settled
from detente.parsing import Pipeline
from detente.records import EventType, Passage

Extent = tuple[int, int]  # characters, half-open; (0, 0) is a party that the sentence does not name
UNNAMED: Extent = (0, 0)


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
    composer = Composer(lexicon, focus)
    seen: set[int] = set()
    for tier in (on_the_way(doer, receiver), nearby(parse, receiver or doer)):
        weak: Relation | None = None
        for token in tier:
            if token.i in seen:
                continue
            seen.add(token.i)
            meaning = composer.meaning(token)
            event_type = settled(meaning)
            if meaning is None or event_type is None:
                continue
            if not meaning.weak:
                return Relation(event_type, meaning)
            weak = weak or Relation(event_type, meaning)
        if weak:
            return weak
    return None


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
            # Nouns between the initiator and the meeting point name the deed: "Iran's refusal to ...".
            yield from (token for token in up_doer[1 : places[meet.i]] if token.pos_ in ("NOUN", "ADJ"))
        for token in start_of(down, doer):
            yield from misread_verbs(token, doer)
            yield token
        yield from misread_verbs(down[-1], doer)
    yield from up_doer[1:]
    yield from reversed(down) if doer is None else down


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
