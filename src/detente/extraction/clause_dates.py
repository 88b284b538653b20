"""When a predicate took place: the date of its clause, and which dates are those of something else.

Something else is what was told then ("according to the agency on Monday"), or since when it was the first.
"""

from detente.codebook.constructions import words_for
from detente.codebook.dates import date_lexicon
from detente.extraction.clause import (
    LONGEST_CHAIN,
    base,
    case_of,
    children,
    clause_span,
    has,
    is_predicate,
    predicate_of,
)
from detente.extraction.reading import Attribution, Reading
from detente.mentions.mention import DateMention
from detente.parsing.doc import Span, Token
from detente.records import Grain, When

BEFORE_DAY = frozenset({"on", "late", "early", "in", "at", "from"})  # between who speaks and the day
# Behind these a noun has a time of its own: "met after the attack last May".
APART = frozenset({"after", "before", "since", "despite", "following", "amid", "because of", "due to", "until"})
MODIFYING = frozenset({"compound", "amod", "nummod", "nmod:poss"})  # dates before a noun: "last year's offer"
OF_NOUN = frozenset({"of", "from", "for"})  # before a date behind a noun
OF_VERB = frozenset({"on", "by", "until", "within"})  # before a date that may be the verb's wherever it stands
WHERE = frozenset({"at", "during", "in", "on"})  # before a noun whose time is the verb's: "met at a forum in May"
BY_SENTENCE = "dates by sentence"  # where a parse keeps them
WHEN = "when"  # where the date of a predicate is kept with it
WAITING = frozenset({"if", "unless", "once", "provided"})  # before what has not come yet
UP_TO = frozenset({"to", "by"})  # before the number to which something is changed
SINCE, COMMA = "since", ","
PERFECT = frozenset({"have", "has", "had", "’ve", "'ve", "having"})
PHRASE_REACH = 15  # characters at most from a speaker to the day: " late on "


def without_day(tokens: list[Token]) -> list[Token]:
    """A speaker's words without the day behind them ("the agency on Monday"); "the Sunday Times" keeps its own."""
    days = date_lexicon()
    for at, token in enumerate(tokens):
        is_day = token.lower_ in days.weekdays or token.lower_ in days.deictic_days
        if not is_day or at == 0 or _is_within_name(tokens, at):
            continue
        first = at
        while first > 1 and tokens[first - 1].lower_ in BEFORE_DAY:
            first -= 1
        return tokens[:first]
    return tokens


