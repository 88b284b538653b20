"""Extracts what the author himself says of the relation: verdicts, forecasts, how it has moved, loaded claims."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.codebook.opinions import opinion_matters, opinion_rows, opinion_scanner
from detente.extraction.bearing import states_around
from detente.extraction.circumstances import circumstances, passage_of
from detente.extraction.clause import SUBJECTS, base, has, is_predicate, predicate_of
from detente.extraction.clause_dates import when_of
from detente.extraction.quotation import Quotation, find_quotations
from detente.extraction.reading import Reading
from detente.extraction.voice import TELLING, attributions_around, find_loaded, is_mute, kind_of
from detente.parsing.doc import Token
from detente.records import Factuality, Genre, Manner, Statement, Voice, record_id

DECIDES = 2  # weight of a row of loaded.toml from which on one word makes an opinion, see data/lang/en/loaded.toml
CONFIDENCE = {"verdict": 0.6, "forecast": 0.6, "trend": 0.5, "frame": 0.5, "loaded": 0.5, "claim": 0.4}
SHORTEST = 3  # words: less is no clause
QUOTED = "detente.quoted"  # key in Doc.user_data, which lives as long as the parse
EDGES = frozenset({"and", "but", "or", "yet", "so", "that", "then"})  # join a clause to the one before
LOOSE_START = re.compile(r"^(?:[\s,;:–—-]|\b(?:that|as well|and|but)\b)+")
CUT_END = re.compile(
    r"(?:[\s,;:–—-]|\b(?:that|if|how|and|but|for|whether|as|with|the|while|when|although|is|was|to|have|would)\b)+$"
)  # the same where another's words cut it
LOOSE_END = re.compile(r"(?:[\s,;:–—-]|\b(?:that|if|how|and|but|for|whether|as|with|the))+$")  # of a clause cut short
PERFECT = frozenset({"has", "have", "had", "been"})
MODALS = frozenset({"will", "would", "could", "may", "might", "can", "must", "should"})


@dataclass(frozen=True, slots=True)
class Opinion:
    """Words at start..end that the author answers for, decided by the cue, of a row of the data."""

    start: int
    end: int
    cue: tuple[int, int]
    rule: str
    kind: str


def extract_opinions(reading: Reading) -> list[Statement]:
    """One statement of the author's per clause that judges or foresees, in text order; may be empty.

    Only what nobody else is said to have said, below no heading but the title's, and about both states of the pair.
    In opinion pieces the author's plain claims about a side count too. Readouts hold none.
    """
    if reading.pair is None or reading.document.genre is Genre.READOUT:
        return []
    found: list[Opinion] = []
    for opinion in sorted([*_worded(reading), *_claimed(reading)], key=lambda one: (one.start, -one.end, one.cue)):
        if not any(opinion.start < other.end and other.start < opinion.end for other in found):
            found.append(opinion)
    return [_statement(reading, opinion) for opinion in found]


def _worded(reading: Reading) -> Iterator[Opinion]:
    """The clauses in which a row of the data fires."""
    genre, text = reading.document.genre.value, reading.document.text
    found = [(opinion_rows()[number], match) for number, match in opinion_scanner().find(text)]
    rows = [(row.id, row.kind, match) for row, match in found if row.genre in (None, genre)]
    # In a report a hard word for somebody ("the regime") colours the sentence but says nothing by itself.
    is_opinion = reading.document.genre is Genre.OPINION
    deciding = [(t, m) for t, m in find_loaded(reading) if t.weight >= DECIDES and (is_opinion or t.kind != "loaded")]
    rows += [(term.id, "loaded", match) for term, match in deciding]
    for rule, kind, match in rows:
        token = _token_at(reading, match.start(), match.end())
        if token is not None and _is_open(reading, token, *match.span()):
            content = _clause_around(reading, token, match.start())
            if content is not None and (kind == "frame" or _has_predicate(reading, *content)):
                yield Opinion(*content, match.span(), rule, kind)


def _claimed(reading: Reading) -> Iterator[Opinion]:
    """In opinion pieces the main clauses in the present about a side."""
    if reading.document.genre is not Genre.OPINION:
        return
    for token in reading.parse:
        if token.dep_ != "ROOT" or not _is_present(token) or when_of(token, reading) is not None:
            continue
        if _is_open(reading, token, token.idx, token.idx + len(token)):
            content = _clause_around(reading, token, token.idx)
            if content is not None and _is_of_relation(reading, token, *content) and not _is_mixed(reading, *content):
                yield Opinion(*content, (token.idx, token.idx + len(token)), "plain-claim", "claim")


def _is_mixed(reading: Reading, start: int, end: int) -> bool:
    """Whether the sentence quotes somebody: what stands beside the marks may be his as well.

    Not so where whoever is quoted is named between the two: "Differences remain, the agency adding: “...”".
    """
    passage = next(one for one in reading.passages if one.start <= start < one.end)
    quoted = [one for one in _quotations(reading) if one.start < passage.end and passage.start < one.end]
    return any(not _is_tagged(reading, one, end) for one in quoted)


def _is_tagged(reading: Reading, quotation: Quotation, end: int) -> bool:
    """Whether speaker and cue of a quotation stand between it and the clause that ends before it."""
    return any(
        one.speaker is not None and one.cue is not None and end <= one.speaker.start < one.cue.end <= quotation.first
        for one in reading.attributions
        if one.content[0].start == quotation.first
    )


def _is_present(token: Token) -> bool:
    verbs = [token, *(child for child in token.children if child.dep_ in ("aux", "aux:pass", "cop"))]
    if any(verb.lower_ in PERFECT for verb in verbs if verb is not token):
        return False  # "has tried": a deed
    return any(has(verb, "Tense", "Pres") and has(verb, "VerbForm", "Fin") for verb in verbs) or any(
        verb.lower_ in MODALS for verb in verbs
    )


def _has_predicate(reading: Reading, start: int, end: int) -> bool:
    """Whether the words say something, rather than name somebody."""
    span = reading.parse.char_span(start, end, alignment_mode="expand")
    return span is not None and any(
        token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound") for token in span
    )


def _is_of_relation(reading: Reading, root: Token, start: int, end: int) -> bool:
    """Whether a clause is about a side, or its subject is what stands between the two: "ties", "the bill"."""
    subject = next((child for child in root.children if child.dep_ in SUBJECTS), None)
    between = subject is not None and subject.lemma_.lower() in opinion_matters()
    return between or _names_side(reading, start, end)


def _names_side(reading: Reading, start: int, end: int) -> bool:
    pair = set(reading.pair or ())
    return any(
        actor.state in pair for mention in reading.actors if start <= mention.start < end for actor in mention.actors
    )


def _token_at(reading: Reading, start: int, end: int) -> Token | None:
    """The head of the words; None between passages."""
    span = reading.parse.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _is_open(reading: Reading, token: Token, start: int, end: int) -> bool:
    """Whether the words at start..end are the author's and bear on the pair."""
    passage = passage_of(token, reading)
    if passage.from_title or not passage.start <= start < end <= passage.end:
        return False
    if not set(reading.pair or ()) <= states_around(reading, passage.start, passage.end):
        return False
    if reading.document.text[passage.start : passage.end].rstrip("”\"’' ").endswith("?"):
        return False
    return not _is_told(reading, start, end)


