"""Finds out which brief a file holds and checks it."""

import itertools
import json
import shlex

import msgspec

from detente.adapters.exporters.brief_html import DATA_CLOSES, DATA_OPENS, write_html
from detente.adapters.exporters.brief_json import write_json
from detente.adapters.exporters.brief_markdown import write_markdown
from detente.adapters.exporters.brief_text import write_text
from detente.apps.cli.changes import moment
from detente.apps.cli.options import day
from detente.codebook.registry import load_registry
from detente.errors import UsageError
from detente.telling.brief_page import Brief, brief_from_dict
from detente.telling.changes import PAGE
from detente.telling.verify import check_brief
from detente.telling.words import Words
from detente.workspace import Workspace

MADE_BY = "Made by: "


def verify_text(text: str, workspace: Workspace | None) -> tuple[list[str], str]:
    """The faults found, one sentence each, and what was checked. Raises UsageError where the file is no brief."""
    if text.lstrip().startswith("{"):
        return _verify_carried(text, text, write_json, workspace)
    if DATA_OPENS in text:
        data = text.partition(DATA_OPENS)[2].partition(DATA_CLOSES)[0]
        return _verify_carried(text, data, write_html, workspace)
    return _verify_printed(text, workspace)


def _verify_carried(text: str, data: str, write: object, workspace: Workspace | None) -> tuple[list[str], str]:
    """A brief that carries its records: against itself, and against the ledger where the documents are there."""
    try:
        brief = brief_from_dict(json.loads(data))
    except msgspec.ValidationError as error:
        return [f"The records in the file contradict themselves: {error}."], ""
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"The file holds no brief that can be read: {error}.", hint="Make it anew: detente brief"
        ) from error
    known = workspace.text_of if workspace else lambda _: None
    try:
        faults = check_brief(brief, Words(load_registry()), known)
    except KeyError as error:
        return [f"The records in the file name something that the codebook does not know: {error}."], ""
    except (AssertionError, ArithmeticError, IndexError, ValueError) as error:
        return [f"The records in the file cannot be told: {type(error).__name__}."], ""
    faults += _compare(text, write(brief))  # type: ignore[operator]
    there = sum(known(document) is not None for document in {c.document for c in brief.citations})
    against = f"{there} stored documents" if there else "the evidence that the file carries; no ledger at hand"
    return faults, f"{len(brief.citations)} citations agree with {against}; every line says what its records say."


def _verify_printed(text: str, workspace: Workspace | None) -> tuple[list[str], str]:
    """A brief as text or Markdown: told again from the ledger and compared line by line."""
    made = next((line for line in reversed(text.splitlines()) if line.startswith(MADE_BY)), None)
    if made is None:
        raise UsageError("The file holds no brief.", hint="Name a file that detente brief --out wrote.")
    if workspace is None:
        raise UsageError(
            "A brief as text or Markdown is checked against the ledger, and there is none here.",
            hint="Add --workspace DIR, or make the brief with --format html, which carries its evidence.",
        )
    words = shlex.split(made.removeprefix(MADE_BY).strip("`"))
    options = {name: value for name, value in itertools.pairwise(words) if name.startswith("--")}
    at = words.index("--pair")
    pair = (words[at + 1], words[at + 2])
    as_of, since = (day(options.get(name), name) for name in ("--as-of", "--since"))
    brief: Brief
    bare = "--without-decisions" in words
    if PAGE in words[:2]:
        posted = moment(options.get("--posted-since"), "--posted-since")
        brief = workspace.changes(pair=pair, as_of=as_of, since=since, posted_since=posted, without_decisions=bare)
    else:
        brief = workspace.brief(pair=pair, as_of=as_of, since=since, without_decisions=bare)
    faults = check_brief(brief, workspace.words, workspace.text_of)
    faults += _compare(text, write_markdown(brief) if text.startswith("# ") else write_text(brief))
    return faults, f"{len(brief.citations)} citations and every line agree with the ledger."


def _compare(text: str, told: str) -> list[str]:
    """What the file says otherwise than the page told again, line by line."""
    # Only "\n" ends a line here: with the others that Python knows, one kind could be changed into another unseen.
    mine, theirs = (page.replace("\r\n", "\n").split("\n") for page in (text, told))
    faults = [
        f"line {n}: “{a}” should read “{b}”" for n, (a, b) in enumerate(zip(mine, theirs, strict=False), 1) if a != b
    ]
    if len(mine) != len(theirs):
        faults.append(f"The page has {len(mine)} lines and should have {len(theirs)}.")
    return faults
