"""What a position is about: the words of its proposition, and the condition it hangs on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from detente.codebook.attribution import attribution_words
from detente.codebook.constructions import words_for
from detente.codebook.positions import load_positions
from detente.extraction.clause import base, case_of, children, has
from detente.extraction.content_edges import takes_up
from detente.extraction.position_conditions import is_condition, is_exchange, is_inverted
from detente.extraction.position_edges import trimmed
from detente.parsing.doc import Doc, Token

POSSIBLE = frozenset({"possible", "practicable", "feasible"})
QUESTION_WORDS = frozenset({"whether", "if", "who", "why", "when", "where", "how"})
MODALS = frozenset({"must", "should", "shall", "will", "would", "can", "could", "may", "might"})
DUTY = frozenset({"must", "should", "shall", "ought", "need"})
NEXT = 2  # tokens: the next one, a quotation mark aside
FARTHEST = 8  # tokens between a noun and its preposition
# "called for Spain to leave", not "angry with its wish to"
ADDRESSING = frozenset({"for", "on", "upon", "from", "to"})
UNMARKED = "obl:unmarked"  # relation of a span of time without a preposition
# Words that belong to the aside they stand before: "even as", "not because".
FOCUS = frozenset({"even", "just", "only", "not", "right", "shortly", "particularly", "especially", "notably"})
BREAKS = frozenset({",", ";", ":", "-", "–", "—", "..."})  # where a proposition that is drawn out ends
CLAUSE_RELATIONS = ("ccomp", "xcomp")
NOMINAL_RELATIONS = ("obl", "obl:agent", "obl:arg", "nmod", "nmod:poss")


@dataclass(frozen=True, slots=True)
class Complement:
    """The proposition between two token indices, both included, its head, and who it says should act."""

    first: int
    last: int
    head: Token
    actor: Token | None = None
    is_clause: bool = False


def complement_of(cue: Token, prepositions: tuple[str, ...], exclude: Iterable[Token] = ()) -> Complement | None:
    """What a verb is about: the phrase after its preposition, its clause, its object with a clause, or its object."""
    if prepositions:
        return after_preposition(cue, prepositions)
    left_out = set(exclude)
    objects = [c for c in children(cue, "obj", "iobj") if c not in left_out and not c.is_space]
    clauses = [
        c for c in cue.children if c.i > cue.i and c not in left_out and not c.is_space and _is_complement(c, objects)
    ]
    clause = next((c for c in clauses if not asks(c)), None)
    if clause is not None:
        return _with_contact(clause, objects) or _with_clause(clause, objects)
    if clauses:
        return None
    return _with_hugging(cue, _with_object(objects[-1])) if objects else None


def is_demanding(clause: Token) -> bool:
    """Whether a clause says what is to be done: "that they must leave", "that they leave"."""
    auxiliaries = [child.lemma_.lower() for child in children(clause, "aux", "aux:pass", "cop")]
    if any(word in DUTY for word in auxiliaries):
        return True
    bare = auxiliaries == ["be"] and any(child.lower_ == "be" for child in children(clause, "aux:pass", "cop"))
    if bare or auxiliaries:
        return bare
    subject = next(children(clause, "nsubj"), None)
    is_base = clause.lower_ == clause.lemma_.lower()
    singular = subject is not None and has(subject, "Number", "Sing") and subject.pos_ != "PRON"
    return has(clause, "VerbForm", "Inf") or has(clause, "Mood", "Sub") or (is_base and singular)


def _is_complement(clause: Token, objects: list[Token]) -> bool:
    """Whether a child is a clause that its verb governs; just after an object also an infinitive read as an adjunct."""
    if clause.dep_ in CLAUSE_RELATIONS:
        return True
    if clause.dep_ not in ("advcl", "obl") or not has(clause, "VerbForm", "Inf") or clause.left_edge.lower_ != "to":
        return False
    return bool(objects) and clause.left_edge.i - objects[-1].right_edge.i <= NEXT


def _with_clause(clause: Token, objects: list[Token]) -> Complement:
    subject = next(children(clause, "nsubj", "nsubj:pass"), None)
    first, last = extent(clause)
    if objects and objects[0].i < clause.i and subject is None:
        if _is_small(clause):  # "wants the tariffs gone"
            return Complement(objects[0].left_edge.i, last, clause, objects[0])
        finite = any(child.pos_ == "AUX" and child.dep_ == "aux" for child in clause.children)
        if objects[0].lemma_.lower() in words_for("to do something"):  # "rejected efforts to settle it"
            return Complement(objects[0].left_edge.i, last, objects[0])
        start = (
            objects[0].left_edge.i if finite else first
        )  # "hoped Spain 'would agree'": its subject, read as an object
        return Complement(start, last, clause, objects[0], True)
    return Complement(first, last, clause, subject, True)


def _with_contact(clause: Token, objects: list[Token]) -> Complement | None:
    """The object with a clause that hugs its last noun: "rejects efforts to cut it to levels [it can bear]"."""
    if not objects or clause.dep_ != "ccomp" or _mark(clause) or not _has_subject(clause):
        return None
    edge = objects[-1].right_edge.i
    if edge == objects[-1].i or clause.left_edge.i != edge + 1 or clause.doc[edge].pos_ not in ("NOUN", "PROPN"):
        return None
    found = _with_object(objects[-1])
    return replace(found, last=extent(clause)[1])


def _is_small(clause: Token) -> bool:
    """Whether a clause without a verb form of its own says how its object is to be: "gone", "lifted", "free"."""
    if clause.left_edge.lower_ == "to" or any(c.dep_ in ("mark", "aux", "aux:pass", "cop") for c in clause.children):
        return False
    return clause.pos_ == "ADJ" or (has(clause, "VerbForm", "Part") and not has(clause, "Tense", "Pres"))


def _with_object(obj: Token) -> Complement:
    """An object, and the actor inside "China to open" read as one noun phrase with an infinitive."""
    first, last = extent(obj)
    infinitive = next((c for c in children(obj, "acl", "acl:relcl") if has(c, "VerbForm", "Inf")), None)
    return Complement(first, last, infinitive or obj, obj if infinitive is not None else None, infinitive is not None)


def after_preposition(cue: Token, prepositions: tuple[str, ...]) -> Complement | None:
    """The noun phrase or clause that one of the prepositions, or an infinitive's "to", ties to the cue."""
    for child in cue.children:
        if child.i < cue.i and child.dep_ != "nsubj":
            continue
        if child.dep_ in NOMINAL_RELATIONS and (case_of(child) in prepositions or _mark(child) in prepositions):
            first, last = extent(child)
            deed = _deed_of(cue, child, last) if case_of(child) in ADDRESSING else None
            return deed or _with_hugging(cue, Complement(max(first, after_case(child)), last, child))
        if (clause := _with_subject_after(child, prepositions)) is not None:
            return clause
        if base(child.dep_) in ("advcl", "acl", "ccomp", "xcomp") and _mark(child) in prepositions:
            first, last = extent(child)
            subject = next(children(child, "nsubj", "nsubj:pass"), None)
            start = first if _mark(child) == "to" else max(first, after_case(child))
            return Complement(start, last, child, subject, True)
    return None


