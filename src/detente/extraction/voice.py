"""Decides who answers for what is told: the outlet, someone it names, or the writer himself."""

import re
from dataclasses import dataclass

from detente.codebook.attribution import STATEMENTS, attribution_words, hedge_scanner
from detente.codebook.loaded import LoadedTerm, loaded_scanner, loaded_terms
from detente.extraction.clause import SUBJECTS, base, clause_span, has, predicate_of
from detente.extraction.reading import Attribution, Reading
from detente.extraction.tellers import is_own_outlet, quoting_teller, teller_of
from detente.parsing.doc import Token
from detente.records import Genre, Passage, Span, Teller, Voice

TELLING = STATEMENTS | {"think", "show"}  # kinds whose content is a claim of the speaker, not a wish or a stand
DEED = "agree"  # the kind of what is done in saying it
DECIDES = 2  # sum of weights that makes a sentence the writer's own, see data/lang/en/loaded.toml
DECIDES_DATED = 4  # the same where the sentence tells a date: one hard word in a report is no opinion
DECIDES_OPINION = 1  # the same in an opinion piece
DASHES = (" – ", " — ", "—", " - ")
OPENING = ('"', "“", "'", "‘")
# Keys in Doc.user_data, which lives as long as the parse.
CLAIMS, LOADED, TERMS, HEDGES = "detente.claims", "detente.loaded", "detente.terms", "detente.hedges"
VOICES = "detente.voices"
MOSTLY = 0.5  # share of a span that must lie in a content to count as inside it


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceFinding:
    """Who answers for a span: `attribution` is the chain, nearest first; `rules` the ids of what decided."""

    voice: Voice
    attribution: tuple[Teller, ...] = ()
    hedges: tuple[Span, ...] = ()
    rules: tuple[str, ...] = ()


def find_voice(reading: Reading, start: int, end: int) -> VoiceFinding:
    """Whose claim the words at characters start..end are.

    Attributed where they lie in what someone other than the document's own outlet says; author where the genre and the
    wording of the sentence outside quotations show opinion; else reported.
    """
    memo: dict[tuple[int, int], VoiceFinding] = reading.parse.user_data.setdefault(VOICES, {})
    if (start, end) not in memo:
        memo[start, end] = _voice_of(reading, start, end)
    return memo[start, end]


def _voice_of(reading: Reading, start: int, end: int) -> VoiceFinding:
    passage = _passage(reading, start)
    hedges, rules = _hedges(reading, passage, start) if passage is not None else ((), [])
    outer = [a for a in attributions_around(reading, start, end) if not is_own_outlet(reading, a)]
    links = (teller_of, quoting_teller)
    told = [(link(reading, attribution), attribution.rule) for attribution in outer for link in links]
    chain = tuple(teller for teller, _ in told if teller is not None)
    if outer:
        rules += dict.fromkeys(rule for _, rule in told)
        if chain:
            return VoiceFinding(voice=Voice.ATTRIBUTED, attribution=chain, hedges=hedges, rules=tuple(rules))
    if passage is None:
        return VoiceFinding(voice=Voice.REPORTED, hedges=hedges, rules=tuple(rules))
    voice, why = _own_voice(reading, passage, start)
    return VoiceFinding(voice=voice, hedges=hedges, rules=(*rules, *why))


def attributions_around(reading: Reading, start: int, end: int) -> list[Attribution]:
    """The attributions whose content holds most of start..end, the nearest (shortest) first.

    Wishes and stands ("wants", "backs") are left out: that someone wants it is what the text itself tells.
    """
    around = []
    for attribution in _telling(reading):
        held = 0
        for piece in attribution.content:
            if piece.start < end and start < piece.end:
                held += min(end, piece.end) - max(start, piece.start)
        if held > MOSTLY * (end - start):
            around.append(attribution)
    return sorted(around, key=lambda a: a.content[-1].end - a.content[0].start)


