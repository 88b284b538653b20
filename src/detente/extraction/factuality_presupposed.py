"""What is taken for granted although the clause around it tells no happening.

"Trump's tariffs could cause a slowdown" leaves the slowdown open, not the tariffs; "did not speak at the meeting"
denies the speech.
"""

from detente.codebook.constructions import words_for
from detente.codebook.factuality import CueKind, Effect, FactualityLexicon
from detente.extraction.clause import children, has
from detente.extraction.factuality_governors import is_definite
from detente.extraction.factuality_links import Link, is_clausal, is_gerund
from detente.extraction.factuality_status import Status
from detente.parsing.doc import Token
from detente.records import Factuality

F = Factuality
OPEN = frozenset({F.DENIED, F.HYPOTHETICAL, F.CONDITIONAL, F.DEMANDED, F.PROPOSED})
POINTING = frozenset({"these", "those", "this"})


def is_presupposed(token: Token, link: Link, above: Status, lexicon: FactualityLexicon) -> bool:
    """Whether the predicate holds although its governor is open or denied."""
    if is_clausal(token):
        return is_aside(token, link, above, lexicon) or is_lasting(token)
    if above.factuality.is_actual or above.factuality in (F.HISTORICAL, F.CANCELLED):
        return False
    if any(_is_done(child) for child in children(token, "acl:relcl", "acl")):
        return True
    if link.governor.lemma_.lower() in words_for("answers") and _is_owned(token):
        return True  # "will act in retaliation for Chad's ban"
    role = link.roles[0]
    if role == "subject":
        return above.factuality in OPEN and _is_known(token, above) and not _occurs(link.governor, lexicon)
    return role.startswith("of:") and _is_known_beside(token, link, above)


def _is_owned(noun: Token) -> bool:
    """Whether a noun names who did what it tells: "Chad's ban", "the expulsions by Chad"."""
    by = (child for child in children(noun, "nmod") if any(case.lower_ == "by" for case in children(child, "case")))
    return any(True for _ in children(noun, "nmod:poss")) or any(True for _ in by)


def _is_known_beside(token: Token, link: Link, above: Status) -> bool:
    """Whether a noun behind a preposition is known: "in these talks I will", "did not say at the meeting"."""
    if any(child.lower_ in POINTING for child in children(token, "det")):
        return link.governor.i > token.i
    return above.factuality in OPEN and _is_known(token, above) and link.governor.i < token.i


def is_lasting(token: Token) -> bool:
    """Whether an -ing clause tells what a span of time was filled with ("after four years of curbing exports")."""
    return token.dep_ == "acl" and is_gerund(token) and token.head.lemma_ in words_for("spans")


def is_aside(token: Token, link: Link, above: Status, lexicon: FactualityLexicon) -> bool:
    """Whether a participle of saying hangs at a clause that it does not belong to ("vowed to act, adding that ...")."""
    if above.factuality.is_actual or token.dep_ not in ("advcl", "acl") or not is_gerund(token):
        return False
    reporting = any(cue.gives is Effect.OWN for cue in lexicon.find(CueKind.GOVERNOR, token.lemma_.lower()))
    tail = token.i > link.governor.i and token.nbor(-1).text == ","
    return reporting and tail and not (above.factuality is F.PLANNED and link.governor.dep_ == "ROOT")


def _is_known(token: Token, above: Status) -> bool:
    """Whether a noun is introduced as known: by its owner always, by an article only below denials and attitudes."""
    owned = any(child.dep_ == "nmod:poss" and child.i < token.i for child in token.children)
    attitude = above.factuality is F.HYPOTHETICAL and not any(word.dep_ == "aux" for word in above.cue)
    return owned or (is_definite(token) and (above.factuality is F.DENIED or attitude))


def _is_done(clause: Token) -> bool:
    """Whether a clause behind a noun tells of it as done ("the tariffs that it imposed", "the talks held in Bern")."""
    modal = any(child.dep_ == "aux" and child.lemma_.lower() not in ("have", "be") for child in clause.children)
    open_clause = modal or any(child.dep_ == "mark" for child in clause.children)
    told = has(clause, "Tense", "Past") or clause.lemma_.lower() == "have"
    return told and not open_clause and clause.lemma_.lower() not in words_for("leaving open")


def _occurs(governor: Token, lexicon: FactualityLexicon) -> bool:
    """Whether the verb says of its subject that it takes place ("the visit could begin")."""
    if governor.pos_ != "VERB":
        return not any(child.dep_ == "cop" for child in governor.children)
    return any(lexicon.find(CueKind.OCCURRENCE, word) for word in (governor.lemma_.lower(), governor.lower_))
