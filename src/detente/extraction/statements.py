"""Extracts statements: who said what, in which manner, to whom, when, and through whom it came."""

import re

from detente.codebook.attribution import attribution_words
from detente.codebook.constructions import words_for
from detente.extraction.according import LABEL
from detente.extraction.circumstances import circumstances, passage_of
from detente.extraction.clause import base, case_of
from detente.extraction.clause_dates import when_of
from detente.extraction.dialogue import ASKED, TURN
from detente.extraction.embedded import MESSAGE
from detente.extraction.factuality import find_factuality
from detente.extraction.reading import Attribution, Reading
from detente.extraction.speakers import QUOTES
from detente.extraction.tellers import is_own_outlet, outlet_of, quoting_teller, speaker_actor, told_actor
from detente.extraction.voice import is_claim, is_mute, kind_of
from detente.parsing.doc import Token
from detente.records import (
    Actor,
    Evidence,
    Factuality,
    Manner,
    Passage,
    Span,
    Statement,
    Voice,
    When,
    record_id,
)

SAID = frozenset({"say", "ask", "deny", "warn", "threaten", "promise", "urge", "propose", "agree", "accuse"})
NOT_SAID = frozenset({"agree", "propose"})  # said only where a quotation shows it: two states agree in deeds
DOUBLE = frozenset('"“”«»')
QUOTES_ANOTHER = "quote"  # "was quoted by the agency as saying": the statement is the other one's
NEAR = 60  # characters between a cue and a date that belongs to it
PRONOUN_AND_VERB = 2  # tokens of "she needs"
PRONOUNS = frozenset({"he", "she", "they", "who", "i", "we"})
CONFIDENCE_NAMED, CONFIDENCE_WORDS, CONFIDENCE_NOBODY = 0.9, 0.7, 0.5


def extract_statements(reading: Reading) -> list[Statement]:
    """One per attribution of something said by somebody, in the order of the contents; may be empty.

    Wishes and stands are no statements, nor is what figures "show"; a thought told in a clause of its own is ("Peru
    believes that the truce will hold"). That it was said is the outlet's own
    report, or its teller's where it came through another.
    """
    statements = []
    for attribution in reading.attributions:
        if _is_said(reading, attribution) and not _is_trivial(reading, attribution):
            speaker = _speaker(reading, attribution)
            if speaker is not None or attribution.speaker is None:
                statements.append(_statement(reading, attribution, speaker))
    return statements


def _is_said(reading: Reading, attribution: Attribution) -> bool:
    kind = kind_of(attribution)
    if is_own_outlet(reading, attribution) or attribution.rule in (QUOTES_ANOTHER, ASKED):
        return False
    if manner_of(reading, attribution) is Manner.DIRECT:
        return True
    row = attribution_words().by_id.get(attribution.rule)
    if attribution.rule.endswith("-noun") and not attribution.content[0].quote.startswith("that"):
        return False  # "its pledge to pay" is spoken of
    if _is_called_for(reading, attribution):
        return False
    describes = row is not None and "as" in row.frames and " as " in attribution.content[0].quote
    if row is not None and row.force == "neutral" and not describes and not is_claim(reading, attribution):
        return False  # "outlined his plan": spoken of, not said
    return kind in SAID - NOT_SAID or (kind == "think" and _is_clause(reading, attribution))


def _is_called_for(reading: Reading, attribution: Attribution) -> bool:
    """Whether somebody is only told to say so: "Greece should reject the plan", "must not repeat the mistake"."""
    if attribution.cue_head is None:
        return False
    cue = reading.parse[attribution.cue_head]
    return cue.pos_ == "VERB" and find_factuality(cue, reading).factuality is Factuality.DEMANDED


def _is_clause(reading: Reading, attribution: Attribution) -> bool:
    """Whether the content is a clause of its own, rather than a thing thought of."""
    span = reading.parse.char_span(attribution.content[0].start, attribution.content[0].end, alignment_mode="expand")
    return span is not None and span.root.dep_ == "ccomp"


def _speaker(reading: Reading, attribution: Attribution) -> Actor | None:
    """The one who said it; None where the words name nobody who can speak."""
    if attribution.speaker is None:
        return None
    outlet = outlet_of(reading, attribution)
    named = attribution.speaker
    actor = speaker_actor(reading, named, attribution.speaker_head)
    if is_mute(attribution, reading):
        return None
    if outlet is not None and actor.state is None and actor.person is None:
        return Actor(words=named.quote, organisation=outlet, start=named.start, end=named.end)
    if not actor.key.strip("/") and actor.words.lower() in PRONOUNS and _is_inside_quotation(reading, named):
        return None  # "they will say": nobody's statement but the quoted one's guess
    return actor if actor.key.strip("/") or _can_speak(reading, attribution) else None


def _is_inside_quotation(reading: Reading, span: Span) -> bool:
    return any(
        piece.start <= span.start < piece.end for attribution in reading.attributions for piece in attribution.content
    )


