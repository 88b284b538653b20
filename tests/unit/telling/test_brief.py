"""A brief says what its records say, and any change to it is found."""

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records_for_tests import CHN, USA, agenda, day, document, event, month, position

from detente.adapters.exporters.brief_html import write_html
from detente.adapters.exporters.brief_json import write_json
from detente.adapters.exporters.brief_markdown import write_markdown
from detente.adapters.exporters.brief_text import write_text
from detente.apps.cli.verification import verify_text
from detente.codebook.registry import load_registry
from detente.errors import UsageError
from detente.ledger.coverage import cover
from detente.records import Actor, EventType, Factuality, Outcome, Problem, Quad, Span, Stance, Teller, Trouble, Voice
from detente.telling.brief import tell_brief
from detente.telling.brief_page import brief_from_dict
from detente.telling.material import Material
from detente.telling.verify import check_brief
from detente.telling.words import Words

WORDS = Words(load_registry())
FIRST = document(
    "The presidents are to meet in July. China wants <b>all</b> tariffs gone. The two held talks on Friday. "
    "A visit in November is planned. Beijing will never give way on Taiwan."
)
RECORDS = (
    agenda(FIRST, "The presidents are to meet in July.", when=month(2019, 7)),
    agenda(FIRST, "A visit in November is planned.", when=month(2019, 11), kind="visit"),
    position(FIRST, "all</b> tariffs gone"),
    position(
        FIRST, "give way on Taiwan", Stance.RED_LINE, holder=Actor(words="Beijing", state="CHN", office="president")
    ),
    event(FIRST, "The two held talks on Friday.", when=day("2019-11-01")),
)


def material(records=RECORDS, **more) -> Material:
    fields = {
        "pair": ("USA", "CHN"),
        "as_of": dt.date(2019, 11, 2),
        "since": None,
        "records": tuple(records),
        "undated": (),
        "documents": (FIRST,),
    }
    return Material(**(fields | more))


def coverage(known, problems=()):
    undated = [one for one in known.documents if one.published_on is None]
    dated = [one for one in known.documents if one.published_on is not None]
    counted = cover(dated, known.records, known.pair, problems)
    return counted.with_undated(cover(undated, known.undated, known.pair))


def told(records=RECORDS, *, lines=8, problems=(), **more):
    known = material(records, **more)
    return tell_brief(known, coverage(known, problems), WORDS, lines=lines)


def section(brief, name):
    return next(s for s in brief.sections if s.name == name)


def test_the_plan_whose_month_is_over_has_no_word():
    past = section(told(), "Planned").lines[-1]
    assert past.date == "Jul 2019"
    assert past.note == "planned; date passed, no word"


EARLIER = document("The presidents are to meet in November.", published=dt.date(2019, 10, 5))
PLAN = agenda(EARLIER, EARLIER.text, when=month(2019, 11))
TALKS = event(FIRST, "The two held talks on Friday.", when=day("2019-11-01"), mode="meet")


def planned_line(plan, deed):
    return section(told((plan, deed), documents=(FIRST, EARLIER)), "Planned").lines[0]


def test_a_plan_with_its_deed_happened_and_cites_it():
    line = planned_line(PLAN, TALKS)
    assert line.note == "happened"
    assert len(line.citations) == 2
    assert check_brief(told((PLAN, TALKS), documents=(FIRST, EARLIER)), WORDS, lambda _: None) == []


@pytest.mark.parametrize(
    ("plan", "deed"),
    [
        ({"kind": "visit"}, {}),
        ({}, {"mode": "phone"}),
        ({}, {"when": day("2019-10-01")}),
        ({}, {"when": None}),
        ({"when": None}, {}),
        ({"known_on": dt.date(2019, 11, 2)}, {}),
        ({"participants": (USA, Actor(words="Xi", state="CHN", person="Xi Jinping"))}, {}),
        ({"participants": (USA, Actor(words="France", state="FRA"))}, {}),
        ({}, {"voice": Voice.AUTHOR}),
        ({}, {"factuality": Factuality.PLANNED}),
    ],
)
def test_what_may_be_another_deed_fulfils_nothing(plan, deed):
    line = planned_line(dataclasses.replace(PLAN, **plan), dataclasses.replace(TALKS, **deed))
    assert "happened" not in line.note


