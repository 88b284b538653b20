"""Who takes part in a deed without standing at its predicate: talks one is at, "we", "urged them", "its waters"."""

from collections.abc import Iterator
from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import load_event_lexicon
from detente.extraction.clause import (
    OBJECTS,
    SUBJECTS,
    case_of,
    children,
    has,
    is_predicate,
    objects_of,
    obliques_of,
    subjects_of,
)
from detente.extraction.frames import acted_on, classes_of
from detente.extraction.parties import actors_within
from detente.extraction.reading import Reading
from detente.extraction.tellers import FIRST_PERSONS, speaker_actor
from detente.parsing.doc import Token
from detente.records import Actor, EventType

TALKS, VISIT, PRESS = "talks", "visit", "press"  # classes of nouns
# Between a predicate and the talks or visit that its subject is at: "on a visit to Lima", "during a call with Lima".
ATTENDING = frozenset({"for", "on", "during", "in", "at", "after", "following"})
JOINTS = {TALKS: frozenset({"with"}), VISIT: frozenset({"to", "with"})}
WITHOUT_TIME = frozenset({"for", "on", "at"})  # talks behind these are as real as what is told
ASKED = "request"  # class of nouns
POSTED = frozenset({"to", "in", "at"})  # between an envoy and where they serve
GIVING = frozenset({"from", "by", "of"})
ADDRESSING = frozenset({EventType.CONSULT, EventType.ACCUSE})  # types of the verbs whose object is spoken to
SPOKEN_TO = frozenset({"me", "us"})
OTHER = frozenset({"other", "another"})  # head of "each other", "one another", "the other"
OWNERS = frozenset({"its", "their", "our", "his", "her"})
PRESS_SECTOR = "MED"
ADDRESSED = frozenset({"with", "to", "before", "at"})  # before a body that hears complaints
INSIDE = frozenset({"in", "inside", "within", "across"})
OUTSIDE = frozenset({"at", "outside", "near", "before", "through"})  # where crowds gather
CITIZENS, BODY = "CVL", "IGO"  # sectors: people, and bodies of many states
LONGEST_WAY = 6  # clauses climbed at most


def is_attended(noun: Token) -> bool:
    """Whether talks or a visit are where somebody is: "was in Lima for talks with", "said on a visit to Lima"."""
    above = noun.head
    placed = noun.dep_ in ("obl", "nmod") and is_predicate(above)
    placed = placed or (noun.dep_ == "ccomp" and any(True for _ in children(noun, "case")))
    placed = placed or (noun.dep_ == "nmod" and above.dep_ in SUBJECTS)  # "Rojas, on a visit to Lima, said"
    if not placed or case_of(noun) not in ATTENDING:
        return False
    classes = classes_of(noun, load_event_lexicon())
    if PRESS in classes:
        return False  # "said in an interview with a paper"
    joints = {word for name, words in JOINTS.items() if name in classes for word in words}
    return any(preposition in joints for preposition, _ in obliques_of(noun))


def attenders(noun: Token) -> list[Token]:
    """Those who are at talks or on a visit that only an aside tells of."""
    if noun.head.dep_ in SUBJECTS:
        return [noun.head]
    own = [*children(noun, *SUBJECTS)]
    return own or subjects_of(noun.head)


def quoted_speaker(token: Token, reading: Reading) -> tuple[Actor, ...]:
    """Who says "I", "we" or "me" at a token; empty where nobody is known to, or it is another word."""
    said = token.lower_ in FIRST_PERSONS or (token.lower_ in SPOKEN_TO and token.dep_ in OBJECTS)
    if not said or token.i in reading.actor_at:
        return ()
    for attribution in reading.attributions:
        if attribution.speaker and any(span.start <= token.idx < span.end for span in attribution.content):
            actor = speaker_actor(reading, attribution.speaker, attribution.speaker_head)
            return (actor,) if actor.state else ()
    return ()


def without_tellers(actors: list[Actor], token: Token, reading: Reading) -> list[Actor]:
    """Those of the doers who do not only tell it from inside the clause: "Chad, [Mali] charged, shelled the port"."""
    inserted = [
        told.speaker
        for told in reading.attributions
        if told.speaker is not None
        and len(told.content) > 1
        and told.content[0].end <= told.speaker.start < told.content[-1].start
        and any(piece.start <= token.idx < piece.end for piece in told.content)
    ]
    if not inserted or any(doer.lower_ in FIRST_PERSONS for doer in subjects_of(token)):
        return actors
    return [a for a in actors if not any(s.start == a.start for s in inserted)]


def spoken_to(word: Token, reading: Reading) -> list[Actor]:
    """Whom words without an addressee are for: "met Rojas and urged her to", "in talks with Rojas, she urged"."""
    found: list[Actor] = []
    for verb in _joined_verbs(word):
        found = found or [*actors_within(_partners(verb, others=verb != word), reading)]
    return found


def _joined_verbs(word: Token) -> Iterator[Token]:
    """The verb and those that it is coordinated with or hangs at, which share its subject."""
    at = word
    for _ in range(LONGEST_WAY):
        yield at
        shares = at.dep_ in ("conj", "advcl") and not any(True for _ in children(at, *SUBJECTS))
        if not shares or at.head.pos_ != "VERB":
            return
        at = at.head


