"""How operators compose: what a predicate's own words and its governor's status make of each other."""

from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.codebook.factuality import Cue, CueKind, Effect, FactualityLexicon
from detente.extraction.clause import children
from detente.extraction.factuality_governors import Governing, is_definite
from detente.extraction.factuality_links import AUXILIARIES, Link, is_clausal, is_gerund, marker
from detente.extraction.factuality_own import Own
from detente.extraction.factuality_presupposed import is_aside, is_presupposed
from detente.extraction.factuality_status import Status
from detente.parsing.doc import Token
from detente.records import Factuality

F = Factuality
AHEAD = frozenset({F.PLANNED, F.PROPOSED, F.HYPOTHETICAL, F.DEMANDED, F.EXPECTED, F.CONDITIONAL, F.THREATENED})
OPEN = frozenset({F.HYPOTHETICAL, F.CONDITIONAL, F.HISTORICAL, F.CANCELLED, F.DENIED})
KEPT = frozenset({F.CANCELLED, F.HISTORICAL, F.DENIED})  # from outside, whatever the predicate's own words are
KEPT_NEGATED = KEPT | {F.DEMANDED, F.HYPOTHETICAL, F.CONDITIONAL}  # the same where those negate
TENSED = frozenset({"that", "relative", "participle", "adverbial"})  # roles in which a tense of its own counts
NEW_DATE = frozenset({"until", "till", "to"})
DENIED_REPORT = "denied-report"  # rule: what a report says that is itself denied
DATED = "date-to-come"  # rule: planned because its date lies ahead


def under(
    token: Token, own: Own, link: Link, above: Status, found: Governing | None, lexicon: FactualityLexicon
) -> Status:
    """A predicate's status below its governor's, by the row that governs it or by its role."""
    if _is_report(token, link, lexicon):
        denial = above.cue if above.factuality is F.DENIED else _misread_denial(link.governor, lexicon)
        if denial is not None:
            return Status(F.DENIED, denial, (DENIED_REPORT, *above.rules))
    if found is None or is_aside(token, link, above, lexicon):
        return _by_default(token, own, link, above, lexicon)
    return _by_row(token, own, link, above, found)


def _by_row(token: Token, own: Own, link: Link, above: Status, found: Governing) -> Status:
    """A predicate's status by the row that governs it."""
    row, words = found
    if row.gives is Effect.FACT:
        known = above.factuality.is_actual or row.kind is CueKind.PREPOSITION or is_clausal(token) or is_definite(token)
        return over(own, Status(F.HAPPENED, (), (row.id,)) if known else above)
    if row.kind in (CueKind.MARK, CueKind.PREPOSITION):
        return _marked(token, own, row, words, above)
    if row.gives is Effect.OWN:
        return _reported(own, above, row, words)
    if row.gives is Effect.INHERIT:
        return over(own, _inherited(row, words, above))
    gives = row.moved if row.moved and is_moved(link.governor) else row.gives
    return over(own, _operated(F(gives), row, words, above))


def _is_report(token: Token, link: Link, lexicon: FactualityLexicon) -> bool:
    """Whether the clause is what a report says that may be denied: "rejected claims that it had closed the border"."""
    noun = link.governor
    if noun.pos_ != "NOUN" or not is_clausal(token) or token.i < noun.i:
        return False
    opens = any(word.lower_ == "that" and word.head == token for word in token.doc[noun.i + 1 : token.i])
    return opens and bool(lexicon.find(CueKind.GOVERNOR, noun.lemma_.lower()))


def _misread_denial(noun: Token, lexicon: FactualityLexicon) -> tuple[Token, ...] | None:
    """The verb of a denial that only reports can have ("disputed reports"), or read as an attribute of its object."""
    if noun.dep_ == "obj" and noun.head.lemma_.lower() in words_for("disputing"):
        return (noun.head,)
    false = next((word for word in children(noun, "amod") if word.lower_ in words_for("false")), None)
    if false is not None:
        return (false,)  # "what it called incorrect reports that it had closed the border"
    for verb in children(noun, "amod"):
        if verb.pos_ == "VERB" and any(True for _ in children(verb, "nsubj")):
            rows = lexicon.find(CueKind.GOVERNOR, verb.lemma_.lower())
            if any(row.gives == F.DENIED and "object" in row.over for row in rows):
                return (verb,)
    return None


def _inherited(row: Cue, words: tuple[Token, ...], above: Status) -> Status:
    """Below "managed to", "is said to": as the governor, or what the row gives where that is denied."""
    if above.factuality is F.DENIED and isinstance(row.negated, F):
        return Status(row.negated, (*above.cue, *words), (*above.rules, row.id))
    return above


def _operated(gives: Factuality, row: Cue, words: tuple[Token, ...], above: Status) -> Status:
    """What a governor with a factuality to give gives, as far as it took place itself."""
    rules = (row.id, *above.rules)
    if above.factuality.is_actual or above.rules[:1] == (DATED,):
        return Status(gives, words, rules, above.condition)
    if above.factuality is F.DENIED:
        # "did not fail to sign", "did not cancel the visit": it took place.
        negated = F.HAPPENED if row.negated is Effect.INHERIT else F(row.negated)
        return Status(negated, (*above.cue, *words), rules)
    if above.factuality is F.HISTORICAL and gives is F.DENIED:
        return Status(gives, words, rules)  # "in 1974 refused to sell the tanks": they were never sold
    if above.factuality in OPEN or gives in (F.PLANNED, F.ONGOING):
        return replace(above, rules=rules)
    return Status(gives, words, rules, above.condition)


