"""Whether what a predicate tells took place: operators composed outward along the clause chain, each with its cue.

The nearest operator speaks first: in "did not rule out sending troops" the sending is what the ruling out would deny,
and the ruling out is itself denied, so the sending stays open.
"""

from dataclasses import dataclass, field, replace

from detente.codebook.factuality import FactualityLexicon, load_factuality
from detente.extraction.clause import base, children, has, predicate_of
from detente.extraction.factuality_conditions import condition_of, find_mark, is_inside_condition
from detente.extraction.factuality_effects import DATED, over, under
from detente.extraction.factuality_governors import find_governing, find_joint
from detente.extraction.factuality_links import Link, is_clausal, is_gerund, link_of, marker
from detente.extraction.factuality_mood import is_asked, is_order, is_subjunctive
from detente.extraction.factuality_own import Own, own_reading
from detente.extraction.factuality_status import Status
from detente.extraction.factuality_time import date_of, era_of, is_past_history, is_since, is_to_come, words_of
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Factuality, Passage, Span

F = Factuality
SIGHT = "factuality"  # where a parse keeps what is known of it
DEEPEST = 12  # steps outward at most; guards against odd trees
WIDEST_CUE = 4  # tokens between two cue words that are quoted as one cue
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


@dataclass(slots=True)
class Sight:
    """What is looked at while composing: the reading, the lexicon, the title, and what is already known by token."""

    reading: Reading
    lexicon: FactualityLexicon
    titles: tuple[Passage, ...]
    known: dict[tuple[int, int], Status] = field(default_factory=dict)
    found: dict[int, FactualityFinding] = field(default_factory=dict)

    def in_title(self, token: Token) -> bool:
        """Whether the token stands in the document's title."""
        return any(passage.start <= token.idx < passage.end for passage in self.titles)


def find_factuality(token: Token, reading: Reading) -> FactualityFinding:
    """The factuality of what a predicate (a verb, or a noun that names a deed) tells, as of its document.

    Reported speech is transparent ("said it had closed" is happened: who says so is voice), except where the report
    itself did not take place. Dates are weighed against `reading.known_on`, never against today.
    """
    sight = _sight(reading)
    if token.i not in sight.found:
        status = _status(token, sight, DEEPEST)
        condition = reading.span(*status.condition) if status.condition else None
        sight.found[token.i] = FactualityFinding(
            factuality=status.factuality, cue=_quote(status.cue, reading), condition=condition, rules=status.rules
        )
    return sight.found[token.i]


def _sight(reading: Reading) -> Sight:
    """What is known of a reading so far: kept with its parse, since predicates of one sentence share their clauses."""
    kept = reading.parse.user_data.get(SIGHT)
    if not isinstance(kept, Sight) or kept.reading is not reading:
        titles = tuple(passage for passage in reading.passages if passage.from_title)
        kept = reading.parse.user_data[SIGHT] = Sight(reading, load_factuality(), titles)
    return kept


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
        if status.factuality.is_actual and is_subjunctive(token):
            status = Status(F.DEMANDED, (token,), ("subjunctive",))
        status = _conditioned(token, own, status, sight)
        sight.known[key] = _dated(token, own, status, sight)
    return sight.known[key]


def _composed(token: Token, own: Own, sight: Sight, depth: int, until: Token | None) -> Status:
    link = link_of(token, sight.lexicon) if until is None else _outer_link(token)
    if link is None or not depth:
        return _at_root(token, own, sight) if until is None else Status(own.factuality or F.ONGOING, own.cue, own.rules)
    if link.roles == ("conj",) and _is_second_content(token):
        link = Link(link.governor, ("that",))
    if link.roles == ("conj",) and find_mark(token, sight.lexicon):
        link = Link(link.governor, ("adverbial",))  # "is ready to sign, but only if talks go on"
    if link.roles == ("conj",):
        return _conjunct(token, own, link, sight, depth)
    if link.flat:
        above = _status(token, sight, depth - 1, until=link.governor)
    else:
        above = _status(link.governor, sight, depth - 1)
    if "that" in link.roles and is_order(token):
        return Status(F.DEMANDED, (token,), ("imperative",))
    return under(token, own, link, above, find_governing(token, link, sight.lexicon), sight.lexicon)


def _is_second_content(token: Token) -> bool:
    """Whether a conjunct with "that" is a further content of the same report: "said they met, and that he would go"."""
    marked = any(child.lower_ == "that" for child in children(token, "mark"))
    return marked and any(child.i < token.i for child in children(token.head, "ccomp"))


def _outer_link(token: Token) -> Link | None:
    """Where a flat verb group ("is due to meet") hangs as a whole."""
    if token.dep_ == "ROOT" or base(token.dep_) == "parataxis":
        return None
    role = {"ccomp": "that", "xcomp": "that", "conj": "conj"}.get(base(token.dep_), "relative")
    return Link(token.head, ("adverbial" if base(token.dep_) == "advcl" else role,))


def _at_root(token: Token, own: Own, sight: Sight) -> Status:
    if is_asked(token, own.factuality):
        mark = next(word for word in reversed(list(token.sent)) if word.text == "?")
        return Status(F.HYPOTHETICAL, (mark,), ("question",))
    if own.factuality is not None:
        return Status(own.factuality, own.cue, own.rules, past=own.past)
    to = marker(token)
    if to is not None:
        return Status(F.PLANNED, (to,), ("headline-infinitive",))
    if is_order(token) and not sight.in_title(token):
        return Status(F.DEMANDED, (token,), ("imperative",))
    participle = is_clausal(token) and token.lower_.endswith("ing")
    return Status(F.ONGOING if participle else F.HAPPENED, past=own.past)


