"""Measures: tariffs, sanctions, bills, arms sales, agreements, with who imposes them on whom and the steps told."""

import dataclasses
from collections.abc import Iterable, Iterator

from detente.codebook.measures import load_measures
from detente.extraction.circumstances import circumstances, evidence_of, issues_named, passage_of
from detente.extraction.clause import predicate_of
from detente.extraction.factuality import find_factuality
from detente.extraction.measure_amounts import amounts_of
from detente.extraction.measure_bearing import is_between
from detente.extraction.measure_bills import BILL, with_both_chambers
from detente.extraction.measure_existence import is_no_states_doing, is_taken_for_granted, is_topic, is_what_may_be
from detente.extraction.measure_governors import Governors
from detente.extraction.measure_mentions import MeasureMention, find_mentions
from detente.extraction.measure_parties import CONSENTING, ORDER, find_parties, is_domestic, is_own_paper
from detente.extraction.measure_standing import held_back, how_real, standing_step
from detente.extraction.measure_steps import BOTH_CHAMBERS, ONE_CHAMBER, StepFinding, find_steps, without_entry
from detente.extraction.measure_taking import GRANTED, IN_FORCE, PROPOSED, take
from detente.extraction.measure_threads import NEAR, Taken, Telling, of_somebody, thread, without_what_was_done
from detente.extraction.parties import unique
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, Factuality, Measure, Step, record_id

THREADS = "measure threads"  # where they are kept beside the parse
CONFIDENCE = 0.8  # imposer or target is known
CONFIDENCE_BARE = 0.5  # neither is
ORGANS = frozenset({"GOV", "LEG", "JUD", "MIL"})  # sectors of what belongs to a state
SAME_STEP = "verb.take-same-step"  # row of measures.toml


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
    if is_domestic(mention, findings, reading) or (mention.deed and is_no_states_doing(mention.head, reading)):
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


def _without_organs(imposers: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Without committees and offices of no named state, where a state is named: they are its own."""
    named = any(actor.state for actor in imposers)
    return tuple(a for a in imposers if a.state or not (named and a.organisation and a.sector in ORGANS))


def _record(group: list[Telling], reading: Reading) -> Measure:
    """The record of one measure from all that is told of it."""
    told = with_both_chambers(_worth_telling(taken for telling in group for taken in telling.steps))
    steps = list(_in_order(told))
    told_in_body = [taken for taken in told if not passage_of(taken.token, reading).from_title]
    last = held_back(standing_step(told_in_body or steps, _kind(group), reading), steps)
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


def _worth_telling(steps: Iterable[Taken]) -> list[Taken]:
    """The steps, without what is only taken for granted where others are told."""
    told = list(steps)
    return [taken for taken in told if GRANTED not in taken.rules] or told


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
