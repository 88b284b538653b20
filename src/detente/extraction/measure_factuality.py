"""How real a step of a measure is: the factuality of the word that tells it, weighed with the words beside it."""

import dataclasses

from detente.codebook.constructions import words_for
from detente.codebook.measures import MeasureRow, load_measures
from detente.extraction.agenda_basis import WEAK, is_perfect
from detente.extraction.agenda_parties import noun_over
from detente.extraction.agenda_past import is_lapsed, is_nearer_behind, is_past_plan
from detente.extraction.agenda_when import begins_late, ends_late, is_past, is_past_tense
from detente.extraction.clause import base, case_of, children, has, is_negated, is_passive, predicate_of
from detente.extraction.clause_dates import when_of
from detente.extraction.factuality import FactualityFinding, find_factuality
from detente.extraction.measure_governors import SUBJECT
from detente.extraction.measure_steps import StepFinding, chamber
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Factuality, When

AHEAD = frozenset({Factuality.PLANNED, Factuality.EXPECTED})
CONCLUDING = frozenset({"agreed", "signed", "ratified"})
WAITING = frozenset({"when", "once", "until", "unless", "if", "only", "before", "till", "provided"})
LAPSED = "lapsed"  # the rule of what had only been planned: "had been due to sign", "was to have signed"
NEVER = frozenset({Factuality.DENIED, Factuality.CANCELLED})
BY_VOTE = frozenset(
    {"approved", "ratified", "extended", "rejected", "passed committee", "passed one chamber", "passed both chambers"}
)
OVER = frozenset({"over", "about", "regarding", "concerning"})  # before what is only talked of
TOWARDS = frozenset({"on", "towards", "toward", "for", "to"})
ABOUT = frozenset({"on", "about", "regarding", "concerning"})
BEFORE_GERUNDS = frozenset({"about", "to", "toward", "towards", "of", "on", "for", "at", "in", "from"})
OFFHAND = frozenset({"will", "would"})  # rules of factuality that speak of the verb alone
STAYING = "verb.stay"  # row of measures.toml
ONCE = frozenset(
    {"agreed", "signed", "ratified", "lifted", "withdrawn"}
)  # nouns of these, told in the present, name no fact
UNLESS = ("unless", "barring", "if not")
IN_A_ROW = frozenset({"conj", "parataxis"})


def weigh(finding: StepFinding, reading: Reading) -> FactualityFinding:
    """The factuality of the word that tells the step, mended where only the words beside it tell more."""
    token = finding.token
    told = find_factuality(_first_of_row(token), reading)
    when = when_of(token, reading)
    if is_lapsed(token) or is_nearer_behind(token, when, reading) or (is_past_plan(token) and is_past(when, reading)):
        return dataclasses.replace(told, factuality=Factuality.HYPOTHETICAL, rules=(*told.rules, LAPSED))
    mended = Factuality.ONGOING if is_to_stay(token) and told.factuality in AHEAD else _mended(finding, told, reading)
    if mended is None and told.factuality.is_actual:
        mended = _as_above(token, reading)
    if mended is None and finding.row.section == "predicate" and _is_while(told):
        mended = Factuality.ONGOING
    if mended is not None:
        return dataclasses.replace(told, factuality=mended)
    row = _readiness_of(token) if told.factuality is Factuality.PLANNED else None
    if told.factuality.is_actual:
        if token.dep_ in ("acl", "xcomp", "ccomp") and token.head.pos_ == "NOUN" and is_passive(token):
            # "wants all tariffs removed": the wish governs the noun, the participle hangs at it.
            wished = find_factuality(token.head, reading)
            return wished if wished.factuality is Factuality.DEMANDED else told
        row = _chance_of(token)
    if row is not None and row.factuality is not None:
        return dataclasses.replace(told, factuality=row.factuality, rules=(*told.rules, row.id))
    if told.factuality.is_actual:
        return dataclasses.replace(told, factuality=_only_spoken_of(finding, told) or told.factuality)
    return told


