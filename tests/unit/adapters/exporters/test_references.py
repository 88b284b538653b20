"""Documents as references: each manager reads back what was there, and no document can break out of its fields."""

import json
import re

import pytest
from accounts_for_tests import DOCUMENTS, EARLY, HOSTILE, account

from detente.adapters.exporters.references import references
from detente.adapters.exporters.references_bibtex import write as write_bibtex
from detente.adapters.exporters.references_csl import write as write_csl
from detente.adapters.exporters.references_ris import write as write_ris

RIS_LINE = re.compile(r"[A-Z][A-Z0-9]  - .*")


def keys() -> dict[str, str]:
    return {one.document.id: one.key for one in references(account())}


def ris() -> dict[str, dict[str, str]]:
    """The references by their id; raises where a line is none of RIS."""
    found = {}
    for block in write_ris(account()).decode().split("\r\n\r\n")[:-1]:
        lines = block.split("\r\n")
        assert all(RIS_LINE.fullmatch(line) for line in lines), lines
        fields = dict(line.split("  - ", 1) for line in lines)
        assert len(fields) == len(lines)
        assert (lines[0][:2], lines[-1]) == ("TY", "ER  - ")
        found[fields["ID"]] = fields
    return found


def bibtex() -> dict[str, dict[str, str]]:
    """The entries by their key, as BibTeX parts them: fields in balanced braces, an escaped brace counted too."""
    found, text, at = {}, write_bibtex(account()).decode(), 0
    while (head := re.compile(r"@(\w+)\{(\w+),\n").match(text, at)) is not None:
        at, fields = head.end(), {}
        while (field := re.compile(r"  (\w+) = \{").match(text, at)) is not None:
            at, depth = field.end(), 1
            while depth:
                at += 1
                depth += {"{": 1, "}": -1}.get(text[at - 1], 0)
            fields[field[1]] = text[field.end() : at - 1]
            assert text.startswith(",\n", at)
            at += 2
        assert text.startswith("}\n\n", at)
        at += 3
        found[head[2]] = fields
    assert at == len(text)
    return found


def test_each_document_has_one_key_everywhere():
    told = [item["id"] for item in json.loads(write_csl(account()))]
    assert sorted(told) == sorted(keys().values()) == sorted(ris()) == sorted(bibtex())
    assert len(set(told)) == len(DOCUMENTS)
    assert all(key.isascii() and key.isalnum() for key in told)


def test_csl_says_what_is_known_of_the_document():
    item = next(item for item in json.loads(write_csl(account())) if item["id"] == keys()[EARLY.id])
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2019, 11, 2]]}
    assert (item["container-title"], item["URL"]) == ("Wire", EARLY.url)
    assert item["author"] == [{"literal": "Ada Fielding"}]
    assert "“The two are to meet in November.”" in item["note"]


def test_ris_says_the_same():
    fields = ris()[keys()[EARLY.id]]
    assert (fields["TY"], fields["T2"], fields["DA"], fields["PY"]) == ("NEWS", "Wire", "2019/11/02", "2019")
    assert (fields["UR"], fields["AU"]) == (EARLY.url, "Ada Fielding")


def test_bibtex_says_the_same():
    fields = bibtex()[keys()[EARLY.id]]
    assert (fields["title"], fields["journal"]) == ("{A title}", "{Wire}")
    assert (fields["year"], fields["month"], fields["day"]) == ("2019", "11", "2")
    assert fields["url"] == EARLY.url


@pytest.mark.parametrize("read", [ris, bibtex])
def test_a_hostile_document_stays_in_its_fields(read):
    fields = read()[keys()[HOSTILE.id]]
    assert "script" in fields.get("TI", fields.get("title", ""))
    assert "javascript" not in str(fields)
