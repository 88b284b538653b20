"""Copies, wire credits, citing chains and common owners are one witness."""

import pytest
from records_for_tests import USA, document, event

from detente.codebook.witnesses import load_corrections, load_credits, owner_of
from detente.ledger.witnesses import Source, bands, find_correction, find_credit, independent_outlets, is_copy, sign
from detente.records import Passage, Teller, Voice

WORDS = (
    "Envoys of the two countries met in Geneva for two days and spoke about grain, fish and the price of steel before "
    "they parted without a statement, and both sides said that they would meet again in the spring."
)


def signature(text):
    return sign(text, [Passage(start=0, end=len(text), paragraph=0)])


def told(text, outlet, **more):
    source = document(text, outlet=outlet)
    return event(source, text, **more)


def source(record, outlet, **more):
    id_ = record.evidence[0].document
    return Source(document=id_, outlet=outlet, **{"story": id_, "story_outlet": outlet} | more)


def outlets(*pairs):
    return independent_outlets([r for r, _ in pairs], {s.document: s for _, s in pairs})


@pytest.mark.parametrize("row", [*load_credits(), *load_corrections()], ids=lambda row: row.id)
def test_each_sign_fires_on_its_example_alone(row):
    assert row.pattern.search(row.example)
    assert not row.pattern.search(row.near_miss)


def test_a_light_edit_is_a_copy_and_shares_a_band():
    edited = WORDS.replace("steel", "iron").replace("parted", "left")
    one, other = signature(WORDS), signature(edited)
    assert is_copy(one, other)
    assert set(bands(one)) & set(bands(other))


def test_another_report_of_the_same_is_no_copy():
    other = (
        "Negotiators spent two days in Geneva on grain and fish. No statement was made; a spring round is likely now."
    )
    assert not is_copy(signature(WORDS), signature(other))


def test_a_text_of_few_words_has_no_copies():
    assert signature("They met.") == ()


def test_a_dateline_credits_the_agency():
    assert find_credit(document("GENEVA (Wire One) - They met.")) == "Wire One"
    assert find_credit(document("They met (in Geneva) - and left.")) is None


def test_a_correction_is_quoted():
    found = find_correction(document("They met. This story has been withdrawn."))
    assert found is not None
    assert (found.fate, found.span.quote) == ("withdrawn", "This story has been withdrawn")
    assert find_correction(document("They met.")) is None


def test_an_owner_is_known_by_any_of_the_names():
    assert owner_of("AP") == owner_of("The Associated Press")


def test_two_reports_of_two_outlets_are_two_witnesses():
    a, b = told("They met on Friday.", "One"), told("Talks were held.", "Two")
    assert outlets((a, source(a, "One")), (b, source(b, "Two"))) == ("One", "Two")


def test_a_copy_a_credit_and_a_citing_count_for_the_origin():
    a, b, c = told("They met.", "Wire"), told("They met once.", "Copy"), told("They met too.", "Citing")
    c = event(
        document("They met too.", outlet="Citing"),
        "They met too.",
        voice=Voice.ATTRIBUTED,
        attribution=(Teller(speaker=USA), Teller(outlet="Wire")),
    )
    pairs = (
        (a, source(a, "Wire")),
        (b, source(b, "Copy", story=a.evidence[0].document, story_outlet="Wire")),
        (c, source(c, "Citing")),
    )
    assert outlets(*pairs) == ("Wire",)


def test_a_long_sentence_that_stands_in_both_was_copied():
    sentence = "Envoys of the two countries met in Geneva for two days of talks."
    a, b = told(sentence, "One"), told(f"{sentence}", "Two")
    assert len(outlets((a, source(a, "One")), (b, source(b, "Two")))) == 1


def test_papers_of_one_owner_are_one_and_unnamed_texts_too():
    a, b = told("They met.", "Coast Courier"), told("They met again.", "Inland Courier")
    assert len(outlets((a, source(a, "Coast Courier")), (b, source(b, "Inland Courier")))) == 1
    assert len(outlets((a, source(a, None)), (b, source(b, None)))) == 1


def test_what_was_withdrawn_counts_no_longer():
    a, b = told("They met.", "One"), told("Talks were held.", "Two")
    assert outlets((a, source(a, "One", fate="withdrawn")), (b, source(b, "Two"))) == ("Two",)


def test_a_text_that_names_its_source_is_no_second_witness():
    text = document("Wire said they met. They met.", outlet="Citing")
    cited = event(text, "Wire said they met.", voice=Voice.ATTRIBUTED, attribution=(Teller(outlet="Wire"),))
    own = event(text, "They met.")
    assert outlets((cited, source(cited, "Citing")), (own, source(own, "Citing"))) == ("Wire",)
