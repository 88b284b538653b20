"""A sentence of a test read as the whole flow reads a document."""

import datetime as dt

from detente.codebook.registry import load_registry
from detente.extraction.attribution import find_attributions_in
from detente.extraction.reading import Reading
from detente.mentions.actors import find_actors
from detente.mentions.dates import find_dates_in
from detente.parsing import Pipeline
from detente.passages import split_text
from detente.records import Document, Genre, Provenance

PUBLISHED_ON = dt.date(2024, 3, 5)  # a Tuesday


def read(
    text: str,
    pipeline: Pipeline,
    *,
    genre: Genre = Genre.REPORT,
    outlet: str | None = None,
    pair: tuple[str, str] | None = None,
) -> Reading:
    """The text with passages, parse, actors, dates and attributions, published on 5 March 2024."""
    document = Document(id="d" * 32, text=text, published_on=PUBLISHED_ON, genre=genre, outlet=outlet)
    passages = split_text(text)
    parse = pipeline.parse(text, passages)
    actors, _ = find_actors(parse, document, passages, pair=pair, registry=load_registry())
    dates, _ = find_dates_in(parse, text, passages, published_on=PUBLISHED_ON)
    return Reading(
        document=document,
        passages=passages,
        parse=parse,
        actors=actors,
        dates=dates,
        attributions=find_attributions_in(parse, text, passages),
        pair=pair,
        provenance=Provenance(coder="c", model="m", data="d"),
        known_on=PUBLISHED_ON,
        actor_at={index: mention for mention in actors for index in range(mention.first, mention.last + 1)},
    )
