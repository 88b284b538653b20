"""One document and a kit in, records and problems out; many documents in batches."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import tee

from detente.extraction.attribution import find_attributions_in
from detente.extraction.extract import extract_records
from detente.extraction.reading import Reading
from detente.kit import Kit
from detente.mentions.actors import find_actors
from detente.mentions.dates import find_dates_in
from detente.parcel import Coded
from detente.parsing.doc import Doc
from detente.passages import split_passages
from detente.records import Document, Passage, Problem, Trouble
from detente.screening import Screen, build_screen
from detente.settings import Scope, Watch


def code_documents(documents: Iterable[Document], kit: Kit, watch: Watch) -> Iterator[Coded]:
    """One result per document, in order; parsed in batches, so that the iterable is read ahead."""
    screen = build_screen(watch.pairs)
    split, again = tee(_split(document, screen, watch.scope) for document in documents)
    parses = kit.pipeline.parse_many((document.text, chosen) for document, _, chosen in split)
    for (document, passages, chosen), parse in zip(again, parses, strict=True):
        yield replace(_code(document, chosen, parse, kit, screen), passages=passages)


def code_document(document: Document, kit: Kit, watch: Watch) -> Coded:
    """The result of one document."""
    return next(code_documents([document], kit, watch))


def _split(
    document: Document, screen: Screen, scope: Scope
) -> tuple[Document, tuple[Passage, ...], tuple[Passage, ...]]:
    """The document, its passages, and those of them to code."""
    passages = split_passages(document)
    return document, passages, passages if scope is Scope.ALL else screen.near(document.text, passages)


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


def _code(document: Document, passages: tuple[Passage, ...], parse: Doc, kit: Kit, screen: Screen) -> Coded:
    pair = screen.choose_pair(f"{document.title or ''}\n{document.text}")
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
