"""Obstacles are ranked by parts that can be seen."""

import pytest
from records_for_tests import CHN, USA, document, event, position

from detente.ledger.obstacles import Distance, measure_distance, rank_obstacles
from detente.records import EventType, Issue, Quad, Stance

PAIR = ("CHN", "USA")
SOURCE = document("China wants tariffs gone. America will keep them. Both may talk. Ships sailed.")
WORDS = ["China wants", "America will keep", "Both may talk", "Ships sailed"]


def held(stance, holder=CHN, **more):
    return position(SOURCE, WORDS[0] if holder is CHN else WORDS[1], stance, holder=holder, **more)


@pytest.mark.parametrize(
    ("positions", "distance"),
    [
        ([held(Stance.SUPPORTS), held(Stance.ACCEPTS, USA)], Distance.SAME),
        ([held(Stance.OFFERS)], Distance.BRIDGEABLE),
        ([held(Stance.DEMANDS), held(Stance.REJECTS, USA)], Distance.OPPOSED),
        ([held(Stance.DEMANDS, condition=held(Stance.DEMANDS).proposition)], Distance.CONDITIONAL),
        ([held(Stance.RED_LINE), held(Stance.OFFERS, USA)], Distance.NOT_NEGOTIABLE),
        ([held(Stance.DEMANDS), held(Stance.OFFERS), held(Stance.ACCEPTS, USA)], Distance.BRIDGEABLE),
    ],
)
def test_the_ladder(positions, distance):
    assert measure_distance(positions, PAIR) is distance


def test_an_issue_without_contrary_position_or_harm_is_no_obstacle():
    assert rank_obstacles([held(Stance.SUPPORTS), held(Stance.ACCEPTS, USA)], PAIR) == []


def test_harm_alone_makes_an_obstacle():
    sea = (Issue(theme="sea", label="Sea"),)
    harm = event(SOURCE, WORDS[3], EventType.ASSAULT, quad=Quad.MATERIAL_CONFLICT, issues=sea)
    assert [o.label for o in rank_obstacles([harm], PAIR)] == ["Sea"]


def test_the_worse_issue_comes_first_and_says_why():
    taiwan = (Issue(theme="arms", label="Arms sales / Taiwan"),)
    records = [
        held(Stance.DEMANDS),
        held(Stance.SUPPORTS, USA),
        position(SOURCE, WORDS[2], Stance.RED_LINE, issues=taiwan),
        position(SOURCE, WORDS[3], Stance.REJECTS, issues=taiwan),
    ]
    first, second = rank_obstacles(records, PAIR)
    assert (first.label, second.label) == ("Arms sales / Taiwan", "Trade")
    assert dict(first.parts)["distance"] == 1.0
    assert first.rank_weight > second.rank_weight