def _partners(verb: Token, *, others: bool) -> Iterator[Token]:
    """Those whom the subject of a verb meets or talks to there."""
    lexicon = load_event_lexicon()
    if others:
        # "Met Rojas and urged", "summoned the envoy and demanded"
        types = {row.event_type for row in lexicon.find("verb", verb.lemma_.lower())}
        meets = not types.isdisjoint(ADDRESSING)
        yield from objects_of(verb) if meets else ()
        yield from (noun for preposition, noun in obliques_of(verb) if preposition in ("to", "with"))
    for _, noun in obliques_of(verb):
        if is_attended(noun):
            yield from (partner for preposition, partner in obliques_of(noun) if preposition in ("to", "with"))


def owned_by_teller(word: Token, doers: frozenset[str | None], reading: Reading) -> list[Actor]:
    """Whose things are acted on where a side tells what another did to it: "Peru says Chile entered its waters"."""
    things = [noun for noun in objects_of(word) if any(child.lower_ in OWNERS for child in children(noun, "nmod:poss"))]
    things += [
        noun
        for _, noun in obliques_of(word)
        if any(child.lower_ in OWNERS for child in children(noun, "nmod:poss")) and noun.i not in reading.actor_at
    ]
    at = word
    for _ in range(LONGEST_WAY):
        beside = at.dep_ == "advcl" and any(True for _ in children(at, *SUBJECTS))  # "Peru protested after it entered"
        if not things or not (beside or at.dep_ in ("ccomp", "conj", "xcomp")):
            return []
        says, at = at, at.head
        if beside or says.dep_ == "ccomp":
            tellers = [actor for noun in subjects_of(at) for actor in actors_within([noun], reading)]
            return [actor for actor in tellers if actor.state and actor.state not in doers]
    return []


def posts_of(envoys: list[Token], reading: Reading) -> list[Actor]:
    """The states where envoys serve: "the Greek ambassador to Peru", "the envoy in Lima"."""
    posts = [post for envoy in envoys for preposition, post in obliques_of(envoy) if preposition in POSTED]
    return [actor for post in posts for actor in actors_within([post], reading) if actor.state]


def is_plural_noun(token: Token) -> bool:
    """Whether a token is a noun in the plural."""
    return token.pos_ == "NOUN" and has(token, "Number", "Plur")


def is_of_each_other(verb: Token) -> bool:
    """Whether two do something to one another: "accused each other", "the two traded accusations"."""
    if verb.lemma_.lower() in words_for("swapping"):
        return True
    return any(is_other(noun) and not any(True for _ in children(noun, "nmod")) for noun in acted_on(verb))


def is_other(noun: Token) -> bool:
    """Whether a word is "each other" or "one another", however it was parsed."""
    fixed = noun.lower_ in ("each", "one") and any(c.lower_ in OTHER for c in children(noun, "fixed", "amod"))
    return noun.lower_ in OTHER or fixed


def askers(word: Token) -> Iterator[Token]:
    """Those at whose request talks are held: "held a call at the request of the envoy"."""
    for place in [word, *objects_of(word)]:
        for preposition, noun in obliques_of(place):
            if preposition == "at" and ASKED in classes_of(noun, load_event_lexicon()):
                yield noun
                yield from (asker for link, asker in obliques_of(noun) if link in GIVING)


def crowds_at(verb: Token, named: list[Actor], reading: Reading) -> list[Actor]:
    """Those on the street: as named ("hundreds of Peruvians"), else citizens of where a crowd without a name acts."""
    crowd = next((doer for doer in subjects_of(verb) if is_crowd(doer)), None)
    if crowd is None:
        return named
    if any(actor.state for actor in named):
        return [actor if actor.office else replace(actor, sector=CITIZENS) for actor in named]
    at = [noun for preposition, noun in obliques_of(verb) if preposition in INSIDE | OUTSIDE]
    at += [noun for place in at for preposition, noun in obliques_of(place) if preposition in INSIDE]
    places = (actor for noun in at for actor in actors_within([noun], reading) if reading.actor_at[noun.i].is_place)
    state = next((actor.state for actor in places if actor.state), None)
    span = reading.span(crowd, crowd)
    found = Actor(words=span.quote, state=state, sector=CITIZENS, start=span.start, end=span.end)
    return [found] if state else named


def is_crowd(noun: Token) -> bool:
    """Whether a noun is people on the street, whoever they are: "thousands", "students"."""
    return noun.lemma_.lower() in words_for("crowds") or noun.lower_ in words_for("crowds")


def heard_by(verb: Token, reading: Reading) -> frozenset[str]:
    """The bodies of many states that only hear a complaint: "complained to the council", "filed a case with it"."""
    found = (actor for noun in hears(verb) for actor in actors_within([noun], reading))
    return frozenset(actor.key for actor in found if actor.sector == BODY)


def hears(word: Token) -> list[Token]:
    """To whom a complaint is told: "complained to the council", "filed a case with the court"."""
    places = [word, *objects_of(word)]
    return [noun for place in places for preposition, noun in obliques_of(place) if preposition in ADDRESSED]
