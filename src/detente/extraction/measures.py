"""Measures: tariffs, sanctions, bills, arms sales, agreements, with who imposes them on whom and the steps told."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator

from detente.codebook.measures import StepMeaning, load_measures
from detente.extraction.agenda_when import ending, new_day
from detente.extraction.circumstances import circumstances, evidence_of, issues_named, passage_of
from detente.extraction.clause import predicate_of
from detente.extraction.clause_dates import when_of
from detente.extraction.factuality import FactualityFinding, find_factuality
from detente.extraction.measure_amounts import amounts_of
from detente.extraction.measure_bearing import is_between
from detente.extraction.measure_bills import BILL, is_by_bill, with_both_chambers
from detente.extraction.measure_existence import is_done_by_thing, is_taken_for_granted, is_topic, is_what_may_be
from detente.extraction.measure_factuality import (
    AHEAD,
    LAPSED,
    NEVER,
    OFFHAND,
    is_decided,
    is_to_stay,
    unless_stopped,
    weigh,
)
from detente.extraction.measure_governors import Governors
from detente.extraction.measure_mentions import MeasureMention, find_mentions
from detente.extraction.measure_parties import CONSENTING, ORDER, find_parties, is_domestic, is_own_paper
from detente.extraction.measure_steps import (
    BOTH_CHAMBERS,
    ONE_CHAMBER,
    StepFinding,
    find_steps,
    order_over,
    without_entry,
)
from detente.extraction.measure_threads import NEAR, Taken, Telling, of_somebody, thread, without_what_was_done
from detente.extraction.measure_when import EXPIRY_DUE, day_until, is_long_past, parted, when_taken
from detente.extraction.parties import unique
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, Factuality, Measure, Step, record_id

THREADS = "measure threads"  # where they are kept beside the parse
CONFIDENCE = 0.8  # imposer or target is known
CONFIDENCE_BARE = 0.5  # neither is
ONCE_MORE = frozenset({"raised"})  # who refuses it says nothing of what holds
ORGANS = frozenset({"GOV", "LEG", "JUD", "MIL"})  # sectors of what belongs to a state
IN_FORCE, ORDERED, ANNOUNCED = "in force", "ordered", "announced"
PROPOSED, EXPIRED, VETOED, VOTE_DUE = "proposed", "expired", "vetoed", "vote due"
DUE = "measure due"  # the kind of agenda item that a step ahead is
# Rows of what is denied, "did not say that it would impose tariffs", and of what came to nothing.
UNSAID = frozenset({"not", LAPSED})
DELAYS = frozenset({"delayed", "delay due"})
HELD = frozenset({IN_FORCE, "extended", "kept"})  # steps whose "until" is the day of the end
LASTING = HELD | {"extension due", "extension proposed"}
HOLDING = DELAYS | {"suspended", "suspension due"}
DUE_ON = "due"  # the step that what is put off takes on its new day
# Rules of what someone could do or may choose to do: who is able to lift a ban has not proposed it.
IDLE = frozenset({"free-to", "possible-noun", "whether"})
SAME_STEP = "verb.take-same-step"  # row of measures.toml
GRANTED = "taken-for-granted"  # the rule of a step that no word tells


def extract_measures(reading: Reading) -> list[Measure]:
    """The measures of which the document tells at least one step, in text order; may be empty.

    Sentences of one run about the same measure give one record, with its steps in the order of the text.
    """
    return [_record(group, reading) for group in find_threads(reading)]


def find_threads(reading: Reading) -> list[list[Telling]]:
    """The tellings of the document grouped by measure; worked out once per reading."""
    memo, key = reading.parse.user_data, f"{THREADS}:{reading.pair}"
    if key not in memo:
        memo[key] = without_what_was_done(thread(find_tellings(reading), reading))
    found: list[list[Telling]] = memo[key]
    return found


def find_tellings(reading: Reading) -> Iterator[Telling]:
    """Each mention of a measure with the steps told of it in its sentence, in text order."""
    last: MeasureMention | None = None
    step: str | None = None
    for words in reading.parse.sents:
        if all(token.is_space for token in words):
            continue
        before = last if last is not None and _follows(words.root, last.head, reading) else None
        mentions = find_mentions(words, before)
        last = mentions[-1] if mentions else last
        governors = Governors(words) if mentions else None
        for mention in mentions:
            if governors is not None:
                findings = [*_with_step_before(find_steps(mention, governors), step)]
                step = findings[-1].step if findings else step
                yield of_somebody(_telling(mention, findings, reading, alone=len(mentions) == 1), before)


def _with_step_before(findings: Iterable[StepFinding], before: str | None) -> Iterator[StepFinding]:
    """The steps, "took the same step" as the one told before it; left out where none was."""
    for finding in findings:
        if finding.row.id != SAME_STEP:
            yield finding
        elif before is not None:
            yield dataclasses.replace(finding, step=before)


def _follows(token: Token, before: Token, reading: Reading) -> bool:
    """Whether two words stand in the same paragraph or in neighbouring ones."""
    return passage_of(token, reading).paragraph - passage_of(before, reading).paragraph <= NEAR


def _telling(mention: MeasureMention, findings: list[StepFinding], reading: Reading, *, alone: bool) -> Telling:
    if any(child.lower_ == "no" for child in mention.head.children):
        findings = []  # "no new duties should be imposed"
    if mention.row.section == "anaphor" and mention.row.step:
        findings = [f for f in findings if f.step == mention.row.step]  # "the decision takes effect on 1 May"
    if any(f.row.section != "sign" and f.step in CONSENTING for f in findings):
        # "approved a possible sale", but not "announced possible tariffs"
        findings = [f for f in findings if f.row.section != "sign" or f.step != PROPOSED]
    if is_domestic(mention, findings, reading) or (mention.deed and is_done_by_thing(mention.head, reading)):
        findings = []
    findings = [finding for finding in without_entry(findings) if not is_topic(finding, mention, reading)]
    if any(is_what_may_be(finding) for finding in findings):
        return Telling(mention=mention, steps=(), imposers=(), targets=(), amounts=())
    mention = _as_bill(mention, findings)
    imposers, targets = find_parties(mention, findings, reading)
    if is_own_paper(mention, (*imposers, *targets)):
        mention = dataclasses.replace(mention, kind=ORDER)
    steps = [taken for finding in findings for taken in take(finding, reading)]
    if any(finding.row.section == "sign" and finding.step != IN_FORCE for finding in findings):
        steps = [taken for taken in steps if not taken.presumed]  # who scraps planned tariffs has none in force
    if not findings and is_taken_for_granted(mention, imposers, targets):
        steps = _granted(mention, reading)
    return Telling(
        mention=mention,
        steps=tuple(sorted(steps, key=lambda taken: not taken.presumed)),
        imposers=imposers,
        targets=targets,
        amounts=amounts_of(mention, findings, reading, alone=alone),
    )


def _as_bill(mention: MeasureMention, findings: list[StepFinding]) -> MeasureMention:
    """The mention, as a bill where a chamber passed it: "the Senate passed a package of sanctions"."""
    passed = any(finding.step in (ONE_CHAMBER, BOTH_CHAMBERS) for finding in findings)
    return dataclasses.replace(mention, kind=BILL) if passed and not _is_law(mention) else mention


def _is_law(mention: MeasureMention) -> bool:
    return load_measures().kinds[mention.kind].path == "legislative"


def _granted(mention: MeasureMention, reading: Reading) -> list[Taken]:
    """That the measure holds, where the words around it do not say that it is history or a notion."""
    told = find_factuality(predicate_of(mention.head), reading)
    if told.factuality in (Factuality.HISTORICAL, Factuality.HYPOTHETICAL, Factuality.CONDITIONAL):
        return []
    return [
        Taken(
            step=IN_FORCE,
            when=None,
            token=mention.head,
            factuality=Factuality.ONGOING,
            cue=None,
            rules=(GRANTED,),
            presumed=True,
        )
    ]


def take(finding: StepFinding, reading: Reading) -> list[Taken]:
    """What a step comes to once its factuality is weighed: itself, one that is due or proposed, what it presumes.

    "Plans to lift the ban" gives *in force* and *lifting due*; "did not impose tariffs" gives nothing.
    """
    told = unless_stopped(weigh(finding, reading), when_of(finding.token, reading), reading)
    if told.factuality.is_actual or told.factuality in AHEAD:
        told = dataclasses.replace(told, factuality=Factuality.PROPOSED) if is_by_bill(finding) else told
    meaning = load_measures().steps[finding.step]
    if finding.row.granted:
        there = told.factuality.is_actual or told.factuality in AHEAD
        taken = _taken(IN_FORCE if there else PROPOSED, finding, told, reading)
        return [
            dataclasses.replace(
                taken,
                when=None,
                presumed=True,
                factuality=Factuality.ONGOING if there else Factuality.HYPOTHETICAL,
                rules=(GRANTED, *taken.rules),
            )
        ]
    if told.factuality in AHEAD and is_long_past(when_of(finding.token, reading), reading):
        return []  # "agreed at the end of last year to lift the ban": what became of it is not told
    order = order_over(finding.token)
    if order is not None and find_factuality(order, reading).factuality.is_actual:
        return [_ordered(meaning, order, finding, reading)]
    step = finding.step if finding.row.always and told.factuality not in NEVER else step_told(meaning, told.factuality)
    if step == IN_FORCE and is_decided(finding.token):
        step = ANNOUNCED  # "criticised its decision to impose tariffs": whether they hold is not told
    undoes = meaning.presumes is not None or finding.step == VETOED
    unsaid = told.factuality is Factuality.HYPOTHETICAL and not (UNSAID | IDLE if undoes else UNSAID).isdisjoint(
        told.rules
    )
    steps = [] if step is None or unsaid else [_taken(step, finding, told, reading)]
    if told.factuality is Factuality.DENIED and meaning.refused and not OFFHAND.isdisjoint(told.rules):
        planned = dataclasses.replace(told, factuality=Factuality.PLANNED)  # "will not renew the licence"
        steps = [_taken(meaning.refused, finding, planned, reading)]
    denied = told.factuality in NEVER and meaning.id in ONCE_MORE
    denied = denied or (LAPSED in told.rules and meaning.id == EXPIRED)  # "was set to expire last Friday"
    if meaning.presumes and step != finding.step and not denied:
        before = _taken(meaning.presumes, finding, told, reading)
        steps.insert(0, dataclasses.replace(before, when=None, factuality=Factuality.ONGOING, presumed=True))
    return [told for taken in steps for told in _with_new_day(taken, finding, reading)]


def _with_new_day(taken: Taken, finding: StepFinding, reading: Reading) -> Iterator[Taken]:
    """The step, and that what is put off is due on the new day, what holds or is extended "until May" ends then."""
    begun, end = parted(taken.when) if taken.step in LASTING else (taken.when, None)
    if end is None and taken.step in HELD and not taken.presumed and (taken.when or is_to_stay(finding.token)):
        end = day_until(finding.token, reading)
    yield dataclasses.replace(taken, when=begun)
    when = new_day(finding.token, reading) if taken.step in DELAYS else end if taken.step in HELD else None
    if when is not None:
        step = EXPIRY_DUE if taken.step in HELD else DUE_ON
        yield dataclasses.replace(taken, step=step, when=ending(when), factuality=Factuality.PLANNED)


def _ordered(meaning: StepMeaning, order: Token, finding: StepFinding, reading: Reading) -> Taken:
    """What another was told to do is ordered; of what is to be undone or changed, that is due."""
    told = find_factuality(order, reading)
    step = ORDERED if meaning.id == IN_FORCE else meaning.ahead or meaning.id
    when = when_of(order, reading) if step == ORDERED else when_of(finding.token, reading)
    if step != ORDERED:
        told = dataclasses.replace(told, factuality=Factuality.PLANNED)
    rules = (*(phrase.row.id for phrase, _ in find_phrases(order, load_measures().of("order"))), finding.row.id)
    return dataclasses.replace(_taken(step, finding, told, reading), when=when, rules=(*rules, *told.rules))


def step_told(meaning: StepMeaning, factuality: Factuality) -> str | None:
    """The step to record for one that the text tells with that factuality, None where it tells of no step.

    A plan to impose is *due*, a demand to lift is *lifting proposed*: what happened is not what is planned.
    """
    if factuality.is_actual or factuality is Factuality.HISTORICAL:
        return None if meaning.id == VOTE_DUE else meaning.id  # that they voted does not tell how
    if factuality in NEVER:
        return None
    if factuality in AHEAD:
        return meaning.ahead
    if factuality is Factuality.THREATENED:
        return meaning.threatened or meaning.wished
    return meaning.wished


def _taken(step: str, finding: StepFinding, told: FactualityFinding, reading: Reading) -> Taken:
    return Taken(
        step=step,
        when=when_taken(finding, told, reading),
        token=finding.token,
        factuality=told.factuality,
        cue=told.cue,
        rules=(finding.row.id, *told.rules),
    )


def _without_organs(imposers: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Without committees and offices of no named state, where a state is named: they are its own."""
    named = any(actor.state for actor in imposers)
    return tuple(a for a in imposers if a.state or not (named and a.organisation and a.sector in ORGANS))


