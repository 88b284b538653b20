"""Obstacles are ranked by parts that can be seen."""

import datetime as dt

import pytest
from records_for_tests import CHN, USA, document, event, measure, month, position

from detente.ledger.distance import Distance, measure_distance
from detente.ledger.obstacles import rank_obstacles
from detente.records import EventType, Factuality, Issue, Quad, Stance, Step, Teller, Voice

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
        ([held(Stance.DEMANDS), held(Stance.OFFERS, USA)], Distance.CONDITIONAL),
        ([held(Stance.DEMANDS), held(Stance.OFFERS, USA), held(Stance.OPPOSES, USA)], Distance.OPPOSED),
        ([held(Stance.RED_LINE), held(Stance.OFFERS, USA)], Distance.NOT_NEGOTIABLE),
        ([held(Stance.DEMANDS), held(Stance.OFFERS), held(Stance.ACCEPTS, USA)], Distance.BRIDGEABLE),
    ],
)
def test_the_ladder(positions, distance):
    assert measure_distance(positions, PAIR) is distance


def test_a_stand_that_is_only_recalled_counts_for_its_time():
    recalled = held(Stance.REJECTS, when=month(2018, 12))
    assert measure_distance([recalled, held(Stance.DEMANDS, USA)], PAIR) is Distance.OPPOSED
    assert measure_distance([recalled, held(Stance.ACCEPTS), held(Stance.ACCEPTS, USA)], PAIR) is Distance.SAME


def test_what_a_side_offered_later_takes_back_what_it_refused():
    refused = held(Stance.REJECTS, known_on=dt.date(2019, 3, 1))
    wanted = held(Stance.DEMANDS, USA, known_on=dt.date(2019, 3, 1))
    offered = held(Stance.OFFERS, known_on=dt.date(2019, 3, 9))
    assert measure_distance([refused, wanted], PAIR) is Distance.OPPOSED
    assert measure_distance([refused, wanted, offered], PAIR) is Distance.CONDITIONAL
    again = held(Stance.REJECTS, known_on=dt.date(2019, 3, 12))
    assert measure_distance([refused, wanted, offered, again], PAIR) is Distance.OPPOSED


@pytest.mark.parametrize(
    ("factuality", "distance"),
    [(Factuality.PLANNED, Distance.CONDITIONAL), (Factuality.DEMANDED, Distance.OPPOSED)],
)
def test_a_concession_that_is_announced_gives_way(factuality, distance):
    release = event(SOURCE, WORDS[1], EventType.CONCEDE, initiators=(USA,), factuality=factuality)
    assert measure_distance([held(Stance.DEMANDS), release], PAIR) is distance


def test_who_promises_moves_alone():
    vow = held(Stance.PROMISES, USA)
    told = event(SOURCE, WORDS[1], EventType.AGREE, initiators=(USA,), targets=(CHN,), evidence=vow.evidence)
    assert measure_distance([held(Stance.DEMANDS), vow, told], PAIR) is Distance.CONDITIONAL
    assert measure_distance([held(Stance.DEMANDS), told], PAIR) is Distance.BRIDGEABLE


@pytest.mark.parametrize(("kind", "distance"), [("agreement", Distance.OPPOSED), ("tariff", Distance.CONDITIONAL)])
def test_who_suspends_an_agreement_gives_nothing_away(kind, distance):
    suspended = (Step(step="suspended"),)
    stopped = measure(SOURCE, WORDS[1], kind=kind, steps=suspended, imposers=(USA,), targets=(CHN,))
    assert measure_distance([held(Stance.DEMANDS), stopped], PAIR) is distance


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


TRADE = Issue(theme="trade", label="Trade")
TARIFFS = Issue(theme="tariffs", label="Tariffs")
TRADE_DEAL = Issue(theme="trade_deal", label="Trade deal")
DIALOGUE = Issue(theme="dialogue", label="Dialogue")
AT_SEA = Issue(theme="sea_incidents", label="Incidents at sea")
CLAIMS = Issue(theme="sea_claims", label="Maritime claims")
SOUTH_CHINA_SEA = Issue(theme="sea_claims", subject="south_china_sea", label="South China Sea")
TECHNOLOGY = Issue(theme="technology", label="Technology")
HUAWEI = Issue(theme="telecoms", subject="huawei", label="Huawei")


