"""Whether a deed that words tell is an event between these parties, rather than comment or background."""

from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import Operator, load_event_lexicon, load_rows
from detente.codebook.event_types import load_event_types
from detente.extraction.clause import (
    SUBJECTS,
    case_of,
    children,
    has,
    is_predicate,
    objects_of,
    obliques_of,
    subjects_of,
)
from detente.extraction.composition import Meaning, is_hostile
from detente.extraction.event_parties import Parties, is_suffered
from detente.extraction.event_partners import is_attended, is_crowd
from detente.extraction.event_reach import ANCHOR, RECIPROCAL, TRAVEL
from detente.extraction.event_sides import doers_behind
from detente.extraction.frames import acted_on, classes_of, content_noun
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, EventType, Quad

T = EventType
# Types that one side can do alone or to its own citizens.
ALONE = frozenset({T.CONCEDE, T.RETREAT, T.MOBILIZE, T.PROTEST, T.SANCTION, T.COERCE, T.ASSAULT})
PRIVATE = "CVL"
# What travellers, traders and shoppers do not do for their state.
STATECRAFT = frozenset({T.CONSULT, T.AGREE, T.COOPERATE, T.SANCTION, T.AID})
VERBAL = frozenset({Quad.VERBAL_COOPERATION, Quad.VERBAL_CONFLICT})
OFFICIAL = frozenset({None, "GOV", "LEG", "JUD", "MIL"})  # who does not demonstrate
AT = frozenset({"at", "on", "into", "against", "with"})
MEASURES = frozenset({"measure", "tariff"})
FORCES = frozenset({"person", "troops", "weapons", "attack", "captive"})
ATTACKED = frozenset({"place", "person", "captive", "troops", "weapons", "refugees", "diplomat", "property"})
AIMED = frozenset({"on", "against", "toward", "towards", "with"})
JOINT = frozenset({"by", "between", "among"})  # prepositions behind which those stand who do what a noun tells
CALLING = "consult.call"  # row of the verbs of calling, which also give names
DELEGATED = frozenset({"delegate"})  # class of nouns for those who travel for their state
MILITARY = "MIL"  # a defence minister travels, a company of soldiers does not
MISSION = frozenset({"GOV", "LEG"})  # sectors of those whose journeys are visits
UNDERGONE = frozenset({"arrest", "expulsion"})  # classes of nouns for what somebody suffers
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
AMID = frozenset({"amid", "amidst", "despite", "without"})
CALLED_FOR, CALL = "op.demand.for", "call"  # row of the verbs for asking, and the one of them that also names
DEMAND = "n.demand"  # row of the nouns for demands
MARCHING = "protest.verb"  # row of the verbs of what crowds do, and others
LEAVING, TROOPS = "retreat.bare", "troops"  # row of the verbs of going away; class of nouns
LIFTED = frozenset({"measure", "tariff", "criticism", "lawsuit"})  # what one takes back
CALLED_OFF = "retreat.cancel"  # row of the words for an attack that does not take place
FIRED, FIRED_AT = "assault.fire", "assault.fire.at"  # rows of the verbs for firing weapons
GOVERNMENT = "GOV"
PHRASES = frozenset(
    {"idiom.assault", "idiom.abduct", "idiom.intrude", "idiom.violate"}
)  # rows of phrases that hold what is attacked
SUMMONS = "accuse.summon"  # row of the verbs for calling envoys in
CLASH = "assault.clash"  # row of the verbs for fighting each other, which also tell of quarrels
THAT, SINCE = "that", "since"
BY = frozenset({"by"})
JUDGES = "JUD"
DRILL = "drill"  # class of nouns for exercises


def is_telling(meaning: Meaning, parties: Parties, reading: Reading) -> bool:
    """Whether a deed with these parties is an event rather than comment or background.

    A state must be among the parties, and both sides be named; only deeds that one side does alone may do without a
    target. Weak words tell of no event in free text, and force is used on people, places and arms.
    """
    event_type = type_by_parties(type_of(meaning), meaning, parties)
    if (
        (meaning.weak and not _is_sure(meaning, parties))
        or not _fits(event_type, parties)
        or _is_naming(meaning)
        or _is_ruling_told(meaning)
        or _is_guess(meaning)
        or _is_ranked(meaning.top)
        or _is_said_in_summons(meaning.top, event_type)
    ):
        return False
    if (
        (event_type is T.ASSAULT and not _is_force(meaning, reading))
        or _is_standing(meaning.top)
        or _is_insight(meaning)
    ):
        return False
    if event_type is T.MOBILIZE and not parties.targets and meaning.top.dep_ == "acl" and _hits(meaning.top.head):
        return False  # "a drone launched from Chad struck"
    if parties.initiators and parties.targets:
        nominal = _is_nominal_deed(meaning.top, event_type) or _is_suffered_deed(meaning, parties)
        return is_predicate(meaning.top) or nominal
    if not is_predicate(meaning.top):
        return _is_suffered_deed(meaning, parties)
    return event_type in ALONE and _is_one_sided(meaning, event_type, parties)


