"""Whether what a predicate tells took place: operators composed outward along the clause chain, each with its cue.

The nearest operator speaks first: in "did not rule out sending troops" the sending is what the ruling out would deny,
and the ruling out is itself denied, so the sending stays open.
"""

from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from detente.codebook.factuality import Cue, CueKind, Effect, FactualityLexicon, load_factuality
from detente.extraction.clause import base, children, has
from detente.extraction.factuality_conditions import condition_of, is_inside_condition
from detente.extraction.factuality_governors import find_governing, find_joint
from detente.extraction.factuality_links import Link, is_clausal, link_of, marker
from detente.extraction.factuality_own import Own, own_reading
from detente.extraction.factuality_time import date_of, era_of, is_past_history, is_to_come, words_of
from detente.extraction.reading import Reading
from detente.records import Factuality, Span

F = Factuality
DEEPEST = 12  # steps outward at most; guards against odd trees
WIDEST_CUE = 4  # tokens between two cue words that are quoted as one cue
OPEN = frozenset({F.HYPOTHETICAL, F.CONDITIONAL, F.HISTORICAL, F.CANCELLED, F.DENIED})
TENSED = frozenset({"that", "relative", "participle", "adverbial"})  # roles in which a tense of its own counts
FORWARD = frozenset({F.PLANNED, F.EXPECTED, F.HYPOTHETICAL, F.ONGOING})  # what a condition turns conditional


@dataclass(frozen=True, slots=True, kw_only=True)
class FactualityFinding:
    """Whether what a predicate tells took place, the words that decided, and the rows of the lexicon behind it.

    `cue` is None where only the tense decided. `condition` is the clause it hangs on ("if talks fail").
    """

    factuality: Factuality
    cue: Span | None
    condition: Span | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """A predicate's factuality on the way outward, with the words and rows so far."""

    factuality: Factuality
    cue: tuple[Token, ...] = ()
    rules: tuple[str, ...] = ()
    condition: tuple[Token, Token] | None = None
    past: bool = False


@dataclass(slots=True)
class Sight:
    """What is looked at while composing: the reading, the lexicon, and what is already known by token index."""

    reading: Reading
    lexicon: FactualityLexicon
    known: dict[tuple[int, int], Status] = field(default_factory=dict)

    def in_title(self, token: Token) -> bool:
        """Whether the token stands in the document's title."""
        return any(p.from_title and p.start <= token.idx < p.end for p in self.reading.passages)


def find_factuality(token: Token, reading: Reading) -> FactualityFinding:
    """The factuality of what a predicate (a verb, or a noun that names a deed) tells, as of its document.

    Reported speech is transparent ("said it had closed" is happened: who says so is voice), except where the report
    itself did not take place. Dates are weighed against `reading.known_on`, never against today.
    """
    status = _status(token, Sight(reading, load_factuality()), DEEPEST)
    condition = reading.span(*status.condition) if status.condition else None
    return FactualityFinding(
        factuality=status.factuality, cue=_quote(status.cue, reading), condition=condition, rules=status.rules
    )


def _quote(cue: tuple[Token, ...], reading: Reading) -> Span | None:
    """The cue as one span: from its first to its last word where they stand close, else its last word."""
    if not cue:
        return None
    words = sorted(cue, key=lambda word: word.i)
    last = words[-1]
    near = [word for word in words if last.i - word.i <= WIDEST_CUE]
    return reading.span(near[0], last)


def _status(token: Token, sight: Sight, depth: int, until: Token | None = None) -> Status:
    key = (token.i, -1 if until is None else until.i)
    if key not in sight.known:
        own = own_reading(token, sight.lexicon, in_title=sight.in_title(token), until=until)
        status = _composed(token, own, sight, depth, until)
        status = _conditioned(token, own, status, sight)
        sight.known[key] = _dated(token, own, status, sight)
    return sight.known[key]


def _composed(token: Token, own: Own, sight: Sight, depth: int, until: Token | None) -> Status:
    link = link_of(token, sight.lexicon) if until is None else _outer_link(token)
    if link is None or not depth:
        return _at_root(token, own, sight) if until is None else Status(own.factuality or F.ONGOING, own.cue, own.rules)
    if link.roles == ("conj",):
        return _conjunct(token, own, link, sight, depth)
    if link.flat:
        above = _status(token, sight, depth - 1, until=link.governor)
    else:
        above = _status(link.governor, sight, depth - 1)
    marked = find_governing(token, link, sight.lexicon)
    return _under(token, own, link, above, marked)


def _outer_link(token: Token) -> Link | None:
    """Where a flat verb group ("is due to meet") hangs as a whole."""
    if token.dep_ == "ROOT" or base(token.dep_) == "parataxis":
        return None
    role = {"ccomp": "that", "xcomp": "that", "conj": "conj"}.get(base(token.dep_), "relative")
    return Link(token.head, ("adverbial" if base(token.dep_) == "advcl" else role,))