def about(*issues, quote=WORDS[0], stance=Stance.DEMANDS, **more):
    return position(SOURCE, quote, stance, issues=issues, **more)


def labels(*records):
    return [obstacle.label for obstacle in rank_obstacles(records, PAIR)]


def test_a_setting_comes_after_a_matter():
    both = [about(DIALOGUE), about(DIALOGUE, quote=WORDS[1], holder=USA)]
    assert labels(*both, about(TARIFFS, quote=WORDS[2])) == ["Tariffs", "Dialogue"]


def test_a_setting_with_deeds_alone_is_no_obstacle():
    row = event(SOURCE, WORDS[3], EventType.ACCUSE, quad=Quad.VERBAL_CONFLICT, issues=(DIALOGUE,))
    assert labels(row) == []


def test_deeds_alone_come_after_positions():
    deeds = [
        event(SOURCE, quote, EventType.ASSAULT, quad=Quad.MATERIAL_CONFLICT, issues=(TARIFFS,)) for quote in WORDS[1:3]
    ]
    held_by_both = [about(AT_SEA), about(AT_SEA, quote=WORDS[3], holder=USA, stance=Stance.OFFERS)]
    assert labels(*deeds, *held_by_both) == ["Incidents at sea", "Tariffs"]


def test_a_dispute_heard_from_both_sides_comes_before_one_heard_from_one():
    one = [about(AT_SEA), about(AT_SEA, quote=WORDS[1])]
    both = [about(TARIFFS, quote=WORDS[2]), about(TARIFFS, quote=WORDS[3], holder=USA)]
    assert labels(*one, *both) == ["Tariffs", "Incidents at sea"]


@pytest.mark.parametrize(
    ("issues", "expected"),
    [
        ((TRADE, TARIFFS, TARIFFS, TRADE_DEAL), {"Tariffs": 3, "Trade deal": 1}),
        ((TRADE, TRADE_DEAL, TARIFFS, TRADE_DEAL), {"Trade deal": 3, "Tariffs": 1}),
        ((TRADE, TRADE_DEAL, TARIFFS), {"Tariffs": 2, "Trade deal": 1}),  # equals: by name
        ((CLAIMS, SOUTH_CHINA_SEA), {"South China Sea": 2}),
        ((TECHNOLOGY, HUAWEI), {"Technology": 1, "Huawei": 1}),  # one firm is not the whole field
        ((AT_SEA, SOUTH_CHINA_SEA), {"South China Sea": 2}),
        ((AT_SEA, CLAIMS), {"Incidents at sea": 1, "Maritime claims": 1}),
    ],
)
def test_a_wider_issue_is_gathered_under_the_narrower_with_most_support(issues, expected):
    records = [about(issue, quote=quote) for issue, quote in zip(issues, WORDS, strict=False)]
    found = rank_obstacles(records, PAIR)
    assert {obstacle.label: len(obstacle.positions) for obstacle in found} == expected
    assert labels(*reversed(records)) == [obstacle.label for obstacle in found]


def test_a_record_counts_under_the_issue_it_names_first():
    assert labels(about(SOUTH_CHINA_SEA, TARIFFS)) == ["South China Sea"]


def test_what_a_side_says_itself_comes_before_what_the_other_says_of_it():
    told = about(TARIFFS, firmness=0.9, voice=Voice.ATTRIBUTED, attribution=(Teller(speaker=USA),))
    own = about(TARIFFS, quote=WORDS[2], firmness=0.4)
    firm = about(TARIFFS, quote=WORDS[3], firmness=0.8)
    (obstacle,) = rank_obstacles([told, own, firm], PAIR)
    assert obstacle.positions == (firm, own, told)
