"""The rows of factuality.toml: well formed, each once, with marked examples."""

import pytest

from detente.codebook.factuality import Cue, CueKind, Effect, load_factuality

ROLES = {
    "infinitive",
    "infinitive_other",
    "that",
    "gerund",
    "object",
    "subject",
    "purpose",
    "compound",
}
CUES = load_factuality().cues


def test_ids_are_unique() -> None:
    assert len({cue.id for cue in CUES}) == len(CUES)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_a_row_is_well_formed(cue: Cue) -> None:
    assert len(set(cue.words)) == len(cue.words)
    assert cue.kind is CueKind.ERA or all(word == word.lower() for word in cue.words)
    assert bool(cue.over) == (cue.kind is CueKind.GOVERNOR)
    assert all(role in ROLES or role.startswith("of:") for role in cue.over)
    assert cue.matrix in (None, "conditional", "until")
    assert cue.tense in (None, "past", "present")


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_example_and_near_miss_mark_one_predicate_each(cue: Cue) -> None:
    for sentence in (cue.example, cue.near_miss):
        assert sentence.count("[") == sentence.count("]") == 1
        assert sentence.endswith(".")


def test_words_are_found_in_the_order_of_the_file() -> None:
    lexicon = load_factuality()
    assert [cue.id for cue in lexicon.find(CueKind.AUXILIARY, "will")] == ["will"]
    assert lexicon.find(CueKind.GOVERNOR, "no such word") == ()
    assert lexicon.find(CueKind.GOVERNOR, "rule out")[0].gives == "denied"


def test_every_effect_is_in_use() -> None:
    assert {cue.gives for cue in CUES if isinstance(cue.gives, Effect)} == set(Effect)
