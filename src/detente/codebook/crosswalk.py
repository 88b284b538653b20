"""What the codes and words of other event data mean here: types, modes, sectors, states."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from detente.codebook.event_types import load_event_types
from detente.codebook.exchange import load_exchange
from detente.codebook.files import read_csv, read_toml
from detente.codebook.registry import AliasKind, Registry, load_registry, load_state_codes
from detente.errors import CodebookError, UnknownStateError
from detente.records import EventType

FILE = "codebook/crosswalk.toml"
ANYONE = "X"  # stands for the name of a state in [actor_names]
STATEMENT_QUAD = 1  # CAMEO counts statements and appeals as verbal cooperation
SHORT_ROOT = 2  # digits of a CAMEO root; three with a leading zero that a spreadsheet took away


class Kind(NamedTuple):
    """What sort of deed it is: type and mode of event_types.toml, None where it has none; quad 1-4; -10 to +10."""

    event_type: str | None
    mode: str | None
    quad: int | None
    intensity: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """The tables of cameo.csv, crosswalk.toml and foreign_codes.csv, asked by one method a question."""

    nothing: frozenset[str]
    cameo_kinds: Mapping[str, str]  # "TYPE/mode" by code; "" for statements
    modes: Mapping[tuple[str, str], str]  # by type and PLOVER's name of the mode
    types: Mapping[str, str]  # other names of types
    ucdp: Mapping[str, str]
    acled: Mapping[str, str]
    acled_sectors: Mapping[str, str]
    icews_sectors: Mapping[str, str]
    sectors: frozenset[str]
    both_ways: Mapping[str, frozenset[str]]  # of each data set the types in which each side does it to the other
    actor_names: tuple[tuple[str, str], ...]  # what stands before and behind the state's name
    codes: Mapping[tuple[str, str], str | None]  # state by scheme and code; None for regions and seas
    registry: Registry
    _named: dict[str, str | None] = field(default_factory=dict)  # names asked for before

    def text(self, value: str | None) -> str | None:
        """The value without the spaces around it, None where it stands for nothing ("None", "NULL", "")."""
        given = (value or "").strip()
        return None if given.casefold() in self.nothing else given

    # Deeds

    def cameo(self, code: str | None, intensity: float | None = None) -> str | None:
        """The code as CAMEO writes it; None where it is none.

        A zero that a spreadsheet took away is put back. "14" can be 14 and 014: the one whose intensity here is nearer
        to the one given; without one it is the root.

        >>> load_crosswalk().cameo("42"), load_crosswalk().cameo("14", -6.5), load_crosswalk().cameo("14", 0.0)
        ('042', '14', '014')
        """
        given = (code or "").strip().removesuffix(".0")
        found = [known for known in (given, f"0{given}") if known in self.cameo_kinds]
        if len(given) < SHORT_ROOT or not found:
            return f"0{given}" if len(given) < SHORT_ROOT and f"0{given}" in self.cameo_kinds else None
        if len(found) > 1 and intensity is not None:
            return min(found, key=lambda known: abs((self.cameo_kind(known).intensity or 0.0) - intensity))
        return found[0]

    def cameo_kind(self, code: str) -> Kind:
        """The kind of a code that `cameo` gave."""
        kind = self.kind(self.cameo_kinds[code])
        return kind if kind.event_type else kind._replace(quad=STATEMENT_QUAD)

    def kind(self, name: str) -> Kind:
        """The kind of "TYPE/mode" as event_types.toml has it; all None for ""."""
        type_, _, mode = name.partition("/")
        if not type_:
            return Kind(None, None, None, None)
        entry = load_event_types()[EventType(type_)]
        return Kind(type_, mode or None, int(entry.quad), entry.intensity_of(mode or None))

    def plover_kind(self, event_type: str, mode: str | None) -> Kind | None:
        """The kind of PLOVER's type and mode, None where there is no such type; an unknown mode counts as none."""
        type_ = event_type.strip().upper()
        type_ = self.types.get(type_, type_)
        if type_ and type_ not in EventType.__members__:
            return None
        ours = self.modes.get((type_, (mode or "").strip().casefold()), "")
        return self.kind(f"{type_}/{ours}" if type_ else "")

    def goes_both_ways(self, kind: Kind) -> bool:
        """Whether each side does it to the other: talks."""
        return kind.event_type in self.both_ways["plover"]

    # Actors

    def state(self, scheme: str, code: str | None) -> tuple[str | None, bool]:
        """The state of a code of "cameo", "cameo_group", "fips", "gw" or "cow", and whether the code is known."""
        given = self.text(code)
        if given is None:
            return None, True
        key = (scheme, given.upper())
        return (self.codes[key], True) if key in self.codes else (None, False)

    def named(self, name: str | None) -> tuple[str | None, bool]:
        """The state of an English name or code ("Viet Nam", "Russia (Soviet Union)"), and whether it is known."""
        given = self.text(name)
        if given is None:
            return None, True
        if given not in self._named:
            self._named[given] = self._look_up(given)
        return self._named[given], self._named[given] is not None

    def body(self, name: str | None) -> str | None:
        """The code of an international body by its name, None for anything else."""
        alias = self.registry.named(self.text(name) or "")
        return alias.state if alias and alias.kind is AliasKind.BODY else None

    def _look_up(self, name: str) -> str | None:
        outer, _, inner = name.partition("(")
        for written in (name, outer.strip(), inner.rstrip(" )")):
            if ("name", written.upper()) in self.codes:
                return self.codes["name", written.upper()]
            try:
                return self.registry.state(written) if written else None
            except UnknownStateError:
                continue
        return None

    def acting_for(self, actor: str | None) -> str | None:
        """The state in an actor's name: "Military Forces of Chad (2021-)", "Protesters (Chad)"; None without one."""
        given = self.text(actor)
        for before, behind in self.actor_names if given else ():
            if given and given.startswith(before):
                rest = given.removeprefix(before)
                name = rest.partition(behind or " (")[0] if (behind or " (") in rest else rest
                return self.named(name)[0]
        return None


