"""Agenda items: what the document says lies ahead, and what became of plans."""

import dataclasses
from collections.abc import Iterator

from detente.codebook.agenda import load_agenda
from detente.codebook.constructions import words_for
from detente.codebook.measures import load_measures
from detente.extraction.agenda_basis import AHEAD, WEAK, Ground, find_ground, is_circumstance, is_old_news
from detente.extraction.agenda_bearing import may_bear, named_with
from detente.extraction.agenda_drafts import Draft, merged, without_headlines
from detente.extraction.agenda_duties import find_duties
from detente.extraction.agenda_groups import convened
from detente.extraction.agenda_mechanisms import mechanism_name
from detente.extraction.agenda_names import with_parties
from detente.extraction.agenda_outcomes import OutcomeFinding, find_outcome, ground_of
from detente.extraction.agenda_parties import (
    acting_through,
    doers_of,
    find_participants,
    is_of_other_lands,
    named_before,
    of_place,
)
from detente.extraction.agenda_past import is_lapsed, is_nearer_behind, is_past_plan
from detente.extraction.agenda_pronouns import find_taken_up
from detente.extraction.agenda_told_before import told_before
from detente.extraction.agenda_triggers import (
    Trigger,
    find_triggers,
    is_bare,
    is_part_of,
    is_purpose,
    noun_or_plan,
    support_rules,
)
from detente.extraction.agenda_visitors import misses_people
from detente.extraction.agenda_when import is_future, is_past
from detente.extraction.agenda_wording import of_channel, summary_of_item, summary_of_plan, summary_of_step
from detente.extraction.circumstances import circumstances, evidence_of, passage_of
from detente.extraction.clause import children, has, is_passive, objects_of, predicate_of
from detente.extraction.factuality import find_factuality
from detente.extraction.measure_mentions import comes_into_force
from detente.extraction.measure_standing import how_real
from detente.extraction.measure_threads import Taken, Telling
from detente.extraction.measure_when import PUT_OFF
from detente.extraction.measures import find_threads
from detente.extraction.parties import states_of
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, AgendaItem, Basis, Factuality, Outcome, When, record_id

CONFIDENCE = 0.8
CONFIDENCE_UNDATED = 0.6
HELD = frozenset({"extended", "kept"})  # steps that keep it from ending
STOPS = frozenset({"suspended", "lifted", "withdrawn", "struck down"})  # steps after which nothing is due any more
NOT = "not"  # the rule of what is denied
DEADLINE = "deadline"
BOTH = 2  # states: a call for talks names with whom, or it is only a call
MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})  # a promise told in passing is mostly history
APPOSED = frozenset({"appos", "parataxis", "conj", "nmod", "nmod:unmarked", "obl:unmarked", "dep"})
WITHIN = frozenset({"nmod", "nmod:poss", "obl", "conj"})
THINGS = frozenset({"it", "this", "that", "which", "these"})
LAPSING = "collapse"  # row of factuality.toml: what expires on its day was to do so
POINTING = "anaphor."  # rows of measures.toml for words that point back


def extract_agenda(reading: Reading) -> list[AgendaItem]:
    """What lies ahead of the document's publication, in text order, each item once; may be empty.

    Past things are events; of a plan that slipped or was called off its outcome is kept.
    """
    drafts: list[Draft] = []
    before: list[Trigger] = []
    for words in reading.parse.sents:
        if not all(token.is_space for token in words):
            triggers = find_triggers(words)
            drafts += _told_in(triggers, reading)
            drafts += find_taken_up(words, before, drafts, reading)
            before = triggers
            taken = {t.i for draft in drafts for t in draft.tokens}
            drafts += find_duties(words, taken, reading)
    drafts += _due(reading, {t.i for draft in drafts for t in draft.tokens})
    drafts.sort(key=lambda draft: draft.token.i)
    return [_record(group, reading) for group in without_headlines(merged(drafts), reading)]


