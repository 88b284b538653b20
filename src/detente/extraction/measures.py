"""Measures: tariffs, sanctions, bills, arms sales, agreements, with who imposes them on whom and the steps told."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import cast

from detente.codebook.measures import MeasureRow, StepMeaning, load_measures
from detente.extraction.agenda_basis import is_perfect
from detente.extraction.agenda_when import find_when, is_future, is_past_tense
from detente.extraction.amounts import find_amounts
from detente.extraction.circumstances import circumstances, evidence_of, passage_of
from detente.extraction.clause import children, clause_span, has, is_passive, when_of
from detente.extraction.factuality import FactualityFinding, find_factuality
from detente.extraction.measure_mentions import MeasureMention, find_mentions
from detente.extraction.measure_parties import find_parties
from detente.extraction.measure_steps import Governors, StepFinding, find_steps
from detente.extraction.measure_threads import NEAR, Taken, Telling, thread
from detente.extraction.parties import unique
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Amount, Factuality, Measure, Step, When, record_id

THREADS = "measure threads"  # where they are kept beside the parse
CONFIDENCE = 0.8  # imposer or target is known
CONFIDENCE_BARE = 0.5  # neither is
AHEAD = frozenset({Factuality.PLANNED, Factuality.EXPECTED})
CONCLUDING = frozenset({"agreed", "signed", "ratified"})
WAITING = frozenset({"when", "once", "until", "unless", "if", "only", "before", "till", "provided"})
BEFORE_GERUNDS = frozenset({"about", "to", "toward", "towards", "of", "on", "for", "at", "in", "from"})
ONCE_MORE = frozenset({"raised"})  # who refuses it says nothing of what holds
NEVER = frozenset({Factuality.DENIED, Factuality.CANCELLED})


def extract_measures(reading: Reading) -> list[Measure]:
    """The measures of which the document tells at least one step, in text order; may be empty.

    Sentences of one run about the same measure give one record, with its steps in the order of the text.
    """
    return [_record(group, reading) for group in find_threads(reading)]


def find_threads(reading: Reading) -> list[list[Telling]]:
    """The tellings of the document grouped by measure; worked out once per reading."""
    memo, key = reading.parse.user_data, f"{THREADS}:{reading.pair}"
    if key not in memo:
        memo[key] = thread(find_tellings(reading), reading)
    return cast("list[list[Telling]]", memo[key])


def find_tellings(reading: Reading) -> Iterator[Telling]:
    """Each mention of a measure with the steps told of it in its sentence, in text order."""
    last: MeasureMention | None = None
    for words in reading.parse.sents:
        if all(token.is_space for token in words):
            continue
        before = last if last is not None and _follows(words.root, last.head, reading) else None
        mentions = find_mentions(words, before)
        last = mentions[-1] if mentions else last
        governors = Governors(words) if mentions else None
        for mention in mentions:
            if governors is not None:
                yield _telling(mention, find_steps(mention, governors), reading, alone=len(mentions) == 1)


def _follows(token: Token, before: Token, reading: Reading) -> bool:
    """Whether two words stand in the same paragraph or in neighbouring ones."""
    return passage_of(token, reading).paragraph - passage_of(before, reading).paragraph <= NEAR


def _telling(mention: MeasureMention, findings: list[StepFinding], reading: Reading, *, alone: bool) -> Telling:
    if any(child.lower_ == "no" for child in mention.head.children):
        findings = []  # "no new duties should be imposed"
    imposers, targets = find_parties(mention, findings, reading)
    steps = [taken for finding in findings for taken in take(finding, reading)]
    return Telling(
        mention=mention,
        steps=tuple(sorted(steps, key=lambda taken: not taken.presumed)),
        imposers=imposers,
        targets=targets,
        amounts=_amounts(mention, findings, reading, alone=alone),
    )


def take(finding: StepFinding, reading: Reading) -> list[Taken]:
    """What a step comes to once its factuality is weighed: itself, one that is due or proposed, what it presumes.

    "Plans to lift the ban" gives *in force* and *lifting due*; "did not impose tariffs" gives nothing.
    """
    told = _weigh(finding, reading)
    meaning = load_measures().steps[finding.step]
    step = finding.step if finding.row.always and told.factuality not in NEVER else step_told(meaning, told.factuality)
    steps = [] if step is None else [_taken(step, finding, told, reading)]
    denied = told.factuality in NEVER and meaning.id in ONCE_MORE
    if meaning.presumes and step != finding.step and not denied:
        before = _taken(meaning.presumes, finding, told, reading)
        steps.insert(0, dataclasses.replace(before, when=None, factuality=Factuality.ONGOING, presumed=True))
    return steps


def _weigh(finding: StepFinding, reading: Reading) -> FactualityFinding:
    """The factuality of the word that tells the step, mended where only the words beside it tell more."""
    token = finding.token
    told = find_factuality(_first_of_row(token), reading)
    if is_perfect(token) or (told.factuality in AHEAD and is_past_tense(token) and _has_subject(token)):
        return dataclasses.replace(told, factuality=Factuality.HAPPENED)
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
        return dataclasses.replace(told, factuality=_only_spoken_of(finding) or told.factuality)
    return told


def _first_of_row(verb: Token) -> Token:
    """Of "may stop buying oil and restrict trade" the first verb, which bears the auxiliary; else the verb itself."""
    bare = verb.dep_ == "conj" and has(verb, "VerbForm", "Inf") and not any(c.dep_ == "aux" for c in verb.children)
    return verb.head if bare and any(c.dep_ == "aux" for c in verb.head.children) else verb


def _has_subject(verb: Token) -> bool:
    return any(True for _ in children(verb, "nsubj", "nsubj:pass"))


def _only_spoken_of(finding: StepFinding) -> Factuality | None:
    """What a step comes to that is no more than a condition or a notion, None where it is told as a fact."""
    token = finding.token
    if _is_condition(token):
        return Factuality.CONDITIONAL
    concluding = finding.step in CONCLUDING and _is_gerund_after_preposition(token)
    if concluding or (token.lower_.endswith("ing") and token.dep_ == "csubj"):
        # "doubts about reaching a deal", "close to signing", "lifting the ban would help"
        return Factuality.HYPOTHETICAL
    return None


def _readiness_of(verb: Token) -> MeasureRow | None:
    """The row of a word that says that someone is only ready for the step: "is prepared to lift the ban"."""
    above = verb.head
    if verb.dep_ not in ("xcomp", "advcl", "ccomp"):
        return None
    words = (above, *(c for c in above.children if c.dep_ in ("mark", "cop", "aux")))
    found = (phrase.row for word in words for phrase, _ in find_phrases(word, load_measures().of("readiness")))
    return next(found, None)


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


def step_told(meaning: StepMeaning, factuality: Factuality) -> str | None:
    """The step to record for one that the text tells with that factuality, None where it tells of no step.

    A plan to impose is *due*, a demand to lift is *lifting proposed*: what happened is not what is planned.
    """
    if factuality.is_actual or factuality is Factuality.HISTORICAL:
        return meaning.id
    if factuality in NEVER:
        return None
    if factuality in AHEAD:
        return meaning.ahead
    if factuality is Factuality.THREATENED:
        return meaning.threatened or meaning.wished
    return meaning.wished


def _when_announced(token: Token, told: FactualityFinding, reading: Reading) -> When | None:
    """The date ahead that stands with the words which announce a step: "is scheduled in May to renew"."""
    when = find_when(token, token, reading) if told.factuality in AHEAD else None
    return when if is_future(when, reading) else None


def _taken(step: str, finding: StepFinding, told: FactualityFinding, reading: Reading) -> Taken:
    return Taken(
        step=step,
        when=when_of(finding.token, reading) or _when_announced(finding.token, told, reading),
        token=finding.token,
        factuality=told.factuality,
        cue=told.cue,
        rules=(finding.row.id, *told.rules),
    )


def _amounts(
    mention: MeasureMention, findings: list[StepFinding], reading: Reading, *, alone: bool
) -> tuple[Amount, ...]:
    """The amounts in the measure's noun phrase and in its steps' clauses; in the sentence where it is the only one."""
    spans = [_extent(mention.head)] + [_clause(finding.token) for finding in findings]
    if alone and findings:
        passage = passage_of(mention.head, reading)
        spans.append((passage.start, passage.end))
    start = min(first for first, _ in spans)
    end = max(last for _, last in spans)
    return tuple(dict.fromkeys(found.amount for found in find_amounts(reading.document.text, start, end)))


def _extent(head: Token) -> tuple[int, int]:
    tokens = list(head.subtree)
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _clause(token: Token) -> tuple[int, int]:
    first, last = clause_span(token)
    return token.doc[first].idx, token.doc[last].idx + len(token.doc[last])


def _record(group: list[Telling], reading: Reading) -> Measure:
    """The record of one measure from all that is told of it."""
    steps = list(_in_order(taken for telling in group for taken in telling.steps))
    last = _standing(steps, _kind(group))
    imposers = unique(actor for telling in group for actor in telling.imposers)
    targets = unique(actor for telling in group for actor in telling.targets if actor not in imposers)
    rules = [rule for t in group if t.steps for rule in (t.mention.row.id, *(r for s in t.steps for r in s.rules))]
    first = group[0].mention
    return Measure(
        id=record_id(
            document=reading.document.id,
            kind=Measure.record,
            start=reading.parse[first.first].idx,
            end=reading.parse[first.last].idx + len(reading.parse[first.last]),
            type_=_kind(group),
            parties=[actor.key for actor in (*imposers, *targets)],
        ),
        kind=_kind(group),
        name=next((t.mention.name for t in group if t.mention.name), None),
        imposers=imposers,
        targets=targets,
        amount=tuple(dict.fromkeys(amount for telling in group for amount in telling.amounts)),
        steps=tuple(Step(step=s.step, when=s.when, cue=reading.span(s.token, s.token)) for s in steps),
        standing=last.step,
        when=last.when,
        factuality=last.factuality,
        cue=last.cue,
        evidence=evidence_of([t.mention.head for t in group if t.steps], reading),
        confidence=CONFIDENCE if imposers or targets else CONFIDENCE_BARE,
        **circumstances(last.token, reading, actors=(*imposers, *targets), rules=rules),
    )


def _standing(steps: list[Taken], kind: str) -> Taken:
    """The furthest step that is told as a fact; where none is, the last one told.

    A law goes one way, so of it the latest stage counts; what is imposed may be lifted and come back, so of it the
    latest date counts, then the last telling, but for what had been before ("had banned").
    """
    told = [s for s in steps if s.factuality.is_actual and not s.presumed]
    recent = [s for s in told if not _is_pluperfect(s.token)] or told
    if not recent:
        return next((s for s in reversed(steps) if s.factuality is not Factuality.HISTORICAL), steps[-1])
    if load_measures().kinds[kind].path == "legislative":
        return max(recent, key=lambda s: load_measures().steps[s.step].order)
    dated = [s for s in recent if s.when is not None and s.when.latest is not None]
    if len(dated) == len(recent):
        return max(dated, key=lambda s: (s.when.latest if s.when else None) or dt.date.min)
    return recent[-1]


def _is_pluperfect(verb: Token) -> bool:
    return any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children)


def _kind(group: list[Telling]) -> str:
    """The kind of the first telling that is no general word."""
    return next((t.mention.kind for t in group if not t.mention.weak), group[0].mention.kind)


def _in_order(steps: Iterable[Taken]) -> Iterator[Taken]:
    """The steps without the repetition of one right after itself; the dated telling stays."""
    kept: list[Taken] = []
    for taken in steps:
        if (
            kept
            and kept[-1].step == taken.step
            and (kept[-1].when == taken.when or None in (kept[-1].when, taken.when))
        ):
            kept[-1] = taken if _says_more(taken, kept[-1]) else kept[-1]
        else:
            kept.append(taken)
    yield from kept


def _says_more(taken: Taken, kept: Taken) -> bool:
    """Whether the second telling of a step is worth more: it has the date, or is told as a fact."""
    if (taken.when is None) != (kept.when is None):
        return kept.when is None
    return taken.factuality.is_actual or not kept.factuality.is_actual
