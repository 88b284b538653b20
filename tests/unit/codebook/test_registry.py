"""The registry: its data hold together, its words are found where they stand for someone."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from detente.codebook.files import read_csv
from detente.codebook.registry import AliasKind, load_registry, load_state_codes
from detente.errors import UnknownStateError

ROOT = Path(__file__).parents[3]
REGISTRY = load_registry()


def found(text: str) -> list[tuple[str, str]]:
    return [(text[match.start : match.end], match.alias.state) for match in REGISTRY.find_aliases(text)]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("US", "USA"), ("usa", "USA"), ("the United States", "USA"), ("China", "CHN"), ("cn", "CHN"), ("PRC", "CHN"),
        ("Britain", "GBR"), ("DPRK", "PRK"), ("south korea", "KOR"), ("Kosovo", "XKX"), ("hong kong", "HKG"),
        ("EU", "EUU"), ("UN", "UNO"), ("NATO", "NATO"), ("Taipei", "TWN"), ("Burma", "MMR"), ("Türkiye", "TUR"),
    ],
)  # fmt: skip
def test_state_understands_what_users_type(word: str, code: str) -> None:
    assert REGISTRY.state(word) == code


def test_unknown_states_get_near_names() -> None:
    with pytest.raises(UnknownStateError, match="CHN"):
        REGISTRY.state("Chnia")
    with pytest.raises(UnknownStateError, match="ISO code"):
        REGISTRY.state("qqqqqq")


def test_names_and_demonyms_are_printed() -> None:
    assert REGISTRY.name("USA") == "United States"
    assert REGISTRY.name("EUU") == "European Union"
    assert (REGISTRY.demonym("USA"), REGISTRY.demonym("IRN"), REGISTRY.demonym("CHN")) == (
        "American",
        "Iranian",
        "Chinese",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. and US-China ties.", [("U.S.", "USA"), ("US", "USA"), ("China", "CHN")]),
        ("Tell us more in Chinatown.", []),
        ("It cost US$5.", []),
        ("The Quai d’Orsay and Cote d'Ivoire.", [("Quai d’Orsay", "FRA"), ("Cote d'Ivoire", "CIV")]),
        ("North Korea is not Korea.", [("North Korea", "PRK")]),
        ("The South China Sea.", [("South China Sea", "")]),
        ("BEIJING (Reuters)", [("BEIJING", "CHN"), ("Reuters", "GBR")]),
    ],
)
def test_aliases_are_found_whole(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_codes_are_unique() -> None:
    rows = read_csv("registry/states.csv")
    codes = [row["code"] for row in (*rows, *read_csv("registry/organisations.csv"))]
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    alpha2 = Counter(row["alpha2"] for row in rows)
    assert [code for code, count in alpha2.items() if count > 1] == []


@pytest.mark.parametrize("name", ["registry/aliases.csv", "registry/aliases_base.csv"])
def test_no_alias_stands_twice(name: str) -> None:
    aliases = Counter(row["alias"] for row in read_csv(name))
    assert [alias for alias, count in aliases.items() if count > 1] == []


def test_every_state_is_found_by_its_printed_name() -> None:
    states = {row["code"]: row["name"] for row in read_csv("registry/states.csv")}
    lost = {code: name for code, name in states.items() if (name, code) not in found(f"In {name}.")}
    assert lost == {}


def test_every_body_has_a_name() -> None:
    bodies = {row["code"] for row in read_csv("registry/organisations.csv")}
    named = {alias.state for alias in REGISTRY.aliases if alias.kind is AliasKind.BODY}
    assert bodies == named


def test_kinds_say_what_they_need() -> None:
    owned = {AliasKind.SEAT, AliasKind.ORGAN, AliasKind.GROUP, AliasKind.COMPANY, AliasKind.MEDIA, AliasKind.BODY}
    assert [alias.words for alias in REGISTRY.aliases if alias.kind in owned and not alias.sector] == []
    stateless = {AliasKind.PHRASE, AliasKind.GROUP}
    assert [alias.words for alias in REGISTRY.aliases if not alias.state and alias.kind not in stateless] == []


def test_codes_of_other_data_sets_belong_to_states() -> None:
    states = {row["code"] for row in read_csv("registry/states.csv")}
    rows = read_csv("registry/state_codes.csv")
    assert [row["code"] for row in rows if row["code"] not in states] == []
    assert (load_state_codes()["USA"].cow, load_state_codes()["DEU"].fips) == ("2", "GM")
    for column in ("cow", "fips"):
        used = Counter(row[column] for row in rows if row[column])
        assert [code for code, count in used.items() if count > 1] == [], column


def test_generated_files_are_what_the_script_writes() -> None:
    pytest.importorskip("babel")
    pytest.importorskip("countryinfo")
    spec = importlib.util.spec_from_file_location("build_registry", ROOT / "tools" / "build_registry.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for name, text in script.generated().items():
        assert (script.REGISTRY / name).read_text(encoding="utf-8") == text, "run tools/build_registry.py"