def _is_ruling_told(meaning: Meaning) -> bool:
    """Whether a ruling is made of which a clause tells what it does: it may lift as well as bar."""
    if meaning.event_type is not T.COERCE or meaning.head is not meaning.top:
        return False
    rulings = (noun for noun in objects_of(meaning.top) if noun.lemma_.lower() in words_for("rulings"))
    return any(objects_of(clause) for ruling in rulings for clause in children(ruling, "acl", "acl:relcl"))


def _is_said_in_summons(top: Token, event_type: EventType) -> bool:
    """Whether a word is what an envoy is called in to hear: "summoned the envoy to voice its anger" is one deed."""
    above = top.head
    spoken = load_event_types()[event_type].quad is Quad.VERBAL_CONFLICT or event_type is T.REQUEST
    if not spoken or above == top or top.dep_ not in ("advcl", "xcomp", "acl") or not has(top, "VerbForm", "Inf"):
        return False
    verb = above if above.pos_ == "VERB" else above.head  # "summoned the envoy to voice", the aim read at the envoy
    words = [verb.lemma_.lower(), *(child.lower_ for child in children(verb, "compound:prt"))]
    return " ".join(words) in load_rows()[SUMMONS].words


def _is_standing(top: Token) -> bool:
    """Whether a participle says how something has been: "agreed to restart the talks, suspended since 2018"."""
    return top.dep_ == "acl" and any(preposition == SINCE for preposition, _ in obliques_of(top))


def _is_insight(meaning: Meaning) -> bool:
    """Whether what is recognised is that something is so: "expressed their recognition that it had failed"."""
    noun = meaning.head
    return noun.lemma_.lower() == "recognition" and noun.i + 1 < noun.sent.end and noun.nbor(1).lower_ == THAT


def _is_suffered_deed(meaning: Meaning, parties: Parties) -> bool:
    """Whether a noun tells what somebody underwent, whoever did it: "the detention of two Canadians"."""
    noun, lexicon = meaning.top, load_event_lexicon()
    if not parties.targets or not classes_of(noun, lexicon) & UNDERGONE or not _is_nominal_mention(noun):
        return False
    suffering = [sufferer for preposition, sufferer in obliques_of(noun) if preposition == "of"]
    definite = any(child.lower_ in DEFINITE for child in children(noun, "det")) or noun.lemma_.lower() != noun.lower_
    return definite and bool(suffering) and all(a.state for a in parties.targets)


def _is_nominal_mention(noun: Token) -> bool:
    """Whether a noun is no mere time or occasion of something else, and no "any" or "no"."""
    unreal = any(child.lower_ in words_for("possible") for child in children(noun, "det", "amod"))
    return not unreal and case_of(noun) not in AMID and not _is_anchored(noun)


def _is_one_sided(meaning: Meaning, event_type: EventType, parties: Parties) -> bool:
    """Whether a deed of which one side is named is told as done or suffered by it."""
    if is_suffered(meaning):
        return bool(parties.targets)  # "may face tariffs", whoever puts them on
    composed = len(meaning.steps) > 1  # "briefings are suspended"
    allowed = composed or meaning.steps[-1].operator is not None
    lifts = composed and is_lifting(meaning)  # "would relax a visa ban of its own"
    if event_type is T.CONCEDE and not lifts and (allowed or not objects_of(meaning.top)):
        return False  # "let the coin fall", "the premier steps down"
    return bool(parties.initiators) or (not composed and any(True for _ in children(meaning.top, "nsubj:pass")))


def is_lifting(meaning: Meaning) -> bool:
    """Whether somebody ends a ban, a tariff or a complaint of theirs."""
    lexicon = load_event_lexicon()
    classes = {name for noun in objects_of(meaning.top) for name in classes_of(content_noun(noun, lexicon), lexicon)}
    return meaning.steps[-1].operator is Operator.STOP and bool(classes & LIFTED)


def _is_sure(meaning: Meaning, parties: Parties) -> bool:
    """Whether the parties make a deed of words that tell of none by themselves."""
    people = bool(parties.initiators) and all(actor.sector == PRIVATE for actor in parties.initiators)
    crowd = meaning.rules == (MARCHING,) and (people or any(is_crowd(doer) for doer in subjects_of(meaning.top)))
    both = bool(parties.targets) and any(actor.state for actor in parties.initiators)
    return _is_mission(meaning, parties) or _is_march(meaning, parties) or is_stated_demand(meaning) or (crowd and both)