def _is_told(reading: Reading, start: int, end: int) -> bool:
    """Whether somebody else says or wants it, or it stands between quotation marks."""
    if attributions_around(reading, start, end):
        return True
    for attribution in reading.attributions:
        if attribution.speaker is None and any(p.start <= start and end <= p.end for p in attribution.content):
            return True
    return any(one.start < end and start < one.end for one in _quotations(reading))


def _quotations(reading: Reading) -> list[Quotation]:
    """What stands between marks; found once per parse."""
    memo = reading.parse.user_data
    if QUOTED not in memo:
        memo[QUOTED] = find_quotations(reading.document.text, reading.passages)
    found: list[Quotation] = memo[QUOTED]
    return found


def _clause_around(reading: Reading, token: Token, at: int) -> tuple[int, int] | None:
    """Characters of the author's clause around `at`: the predicate with what hangs on it, without others' words."""
    head = predicate_of(token)
    while head.dep_ == "acl:relcl" and head.left_edge.i > 0 and head.left_edge.nbor(-1).text != ",":
        head = _governing_verb(head.head)  # "any deal that would weaken us": no clause of its own
    passage = passage_of(token, reading)
    inside = list(_clause_tokens(head))
    first, last = min(inside), max(inside)
    tokens = [one for one in reading.parse[first : last + 1] if not one.is_space]
    while tokens and (tokens[0].is_punct or tokens[0].lower_ in EDGES):
        tokens.pop(0)
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    if len(tokens) < SHORTEST:
        return None
    start, end = max(tokens[0].idx, passage.start), min(tokens[-1].idx + len(tokens[-1]), passage.end)
    return _without_others(reading, start, end, at)