def _told_in(triggers: list[Trigger], reading: Reading) -> list[Draft]:
    """The items of a sentence; a noun that belongs to an item already told is left to that one."""
    told: list[Trigger] = []
    drafts: list[Draft] = []
    for trigger in sorted(triggers, key=is_purpose):
        purpose = is_purpose(trigger) and any(trigger.token.head == other.token for other in triggers)
        if not purpose and not any(is_part_of(trigger, other) for other in told):
            found = list(_drafts_of(trigger, reading))
            told += [trigger] if found else []
            drafts += found
    return drafts


def _drafts_of(trigger: Trigger, reading: Reading) -> Iterator[Draft]:
    outcome = find_outcome(trigger, reading)
    ground = find_ground(trigger.token, trigger.carrier, reading)
    if outcome is not None:
        ground = ground_of(outcome, trigger, ground, reading)
    is_mere_threat = trigger.kind == DEADLINE and outcome is None  # an ultimatum without a day
    if ground is None or (is_mere_threat and ground.when is None) or not _allowed(trigger, ground, outcome, reading):
        return
    participants = told_before(trigger, find_participants(trigger, reading), reading)
    kind = load_agenda().kinds[trigger.kind]
    if not participants and (kind.parties == 0 or _is_known_item(trigger, ground, reading)):
        participants = of_place(trigger, reading) or named_before(trigger.token, reading)
    if len(states_of(participants)) < BOTH:
        participants = convened(trigger, ground, reading) or participants
    if participants and kind.family == "talks" and not states_of(participants):
        participants = acting_through(participants, named_before(trigger.token, reading))
    if not participants and (kind.parties or not ground.told.cue):
        return
    appeal = kind.family == "talks" and _is_mere_appeal(ground)
    if appeal and (_was_asked_for(trigger) or len(named_with(trigger.token, reading)) < BOTH):
        return
    summary = summary_of_item(trigger, reading) if outcome is None else summary_of_plan(trigger, reading)
    if kind.family == "decision" and not trigger.is_noun and _says_nothing(summary, trigger):
        return
    ground = _on_its_day(ground, reading) if kind.family == "end" else ground
    behind = is_nearer_behind(trigger.carrier, ground.when, reading)
    if behind:
        ground = dataclasses.replace(ground, when=None)
    channel = mechanism_name(trigger, reading)
    summary = of_channel(summary, channel)
    yield Draft(
        kind=trigger.kind,
        summary=with_parties(summary, participants, reading) if kind.family == "talks" else summary,
        participants=participants,
        ground=ground,
        outcome=outcome.outcome if outcome is not None and outcome.outcome is not None else Outcome.PENDING,
        tokens=(trigger.token, trigger.carrier),
        rules=(trigger.row.id, *support_rules(trigger), *((outcome.row.id,) if outcome else ()), *ground.rules),
        mechanism=channel,
        past=is_past_plan(trigger.carrier),
        lapsed=outcome is None and (behind or is_lapsed(trigger.carrier) or _is_averted(trigger, reading)),
        remark=trigger.is_noun and _is_remark(trigger.token),
    )


def _is_averted(trigger: Trigger, reading: Reading) -> bool:
    """Whether what "was to expire" has been extended: "extended the ban, which was due to expire on Sunday"."""
    if load_agenda().kinds[trigger.kind].family != "end" or not is_past_plan(trigger.carrier):
        return False
    at = passage_of(trigger.token, reading).paragraph
    steps = (step for group in find_threads(reading) for telling in group for step in telling.steps)
    held = (step for step in steps if step.step in HELD and not step.presumed and step.factuality.is_actual)
    return any(abs(passage_of(step.token, reading).paragraph - at) <= 1 for step in held)


def _on_its_day(ground: Ground, reading: Reading) -> Ground:
    """The ground of what ends, planned where it ends on a day ahead: "the deadline lapses on Friday"."""
    if LAPSING not in ground.rules or not is_future(ground.when, reading):
        return ground
    return dataclasses.replace(ground, told=dataclasses.replace(ground.told, factuality=Factuality.PLANNED))


