"""The built wheel works in an empty environment, far from the repository."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).resolve().parents[2]
UV = Path(sys.executable).with_name("uv")
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([UV, "build", "--quiet", "--wheel", "--out-dir", out, ROOT], check=True)
    return next(out.glob("detente-*.whl"))


def test_it_carries_data_weights_and_licences_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "detente/data/lang/en/dates.toml",
        "detente/data/pipelines/en/MODEL_CARD.md",
        "detente/data/examples/usa-chn/2018-10-05-explainer.txt",
        "detente/adapters/exporters/brief.html.j2",
        "detente/adapters/stores/migrations/versions/0001_first.py",
        "detente/apps/web/templates/base.html.j2",
        "detente/apps/web/static/desk.css",
        "detente/apps/web/static/desk.js",
        "detente/apps/web/static/htmx.min.js",
        "detente/py.typed",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert wheel.stat().st_size < 15 * MEGABYTE


def test_it_prints_a_brief_in_an_empty_environment(wheel, tmp_path):
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, tmp_path / "env"], check=True)
    python = tmp_path / "env" / "bin" / "python"
    constraints = [
        line.split(";")[0].split(" \\")[0].strip()
        for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()
        if line[:1].isalpha() and ";" not in line
    ]
    (tmp_path / "constraints.txt").write_text("\n".join(constraints), encoding="utf-8")
    subprocess.run(
        [UV, "pip", "install", "--quiet", "--python", python, "--constraint", tmp_path / "constraints.txt", wheel],
        check=True,
    )
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    command = [tmp_path / "env" / "bin" / "detente", "demo"]
    done = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("United States – China")
    assert "In the way" in done.stdout