def _at_root(token: Token, own: Own, sight: Sight) -> Status:
    if _is_asked(token, own):
        return Status(F.HYPOTHETICAL, (token.sent[-1],), ("question",))
    if own.factuality is not None:
        return Status(own.factuality, own.cue, own.rules, past=own.past)
    to = marker(token)
    if to is not None:
        return Status(F.PLANNED, (to,), ("headline-infinitive",))
    if _is_order(token) and not sight.in_title(token):
        return Status(F.DEMANDED, (token,), ("imperative",))
    if is_clausal(token) and token.lower_.endswith("ing"):
        return Status(F.ONGOING, (), ("headline-participle",))
    return Status(F.HAPPENED, past=own.past)


def _is_asked(token: Token, own: Own) -> bool:
    """Whether the clause is a question that can be answered by yes or no."""
    sentence = [word for word in token.sent if not word.is_space]
    if not sentence or not any(word.text == "?" for word in sentence[-3:]):
        return False
    if own.factuality not in (F.HAPPENED, F.ONGOING, F.PLANNED, F.DENIED):
        return False
    return not any(has(word, "PronType", "Int") or word.tag_.startswith("W") for word in token.children)


def _is_order(token: Token) -> bool:
    if token.pos_ != "VERB" or (not has(token, "VerbForm", "Inf") and not has(token, "Mood", "Imp")):
        return False
    subject = any(base(child.dep_) == "nsubj" for child in token.children)
    before = []
    for at in range(token.i - 1, token.sent.start - 1, -1):
        if token.doc[at].is_quote or token.doc[at].text == ":":
            break
        before.append(token.doc[at])
    before = [word for word in before if not word.is_space and not word.is_punct]
    return not subject and all(word.head == token and word.dep_ in ("advmod", "discourse", "aux") for word in before)


def _conjunct(token: Token, own: Own, link: Link, sight: Sight, depth: int) -> Status:
    """A second conjunct shares the operators of the first, as far as it has none of its own."""
    first = link.governor
    if is_clausal(token) != is_clausal(first) and is_clausal(token):
        return _at_root(token, own, sight)
    joint = find_joint(token, sight.lexicon)
    if joint is not None:
        return Status(F(joint[0].gives), joint[1], (joint[0].id,))
    shared = _status(first, sight, depth - 1)
    if not own.finite and own.factuality is None:
        return shared
    lead = own_reading(first, sight.lexicon, in_title=sight.in_title(first))
    if not own.finite and not is_clausal(token):
        return _over(own, shared)
    if not own.finite and lead.factuality is not None and (lead.modal or lead.negated or not lead.past):
        return shared
    outer = link_of(first, sight.lexicon)
    while outer is not None and outer.roles == ("conj",):
        outer = link_of(outer.governor, sight.lexicon)
    if outer is None or marker(first) is not None:
        return _at_root(token, own, sight)
    above = _status(outer.governor, sight, depth - 1)
    return _under(token, own, outer, above, find_governing(token, outer, sight.lexicon))


def _under(token: Token, own: Own, link: Link, above: Status, cue: tuple[Cue, tuple[Token, ...]] | None) -> Status:
    """A predicate's status below its governor's."""
    if "that" in link.roles and _is_order(token):
        return Status(F.DEMANDED, (token,), ("imperative",))
    if cue is None:
        return _by_default(token, own, link, above)
    row, words = cue
    gives = row.gives
    if row.moved and _is_moved(link.governor):
        gives = row.moved
    if row.kind in (CueKind.MARK, CueKind.PREPOSITION):
        return _marked(own, row, words, above)
    if gives is Effect.OWN:
        return _reported(own, above, row, words)
    if gives is Effect.FACT:
        return _over(own, Status(F.HAPPENED, (), (row.id,)))
    if gives is Effect.INHERIT:
        turned = above.factuality is F.DENIED and isinstance(row.negated, F)
        status = Status(row.negated, (*above.cue, *words), (*above.rules, row.id)) if turned else above  # type: ignore[arg-type]
        return _over(own, status)
    return _over(own, _operated(F(gives), row, words, above))


def _operated(gives: Factuality, row: Cue, words: tuple[Token, ...], above: Status) -> Status:
    """What a governor with a factuality to give gives, as far as it took place itself."""
    rules = (row.id, *above.rules)
    if above.factuality.is_actual or above.rules[:1] == ("date-to-come",):
        return Status(gives, words, rules, above.condition)
    if above.factuality is F.DENIED:
        turned = above if row.negated is Effect.INHERIT else None
        if turned is not None:
            return Status(F.HAPPENED, (*above.cue, *words), rules)
        return Status(F(row.negated), (*above.cue, *words), rules)
    if above.factuality in OPEN:
        return replace(above, rules=rules)
    if gives is F.PLANNED:
        return replace(above, rules=rules)
    return Status(gives, words, rules, above.condition)


