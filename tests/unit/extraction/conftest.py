"""Readings of sentences of our own, made by the real stages."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from detente.codebook.registry import load_registry
from detente.extraction.reading import Reading
from detente.flow import read_document
from detente.kit import Kit
from detente.passages import split_passages
from detente.records import Document, Genre, Provenance

PUBLISHED_ON = dt.date(2024, 3, 5)
Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def read(pipeline) -> Read:
    """read(text, pair=None, heading=None): the reading of a short text, all of it under the heading."""
    kit = Kit(pipeline=pipeline, registry=load_registry(), provenance=Provenance(coder="c", model="m", data="d"))

    def read_text(text: str, pair: tuple[str, str] | None = None, heading: str | None = None) -> Reading:
        genre = Genre.EXPLAINER if heading else Genre.REPORT
        document = Document(id="d" * 32, text=text, published_on=PUBLISHED_ON, genre=genre)
        passages = tuple(replace(passage, heading=heading) for passage in split_passages(document))
        parse = pipeline.parse(text, passages)
        return read_document(document, passages, parse, kit, pair)[0]

    return read_text
