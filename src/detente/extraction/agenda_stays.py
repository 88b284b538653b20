"""Those who are to be somewhere: "the minister will be in Lima on Tuesday" tells of a visit."""

from collections.abc import Iterator

from detente.codebook.agenda import AgendaRow, load_agenda
from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import load_event_lexicon
from detente.extraction.circumstances import passage_of
from detente.extraction.clause import case_of, children, subjects_of
from detente.extraction.frames import classes_of
from detente.extraction.parties import actors_below, actors_within, states_of, unique
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor

DELEGATE = "delegate"  # class of nouns for those who travel for their state
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
LOOK_BACK = 200  # tokens


def stay_of(be: Token) -> tuple[AgendaRow, Token] | None:
    """The row of "be in" and the place, where the copula says where someone will be; None else."""
    place = be.head
    if be.dep_ != "cop" or place.pos_ != "PROPN" or be.i > place.i:
        return None
    for phrase, last in find_phrases(be, load_agenda().of("verb")):
        if phrase.row.stay and last.head == place and last.lower_ == case_of(place):
            return phrase.row, place
    return None


def is_delegation(noun: Token) -> bool:
    """Whether a noun is a word for those who are sent: "the team", "the officials"."""
    return DELEGATE in classes_of(noun, load_event_lexicon())


def sent_before(doer: Token, reading: Reading) -> tuple[Actor, ...]:
    """Of "the delegation", of which its phrase names no state, whose it is: that of the last one told before.

    Of "the experts" that of the experts told of before.
    """
    return _told_of(doer, reading)[0]


def host_before(doer: Token, reading: Reading) -> tuple[Actor, ...]:
    """To whom "the experts" go: the one other state in the sentence that told of them; empty where it names several."""
    theirs, noun = _told_of(doer, reading)
    if noun is None:
        return ()
    passage = passage_of(noun, reading)
    inside = (mention for mention in reading.actors if passage.start <= mention.start < passage.end)
    others = unique(a for mention in inside for a in mention.actors if a.state and a.state not in states_of(theirs))
    return others if len(states_of(others)) == 1 else ()


def _told_of(doer: Token, reading: Reading) -> tuple[tuple[Actor, ...], Token | None]:
    """Whose those sent are, and the noun that told of them; nobody and None where they were not told of before."""
    called, sent, lemma = words_for("those called in"), words_for("those sent"), doer.lemma_.lower()
    if lemma not in sent | called or not any(c.lower_ in DEFINITE for c in children(doer, "det")):
        return (), None
    for noun in back_from(doer):
        alike = noun.lemma_.lower() == lemma if lemma in called else noun.lemma_.lower() in sent
        actors = _senders(noun, reading) if alike else ()
        if actors:
            return actors, noun
    return (), None


def _senders(noun: Token, reading: Reading) -> tuple[Actor, ...]:
    """The states' actors in the phrase of those sent; where it names none, of who sends them."""
    described = [*children(noun, "amod", "compound", "nmod:poss"), *(c for c in children(noun, "nmod") if _is_from(c))]
    if any(token.text[:1].isupper() for token in described):
        goals = {t.i for c in children(noun, "nmod") if not _is_from(c) for t in c.subtree}
        return tuple(a for a in actors_within([t for t in noun.subtree if t.i not in goals], reading) if a.state)
    sends = noun.dep_ == "obj" and noun.head.lemma_.lower() in words_for("sending")
    senders = subjects_of(noun.head) if sends else []
    return tuple(actor for sender in senders for actor in actors_below(sender, reading) if actor.state)


def _is_from(noun: Token) -> bool:
    return case_of(noun) in ("from", "of")


def back_from(token: Token) -> Iterator[Token]:
    """The nouns before a token, the nearest first."""
    tokens = token.doc.tokens
    return (tokens[i] for i in range(token.i - 1, max(-1, token.i - LOOK_BACK), -1) if tokens[i].pos_ == "NOUN")
