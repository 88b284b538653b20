"""Finds the events of a document: deeds in the parse with their parties, factuality, voice and date."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import EventLexicon, Operator, load_event_lexicon
from detente.codebook.event_types import load_event_types
from detente.extraction.acting import doers_at
from detente.extraction.agenda_when import ends_late, is_until
from detente.extraction.circumstances import circumstances, passage_of
from detente.extraction.clause import (
    PASSIVE_SUBJECTS,
    SUBJECTS,
    children,
    is_passive,
    is_predicate,
    objects_of,
    obliques_of,
    subjects_of,
)
from detente.extraction.clause_dates import when_of
from detente.extraction.composition import OBLIGATION, Composer, Meaning, Step
from detente.extraction.event_company import RECALLED, comes_as_talks, recall_parties, talk_words
from detente.extraction.event_parties import Parties, find_parties, talks_of
from detente.extraction.event_presence import find_presences
from detente.extraction.event_reach import RECIPROCAL, TRAVEL
from detente.extraction.event_schedule import scheduled
from detente.extraction.event_telling import DEMAND, LEAVING, MARCHING, OFFICIAL, is_telling, type_by_parties, type_of
from detente.extraction.factuality import FactualityFinding, find_factuality
from detente.extraction.factuality_time import is_to_come
from detente.extraction.frames import content_noun, is_infinitive, rows_of
from detente.extraction.phrases import tokens_with
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, Event, EventType, Factuality, Teller, Voice, When, record_id

T = EventType
# Operators whose deed stands alone: who reports, plans or denies it is told by voice and factuality.
TRANSPARENT = frozenset({Operator.SAY, Operator.PLAN, Operator.DENY})
SHARING = frozenset({"nsubj", "nsubj:pass", "obj", "obl"})  # places of a noun in which its clause dates it
PLANNING = frozenset({Operator.COMMIT, Operator.DO})  # what nouns for plans do to their infinitive
DENIED_REPORT = "denied-report"  # rule of factuality
CALLED_OFF = "retreat.cancel"  # row of the words for an attack that does not take place
COMMENT = "op.do.undergo"  # row of the verbs that say how a deed was met
BILL = "op.do.bill"  # row of the verbs for bringing in what is not yet law
OWN_SUBJECTS = (*SUBJECTS, *PASSIVE_SUBJECTS)
DEMANDING = "op.demand"  # row of the verbs for asking
TALK, PHONE, MEET = "talk", "phone", "meet"  # modes of CONSULT
MEETINGS = frozenset({MEET, PHONE, TALK})
SINCE = "since"  # before the time for which a deed is the first of its kind
ORDER = "order"  # mode of what a court requires
PURPOSES = frozenset({"advcl", "xcomp", "acl"})
ABLE = frozenset({"can", "ca", "could"})
DEADLINES = ("by ", "before ", "within ")
KINDS = ("VERB", "NOUN", "ADJ")
# Parts of the confidence: shares of events that are right, set from `evals/calibration.py` and from articles read by
# hand (docs/explanation/limits.md), rounded. Parties taken over from earlier talks and pronouns take some off.
BASE, SUBJECT, VERB, BOTH = 0.7, 0.07, 0.1, 0.05
TAKEN_OVER, PRONOUN = 0.05, 0.03


def extract_events(reading: Reading) -> list[Event]:
    """One event per predicate that tells of a deed between actors, in text order; may be empty.

    At least one party belongs to a state. Words, hopes and background nouns without parties give none.
    """
    lexicon = load_event_lexicon()
    found: dict[str, Event] = {}
    for meaning in find_deeds(reading, lexicon):
        event = _event(meaning, reading, found.values())
        if event is not None:
            found.setdefault(event.id, event)
    return list(found.values())


def find_deeds(reading: Reading, lexicon: EventLexicon) -> Iterator[Meaning]:
    """The outermost composed meanings of the document, in text order: "refused to lift sanctions" is one."""
    composer = Composer(lexicon)
    # Where no state is named or stood for there are no parties, and nothing need be composed.
    spoken_of = {reading.parse[m.head].sent.start for m in reading.actors if any(actor.state for actor in m.actors)}
    if spoken_of:
        talks = tokens_with(reading.parse, talk_words())
        spoken_of |= {token.sent.start for token in talks if token.lemma_.lower() in talk_words()}
    words = (token for sentence in reading.parse.sents if sentence.start in spoken_of for token in sentence)
    # A word without rows can stand for the deed of another word, which is asked itself.
    telling = (token for token in words if token.pos_ in KINDS and rows_of(token, lexicon))
    meanings = [meaning for token in telling for meaning in _deed(token, composer)]
    obliged = [*_obliged(reading)]
    meanings += [*obliged, *find_presences(reading)]
    spent = {meaning.head.i for meaning in obliged}  # what must be done is told by the demand
    # A decision or plan tells nothing by itself: "the decision of Chad to leave" is told by what was decided.
    whole = [m for m in meanings if not (m.weak and m.top.pos_ == "NOUN" and m.steps[-1].operator in PLANNING)]
    spent |= {step.at for m in whole if not _is_comment(m) for step in m.steps if step.at != m.top.i}
    # What is coordinated with a spent verb is as much a part: "demanded that Laos leave and pay".
    spent |= {verb.i for meaning in meanings for verb in _joined(meaning, spent)}
    # The object of a verb is no second deed: "launched an attack".
    spent |= {noun.i for m in meanings if m.top.pos_ == "VERB" and not _is_comment(m) for noun in objects_of(m.top)}
    # Talks that come to nothing are told by the verb.
    spent |= {noun.i for meaning in meanings if meaning.event_type is T.REJECT for noun in talks_of(meaning.top)}
    spent |= {*_purposes(meanings)}
    return (meaning for meaning in sorted(meanings, key=_place) if meaning.top.i not in spent)


def _is_comment(meaning: Meaning) -> bool:
    """Whether a verb only says what was thought of a deed, which the noun tells: "the release was welcomed"."""
    if not is_passive(meaning.top) or subjects_of(meaning.top):
        return False
    asked = meaning.event_type is T.REJECT and meaning.rules[0] == DEMAND  # "Chad's demand that Mali pay was ignored"
    return asked or (meaning.weak and meaning.rules[-1] == COMMENT) or meaning.event_type in (T.ACCUSE, T.SUPPORT)


def _purposes(meanings: Iterable[Meaning]) -> Iterator[int]:
    """Talks that only say what a meeting or call was for: "met to discuss", "spoke by telephone to review"."""
    held = {step.at for m in meanings if m.event_type is T.CONSULT and m.mode in MEETINGS for step in m.steps}
    for meaning in meanings:
        top = meaning.top
        if meaning.mode == TALK and top.dep_ in PURPOSES and is_infinitive(top) and top.head.i in held - {top.i}:
            yield top.i


def _place(meaning: Meaning) -> int:
    return meaning.top.i


def _obliged(reading: Reading) -> Iterator[Meaning]:
    """What one side says that another must do: "said Chad must return the ship"; the deed itself need not be known."""
    for must in tokens_with(reading.parse, OBLIGATION):
        clause = must.head
        if must.dep_ != "aux" or clause.dep_ != "ccomp" or not rows_of(clause.head, load_event_lexicon()):
            continue
        doers = [actor for noun in subjects_of(clause.head) for actor in doers_at(noun, reading)]
        others = [actor for noun in subjects_of(clause) for actor in doers_at(noun, reading)]
        states = {actor.state for actor in doers if actor.sector in OFFICIAL and actor.state}
        if states and others and all(actor.state and actor.state not in states for actor in others):
            step = Step(must.i, must.text, DEMANDING, Operator.DEMAND, str(T.REQUEST))
            asked = any(actor.sector in OFFICIAL or actor.organisation for actor in others)
            # "announced that travellers from Chad must stay in quarantine" is a rule for them, not asked of Chad
            what = (T.REQUEST, "change") if asked else (T.COERCE, "restrict")
            yield Meaning(*what, clause, clause.head, (step,))


def _joined(meaning: Meaning, spent: set[int]) -> Iterator[Token]:
    """The verbs that share operator and subject with one inside the composition."""
    for step in meaning.steps[:-1]:
        for verb in children(meaning.top.doc[step.at], "conj"):
            if step.at in spent and verb.pos_ == "VERB" and not any(True for _ in children(verb, *OWN_SUBJECTS)):
                yield verb


def _deed(token: Token, composer: Composer) -> Iterator[Meaning]:
    meaning = composer.meaning(token)
    if meaning is None or meaning.event_type is None or meaning.top.i != token.i:
        return
    if meaning.steps[-1].operator in TRANSPARENT or token.dep_ in ("aux", "cop", "case", "mark"):
        return
    yield meaning


def _event(meaning: Meaning, reading: Reading, earlier: Iterable[Event]) -> Event | None:
    if meaning.weak and meaning.rules not in ((TRAVEL,), (LEAVING,), (DEMAND,), (MARCHING,)):
        return None  # as `is_telling` would have it, but without looking for parties
    parties = find_parties(meaning, reading)
    recalled = recall_parties(meaning, parties, reading, earlier)
    parties, rules = (recalled, (RECALLED,)) if recalled else (parties, ())
    if not is_telling(meaning, parties, reading) or (
        meaning.rules == (TRAVEL,) and (not recalled or meaning.top.lower_ == "comes") and comes_as_talks(meaning)
    ):
        return None
    event_type = type_by_parties(type_of(meaning), meaning, parties)
    entry = load_event_types()[event_type]
    # A refusal has not the mode of what is refused, and talks do not travel: "the dialogue comes days after".
    mode = meaning.mode if meaning.mode in entry.modes and not (recalled and meaning.rules == (TRAVEL,)) else None
    if event_type is T.COERCE and meaning.event_type is T.REQUEST:
        mode = ORDER
    if recalled and mode == MEET and _goes_back_to_call(meaning, earlier):
        mode = PHONE
    finding = _scheduled(meaning, reading) or _finding(meaning, reading)
    if _is_idle(meaning, parties, finding):
        return None
    set_for = scheduled(meaning, event_type, finding, reading)
    finding, ahead = set_for or (finding, None)
    actors = (*parties.initiators, *parties.targets)
    passage = passage_of(meaning.top, reading)
    shared = circumstances(meaning.top, reading, actors=actors, rules=(*meaning.rules, *rules, *finding.rules))
    if DENIED_REPORT in finding.rules and shared["voice"] is Voice.REPORTED:
        shared |= _by_denier(meaning.top, reading)
    when, factuality = ahead or when_done(meaning, reading), factuality_of(meaning, event_type, finding)
    if when is not None and factuality is Factuality.HAPPENED and (is_to_come(when, reading) or _lasts(when, reading)):
        when = None  # a date to come is that of something else: "asked the envoy to leave by 13 May"
    return Event(
        id=_id(meaning, event_type, actors, reading),
        event_type=event_type,
        mode=mode,
        quad=entry.quad,
        intensity=entry.intensity_of(mode),
        cameo=entry.cameo_of(mode),
        initiators=parties.initiators,
        targets=parties.targets,
        where=parties.where,
        when=when,
        factuality=factuality,
        cue=finding.cue,
        condition=finding.condition,
        evidence=(reading.evidence(passage.start, passage.end),),
        confidence=confidence_of(meaning, parties, reading, recalled=recalled is not None),
        **shared,
    )


def _goes_back_to_call(meaning: Meaning, earlier: Iterable[Event]) -> bool:
    """Whether the talks spoken of are the call just told: "spoke by telephone. The conversation was held at ..."."""
    last = next((event for event in reversed([*earlier]) if event.event_type is T.CONSULT), None)
    spoken = {noun.lemma_.lower() for noun in (meaning.head, *subjects_of(meaning.top))} & words_for("spoken")
    return last is not None and last.mode == PHONE and bool(spoken)


def _lasts(when: When, reading: Reading) -> bool:
    """Whether a time says how long what was done holds or has time: "banned until May", "agreed to leave by May"."""
    bound = is_until(when) or (when.words or "").lower().startswith(DEADLINES)
    return bound and ends_late(when, reading)


def _finding(meaning: Meaning, reading: Reading) -> FactualityFinding:
    """How real the deed is. Deciding and trying are done; what is decided or tried need not be."""
    finding = find_factuality(meaning.top, reading)
    if not finding.factuality.is_actual or meaning.steps[-1].operator is not Operator.DO:
        return finding
    for clause in children(meaning.top, "xcomp", "ccomp", "advcl"):
        if is_infinitive(clause) and clause.left_edge.i <= meaning.head.i <= clause.right_edge.i:
            inner = find_factuality(clause, reading)
            return finding if inner.factuality.is_actual else inner
    return finding


def when_done(meaning: Meaning, reading: Reading) -> When | None:
    """The date of a deed: a noun's own ("the meeting in April"), else that of the clause it stands in."""
    top = meaning.top
    if top.pos_ == "NOUN" and not is_predicate(top):
        first, last = top.left_edge, top.right_edge
        inside = [d for d in reading.dates if first.idx <= d.start and d.end <= last.idx + len(last)]
        own = [d for d in inside if _hangs_at(d.start, top) and not d.when.words.lower().startswith(SINCE)]
        if own:
            return own[0].when
        if top.dep_ == "nmod" and top.head.dep_ in SHARING and content_noun(top.head, load_event_lexicon()) == top:
            return when_of(top.head, reading)  # "the first round of talks was held on Friday"
        if top.dep_ not in SHARING:
            return None
    return when_of(meaning.head, reading) or when_of(top, reading)


