"""What a phrase tells of, composed along its clause chain: "refused to lift sanctions" is a refusal to concede."""

from dataclasses import dataclass, field, replace

from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import EventLexicon, EventRow, Operator
from detente.extraction.clause import SUBJECTS, antecedent, case_of, children, has, is_negated, objects_of, obliques_of
from detente.extraction.frames import CLAUSES, acted_on, classes_of, content_noun, fitting_rows, is_infinitive
from detente.parsing.doc import Token
from detente.records import EventType

T = EventType
COOPERATION = frozenset({T.AGREE, T.CONSULT, T.SUPPORT, T.COOPERATE, T.AID, T.CONCEDE, T.RETREAT})
WORDS = frozenset({T.REQUEST, T.ACCUSE, T.REJECT, T.THREATEN})  # announcing them is as good as doing them
ARMED = frozenset({T.ASSAULT, T.MOBILIZE})
HELP = frozenset({T.AID, T.SUPPORT, T.COOPERATE, T.CONSULT})  # whose end is a sanction
LAW = "law"
PHRASAL = "phrasal"  # class of nouns that make one word with their verb: "took place"
AGAINST = "against"
DEPTH = 7  # phrases below phrases that are looked into
FUTURE = frozenset({"will", "'ll", "’ll", "wo", "would", "shall", "'d"})
QUESTIONS = frozenset({"why", "how", "whether", "if", "what", "who", "where", "when", "which"})
OBLIGATION = frozenset({"must", "should", "ought"})
# Prepositions behind which a word's matter stands: "agree on talks", "call for sanctions", "accuse of spying".
MATTER = ("to", "for", "on", "of", "in", "over", "from", "with", "against", "about", "into", "at", "under")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a composition, for explanations: the word, the row that decided, what came out."""

    at: int  # token index of the word
    word: str
    row: str
    operator: Operator | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase tells of: its event type and how it was found.

    `head` is the word that names the deed, `top` the outermost word of the composition; `steps` runs from the inside
    out.
    """

    event_type: EventType | None
    mode: str | None
    head: Token
    top: Token
    steps: tuple[Step, ...]
    future: bool = False
    negated: bool = False
    obliged: bool = False
    weak: bool = False

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rows that decided, innermost first."""
        return tuple(step.row for step in self.steps)

    def becoming(self, event_type: EventType | None, top: Token, row: EventRow) -> "Meaning":
        """This meaning under an operator, flags spent."""
        return Meaning(
            event_type, row.mode, self.head, top, (*self.steps, step_of(top, row, event_type)), weak=row.weak
        )


def step_of(token: Token, row: EventRow, outcome: EventType | None) -> Step:
    """The step that a row makes at a word."""
    return Step(token.i, token.text, row.id, row.operator, str(outcome or "nothing"))


@dataclass(slots=True)
class Composer:
    """Composes meanings over one parse. `focus` holds the token indices on the way to a party that must be reached."""

    lexicon: EventLexicon
    focus: frozenset[int] = frozenset()
    known: dict[tuple[int, int], Meaning | None] = field(default_factory=dict)

    def meaning(self, token: Token, depth: int = DEPTH) -> Meaning | None:
        """What the phrase headed by the token tells of, None where the lexicon has no word for it."""
        key = (token.i, depth)
        if key not in self.known:
            self.known[key] = None  # a phrase inside itself tells nothing
            self.known[key] = self._meaning(token, depth)
        return self.known[key]

    def _meaning(self, token: Token, depth: int) -> Meaning | None:
        if depth == 0:
            return None
        found = None
        for row in fitting_rows(token, self.lexicon):
            if row.operator is Operator.VOID:
                return None
            if row.event_type is not None:
                found = Meaning(
                    row.event_type, row.mode, token, token, (step_of(token, row, row.event_type),), weak=row.weak
                )
            else:
                found = self._operate(row, token, depth)
            if found is not None:
                break
        found = found or self._through(token, depth)
        return None if found is None else self._qualify(found, token)

    def _through(self, token: Token, depth: int) -> Meaning | None:
        """A word without a row: a noun stands for what it is made of, a verb for what it is done with."""
        if token.pos_ in ("NOUN", "PROPN"):
            content = content_noun(token, self.lexicon)
            if content != token:
                return self.meaning(content, depth - 1)
            candidates = [child for child in children(token, "acl") if is_infinitive(child)]
        else:
            candidates = [*children(token, "xcomp"), *objects_of(token)]
        for child in candidates:
            inner = self.meaning(child, depth - 1)
            if inner is not None and inner.event_type is not None:
                return replace(inner, weak=True)
        return None

    def _operate(self, row: EventRow, token: Token, depth: int) -> Meaning | None:
        operator = row.operator
        assert operator is not None  # noqa: S101 - a row without a type has an operator
        if operator is Operator.DEMAND and asks_about(token):
            return None
        inner = self._complement(token, depth)
        if operator in (Operator.DO, Operator.SAY):
            if inner is None:
                return None
            weak = row.weak or (inner.weak and inner.top.pos_ == "VERB")
            return replace(inner, top=token, steps=(*inner.steps, step_of(token, row, inner.event_type)), weak=weak)
        outcome = compose(operator, inner)
        if inner is None:
            step = step_of(token, row, outcome)
            return Meaning(outcome, row.mode, token, token, (step,), weak=row.weak) if outcome else None
        return inner.becoming(outcome, token, row) if outcome else None

    def _complement(self, token: Token, depth: int) -> Meaning | None:
        """The deed that stands in the word's complement; on the way to the focus before others."""
        found = []
        for child in self._complements(token):
            inner = self.meaning(child, depth - 1)
            if inner is not None and inner.event_type is not None:
                if child.i in self.focus:
                    return inner
                found.append(inner)
        return found[0] if found else None

    def _complements(self, token: Token) -> list[Token]:
        clauses = [c for child in children(token, *CLAUSES) for c in self._shared(child)]
        nouns = [content_noun(noun, self.lexicon) for noun in acted_on(token)] if token.pos_ in ("VERB", "AUX") else []
        inner = [c for n in nouns for c in children(n, "acl", "acl:relcl") if is_infinitive(c) or self._is_law(n)]
        matter = [noun for preposition, noun in obliques_of(token) if preposition in MATTER]
        own = [c for c in children(token, "acl", "advcl") if is_infinitive(c) or token.pos_ == "NOUN" or warned_of(c)]
        names = list(children(token, "compound", "amod")) if token.pos_ == "NOUN" else []
        return [*clauses, *nouns, *inner, *matter, *self._bearers(token), *own, *names]

    def _is_law(self, noun: Token) -> bool:
        """Whether a noun is a text that does what it says: "a bill banning exports"."""
        return LAW in classes_of(noun, self.lexicon)

    def _bearers(self, token: Token) -> list[Token]:
        """The subject of a verb without an object: "talks between the two began"."""
        if token.pos_ != "VERB" or any(PHRASAL not in classes_of(noun, self.lexicon) for noun in objects_of(token)):
            return []
        if any(child.lemma_.lower() in words_for("worsening") for child in children(token, "xcomp")):
            return []  # "relations began to sour"
        bearers = [antecedent(noun) for noun in children(token, "nsubj")]
        return [content_noun(noun, self.lexicon) for noun in bearers if noun.pos_ == "NOUN"]

    def _shared(self, clause: Token) -> list[Token]:
        """A clause and the verbs coordinated with it that share its subject, those in focus first."""
        others = [
            child
            for child in children(clause, "conj")
            if child.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in child.children)
        ]
        return sorted([clause, *others], key=lambda verb: verb.i not in self.focus) if others else [clause]

    def _qualify(self, found: Meaning, token: Token) -> Meaning:
        """The meaning under the word's own auxiliaries and negation."""
        words = {child.lower_ for child in children(token, "aux", "aux:pass", "cop")} | shared_auxiliaries(token)
        future = found.future or bool(words & FUTURE) or is_going_to(token)
        obliged = found.obliged or bool(words & OBLIGATION) or needs(token)
        negated = found.negated != (is_negated(token) or has_no(token))
        weak = found.weak and not is_state_of(token)
        if (future, obliged, negated, weak) == (found.future, found.obliged, found.negated, found.weak):
            return found
        return replace(found, future=future, obliged=obliged, negated=negated, weak=weak)


