"""The amounts of a measure: rates, sums and numbers of goods, none that tells of something else beside it."""

from detente.codebook.amounts import load_amount_words
from detente.codebook.measures import load_measures
from detente.extraction.amounts import AmountMention, find_amounts
from detente.extraction.circumstances import passage_of
from detente.extraction.clause import clause_span, predicate_of
from detente.extraction.measure_mentions import MeasureMention
from detente.extraction.measure_steps import StepFinding
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Amount

PERCENT = "percent"  # the unit
VERBAL = frozenset({"VERB", "AUX"})
LONGEST_CLIMB = 6  # words between an amount and what it is of
GIVEN = frozenset({"waiver", "licence"})  # kinds that spare others a measure: the rate is that one's


def amounts_of(
    mention: MeasureMention, findings: list[StepFinding], reading: Reading, *, alone: bool
) -> tuple[Amount, ...]:
    """The amounts in the measure's noun phrase and in its steps' clauses; in the sentence where it is the only one."""
    spans = [_extent(mention.head)] + [_clause(finding.token) for finding in findings]
    if alone and findings:
        passage = passage_of(mention.head, reading)
        spans.append((passage.start, passage.end))
    start = min(first for first, _ in spans)
    end = max(last for _, last in spans)
    found = find_amounts(reading.document.text, start, end)
    told = {finding.token.i for finding in findings} | {predicate_of(mention.head).i}
    found = [amount for amount in found if not _is_beside(amount, told, reading)]
    return tuple(dict.fromkeys(amount.amount for amount in found if not _is_of_other(amount, mention, reading)))


def _is_beside(found: AmountMention, told: set[int], reading: Reading) -> bool:
    """Whether a sum or number is that of another deed than those that `told` the measure, or of somebody's past.

    "Washington, which has given Peru $3 billion, cut aid", "raised duties and demanded $1 billion".
    """
    span = reading.parse.char_span(found.start, found.end, alignment_mode="expand")
    if span is None or found.amount.unit == PERCENT:
        return False
    at = span.root
    while at.head != at and at.pos_ not in VERBAL and at.i not in told:
        at = at.head
    if at.i in told or at.pos_ not in VERBAL:
        return False
    if at.dep_ == "acl:relcl" and at.head.i in reading.actor_at:
        return True
    money = found.amount.unit.isupper()  # "five firms were ordered to leave": a number is mostly the measure's
    return money and at.lemma_.lower() not in load_amount_words().covering_verbs


def _is_of_other(found: AmountMention, mention: MeasureMention, reading: Reading) -> bool:
    """Whether an amount is a share ("which account for 50 percent of imports"), or that of a measure told of within.

    So is the rate that a waiver spares, and the sum of "an order to propose tariffs on $60 billion of goods".
    """
    span = reading.parse.char_span(found.start, found.end, alignment_mode="expand")
    if span is None:
        return False
    at = span.root
    if found.amount.unit != PERCENT:
        between = at.doc[mention.head.i + 1 : max(at.i, mention.head.i + 1)] if found.amount.unit.isupper() else ()
        return any(_is_measure(word) and mention.head in word.ancestors for word in between)
    for _ in range(LONGEST_CLIMB):
        if at in (at.head, mention.head):
            return False
        at = at.head
        if mention.kind in GIVEN and at != mention.head and _is_measure(at):
            return True
        if at.pos_ == "VERB":
            return at.lemma_.lower() in load_amount_words().share_verbs
    return False


def _is_measure(token: Token) -> bool:
    return any(True for _ in find_phrases(token, load_measures().of("noun")))


def _extent(head: Token) -> tuple[int, int]:
    tokens = list(head.subtree)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _clause(token: Token) -> tuple[int, int]:
    first, last = clause_span(token)
    return token.doc[first].idx, token.doc[last].idx + len(token.doc[last])