def _is_known_item(trigger: Trigger, ground: Ground, reading: Reading) -> bool:
    """Whether a noun with an article has a day ahead, so that it is told before who meets: "the meetings resume on"."""
    carried = trigger.carrier != trigger.token or ground.basis is Basis.AGREED
    articled = trigger.is_noun and any(True for _ in children(trigger.token, "det"))
    return carried and articled and is_future(ground.when, reading)


def _is_remark(noun: Token) -> bool:
    """Whether a noun only says what something told before is: "it will be his first visit", ", his first visit"."""
    subjects = (child for child in children(noun, "nsubj", "nsubj:outer") if child.pos_ in ("PRON", "DET"))
    if any(True for _ in children(noun, "cop")):
        return any(True for _ in subjects)
    owners = (child for child in children(noun, "nmod:poss") if child.pos_ == "PRON" and child.i > noun.sent.start)
    return noun.dep_ in APPOSED and any(owner.nbor(-1).text in (",", "—", "–") for owner in owners)


def _says_nothing(summary: str, trigger: Trigger) -> bool:
    """Whether a clause ends in its verb: "to announce", and the text does not say here what."""
    return trigger.kind == "announcement" and summary.endswith(f" {trigger.token.lemma_}")


def _is_mere_appeal(ground: Ground) -> bool:
    """Whether someone only calls for it, and names no date."""
    return ground.basis is Basis.PROPOSED and ground.when is None


def _was_asked_for(trigger: Trigger) -> bool:
    """Whether it is only told who had asked for what was told before: "the call was requested by Chad"."""
    noun = trigger.token
    definite = any(child.lower_ == "the" for child in children(noun, "det"))
    own = any(True for _ in children(noun, "nmod", "acl", "acl:relcl"))
    asked = noun.dep_ == "nsubj:pass" and any(True for _ in children(noun.head, "obl:agent"))
    return asked and definite and not own and any(c.lower_ in ("was", "were") for c in children(noun.head, "aux:pass"))


def _allowed(trigger: Trigger, ground: Ground, outcome: OutcomeFinding | None, reading: Reading) -> bool:
    """Whether the row's own conditions hold: a date where it needs one, a basis that it may rest on.

    The date lies ahead, but for the new day of what was moved: "had been planned for Monday and was moved to Friday".
    """
    row = trigger.row
    was_moved = outcome is not None and outcome.outcome is Outcome.SLIPPED and ground.when is not None
    undated = row.dated and not was_moved and not is_future(ground.when, reading)
    if undated or (ground.when is None and (_is_mere_mention(trigger) or _is_in_general(trigger))):
        return False
    if trigger.is_noun and trigger.carrier != trigger.token and _is_effect(trigger, reading):
        return False
    if _is_matter(trigger) or (
        ground.when is None and (_is_reached(trigger.carrier) or _is_of_before(trigger, ground))
    ):
        return False
    decides = load_agenda().kinds[trigger.kind].family == "decision"
    if decides and comes_into_force(predicate_of(trigger.token)):
        return False
    if is_of_other_lands(trigger, reading) or misses_people(trigger, reading):
        return False
    return not row.only or ground.basis.value in row.only


def _is_reached(verb: Token) -> bool:
    """Whether an infinitive only says which agreement is told of: "the agreement to hold talks came in a call"."""
    noun = verb.head
    definite = verb.dep_ == "acl" and any(child.lower_ == "the" for child in children(noun, "det"))
    return definite and noun.dep_ == "nsubj" and has(noun.head, "Tense", "Past")


def _is_matter(trigger: Trigger) -> bool:
    """Whether a noun only says what a plan is for: "agreed on a plan for cooperation"."""
    noun = trigger.token
    scheme = trigger.is_noun and noun.dep_ == "nmod" and noun.head.lemma_.lower() in words_for("schemes")
    one = scheme and any(child.lower_ in ("a", "an", "the") for child in children(noun.head, "det"))
    return one and not any(True for _ in children(noun, "det")) and is_bare(noun)


