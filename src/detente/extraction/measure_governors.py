"""Which verbs govern a noun, and what it is to each: object, subject, or behind a preposition."""

from collections import defaultdict
from collections.abc import Iterator

from detente.extraction.clause import base, case_of, children, is_passive, objects_of, obliques_of, subjects_of
from detente.extraction.misread import lost_object
from detente.parsing.doc import Span as Words
from detente.parsing.doc import Token

OBJECT, SUBJECT = "object", "subject"


class Governors:
    """For each noun of a sentence, the verbs that govern it, and the role it has to each."""

    def __init__(self, words: Words) -> None:
        self._by_noun: dict[int, list[tuple[Token, str]]] = defaultdict(list)
        for token in words:
            lost = lost_object(token)
            if lost is not None:
                self._by_noun[lost.i].append((token, OBJECT))
            elif token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "aux:pass", "cop"):
                self._add(token)

    def _add(self, verb: Token) -> None:
        for noun in objects_of(verb):
            self._by_noun[noun.i].append((verb, OBJECT))
        for noun in _late_objects(verb):
            self._by_noun[noun.i].append((verb, OBJECT))
        for noun in subjects_of(verb):
            self._by_noun[noun.i].append((verb, SUBJECT))
        for noun in _outer_subjects(verb):
            self._by_noun[noun.i].append((verb, SUBJECT))
        for preposition, noun in obliques_of(verb):
            self._by_noun[noun.i].append((verb, preposition))
        if verb.dep_ == "acl" and is_passive(verb):
            # "The restrictions lapsed in May" may be read as a noun with a participle.
            self._by_noun[verb.head.i].append((verb, SUBJECT))
        if verb.dep_ == "acl" and (_is_relative(verb) or _is_participle(verb)):
            self._by_noun[verb.head.i].append((verb, OBJECT))

    def of(self, noun: Token) -> list[tuple[Token, str]]:
        """(verb, role) in text order of the verbs: the role is object, subject or a preposition."""
        found = list(dict.fromkeys(self._by_noun.get(noun.i, ())))
        if noun.dep_ == "nmod" and case_of(noun) and noun.head.head.pos_ == "VERB":
            # "hit Iran with sanctions": the phrase may hang at the object.
            found.append((noun.head.head, case_of(noun)))
        if noun.dep_ == "conj" and any(child.dep_ == "acl:relcl" for child in noun.children):
            # "the duties that it raised and the tariffs that it lifted": each has its own.
            found = [(verb, role) for verb, role in found if verb.head != noun.head or verb.dep_ != "acl:relcl"]
        return sorted(found, key=lambda pair: pair[0].i)


def _outer_subjects(verb: Token) -> Iterator[Token]:
    """The subject of "is due to expire", which the parse may leave to "due" or call an outer one."""
    if any(True for _ in children(verb, "nsubj", "nsubj:pass")):
        return
    yield from children(verb, "nsubj:outer")
    if verb.dep_ == "csubj" and verb.left_edge.lower_ == "to" and verb.head.i < verb.i:
        yield from children(verb.head, "nsubj")


def _late_objects(verb: Token) -> Iterator[Token]:
    """What a verb is done to, behind a phrase, where the parse took it for a time: "signed into law a bill"."""
    if not any(True for _ in children(verb, "obj")) and not is_passive(verb):
        late = (child for child in children(verb, "obl:unmarked") if child.i > verb.i + 1)
        yield from (noun for noun in late if any(True for _ in children(noun, "det")))


def _is_participle(verb: Token) -> bool:
    """Whether a past form behind a noun, read as finite, can only be a participle: "the terms agreed with Peru"."""
    relations = {base(child.dep_) for child in verb.children}
    return verb.lower_.endswith("ed") and relations.isdisjoint({"obj", "nsubj", "mark"})


def _is_relative(clause: Token) -> bool:
    """Whether a clause that was read as the content of a noun is a relative one: "the tariffs that Peru announced"."""
    relations = {base(child.dep_) for child in clause.children if child.lower_ not in ("that", "which")}
    if any(child.dep_ in ("obj", "obl") and child.lower_ in ("that", "which") for child in clause.children):
        return "obj" not in relations and "nsubj" in relations
    return "obj" not in relations and "nsubj" in relations and any(c.lower_ == "that" for c in children(clause, "mark"))
