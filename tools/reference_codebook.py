"""The pages of docs/reference that tell what the codebook and the registry hold; tools/build_reference.py writes them.

Each page is read off the data files, so that a row added there is on the page at the next build.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from detente.codebook.files import read_csv, read_toml
from detente.codebook.telling import load_telling
from detente.records import Basis, Stance

Rows = Iterable[tuple[str, ...]]
Table = Callable[[tuple[str, ...], Rows], list[str]]

DATA = "../../src/detente/data"
SUBJECTS = {
    "none": "",
    "recipient": "to or against whom",
    "owner": "whose it is",
    "place": "where it is",
    "third": "the third state",
}
FIFTHS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def themes_page(table: Table) -> list[str]:
    """Themes with what each is under, then the named subjects."""
    read = read_toml("codebook/themes.toml")
    labels = {row["id"]: row["label"] for row in read["theme"]}
    out = ["# Themes and issues", ""]
    out += ["An issue is a theme and, where there is one, a subject: *Arms sales / Taiwan*. A"]
    out += ["theme of its own wins over a field of policy, and both over a setting such as talks or visits, where one"]
    out += [f"sentence names several. The rows are in [themes.toml]({DATA}/codebook/themes.toml), the words that"]
    out += [f"show them in [issues.toml]({DATA}/lang/en/issues.toml).", ""]
    breadth = {1: "a matter of its own", 2: "a field", 3: "a setting"}
    out += table(
        ("theme", "printed as", "", "under", "takes a subject"),
        (
            (
                f"`{row['id']}`",
                row["label"],
                breadth[row["breadth"]],
                labels.get(row.get("within", ""), ""),
                SUBJECTS[row["subject"]],
            )
            for row in read["theme"]
        ),
    )
    out += ["## Named subjects", "", "Matters that have a name of their own, and the theme they belong to.", ""]
    return out + table(
        ("subject", "printed as", "theme"),
        ((f"`{row['id']}`", row["label"], labels[row["theme"]]) for row in read["subject"]),
    )


def measures_page(table: Table) -> list[str]:
    """Kinds of measure and the steps of their lives."""
    read = read_toml("codebook/measures.toml")
    out = ["# Measures", "", "What binds a side or helps it, and the steps of its life. The rows are in"]
    out += [f"[measures.toml]({DATA}/codebook/measures.toml).", "", "## Kinds", ""]
    out += table(
        ("kind", "printed as", "works", "usual path"),
        ((f"`{row['id']}`", row["label"], row["effect"], row["path"]) for row in read["kind"]),
    )
    out += ["## Steps", "", "In the order in which they usually come. A step that binds is one after which the measure"]
    out += ["holds. What is told only as planned or expected is kept as the step in the fourth column; what is only"]
    out += ["wished, demanded or threatened as the one in the fifth, or not at all.", ""]
    return out + table(
        ("step", "printed as", "binds", "where it is planned", "where it is wished"),
        (
            (
                f"`{row['id']}`",
                row["label"],
                "yes" if row["binding"] else "",
                row.get("ahead", ""),
                row.get("wished", ""),
            )
            for row in sorted(read["step"], key=lambda row: row["order"])
        ),
    )


def agenda_page(table: Table) -> list[str]:
    """Kinds of agenda items, their basis, and what becomes of them."""
    kinds, cues = read_toml("codebook/agenda.toml")["kind"], read_toml("lang/en/agenda.toml")
    examples = _first_examples(cues["noun"], "kind") | _first_examples(cues["verb"], "kind")
    out = ["# Agenda", "", "What can lie ahead between states. Kinds of one family are compared when several mentions"]
    out += [f"may be one. The rows are in [agenda.toml]({DATA}/codebook/agenda.toml).", "", "## Kinds", ""]
    out += table(
        ("kind", "printed as", "family", "for example"),
        ((f"`{row['id']}`", row["label"], row["family"], examples.get(row["id"], "")) for row in kinds),
    )
    out += ["## Basis", "", "On what it rests that it will take place.", ""]
    shown = _first_examples([*cues["basis"], *cues["modifier"], *cues["promise"]], "basis")
    out += table(("basis", "for example"), ((f"`{basis.value}`", shown.get(basis.value, "")) for basis in Basis))
    families = read_toml("codebook/outcomes.toml")["family"]
    out += ["## What shows that it came true", "", "Events and steps of measures that are such an item come true. The"]
    out += [f"rows are in [outcomes.toml]({DATA}/codebook/outcomes.toml).", ""]
    return out + table(
        ("kinds", "events", "steps"),
        ((", ".join(row["kinds"]), _codes(row.get("deeds", ())), ", ".join(row.get("steps", ()))) for row in families),
    )


def stances_page(table: Table) -> list[str]:
    """Stances, and the words that show each by their firmness."""
    read, told = read_toml("lang/en/positions.toml"), load_telling()
    out = ["# Stances and firmness", ""]
    out += ["How a side stands to a proposition, and how firmly: 0 mentions it, 1 will not"]
    out += ["move. The firmness is that of the word that shows the stance, with what stands around it added."]
    out += [f"The rows are in [positions.toml]({DATA}/lang/en/positions.toml).", ""]
    cues: dict[str, dict[float, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in read["cue"]:
        step = min(FIFTHS, key=lambda mark: abs(mark - row["firmness"]))
        cues[row["stance"]][step].append(row["words"].partition("|")[0].strip())
    for stance in Stance:
        printed = told.stance(stance, 1) + (f"; soft: {told.stance(stance, 0)}" if stance in told.soft_stances else "")
        out += [f"## {stance.value}", "", f"Printed as: {printed}.", ""]
        steps = sorted(cues[stance.value].items(), reverse=True)
        rows = ((f"{step:.1f}", _some(words)) for step, words in steps)
        out += table(("firmness, about", "shown by words such as"), rows)
    out += ["## What changes the firmness", "", "Added to it, within 0 and 1:", ""]
    out += table(("by", "words such as"), ((f"{row['adds']:+.2g}", _some(row["words"])) for row in read["modifier"]))
    out += ["Under a negation the stance becomes another, and its firmness is multiplied:", ""]
    return out + table(
        ("of", "becomes", "times"), ((row["of"], row["stance"], f"{row['factor']:g}") for row in read["negation"])
    )


def outlets_page(table: Table) -> list[str]:
    """Outlets by owner, then the hosts they are known by."""
    owners, outlets = read_csv("registry/owners.csv"), read_csv("registry/outlets.csv")
    out = ["# Outlets and owners", ""]
    out += ["Outlets of one owner count as one witness. An outlet that is on no list here is"]
    out += ["its own owner. The rows are in"]
    out += [f"[owners.csv]({DATA}/registry/owners.csv) and [outlets.csv]({DATA}/registry/outlets.csv).", ""]
    out += ["## Owners", ""]
    out += table(
        ("outlet", "owner", "also written"),
        ((row["outlet"], row["owner"], row["other_names"].replace(";", ", ")) for row in owners),
    )
    hosts: dict[str, list[str]] = defaultdict(list)
    for row in outlets:
        hosts[row["outlet"]].append(f"`{row['host']}`")
    out += ["## Hosts", "", "Where a text comes from one of these addresses, its outlet is known.", ""]
    rows = ((name, ", ".join(hosts[name])) for name in sorted(hosts, key=str.casefold))
    return out + table(("outlet", "hosts"), rows)


def loaded_terms_page(table: Table) -> list[str]:
    """Words that judge, with an example that counts and one that does not."""
    terms = read_toml("lang/en/loaded.toml")["terms"]
    out = ["# Loaded terms", ""]
    out += ["Wording that shows the writer's own voice. It is counted for each outlet and never used to rate one; a"]
    out += ["sentence that is decided by it is the author's, not a report. Weight 2 decides alone, 1 needs"]
    out += [f"company or an opinion piece. The rows are in [loaded.toml]({DATA}/lang/en/loaded.toml).", ""]
    return out + table(
        ("term", "kind", "weight", "counts", "does not"),
        ((row["id"], row["kind"], str(row["weight"]), row["example"], row["near_miss"]) for row in terms),
    )


def _first_examples(rows: Iterable[dict[str, Any]], key: str) -> dict[str, str]:
    """The example of the first row for each value of the key."""
    found: dict[str, str] = {}
    for row in rows:
        if key in row:
            found.setdefault(row[key], row["example"])
    return found


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _some(words: Iterable[str], most: int = 12) -> str:
    """The first words, and whether there are more."""
    listed = list(dict.fromkeys(words))
    more = " and others" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more


PAGES: dict[str, Callable[[Table], list[str]]] = {
    "themes.md": themes_page,
    "measures.md": measures_page,
    "agenda.md": agenda_page,
    "stances.md": stances_page,
    "outlets.md": outlets_page,
    "loaded-terms.md": loaded_terms_page,
}
