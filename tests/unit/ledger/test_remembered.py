"""What is remembered is what would be worked out anew, and only so much of it."""

import datetime as dt

from detente.ledger.remembered import Recent, remembered


class Thing:
    """Two of these are equal, whatever they hold."""

    def __init__(self, holds: int) -> None:
        self.holds = holds

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing)

    def __hash__(self) -> int:
        return 1


def counting():
    asked = []

    @remembered(2)
    def total(things: tuple[Thing, ...], by: int, day: dt.date | None = None) -> int:
        asked.append(by)
        return by * sum(thing.holds for thing in things)

    return total, asked


def test_the_same_things_are_asked_of_once():
    total, asked = counting()
    one, other = Thing(1), Thing(2)
    assert total((one, other), 2) == total((one, other), 2) == 6
    assert asked == [2]


def test_things_that_are_equal_are_not_the_same():
    total, asked = counting()
    assert total((Thing(1),), 1) == 1
    assert total((Thing(5),), 1) == 5
    assert len(asked) == 2


def test_days_and_numbers_are_compared():
    total, asked = counting()
    things = (Thing(1),)
    for by in (1, 2, 1):
        assert total(things, by, dt.date(2020, 1, 1)) == by
    assert total(things, 1, dt.date(2020, 1, 2)) == 1
    assert asked == [1, 2, 1]


def test_no_thing_takes_the_place_of_one_that_is_gone():
    total, _ = counting()
    assert [total((Thing(number),), 1) for number in range(200)] == list(range(200))


def test_what_is_not_asked_for_is_forgotten():
    kept: Recent[int, str] = Recent(2)
    for number in range(3):
        kept.keep(number, str(number))
        assert kept.get(0) == "0"
    for number in range(10, 20):
        kept.keep(number, str(number))
    assert kept.get(0) is None
    assert kept.get(19) == "19"