def _is_trivial(reading: Reading, attribution: Attribution) -> bool:
    """Whether the content tells nothing: "more than she says | she needs", and what a place is called."""
    piece = attribution.content[0]
    tokens = reading.parse.char_span(piece.start, attribution.content[-1].end, alignment_mode="expand")
    if tokens is None or not len(tokens) or manner_of(reading, attribution) is Manner.DIRECT:
        return False
    if any(date.start <= piece.start and attribution.content[-1].end <= date.end for date in reading.dates):
        return True  # "called talks for 3 May"
    if len(tokens) == PRONOUN_AND_VERB and tokens[0].pos_ == "PRON" and tokens[1].pos_ == "VERB":
        return True
    names = attribution.rule in words_for("naming") and attribution.cue_head is not None
    relative = names and reading.parse[attribution.cue_head or 0].dep_ == "acl:relcl"
    return relative and not any(mark in piece.quote for mark in DOUBLE)


def _can_speak(reading: Reading, attribution: Attribution) -> bool:
    """Whether words that no mention resolves may still be a speaker: a name, a nameless source, a paper, a pronoun."""
    if attribution.speaker_head is None or attribution.rule in (LABEL, TURN, MESSAGE):
        return True
    head = reading.parse[attribution.speaker_head]
    words = attribution_words()
    phrase = attribution.speaker
    tokens = reading.parse.char_span(phrase.start, phrase.end, alignment_mode="expand") if phrase is not None else None
    if tokens is not None and head.pos_ == "NOUN" and any(token.pos_ == "PROPN" for token in tokens):
        return True
    return head.pos_ == "PROPN" or head.lower_ in words.unnamed | words.vehicles | words.outlets | PRONOUNS


def _statement(reading: Reading, attribution: Attribution, speaker: Actor | None) -> Statement:
    cue = _cue_token(reading, attribution)
    addressee = _addressee(reading, attribution, cue)
    around = circumstances(
        cue,
        reading,
        actors=_concerned(reading, attribution, addressee),
        rules=[attribution.rule],
    )
    if attribution.cue is None and speaker is not None:  # it is its own content that was asked about
        around["attribution"] = tuple(one for one in around["attribution"] if one.speaker != speaker)
    if (quoting := quoting_teller(reading, attribution)) is not None:
        around["attribution"] = (quoting, *around["attribution"])
    # That somebody said it is no opinion of the writer's, whatever he makes of it.
    around["voice"] = Voice.ATTRIBUTED if around["attribution"] else Voice.REPORTED
    evidence = _evidence(reading, attribution)
    return Statement(
        id=record_id(
            document=reading.document.id,
            kind="statement",
            start=attribution.content[0].start,
            end=attribution.content[-1].end,
            type_=attribution.rule,
            parties=[speaker.key if speaker is not None else ""],
        ),
        speaker=speaker,
        content=attribution.content,
        manner=manner_of(reading, attribution),
        addressee=addressee,
        cue=attribution.cue,
        when=_when(reading, attribution, cue),
        factuality=_factuality(reading, attribution, cue),
        evidence=evidence,
        confidence=_confidence(speaker),
        **around,
    )


def _concerned(reading: Reading, attribution: Attribution, addressee: Actor | None) -> list[Actor]:
    """Whom the statement concerns: a paper answers for no state, but what it says may still be about its own."""
    named = attribution.speaker
    speaker = told_actor(reading, named, attribution.speaker_head) if named is not None else None
    return [actor for actor in (speaker, addressee) if actor is not None]


def _confidence(speaker: Actor | None) -> float:
    if speaker is None:
        return CONFIDENCE_NOBODY
    return CONFIDENCE_NAMED if speaker.key.strip("/") else CONFIDENCE_WORDS


def _cue_token(reading: Reading, attribution: Attribution) -> Token:
    """The head of the cue; without one the first word of the content."""
    if attribution.cue_head is not None:
        return reading.parse[attribution.cue_head]
    at = attribution.cue.start if attribution.cue is not None else attribution.content[0].start
    span = reading.parse.char_span(at, at + 1, alignment_mode="expand")
    return span[0] if span is not None else reading.parse[0]


def manner_of(reading: Reading, attribution: Attribution) -> Manner:
    """Direct where all of the content is quoted, or a transcript gives it; mixed where some of it is, else indirect."""
    if attribution.rule == TURN:
        return Manner.DIRECT
    text = reading.document.text
    quoted = [_is_quoted(text, piece) for piece in attribution.content]
    if all(quoted):
        return Manner.DIRECT
    inside = any(mark in piece.quote for piece in attribution.content for mark in DOUBLE)
    return Manner.MIXED if inside or any(quoted) else Manner.INDIRECT