def _hangs_at(start: int, noun: Token) -> bool:
    """Whether the word at a character belongs to the noun's phrase rather than to a clause inside it."""
    span = noun.doc.char_span(start, start + 1, alignment_mode="expand")
    at = span[0] if span is not None else noun
    while at not in (noun, at.head):
        if is_predicate(at):
            return False
        at = at.head
    return at == noun


def _scheduled(meaning: Meaning, reading: Reading) -> FactualityFinding | None:
    """What is told of the object where it is only set for later: "has a call scheduled"."""
    if meaning.top.pos_ != "VERB" or meaning.event_type not in RECIPROCAL:
        return None
    if meaning.top.dep_ in ("acl:relcl", "acl") and _leaves_open(meaning.top):
        return _scheduled_before(meaning.top, reading)
    found = [
        find_factuality(word, reading)
        for noun in objects_of(meaning.top)
        for clause in children(noun, "acl")
        if not is_infinitive(clause)  # "sent letters to mark the day"
        for word in (noun, clause)
    ]
    of_objects = [find_factuality(noun, reading) for noun in objects_of(meaning.top)]
    if is_passive(meaning.top):
        found += of_objects  # "the meeting is scheduled"
    else:  # "scheduled talks for May", but "held the planned talks"
        found += [finding for finding in of_objects if finding.cue and finding.cue.start == meaning.top.idx]
    return next((finding for finding in found if finding.factuality is Factuality.PLANNED), None)