def _is_within_name(tokens: list[Token], at: int) -> bool:
    """Whether a day is the beginning of a name or a description: "the Sunday Times", "the Friday statement"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is not None and following.pos_ in ("NOUN", "PROPN") and tokens[at - 1].lower_ not in BEFORE_DAY


def is_of_telling(date: DateMention, token: Token, reading: Reading) -> bool:
    """Whether a date stands with a phrase that says whose word it is: "according to the agency on Monday, ..."."""
    return any(
        _stands_with(date, told) and any(piece.start <= token.idx < piece.end for piece in told.content)
        for told in reading.attributions
    )


def _stands_with(date: DateMention, told: Attribution) -> bool:
    """Whether a date follows the speaker of "according to", outside what is told."""
    if told.cue is None or told.speaker is None or told.cue.end > told.speaker.start:
        return False
    if not 0 <= date.start - told.speaker.end <= PHRASE_REACH:
        return False
    return not any(piece.start < date.end and date.start < piece.end for piece in told.content)


def is_apart(date: Token, preposition: str | None, predicate: Token) -> bool:
    """Whether a date beside a predicate is that of something else, which it came after.

    "Was the first since May" (but "has been closed since May" holds since then), "followed a pact two months ago".
    """
    if preposition == SINCE:
        return not any(child.lower_ in PERFECT for child in predicate.children)
    behind = (child.i for child in predicate.children if child.dep_ == "obj")
    follows = predicate.lemma_.lower() in words_for("following")
    return follows and any(predicate.i < at < date.i for at in behind)


def dates_in(sentence: Span, reading: Reading) -> list[DateMention]:
    """The date expressions that begin in a sentence, in text order; sorted out once, since each predicate asks."""
    kept: tuple[tuple[DateMention, ...], dict[int, list[DateMention]]] | None
    kept = reading.parse.user_data.get(BY_SENTENCE)
    if kept is None or kept[0] is not reading.dates:
        by_sentence: dict[int, list[DateMention]] = {}
        for date in reading.dates:
            span = reading.parse.char_span(date.start, date.start + 1, alignment_mode="expand")
            if span is not None and span.start_char <= date.start < span.sent.end_char:
                by_sentence.setdefault(span.sent.start, []).append(date)
        kept = reading.parse.user_data[BY_SENTENCE] = (reading.dates, by_sentence)
    return kept[1].get(sentence.start, [])


def when_of(token: Token, reading: Reading) -> When | None:
    """The date that governs the predicate: the nearest date expression of its own clause, then of the governing ones.

    A governing clause lends its date to infinitives and participles without one ("agreed on Monday to meet": Monday
    dates the agreement, and the meeting has none, so infinitives borrow nothing).
    """
    memo = token.memo
    if WHEN not in memo:
        memo[WHEN] = None  # two clauses that each ask the other for its date have none
        memo[WHEN] = _when_of(token, reading)
    when: When | None = memo[WHEN]
    return when


def _when_of(token: Token, reading: Reading) -> When | None:
    at = predicate_of(token)
    if (before := _date_before_when(at, reading) or _date_before_day(at, reading)) is not None:
        return before.when
    near = dates_in(at.sent, reading)
    for _ in range(LONGEST_CHAIN if near else 0):
        first, last = (at.doc.tokens[edge] for edge in clause_span(at))
        inside = (date for date in near if _covers(date, first, last))
        own = [d for d in inside if _dates(_head_at(d, at), at, reading) and not is_of_telling(d, token, reading)]
        own = [d for d in own if not _is_of_participle(d, _head_at(d, at), at) and not is_of_event(d, _head_at(d, at))]
        if own:
            return min(own, key=lambda date: abs(date.start - token.idx)).when
        if (then := _date_of_then(at, reading)) is not None:
            return then
        if not _shares_time(at):
            return None
        at = predicate_of(at.head)
    return None


def _date_before_when(predicate: Token, reading: Reading) -> DateMention | None:
    """The date that a clause with "when" goes on from: "a row in 2012, when the islands were bought"."""
    for child in children(predicate, "advmod", "mark"):
        if child.lower_ == "when" and child.i > predicate.sent.start:
            at = child.nbor(-1)
            end = at.idx if at.is_punct else at.idx + len(at)
            return next((date for date in reading.dates if end - 1 <= date.end <= end), None)
    return None


def _date_before_day(predicate: Token, reading: Reading) -> DateMention | None:
    """The date of "on May 3, the day on which the pact took effect"."""
    day = predicate.head
    if predicate.dep_ != "acl:relcl" or day.lemma_.lower() not in words_for("the day") or day.left_edge.i < 1:
        return None
    comma = day.doc[day.left_edge.i - 1]
    end = comma.idx if comma.text == "," else -1
    return next((date for date in reading.dates if date.end == end), None)


def _date_of_then(predicate: Token, reading: Reading) -> When | None:
    """The date of a past deed that was done when another was: "refused to pay when the king fell in 1974"."""
    if not has(predicate, "Tense", "Past"):
        return None
    places = [predicate, *children(predicate, "xcomp")]
    clauses = [clause for place in places for clause in children(place, "advcl")]
    behind = (clause for clause in clauses if clause.i > predicate.i and has(clause, "Tense", "Past"))
    marks = ((c, m) for c in behind for m in children(c, "advmod", "mark") if m.lower_ == WHEN and m.i > predicate.i)
    # ", when the two fell out" goes on from the date before it.
    then = (clause for clause, mark in marks if not mark.nbor(-1).is_punct)
    return next((when for clause in then if (when := when_of(clause, reading)) is not None), None)


def _shares_time(clause: Token) -> bool:
    """Whether a clause takes place when the one above does: not "said in May a day after it left"."""
    if has(clause, "VerbForm", "Inf"):
        return False
    if any(mark.lower_ in WAITING for mark in children(clause, "mark")):
        return False  # "will raise duties on 5 May unless they settle": by when is not told
    if clause.dep_ != "advcl":
        return clause.dep_ == "conj" or (clause.dep_ == "acl" and case_of(clause.head) == "with")
    measured = (span.nbor(1) for span in children(clause, "obl:unmarked") if span.i + 1 < clause.i)
    return not any(mark.lower_ in APART for mark in (*children(clause, "mark"), *measured))


def _covers(date: DateMention, first: Token, last: Token) -> bool:
    return first.idx <= date.start and date.end <= last.idx + len(last)


def _head_at(date: DateMention, near: Token) -> Token:
    """The topmost token of a date expression."""
    span = near.doc.char_span(date.start, date.end, alignment_mode="expand")
    top: Token = span.root if span is not None else near
    return top


def _is_aside(noun: Token) -> bool:
    """Whether a noun stands behind a comma as another word for the one before; "his host Ana Rojas" does not."""
    first = noun.left_edge.i
    return noun.dep_ == "appos" and first > noun.sent.start and noun.doc[first - 1].text == COMMA


def _dates(date: Token, predicate: Token, reading: Reading) -> bool:
    """Whether a date tells when the predicate took place, not when something else did that is told beside it."""
    if _is_of_noun(date, predicate, reading) or is_apart(date, case_of(date), predicate):
        return False
    at = date
    while at.head not in (at, predicate):
        at = at.head
        if is_predicate(at) or case_of(at) in APART or _is_aside(at):
            return False  # "Rossi, a minister until 2017, called": until when he was one
    return bool(predicate in (at.head, date))


def _is_of_participle(date: DateMention, head: Token, predicate: Token) -> bool:
    """Whether a month or year stands right behind a participle of the object: "lifted a ban imposed last April"."""
    if date.when.grain is Grain.DAY or head.head != predicate or head.i < predicate.i:
        return False
    clauses = (clause for noun in children(predicate, "obj") for clause in children(noun, "acl"))
    return any(clause.right_edge.i + 1 == head.left_edge.i and has(clause, "Tense", "Past") for clause in clauses)


def is_of_event(date: DateMention, head: Token) -> bool:
    """Whether a month or year stands right behind what something comes before or after: "before elections in May"."""
    if date.when.grain is Grain.DAY or head.left_edge.i <= head.sent.start:
        return False
    at = head.left_edge.nbor(-1)
    for _ in range(LONGEST_CHAIN):
        if at.pos_ not in ("NOUN", "PROPN") or at.head == at:
            return False
        if case_of(at) in APART:
            return True
        at = at.head
    return False


def _is_of_noun(date: Token, predicate: Token, reading: Reading) -> bool:
    """Whether a date belongs to a noun that has a time of its own: "over the murder in March".

    Who acts has none ("Kenya on Friday closed"), and a date at the object may be the verb's ("signed a deal in May"),
    as may a day behind any noun ("lashed out at the reports on Monday").
    """
    noun = date.head
    if noun in (date, predicate) or noun.pos_ not in ("NOUN", "PROPN"):
        return False
    if date.dep_ in MODIFYING or case_of(date) in OF_NOUN:
        return True
    if noun.pos_ == "PROPN" or noun.i in reading.actor_at or case_of(noun) in WHERE:
        return False
    if case_of(noun) in UP_TO and any(True for _ in children(noun, "nummod")):
        return False  # "will raise duties to 15 percent in May": a rate has no time
    return case_of(date) not in OF_VERB and (noun.head != predicate or base(noun.dep_) in ("obl", "nmod"))
