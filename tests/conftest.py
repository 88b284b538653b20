"""What many tests share: where the development data lies, the parses of sentences, the model."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from parses_for_tests import KEEP, FrozenPipeline

from detente.parsing import Pipeline

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def pipeline() -> Iterator[FrozenPipeline]:
    """The kept parses of the sentences of tests."""
    frozen = FrozenPipeline()
    yield frozen
    if KEEP in os.environ:
        frozen.keep()


@pytest.fixture(scope="session")
def live(pipeline: FrozenPipeline) -> Pipeline:
    """The bundled model, loaded once: for texts that are made up in the test."""
    return pipeline.live


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the development data lies beside the project only where it is developed")
    return SHARED
