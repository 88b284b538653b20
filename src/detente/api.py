"""What Python users call without a workspace: text in, records and findings out."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from detente.adapters.exporters.explanation_text import write_explanation
from detente.cleaning import clean_draft
from detente.cleaning.draft import Draft
from detente.codebook.event_lexicon import load_event_lexicon
from detente.codebook.registry import load_registry
from detente.extraction.attribution import find_attributions_in
from detente.extraction.event_types import code_relations
from detente.extraction.explanation import explain_events
from detente.extraction.reading import Attribution
from detente.flow import code_document
from detente.kit import Kit, build_kit
from detente.parsing import BUNDLED
from detente.passages import split_text
from detente.records import Document, EventType, Problem, Record
from detente.settings import Watch
from detente.telling.lines import Narrator
from detente.telling.words import Words

Place = tuple[int, int]  # characters, half-open; (0, 0) is a party that is not named


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What a text gave: the document as it was read, its records in text order, and what could not be resolved."""

    document: Document
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def extract(
    text: str,
    *,
    published_on: dt.date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    pair: tuple[str, str] | None = None,
) -> Extraction:
    """The records of one text. `pair` says whose "two sides" they are ("US", "China" and ISO codes are understood).

    Raises UnknownStateError for a word that is no state; trouble in the text comes back as problems.
    """
    draft = Draft(text=text, published_on=published_on, outlet=outlet, title=title, url=url)
    return extract_draft(draft, pair=pair)


def extract_draft(
    draft: Draft,
    *,
    published_on: dt.date | None = None,
    outlet: str | None = None,
    pair: tuple[str, str] | None = None,
) -> Extraction:
    """The records of a text that a reader brought; the options fill what it lacks."""
    document, problems = clean_draft(draft, published_on=published_on, outlet=outlet)
    registry = load_registry()
    pairs = ((registry.state(pair[0]), registry.state(pair[1])),) if pair else ()
    coded = code_document(document, _kit(), Watch(pairs=pairs))
    return Extraction(document=document, records=coded.records, problems=(*problems, *coded.problems))


def find_event_type(sentence: str, *, initiator: Place, target: Place) -> EventType | None:
    """The PLOVER type of what the initiator does to the target, None where the sentence tells of no event.

    >>> import detente
    >>> detente.find_event_type("Iran condemned Israel.", initiator=(0, 4), target=(15, 21)).value
    'ACCUSE'
    """
    return find_event_types([(sentence, initiator, target)])[0]


def find_event_types(rows: Iterable[tuple[str, Place, Place]]) -> list[EventType | None]:
    """The same for many (sentence, initiator, target), parsed in batches; one answer per row, in order."""
    return code_relations(rows, _kit().pipeline, load_event_lexicon())


def find_attributions(text: str) -> tuple[Attribution, ...]:
    """Who says what: speaker, cue and content as spans of the text, in text order; may be empty."""
    passages = split_text(text)
    if not passages:
        return ()
    return find_attributions_in(_kit().pipeline.parse(text, passages), text, passages)


def explain(sentence: str) -> str:
    """How a sentence is read, step by step, as text."""
    kit = _kit()
    parse = kit.pipeline.parse(sentence, split_text(sentence))
    narrator = Narrator(Words(kit.registry), as_of=dt.date.min)
    return write_explanation(parse, explain_events(parse, load_event_lexicon()), extract(sentence).records, narrator)


@cache
def _kit() -> Kit:
    return build_kit(BUNDLED)