def _is_of_before(trigger: Trigger, ground: Ground) -> bool:
    """Whether undated talks are there already: asked for before ("had asked for the call"), or run by somebody."""
    verb = trigger.token.head if trigger.is_noun and trigger.token.dep_ == "obj" else trigger.carrier
    asked = ground.basis is Basis.PROPOSED and any(child.lower_ == "had" for child in children(trigger.carrier, "aux"))
    return asked or (trigger.is_noun and verb.lemma_.lower() in words_for("running"))


def _is_mere_mention(trigger: Trigger) -> bool:
    """Whether undated talks are only named within something else: "the conditions for dialogue"."""
    general = trigger.is_noun and load_agenda().kinds[trigger.kind].parties == 0 and trigger.carrier == trigger.token
    token = trigger.token
    return general and token.dep_ in WITHIN and is_bare(token) and not noun_or_plan(token.head)


def _is_in_general(trigger: Trigger) -> bool:
    """Whether undated exercises are only what something is for: "a pact to ease joint exercises"."""
    if not trigger.is_noun or load_agenda().kinds[trigger.kind].family != "exercise" or not is_bare(trigger.token):
        return False
    return trigger.carrier == trigger.token and has(trigger.token, "Number", "Plur")


def _is_effect(trigger: Trigger, reading: Reading) -> bool:
    """Whether a thing brings the item about, nobody does: "the meeting is expected to reopen the dialogue"."""
    verb = trigger.carrier
    if trigger.token not in objects_of(verb) or is_passive(verb):
        return False
    doers = doers_of(verb)
    return bool(doers) and all(d.lower_ in THINGS and d.i not in reading.actor_at for d in doers)


def _due(reading: Reading, taken: set[int]) -> Iterator[Draft]:
    """The steps of measures that lie ahead."""
    for group in find_threads(reading):
        done = _done(group)
        for telling in group:
            told: set[tuple[str, When | None]] = set()
            for step in telling.steps:
                kind = _kind_ahead(step, reading)
                old = step.step in done or step.token.i in taken or is_past(step.when, reading)
                if kind and not old and _lies_ahead(step, reading) and (kind, step.when) not in told:
                    told.add((kind, step.when))  # "close to being completed" tells one deal, not two
                    draft = _due_step(kind, telling, step, reading, _sides(telling, group))
                    imposers = states_of(actor for other in group for actor in other.imposers)
                    thread = group[0].mention.head.i
                    yield dataclasses.replace(draft, imposers=imposers, step=(thread, step.step))


def _sides(telling: Telling, group: list[Telling]) -> tuple[Actor, ...]:
    """Who imposes the measure, and on whom, with the side that only its other tellings name."""
    imposers = telling.imposers or next((t.imposers for t in group if t.imposers), ())
    targets = telling.targets or next((t.targets for t in group if t.targets), ())
    apart = tuple(actor for actor in targets if actor.state not in states_of(imposers))
    return (*imposers, *(telling.targets or apart))


def _kind_ahead(step: Taken, reading: Reading) -> str | None:
    """The kind of item that a step is; what is threatened for a day is due on it."""
    if step.factuality is Factuality.THREATENED and is_future(step.when, reading):
        return "measure due"
    return load_measures().steps[step.step].agenda


def _lies_ahead(step: Taken, reading: Reading) -> bool:
    if NOT in step.rules:
        return False  # "will not renew the licence": what comes of it is the measure's
    if is_future(step.when, reading):
        return step.factuality in AHEAD or step.factuality is Factuality.THREATENED or step.factuality.is_actual
    if step.when is None and is_circumstance(step.token):
        return False  # "only applied the rules when it decided to ban transit"
    return how_real(step) in AHEAD and WEAK.isdisjoint(step.rules) and not is_old_news(step.token, reading)