def _is_quoted(text: str, piece: Span) -> bool:
    before, after = text[max(piece.start - 1, 0) : piece.start], text[piece.end : piece.end + 2]
    opens = before in DOUBLE or (before in ("'", "‘") and bool(re.match(r".?['’]", after)))
    return bool(before) and opens and not any(mark in piece.quote for mark in '“"')


def _factuality(reading: Reading, attribution: Attribution, cue: Token) -> Factuality:
    """Whether it was said at all ("did not say", "is to announce"); a phrase or a bare quotation says it was."""
    row = attribution_words().by_id.get(attribution.rule)
    if row is None or attribution.cue_head is None or cue.pos_ not in ("VERB", "AUX"):
        return Factuality.HAPPENED
    found = find_factuality(cue, reading).factuality
    return Factuality.HAPPENED if found is Factuality.ONGOING else found


def _addressee(reading: Reading, attribution: Attribution, cue: Token) -> Actor | None:
    """Whom it was said to: "told reporters", "urged both sides to talk", "said to the council", "called on Peru"."""
    if attribution.cue_head is None or cue.pos_ not in ("VERB", "AUX"):
        return None
    row = attribution_words().by_id.get(attribution.rule)
    takes_person = row is not None and (row.id == "tell" or "someone-to" in row.frames or row.kind == "accuse")
    for child in cue.children:
        is_object = child.dep_ in ("obj", "iobj") and takes_person and child.i > cue.i
        called = row is not None and "on-to" in row.frames
        cases = ("on", "upon") if called else ("to",)
        is_oblique = base(child.dep_) == "obl" and case_of(child) in cases and _is_person(reading, child)
        if (is_object or is_oblique) and not _opens_quoted(reading, child):
            return _actor_at(reading, child)
    return None


def _opens_quoted(reading: Reading, noun: Token) -> bool:
    """Whether a quotation opens with the noun's phrase: "warned “dozens of times” that"."""
    edge = noun.left_edge
    return edge.text in QUOTES or (edge.i > 0 and reading.parse[edge.i - 1].text in QUOTES)


def _is_person(reading: Reading, token: Token) -> bool:
    mention = reading.actor_at.get(token.i)
    return mention is not None and not mention.is_place


def _actor_at(reading: Reading, token: Token) -> Actor:
    """The actor that a token stands for, else an actor of these words."""
    mention = reading.actor_at.get(token.i)
    if mention is not None and len(mention.actors) == 1:
        return mention.actors[0]
    last = token.right_edge if token.right_edge.i - token.i <= 2 else token  # noqa: PLR2004 - "reporters in Oslo"
    span = reading.span(token.left_edge, last)
    return Actor(words=span.quote, start=span.start, end=span.end)


def _when(reading: Reading, attribution: Attribution, cue: Token) -> When | None:
    """When it was said: the date of the cue's clause, or one beside the cue in its sentence, outside the content."""
    passage = passage_of(cue, reading)
    if not passage.start <= cue.idx < passage.end:
        return None
    outside = [
        date
        for date in reading.dates
        if passage.start <= date.start < passage.end
        and not any(piece.start < date.end and date.start < piece.end for piece in attribution.content)
        and not _tells_of_speaker(reading, date.start, attribution)
    ]
    own = when_of(cue, reading) if attribution.cue_head is not None else None
    if own is not None and any(date.when == own for date in outside):
        return own
    near = [(abs(date.start - cue.idx), date.when) for date in outside if abs(date.start - cue.idx) <= NEAR]
    return min(near, key=lambda item: item[0])[1] if near else None


def _tells_of_speaker(reading: Reading, at: int, attribution: Attribution) -> bool:
    """Whether a date stands in a clause about the speaker: "Ann Lee, who was elected in 2019, says"."""
    span = reading.parse.char_span(at, at + 1, alignment_mode="expand")
    if span is None or attribution.speaker_head is None:
        return False
    word = span[0]
    while word.head != word and word.i != attribution.speaker_head:
        if word.dep_ in ("acl:relcl", "acl") and word.i != attribution.cue_head:
            at = word.head.idx
            named = attribution.speaker
            return word.head.i == attribution.speaker_head or (named is not None and named.start <= at < named.end)
        word = word.head
    return False


def _evidence(reading: Reading, attribution: Attribution) -> tuple[Evidence, ...]:
    """The sentences that hold the content, the speaker and the cue, once each, in text order.

    What an answer says comes before the head of the transcript that names who answers.
    """
    spans = [*attribution.content, *(s for s in (attribution.speaker, attribution.cue) if s is not None)]
    touched = _touched(reading, spans)
    if attribution.rule == TURN:
        touched.sort(key=lambda passage: passage.end <= attribution.content[0].start)
    return tuple(reading.evidence(p.start, p.end) for p in touched)


def _touched(reading: Reading, spans: list[Span]) -> list[Passage]:
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    near = [p for p in reading.passages if first < p.end and p.start < last]
    return [p for p in near if any(s.start < p.end and p.start < s.end for s in spans)]
