"""One table of settings: name, default, unit, help; and how `detente.toml` is read and written."""

import datetime as dt
import json
import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from detente.errors import SettingError

Value = str | int | bool


class Scope(StrEnum):
    """Which texts, and how much of them, a workspace codes."""

    ALL = "all"  # every passage of every text, whoever it is about
    WATCHED = "watched"  # texts that name both states of a watched pair, and of them the passages around these names


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The pairs that texts are read for (alpha-3 codes), and whether anything else is coded."""

    pairs: tuple[tuple[str, str], ...] = ()
    scope: Scope = Scope.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row of the table; the type of `default` is the type of the setting."""

    name: str
    default: Value
    unit: str
    help: str
    choices: tuple[str, ...] = ()  # the values that a text may have; none: any


SETTINGS: tuple[Setting, ...] = (
    Setting(
        name="language.pipeline",
        default="bundled",
        unit="name",
        help="The spaCy pipeline that parses: 'bundled', or any installed one (or folder of one) with UD labels.",
    ),
    Setting(
        name="coding.scope",
        default=Scope.ALL.value,
        unit="all or watched",
        help="Code every text ('all'), or only what names both states of a watched pair ('watched': for archives).",
        choices=tuple(Scope),
    ),
    Setting(
        name="store.raw",
        default=True,
        unit="true or false",
        help="Keep the bytes of each document in raw/, so that a better reader can read them again.",
    ),
    Setting(
        name="brief.lines",
        default=8,
        unit="lines",
        help="The most lines a section of a brief shows before it says 'and N more'.",
    ),
    Setting(
        name="decide.by",
        default="",
        unit="name",
        help="Who decides, where detente decide has no --by.",
    ),
)


ISSUES_HELP = (
    "# Your names for issues: a label as `detente issues` lists it, or words of the news, and the label to print.",
    "# Several with one label are merged. Nothing is coded anew. This table stands at the end of the file.",
)
ISSUES_EXAMPLE = ("[issues.rename]", '"Trade deal" = "Trade"')


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectRule:
    """A sort of record that is rejected, a [[reject]] of `detente.toml`: what fits all that it names."""

    kind: str | None = None  # event, statement, position, measure, agenda_item, mechanism
    type: str | None = None  # of an event its event_type, of a position its stance, of others their kind or name
    outlet: str | None = None
    words: str | None = None  # that stand in the evidence

    @property
    def parts(self) -> dict[str, str]:
        """What the rule names, in the order of the fields."""
        named = {"kind": self.kind, "type": self.type, "outlet": self.outlet, "words": self.words}
        return {name: value for name, value in named.items() if value}


class PlaceKind(StrEnum):
    """What is watched, as a [[watch]] of `detente.toml` names it."""

    FEED = "feed"  # the address of an RSS, Atom or JSON feed: the pages that it names
    SITEMAP = "sitemap"  # the address of a sitemap, or of an index of them: the pages that it names
    PAGE = "page"  # the address of a page: each time that it is another
    FOLDER = "folder"  # a folder, from the workspace on: the files that are new or changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where new texts appear, a [[watch]] of `detente.toml`."""

    kind: PlaceKind
    where: str
    outlet: str | None = None  # who publishes there, where the texts do not say
    since: dt.date | None = None  # of feeds and sitemaps: what they call older is left


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a workspace, the pairs it watches (alpha-3 codes) and its names for issues."""

    pairs: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, Value], ...] = ()
    issue_names: tuple[tuple[str, str], ...] = ()  # a label of an issue or words of the news, the label to print
    rejects: tuple[RejectRule, ...] = ()
    places: tuple[Place, ...] = ()  # that `detente watch` looks at

    def get(self, name: str) -> Value:
        """The value set, or the default; raises KeyError for a name that is not in the table."""
        default = next((row.default for row in SETTINGS if row.name == name), None)
        if default is None:
            raise KeyError(name)
        return dict(self.values).get(name, default)

    @property
    def pipeline(self) -> str:
        """`language.pipeline`."""
        return str(self.get("language.pipeline"))

    @property
    def watch(self) -> Watch:
        """The pairs with `coding.scope`."""
        return Watch(pairs=self.pairs, scope=Scope(str(self.get("coding.scope"))))

    @property
    def raw(self) -> bool:
        """`store.raw`."""
        return bool(self.get("store.raw"))

    @property
    def brief_lines(self) -> int:
        """`brief.lines`."""
        return int(self.get("brief.lines"))

    @property
    def decided_by(self) -> str:
        """`decide.by`."""
        return str(self.get("decide.by"))


def read_settings(text: str) -> Settings:
    """The settings that the text of a `detente.toml` gives; raises SettingError with what to mend."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"detente.toml is not TOML: {error}.", hint="Mend the line it names.") from error
    pairs = table.pop("pairs", [])
    pairs = tuple(_pair(item) for item in (pairs if isinstance(pairs, list) else [pairs]))
    issue_names = _issue_names(table.pop("issues", {}))
    rejects = tuple(read_reject(item) for item in table.pop("reject", []))
    places = tuple(read_place(item) for item in table.pop("watch", []))
    known = {row.name: row for row in SETTINGS}
    values = []
    for name, value in _flat(table):
        row = known.get(name)
        if row is None:
            raise SettingError(f"detente.toml has no setting {name!r}.", hint=f"Known are: {', '.join(known)}.")
        if type(value) is not type(row.default) or (row.choices and value not in row.choices):
            raise SettingError(f"{name} = {value!r} is not {row.unit}.", hint=row.help)
        values.append((name, value))
    return Settings(pairs=pairs, values=tuple(values), issue_names=issue_names, rejects=rejects, places=places)