def _with_hugging(cue: Token, complement: Complement) -> Complement:
    """The complement with what belongs to its noun but was read at the cue: "opposes talks | on the port"."""
    lexicon = load_positions()
    if complement.is_clause or complement.head.pos_ != "NOUN":
        return complement
    for child in cue.children:
        apart = child.i <= complement.head.i or child.left_edge.i != complement.last + 1
        if apart or child.dep_ not in ("obl", "nmod") or case_of(child) not in lexicon.hugging:
            continue
        if child.lemma_.lower() not in lexicon.beside and child.lower_ not in attribution_words().no_speakers:
            complement = replace(complement, last=extent(child)[1])
    return complement


def _with_subject_after(clause: Token, prepositions: tuple[str, ...]) -> Complement | None:
    """A participle clause whose subject carries the preposition: "is fine with [Italy opening the port]"."""
    subject = next(children(clause, "nsubj"), None) if base(clause.dep_) in ("advcl", "acl", "ccomp") else None
    if subject is None or case_of(subject) not in prepositions:
        return None
    first, last = extent(clause)
    return Complement(max(first, after_case(subject)), last, clause, subject, True)


def _deed_of(cue: Token, actor: Token, last: int) -> Complement | None:
    """What someone named after a preposition is to do: "called for Spain [to leave]"."""
    for place in (cue, actor):
        for child in place.children:
            if _is_to_do(child) and 0 < child.left_edge.i - actor.i <= FARTHEST:
                first, end = extent(child)
                if not has(child, "VerbForm", "Inf"):  # "for the quotas to be cut": they do nothing themselves
                    return Complement(min(actor.left_edge.i, first) + _case_width(actor), end, child, actor, True)
                if first - actor.i <= NEXT or first - last <= NEXT:
                    return Complement(first, end, child, actor, True)
    return None


