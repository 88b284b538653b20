"""`detente decide reject ID --why "…"`: the user's last word on what was coded."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from detente.adapters.exporters.record_text import write_decision
from detente.apps.cli.console import answer
from detente.apps.cli.options import Folder
from detente.errors import UsageError
from detente.ledger.decision import Verb, in_force
from detente.records import Record, Trouble
from detente.settings import read_reject
from detente.telling.lines import Narrator
from detente.workspace import Workspace, open_workspace

NAME = "decide"
SHOWN = 8  # of the records that a rule would take out
USERS = ("USER", "LOGNAME", "USERNAME")  # where systems say who is at the keyboard


class Asked(StrEnum):
    """What can be asked for: the decisions, a rule that rejects a sort of record, and the list."""

    ACCEPT = Verb.ACCEPT.value
    REJECT = Verb.REJECT.value
    RELABEL = Verb.RELABEL.value
    REDATE = Verb.REDATE.value
    RENAME = Verb.RENAME.value
    MERGE = Verb.MERGE.value
    SPLIT = Verb.SPLIT.value
    ANSWER = Verb.ANSWER.value
    UNDO = Verb.UNDO.value
    RULE = "rule"
    LIST = "list"


def command(
    what: Annotated[Asked, typer.Argument(metavar="WHAT", help=f"One of {', '.join(Asked)}.")],
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS]…", help="Ids, or how they begin, and values; see below.")
    ] = None,
    why: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    by: Annotated[
        str | None, typer.Option(help="Who decides. Default: the setting decide.by, else who is logged in.")
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Write the rule into detente.toml.")] = False,
    workspace: Folder = None,
) -> None:
    """Correct what was coded: a decision with who, when and why, which survives coding anew and can be undone.

    accept ID; reject ID; relabel ID event_type=CONSULT; redate ID 2019-11-01; rename ID NAME; merge ID ID; split ID;
    answer ID kept (or partly, broken, open); undo NUMBER; list.

    rule kind=event type=CONSULT outlet=NAME words=TEXT shows which records such a rule rejects; --save saves it.
    """
    opened = open_workspace(workspace)
    match what:
        case Asked.LIST:
            answer(_list(opened))
        case Asked.RULE:
            answer(_rule(opened, words or [], save))
        case _:
            who = by or opened.settings.decided_by or next((v for n in USERS if (v := os.environ.get(n))), None)
            made = opened.decide(Verb(what.value), *(words or []), why=why, by=who)
            answer(f"{write_decision(made)}\nTo take it back: detente decide undo {made.number}\n")
    opened.close()


def _list(opened: Workspace) -> str:
    """All decisions, with what became of them."""
    made = opened.store.decisions()
    standing = {decision.number for decision in in_force(made)}
    lost = [p.message for p in opened.store.problems() if p.trouble is Trouble.LOST_EVIDENCE]
    lines = []
    for decision in made:
        fate = "" if decision.number in standing or decision.undoes is not None else "  undone"
        if any(message.startswith(f"decision {decision.number} ") for message in lost):
            fate = "  lost what it rests on"
        lines.append(f"{write_decision(decision)}{fate}\n")
    return "".join(lines) or "Nothing has been decided.\n"


def _rule(opened: Workspace, words: Sequence[str], save: bool) -> str:
    """What a rule would take out; with `save`, what it took out."""
    rule = read_reject(dict(_part(word) for word in words))
    going = opened.store.rejected(rule)
    counts = Counter(record.record for record in going)
    told = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(counts.items())) or "no record"
    lines = [f"{told} would go" if not save else f"{told} rejected", *_sample(opened, going)]
    if save:
        opened.reject_by_rule(rule)
        lines.append("Saved in detente.toml; take the [[reject]] out there to undo it.")
    else:
        lines.append("To save the rule, add: --save")
    return "\n".join(lines) + "\n"


def _sample(opened: Workspace, records: Sequence[Record]) -> list[str]:
    lines = []
    for record in records[:SHOWN]:
        line = Narrator(opened.words, as_of=record.known_on or dt.date.max).record(record)
        lines.append(f"  {record.id[:8]}  {line.date}  {line.text}")
    return [*lines, f"  and {len(records) - SHOWN} more"] if len(records) > SHOWN else lines


def _part(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not sign:
        raise UsageError(f"{word!r} names no part of a rule.", hint="Type: detente decide rule kind=event type=CONSULT")
    return name, value