def _reported(own: Own, above: Status, row: Cue, words: tuple[Token, ...]) -> Status:
    """A clause that is reported: its own words decide, if the report itself was made."""
    if above.factuality is F.HISTORICAL or above.rules[:1] == (DENIED_REPORT,):
        return above  # "refuted reports that said it had closed": the report is denied, not that it was made
    if above.factuality is F.DENIED and isinstance(row.negated, F):
        return Status(row.negated, (*above.cue, *words), (row.id, *above.rules))
    status = Status(own.factuality or F.PLANNED, own.cue, own.rules, above.condition, past=own.past)
    status = _seen_from_then(own, above) or status
    if row.bare and own.factuality is F.ONGOING and not own.cue and above.past:
        return Status(F(row.bare), words, (row.id,))
    if row.future and status.factuality in (F.PLANNED, F.EXPECTED):
        return replace(status, factuality=F(row.future), cue=words, rules=(row.id, *status.rules))
    open_report = above.factuality in (F.HYPOTHETICAL, F.CONDITIONAL) and status.factuality.is_actual
    return above if open_report else status


def _seen_from_then(own: Own, above: Status) -> Status | None:
    """The future as seen from a report made: "said that it would"."""
    if own.modal is None or not own.modal.future or own.negated or not above.factuality.is_actual:
        return None
    return Status(F(own.modal.future), own.cue, own.rules, above.condition)


def _marked(token: Token, own: Own, row: Cue, words: tuple[Token, ...], above: Status) -> Status:
    """A clause or noun behind a subordinator or preposition with something to give."""
    if above.factuality is F.HISTORICAL:
        return above
    if own.factuality is not None and not is_clausal(token):
        return Status(own.factuality, own.cue, own.rules)
    return Status(F(row.gives), words, (row.id,))


def _by_default(token: Token, own: Own, link: Link, above: Status, lexicon: FactualityLexicon) -> Status:
    """Below a governor that no row names."""
    role = link.roles[0]
    if is_presupposed(token, link, above, lexicon):
        return over(own, Status(F.HAPPENED, (), ("presupposed",)))
    if role in ("infinitive", "infinitive_other"):
        return over(own, _intended(token, link, above))
    if role == "subject" and is_gerund(token) and above.factuality in (F.PLANNED, F.EXPECTED):
        return over(own, replace(above, factuality=F.HYPOTHETICAL))  # "raising tariffs will hurt"
    if own.factuality is None or not (own.finite or own.past) or role not in TENSED:
        return over(own, above)
    status = _seen_from_then(own, above) if role == "that" else None
    status = status or Status(own.factuality, own.cue, own.rules, past=own.past)
    # A bare present goes with its main clause: "will meet when he visits", "wants a deal that ends the war".
    goes_with = above.factuality in AHEAD or any(word.head == link.governor for word in above.cue)
    simple = own.factuality is F.ONGOING and not own.cue and not any(children(token, *AUXILIARIES))
    # What is told of a known thing stands by itself: "will target the practices that harm trade".
    bare = simple and role != "that" and goes_with and not (role == "relative" and is_definite(link.governor))
    then = above.factuality is F.HISTORICAL and own.past
    return above if role != "participle" and (bare or then) else status


def _intended(token: Token, link: Link, above: Status) -> Status:
    """An infinitive whose governor no row names is taken as what is intended, behind an adjective as what may be."""
    if not above.factuality.is_actual:
        return replace(above, rules=("infinitive", *above.rules))
    gives = F.HYPOTHETICAL if link.governor.pos_ == "ADJ" else F.PLANNED
    to = marker(token)
    purpose = to is not None and token.dep_ in ("advcl", "acl") and link.governor.pos_ == "VERB"
    return Status(gives, (to if to is not None and purpose else link.governor,), ("infinitive",))


def over(own: Own, outer: Status) -> Status:
    """What the predicate's own words make of what comes from outside."""
    if own.past and not own.finite and outer.factuality is F.ONGOING and not outer.cue:
        return replace(outer, factuality=F.HAPPENED)  # "is said to have closed"
    if own.factuality is None or (own.factuality.is_actual and (own.finite or not own.cue)):
        return outer
    if own.negated and outer.factuality is F.DENIED and not set(own.cue) & set(outer.cue):
        return Status(F.HYPOTHETICAL, (*own.cue, *outer.cue), (*own.rules, *outer.rules))
    kept = KEPT_NEGATED if own.negated else KEPT
    if outer.factuality in kept or (own.finite and not outer.factuality.is_actual and not own.negated):
        return outer
    return Status(own.factuality, own.cue, (*own.rules, *outer.rules), outer.condition)


def is_moved(governor: Token) -> bool:
    """Whether something put off has a new date ("until June", "to next week")."""
    return any(
        below.lower_ in NEW_DATE and not (below.lower_ == "to" and child.dep_ == "advcl")
        for child in children(governor, "obl", "advcl", "nmod", "obl:unmarked")
        for below in children(child, "case", "mark")
    )
