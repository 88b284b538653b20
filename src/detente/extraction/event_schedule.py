"""Deeds that are decided on for a day to come: they are planned for it, though their verb is finished."""

from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.extraction.clause import is_predicate, objects_of
from detente.extraction.clause_dates import dates_in
from detente.extraction.composition import Meaning
from detente.extraction.event_company import talk_words
from detente.extraction.factuality import FactualityFinding
from detente.extraction.factuality_effects import DATED
from detente.extraction.factuality_time import is_to_come
from detente.extraction.reading import Reading
from detente.mentions.mention import DateMention
from detente.parsing.doc import Token
from detente.records import EventType, Factuality, When

T = EventType
HOLDING = frozenset({T.COERCE, T.SANCTION, T.CONCEDE, T.RETREAT})  # what is decided on first and holds from its day on
CONNECTING = frozenset({"in", "on", "at", "the", "as", "of", "from"})
FROM, FOR = "from", "for"
AS_OF = ("as", "of")


def scheduled(
    meaning: Meaning, event_type: EventType, finding: FactualityFinding, reading: Reading
) -> tuple[FactualityFinding, When] | None:
    """The deed as planned, and its day, where it was only set for a day to come; None where it was done.

    So told are what holds "from 1 December" and meetings set "for Friday".
    """
    if finding.factuality is not Factuality.HAPPENED or event_type not in HOLDING | {T.CONSULT}:
        return None
    for date in dates_in(meaning.top.sent, reading):
        if date.start > meaning.top.idx and is_to_come(date.when, reading):
            word = meaning.top.doc.char_span(date.start, date.end, alignment_mode="expand")
            if word is not None and _dates(word[0], word.root, meaning, event_type):
                return _planned(date, finding, reading), date.when
    return None


def _planned(date: DateMention, finding: FactualityFinding, reading: Reading) -> FactualityFinding:
    cue = reading.document.quote(date.start, date.end)
    return replace(finding, factuality=Factuality.PLANNED, cue=cue, rules=(DATED, *finding.rules))


def _dates(first: Token, root: Token, meaning: Meaning, event_type: EventType) -> bool:
    """Whether a date says when the deed is to begin or, of talks, what day they were set for."""
    at = root.head
    if event_type is T.CONSULT:
        talks = {noun.i for noun in objects_of(meaning.top) if noun.lemma_.lower() in talk_words()}
        return bool(talks) and _before(first) == FOR and at.i in {meaning.top.i, *talks}
    begun = False
    while at != meaning.top:
        if at == at.head or (is_predicate(at) and at.lower_ not in words_for("as of") and not _begins(at, meaning)):
            return False
        begun, at = begun or _begins(at, meaning), at.head
    return begun or _is_as_of(first)


def _begins(clause: Token, meaning: Meaning) -> bool:
    """Whether a clause says from when what is decided on is to hold: "approved a duty that starts in May"."""
    told = clause.dep_ == "acl:relcl" and clause.lemma_.lower() in words_for("beginning to hold")
    return told and clause.head in objects_of(meaning.top)


def _before(first: Token) -> str | None:
    """The word before a date."""
    return first.nbor(-1).lower_ if first.i > first.sent.start else None


def _is_as_of(first: Token) -> bool:
    """Whether a date is the one from which something holds: "from 1 May", "as of May", "starting in May"."""
    at, words = first, [first.lower_] if first.lower_ == FROM else []
    while at.i > at.sent.start:
        at = at.nbor(-1)
        words.append(at.lower_)
        if at.lower_ in words_for("as of") or (at.lower_ == AS_OF[0] and words[-2] == AS_OF[1]):
            return True
        if at.lower_ not in CONNECTING:
            return False
    return False
