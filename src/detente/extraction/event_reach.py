"""Through which prepositions the words of a deed reach those it is done to."""

from collections.abc import Iterator
from functools import lru_cache

from detente.codebook.event_lexicon import EventRow, load_event_lexicon, load_rows
from detente.extraction.acting import MEAL, RELATIONS
from detente.extraction.clause import children, is_passive, objects_of, obliques_of
from detente.extraction.composition import Meaning
from detente.extraction.event_partners import ADDRESSED, INSIDE
from detente.extraction.frames import classes_of
from detente.parsing.doc import Token
from detente.records import EventType

T = EventType
# Prepositions that lead to a target, and more of them for some types.
TOWARD = frozenset({"with", "to", "against", "on", "upon", "for", "from", "of", "toward", "towards"})
# Of talks and joint work what they are "on" is the matter, not a party.
RECIPROCAL = frozenset({T.CONSULT, T.COOPERATE})
TOPICAL = frozenset({"on", "about", "over", "for", "regarding", "concerning"})
TALKING = frozenset({"with", "to", "between", "among"})
BETWEEN = frozenset({"between", "among"})
AT = frozenset({"at", "into"})
BESIDE = frozenset({"along", "near", "off", "around", "outside", "past"})
BEHIND = frozenset({"behind", "alongside", "beside"})  # where one stands who supports
PLACED = frozenset({T.ASSAULT, T.MOBILIZE, T.AID, T.RETREAT})  # types that have a place as their target
OPPOSING = frozenset({T.ACCUSE, T.REJECT, T.THREATEN, T.PROTEST})  # that are aimed "at" somebody
TRAVEL = "consult.travel"  # row of the verbs of going, a visit where an official goes abroad
JOINT_WORK = frozenset({"talks", "drill", "cooperation"})  # classes of nouns in which one takes part with somebody
TALKS = "talks"  # class of nouns that whole bodies meet at: "a summit of the league"
ANCHOR = "anchor"  # class of nouns that only say when: "on the eve of"
# What leads to a target of some types besides; of a demand "by": "demanded the release of its sailors by Laos".
FURTHER = {
    **dict.fromkeys(OPPOSING, AT | BESIDE),
    **dict.fromkeys(PLACED, INSIDE | AT | BESIDE),
    **dict.fromkeys((T.SUPPORT, T.AGREE), BETWEEN | BEHIND),
    T.REQUEST: frozenset({"by"}),
}
NEWS = "news"  # class of nouns
ASKED_FOR = frozenset({"as", "from"})  # that lead to somebody where a row asks for them
LAWSUIT, ABOUT = "lawsuit", frozenset({"over", "about", "against", "concerning", "regarding"})  # class of nouns


def barred_from(event_type: EventType | None) -> frozenset[str]:
    """The prepositions behind which no target of such a deed stands."""
    barred = frozenset() if event_type in PLACED else INSIDE | BESIDE
    return barred | TOPICAL if event_type in RECIPROCAL else barred


def phrases_of(token: Token, meaning: Meaning) -> Iterator[Token]:
    """The nouns of the prepositional phrases through which a word of the composition reaches somebody."""
    if token.pos_ == "PROPN" and meaning.rules == (TRAVEL,):
        yield token  # "was in Oslo": the place is what tells of the journey
    leading = _leading(token, meaning)
    agents = {noun.i for noun in children(token, "obl:agent")}
    phrases = [*obliques_of(token)]
    if meaning.event_type in RECIPROCAL and token.pos_ == "VERB":
        # "has a call scheduled with": the phrase hangs at the participle.
        phrases += [part for noun in objects_of(token) for c in children(noun, "acl") for part in obliques_of(c)]
        shared = [noun for preposition, noun in phrases if preposition == "in" and meaning.rules[-1] != TRAVEL]
        held = [noun for noun in shared if classes_of(noun, load_event_lexicon()) & JOINT_WORK]
        phrases += [part for noun in held for part in obliques_of(noun) if part[0] == "with"]
    # "Sent envoys to Oslo": the phrase that a frame asks for may hang at the object.
    wanted = {slot.preposition for slot in load_rows()[meaning.rules[-1]].slots} if token == meaning.top else set()
    leading |= wanted & ASKED_FOR  # "appointed her as ambassador to Peru", "had a call from Oslo"
    if wanted and token.pos_ == "VERB":
        phrases += [part for noun in children(token, "obj") for part in obliques_of(noun) if part[0] in wanted]
    for preposition, noun in phrases:
        if noun.i in agents or (preposition == "by" and is_passive(token)) or _is_anchor(noun):
            continue
        if preposition == "with" and _is_backing(noun):
            continue
        if meaning.event_type is T.ACCUSE and _is_addressed(token, preposition):
            continue
        if preposition in leading or (token.pos_ == "VERB" and _is_phrasal(token, preposition, noun, meaning)):
            yield noun


