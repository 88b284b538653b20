"""ARCHITECTURE.md says of each package what the package says of itself."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)
SAID = dict(ROW.findall((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")))
PACKAGES = sorted(p.parent.name for p in (ROOT / "src" / "detente").glob("*/__init__.py"))


def test_every_package_is_listed_and_no_other():
    assert sorted(SAID) == PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_the_line_is_the_docstring(package):
    source = (ROOT / "src" / "detente" / package / "__init__.py").read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(source)) or ""
    assert SAID[package] == docstring.splitlines()[0]
