"""Who the persons of a document are: learnt from the text, else from the table of office-holders as of its date."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.codebook.offices import (
    OfficeHolder,
    holders_by_name,
    load_actor_words,
    load_office_holders,
    plain,
)

LEAST_WITH_TWO = 3  # words of a name with a given name and two family names
LONGEST_FAMILY_FIRST = 3  # words of a name whose family name comes first
DEFAULT_SECTOR = "GOV"  # of an office in the table that offices.toml does not have


@dataclass(slots=True, kw_only=True)
class Person:
    """What a document tells of one person. `name` is the fullest form of the name."""

    name: str
    state: str | None = None
    sector: str | None = None
    office: str | None = None
    organisation: str | None = None
    is_former: bool = False
    is_female: bool | None = None
    named_at: int = -1  # which mention of a person, counted from 0, named this one last

    def learn(self, other: "Person") -> None:
        """Fills gaps with what another mention of the same person tells."""
        if len(other.name) > len(self.name):
            self.name = other.name
        if self.office is None and other.office is not None:
            self.office, self.is_former = other.office, other.is_former
            self.sector = other.sector or self.sector
        self.state = self.state or other.state
        self.sector = self.sector or other.sector
        self.organisation = self.organisation or other.organisation
        self.is_female = other.is_female if self.is_female is None else self.is_female


class PersonBook:
    """The persons of one document by full name and by surname."""

    def __init__(self, published_on: dt.date | None, states: Iterable[str] = ()) -> None:
        """`states` are those that the document names."""
        self.published_on = published_on
        self._states = frozenset(states)
        self._by_name: dict[str, Person] = {}
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        self._count = 0

    def add(self, person: Person) -> Person:
        """The entry for a person whom the text introduces, with what this mention adds to it."""
        known = self._known(person.name, person) or self._known_by_surname_only(person)
        if known is None:
            known = person
            if known.is_female is None:
                known.is_female = gender_in_table(person.name)
            self._enter(known)
        elif known is not person:
            known.learn(person)
        if " " in person.name:
            self._by_name[person.name] = known
        return known

    def _known(self, name: str, hint: Person | None) -> Person | None:
        return self._by_name.get(name) if " " in name else self._by_bare_surname(name, hint)

    def _enter(self, person: Person) -> None:
        for surname in surnames(person.name) if " " in person.name else (person.name,):
            self._by_surname[surname].append(person)

    def _known_by_surname_only(self, person: Person) -> Person | None:
        """The person known so far by surname alone ("President Xi") whose full name this is."""
        for surname in surnames(person.name):
            for known in self._by_surname.get(surname, ()):
                if known.name == surname and compatible(known, person):
                    self._by_surname[surname].remove(known)
                    known.learn(person)
                    self._enter(known)
                    return known
        return None

    def _by_bare_surname(self, surname: str, hint: Person | None = None) -> Person | None:
        """The person of the text with this surname: whom the bare surname commonly means, else who was named last."""
        fitting = [x for x in self._by_surname.get(surname, ()) if hint is None or compatible(x, hint)]
        if not fitting:  # "Wang Yi", then "Yi"
            fitting = [x for name, x in self._by_name.items() if name.endswith(f" {surname}")]
            fitting = fitting or [x for name, x in self._by_name.items() if is_first_of_two(name, surname)]
            fitting = fitting if len(fitting) == 1 and (hint is None or compatible(fitting[0], hint)) else []
        return max(fitting, key=lambda x: (is_commonly(x, surname), x.named_at), default=None)

    def note(self, person: Person) -> None:
        """Remembers that the person was named just now."""
        person.named_at = self._count
        self._count += 1

    def find(self, name: str, hint: Person | None = None) -> Person | None:
        """The person of this name, in the text or in the table of office-holders; None where nobody is known."""
        known = self._known(name, hint)
        if known is not None and known.state and known.office:
            return known
        holder = self.holder(known.name if known else name, known or hint)
        if holder is None:
            return known
        found = self.as_person(holder)
        if known is None:
            return self.add(found)
        known.learn(found)
        return known

    def holder(self, name: str, hint: Person | None = None) -> OfficeHolder | None:
        """The office-holder of that name on the day of publication, else the last before it."""
        rows = [x for x in holders_by_name().get(plain(name), ()) if hint is None or fits_holder(hint, x)]
        day = self.published_on
        if day is None:
            return max(rows, key=lambda x: x.from_, default=None)
        serving = [x for x in rows if x.holds_on(day)]
        past = [x for x in rows if x.from_ <= day]
        return max(serving or past, key=lambda x: x.from_, default=None) or self._in_office(name, hint, day)

    def _in_office(self, surname: str, hint: Person | None, day: dt.date) -> OfficeHolder | None:
        """The only one of that surname who holds the office on the day in a state of the document: "President Ali"."""
        if " " in surname or hint is None or hint.office is None or hint.state is not None or hint.is_former:
            return None
        rows = holders_by_surname().get((hint.office, plain(surname)), ())
        serving = [x for x in rows if x.holds_on(day)]
        return serving[0] if len(serving) == 1 and serving[0].state in self._states else None

    def as_person(self, holder: OfficeHolder) -> Person:
        """The person that a row of the table describes, as of the day of publication."""
        day = self.published_on
        sectors = {office.id: office.sector for office in load_actor_words().offices}
        return Person(
            name=holder.person,
            state=holder.state,
            sector=sectors.get(holder.office, DEFAULT_SECTOR),
            office=holder.office,
            is_former=day is not None and not holder.holds_on(day),
            is_female=holder.is_female,
        )


@functools.cache
def holders_by_surname() -> Mapping[tuple[str, str], tuple[OfficeHolder, ...]]:
    """The rows of the table by office and surname."""
    found: dict[tuple[str, str], list[OfficeHolder]] = defaultdict(list)
    for holder in load_office_holders():
        for surname in surnames(plain(holder.person)):
            found[holder.office, surname].append(holder)
    return {key: tuple(rows) for key, rows in found.items()}


def gender_in_table(name: str) -> bool | None:
    """Whether the table has a woman of this full name, whatever the day; None where it has nobody."""
    rows = holders_by_name().get(plain(name), ()) if " " in name else ()
    return rows[0].is_female if rows else None


def is_commonly(person: Person, surname: str) -> bool:
    """Whether the bare surname means this person in the table of office-holders."""
    rows = holders_by_name().get(plain(surname), ())
    return any(plain(row.person) == plain(person.name) and row.surname == plain(surname) for row in rows)


def compatible(known: Person, other: Person) -> bool:
    """Whether two descriptions may be of one person."""
    if known.state and other.state and known.state != other.state:
        return False
    offices = {x.office for x in (known, other) if x.office and x.office not in ranks()}
    return not (len(offices) > 1 and known.state != other.state)


@functools.cache
def ranks() -> frozenset[str]:
    """Offices that somebody with another office has too: general, prince."""
    return frozenset(office.id for office in load_actor_words().offices if office.is_rank)


def fits_holder(hint: Person, row: OfficeHolder) -> bool:
    """Whether what the text says of a person agrees with a row of the table."""
    if hint.state not in (None, row.state):
        return False
    return " " in hint.name or hint.office in (None, row.office) or hint.state == row.state


def is_first_of_two(name: str, surname: str) -> bool:
    """Whether a full name has two family names, of which this is the first: "Ana [Rojas] Prieto"."""
    parts = name.split()
    return len(parts) >= LEAST_WITH_TWO and parts[-2] == surname


def surnames(name: str) -> Iterable[str]:
    """The words by which a person of this full name may be called: the last, with its particles; or the first.

    >>> surnames("Xi Jinping"), surnames("Ursula von der Leyen"), surnames("Rex Tillerson")
    (('Xi',), ('Leyen', 'von der Leyen'), ('Tillerson',))
    """
    words = load_actor_words()
    parts = name.split()
    if parts[0] in words.family_first and 1 < len(parts) <= LONGEST_FAMILY_FIRST:
        return (parts[0],)
    # "Prince Faisal" for Faisal bin Farhan
    royal = (parts[0],) if len(parts) > 1 and parts[1] in words.patronymics else ()
    last = parts[-1].removeprefix("al-").removeprefix("Al-")
    begin = len(parts) - 1
    while begin > 1 and parts[begin - 1].lower() in words.name_particles:
        begin -= 1
    return tuple(dict.fromkeys((last, " ".join(parts[begin:]), *royal)))
