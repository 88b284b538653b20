"""In which words an agenda item is told: the clause that says who is to do it, or the noun phrase."""

import re

from detente.codebook.agenda import load_agenda
from detente.codebook.constructions import words_for
from detente.codebook.measures import load_measures
from detente.extraction.agenda_parties import doers_of
from detente.extraction.agenda_summary import summary_of_clause, summary_of_limit, summary_of_noun, summary_of_stay
from detente.extraction.agenda_triggers import Trigger, noun_row
from detente.extraction.clause import case_of, children, has, is_passive, objects_of
from detente.extraction.measure_threads import Taken, Telling
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Basis

HOLDING_UNTIL = "verb.hold-until"  # row of measures.toml: its day is the last one
OPENED = "anaphor.pronoun-reopened"  # row of measures.toml: what opens is not the closure
EXPIRY, DEADLINE = "expiry", "deadline"  # kinds
TALKS = "talks"  # a family of kinds
ONES = re.compile(r"\bones\b")


def summary_of_item(trigger: Trigger, reading: Reading) -> str:
    """The clause where a verb tells who is to do it, else the noun phrase."""
    verb = trigger.carrier
    if trigger.row.stay:
        return summary_of_stay(verb, doers_of(verb), reading)
    limit = next((doer for doer in doers_of(verb) if _is_limit(doer)), None) if trigger.kind == EXPIRY else None
    if limit is not None:
        return summary_of_limit(limit, reading)  # "the deadline for Chad to reply expires on Friday"
    if trigger.is_noun and (verb.dep_ == "acl:relcl" or (not is_passive(verb) and not doers_of(verb))):
        return summary_of_noun(trigger.token, reading)
    lexicon = load_agenda()
    if trigger.is_noun and lexicon.kinds[trigger.kind].family == TALKS and _sets_day(verb):
        return summary_of_noun(trigger.token, reading)
    asked = any(True for row in ("basis", "outcome") for _ in find_phrases(verb, lexicon.of(row), loose=True))
    held = asked or verb == trigger.token or is_passive(verb) or verb.lemma_.lower() in words_for("taking place")
    if trigger.is_noun and (held or _names_parties(trigger, reading)):
        summary = summary_of_noun(trigger.token, reading)
        if " " in summary or not doers_of(verb) or _only_asks(verb):
            return summary  # "trip" alone says too little
    doers = objects_of(verb) if is_passive(verb) else doers_of(verb)
    summary = summary_of_clause(verb, doers, reading)
    # A clause that had to be cut may have lost the item itself.
    return summary_of_noun(trigger.token, reading) if trigger.is_noun and trigger.token.text not in summary else summary


def _sets_day(verb: Token) -> bool:
    """Whether a verb in the past says that a day was set: "fixed talks for 3 May" is not to fix them."""
    return has(verb, "Tense", "Past") and not is_passive(verb) and verb.lemma_.lower() in words_for("setting a day")


def _is_limit(noun: Token) -> bool:
    """Whether what ends is a limit set for something: "deadline", "ultimatum"."""
    row = noun_row(noun)
    return row is not None and row.kind == DEADLINE


def _only_asks(verb: Token) -> bool:
    """Whether a verb only wishes for the item: who calls for talks is not to call for them."""
    return any(
        phrase.row.basis is Basis.PROPOSED for phrase, _ in find_phrases(verb, load_agenda().of("basis"), loose=True)
    )


def of_channel(summary: str, channel: str | None) -> str:
    """The summary with the channel that it is a round of, where it is a bare word.

    >>> of_channel("Round", "Trade Dialogue"), of_channel("Next round of the dialogue", "Trade Dialogue")
    ('Round of the Trade Dialogue', 'Next round of the dialogue')
    """
    return summary if channel is None or " " in summary or summary in channel else f"{summary} of the {channel}"


def summary_of_plan(trigger: Trigger, reading: Reading) -> str:
    """What was put off or called off, without who did so; the clause where the noun alone would say too little."""
    summary = summary_of_noun(trigger.token, reading)
    talks = load_agenda().kinds[trigger.kind].family == TALKS
    return summary if " " in summary or talks else summary_of_item(trigger, reading)


def _names_parties(trigger: Trigger, reading: Reading) -> bool:
    below = {t.i for t in trigger.token.subtree}
    inside = {a.key for i, m in reading.actor_at.items() if i in below and not m.is_place for a in m.actors}
    return len(inside) > 1


def summary_of_step(telling: Telling, step: Taken, reading: Reading) -> str:
    """The step in the text's words; "ones" is told with the kind of measure that it stands for."""
    token = step.token
    is_second = any(other.token == token and other.step != step.step for other in telling.steps if not other.presumed)
    if (
        is_second
        or token.pos_ != "VERB"
        or (is_passive(token) and token.dep_ in ("acl", "amod") and token.head == telling.mention.head)
    ):
        # "is still due", "the tariffs set for May", "delayed the tariffs to May": what is due is the measure.
        if telling.mention.head.pos_ in ("PRON", "VERB"):
            label = load_measures().kinds[telling.mention.kind].label
            return f"{label[:1].upper()}{label[1:]}"  # "extended them until May"
        return summary_of_noun(token if token.pos_ in ("NOUN", "PROPN") else _changed(telling.mention.head), reading)
    undergoers = list(children(token, "nsubj:pass")) or objects_of(token)
    if telling.mention.head.pos_ == "PRON":  # "they will take effect": what will
        label, clause = load_measures().kinds[telling.mention.kind].label, summary_of_clause(token, (), reading)
        told, opened = f"to {clause[:1].lower()}{clause[1:]}", telling.mention.row.id == OPENED
        return f"{label[:1].upper()}{label[1:]} {f'({told})' if opened else told}"
    summary = summary_of_clause(token, undergoers if is_passive(token) else doers_of(token), reading)
    if telling.mention.row.section == "anaphor":
        label = load_measures().kinds[telling.mention.kind].label
        named = ONES.sub(f"{label}s" if not label.endswith("s") else label, summary)
        return named if named != summary else f"{summary} ({label})"
    return f"{summary} until then" if HOLDING_UNTIL in step.rules else summary


def _changed(noun: Token) -> Token:
    """The noun of what becomes of a measure, where it is no more than that one's object: "the increase of tariffs"."""
    change = noun.head
    bare = noun.dep_ == "nmod" and case_of(noun) in ("of", "in") and not any(True for _ in children(noun, "det"))
    return change if bare and change.pos_ == "NOUN" and change.i < noun.i else noun
