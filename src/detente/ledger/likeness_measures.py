"""How like two measures are: by their steps' days, what they are on, and whether they are there already."""

from collections.abc import Iterator

from detente.codebook.happenings import load_meanings
from detente.ledger.likeness_parts import NEVER, SAME_MATTER, SOME, Part, between_tellings, overlap
from detente.ledger.traits import Traits

SPOKEN_OF = 150  # days over which a measure can be spoken of again without its name
ON_ONE_MATTER = 400  # days over which it can be spoken of again where what it is on is told
TOLD_LONG_AGO = "told"  # the part of what was told too long before to be known by it


def are_told_apart(one: Traits, other: Traits) -> bool:
    """Whether one text tells two things where it could have told one.

    A measure on a sum of money and one without; two plans for one day, as when each side's tariffs take effect on it.
    """
    if one.document != other.document or one.from_title or other.from_title:
        return False
    if one.kind == "agenda_item":
        return one.first is not None and (one.first, one.last) == (other.first, other.last)
    if one.kind != "measure":
        return False
    return bool(one.figures) != bool(other.figures) and not (one.name or other.name)


def measure_days(one: Traits, other: Traits) -> Iterator[Part]:
    """A measure lives long, but told again without its name or sum it must be told of as one that is known."""
    gap = abs(one.known - other.known)
    reach = load_meanings().reach["measure"]
    if (one.name and one.name == other.name) or one.marks & other.marks:
        return
    matter, _ = overlap(one.matter, other.matter)
    same_when = one.first is not None and (one.first, one.last) == (other.first, other.last)
    if (same_when or one.dues & other.dues) and gap > reach:
        yield Part("date", 0.5, "a step of the same date")
    elif gap <= reach:
        yield between_tellings(one, other)
    elif (
        max(one, other, key=lambda x: x.rank).is_known and gap <= SPOKEN_OF and bool(one.figures) == bool(other.figures)
    ):
        known = one.is_known and other.is_known
        yield Part("date", 0.5 if known else 0.2, "told of again as known")
    elif matter >= SAME_MATTER and gap <= ON_ONE_MATTER:
        yield Part("date", 0.3 if max(one, other, key=lambda x: x.rank).is_known else 0.0, "told of later")
    elif not one.figures & other.figures and not _bodies(one) & _bodies(other):
        yield Part(TOLD_LONG_AGO, NEVER, f"told {gap} days apart")


def matters(one: Traits, other: Traits) -> Iterator[Part]:
    """What they are on, where no name tells it: "export controls", "controls on exports of chips"."""
    if one.name and other.name:
        return
    share, shared = overlap(one.matter, other.matter)
    if share >= SAME_MATTER:
        yield Part("matter", 1.0, "on the same matter", shared, SOME)
    elif one.matter and other.matter and not shared and not one.figures & other.figures:
        yield Part("matter", -1.0, "on other matters")


def standings(one: Traits, other: Traits) -> Iterator[Part]:
    """A measure that is there and one that is only planned or threatened are two, where nothing ties them."""
    tied = bool(one.figures & other.figures or one.dues & other.dues or one.marks & other.marks)
    tied = tied or bool(one.name and one.name == other.name)
    tied = tied or overlap(one.matter, other.matter)[0] >= SAME_MATTER
    there, ahead = (one, other) if one.is_there else (other, one)
    has_come = bool(ahead.dues) and min(ahead.dues) <= there.known  # it was due by then
    if one.is_there != other.is_there and not tied and not has_come:
        yield Part("standing", -1.5, "one is there, the other is only ahead")


def measure_bodies(one: Traits, other: Traits) -> Iterator[Part]:
    """The bodies that both name: whoever is on the list."""
    shared = _bodies(one) & _bodies(other)
    if shared:
        names = ", ".join(sorted(p.rpartition(":")[2] for p in shared))
        yield Part("people", 0.8, f"the same bodies ({names})")


def _bodies(item: Traits) -> frozenset[str]:
    return frozenset(p for p in item.people if ":body:" in p)