def _case_width(noun: Token) -> int:
    """Tokens that the preposition takes at the beginning of a noun phrase."""
    return max(0, after_case(noun) - noun.left_edge.i) if noun.left_edge.dep_ == "case" else 0


def _is_to_do(clause: Token) -> bool:
    """Whether a clause is an infinitive with "to", of a passive too: "to be talked over"."""
    passive = any(c.dep_ in ("aux:pass", "cop") and c.lower_ == "be" for c in clause.children)
    return _mark(clause) == "to" and (has(clause, "VerbForm", "Inf") or passive)


def clause_after_noun(noun: Token, prepositions: tuple[str, ...]) -> Complement | None:
    """What a noun or adjective is about: "(refusal) to talk", "(a demand) that they leave", "(support) for it"."""
    for child in noun.children:
        if child.i < noun.i or child.dep_ not in ("acl", "ccomp", "xcomp", "advcl", "acl:relcl"):
            continue
        mark = _mark(child)
        if mark in ("to", "that") or mark in prepositions:
            first, last = extent(child)
            subject = next(children(child, "nsubj", "nsubj:pass"), None)
            return Complement(first, last, child, subject, True)
    return after_preposition(noun, prepositions)


def extent(head: Token) -> tuple[int, int]:
    """The first and last token of a phrase without its mark, its condition, what runs on beside it, and punctuation."""
    inside = {t.i for t in head.subtree if not t.is_space}
    for child in head.children:
        apart = child.dep_ == "conj" and (_has_subject(child) or _goes_on(head, child))
        cut = child.dep_ == "parataxis" or is_condition(child) or is_exchange(child) or apart
        if cut or (child.dep_ == "mark" and child.lower_ != "to" and child.i <= head.i):
            inside -= {t.i for t in child.subtree}
    first, last = _run_around(head.i, inside)
    return trimmed(head.doc, first, _before_aside(head, _before_condition(head.doc, first, last)))


def _goes_on(head: Token, conjunct: Token) -> bool:
    """Whether a second verb is the holder's own, not under modal or infinitive: "(told them) to leave | and urged".

    So is a participle beside that of the cue: "(refusing) to leave | and saying so".
    """
    if all(verb.lower_.endswith("ing") for verb in (head.head, conjunct)) and has(head, "VerbForm", "Inf"):
        return True
    bare = not any(children(head, "aux", "aux:pass")) and not any(children(conjunct, "aux", "aux:pass"))
    if bare and has(head, "VerbForm", "Fin") and has(conjunct, "VerbForm", "Part"):
        return True  # "as they ignore it, | and distracted by war"
    modal = any(child.lower_ in MODALS for child in children(head, "aux"))
    bare = modal or has(head, "VerbForm", "Inf")
    return bare and has(conjunct, "VerbForm", "Fin") and conjunct.lower_ != conjunct.lemma_.lower()


def _before_aside(head: Token, last: int) -> int:
    """The last token before what stands beside the proposition: "to talk | after Spain sent a ship"."""
    doc, lexicon = head.doc, load_positions()
    for at in range(head.i + 1, last + 1):
        word = doc[at]
        opens = word.dep_ == "mark" and word.lower_ in lexicon.asides and _has_subject(word.head) and word.head.i > at
        absolute = word.lower_ == "with" and doc[at - 1].text == ","
        occasion = word.lower_ in lexicon.occasions and word.dep_ in ("case", "mark")
        if opens or absolute or occasion or _adds(word) or takes_up(word):
            start = _with_its_time(word, head) if opens else at
            return start - (2 if doc[start - 1].lower_ in FOCUS else 1)
    return last


def _with_its_time(mark: Token, head: Token) -> int:
    """Where an aside opens that a span of time leads: "to close the port | three days after Italy closed its own"."""
    edge = mark.head.left_edge.i
    at = min(mark.i, edge) if edge > head.i else mark.i
    before = mark.doc[at - 1]
    return before.left_edge.i if before.dep_ == UNMARKED else at  # the span read at the verb before