def test_what_slipped_says_so():
    line = section(told((agenda(FIRST, "A visit in November is planned.", outcome=Outcome.SLIPPED),)), "Planned").lines[
        0
    ]
    assert line.note == "slipped; no new date"
    assert line.date == "no date"


def test_only_deeds_stand_under_what_happened():
    threat = event(
        FIRST,
        "Beijing will never give way on Taiwan.",
        EventType.THREATEN,
        factuality=Factuality.THREATENED,
        quad=Quad(3),
    )
    lines = section(told((*RECORDS, threat)), "What happened").lines
    assert [line.records for line in lines] == [(RECORDS[4].id,)]


def test_a_column_is_no_witness_of_a_happening():
    opinion = event(FIRST, "The two held talks on Friday.", voice=Voice.AUTHOR)
    assert "What happened" not in [s.name for s in told((opinion,)).sections]


def test_quotation_marks_hold_the_words_of_the_document():
    for s in told().sections:
        for line in s.lines:
            for piece in line.text.split("“")[1:]:
                assert piece.partition("”")[0] in " ".join(FIRST.text.split())


def test_what_is_held_in_two_words_is_told_with_its_sentence():
    source = document("China will not accept such sales, whoever asks.")
    held = position(source, source.text, Stance.REJECTS)
    few = Span(start=22, end=32, quote="such sales")
    page = told((dataclasses.replace(held, proposition=few),), documents=(source,))
    line = section(page, "In the way").lines[-1]
    assert line.text == "rejects: “China will not accept such sales, whoever asks.”"


def test_attributed_records_name_their_teller():
    said = event(
        FIRST,
        "The two held talks on Friday.",
        voice=Voice.ATTRIBUTED,
        attribution=(Teller(speaker=CHN, outlet="Xinhua"),),
    )
    assert section(told((said,)), "What happened").lines[0].note == "on the word of China, through Xinhua"


def test_a_section_says_how_many_more_and_how_to_see_them():
    planned = section(told(lines=1), "Planned")
    assert (len(planned.lines), planned.more) == (1, 1)
    assert planned.command == "detente agenda --pair USA CHN --as-of 2019-11-02"


def test_undated_documents_have_a_section_of_their_own():
    undated = event(document("They met.", published=None), "They met.")
    brief = told((), undated=(undated,), documents=(document("They met.", published=None),))
    assert next(s.name for s in brief.sections if s.lines) == "From undated documents"
    assert "set DOC --published" in section(brief, "Not known").lines[0].text


def test_problems_are_counted_under_not_known():
    problem = Problem(trouble=Trouble.UNRESOLVED_DATE, message="m", document=FIRST.id)
    assert "1 problem: unresolved date" in section(told(problems=(problem,)), "Not known").lines[0].text


def test_json_and_back_gives_the_same_brief():
    brief = told()
    assert brief_from_dict(json.loads(write_json(brief))) == brief


def test_what_is_told_verifies():
    assert check_brief(told(), WORDS, {FIRST.id: FIRST.text}.get) == []


def test_a_changed_document_is_found():
    faults = check_brief(told(), WORDS, {FIRST.id: FIRST.text.replace("Friday", "Sunday")}.get)
    assert any("reads otherwise" in fault for fault in faults)


@pytest.mark.parametrize("write", [write_html, write_json])
def test_a_page_that_carries_its_records_verifies_alone(write):
    faults, checked = verify_text(write(told()), None)
    assert faults == []
    assert "citations agree" in checked


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_one_changed_character_of_a_page_is_found(data):
    page = data.draw(st.sampled_from([write_html(told()), write_json(told())]))
    at = data.draw(st.integers(0, len(page) - 1))
    new = data.draw(st.sampled_from("aZ7 \n\x0b\u2028"))
    changed = page[:at] + new + page[at + 1 :]
    if changed != page:
        try:
            faults, _ = verify_text(changed, None)
        except UsageError:  # a page that can no longer be read is found too
            return
        assert faults