def _reported(own: Own, above: Status, row: Cue, words: tuple[Token, ...]) -> Status:
    """A clause that is reported: its own words decide, if the report itself was made."""
    status = Status(own.factuality or F.PLANNED, own.cue, own.rules, above.condition, past=own.past)
    if own.modal is not None and own.modal.future and not own.negated:
        status = replace(status, factuality=F(own.modal.future))
    if row.future and status.factuality in (F.PLANNED, F.EXPECTED):
        status = replace(status, factuality=F(row.future), cue=words, rules=(row.id, *status.rules))
    if above.factuality is F.HISTORICAL:
        return above
    if above.factuality is F.DENIED and isinstance(row.negated, F):
        return Status(row.negated, (*above.cue, *words), (row.id, *above.rules))
    if above.factuality in (F.HYPOTHETICAL, F.CONDITIONAL) and status.factuality.is_actual:
        return above
    return status


def _marked(own: Own, row: Cue, words: tuple[Token, ...], above: Status) -> Status:
    """A clause or noun behind a subordinator or preposition with something to give."""
    if row.gives is Effect.FACT:
        return _over(own, Status(F.HAPPENED, (), (row.id,)))
    if above.factuality is F.HISTORICAL:
        return above
    if own.factuality is not None and not own.finite:
        return Status(own.factuality, own.cue, own.rules)
    return Status(F(row.gives), words, (row.id,))


def _by_default(token: Token, own: Own, link: Link, above: Status) -> Status:
    """Below a governor that no row names."""
    role = link.roles[0]
    if role in ("infinitive", "infinitive_other"):
        return _over(own, _intended(token, link, above))
    if own.factuality is None or not (own.finite or own.past) or role not in TENSED:
        return _over(own, above)
    status = Status(own.factuality, own.cue, own.rules, past=own.past)
    if role == "participle":
        return status
    if above.factuality is F.HISTORICAL and own.past:
        return above
    # A bare present goes with its main clause: "will meet when he visits", "wants a deal that ends the war".
    bare = own.factuality is F.ONGOING and not own.cue and role != "that"
    return above if bare and not above.factuality.is_actual else status


def _intended(token: Token, link: Link, above: Status) -> Status:
    """An infinitive whose governor no row names is taken as what is intended, behind an adjective as what may be."""
    if not above.factuality.is_actual:
        return replace(above, rules=("infinitive", *above.rules))
    gives = F.HYPOTHETICAL if link.governor.pos_ == "ADJ" else F.PLANNED
    to = marker(token)
    return Status(gives, (to,) if to is not None and "purpose" in link.roles else (link.governor,), ("infinitive",))


def _over(own: Own, outer: Status) -> Status:
    """What the predicate's own words make of what comes from outside."""
    if own.factuality is None or (own.finite and own.factuality.is_actual):
        return outer
    if own.factuality.is_actual and not own.cue:
        return outer
    if own.negated and outer.factuality is F.DENIED and not set(own.cue) & set(outer.cue):
        return Status(F.HYPOTHETICAL, (*own.cue, *outer.cue), (*own.rules, *outer.rules))
    keeps = (F.CANCELLED, F.HISTORICAL, F.DENIED)
    if own.negated:
        keeps = (*keeps, F.DEMANDED, F.HYPOTHETICAL, F.CONDITIONAL)  # type: ignore[assignment]
    if outer.factuality in keeps or (own.finite and not outer.factuality.is_actual and not own.negated):
        return outer
    return Status(own.factuality, own.cue, (*own.rules, *outer.rules), outer.condition)


def _is_moved(governor: Token) -> bool:
    """Whether something put off has a new date ("until June", "to next week")."""
    return any(
        grand.lower_ in ("until", "till", "to")
        for child in children(governor, "obl", "advcl", "nmod", "obl:unmarked")
        for grand in children(child, "case", "mark")
    )


def _conditioned(token: Token, own: Own, status: Status, sight: Sight) -> Status:
    """The status with the condition its clause hangs on, if it lies ahead."""
    if is_inside_condition(token):
        return Status(F.HYPOTHETICAL, (token.sent[0],), ("inverted-condition",))
    if not is_clausal(token) or (own.past and status.factuality.is_actual):
        return status
    found = condition_of(token, sight.lexicon)
    if found is None:
        return status
    row, extent, words = found
    if row.matrix == "until" and status.factuality is not F.DENIED:
        return status
    if status.factuality in FORWARD or (status.factuality is F.DENIED and not own.past):
        return Status(F.CONDITIONAL, words, (row.id, *status.rules), extent)
    return replace(status, condition=extent)


def _dated(token: Token, own: Own, status: Status, sight: Sight) -> Status:
    """The status as its date has it: history, or still to come."""
    era = era_of(token, sight.lexicon)
    back = own.past or not is_clausal(token) or (own.modal is not None and own.modal.future is not None)
    if era is not None and (status.factuality.is_actual or status.past):
        return Status(F.HISTORICAL, era[1], (era[0],))
    date = date_of(token, sight.reading)
    if date is None:
        return status
    if is_past_history(date.when, sight.reading) and back and status.factuality.is_actual:
        return Status(F.HISTORICAL, words_of(date, token), ("old-date",))
    if is_to_come(date.when, sight.reading) and status.factuality.is_actual and not own.past:
        return Status(F.PLANNED, words_of(date, token), ("date-to-come",))
    return status