def _governing_verb(noun: Token) -> Token:
    """The verb whose clause a noun stands in."""
    while noun.pos_ not in ("VERB", "AUX") and noun.head != noun:
        noun = noun.head
    return noun


def _clause_tokens(head: Token) -> Iterator[int]:
    """The indices of the words of a clause and the clauses below it, but not of those that stand beside it."""
    yield head.i
    for child in head.children:
        if not child.is_space and not _stands_apart(child):
            yield from _clause_tokens(child)


def _stands_apart(token: Token) -> bool:
    """Whether a clause below is another sentence in all but its stop."""
    return base(token.dep_) == "parataxis" or (
        token.dep_ == "conj" and is_predicate(token) and any(child.dep_ in SUBJECTS for child in token.children)
    )


def _without_others(reading: Reading, start: int, end: int, at: int) -> tuple[int, int] | None:
    """The stretch of start..end around `at` up to where others speak, or None where no clause is left."""
    whole = end
    for attribution in reading.attributions:
        if attribution.speaker is None or kind_of(attribution) not in TELLING or is_mute(attribution, reading):
            continue
        spans = [*attribution.content, *(span for span in (attribution.speaker, attribution.cue) if span is not None)]
        for span in spans:
            if start <= span.start < end and span.start > at:
                end = min(end, span.start)
            elif start < span.end <= end and span.end <= at:
                start = max(start, span.end)
    words = (CUT_END if end < whole else LOOSE_END).sub("", reading.document.text[start:end])
    end = start + len(words)
    start = end - len(LOOSE_START.sub("", words))
    if not start <= at < end or len(reading.document.text[start:end].split()) < SHORTEST:
        return None
    return start, end


def _statement(reading: Reading, opinion: Opinion) -> Statement:
    cue = reading.document.quote(*opinion.cue)
    token = _token_at(reading, *opinion.cue) or reading.parse[0]
    content = reading.document.quote(opinion.start, opinion.end)
    passage = passage_of(token, reading)
    around = circumstances(token, reading, actors=[], rules=[opinion.rule])
    around |= {"voice": Voice.AUTHOR, "attribution": (), "on_pair": True}
    return Statement(
        id=record_id(
            document=reading.document.id,
            kind="statement",
            start=opinion.start,
            end=opinion.end,
            type_=opinion.rule,
            parties=["author"],
        ),
        speaker=None,
        content=(content,),
        manner=Manner.DIRECT,
        cue=cue,
        factuality=Factuality.HAPPENED,
        evidence=(reading.evidence(passage.start, passage.end),),
        confidence=CONFIDENCE[opinion.kind],
        **around,
    )