def test_an_edited_claim_inside_the_carried_records_is_found():
    table = told().to_dict()
    table["sections"][0]["lines"][-1]["note"] = "happened"
    faults, _ = verify_text(write_json(brief_from_dict(table)), None)
    assert any("is not what its records say" in fault for fault in faults)


def test_news_cannot_put_markup_on_the_page():
    assert "<b>all</b>" not in write_html(told()).partition("<script")[0]
    assert "<b>" not in write_html(told())
    assert "\\</b\\>" in write_markdown(told())


def test_the_text_page_is_narrow_and_ends_with_its_command():
    page = write_text(told())
    assert max(len(line) for line in page.splitlines() if not line.startswith("  [")) <= 112
    assert page.endswith("Made by: detente brief --pair USA CHN --as-of 2019-11-02\n")


def test_telling_does_not_depend_on_the_order_of_records():
    assert told(tuple(reversed(RECORDS))) == told()


def test_former_officials_do_not_stand_for_the_state():
    former = Actor(words="former official Zhou", state="CHN", person="Zhou", former=True)
    line = section(
        told((event(FIRST, "The two held talks on Friday.", initiators=(former, USA)),)), "What happened"
    ).lines[0]
    assert "formerly of China" in line.text


def test_an_undated_plan_of_long_ago_is_no_longer_ahead():
    line = section(
        told((agenda(FIRST, "A visit in November is planned."),), as_of=dt.date(2021, 1, 1)), "Planned"
    ).lines[0]
    assert line.is_past
    assert line.note == "planned; told 2 Nov 2019, no word since"


def in_the_way(*records):
    lines = section(told(records), "In the way").lines
    return [(line.date, line.text, line.note) for line in lines]


def test_a_side_that_is_not_heard_is_named():
    (_, text, note), *_ = in_the_way(position(FIRST, "all</b> tariffs gone"))
    assert text == "1  Trade"
    assert note == "opposed · United States not heard · no earlier position known"


def test_where_both_are_heard_nobody_is_named():
    mine = position(FIRST, "all</b> tariffs gone")
    theirs = position(FIRST, "give way on Taiwan", Stance.OFFERS, holder=USA)
    (_, _, note), *_ = in_the_way(mine, theirs)
    assert "not heard" not in note


def test_who_is_not_heard_is_told_again_from_the_records():
    brief = told([position(FIRST, "all</b> tariffs gone")])
    heading = section(brief, "In the way").lines[0]
    edited = dataclasses.replace(heading, note=heading.note.replace("United States", "China"))
    sections = tuple(
        dataclasses.replace(s, lines=tuple(edited if line == heading else line for line in s.lines))
        for s in brief.sections
    )
    assert check_brief(brief, WORDS, {FIRST.id: FIRST.text}.get) == []
    assert check_brief(dataclasses.replace(brief, sections=sections), WORDS, {FIRST.id: FIRST.text}.get)


def test_a_position_is_not_repeated_in_other_words():
    longer = position(FIRST, "wants <b>all</b> tariffs gone", firmness=0.9)
    shorter = position(FIRST, "tariffs gone")
    other = position(FIRST, "give way on Taiwan", firmness=0.3)
    shown = [text for day_, text, _ in in_the_way(longer, shorter, other) if day_ == "China"]
    assert shown == ["demands: “wants <b>all</b> tariffs gone”", "would like: “give way on Taiwan”"]


def test_at_most_two_positions_a_side():
    quotes = ("presidents are to meet", "all</b> tariffs gone", "talks on Friday", "give way on Taiwan")
    shown = [line for line in in_the_way(*(position(FIRST, quote) for quote in quotes)) if line[0] == "China"]
    assert len(shown) == 2


def test_a_page_told_from_a_part_says_from_which_day_on():
    assert "told from 1 Oct 2019 on" in told(told_since=dt.date(2019, 10, 1)).header
    assert "told from" not in told().header