@functools.cache
def load_crosswalk() -> Crosswalk:
    """The tables; raises CodebookError where one names a type or a state that is not there."""
    table = read_toml(FILE)
    registry = load_registry()
    cameo = {row["code"]: f"{row['event_type']}/{row['mode']}".strip("/") for row in read_csv("codebook/cameo.csv")}
    walk = Crosswalk(
        nothing=frozenset(table["nothing"]),
        cameo_kinds=cameo,
        modes=_plover_modes(),
        types=table["plover"],
        ucdp=table["ucdp"],
        acled=table["acled"],
        acled_sectors=table["acled_sectors"],
        icews_sectors=table["icews_sectors"],
        sectors=frozenset(table["sectors"]["kept"]),
        both_ways={name: frozenset(types) for name, types in table["both_ways"].items()},
        actor_names=tuple(
            (before, behind)
            for names in table["actor_names"].values()
            for before, _, behind in (name.partition(ANYONE) for name in names)
        ),
        codes=_codes(registry),
        registry=registry,
    )
    _check(walk)
    return walk


def _plover_modes() -> dict[tuple[str, str], str]:
    """Our modes by type and PLOVER's name; of several the first that exchange.toml lists, then those of one name."""
    found: dict[tuple[str, str], str] = {}
    for ours, theirs in load_exchange().modes.items():
        type_, _, mode = ours.partition("/")
        found.setdefault((type_, theirs), mode)
    for type_entry in load_event_types().values():
        for mode in type_entry.modes:
            found.setdefault((type_entry.event_type.value, mode), mode)
    return found


def _codes(registry: Registry) -> dict[tuple[str, str], str | None]:
    found: dict[tuple[str, str], str | None] = {("cameo", code): code for code in registry.names}
    for code, others in load_state_codes().items():
        for scheme, value in (("cow", others.cow), ("gw", others.gw), ("fips", others.fips)):
            if value:
                found[scheme, value] = code
    for row in read_csv("registry/foreign_codes.csv"):
        found[row["scheme"], row["code"].upper()] = row["state"] or None
    return found


def _check(walk: Crosswalk) -> None:
    """Every kind is one of event_types.toml, every state one of the registry."""
    kinds = {name.rstrip("/") for name in (*walk.cameo_kinds.values(), *walk.ucdp.values(), *walk.acled.values())}
    kinds |= set(walk.types.values())
    known = {f"{type_.value}/{mode}" for type_, entry in load_event_types().items() for mode in entry.modes}
    wrong = sorted(kinds - known - set(EventType) - {""})
    wrong += sorted({state for state in walk.codes.values() if state} - set(walk.registry.names))
    if wrong:
        raise CodebookError(
            f"The tables of other event data name what is not here: {', '.join(wrong)}.",
            hint=f"Mend {FILE}, codebook/cameo.csv or registry/foreign_codes.csv.",
        )
