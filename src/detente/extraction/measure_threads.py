"""Puts together what a document tells of one measure in several places."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from detente.codebook.constructions import words_for
from detente.codebook.measures import load_measures
from detente.extraction.agenda_when import begins_late, is_past
from detente.extraction.circumstances import passage_of
from detente.extraction.measure_goods import on_other_goods
from detente.extraction.measure_mentions import ACRONYM, MeasureMention, takes_up
from detente.extraction.parties import states_of
from detente.extraction.phrases import forms_of
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, Amount, Factuality, Span, When

POINTERS = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "both"})
PHASE = re.compile(r"phase[ -]\w+", re.IGNORECASE)  # "phase one deal" and "phase one agreement" are one
CURRENCY = re.compile(r"[A-Z]{3}")  # a unit that is a code of ISO 4217
RULES, EXECUTIVE = "rule", "executive"  # the kind that says nothing of its sort, and its path
IN_FORCE, DUE = "in force", "due"
ENDS = frozenset({"lifted", "withdrawn", "expired", "lapsed", "struck down"})
UNDOINGS = frozenset({"lifting due", "easing due", "suspension due", "withdrawal due", "signature due"})
BESIDE = 2  # tokens
NOUN_PHRASE = 5  # tokens behind a measure that say what it is on
NEAR = 1  # paragraphs between two tellings that may be of one measure though neither names its parties


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step as the text tells it: taken, or still ahead. `token` is the word that tells it."""

    step: str
    when: When | None
    token: Token
    factuality: Factuality
    cue: Span | None  # what decided the factuality
    rules: tuple[str, ...]
    presumed: bool = False  # not told but taken for granted: who lifts a ban says that it was in force


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One mention with its steps and parties."""

    mention: MeasureMention
    steps: tuple[Taken, ...]
    imposers: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    amounts: tuple[Amount, ...]


def thread(tellings: Iterable[Telling], reading: Reading) -> list[list[Telling]]:
    """The tellings grouped by measure, in the order of their first telling; groups without a step are left out."""
    told = list(tellings)
    contested = _contested(told)
    groups: list[list[Telling]] = []
    for telling in told:
        shut = _is_of_the_rest(telling.mention)
        open_ = [g for g in groups if not shut and not _is_another(g, telling)]
        alike = [group for group in open_ if _same(group, telling, reading)]
        if not alike and telling.mention.kind not in contested:
            alike = _only_one(open_, telling)
        group = min(alike, key=lambda g: (_distance(g[-1], telling, reading), _depth(g[-1]), -_place(g)), default=None)
        if group is not None:
            group.append(telling)
        else:
            others = [group for group in groups if shut or _of_other_sum(group, telling)]
            groups.append([_with_parties(telling, others, reading)])
    return [_with_imposers(group, groups) for group in groups if any(telling.steps for telling in group)]


def _with_imposers(group: list[Telling], groups: list[list[Telling]]) -> list[Telling]:
    """The group with whoever imposes all other measures of its kind on the same states: "a tariff on Fijian sugar"."""
    aimed = frozenset().union(*(states_of(t.targets) for t in group))
    if not aimed or any(t.imposers for t in group):
        return group
    kind = group[0].mention.kind
    others = [t for g in groups if g is not group for t in g if t.mention.kind == kind and t.imposers]
    theirs = [t.imposers for t in others if states_of(t.targets) & aimed]
    if not theirs or len({states_of(imposers) for imposers in theirs}) > 1 or states_of(theirs[0]) & aimed:
        return group
    return [replace(group[0], imposers=theirs[0]), *group[1:]]


def of_somebody(telling: Telling, before: MeasureMention | None) -> Telling:
    """The telling, without steps where a verb tells of nobody's measure: "stopping a trade in its tracks"."""
    mention = telling.mention
    owned = telling.imposers or telling.targets or not mention.deed
    return telling if owned or takes_up(mention, before) else replace(telling, steps=())


def without_what_was_done(groups: list[list[Telling]]) -> list[list[Telling]]:
    """The groups without undated steps ahead that another group tells as taken: "decided to lift", "lifted"."""
    done = [(group, step) for group in groups for t in group for step in t.steps if step.factuality.is_actual]
    kept = [[_still_open(telling, group, done) for telling in group] for group in groups]
    return [group for group in kept if any(telling.steps for telling in group)]