def is_stated_demand(meaning: Meaning) -> bool:
    """Whether a demand is told with whose it is and what for: "Chad's demand that Mali pay"."""
    owned = any(True for _ in children(meaning.top, "nmod:poss"))
    told = any(True for _ in children(meaning.top, "acl", "ccomp", "advcl")) or any(
        mark.lower_ == THAT for clause in children(meaning.top, "acl:relcl") for mark in children(clause, "mark")
    )
    return meaning.rules == (DEMAND,) and owned and told


def _is_march(meaning: Meaning, parties: Parties) -> bool:
    """Whether forces leave a state: "the Chadian troops left Mali"."""
    lexicon = load_event_lexicon()
    forces = any(TROOPS in classes_of(doer, lexicon) for doer in subjects_of(meaning.top))
    return meaning.rules == (LEAVING,) and forces and bool(parties.initiators and parties.targets)


def _is_mission(meaning: Meaning, parties: Parties) -> bool:
    """Whether somebody in office goes abroad: "the minister arrived in Lima"."""
    sent = any(classes_of(doer, load_event_lexicon()) & DELEGATED for doer in subjects_of(meaning.top))
    official = all(
        a.state and ((a.sector in MISSION and (a.office or sent)) or (a.sector == MILITARY and a.office))
        for a in parties.initiators
    )
    return meaning.rules == (TRAVEL,) and bool(parties.initiators and parties.targets) and official


def _is_naming(meaning: Meaning) -> bool:
    """Whether a call is a name given: "the isles that Oslo calls Svalbard", "called the plan a gift"."""
    top = meaning.top
    called_for = meaning.rules[-1] == CALLED_FOR and top.lemma_.lower() == CALL and len(objects_of(top)) > 1
    if called_for or CALLING not in meaning.rules or top.pos_ != "VERB":
        return called_for
    return top.dep_ == "acl:relcl" or len(objects_of(top)) > 1 or any(True for _ in children(top, "xcomp"))


def _is_guess(meaning: Meaning) -> bool:
    """Whether a refusal is only foreseen: "will not likely agree"."""
    if not (meaning.negated and meaning.future):
        return False
    lexicon = load_event_lexicon()
    return any(
        row.operator is Operator.PLAN
        for word in children(meaning.top, "advmod")
        for row in lexicon.find("adjective", word.lower_)
    )


def _is_ranked(noun: Token) -> bool:
    """Whether a sentence says of something told before how it ranks: "It is the first clash between the two since"."""
    if noun.pos_ != "NOUN" or not any(True for _ in children(noun, "cop")):
        return False
    ranked = any(has(word, "NumType", "Ord") or has(word, "Degree", "Sup") for word in children(noun, "amod"))
    return ranked and all(doer.pos_ == "PRON" for doer in subjects_of(noun))


def _is_nominal_deed(noun: Token, event_type: EventType) -> bool:
    """Whether a noun tells of one deed that took or takes place, not of "any talks" or of those amid which all is."""
    return is_attended(noun) or (_is_nominal_mention(noun) and _is_deverbal(noun, event_type))


def _is_anchored(noun: Token) -> bool:
    """Whether a noun only says when something else was: "on the eve of the visit"."""
    return noun.dep_ == "nmod" and ANCHOR in classes_of(noun.head, load_event_lexicon())


def _fits(event_type: EventType, parties: Parties) -> bool:
    """Whether such parties do such a thing: a state among them, words between states, no cabinet on the street."""
    if not any(actor.state for actor in (*parties.initiators, *parties.targets)):
        return False
    if event_type is T.PROTEST and any(actor.sector in OFFICIAL for actor in parties.initiators):
        return False
    if event_type in STATECRAFT and parties.initiators and all(a.sector == PRIVATE for a in parties.initiators):
        return False
    is_verbal = load_event_types()[event_type].quad in VERBAL
    return not is_verbal or (_is_known(parties.initiators) and _is_known(parties.targets))


def _is_known(actors: tuple[Actor, ...]) -> bool:
    """Whether one of the actors is a state's, an organisation or a group of states, not just "reporters"."""
    return any(a.state or a.organisation or (a.sector == GOVERNMENT and not a.office) for a in actors)


