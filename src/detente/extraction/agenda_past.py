"""Plans that the text tells as past: "had been due to meet", "was set to expire on Sunday", "were to have signed"."""

import datetime as dt
from collections.abc import Iterator

from detente.codebook.agenda import load_agenda
from detente.codebook.constructions import words_for
from detente.extraction.clause import children
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Grain, When

HAD = frozenset({"had", "’d", "'d"})
WAS = frozenset({"was", "were"})
WOULD = "would"
BESIDE_VERBS = ("aux", "aux:pass", "cop")
CHAIN = frozenset({"xcomp", "ccomp", "advcl", "acl", "csubj"})
LONGEST_CHAIN = 2  # verbs climbed: "had been expected to agree to meet"
NEARER_BEHIND = dt.timedelta(days=3)  # a weekday farther ahead than this is nearer behind


def is_lapsed(verb: Token) -> bool:
    """Whether what a verb tells had only been planned: "had been due to meet", "were to have signed"."""
    if _is_unfulfilled(verb) or (_is_plan(verb) and _is_of_earlier(verb)):
        return True
    return any(words & HAD for words in _plans_over(verb))


def is_past_plan(verb: Token) -> bool:
    """Whether the words that plan it stand in the past: "was due to meet", "was planned", "said that it would"."""
    own = _beside(verb)
    if (_is_plan(verb) and own & (HAD | WAS)) or WOULD in own or _was_to(verb):
        return True
    return any(words & (HAD | WAS) for words in _plans_over(verb)) or _is_unfulfilled(verb)


def is_nearer_behind(verb: Token, when: When | None, reading: Reading) -> bool:
    """Whether a bare weekday of a past plan was rather the last one: "was set to expire on Sunday", told on Monday."""
    return is_far_weekday(when, reading) and is_past_plan(verb)


def is_far_weekday(when: When | None, reading: Reading) -> bool:
    """Whether a bare weekday was read as one ahead although the last one is nearer: "extended Sunday's deadline"."""
    if when is None or when.grain is not Grain.DAY or when.earliest is None or reading.known_on is None:
        return False
    bare = not any(letter.isdigit() for letter in when.words) and "next" not in when.words.lower()
    return bare and when.earliest - reading.known_on > NEARER_BEHIND


def _plans_over(verb: Token) -> Iterator[frozenset[str]]:
    """The auxiliaries of each word that says that what the verb tells was planned, nearest first."""
    for mark in children(verb, "mark", "aux", "cop", "case"):
        if _is_plan(mark):  # "due" of "had been due to meet" may hang there
            yield _beside(mark) | _beside(verb)
    at = verb
    for _ in range(LONGEST_CHAIN):
        if at.dep_ not in CHAIN or at.head == at:
            return
        at = at.head
        if _is_plan(at):
            yield _beside(at)


def _is_plan(word: Token) -> bool:
    return any(True for _ in find_phrases(word, load_agenda().of("lapsed")))


def _beside(verb: Token) -> frozenset[str]:
    return frozenset(child.lower_ for child in children(verb, *BESIDE_VERBS))


def _is_of_earlier(plan: Token) -> bool:
    """Whether a plan is told as an earlier one: "was originally planned for July"."""
    return bool(_beside(plan) & (WAS | HAD)) and is_put_back(plan)


def is_put_back(plan: Token) -> bool:
    """Whether an adverb beside a word of planning says that the plan was changed since ("originally scheduled")."""
    return any(child.lower_ in words_for("originally") for child in children(plan, "advmod"))


def _was_to(verb: Token) -> bool:
    """Whether it is "was to visit", "were to meet"."""
    to = next((mark for mark in children(verb, "mark") if mark.lower_ == "to"), None)
    return to is not None and to.i > verb.sent.start and to.nbor(-1).lower_ in WAS


def _is_unfulfilled(verb: Token) -> bool:
    """Whether it is "was to have signed", "were to have been signed"."""
    before = verb.doc[max(verb.sent.start, verb.i - 4) : verb.i]
    words = [token.lower_ for token in before if token.dep_ != "advmod"]
    return any(words[i] in WAS and words[i + 1 : i + 3] == ["to", "have"] for i in range(len(words)))