def read_reject(item: Any) -> RejectRule:
    """The rule of a [[reject]]; raises SettingError where it names nothing or something unknown."""
    known = [field.name for field in fields(RejectRule)]
    named = item if isinstance(item, dict) else {}
    if not named or not all(name in known and value and isinstance(value, str) for name, value in named.items()):
        raise SettingError(
            f"{item!r} is no rule of rejection.", hint=f"Name some of {', '.join(known)}, each with a text."
        )
    return RejectRule(**named)


def read_place(item: Any) -> Place:
    """The place of a [[watch]]; raises SettingError where it names none, several, or something unknown."""
    named = item if isinstance(item, dict) else {}
    kinds = [kind for kind in PlaceKind if kind in named]
    more = {key: value for key, value in named.items() if key not in kinds}
    outlet, since = more.pop("outlet", None), more.pop("since", None)
    where = named.get(kinds[0]) if len(kinds) == 1 else None
    is_right = isinstance(where, str) and where and not more
    if not is_right or not isinstance(outlet, str | None) or not (since is None or type(since) is dt.date):
        raise SettingError(
            f"{item!r} is nothing that can be watched.",
            hint=f'Name one of {", ".join(PlaceKind)}, and perhaps outlet = "NAME" and since = 2026-01-31.',
        )
    return Place(kind=kinds[0], where=str(where), outlet=outlet, since=since)


def write_place(place: Place) -> str:
    """The lines of a [[watch]] as they stand in `detente.toml`."""
    lines = ["[[watch]]", f"{place.kind} = {_toml(place.where)}"]
    lines += [f"outlet = {_toml(place.outlet)}"] if place.outlet else []
    lines += [f"since = {place.since}"] if place.since else []
    return "\n".join(lines) + "\n"


def write_reject(rule: RejectRule) -> str:
    """The lines of a [[reject]] as they stand in `detente.toml`."""
    return "\n".join(["[[reject]]", *(f"{name} = {_toml(value)}" for name, value in rule.parts.items())]) + "\n"


def write_settings(settings: Settings) -> str:
    """The text of a `detente.toml`, every setting with its help, the defaults commented out."""
    lines = ["# The pairs of states that this workspace watches: ISO 3166 alpha-3 or the registry's own codes."]
    pairs = ", ".join(f'["{a}", "{b}"]' for a, b in settings.pairs)
    lines += [f"pairs = [{pairs}]", ""]
    chosen = dict(settings.values)
    for row in SETTINGS:
        shown = _toml(chosen.get(row.name, row.default))
        mark = "" if row.name in chosen else "# "
        lines += [f"# {row.help} ({row.unit})", f"{mark}{row.name} = {shown}"]
    lines += ["", *ISSUES_HELP]
    if settings.issue_names:
        lines += ["[issues.rename]", *(f"{_toml(name)} = {_toml(label)}" for name, label in settings.issue_names)]
    else:
        lines += [f"# {line}" for line in ISSUES_EXAMPLE]
    tables = [*map(write_reject, settings.rejects), *map(write_place, settings.places)]
    return "\n".join(lines) + "\n" + "".join("\n" + table for table in tables)


def _pair(item: Any) -> tuple[str, str]:
    if not (isinstance(item, list) and len(item) == 2 and all(isinstance(code, str) for code in item)):  # noqa: PLR2004 two states make a pair
        raise SettingError(f"detente.toml: {item!r} is no pair.", hint='Write it as pairs = [["USA", "CHN"]].')
    return item[0], item[1]


def _issue_names(table: Any) -> tuple[tuple[str, str], ...]:
    """The rows of `[issues.rename]`, in the order of the file."""
    given = table.get("rename", {}) if isinstance(table, dict) and not set(table) - {"rename"} else None
    rows: dict[str, Any] = given if isinstance(given, dict) else {"": None}
    if not all(isinstance(label, str) and label.strip() for label in rows.values()):
        raise SettingError(
            "detente.toml: [issues] holds something else than names.", hint="\n".join(("Write:", *ISSUES_EXAMPLE))
        )
    return tuple((name.strip(), label.strip()) for name, label in rows.items())


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    out: list[tuple[str, Any]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        out.extend(_flat(value, f"{name}.") if isinstance(value, dict) else [(name, value)])
    return out


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    return json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML basic string