def _leaves_open(clause: Token) -> bool:
    """Whether a participle does not say that it was done: "the talks planned for Monday", "set for Monday"."""
    return clause.lemma_.lower() in words_for("leaving open") or _is_set_for(clause)


def _is_set_for(clause: Token) -> bool:
    return clause.lemma_.lower() in words_for("setting for") and any(case == "for" for case, _ in obliques_of(clause))


def _scheduled_before(clause: Token, reading: Reading) -> FactualityFinding:
    """What is told of what a clause says was set: "the meeting that had been scheduled was called off"."""
    told = find_factuality(clause.head, reading)
    is_set = any(child.lower_ in ("is", "are") for child in children(clause, "aux:pass"))
    return replace(told, factuality=Factuality.PLANNED) if is_set and told.factuality.is_actual else told


def _is_idle(meaning: Meaning, parties: Parties, finding: FactualityFinding) -> bool:
    """Whether nothing is told to be done: talks denied by a noun, one side's thinkable deed, a standing prohibition.

    Nor where somebody defies what may be done to them: "will not be bullied by Rome".
    """
    if meaning.negated and meaning.future and any(True for _ in children(meaning.top, "obl:agent")):
        return True
    if finding.factuality is Factuality.DENIED and any(word.lower_ in ABLE for word in children(meaning.top, "aux")):
        return True  # "we cannot let them have it"
    if finding.factuality is Factuality.DENIED and meaning.top.dep_ == "acl":
        # "The reluctance of Rome to lift the ban", "the talks set for May will not take place" are told by the noun.
        return is_infinitive(meaning.top) or _leaves_open(meaning.top)
    if finding.factuality.is_actual and meaning.event_type in RECIPROCAL and meaning.top.dep_ == "acl":
        return _is_set_for(meaning.top)
    return _is_bare(meaning, parties, finding)


