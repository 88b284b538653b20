"""What many tests share: where the development data lies, the loaded pipeline, records built from few words."""

from pathlib import Path

import pytest

from detente.parsing import Pipeline, load_pipeline

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The bundled language pipeline, loaded once."""
    return load_pipeline()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the development data lies beside the project only where it is developed")
    return SHARED