def _is_while(told: FactualityFinding) -> bool:
    """Whether what holds "as long as" it does is there: "no talks as long as the sanctions are in place"."""
    return told.cue is not None and told.cue.quote.lower().endswith(("as long as", "so long as"))


def unless_stopped(told: FactualityFinding, when: When | None, reading: Reading) -> FactualityFinding:
    """The finding, planned where a day is set and only an "unless" stands in the way: "on 5 May unless they settle"."""
    condition = told.condition.quote.lower() if told.condition else ""
    stoppable = told.factuality is Factuality.CONDITIONAL and condition.startswith(UNLESS)
    if not stoppable or not begins_late(when, reading):
        return told
    return dataclasses.replace(told, factuality=Factuality.PLANNED)


def _mended(finding: StepFinding, told: FactualityFinding, reading: Reading) -> Factuality | None:
    """What the verb's own form or the noun it hangs at says against the factuality found, None where it agrees."""
    token = finding.token
    if is_perfect(token) or (told.factuality in AHEAD and is_past_tense(token) and _has_subject(token)):
        return Factuality.HAPPENED
    if _is_threat(token):
        return Factuality.THREATENED
    decided = told.factuality is Factuality.DEMANDED and _is_ordered(token, reading)
    decided = decided or (told.factuality in (Factuality.PLANNED, Factuality.DENIED) and is_decided(token))
    if decided or (told.factuality not in NEVER and finding.step in BY_VOTE and _is_voted(token, reading)):
        return Factuality.HAPPENED  # "condemned its decision to suspend the treaty", "voted to approve the deal"
    if told.factuality is Factuality.ONGOING and _runs_out(finding) and ends_late(when_of(token, reading), reading):
        return Factuality.PLANNED  # "runs out at the end of the year"
    if told.factuality in AHEAD and _is_mentioned(token) and OFFHAND.issuperset(told.rules):
        return Factuality.HYPOTHETICAL  # "would be linked to the implementation of the deal"
    # "gave it time to ratify the deal" says what for, not that it is due.
    open_ = not WEAK.isdisjoint(told.rules) or _is_sought(token)
    return Factuality.PROPOSED if told.factuality in AHEAD and open_ else None


def is_to_stay(participle: Token) -> bool:
    """Whether what is done only goes on: "will stay closed until May"."""
    if participle.dep_ != "xcomp" or not has(participle, "VerbForm", "Part"):
        return False
    return any(phrase.row.id == STAYING for phrase, _ in find_phrases(participle.head, load_measures().of("verb")))


def _is_sought(verb: Token) -> bool:
    """Whether an infinitive says what an agreement would be that is not reached: "deadlocked over a deal to ban it"."""
    noun = noun_over(verb)
    if noun is None or noun.lemma_.lower() not in words_for("accords") or base(noun.dep_) not in ("obl", "nmod"):
        return False
    return case_of(noun) in OVER | TOWARDS


def _as_above(token: Token, reading: Reading) -> Factuality | None:
    """What governs a participle where that is no fact: "would face a reduced levy", "would like to see it lifted"."""
    gerund = token.dep_ == "advcl" and token.lower_.endswith("ing")
    seen = token.dep_ in ("xcomp", "ccomp") and token.head.pos_ == "VERB" and is_passive(token)
    wished = token.dep_ == "acl" and any(
        True for _ in find_phrases(predicate_of(token.head), load_measures().of("wish"))
    )
    if not (gerund or seen or wished or (token.dep_ == "amod" and _opens_phrase(token))):
        return None
    told = find_factuality(predicate_of(token.head), reading)
    return None if told.factuality.is_actual else told.factuality


def _opens_phrase(participle: Token) -> bool:
    """Whether a participle stands inside a noun phrase: "a reduced levy", not "the union reduced tariffs"."""
    before = participle.nbor(-1) if participle.i > participle.sent.start else None
    return before is not None and before.pos_ in ("DET", "NUM", "ADJ", "ADP")


