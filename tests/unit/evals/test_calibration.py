"""The table of claimed confidence against the share right, on claims of our own."""

import dataclasses
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from records_for_tests import CHN, USA, document, event

from detente.records import Event

EVALS = Path(__file__).resolve().parents[3] / "evals"
TEXT = document("The talks with China were held in Vienna on Monday.")


@pytest.fixture(scope="module")
def calibration() -> ModuleType:
    """The script as a module; it imports its neighbour."""
    sys.path.insert(0, str(EVALS))
    spec = importlib.util.spec_from_file_location("calibration", EVALS / "calibration.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["calibration"] = module
    spec.loader.exec_module(module)
    sys.path.remove(str(EVALS))
    return module


def claimed(confidence: float) -> Event:
    return dataclasses.replace(event(TEXT, "The talks with China"), confidence=confidence)


def test_each_step_shows_claim_and_share(calibration: ModuleType) -> None:
    claims = [calibration.Claim("texts", claimed(0.92), right) for right in (True, True, False, True)]
    claims += [calibration.Claim("texts", claimed(0.8), True)]
    lines = [*calibration.table("texts", claims)]
    assert lines[0].startswith("texts: 5 events, 0.80 right")
    assert [line.split()[1:] for line in lines[2:4]] == [["1", "0.80", "1.00"], ["4", "0.92", "0.75"]]
    assert lines[-1].split()[-1] == "0.176"  # (1 * .20 + 4 * .17) / 5


def test_an_event_is_between_the_given_parties(calibration: ModuleType) -> None:
    told = dataclasses.replace(event(TEXT, "The talks with China"), initiators=(USA,), targets=(CHN,))
    assert calibration.is_between(told, "the United States and its allies", "China")
    assert not calibration.is_between(told, "France", "China")
    assert not calibration.is_between(told, "", "China")