def _still_open(telling: Telling, group: list[Telling], done: list[tuple[list[Telling], Taken]]) -> Telling:
    lexicon = load_measures()
    left_over = words_for("left over") | words_for("further measures")
    if any(child.lower_ in left_over for child in telling.mention.head.children):
        return telling
    over: set[str] = set()
    for other, step in done:
        ahead = lexicon.steps[step.step].ahead
        if ahead and not step.presumed and other is not group and _may_be_one(group, other):
            over |= {ahead} & {s.step for s in telling.steps if s.when is None and not s.presumed}
    over &= UNDOINGS
    if not over:
        return telling
    left = tuple(step for step in telling.steps if step.step not in over)
    return replace(telling, steps=() if all(step.presumed for step in left) else left)


def _may_be_one(one: list[Telling], other: list[Telling]) -> bool:
    """Whether two groups tell of measures of one family, and of no other parties than each other."""
    kinds = load_measures().kinds
    if kinds[one[0].mention.kind].group != kinds[other[0].mention.kind].group:
        return False
    imposers, targets = (
        [states_of(actor for t in group for actor in getattr(t, role)) for group in (one, other)]
        for role in ("imposers", "targets")
    )
    return all(not ours or not theirs or ours & theirs for ours, theirs in (imposers, targets))


def _with_parties(telling: Telling, groups: list[list[Telling]], reading: Reading) -> Telling:
    """The telling with the parties of the measure that it would go on about, had it named the same sum."""
    if telling.imposers or telling.targets:
        return telling
    alike = [group for group in groups if _same(group, telling, reading)]
    near = min(alike, key=lambda g: _distance(g[-1], telling, reading), default=[])
    named = next((t for t in near if t.imposers), None)
    return replace(telling, imposers=named.imposers, targets=named.targets) if named else telling


def _is_another(group: list[Telling], telling: Telling) -> bool:
    """Whether it is of another sum, on other goods, or of a measure that still holds where the group's has ended."""
    nouns = [t.mention.head for t in group if t.mention.kind == telling.mention.kind]
    other = _of_other_sum(group, telling) or on_other_goods(nouns, telling.mention.head)
    return other or _has_ended(group, telling)


def _of_other_sum(group: list[Telling], telling: Telling) -> bool:
    """Whether both name sums of money and none in common: duties on $34 billion of goods and on $200 billion."""
    own = _sums(telling)
    sums = {found for t in group for found in _sums(t)} if own else set()
    return bool(sums) and not any(_is_about(one, other) for one in sums for other in own)


def _is_about(one: tuple[float, str], other: tuple[float, str]) -> bool:
    """Whether a sum is the other one, or the other one rounded, as headlines do: $4.7 billion, $5 billion."""
    if one[1] != other[1]:
        return False
    low, high = sorted((one[0], other[0]))
    return low == high or high in (float(f"{low:.0e}"), low) or low == float(f"{high:.0e}")


def _contested(tellings: list[Telling]) -> frozenset[str]:
    """The kinds that more than one side imposes in the document: there, a telling without parties may be anyone's."""
    sides: dict[str, set[str]] = {}
    for telling in tellings:
        sides.setdefault(telling.mention.kind, set()).update(states_of(telling.imposers))
    return frozenset(kind for kind, states in sides.items() if len(states) > 1)


def _only_one(groups: list[list[Telling]], telling: Telling) -> list[list[Telling]]:
    """The one measure of this kind told so far, where the telling names no party and says nothing of a new one."""
    mention = telling.mention
    if mention.name or mention.deed or mention.weak or telling.imposers or telling.targets or _is_new(mention):
        return []
    if load_measures().kinds[mention.kind].path != "executive" or not telling.steps:
        return []
    alike = [g for g in groups if any(t.mention.kind == mention.kind for t in g)]
    return alike if len(alike) == 1 else []


def _same(group: list[Telling], telling: Telling, reading: Reading) -> bool:
    """Whether a telling goes on about the measure of the group."""
    names = {key for t in group for key in name_keys(t.mention.name)}
    own = name_keys(telling.mention.name)
    if names and own:
        return bool(names & own)
    if telling.mention.row.section == "anaphor":
        near = _distance(group[-1], telling, reading) <= NEAR
        alike = any(t.mention.kind == telling.mention.kind for t in group)
        return near and alike and not _is_further(telling.mention) and not _apart(group, telling)
    if _of_other_days(group, telling, reading) and not _points_back(telling.mention):
        return False
    if _is_of_before(telling.mention) and all(_is_new(t.mention) or _is_further(t.mention) for t in group):
        return False  # "holds off new duties. The duties already in force stay"
    return not _apart(group, telling) and (
        _goes_on_about_law(group, telling) or _takes_up(group, telling, reading, named=bool(names or own))
    )


