"""Who takes part where a text has told it before: "concluded its visit", "called off talks", "denied the charge"."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import CLASS_MARK, Operator, load_event_lexicon
from detente.extraction.clause import children, has, is_passive, is_predicate, obliques_of, subjects_of, with_conjuncts
from detente.extraction.composition import Meaning
from detente.extraction.event_answers import RAISING, answered
from detente.extraction.event_parties import Parties
from detente.extraction.event_reach import TALKING
from detente.extraction.event_sequels import sequel
from detente.extraction.frames import acted_on, classes_of, content_noun
from detente.extraction.parties import actors_within, unique
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, Event, EventType

T = EventType
RECALLED = "parties-of-the-talks"  # rule of what is found here
TALKS = frozenset({"talks", "visit"})  # classes of nouns for meetings
CALLING_OFF = "reject.cancel"  # row of the verbs for calling talks off
NEAR = 500  # characters back to what the same side said before
ROLES = frozenset({"person", "diplomat"})  # classes of nouns for those who meet
PHONE, MEET = "phone", "meet"  # modes of calls and meetings
TWO = 2
NEW = frozenset({"a", "an", "another", "any", "no", "some", "other"})  # words that bring in talks not told of before
CLIMB = 3  # words climbed at most to a clause above
DISTANCE = 2500  # characters back to the last talks at most: some ten sentences


@lru_cache(maxsize=1)
def talk_words() -> frozenset[str]:
    """The single words for meetings, calls and visits, in base form."""
    rows = load_event_lexicon().rows
    nouns = [word for row in rows if row.pos == "noun" and row.classes & TALKS for word in row.words]
    calls = [word for row in rows if row.mode == PHONE for word in row.objects]
    return frozenset(word for word in (*nouns, *calls) if " " not in word and not word.startswith(CLASS_MARK))


def recall_parties(meaning: Meaning, parties: Parties, reading: Reading, earlier: Iterable[Event]) -> Parties | None:
    """The parties with what earlier events of the document add, None where nothing does.

    To whom words answer ("denied the accusations") or go on ("also called for"), and who is at the talks that a text
    takes for known.
    """
    earlier = [*earlier]
    others = answered(meaning, parties, reading, earlier)
    if others:
        return replace(parties, targets=others)
    if meaning.event_type in RAISING and parties.initiators and not parties.targets:
        return _addressed_before(meaning, parties, earlier) or sequel(meaning, parties, earlier)
    going_on = sequel(meaning, parties, earlier)
    if going_on:
        return going_on
    return _recall_talks(meaning, parties, reading, earlier)


def _recall_talks(meaning: Meaning, parties: Parties, reading: Reading, earlier: list[Event]) -> Parties | None:
    """The parties with those of the last talks told.

    The talks must be known ("the visit", "its visit", "talks"), none but plural roles may act ("negotiators"), and
    no partner may be named.
    """
    noun = _talks_at(meaning, reading) or _those_who_meet(meaning)
    if noun is not None and parties.targets and not parties.initiators and _is_asked_for(meaning.top):
        parties = replace(parties, targets=())  # "the call was held at Chad's request" is none with Chad alone
    if parties.targets or noun is None or _names_partner(meaning, noun):
        return None
    if not any(actor.state or actor.organisation for actor in parties.initiators):
        parties = replace(parties, initiators=())
    doers = [*_doers(meaning, noun)]
    # "Negotiators held a call" are those of before, "the minister held a call" may be with anybody.
    known = _is_known(noun) or (bool(doers) and not parties.initiators) or _goes_on(noun, meaning)
    if not known or not (parties.initiators or all(_is_role(doer) for doer in doers)):
        return None
    found = _of_last_talks(meaning, parties, earlier)
    if found is None:
        return _pair_of_sides(meaning, noun, parties, reading)
    return found if parties.initiators else _acting_through([*doers, noun], found, reading)


def _is_asked_for(verb: Token) -> bool:
    """Whether its clause says at whose wish the talks took place: "on the initiative of the Chadian side"."""
    asking = words_for("wishes")
    return any(word in ("at", "on", "upon") and noun.lemma_.lower() in asking for word, noun in obliques_of(verb))


def _acting_through(doers: list[Token], parties: Parties, reading: Reading) -> Parties:
    """The parties' states, in the words for those who meet here: the presidents met, then "trade officials met"."""
    roles = [mention.actors[0] for doer in doers if (mention := reading.actor_at.get(doer.i)) and mention.actors]
    if not roles:
        return parties
    initiators, targets = (
        unique(replace(roles[0], state=actor.state) for actor in side) for side in (parties.initiators, parties.targets)
    )
    return replace(parties, initiators=initiators, targets=targets)


def _of_last_talks(meaning: Meaning, parties: Parties, earlier: list[Event]) -> Parties | None:
    states = {actor.state for actor in parties.initiators if actor.state}
    for event in reversed(earlier):
        if meaning.top.idx - event.evidence[0].start > DISTANCE:
            break
        if event.event_type is not T.CONSULT or not (event.initiators and event.targets):
            continue
        if not parties.initiators:
            return replace(parties, initiators=event.initiators, targets=event.targets)
        both = (*event.initiators, *event.targets)
        others = tuple(actor for actor in both if actor.state not in states)
        if len(others) < len(both) and others:
            return replace(parties, targets=others)
    return None


