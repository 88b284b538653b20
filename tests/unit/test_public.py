"""The public names, and the one version."""

import tomllib
from pathlib import Path

import detente

ROOT = Path(__file__).resolve().parents[2]


def test_public_names_are_pinned():
    assert sorted(detente.__all__) == [
        "Extraction",
        "Workspace",
        "__version__",
        "extract",
        "find_attributions",
        "find_dates",
        "find_event_type",
        "find_event_types",
        "open",
    ]
    for name in detente.__all__:
        assert getattr(detente, name) is not None


def test_the_version_is_that_of_the_package():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == detente.__version__
