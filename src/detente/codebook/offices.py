"""How people and organs that act for a state are called, and who held which office when."""

import datetime as dt
import functools
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from detente.codebook.files import read_csv, read_toml
from detente.errors import CodebookError

OFFICES = "lang/en/offices.toml"
DESCRIPTIONS = "lang/en/descriptions.toml"
TOPIC = "{topic}"
BARRED = str.maketrans("ıøłđŁØĐ’", "ioldLOD'")  # letters that no combining mark makes


class OfficeKind(StrEnum):
    """What an office word names."""

    POST = "post"  # one person: "president"
    PEOPLE = "people"  # some who act together: "officials"
    ORGAN = "organ"  # "foreign ministry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office, a kind of people or an organ. `words` are in lower case, plurals apart."""

    id: str
    kind: OfficeKind
    sector: str
    words: tuple[str, ...]
    plurals: tuple[str, ...]
    example: str
    state: str | None = None  # where only one state has it
    is_local: bool = False  # those in a country are of the country: "prosecutors in Taiwan"
    is_seated: bool = False  # the one in a capital is of that state: "the trade ministry in Lima"
    is_crowd: bool = False  # several of them are somebody even without a state: "protesters"
    needs_telling: bool = False  # somebody only where they say something: "a source"
    is_named: bool = False  # the word says which organ of the state it is
    needs_state: bool = False  # names nobody without one: "the side"
    may_be_about_a_state: bool = False  # a state's name before it is the subject: "a China expert"
    is_rank: bool = False  # goes with another office, which says more: "Defence Minister General X"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collective:
    """A phrase for several actors at once: "the two sides"."""

    id: str
    of_persons: bool
    number: int
    offices: tuple[str, ...]  # that such persons hold; empty: any
    states: tuple[str, ...]  # where the phrase itself says which
    words: tuple[str, ...]
    nouns: tuple[str, ...]  # that make one with a number and adjectives before them: "the two Baltic neighbours"
    is_joint: bool  # whether it stands for people only where they do what people do together
    example: str
    near_miss: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A phrase for a state by what it is: "the island". `states` is empty where any state will do.

    `national` is the sector of states' own bodies that are called so too: "the court".
    """

    words: tuple[str, ...]  # whole phrases
    nouns: tuple[str, ...]  # that make one with an article before them: "the self-ruled island"
    states: tuple[str, ...]
    national: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorWords:
    """The words that build the names of actors, in lower case but for `not_persons` and `family_first`."""

    offices: tuple[Office, ...]
    organisations: Mapping[str, str]  # last word of a name in capitals to sector
    organisation_words: frozenset[str]  # the same words in lower case
    collectives: tuple[Collective, ...]
    descriptions: tuple[Description, ...]
    former: frozenset[str]
    fillers: frozenset[str]
    month_names: frozenset[str]
    expletive_verbs: frozenset[str]
    measuring_verbs: frozenset[str]
    texts: frozenset[str]
    measured: frozenset[str]
    joint_verbs: frozenset[str]
    telling_verbs: frozenset[str]
    tag_verbs: frozenset[str]
    vowing_verbs: frozenset[str]
    cleared: frozenset[str]
    word_surnames: frozenset[str]
    kin: frozenset[str]
    foreign_hands: frozenset[str]
    leanings: frozenset[str]
    against: frozenset[str]
    host_cues: frozenset[str]
    meeting_verbs: frozenset[str]
    links: frozenset[str]
    forms_of_state: frozenset[str]
    courtesy: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    place_cues: frozenset[str]
    place_heads: frozenset[str]
    place_nouns: frozenset[str]
    not_persons: frozenset[str]
    name_particles: frozenset[str]
    family_first: frozenset[str]
    patronymics: frozenset[str]
    bare_collectives: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHolder:
    """Who held an office of a state, from and until (exclusive) when; None: still does.

    `surname` is None where the bare surname is too common to mean them.
    """

    state: str
    office: str
    person: str
    surname: str | None
    from_: dt.date
    to: dt.date | None
    is_female: bool = False

    def holds_on(self, day: dt.date) -> bool:
        """Whether the term covers the day."""
        return self.from_ <= day and (self.to is None or day < self.to)


@functools.cache
def load_actor_words() -> ActorWords:
    """The bundled words of English."""
    said = read_toml(DESCRIPTIONS)
    lists = {name: frozenset(said[name]) for name in LISTS}
    return ActorWords(
        offices=tuple(read_offices()),
        organisations={word: row["sector"] for row in said["organisation"] for word in row["words"]},
        organisation_words=frozenset(word.lower() for row in said["organisation"] for word in row["words"]),
        collectives=tuple(
            Collective(
                id=row["id"],
                of_persons=row["who"] == "persons",
                number=row["number"],
                offices=tuple(row.get("offices", ())),
                states=tuple(row.get("states", ())),
                words=tuple(row["words"]),
                nouns=tuple(row.get("nouns", ())),
                is_joint=row.get("joint", False),
                example=row["example"],
                near_miss=row["near_miss"],
            )
            for row in said["collective"]
        ),
        descriptions=tuple(
            Description(
                words=tuple(row["words"]),
                nouns=tuple(row.get("nouns", ())),
                states=tuple(x for x in row["states"] if x != "*"),
                national=row.get("national"),
            )
            for row in said["description"]
        ),
        **lists,
    )


LISTS = (
    "former", "fillers", "month_names", "expletive_verbs", "measuring_verbs", "texts", "measured",
    "joint_verbs", "telling_verbs", "tag_verbs", "cleared", "vowing_verbs", "word_surnames", "kin", "links", "courtesy",
    "foreign_hands", "leanings", "against", "host_cues", "meeting_verbs", "female", "male", "place_cues",
    "place_heads", "place_nouns", "not_persons", "name_particles", "family_first", "patronymics",
    "bare_collectives", "forms_of_state",
)  # fmt: skip


def read_offices() -> Iterator[Office]:
    """The rows of offices.toml, templates filled in."""
    table = offices_table()
    for kind in OfficeKind:
        for row in table[kind.value]:
            words = tuple(expanded(row["words"], table["topics"]))
            plurals = expanded(row["plural"], table["topics"]) if "plural" in row else (f"{word}s" for word in words)
            yield Office(
                id=row["id"],
                kind=kind,
                sector=row["sector"],
                words=words,
                plurals=tuple(plurals),
                example=row["example"],
                state=row.get("state"),
                is_local=row.get("is_local", False),
                is_seated=row.get("is_seated", False),
                is_crowd=row.get("is_crowd", False),
                needs_telling=row.get("needs_telling", False),
                is_named=row.get("is_named", False),
                needs_state=row.get("needs_state", False),
                may_be_about_a_state=row.get("may_be_about_a_state", False),
                is_rank=row.get("is_rank", False),
            )


def expanded(words: list[str], topics: list[str]) -> Iterator[str]:
    """Each word, with {topic} replaced by each topic."""
    for word in words:
        if TOPIC in word:
            yield from (word.replace(TOPIC, topic) for topic in topics)
        else:
            yield word


@functools.cache
def office_words() -> Mapping[str, tuple[Office, bool]]:
    """Each office by its words in lower case, and whether they are plural. Earlier rows win."""
    found: dict[str, tuple[Office, bool]] = {}
    for office in load_actor_words().offices:
        for word in office.words:
            found.setdefault(word, (office, False))
        for word in office.plurals:
            found.setdefault(word, (office, True))
    return found


@functools.cache
def offices_table() -> Mapping[str, Any]:
    """All of offices.toml."""
    return read_toml(OFFICES)


@functools.cache
def not_offices() -> frozenset[str]:
    """Words in lower case that hold an office word and name nobody: "press conference"."""
    return frozenset(offices_table()["not_offices"])


@functools.cache
def offices_of(role: str) -> frozenset[str]:
    """The ids of the offices that share a role; raises CodebookError where offices.toml has no such role.

    >>> sorted(offices_of("sent"))
    ['ambassador', 'envoy']
    """
    found = next((row for row in offices_table()["role"] if row["id"] == role), None)
    if found is None:
        raise CodebookError(f"{OFFICES} has no role of the id {role}.", hint="Add a row.")
    return frozenset(found["offices"])


@functools.cache
def load_topics() -> tuple[str, ...]:
    """What ministries are for, in lower case: "foreign affairs"."""
    return tuple(offices_table()["topics"])


@functools.cache
def usage() -> Mapping[str, tuple[str, ...]]:
    """The states that call an office or organ so, by its words in lower case; the likeliest first."""
    return {word: tuple(row["states"]) for row in offices_table()["usage"] for word in row["words"]}


@functools.cache
def load_office_holders() -> tuple[OfficeHolder, ...]:
    """The rows of office_holders.csv."""
    return tuple(office_holder(row) for row in read_csv("registry/office_holders.csv"))


def office_holder(row: Mapping[str, Any]) -> OfficeHolder:
    """The office-holder of a row."""
    return OfficeHolder(
        state=row["state"],
        office=row["office"],
        person=row["person"],
        surname=row["surname"] or None,
        from_=dt.date.fromisoformat(row["from"]),
        to=dt.date.fromisoformat(row["to"]) if row["to"] else None,
        is_female=row["gender"] == "f",
    )


def plain(name: str) -> str:
    """A name without the marks on its letters, as the table writes names.

    >>> plain("Mevlüt Çavuşoğlu"), plain("Yıldırım")
    ('Mevlut Cavusoglu', 'Yildirim')
    """
    if name.isascii():
        return name
    marked = unicodedata.normalize("NFD", name.translate(BARRED))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


@functools.cache
def holders_by_name() -> Mapping[str, tuple[OfficeHolder, ...]]:
    """The office-holders by full name and by surname, as written in the table and without marks on letters."""
    found: dict[str, list[OfficeHolder]] = defaultdict(list)
    for holder in load_office_holders():
        for name in dict.fromkeys(y for x in (holder.person, holder.surname) if x for y in (x, plain(x))):
            found[name].append(holder)
    return {name: tuple(rows) for name, rows in found.items()}