def _is_bare(meaning: Meaning, parties: Parties, finding: FactualityFinding) -> bool:
    """Whether a deed is told without what it would take to count: by a noun that is denied, or by nobody."""
    nominal = not is_predicate(meaning.top)
    if nominal and meaning.event_type in RECIPROCAL and finding.factuality is Factuality.DENIED:
        return True
    if not (parties.initiators and parties.targets) and finding.factuality is Factuality.HYPOTHETICAL:
        return True
    progressive = any(child.lower_ == "being" for child in children(meaning.top, "aux:pass", "aux"))
    return not parties.initiators and finding.factuality is Factuality.ONGOING and not progressive


def _by_denier(token: Token, reading: Reading) -> dict[str, Any]:
    """Voice and chain of what somebody denies ("denied claims that it had fired"): that it is untrue is their word."""
    report = next((word for word in token.ancestors if word.pos_ == "NOUN"), token)
    deniers = [actor for doer in subjects_of(report.head) for actor in doers_at(doer, reading)]
    if not deniers:
        return {}
    cue = reading.span(report.head, report.head)
    return {"voice": Voice.ATTRIBUTED, "attribution": (Teller(speaker=deniers[0], cue=cue),)}


def _id(meaning: Meaning, event_type: EventType, actors: tuple[Actor, ...], reading: Reading) -> str:
    top = meaning.top
    return record_id(
        document=reading.document.id,
        kind="event",
        start=top.idx,
        end=top.idx + len(top),
        type_=event_type,
        parties=[actor.key for actor in actors],
    )