def _addressed_before(meaning: Meaning, parties: Parties, earlier: list[Event]) -> Parties | None:
    """Whom the same side has just spoken to: "Chad accused Mali of ... Chad also called for the return of"."""
    if not any(word.lower_ in words_for("in addition") for word in children(meaning.top, "advmod")):
        return None
    own = {actor.state for actor in parties.initiators if actor.state}
    last = next(reversed([event for event in earlier if event.event_type in RAISING]), None)
    if last is None or meaning.top.idx - last.evidence[0].end > NEAR:
        return None
    same = {actor.state for actor in last.initiators} & own and not {actor.state for actor in last.targets} & own
    return replace(parties, targets=last.targets) if same else None


def _pair_of_sides(meaning: Meaning, noun: Token, parties: Parties, reading: Reading) -> Parties | None:
    """Two states that the sentence names together, else those whose relation is read, where just "sides" meet."""
    if parties.initiators:
        return None
    sentence = noun.sent
    for mention in reading.actors:
        if sentence.start_char <= mention.start < sentence.end_char and len({a.state for a in mention.actors}) == TWO:
            return replace(parties, initiators=mention.actors[:1], targets=mention.actors[1:])
    above = _two_above(meaning.top, reading)
    if above:
        return replace(parties, initiators=above[:1], targets=above[1:])
    sides = [doer for doer in _doers(meaning, noun) if doer.lemma_.lower() in words_for("sides")]
    if not sides or reading.pair is None:
        return None
    first, second = (Actor(state=state, words=sides[0].text) for state in reading.pair)
    return replace(parties, initiators=(first,), targets=(second,))


def comes_as_talks(meaning: Meaning) -> bool:
    """Whether it is a meeting that comes, not somebody: "the call between the two came a day after the raid"."""
    lexicon = load_event_lexicon()
    return any(classes_of(content_noun(doer, lexicon), lexicon) & TALKS for doer in subjects_of(meaning.top))


def _two_above(verb: Token, reading: Reading) -> tuple[Actor, ...]:
    """The two states that act in the clause above: "Chad and Mali drew nearer, with officials holding talks"."""
    at = verb
    for _ in range(CLIMB):
        if at.head == at:
            return ()
        at = at.head
        doers = actors_within((word for doer in subjects_of(at) for word in with_conjuncts(doer)), reading)
        if at.pos_ == "VERB" and len(doers) == TWO == len({actor.state for actor in doers if actor.state}):
            return doers
    return ()


def _talks_at(meaning: Meaning, reading: Reading) -> Token | None:
    """The noun for the meeting that a predicate holds, ends or breaks off."""
    collapsed = meaning.event_type is T.REJECT and (
        meaning.steps[-1].operator is Operator.COLLAPSE or meaning.rules == (CALLING_OFF,)
    )
    if (
        meaning.top.pos_ != "VERB"
        or not is_predicate(meaning.top)
        or not (meaning.event_type is T.CONSULT or collapsed)
    ):
        return None
    lexicon = load_event_lexicon()
    called = meaning.mode == PHONE
    nouns = acted_on(meaning.top) + ([] if called else [meaning.head, *subjects_of(meaning.top)])
    found = (content_noun(noun, lexicon) for noun in nouns if noun.pos_ == "NOUN" and noun.i not in reading.actor_at)
    return next((noun for noun in found if called or classes_of(noun, lexicon) & TALKS), None)


def _those_who_meet(meaning: Meaning) -> Token | None:
    """The plural role that meets without a partner: "trade officials met in Lima" are those of the two who talk."""
    if meaning.mode != MEET or meaning.top.pos_ != "VERB" or acted_on(meaning.top):
        return None
    return next((doer for doer in subjects_of(meaning.top) if _is_role(doer)), None)


def _is_known(noun: Token) -> bool:
    return not any(child.lower_ in NEW for child in children(noun, "det", "amod"))


def _goes_on(noun: Token, meaning: Meaning) -> bool:
    """Whether it is told, of nobody else, that the talks have a sequel or none: "no further talks are planned"."""
    more = any(child.lower_ in words_for("one more") for child in children(noun, "det", "amod"))
    if any(True for _ in children(noun, "nmod")):  # "another meeting of the cabinet"
        return False
    return more and noun in subjects_of(meaning.top) + acted_on(meaning.top) and is_passive(meaning.top)


def _names_partner(meaning: Meaning, noun: Token) -> bool:
    words = [meaning.top, noun]
    return any(
        preposition in TALKING and not _is_role(partner) for word in words for preposition, partner in obliques_of(word)
    )


def _doers(meaning: Meaning, noun: Token) -> Iterator[Token]:
    """Who holds the talks; a meeting that "marked the first talks" is no one."""
    lexicon = load_event_lexicon()
    nouns = ((doer, content_noun(doer, lexicon)) for doer in subjects_of(meaning.top))
    return (doer for doer, content in nouns if content != noun and not classes_of(content, lexicon) & TALKS)


def _is_role(doer: Token) -> bool:
    """Whether a subject is a plural role, which may be any two sides' ("the negotiators")."""
    named = bool(classes_of(doer, load_event_lexicon()) & ROLES) or doer.lemma_.lower() in words_for("sides")
    return named and has(doer, "Number", "Plur")
