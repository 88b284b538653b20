"""One document and a kit in, records and problems out; many documents in batches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import tee

from detente.extraction.attribution import find_attributions_in
from detente.extraction.extract import extract_records
from detente.extraction.reading import Reading
from detente.kit import Kit
from detente.mentions.actors import find_actors
from detente.mentions.dates import find_dates_in
from detente.mentions.pair import choose_pair
from detente.parsing.doc import Doc
from detente.passages import split_passages
from detente.records import Document, Passage, Problem, Record, Trouble

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What one document gave. `pair` is the watched pair that it was read for, None where it speaks of none."""

    document: Document
    passages: tuple[Passage, ...]
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    pair: tuple[str, str] | None


def code_documents(documents: Iterable[Document], kit: Kit, pairs: Pairs) -> Iterator[Coded]:
    """One result per document, in order; parsed in batches, so that the iterable is read ahead."""
    split, again = tee((document, split_passages(document)) for document in documents)
    parses = kit.pipeline.parse_many((document.text, passages) for document, passages in split)
    for (document, passages), parse in zip(again, parses, strict=True):
        yield _code(document, passages, parse, kit, pairs)


def code_document(document: Document, kit: Kit, pairs: Pairs) -> Coded:
    """The result of one document."""
    return next(code_documents([document], kit, pairs))


def read_document(
    document: Document, passages: tuple[Passage, ...], parse: Doc, kit: Kit, pair: tuple[str, str] | None
) -> tuple[Reading, tuple[Problem, ...]]:
    """The document with its mentions and attributions, ready for the extractors, and what could not be resolved."""
    actors, unresolved = find_actors(parse, document, passages, pair=pair, registry=kit.registry)
    dates, undated = find_dates_in(parse, document.text, passages, published_on=document.published_on)
    reading = Reading(
        document=document,
        passages=passages,
        parse=parse,
        actors=actors,
        dates=dates,
        attributions=find_attributions_in(parse, document.text, passages),
        pair=pair,
        provenance=kit.provenance,
        known_on=document.published_on,
        actor_at={index: mention for mention in actors for index in range(mention.first, mention.last + 1)},
    )
    return reading, (*unresolved, *undated)


def _code(document: Document, passages: tuple[Passage, ...], parse: Doc, kit: Kit, pairs: Pairs) -> Coded:
    pair = choose_pair(document, pairs, kit.registry)
    try:
        reading, found = read_document(document, passages, parse, kit, pair)
        records = extract_records(reading)
    except Exception as error:  # one text on which the program fails must not stop a million others
        records, found = (), (_failure(error),)
    parse.release()
    problems = tuple(replace(problem, document=document.id) for problem in found)
    return Coded(document=document, passages=passages, records=records, problems=problems, pair=pair)


def _failure(error: Exception) -> Problem:
    message = (
        f"this text could not be coded ({type(error).__name__}: {error}). It is kept without records; "
        "please report it with the text, and type detente forget DOC to take it out."
    )
    return Problem(trouble=Trouble.NOT_CODED, message=message)