def _is_mentioned(token: Token) -> bool:
    """Whether a noun that tells a step stands beside what its clause says."""
    return token.pos_ == "NOUN" and base(token.dep_) in ("obl", "nmod")


def is_decided(verb: Token) -> bool:
    """Whether an infinitive, or how it is done ("by expelling two"), says what someone's decision is."""
    if verb.dep_ == "advcl" and any(child.lower_ == "by" for child in children(verb, "mark", "case")):
        verb = verb.head
    noun = noun_over(verb)
    if noun is None or is_negated(verb):
        return False  # "the decision not to extend the pact"
    owned = (c for c in noun.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and case_of(c) in ("of", "by")))
    named = (c for c in children(noun, "compound") if c.pos_ == "PROPN")  # "the EU decision to"
    holders = [child for child in (*owned, *named) if child.i < verb.i]
    if any(chamber(child) for child in holders):
        return False  # "the vote of the House to impose sanctions": the other chamber has not
    if not holders and not _is_signed(noun):
        return False
    return any(True for _ in find_phrases(noun, load_measures().of("decision")))


def _is_signed(noun: Token) -> bool:
    """Whether a decision is what someone has signed: "signed a decision to lift the ban"."""
    if noun.dep_ != "obj" or not has(noun.head, "Tense", "Past"):
        return False
    return any(p.row.step == "signed" for p, _ in find_phrases(noun.head, load_measures().of("verb")))


def _is_ordered(noun: Token, reading: Reading) -> bool:
    """Whether a noun tells what someone in power has ordered: "ordered the suspension of the treaty"."""
    if noun.pos_ != "NOUN" or noun.dep_ != "obj":
        return False
    ordered = any(True for _ in find_phrases(noun.head, load_measures().of("order")))
    return ordered and find_factuality(noun.head, reading).factuality.is_actual


def _is_voted(verb: Token, reading: Reading) -> bool:
    """Whether an infinitive says what a vote that was taken came to."""
    above = verb.head
    if verb.dep_ not in ("xcomp", "advcl") or not any(child.lower_ == "to" for child in children(verb, "mark")):
        return False
    voted = any(True for _ in find_phrases(above, load_measures().of("voting")))
    return voted and find_factuality(above, reading).factuality is Factuality.HAPPENED


def _runs_out(finding: StepFinding) -> bool:
    """Whether the measure itself comes to its end."""
    return finding.role == SUBJECT and load_measures().steps[finding.step].presumes is not None


def _is_threat(verb: Token) -> bool:
    """Whether an infinitive says what a threat is: "carry out its threat to impose tariffs"."""
    found = find_phrases(verb.head, load_measures().of("step_noun")) if verb.dep_ == "acl" else ()
    return any(phrase.row.step == "threatened" for phrase, _ in found)


def _first_of_row(verb: Token) -> Token:
    """Of "may stop buying oil and restrict trade" the first verb, which bears the auxiliary; else the verb itself."""
    at = verb
    while (
        at.dep_ in IN_A_ROW and has(at, "VerbForm", "Inf") and not any(c.dep_ in ("aux", "mark") for c in at.children)
    ):
        at = at.head
    # "agreed to restore ties, reopen embassies": the second infinitive may hang at the main verb.
    first = next((c for c in children(at, "xcomp") if at.i < c.i < verb.i and _is_to(c)), None)
    if at != verb and first is not None and not has(at, "VerbForm", "Inf"):
        return first
    return at if _is_to(at) or any(c.dep_ == "aux" for c in at.children) else verb


def _is_to(verb: Token) -> bool:
    return has(verb, "VerbForm", "Inf") and any(c.lower_ == "to" for c in children(verb, "mark"))


def _has_subject(verb: Token) -> bool:
    return any(True for _ in children(verb, "nsubj", "nsubj:pass"))