def warned_of(clause: Token) -> bool:
    """Whether an -ing clause is what a word is against: "warned Chad against sending troops"."""
    return clause.lower_.endswith("ing") and any(mark.lower_ == AGAINST for mark in children(clause, "mark"))


def asks_about(verb: Token) -> bool:
    """Whether somebody only wants to know: "asked why Chad had left", "asked if it would stay"."""
    clauses = [*children(verb, "ccomp")]
    opened = [word.lower_ for clause in clauses for word in clause.children if word.i < clause.i and word.i > verb.i]
    return not QUESTIONS.isdisjoint(opened) and not any(is_infinitive(clause) for clause in clauses)


def shared_auxiliaries(token: Token) -> set[str]:
    """The auxiliaries that a coordinated verb shares with the first ("will arm and train")."""
    if token.dep_ != "conj" or any(child.dep_ in ("aux", "nsubj", "aux:pass") for child in token.children):
        return set()
    if has(token, "VerbForm", "Inf") or not has(token, "VerbForm", "Fin"):
        return {child.lower_ for child in children(token.head, "aux")}
    return set()


def has_no(token: Token) -> bool:
    """Whether a noun is denied by its determiner: "no talks"."""
    return any(child.lower_ in ("no", "neither") for child in children(token, "det"))


def is_state_of(token: Token) -> bool:
    """Whether a noun with a copula tells what somebody undergoes: "is under pressure"."""
    return case_of(token) == "under" and any(True for _ in children(token, "cop"))


