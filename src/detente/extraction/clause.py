"""The clause around a predicate: its subjects, objects, obliques and its extent.

Everything is logical rather than written: the subject of a passive is an object here, a relative pronoun stands for
its antecedent, and an infinitive, participle or second verb borrows the subject it shares.
"""

import functools
from collections.abc import Callable, Iterator
from typing import TypeVar

from detente.codebook.constructions import words_for
from detente.parsing.doc import Token

Found = TypeVar("Found")

ADVERBS = frozenset({"where", "when", "why"})  # that open a clause on what is no object: "Fiji, where they agreed"
SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "csubj:pass"})
OUTER = "nsubj:outer"
STAYING = frozenset({"in", "at"})
OBJECTS = frozenset({"obj", "iobj"})
OBLIQUES = frozenset(
    {"obl", "obl:agent", "obl:tmod", "obl:npmod", "obl:unmarked", "nmod", "nmod:tmod", "nmod:unmarked"}
)
# Relations that open another clause below a predicate.
CLAUSES = frozenset({"advcl", "advcl:relcl", "ccomp", "acl", "acl:relcl", "parataxis", "csubj", "csubj:pass"})
# From a predicate to the one whose subject it may borrow.
BORROWING = frozenset({"xcomp", "advcl", "conj"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no longer", "neither", "nor", "cannot"})
OF_PLAN = frozenset({"", "of", "by"})  # before whoever plans: "Chad's plan", "the decision by Chad"
PARTICLES = frozenset({"out", "away", "back", "off", "down", "up"})  # now and then read as prepositions
OF_OBJECT = frozenset({"of", "from", "for", "against"})  # before -ing clauses that tell what the object does
ROLE = "as"
EXAMPLE = "including"
SHARING_DISTANCE = 3  # tokens between verbs that share an object
LONGEST_CHAIN = 8  # clauses climbed at most; guards against odd trees


def once(find: Callable[[Token], Found]) -> Callable[[Token], Found]:
    """The same function of a token, worked out once per token of a parse; nobody may change the lists it gives."""
    key = f"once:{find.__module__}.{find.__qualname__}"

    @functools.wraps(find)
    def looked_up(token: Token) -> Found:
        memo = token.memo
        if key in memo:
            known: Found = memo[key]
            return known
        found = memo[key] = find(token)
        return found

    return looked_up


def base(relation: str) -> str:
    """The universal part of a relation.

    >>> base("nsubj:pass")
    'nsubj'
    """
    return relation.partition(":")[0]


def has(token: Token, feature: str, value: str) -> bool:
    """Whether the parse gives the token this morphological feature: `has(verb, "Tense", "Past")`."""
    return feature in token.morph and value in token.morph[feature]


def children(token: Token, *relations: str) -> Iterator[Token]:
    """The children that stand in one of the relations, in text order."""
    for child in token.children:
        if child.dep_ in relations:
            yield child


@once
def case_of(token: Token) -> str:
    """The preposition of a noun in lower case with its fixed parts ("because of"), empty where it has none."""
    for child in token.children:
        # A preposition before a noun that could be a verb is now and then read as its marker ("agreed to talks").
        marks = child.dep_ == "case" or (child.dep_ == "mark" and token.dep_ in OBLIQUES)
        marks = marks or (child.dep_ == "advmod" and child.lower_ == ROLE and token.dep_ == "obl")  # "as illegal"
        if marks and child.i < token.i and child.lower_ not in ("'s", "’s"):
            parts = [child, *children(child, "fixed", "goeswith")]
            if child.lower_ in PARTICLES and child.nbor().dep_ == "case" and child.nbor().head == token:
                return str(child.nbor().lower_)  # "pull out of the treaty"
            return " ".join(part.lower_ for part in parts)
    return ""


def with_conjuncts(token: Token) -> Iterator[Token]:
    """The token and what is coordinated with it, in text order, nouns for nouns."""
    yield token
    if token.pos_ == "PROPN":
        yield from _listed_between(token)
    for child in children(token, "conj"):
        if (child.pos_ in ("VERB", "AUX")) == (token.pos_ in ("VERB", "AUX")):
            yield from with_conjuncts(child)


def _listed_between(token: Token) -> Iterator[Token]:
    """The names of a list that the parse takes for an aside: "thanked Kofi, President Ana Rojas and the cabinet"."""
    asides = [child for child in children(token, "appos") if child.pos_ == "PROPN"]
    joints = [cc for child in children(token, "conj") for cc in children(child, "cc")] if asides else []
    for aside in asides:
        # A comma would close an aside: "Kofi, the President, and the cabinet".
        opened = aside.left_edge.i and aside.left_edge.nbor(-1).text == ","
        if opened and any(aside.right_edge.i + 1 == joint.i for joint in joints):
            yield aside


@once
def is_passive(token: Token) -> bool:
    """Whether a verb is passive: by its auxiliary, its subject, or as a bare past participle after a noun."""
    relations = {child.dep_ for child in token.children}
    if relations & {"aux:pass", "obl:agent", "nsubj:pass"}:
        return True
    if "csubj:pass" in relations and "nsubj" not in relations:  # beside a subject it is a misread content
        return True
    if token.dep_ == "conj" and token.head.pos_ == "VERB" and has(token, "VerbForm", "Part"):
        shares = not any(child.dep_ in ("aux", "nsubj") for child in token.children)
        return shares and has(token, "Tense", "Past") and is_passive(token.head)
    if relations & {"nsubj", "aux"}:  # "a statement that it had sent them home"
        return False
    return token.dep_ in ("acl", "amod") and has(token, "VerbForm", "Part") and has(token, "Tense", "Past")


def is_negated(token: Token) -> bool:
    """Whether the predicate itself is negated ("did not sign", "never", "no longer")."""
    for child in token.children:
        if child.lower_ in NEGATIONS or has(child, "Polarity", "Neg"):
            return True
        if child.lower_ == "longer" and any(part.lower_ == "no" for part in child.children):
            return True
    return False


@once
def predicate_of(token: Token) -> Token:
    """The verb, or nominal with a copula, at whose clause the token hangs; the root where there is none."""
    at = token
    while at.head != at and not is_predicate(at):
        at = at.head
    return at


def is_predicate(token: Token) -> bool:
    """Whether the token heads a clause."""
    if token.dep_ in ("aux", "aux:pass", "cop", "case", "mark", "fixed", "amod", "compound"):
        return False
    return (
        token.pos_ == "VERB" or token.dep_ == "ROOT" or any(child.dep_ in ("cop", "nsubj") for child in token.children)
    )


@once
def clause_span(token: Token) -> tuple[int, int]:
    """The first and last token index of the clause that the token heads or stands in, both included.

    Clauses below it (relative, adverbial, reported) and coordinated predicates are left out where they stand at its
    edges; infinitive complements belong to it.
    """
    head = predicate_of(token)
    inside = [head.i]
    todo = [head]
    while todo:
        for child in todo.pop().children:
            if base(child.dep_) in CLAUSES or child.dep_ == "punct" or child.is_space:
                continue
            if child.dep_ == "conj" and is_predicate(child):
                continue
            inside.append(child.i)
            todo.append(child)
    return min(inside), max(inside)


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for, else the token itself."""
    if not has(token, "PronType", "Rel") and token.lower_ not in ("which", "who", "whom", "whose"):
        return token
    at = token
    for _ in range(LONGEST_CHAIN):
        if at.dep_ == "acl:relcl":
            return at.head
        if at.head == at:
            break
        at = at.head
    return token


@once
def subjects_of(token: Token) -> list[Token]:
    """The heads of those who do what the predicate says, in text order, coordinated ones included; may be empty.

    The agent of a passive ("by Iran"), the antecedent of "which", and for a verb without a subject the one it shares:
    the first conjunct's, the governing verb's, or that verb's object ("urged Iran to halt": Iran).
    """
    found = _doers(token, LONGEST_CHAIN)
    return [member for head in found for member in with_conjuncts(antecedent(head))]


def _doers(token: Token, depth: int) -> list[Token]:
    if is_passive(token):
        return list(children(token, "obl:agent")) or _agents_by(token)
    own = [child for child in token.children if child.dep_ in SUBJECTS] or _outer_subjects(token)
    return own if own or not depth else _borrowed(token, depth)


def _outer_subjects(token: Token) -> list[Token]:
    """The subject of what is set for later, which the parse hangs at a sentence inside: "the envoys are to meet"."""
    outer = list(children(token, OUTER))
    return outer if outer and has(token, "VerbForm", "Inf") else []


def _borrowed(token: Token, depth: int) -> list[Token]:
    """The subject of a predicate that has none of its own: that of a clause above, or the noun it describes."""
    if _is_of_noun_ing(token):
        return _surface_subjects(predicate_of(token.head), depth - 1)
    if token.dep_ in ("acl", "acl:relcl"):
        return _surface_subjects(token.head, depth - 1) if _is_purpose_of_stay(token) else _modified(token)
    if token.dep_ == "xcomp" or _is_blamed_for(token):
        # "The firm, which it accused of spying": the firm, which stands as the object of nothing.
        blamed = token.dep_ != "xcomp" and token.head.dep_ == "acl:relcl"
        return objects_of(token.head) if blamed else _controllers(token.head, depth)
    if token.dep_ == "advcl" and has(token, "VerbForm", "Inf") and any(True for _ in children(token.head, "iobj")):
        return list(children(token.head, "iobj"))  # "gave Chad a week to withdraw": Chad
    borrows = (token.dep_ in BORROWING and not _is_example(token)) or _is_having_done(token)
    return _surface_subjects(token.head, depth - 1) if borrows else []


def _is_having_done(clause: Token) -> bool:
    """Whether it is what the subject above is said to have done: "denied having shelled the town"."""
    return clause.dep_ == "ccomp" and any(child.lower_ == "having" for child in children(clause, "aux"))


def _is_example(clause: Token) -> bool:
    """Whether an -ing clause belongs to what is told of: "blamed Chad for much, including shelling a town"."""
    return any(child.lower_ == EXAMPLE for child in clause.children)


def _is_blamed_for(clause: Token) -> bool:
    """Whether an -ing clause is what the object does: "accused Iran of shelling", "thanked Iran for helping"."""
    marks = any(mark.lower_ in OF_OBJECT for mark in children(clause, "mark"))
    return clause.dep_ == "advcl" and marks and clause.lower_.endswith("ing")


def _is_purpose_of_stay(clause: Token) -> bool:
    """Whether an infinitive is what somebody is somewhere for: "is in Lima to meet the premier"."""
    stay = clause.head
    there = case_of(stay) in STAYING and any(child.lemma_ == "be" for child in children(stay, "cop"))
    return there and has(clause, "VerbForm", "Inf")


def _is_of_noun_ing(clause: Token) -> bool:
    """Whether an -ing clause is what the subject of the sentence has long done: "after years of curbing trade"."""
    marks = any(mark.lower_ == "of" for mark in children(clause, "mark", "case"))
    gerund = clause.dep_ == "acl" and clause.lower_.endswith("ing")
    return gerund and marks and clause.head.lemma_ in words_for("spans")


def _modified(clause: Token) -> list[Token]:
    """The noun that does what a clause behind it says."""
    if clause.dep_ == "acl" and clause.head.dep_ == "conj" and has(clause, "VerbForm", "Fin"):
        return [clause.head.head]  # "Ahn and his guest Bo met", read as "his guest, met": all of them
    # "a law banning exports": the law; "a plan to attack": whoever holds the plan is not in this clause, unless named
    # with it ("the decision of Chad to attack").
    if not has(clause, "VerbForm", "Inf") or clause.dep_ == "acl:relcl":
        return [clause.head]
    owners = [owner for owner in children(clause.head, "nmod:poss", "nmod") if case_of(owner) in OF_PLAN]
    # "The decision taken by Chad to attack", "a Chadian move to attack"
    owners += [agent for taken in children(clause.head, "acl") for agent in children(taken, "obl:agent")]
    return owners or [word for word in children(clause.head, "amod", "compound") if word.text[:1].isupper()]


def _agents_by(token: Token) -> list[Token]:
    return [child for child in children(token, "obl") if case_of(child) == "by" and child.ent_type_ != "DATE"]


def _controllers(governor: Token, depth: int) -> list[Token]:
    return list(children(governor, "obj", "iobj")) or _surface_subjects(governor, depth - 1)


def _surface_subjects(token: Token, depth: int) -> list[Token]:
    own = [child for child in token.children if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS] or _outer_subjects(token)
    if own or not depth:
        return own
    if token.dep_ in ("acl", "acl:relcl"):
        return [token.head]
    if token.dep_ == "xcomp":
        return _controllers(token.head, depth)
    return _surface_subjects(token.head, depth - 1) if token.dep_ in BORROWING and not _is_example(token) else []


@once
def objects_of(token: Token) -> list[Token]:
    """The heads of what the predicate is done to, in text order, coordinated ones included; may be empty.

    Objects, the subject of a passive, the noun that a passive participle or an object relative clause modifies, and
    the object that coordinated verbs share.
    """
    found = list(children(token, *OBJECTS, *PASSIVE_SUBJECTS))
    if not found and is_passive(token):
        found = _undergoers(token)
    is_full = token.dep_ == "acl:relcl" and any(child.dep_ in SUBJECTS for child in token.children)
    if not found and is_full and not any(child.lower_ in ADVERBS for child in token.children if child.i < token.i):
        subjects = (child for child in token.children if child.dep_ in SUBJECTS)
        found = [] if any(antecedent(child) == token.head for child in subjects) else [token.head]
    if not found and token.pos_ == "VERB":
        # "France condemned and sanctioned Iran": the object hangs at the last verb of the row, or at the first.
        found = [
            obj
            for verb in children(token, "conj")
            if verb.pos_ == "VERB"
            for obj in children(verb, *OBJECTS)
            if not any(child.dep_ in SUBJECTS for child in verb.children) and verb.i - token.i <= SHARING_DISTANCE
        ]
    return [member for head in found for member in with_conjuncts(antecedent(head))]


def _undergoers(token: Token) -> list[Token]:
    if token.dep_ in ("acl", "acl:relcl", "amod"):
        return [token.head]
    return _surface_subjects(token, LONGEST_CHAIN)


@once
def obliques_of(token: Token) -> list[tuple[str, Token]]:
    """(preposition, noun) of every prepositional dependent of a verb or noun, coordinated nouns included."""
    return [
        (case_of(child), antecedent(member))
        for child in children(token, *OBLIQUES)
        for member in with_conjuncts(child)
        if case_of(child)
    ]