def _only_spoken_of(finding: StepFinding, told: FactualityFinding) -> Factuality | None:
    """What a step comes to that is no more than a condition or a notion, None where it is told as a fact."""
    token = finding.token
    if _is_condition(token):
        return Factuality.CONDITIONAL
    ongoing = told.factuality is Factuality.ONGOING or _is_related(token)
    if ongoing and token.pos_ == "NOUN" and finding.step in ONCE:
        # "the signing of the treaty depends on the vote", "the lifting of the ban was not linked to the talks"
        return Factuality.HYPOTHETICAL
    if token.pos_ == "NOUN" and base(token.dep_) in ("obl", "nmod") and case_of(token) in OVER:
        return Factuality.HYPOTHETICAL  # "at odds over an extension of the truce"
    matter = token.dep_ in ("acl", "nmod") and _is_matter_of_noun(token)
    talked_over = (
        token.pos_ == "NOUN" and token.dep_ == "obj" and token.head.lemma_.lower() in words_for("talking over")
    )
    if matter or talked_over:
        return Factuality.HYPOTHETICAL  # "signed a position on extending the ban", "discussed the signing of the pact"
    concluding = finding.step in CONCLUDING and _is_gerund_after_preposition(token)
    if concluding or (token.lower_.endswith("ing") and token.dep_ == "csubj"):
        # "doubts about reaching a deal", "close to signing", "lifting the ban would help"
        return Factuality.HYPOTHETICAL
    return None


def _is_related(noun: Token) -> bool:
    """Whether it is only told what a deed has to do with another."""
    return base(noun.dep_) == "nsubj" and noun.head.lemma_.lower() in words_for("related")


def _is_matter_of_noun(token: Token) -> bool:
    """Whether an -ing form is what a noun is about: "a statement on lifting the ban", not "an agreement on"."""
    noun = token.head
    on = token.lower_.endswith("ing") and token.i > token.sent.start and token.nbor(-1).lower_ in ABOUT
    decided = words_for("accords") | {
        word for row in load_measures().rows if row.section == "decision" for word in row.words
    }
    return on and noun.pos_ == "NOUN" and noun.lemma_.lower() not in decided


def _readiness_of(verb: Token) -> MeasureRow | None:
    """The row of a word that says that someone is only ready for the step: "is prepared to lift the ban"."""
    above, noun = verb.head, noun_over(verb)
    if verb.dep_ not in ("xcomp", "advcl", "ccomp") and noun is None:
        return _hope_before(verb)
    words = (above, *(c for c in above.children if c.dep_ in ("mark", "cop", "aux")), *([noun] if noun else []))
    found = (phrase.row for word in words for phrase, _ in find_phrases(word, load_measures().of("readiness")))
    return next(found, None) or _hope_before(verb)


def _hope_before(word: Token) -> MeasureRow | None:
    """The row of a word of hoping right before the clause: "with hopes the lifting of the ban will follow"."""
    clause = predicate_of(word)
    first = clause.left_edge.i
    for i in range(max(clause.sent.start, first - 2), first):
        for phrase, _ in find_phrases(clause.doc[i], load_measures().of("readiness")):
            return phrase.row
    return None


def _is_condition(verb: Token) -> bool:
    """Whether a clause in the present tense names what something else waits for: "once the ban is lifted"."""
    if verb.dep_ != "advcl" or not any(c.dep_ in {"mark", "advmod"} for c in verb.children if c.i < verb.i):
        return False
    opener = next((c for c in verb.subtree if not c.is_space and not c.is_punct), verb)
    finite = [verb, *(c for c in verb.children if c.dep_ in ("aux", "aux:pass"))]
    return opener.lower_ in WAITING and any("Pres" in t.morph.get("Tense", []) for t in finite)


def _is_gerund_after_preposition(token: Token) -> bool:
    return token.lower_.endswith("ing") and token.i > token.sent.start and token.nbor(-1).lower_ in BEFORE_GERUNDS


def _chance_of(token: Token) -> MeasureRow | None:
    """The row of a predicate that says how likely the step is: "House passage is certain"."""
    if token.dep_ not in ("nsubj", "nsubj:pass"):
        return None
    found = find_phrases(token.head, load_measures().of("chance"))
    return next((phrase.row for phrase, _ in found), None)