def _takes_up(group: list[Telling], telling: Telling, reading: Reading, *, named: bool) -> bool:
    """Whether a telling takes up the group's measure: by pointing to it, by standing beside it, by the same parties."""
    pointing = _points_back(telling.mention) and _distance(group[-1], telling, reading) <= NEAR
    if (
        _is_further(telling.mention)
        and telling.mention.kind != RULES
        and not any(_is_further(t.mention) for t in group)
    ):
        return False  # "the tariffs, and the additional tariffs that it threatened"
    if not any(t.mention.kind == telling.mention.kind for t in group):
        return pointing and (_may_stand_for(telling.mention, group) or _shortens(telling.mention, group))
    if named:
        return pointing and not telling.mention.name
    if takes_up(telling.mention, group[-1].mention):
        return True
    if pointing or _agree(group, telling) or (_is_granted(telling) and _of_one_side(group, telling)):
        return True
    return _distance(group[-1], telling, reading) == 0 and not _is_told_apart(telling.mention)


def _goes_on_about_law(group: list[Telling], telling: Telling) -> bool:
    """Whether a nameless bill ("the bill", "similar legislation") that is not brought in as new follows a named one."""
    kinds = load_measures().kinds
    mention = telling.mention
    lawful = kinds[mention.kind].path == "legislative" and all(
        kinds[t.mention.kind].path == "legislative" for t in group
    )
    named = any(t.mention.name for t in group)
    return lawful and named and not mention.name and not _is_new(mention)


def _is_new(mention: MeasureMention) -> bool:
    before = (child for child in mention.head.children if child.i < mention.head.i)
    return any(child.lower_ in words_for("another measure") for child in before)


def name_keys(name: str | None) -> frozenset[str]:
    """What a name can be known by: its words, and the acronym in brackets.

    >>> sorted(name_keys("Clean Rivers Initiative (CRI) Act"))
    ['clean rivers initiative (cri) act', 'cri act']
    """
    if not name:
        return frozenset()
    words = name.split()
    found = {" ".join(words).lower()}
    phase = PHASE.match(name)
    if phase:
        found.add(phase.group().lower().replace("-", " "))
    for i, word in enumerate(words):
        match = ACRONYM.match(word)
        if match and i:
            found.add(" ".join([match.group(1), *words[i + 1 :]]).lower())
    text = " ".join(words)
    if "(" in text and ")" in text:
        inner = text[text.index("(") + 1 : text.index(")")].strip()
        found.add((inner + text[text.index(")") + 1 :]).strip().lower())
    return frozenset(found)


def _distance(before: Telling, after: Telling, reading: Reading) -> int:
    first, second = (passage_of(t.mention.head, reading).paragraph for t in (before, after))
    return abs(second - first)


def _is_further(mention: MeasureMention) -> bool:
    return not mention.deed and any(child.lower_ in words_for("further measures") for child in mention.head.children)


def _is_of_before(mention: MeasureMention) -> bool:
    """Whether a noun tells of what was there before: "the duties already in force"."""
    if mention.deed:
        return False
    near = mention.head.doc[max(mention.head.i - BESIDE, mention.head.sent.start) : mention.head.i + BESIDE + 1]
    return any(token.lower_ in words_for("there before") for token in near)


def _is_granted(telling: Telling) -> bool:
    """Whether a telling only takes the measure for granted: it adds nothing but another place."""
    return all(taken.presumed for taken in telling.steps)


def _of_one_side(group: list[Telling], telling: Telling) -> bool:
    """Whether a telling names whom the group names, as imposers, or as targets where it names no imposer."""
    imposing, own = (states_of(a for t in tellings for a in t.imposers) for tellings in (group, [telling]))
    if own:
        return bool(own & imposing)
    aimed, at = (states_of(a for t in tellings for a in t.targets) for tellings in (group, [telling]))
    return bool(at & aimed)


def _place(group: list[Telling]) -> int:
    """Where the group was told of last: of two alike the one told of just before is meant."""
    return group[-1].mention.head.i


def _depth(telling: Telling) -> int:
    """How far down its sentence a mention stands: what the main clause tells is what "the tariffs" points to."""
    return sum(1 for _ in telling.mention.head.ancestors)


def _points_back(mention: MeasureMention) -> bool:
    if mention.deed or _is_told_apart(mention):
        return False
    before = [child.lower_ for child in mention.head.children if child.i < mention.head.i]
    opener = mention.head.doc[max(mention.first - 1, mention.head.sent.start)]
    if opener.dep_ == "det":
        before.append(opener.lower_)  # "the" may hang at the first of two nouns
    return not POINTERS.isdisjoint(before)