def _telling(reading: Reading) -> list[Attribution]:
    """The attributions whose content is a claim; found once per parse."""
    memo = reading.parse.user_data
    if CLAIMS not in memo:
        told = (a for a in reading.attributions if kind_of(a) in TELLING or _is_quoted_whole(reading, a))
        memo[CLAIMS] = [attribution for attribution in told if is_claim(reading, attribution)]
    found: list[Attribution] = memo[CLAIMS]
    return found


def _is_quoted_whole(reading: Reading, attribution: Attribution) -> bool:
    """Whether the content is a quotation: its words are the speaker's, whatever the verb ("he protested: ...")."""
    start = attribution.content[0].start
    return start > 0 and reading.document.text[start - 1] in OPENING


def _loaded(reading: Reading) -> list[tuple[int, LoadedTerm]]:
    """Where the loaded terms begin that nobody else is quoted with, in the order of the rows; found once per parse."""
    memo = reading.parse.user_data
    if LOADED not in memo:
        quoted = [
            (piece.start, piece.end)
            for attribution in reading.attributions
            if attribution.speaker is not None and not is_own_outlet(reading, attribution)
            for piece in attribution.content
        ]
        memo[LOADED] = [
            (match.start(), term)
            for term, match in find_loaded(reading)
            if not any(first <= match.start() < last for first, last in quoted) and not _is_quoted(reading, match)
        ]
    found: list[tuple[int, LoadedTerm]] = memo[LOADED]
    return found


def find_loaded(reading: Reading) -> list[tuple[LoadedTerm, re.Match[str]]]:
    """The loaded terms of the document, in the order of the rows; found once per parse."""
    memo = reading.parse.user_data
    if TERMS not in memo:
        matches = loaded_scanner().find(reading.document.text)
        memo[TERMS] = [(loaded_terms()[number], match) for number, match in matches]
    found: list[tuple[LoadedTerm, re.Match[str]]] = memo[TERMS]
    return found


def is_claim(reading: Reading, attribution: Attribution) -> bool:
    """Whether the content says something, rather than names the thing spoken of ("discussed the attack")."""
    row = attribution_words().by_id.get(attribution.rule)
    if row is None or attribution.cue_head is None:
        return True
    piece = attribution.content[0]
    if row.kind == DEED and piece.quote.startswith("to "):
        return False  # "agreed to pay": they did, and nobody is said to have said it
    span = reading.parse.char_span(piece.start, piece.end, alignment_mode="expand")
    text = reading.document.text
    if span is None or text[max(piece.start - 1, 0) : piece.start] in OPENING:
        return True
    root = span.root
    if row.frames and "noun" not in row.frames and "quote" in row.frames:
        return True  # its object is no thing: the parse took a clause for one
    if piece.quote.startswith("that ") or ("someone-to" in row.frames and any(token.pos_ == "VERB" for token in span)):
        return True
    return root.dep_ not in ("obj", "obl", "nmod") or root.head.i != attribution.cue_head


def is_mute(attribution: Attribution, reading: Reading) -> bool:
    """Whether who is said to speak is a deed or a thing, of which the writer reads it: "the remarks indicate that"."""
    head = attribution.speaker_head
    return head is not None and reading.parse[head].lower_ in attribution_words().mute


def kind_of(attribution: Attribution) -> str:
    """The kind of the cue's row; a phrase, a label or a bare quotation says."""
    cue = attribution_words().by_id.get(attribution.rule)
    if cue is not None:
        return cue.kind
    return next((p.kind for p in attribution_words().phrases if p.id == attribution.rule), "say")


def _passage(reading: Reading, at: int) -> Passage | None:
    return next((p for p in reading.passages if p.start <= at < p.end), None)


def _hedges(reading: Reading, passage: Passage, at: int) -> tuple[tuple[Span, ...], list[str]]:
    """The hedges of the sentence that reach the words at `at`: those of their own clause and of governing ones."""
    found = [
        (start, end, rule)
        for start, end, rule in _all_hedges(reading)
        if passage.start <= start and end <= passage.end and _reaches(reading, start, at)
    ]
    return tuple(reading.document.quote(start, end) for start, end, _ in found), [rule for *_, rule in found]


