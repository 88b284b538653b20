"""What a measure is on, as its sentence says."""

import datetime as dt

import pytest
from records_for_tests import document, measure

from detente.ledger.happenings import group_happenings
from detente.ledger.matter import matter_of
from detente.records import Step


def of(text, kind="export control", cue=None):
    span = document(text).quote(text.index(cue), text.index(cue) + len(cue)) if cue else None
    return measure(document(text), text, kind=kind, steps=(Step(step="in force", cue=span),))


@pytest.mark.parametrize(
    ("text", "kind", "words", "known"),
    [
        ("Fiji tightened controls on exports of copper to Tonga.", "export control", ("exports", "copper"), False),
        ("Tonga asked Fiji to lift its export controls.", "export control", ("export",), True),
        ("Fiji imposed a 10 percent tariff on Tongan goods.", "tariff", (), False),
        ("Fiji delayed the tariff on phones that was due in May.", "tariff", ("phones",), True),
        ("Fiji announced the tariffs set for December 1.", "tariff", (), False),
        ("Fiji put Tonga on its list of trusted partners.", "trade status", ("trusted", "partners"), False),
        (
            "Fiji left an agreement with Tonga on sharing tide tables.",
            "agreement",
            ("sharing", "tide", "tables"),
            False,
        ),
        ("Fiji lifted its embargo on fish from Tonga.", "embargo", ("fish",), True),
        ("Fiji signed the accord with Tonga on search and rescue.", "agreement", ("search", "rescue"), True),
        ("Fiji put a duty on fish and raised fees.", "tariff", ("fish",), False),
        ("Fiji closed the harbour.", "tariff", (), False),
        ("Fiji passed a bill that would bar Tongan firms from tenders.", "bill", ("bar", "firms", "tenders"), False),
        ("Fiji signed the law on Monday that bars Tongan firms.", "act", ("bars", "firms"), True),
        ("Fiji adopted a law banning Tongan trawlers.", "act", ("banning", "trawlers"), False),
        ("Fiji signed the bill that passed the Senate in May.", "bill", (), True),
        ("Fiji lifted the tariff that hit Tongan farmers.", "tariff", (), True),
    ],
)
def test_what_stands_beside_the_noun(text, kind, words, known):
    told = matter_of(of(text, kind))
    assert (told.words, told.is_known) == (words, known)


@pytest.mark.parametrize(
    ("text", "cue", "words"),
    [
        ("Fiji will ban imports of livestock from Tonga.", "ban", ("livestock",)),
        ("Fiji barred the trawlers of Tonga from its ports.", "barred", ("trawlers",)),
        ("Fiji's ban is in force.", "ban", ()),
        ("The Tarcu bridge to Tonga has been banned since May.", "banned", ("tarcu", "bridge")),
    ],
)
def test_what_a_verb_is_done_to(text, cue, words):
    assert matter_of(of(text, "ban", cue)).words == words


def test_the_noun_nearest_to_the_step_counts():
    text = "Fiji raised tariffs on copper a week after Tonga had cut its duties on timber."
    assert matter_of(of(text, "tariff", "cut")).words == ("timber",)


def test_a_verb_that_is_also_such_a_noun_is_none():
    text = "Fiji will levy a duty of 25 percent on copper from Tonga."
    assert matter_of(of(text, "tariff", "levy")).words == ("copper",)


def test_one_measure_told_half_a_year_apart_by_what_it_is_on():
    one, other, third = (
        document(text, published=dt.date.fromisoformat(day))
        for text, day in (
            ("Fiji tightened controls on exports of copper to Tonga.", "2019-01-10"),
            ("Fiji eased its export controls on Friday.", "2019-07-10"),
            ("Fiji eased its controls on timber on Friday.", "2019-07-10"),
        )
    )
    records = [
        measure(doc, doc.text, kind="export control", steps=(Step(step=step),))
        for doc, step in ((one, "in force"), (other, "eased"), (third, "eased"))
    ]
    assert sorted(len(h.records) for h in group_happenings(records)) == [1, 2]