def _record(group: list[Telling], reading: Reading) -> Measure:
    """The record of one measure from all that is told of it."""
    told = with_both_chambers(_worth_telling(taken for telling in group for taken in telling.steps))
    steps = list(_in_order(told))
    told_in_body = [taken for taken in told if not passage_of(taken.token, reading).from_title]
    last = _held_back(_standing(told_in_body or steps, _kind(group), reading), steps)
    imposers = _without_organs(unique(actor for telling in group for actor in telling.imposers))
    targets = unique(actor for telling in group for actor in telling.targets if actor not in imposers)
    rules = [rule for t in group if t.steps for rule in (t.mention.row.id, *(r for s in t.steps for r in s.rules))]
    first = group[0].mention
    told_at = [telling.mention.head for telling in group if telling.steps]
    around = circumstances(last.token, reading, actors=(*imposers, *targets), rules=rules)
    around["issues"] = around["issues"] or issues_named(told_at, reading)
    named = any(t.mention.name for t in group)
    if named and last.factuality.is_actual and not around["on_pair"]:
        around["on_pair"] = is_between(_kind(group), (*imposers, *targets), told_at, reading)
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
        factuality=how_real(last),
        cue=last.cue,
        evidence=evidence_of(told_at, reading),
        confidence=CONFIDENCE if imposers or targets else CONFIDENCE_BARE,
        **around,
    )