def factuality_of(meaning: Meaning, event_type: EventType, finding: FactualityFinding) -> Factuality:
    """The factuality of the event: "will not lift" has not happened as a lifting but has as a refusal."""
    if meaning.rules[-1] == CALLED_OFF and finding.factuality.is_actual:
        return Factuality.CANCELLED
    if BILL in meaning.rules and finding.factuality.is_actual:
        return Factuality.PROPOSED
    if event_type is T.ACCUSE and meaning.steps[-1].operator is Operator.COMMIT and finding.factuality.is_actual:
        return Factuality.PLANNED  # "vowed to sue": the vow is made, the suit is not
    refused = event_type is T.REJECT and meaning.event_type is not T.REJECT
    return Factuality.HAPPENED if refused else finding.factuality


def confidence_of(meaning: Meaning, parties: Parties, reading: Reading, *, recalled: bool = False) -> float:
    """The chance that the event is right: the sum of the independent signals that agree.

    The initiator is the grammatical subject, the deed is told by a verb, both parties are named; less where parties are
    taken over from earlier talks or stand as pronouns.
    """
    subjects = [token for token in subjects_of(meaning.top) if token.i in reading.actor_at]
    parts = [
        BASE,
        SUBJECT if subjects else 0.0,
        VERB if meaning.top.pos_ == "VERB" else 0.0,
        BOTH if parties.initiators and parties.targets else 0.0,
        -TAKEN_OVER if recalled else 0.0,
        -PRONOUN if any(token.pos_ == "PRON" for token in subjects) else 0.0,
    ]
    return round(sum(parts), 2)