def _conjunct(token: Token, own: Own, link: Link, sight: Sight, depth: int) -> Status:
    """A second conjunct shares the operators of the first, as far as it has none of its own."""
    first = link.governor
    if is_clausal(token) and not is_clausal(first):
        if not own.finite:
            return over(own, _status(first, sight, depth - 1))
        first = predicate_of(first)  # a verb coordinated with a noun belongs to the verb above
    if is_clausal(token) and _stands_apart(token, first, own):
        first = _finite_above(first, own, sight)
    joint = find_joint(token, sight.lexicon)
    if joint is not None:
        return Status(F(joint[0].gives), joint[1], (joint[0].id,))
    return _shared(token, own, first, sight, depth) or _apart(token, own, first, sight, depth)


def _shared(token: Token, own: Own, first: Token, sight: Sight, depth: int) -> Status | None:
    """The status that a conjunct has in common with the first one, None where its own tense sets it apart."""
    bearer = _bearer(token, first, sight)
    if bearer is not None:
        return _status(bearer, sight, depth - 1)
    if own.finite and not _is_bare(token):
        return None
    shared = _status(first, sight, depth - 1)
    if own.factuality is None or not is_clausal(token):
        return over(own, shared)
    lead = own_reading(first, sight.lexicon, in_title=sight.in_title(first))
    shares = lead.modal is not None or lead.negated or (lead.factuality is not None and not lead.past)
    if _is_bare(token) and lead.modal is None:
        shares = lead.negated or marker(first) is not None
    return shared if shares else None


def _apart(token: Token, own: Own, first: Token, sight: Sight, depth: int) -> Status:
    """A conjunct with a tense of its own: below the first conjunct's governor."""
    outer = link_of(first, sight.lexicon)
    while outer is not None and outer.roles == ("conj",):
        outer = link_of(outer.governor, sight.lexicon)
    if outer is None or marker(first) is not None:
        return _at_root(token, own, sight)
    above = _status(outer.governor, sight, depth - 1)
    found = find_governing(token, outer, sight.lexicon)
    if found is None and outer.roles == ("adverbial",):
        found = find_mark(first, sight.lexicon)  # "if they attack or interfered"
    return under(token, own, outer, above, found, sight.lexicon)


def _stands_apart(token: Token, first: Token, own: Own) -> bool:
    """Whether a tensed form stands beside an infinitive or gerund: in "would help and said so" they share nothing."""
    perfect = any(child.dep_ == "aux:pass" or child.lemma_.lower() == "have" for child in first.children)
    tensed = own.past or (own.finite and not _is_bare(token) and own.modal is None)
    return tensed and not perfect and (has(first, "VerbForm", "Inf") or is_gerund(first))


def _finite_above(first: Token, own: Own, sight: Sight) -> Token:
    """The nearest verb above with a tense like that of the conjunct, else the token itself."""
    at = first
    for _ in range(DEEPEST):
        if at == at.head or base(at.dep_) not in ("xcomp", "ccomp", "advcl", "conj", "acl"):
            break
        at = at.head
        above = own_reading(at, sight.lexicon, in_title=False)
        if above.finite and above.past == own.past:
            return at
    return first


def _bearer(token: Token, first: Token, sight: Sight) -> Token | None:
    """The verb whose auxiliary or "to" a bare form shares where its first conjunct is no such form.

    "may stop buying grain and cut aid": the cutting goes with the stopping.
    """
    if not _is_bare(token) or not is_gerund(first):
        return None
    at = first
    for _ in range(DEEPEST):
        if at == at.head or base(at.dep_) not in ("xcomp", "ccomp", "advcl", "conj", "acl"):
            return None
        at = at.head
        if marker(at) is not None or own_reading(at, sight.lexicon, in_title=False).modal is not None:
            return at
    return None


def _is_bare(token: Token) -> bool:
    """Whether a second verb has neither subject nor ending, so that it may share an auxiliary ("will stop and go")."""
    plain = token.lower_ == token.lemma_.lower() and token.pos_ == "VERB"
    return plain and not any(base(child.dep_) in ("nsubj", "aux", "cop") for child in token.children)


def _conditioned(token: Token, own: Own, status: Status, sight: Sight) -> Status:
    """The status with the condition its clause hangs on, if it lies ahead."""
    if is_inside_condition(token):
        return Status(F.HYPOTHETICAL, (token.sent[0],), ("inverted-condition",))
    if not is_clausal(token) or (own.past and status.factuality.is_actual):
        return status
    found = condition_of(token, sight.lexicon)
    denied_ahead = status.factuality is F.DENIED and not own.past
    if found is None or status.factuality is F.HAPPENED or (found[0].matrix == "until" and not denied_ahead):
        return status
    row, extent, words = found
    if status.factuality in FORWARD or denied_ahead:
        return Status(F.CONDITIONAL, words, (row.id, *status.rules), extent)
    return replace(status, condition=extent)


def _dated(token: Token, own: Own, status: Status, sight: Sight) -> Status:
    """The status as its date has it: history, or still to come."""
    era = era_of(token, sight.lexicon)
    back = own.past or not is_clausal(token) or (own.modal is not None and own.modal.future is not None)
    if era is not None and (status.factuality.is_actual or status.past):
        return Status(F.HISTORICAL, era[1], (era[0],))
    date = date_of(token, sight.reading)
    if date is None or is_since(date, token):
        return status
    if is_past_history(date.when, sight.reading) and back and status.factuality.is_actual:
        return Status(F.HISTORICAL, words_of(date, token), ("old-date",))
    if is_to_come(date.when, sight.reading) and status.factuality.is_actual and not own.past:
        return Status(F.PLANNED, words_of(date, token), (DATED,))
    return status