def _is_told_apart(mention: MeasureMention) -> bool:
    """Whether "the" is there for a participle behind the noun: "the agreement approved on Monday"."""
    accord = not mention.deed and load_measures().kinds[mention.kind].path == "accord"
    behind = [child for child in mention.head.children if child.dep_ == "acl" and child.i > mention.head.i]
    # "The agreement, known as" a name, is no other than the one before.
    return accord and any("," not in mention.head.doc[mention.head.i + 1 : child.i].text for child in behind)


def _may_stand_for(mention: MeasureMention, group: list[Telling]) -> bool:
    """A general word may stand for a measure of another kind on the same path: "the act" for a bill."""
    general = {word for row in load_measures().rows if row.section == "anaphor" for word in row.words}
    kinds = load_measures().kinds
    same_path = any(kinds[t.mention.kind].path == kinds[mention.kind].path for t in group)
    if mention.kind == RULES and kinds[mention.kind].path == EXECUTIVE:
        return same_path  # "the new rules" for the curbs just told of
    return same_path and not general.isdisjoint(forms_of(mention.head)) and mention.row.weak


def _shortens(mention: MeasureMention, group: list[Telling]) -> bool:
    """Whether a bare noun takes up a longer name that it is the chief word of: "the controls" for "export controls"."""
    return mention.first == mention.head.i and any(
        t.mention.head.lemma_ == mention.head.lemma_ for t in group if not t.mention.deed
    )


def _apart(group: list[Telling], telling: Telling) -> bool:
    """Whether the parties contradict: both told and none in common, or one is aimed at whom the other is taken by."""
    own_imposing, own_aimed = states_of(telling.imposers), states_of(telling.targets)
    if not own_imposing and not own_aimed:
        return False
    imposing = frozenset().union(*(states_of(t.imposers) for t in group))
    aimed = frozenset().union(*(states_of(t.targets) for t in group))
    crossed = bool(imposing & own_aimed) != bool(aimed & own_aimed) and bool(imposing & own_aimed)
    crossed = crossed or (bool(aimed & own_imposing) and not imposing & own_imposing)
    return bool(
        crossed
        or (imposing and own_imposing and not imposing & own_imposing)
        or (aimed and own_aimed and not aimed & own_aimed)
    )


def _of_other_days(group: list[Telling], telling: Telling, reading: Reading) -> bool:
    """Whether one is still to come on its day and the other came on a day before: two tariffs, not one."""
    own = [taken for taken in telling.steps if not taken.presumed]
    came, comes = _has_come(own, reading), _is_to_come(own, reading)
    if not came and not comes:
        return False
    told = [taken for t in group for taken in t.steps if not taken.presumed]
    return (comes and _has_come(told, reading)) or (came and _is_to_come(told, reading))


def _is_of_the_rest(mention: MeasureMention) -> bool:
    """Whether a measure is on what is left of the goods or people told of before: "the tariff on the other goods"."""
    if mention.deed:
        return False
    behind = (token for token in mention.head.subtree if 0 < token.i - mention.head.i <= NOUN_PHRASE)
    return any(token.lower_ in words_for("the rest") for token in behind)


def _has_ended(group: list[Telling], telling: Telling) -> bool:
    """Whether the group's measure, told without a sum, was called off, and the telling is of a sum that still holds."""
    if not _sums(telling) or any(_sums(t) for t in group):
        return False
    ended = any(s.step in ENDS and s.factuality.is_actual for t in group for s in t.steps)
    return ended and any(s.step not in ENDS for s in telling.steps)


def _sums(telling: Telling) -> set[tuple[float, str]]:
    """The sums of money that it names."""
    return {(a.value, a.unit) for a in telling.amounts if CURRENCY.fullmatch(a.unit)}


def _has_come(steps: list[Taken], reading: Reading) -> bool:
    """Whether one of the steps is that it came into force on a day before, and none lies ahead."""
    came = any(s.step == IN_FORCE and s.factuality.is_actual and is_past(s.when, reading) for s in steps)
    return came and not any(begins_late(s.when, reading) for s in steps)


def _is_to_come(steps: list[Taken], reading: Reading) -> bool:
    """Whether one of the steps is that it is due on a day ahead, and none that it is there."""
    due = any(s.step == DUE and begins_late(s.when, reading) for s in steps)
    return due and not any(s.factuality.is_actual and is_past(s.when, reading) for s in steps)


def _agree(group: list[Telling], telling: Telling) -> bool:
    """Whether imposers and targets are told in both and agree."""
    imposing = frozenset().union(*(states_of(t.imposers) for t in group))
    aimed = frozenset().union(*(states_of(t.targets) for t in group))
    return bool(imposing & states_of(telling.imposers)) and bool(aimed & states_of(telling.targets))