def _is_force(meaning: Meaning, reading: Reading) -> bool:
    """Whether somebody or something that can be attacked is, or the deed is a noun of attack."""
    row = load_rows()[meaning.rules[0]]
    if len(meaning.steps) > 1 or meaning.top.pos_ != "VERB" or row.objects or row.slots or row.subject_target:
        return True
    if row.id in PHRASES:
        return True
    lexicon = load_event_lexicon()
    if row.id == CLASH:
        between = [noun for word, noun in obliques_of(meaning.top) if word in JOINT]  # "Clashes between troops of"
        return any(classes_of(doer, lexicon) & FORCES for doer in (*subjects_of(meaning.top), *between))
    agents = list(children(meaning.top, "obl:agent"))
    if agents and not any(noun.i in reading.actor_at or classes_of(noun, lexicon) & FORCES for noun in agents):
        return False  # "hit by inflation"
    doers = [doer for doer in subjects_of(meaning.top) if doer.i not in reading.actor_at]
    if doers and all(classes_of(doer, lexicon) & MEASURES for doer in doers):
        return False  # "the sanctions hit banks"
    objects = [*acted_on(meaning.top), *(noun for preposition, noun in obliques_of(meaning.top) if preposition in AT)]
    # "A dozen Thais" are people by what they are counted of.
    counted = [child for noun in objects if noun.pos_ == "NUM" for child in children(noun, "amod", "nmod", "compound")]
    return any(noun.i in reading.actor_at or classes_of(noun, lexicon) & ATTACKED for noun in (*objects, *counted))


def _hits(noun: Token) -> bool:
    """Whether a weapon does harm in the clause that it is the subject of, which tells the deed."""
    rows = load_event_lexicon().find("verb", noun.head.lemma_.lower()) if noun.dep_ in SUBJECTS else ()
    return any(row.event_type is T.ASSAULT for row in rows)


def _is_deverbal(noun: Token, event_type: EventType) -> bool:
    """Whether a noun tells of a deed by its owner: "China's rejection of the demands", "talks between the two"."""
    if any(True for _ in children(noun, "nmod:poss")):
        return True
    if any(True for _ in children(noun, "amod", "compound")) and any(word in AIMED for word, _ in obliques_of(noun)):
        return True  # "a French attack on the port"
    fought = event_type is T.ASSAULT and noun.dep_ in SUBJECTS  # "clashes between the two went on"
    if event_type in RECIPROCAL and noun.dep_ in SUBJECTS and any(word == "of" for word, _ in obliques_of(noun)):
        return True  # "the talks of the Chadian and Malian envoys lasted an hour"
    return bool(doers_behind(noun, JOINT if event_type in RECIPROCAL or fought else BY))


def type_of(meaning: Meaning) -> EventType:
    """The type of a deed in free text: what is refused in advance ("will not lift") is REJECT, other futures stay."""
    assert meaning.event_type is not None  # noqa: S101 - `_deed` lets no other through
    if meaning.negated and meaning.future and not is_hostile(meaning.event_type) and not _is_told_off(meaning):
        return T.REJECT
    return meaning.event_type


def _is_told_off(meaning: Meaning) -> bool:
    """Whether it is said of the deed itself that it will not be, which nobody need refuse: "no talks will be held"."""
    return meaning.head is not meaning.top and meaning.head.dep_ in SUBJECTS and meaning.head.head is meaning.top


def _are_official(actors: tuple[Actor, ...]) -> bool:
    return bool(actors) and all(actor.state and actor.sector in OFFICIAL for actor in actors)


def _is_court_order(meaning: Meaning, parties: Parties) -> bool:
    """Whether courts, of a state's or of many, require what is asked for: "the International Court ordered"."""
    actors = parties.initiators if meaning.top.lemma_.lower() in words_for("ordering") else ()
    return bool(actors) and all(
        actor.sector == JUDGES or not words_for("courts").isdisjoint(actor.words.lower().split()) for actor in actors
    )


def type_by_parties(event_type: EventType, meaning: Meaning, parties: Parties) -> EventType:
    """The type as the parties have it: an exercise that nobody else takes part in shows force."""
    if meaning.rules[-1] == CALLED_OFF:
        return T.ASSAULT
    if event_type is T.PROTEST and parties.targets and _are_official(parties.initiators):
        return T.ACCUSE  # "Chad protested the raid"
    if meaning.rules in ((FIRED,), (FIRED_AT,)) and not parties.targets:
        return T.MOBILIZE  # "launched a ballistic missile"
    if event_type is T.REQUEST and _is_court_order(meaning, parties):
        return T.COERCE
    if event_type is not T.COOPERATE or parties.targets:
        return event_type
    lexicon = load_event_lexicon()
    named = [meaning.head, *objects_of(meaning.top)] if meaning.top.pos_ == "VERB" else [meaning.head]
    is_drill = any(DRILL in classes_of(content_noun(noun, lexicon), lexicon) for noun in named)
    return T.MOBILIZE if is_drill else event_type
