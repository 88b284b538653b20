"""Review: one decision a screen, the one most worth a look first; and decisions about a record wherever it stands."""

import dataclasses
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.apps.web.asked import Asked
from detente.apps.web.desk import Desk
from detente.apps.web.documents import is_ours
from detente.apps.web.evidence import open_record
from detente.apps.web.lit import surroundings
from detente.apps.web.pages import AskedOf, DeskOf, FormOf, User, UserOf, check_form, render
from detente.codebook.measures import load_measures
from detente.errors import UnknownIdError, UsageError
from detente.ledger.decision import Decision, Verb, Verdict, in_force
from detente.ledger.relabel import FIELDS
from detente.records import (
    Actor,
    AgendaItem,
    Basis,
    EventType,
    Factuality,
    Issue,
    Manner,
    Outcome,
    Position,
    Record,
    Stance,
    When,
)

Skipped = Annotated[int, Query(ge=0, le=1_000_000, description="How many tasks to pass over.")]
CHOICES: dict[str, type[Enum]] = {
    "event_type": EventType,
    "stance": Stance,
    "basis": Basis,
    "outcome": Outcome,
    "manner": Manner,
    "factuality": Factuality,
}
DONE = 30  # decisions shown at once

router = APIRouter(include_in_schema=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field that can be set: its name, what it holds as one would type it, and what it can hold where that is few."""

    name: str
    value: str
    choices: tuple[str, ...] = ()


@router.get("/review")
def review(request: Request, desk: DeskOf, user: UserOf, asked: AskedOf, skip: Skipped = 0) -> HTMLResponse:
    """The next thing to decide."""
    if desk.is_empty:
        return render(request, "welcome", asked=asked)
    try:
        return _review(request, desk, user, asked, skip)
    except UnknownIdError:  # what was asked about a moment ago is gone
        return _review(request, desk, user, dataclasses.replace(asked, may_lag=False), skip)


def _review(request: Request, desk: Desk, user: User, asked: Asked, skip: int) -> HTMLResponse:
    queue = desk.told(asked).queue
    tasks = queue.tasks
    skip = min(skip, len(tasks))
    task = tasks[skip] if skip < len(tasks) else None
    return render(
        request,
        "review",
        asked=asked,
        task=task,
        opened=open_record(desk, task.record.id, asked) if task else None,
        fields=fields_of(task.record) if task else (),
        like=queue.like(task.record) if task else (),
        surroundings=surroundings,
        skip=skip,
        left=len(tasks),
        questions=sum(bool(item.question) for item in tasks),
        last=desk.workspace.store.last_decision(user.name or desk.workspace.settings.decided_by),
        verdicts=list(Verdict),
        back=asked.address("/review", skip=skip or None),
    )


@router.get("/records/{id_}/decide")
def deciding(request: Request, desk: DeskOf, asked: AskedOf, id_: str) -> HTMLResponse:
    """What can be decided about one record."""
    opened = open_record(desk, id_, asked)
    return render(
        request,
        "decide",
        asked=asked,
        opened=opened,
        fields=fields_of(opened.record),
        like=desk.told(asked).queue.like(opened.record),
        is_answerable=is_answerable(opened.record),
        verdicts=list(Verdict),
        surroundings=surroundings,
    )


@router.get("/decisions")
def decisions(
    request: Request, desk: DeskOf, asked: AskedOf, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> HTMLResponse:
    """All that was decided, the newest first."""
    made = desk.decisions()[::-1]
    standing = {decision.number for decision in in_force(made)}
    pages = max(1, -(-len(made) // DONE))
    page = min(page, pages)
    shown = made[(page - 1) * DONE : page * DONE]
    return render(
        request, "decisions", asked=asked, decisions=shown, standing=standing, total=len(made), page=page, pages=pages
    )


@router.post("/decisions", dependencies=[Depends(check_form)])
def decide(desk: DeskOf, user: UserOf, form: FormOf) -> Response:
    """Keeps a decision and goes back to where it was made."""
    verb, back = form.get("verb", ""), form.get("back", "")
    by = user.name if user.is_certain else form.get("by", "") or user.name
    words = words_of(desk, verb, form)
    if words:
        make(desk, verb, words, why=form.get("why", ""), by=by)
    return RedirectResponse(back if is_ours(back) else "/decisions", status_code=303)


def words_of(desk: Desk, verb: str, form: Mapping[str, str]) -> list[str]:
    """What the fields of a form say, as `detente decide` takes it; empty where nothing was changed."""
    id_, value = form.get("id", ""), form.get("value", "").strip()
    match verb:
        case Verb.UNDO:
            return [value]
        case Verb.RELABEL:
            told = {field.name: field.value for field in fields_of(desk.workspace.record(id_))}
            given = {name: form.get(f"set.{name}", before).strip() for name, before in told.items()}
            changed = [f"{name}={words}" for name, words in given.items() if words != told[name]]
            return [id_, *changed] if changed else []
        case Verb.MERGE | Verb.ANSWER:
            return [id_, value]
    return [id_]


def make(desk: Desk, verb: str, words: Sequence[str], *, why: str, by: str) -> Decision:
    """The decision, kept. Raises UsageError for what cannot be decided so."""
    if verb not in list(Verb):
        raise UsageError(f"{verb!r} decides nothing.", hint=f"Can be decided: {', '.join(Verb)}.")
    if not by.strip():
        raise UsageError("Who decides?", hint='Fill in your name, or write decide.by = "NAME" into detente.toml')
    return desk.workspace.decide(Verb(verb), *words, why=why.strip(), by=by.strip())


def is_answerable(record: Record) -> bool:
    """Whether one can say what became of it: of a promise or a plan."""
    return isinstance(record, AgendaItem) or (isinstance(record, Position) and record.stance is Stance.PROMISES)


def fields_of(record: Record) -> tuple[Field, ...]:
    """The fields that can be set, as one would type what they hold."""
    return tuple(
        Field(name=name, value=_typed(getattr(record, attribute)), choices=_choices(name))
        for name, (attribute, _) in FIELDS[record.record].items()
    )


def _choices(name: str) -> tuple[str, ...]:
    if name == "on_pair":
        return "true", "false"
    if name == "standing":
        return "none", *load_measures().steps
    return tuple(str(item.value) for item in CHOICES.get(name, ()))


def _typed(value: Any) -> str:
    """A value as `relabel` reads it."""
    if value is None or value == ():
        return "none"
    if isinstance(value, When):
        first, last = value.earliest or value.latest, value.latest or value.earliest
        return str(first) if first == last else f"{first}..{last}"
    if isinstance(value, tuple | Actor):
        return _typed_all(value if isinstance(value, tuple) else (value,))
    return str(value.value if isinstance(value, Enum) else value).replace("True", "true").replace("False", "false")


def _typed_all(values: Sequence[Any]) -> str:
    if isinstance(values[0], Issue):
        return str(values[0].subject or values[0].theme)
    return ", ".join(dict.fromkeys(actor.state for actor in values if actor.state)) or "none"