def is_going_to(token: Token) -> bool:
    """Whether the word is an infinitive under "going to" or "is to"."""
    head = token.head
    return token.dep_ == "xcomp" and (head.lower_ == "going" or (head.lemma_ == "be" and is_infinitive(token)))


def needs(token: Token) -> bool:
    """Whether the word is an infinitive under "have to" or "need to"."""
    return token.dep_ == "xcomp" and token.head.lemma_.lower() in ("have", "need") and is_infinitive(token)


def is_hostile(event_type: EventType | None) -> bool:
    """Whether a type is conflict."""
    return event_type is not None and event_type not in COOPERATION and event_type is not T.REQUEST


def settled(meaning: Meaning | None) -> EventType | None:
    """The type of a phrase as a relation between two parties, its own future and negation counted in.

    What is to come is a promise where it is cooperation and a threat where it is conflict; what is not done is refused.
    """
    if meaning is None or meaning.event_type is None:
        return None
    if meaning.obliged:
        return T.REQUEST
    if meaning.negated:
        # "Will not suspend the aid" promises; "will not lend", "did not attack" refuse or deny.
        ends = meaning.event_type in (T.SANCTION, T.REJECT) and meaning.future
        return T.AGREE if ends else T.REJECT
    if meaning.future and meaning.event_type not in WORDS:
        return T.THREATEN if is_hostile(meaning.event_type) else T.AGREE
    return meaning.event_type


def stopped(event_type: EventType | None) -> EventType | None:
    """What the end of such a deed is: of conflict a concession, of talks a refusal, of help a sanction."""
    if event_type is None:
        return None
    if event_type in ARMED:
        return T.RETREAT
    if is_hostile(event_type):
        return T.CONCEDE
    return T.SANCTION if event_type in HELP else T.REJECT


def compose(operator: Operator, inner: Meaning | None) -> EventType | None:
    """The type of an operator over a deed; `inner` is None where the deed is not named or not known."""
    deed = inner.event_type if inner else None
    if operator in (Operator.COMMIT, Operator.PLAN):
        return committed(inner, operator)
    if operator is Operator.STOP:
        return stopped(deed)
    if operator is Operator.COLLAPSE:
        return T.REJECT if deed in (T.CONSULT, T.SUPPORT, T.COOPERATE) else None
    if operator is Operator.ALLOW:
        # Whoever lets others look or speak gives way to them: "allowed the envoy to inspect the site".
        return deed if is_hostile(deed) and deed is not T.ACCUSE else T.CONCEDE
    return FIXED[operator]


def committed(inner: Meaning | None, operator: Operator) -> EventType | None:
    """A promise of cooperation, a threat of conflict; a promise not to do it is a refusal."""
    if inner is None:
        return T.AGREE if operator is Operator.COMMIT else None
    if inner.negated:
        return T.CONCEDE if is_hostile(inner.event_type) else T.REJECT
    if inner.event_type in WORDS:
        return inner.event_type
    return T.THREATEN if is_hostile(inner.event_type) else T.AGREE


FIXED: dict[Operator, EventType] = {
    Operator.THREATEN: T.THREATEN,
    Operator.REFUSE: T.REJECT,
    Operator.DENY: T.REJECT,
    Operator.FAIL: T.REJECT,
    Operator.DEMAND: T.REQUEST,
    Operator.SEEK: T.REQUEST,
    Operator.PREVENT: T.REJECT,
    Operator.BACK: T.SUPPORT,
    Operator.CRITICISE: T.ACCUSE,
}