def _done(group: list[Telling]) -> set[str | None]:
    """The steps ahead that the document says were taken since: a rise that was planned and has come."""
    steps = load_measures().steps
    return {steps[s.step].ahead for t in group for s in t.steps if steps[s.step].presumes and s.factuality.is_actual}


def _due_step(kind: str, telling: Telling, step: Taken, reading: Reading, sides: tuple[Actor, ...]) -> Draft:
    told = find_factuality(step.token, reading)
    named = telling.imposers or telling.targets
    ground = Ground(
        basis=Basis.EXPECTED if how_real(step) is Factuality.EXPECTED else Basis.PLANNED,
        told=dataclasses.replace(told, factuality=how_real(step)),
        when=step.when,
        rules=step.rules,
    )
    return Draft(
        kind=kind,
        summary=summary_of_step(telling, step, reading),
        participants=sides if named or len(states_of(sides)) > 1 else named_before(step.token, reading) or sides,
        ground=ground,
        outcome=_outcome_of_step(telling, step),
        tokens=(step.token, telling.mention.head),
        rules=(telling.mention.row.id, *step.rules),
    )


def _outcome_of_step(telling: Telling, step: Taken) -> Outcome:
    """What the sentence says became of a step: "the tariffs due on Monday are suspended"."""
    head = telling.mention.head
    within = step.token.dep_ == "amod" or step.token.i > head.i  # "the planned tariffs", "tariffs that were due"
    stops = (s for s in telling.steps if s.step in STOPS and s.factuality.is_actual)
    if any(s.token.i > step.token.i or (within and s.token.i < head.i) for s in stops):
        return Outcome.CANCELLED
    return Outcome.SLIPPED if PUT_OFF & {told.step for told in telling.steps} else Outcome.PENDING


def _record(group: list[Draft], reading: Reading) -> AgendaItem:
    """The record of one item; the first telling with a date leads, which no mere remark is."""
    told = [draft for draft in group if not draft.remark] or group
    dated = [draft for draft in told if draft.ground.when is not None] or told[:1]
    lead = next((draft for draft in dated if states_of(draft.participants)), dated[0])
    slipped = (d for d in dated if d.outcome is Outcome.SLIPPED and not d.past)
    new_day = next((d.ground.when for d in slipped if d.ground.when), None)
    if new_day is not None:
        lead = dataclasses.replace(lead, ground=dataclasses.replace(lead.ground, when=new_day))
    fullest = max((d.participants for d in told), key=lambda actors: len(states_of(actors)))
    if states_of(lead.participants) < states_of(fullest):
        lead = dataclasses.replace(lead, participants=fullest)  # a headline names one side
    # "The decision to take effect" says less than what was decided.
    named = next((d for d in told if not d.rules[0].startswith(POINTING)), lead)
    token = lead.token
    around = circumstances(token, reading, actors=lead.participants, rules=(r for draft in group for r in draft.rules))
    around["on_pair"] &= may_bear(lead, reading)
    return AgendaItem(
        id=record_id(
            document=reading.document.id,
            kind=AgendaItem.record,
            start=token.idx,
            end=token.idx + len(token),
            type_=lead.kind,
            parties=[actor.key for actor in lead.participants],
        ),
        kind=lead.kind,
        summary=named.summary if lead.rules[0].startswith(POINTING) else lead.summary,
        participants=lead.participants,
        basis=lead.ground.basis,
        outcome=next((draft.outcome for draft in group if draft.outcome is not Outcome.PENDING), Outcome.PENDING),
        mechanism=next((draft.mechanism for draft in group if draft.mechanism), None),
        when=lead.ground.when,
        factuality=lead.ground.told.factuality,
        cue=lead.ground.told.cue,
        evidence=evidence_of([t for draft in group for t in draft.tokens], reading),
        confidence=CONFIDENCE if lead.ground.when is not None else CONFIDENCE_UNDATED,
        **around,
    )