def _is_phrasal(verb: Token, preposition: str, noun: Token, meaning: Meaning) -> bool:
    """Whether a phrase is part of the entry that tells the deed: "voted in favour of" leads to what "favour" has."""
    entry = f"{verb.lemma_} {preposition} {noun.lemma_}".lower()
    return any(entry in load_rows()[step.row].words for step in meaning.steps if step.at == verb.i)


def _leading(token: Token, meaning: Meaning) -> frozenset[str]:
    """The prepositions that lead from a word of the composition to somebody."""
    lexicon = load_event_lexicon()
    inner = next(step.row for step in meaning.steps if step.at == token.i)
    leading = TALKING if RECIPROCAL & {meaning.event_type, load_rows()[inner].event_type} else TOWARD
    leading |= FURTHER.get(meaning.event_type, frozenset()) if meaning.event_type else frozenset()
    if token.pos_ == "VERB":
        leading |= _joints(load_rows()[inner], token.lemma_.lower())
    if any(RELATIONS in classes_of(noun, lexicon) for noun in objects_of(token)):
        leading |= INSIDE  # "closed its consulate in Oslo"
    if token.pos_ == "NOUN" and LAWSUIT in classes_of(token, lexicon):
        leading |= ABOUT
    if token.pos_ == "NOUN" and MEAL in classes_of(token, lexicon):
        leading |= {"for"}
    if meaning.event_type is T.AID:
        leading -= {"with"}
    if meaning.rules[-1] == TRAVEL:
        leading |= INSIDE | AT | {"from"}
    elif len(meaning.steps) > 1 and token.pos_ == "VERB" and token.lemma_.lower() in load_rows()[TRAVEL].words:
        leading |= INSIDE | {"to"}  # "arrived in Lima for a visit"
    return leading


@lru_cache(maxsize=1024)
def _joints(row: EventRow, verb: str) -> frozenset[str]:
    """The last words of a row's entries for a verb: "stand by" leads to whom one stands by."""
    entries = (word.partition(" ") for word in row.words)
    return frozenset(joint for first, _, joint in entries if first == verb and " " not in joint) - {"with", ""}


def held_by(noun: Token, meaning: Meaning) -> frozenset[str]:
    """ "A summit of the league" is no meeting with the league, "a visit of the king" is one with the king.

    Nor is "a complaint to the league about Chad" one about the league, or "news from Chad" anything of Chad's doing.
    """
    if meaning.event_type is T.ACCUSE and _is_addressed(noun, "with"):
        return ADDRESSED
    if NEWS in classes_of(noun, load_event_lexicon()):
        return INSIDE | {"from", "of", "about"}
    talks = meaning.event_type in RECIPROCAL and TALKS in classes_of(noun, load_event_lexicon())
    return frozenset({"of"}) if talks else frozenset()


def _is_backing(noun: Token) -> bool:
    """Whether a phrase says with whose help something is done: "with support from Chad"."""
    giver = any(preposition in ("from", "of") for preposition, _ in obliques_of(noun))
    return giver and bool(classes_of(noun, load_event_lexicon()) & {"aid", "praise"})


def _is_addressed(word: Token, preposition: str) -> bool:
    """Whether a complaint is told to a body there, and then what it is about: "a complaint with the council over"."""
    if preposition not in ADDRESSED or LAWSUIT not in classes_of(word, load_event_lexicon()):
        return False
    return any(other in ABOUT for other, _ in obliques_of(word))


def _is_anchor(noun: Token) -> bool:
    return ANCHOR in classes_of(noun, load_event_lexicon())