def _held_back(last: Taken, steps: list[Taken]) -> Taken:
    """The step, or what the same sentence says holds it back: "agreed to put off the duties due in May"."""
    if load_measures().steps[last.step].agenda != DUE:
        return last
    beside = (s for s in steps if s.step in HOLDING and s.token.sent.start == last.token.sent.start)
    return next(beside, last)


def _worth_telling(steps: Iterable[Taken]) -> list[Taken]:
    """The steps, without what is only taken for granted where others are told."""
    told = list(steps)
    return [taken for taken in told if GRANTED not in taken.rules] or told


def _standing(steps: list[Taken], kind: str, reading: Reading) -> Taken:
    """The furthest step that is told as a fact; where none is, the last one told.

    A law goes one way, so of it the latest stage counts; what is imposed may be lifted and come back, so of it the
    latest date counts, then the last telling, but for what had been before ("had banned").
    """
    told = [s for s in steps if s.factuality.is_actual and not s.presumed]
    told = [s for s in told if load_measures().steps[s.step].factuality is None] or told
    if not told:
        ahead = (s for s in reversed(steps) if s.factuality in AHEAD)
        last = next((s for s in reversed(steps) if s.factuality is not Factuality.HISTORICAL), steps[-1])
        return next(ahead, last)
    if load_measures().kinds[kind].path == "legislative":
        return max(told, key=lambda s: load_measures().steps[s.step].order)
    recent = [s for s in told if not _is_pluperfect(s.token) and not _is_background(s, told)] or told
    late = [s for s in recent if not is_long_past(s.when, reading)]
    recent = late if any(s.step != ANNOUNCED for s in late) else recent
    dated = [s for s in recent if s.when is not None and s.when.latest is not None]
    if len(dated) == len(recent):
        return max(dated, key=lambda s: (s.when.latest if s.when else None) or dt.date.min)
    return recent[-1]


def _is_background(step: Taken, told: list[Taken]) -> bool:
    """Whether a step only says which measure is meant, where another undid or changed it: "the levy it imposed"."""
    undone = any(load_measures().steps[other.step].presumes == step.step for other in told)
    return undone and step.token.dep_ in ("acl", "acl:relcl")


def how_real(last: Taken) -> Factuality:
    """Whether the measure is there, from its last step: who has threatened a tariff has not imposed it."""
    stands_for = load_measures().steps[last.step].factuality
    above = (last.token, last.token.head) if last.token.dep_ in ("xcomp", "advcl") else (last.token,)
    spoken_of = any(child.lower_ == "would" for verb in above for child in verb.children)
    if last.factuality is Factuality.HYPOTHETICAL and spoken_of:
        return stands_for or last.factuality  # "the bill would tax imports"; "could" leaves it open
    return stands_for if stands_for is not None and last.factuality.is_actual else last.factuality


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
    """Whether the second telling of a step is worth more: it is told, has the date, or is told as a fact."""
    if taken.presumed != kept.presumed:
        return kept.presumed
    if (taken.when is None) != (kept.when is None):
        return kept.when is None
    return taken.factuality.is_actual or not kept.factuality.is_actual