def _all_hedges(reading: Reading) -> list[tuple[int, int, str]]:
    """The places and rules of the hedges of the document, in text order; found once per parse."""
    memo = reading.parse.user_data
    if HEDGES not in memo:
        memo[HEDGES] = sorted(
            (match.start(), match.end(), attribution_words().hedges[number].id)
            for number, match in hedge_scanner().find(reading.document.text)
        )
    found: list[tuple[int, int, str]] = memo[HEDGES]
    return found


def _reaches(reading: Reading, hedge: int, at: int) -> bool:
    """Whether no clause with a subject of its own and no dash parts the words from the hedge."""
    between = reading.document.text[min(hedge, at) : max(hedge, at)]
    if any(dash in between for dash in DASHES):
        return False
    one, other = _token_at(reading, hedge), _token_at(reading, at)
    if one is None or other is None:
        return True
    return _main_clause(one) == _main_clause(other)


def _main_clause(token: Token) -> Token:
    """The predicate of the clause that the token belongs to, however deep, up to one joined beside another."""
    head = predicate_of(token)
    while head.head != head:
        beside = head.dep_ in ("conj", "parataxis") and any(base(child.dep_) in SUBJECTS for child in head.children)
        if beside:
            break
        head = head.head
    return head


def _own_voice(reading: Reading, passage: Passage, at: int) -> tuple[Voice, list[str]]:
    """Reported or author, for words that nobody else is said to have said."""
    genre = reading.document.genre
    terms = _terms_outside(reading, passage, at)
    weight = sum(term.weight for term in terms)
    why = [term.id for term in terms]
    if genre is Genre.OPINION:
        if _is_dated_deed(reading, passage, at) and weight <= DECIDES_OPINION:
            return Voice.REPORTED, ["dated-deed"]
        return Voice.AUTHOR, ["opinion-piece", *why]
    if genre is Genre.READOUT:
        return Voice.REPORTED, why
    dated = any(passage.start <= date.start < passage.end for date in reading.dates)
    return (Voice.AUTHOR, why) if weight >= (DECIDES_DATED if dated else DECIDES) else (Voice.REPORTED, why)


def _terms_outside(reading: Reading, passage: Passage, at: int) -> list[LoadedTerm]:
    """The rows that fire in the clause around `at`, outside of what others say."""
    start, end = _clause(reading, passage, at)
    fired = {term.id: term for place, term in _loaded(reading) if start <= place < end}
    return list(fired.values())


def _is_quoted(reading: Reading, match: re.Match[str]) -> bool:
    """Whether quotation marks stand around the words: then they are somebody else's."""
    text = reading.document.text
    return text[match.start() - 1 : match.start()] in ('"', "“", "‘") and text[match.end() : match.end() + 1] != ""


def _clause(reading: Reading, passage: Passage, at: int) -> tuple[int, int]:
    """Characters of the clause around `at`; the sentence in an opinion piece, where one word colours all of it."""
    if reading.document.genre is Genre.OPINION:
        return passage.start, passage.end
    token = _token_at(reading, at)
    if token is None:
        return passage.start, passage.end
    first, last = clause_span(token)
    end = reading.parse[last]
    return reading.parse[first].idx, end.idx + len(end)


def _token_at(reading: Reading, at: int) -> Token | None:
    span = reading.parse.char_span(at, at + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def _is_dated_deed(reading: Reading, passage: Passage, at: int) -> bool:
    """Whether the clause tells something done, in the past tense and with its date."""
    token = _token_at(reading, at)
    if token is None:
        return False
    verb = predicate_of(token)
    is_past = has(verb, "Tense", "Past") or any(c.lower_ in ("has", "have", "had") for c in verb.children)
    if any(
        child.dep_ == "aux" and child.lower_ in ("will", "would", "could", "may", "might") for child in verb.children
    ):
        return False
    return is_past and any(passage.start <= date.start < passage.end for date in reading.dates)