def _adds(word: Token) -> bool:
    """Whether a participle behind a comma goes on with what was done: "to leave, calling it a threat"."""
    present = has(word, "VerbForm", "Ger") or (has(word, "VerbForm", "Part") and has(word, "Tense", "Pres"))
    return present and word.dep_ == "advcl" and word.nbor(-1).text == "," and not any(children(word, "mark", "case"))


def _before_condition(doc: Doc, first: int, last: int) -> int:
    """The last token before a condition inside the words: "to help | should talks fail", "to talk | as soon as"."""
    return next((at - 1 for at in range(first + 1, last) if is_inverted(doc[at]) or _is_as_soon_as(doc[at])), last)


def _is_as_soon_as(word: Token) -> bool:
    """Whether a word opens "as soon as Italy left", "so long as", not "as soon as possible"."""
    after = [token.lower_ for token in word.doc[word.i + 1 : word.i + 4]]
    opens = word.lower_ in ("as", "so") and after[:2] in (["soon", "as"], ["long", "as"])
    return opens and not POSSIBLE.issuperset(after[2:])


def _run_around(at: int, inside: set[int]) -> tuple[int, int]:
    """The unbroken stretch of tokens around one, holes of a comma's width allowed."""
    first = last = at
    while first - 1 in inside or first - 2 in inside:
        first -= 1 if first - 1 in inside else 2
    while last + 1 in inside or last + 2 in inside:
        last += 1 if last + 1 in inside else 2
    return first, last


def _has_subject(token: Token) -> bool:
    return any(base(child.dep_) == "nsubj" for child in token.children)


def asks(clause: Token) -> bool:
    """Whether a clause is an indirect question: "asked whether they came"."""
    return any(child.lower_ in QUESTION_WORDS and child.dep_ in ("mark", "advmod") for child in clause.children)


def _mark(clause: Token) -> str:
    """The last word that opens a clause or phrase: "out [of] the accord"."""
    before = [c.lower_ for c in clause.children if c.dep_ in ("mark", "case") and c.i < clause.i]
    return before[-1] if before else ""


def after_case(noun: Token) -> int:
    """Where a noun phrase begins behind its prepositions."""
    return max(
        (child.i + 1 for child in noun.children if child.dep_ in ("case", "mark") and child.i < noun.i), default=noun.i
    )


def with_contact_clause(cue: Token, complement: Complement) -> Complement:
    """The complement with a clause that hugs it but was read at the cue: "to a level | it can bear"."""
    for child in cue.children:
        edge = child.left_edge.i
        if (
            child.i <= complement.last
            or edge != complement.last + 1
            or child.dep_ not in ("ccomp", "advcl", "parataxis")
        ):
            continue
        gapped = cue.doc[edge - 1].dep_ == "acl:relcl"  # "to levels it believes | would ruin them"
        if (_has_subject(child) or gapped) and not _mark(child) and not is_inverted(cue.doc[edge]):
            return replace(complement, last=extent(child)[1])
    return complement


def resumed(complement: Complement) -> Complement:
    """What a noun behind a comma takes up, in its place: "Italy closed the port, [a move] condemned by Spain"."""
    doc, first = complement.head.doc, complement.first
    if complement.is_clause or not takes_up(doc[first]):
        return complement
    verb = doc[first - 2]
    while verb.head != verb and not (verb.pos_ == "VERB" and verb.dep_ != "xcomp" and _has_subject(verb)):
        verb = verb.head
    if verb.i >= first or verb.pos_ != "VERB":
        return complement
    start = min(c.left_edge.i for c in verb.children if base(c.dep_) == "nsubj")
    start, last = trimmed(doc, start, first - 1)
    return Complement(start, last, verb, None, True) if start <= verb.i <= last else complement


def after_far_preposition(noun: Token, prepositions: tuple[str, ...]) -> Complement | None:
    """What follows a noun's preposition after another phrase: "support in Spain for [arming Malta]"."""
    for at in range(noun.i + 2, min(noun.i + FARTHEST, noun.sent.end)):
        word = noun.doc[at]
        if word.is_punct or word.pos_ in ("VERB", "CCONJ"):
            return None
        if word.lower_ in prepositions and word.dep_ in ("case", "mark") and word.head.i > at:
            _, last = extent(word.head)
            following = noun.doc[last + 1] if last + 1 < noun.sent.end else None
            if following is not None and has(following, "VerbForm", "Ger"):
                last = extent(following)[1]
            return Complement(at + 1, last, word.head, None, False)
    return None
