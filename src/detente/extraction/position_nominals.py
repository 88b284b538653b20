"""Nouns, adjectives and verdicts as cues of positions."""

from detente.codebook.positions import PositionCue
from detente.extraction.clause import base, case_of, children, predicate_of
from detente.extraction.holders import speaker_of
from detente.extraction.position_scene import Found, Scene, phrase
from detente.extraction.position_spans import Complement, after_far_preposition, clause_after_noun
from detente.parsing.doc import Token
from detente.records import Stance

NOMINAL = frozenset(
    {"nsubj", "obj", "iobj", "obl", "nmod", "nsubj:pass", "conj", "appos", "root", "nmod:poss", "compound"}
)
OWNERS = ("nsubj", "nmod:poss", "compound", "amod", "nmod", "obl", "nmod:desc")
OF = ("of", "by", "from", "in", "among")
WANTS_A_MATTER = frozenset({Stance.DEMANDS, Stance.OPPOSES, Stance.REJECTS, Stance.REGRETS})
BEFORE_NOUN = 4  # tokens between a light verb and its noun


def noun(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A noun: "Spain's refusal to talk", "opposition of Spain to the plan", "Spain expressed opposition to it"."""
    light = _light_verb(token, scene)
    if token.pos_ == "VERB" and any(child.lower_ == "out" for child in token.children):
        return None  # "called Spain out for"
    if light is None and base(token.dep_) not in NOMINAL and token.dep_ != "ROOT" and token.pos_ != "NOUN":
        return None
    predicate = light or predicate_of(token)
    is_light = _is_light(predicate, token, scene)
    complement = clause_after_noun(token, cue.takes)
    if complement is None and cue.takes:
        complement = after_far_preposition(token, cue.takes)
    if complement is None and is_light:
        complement = _after(clause_after_noun(predicate, cue.takes), token)
    if complement is None:
        return _drawn(cue, token, scene)
    if not _suits(cue, complement, scene):
        return None
    holders = scene.holders(_owners(token, complement))
    if not holders and is_light:
        holders = scene.subjects(predicate) or scene.holders(list(children(predicate, "nsubj")))
    if not holders:
        return None
    return Found(cue, token, predicate if base(token.dep_) == "obj" else token, tuple(holders), complement)


def _suits(cue: PositionCue, complement: Complement, scene: Scene) -> bool:
    """Whether the proposition is of the kind that the cue needs: a clause, or a matter that is no mere actor."""
    if cue.needs == "clause":
        return complement.is_clause or complement.head.lemma_.lower() in scene.lexicon.deeds
    if cue.stance in WANTS_A_MATTER and complement.head.i in scene.reading.actor_at:
        return False  # "a protest against Spain" does not say what for
    mention = scene.reading.actor_at.get(complement.head.i)
    return cue.needs != "matter" or mention is None or mention.head != complement.head.i


def _drawn(cue: PositionCue, noun: Token, scene: Scene) -> Found | None:
    """What something draws from a side: "the arrest drew condemnation from Spain"."""
    verb = noun.head
    if noun.dep_ != "obj" or verb.lemma_.lower() not in scene.lexicon.drawing_verbs:
        return None
    matter = next(children(verb, "nsubj"), None)
    sides = [child for place in (noun, verb) for child in children(place, "nmod", "obl") if case_of(child) in OF]
    holders = scene.holders(sides)
    return Found(cue, noun, verb, tuple(holders), phrase(matter)) if holders and matter is not None else None


def _after(complement: Complement | None, noun: Token) -> Complement | None:
    """A complement read at the light verb, where it follows the noun: "voiced opposition | to the plan"."""
    return complement if complement is not None and complement.first > noun.i else None


def _owners(noun: Token, complement: Complement) -> list[Token]:
    return [
        child
        for child in noun.children
        if child.dep_ in OWNERS
        and not complement.first <= child.i <= complement.last
        and (child.i < noun.i or case_of(child) in OF)
    ]


def _is_light(verb: Token, noun: Token, scene: Scene) -> bool:
    if verb.lemma_.lower() not in scene.lexicon.light_verbs:
        return False
    return base(noun.dep_) in ("obj", "conj", "nsubj", "xcomp") or verb == _light_verb(noun, scene)


def _light_verb(noun: Token, scene: Scene) -> Token | None:
    """The light verb that stands just before a noun, articles and adjectives aside, whatever the parse makes of it."""
    for at in range(noun.i - 1, max(noun.sent.start, noun.i - BEFORE_NOUN) - 1, -1):
        word = noun.doc[at]
        if word.pos_ == "VERB" and word.lemma_.lower() in scene.lexicon.light_verbs:
            return word
        if word.pos_ not in ("DET", "ADJ", "PRON", "ADV", "PUNCT"):
            return None
    return None


def adjective(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """An adjective or participle of the holder: "Spain is unwilling to talk", "Spain, opposed to the plan, left"."""
    holders = scene.subjects(token) or scene.holders(list(children(token, "nsubj", "nsubj:pass", "expl")))
    if not holders and token.dep_ in ("acl", "amod"):
        holders = scene.holders([token.head])
    complement = clause_after_noun(token, cue.takes)
    if not holders or complement is None or not _suits(cue, complement, scene):
        return None
    if complement.is_clause and complement.head.lemma_.lower() in scene.lexicon.silence:
        return None  # "keen to stress"
    return Found(cue, token, token, tuple(holders), complement)


def verdict(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """An evaluation of something: "the demand is unacceptable to Spain", "it is nonnegotiable, Spain's envoy said"."""
    top = token.head if token.dep_ == "amod" and any(children(token.head, "cop", "nsubj")) else token
    subject = next((c for c in children(top, "nsubj", "csubj", "nsubj:pass")), None)
    to_whom = [c for t in (token, top) for c in children(t, "obl", "nmod") if case_of(c) in cue.takes]
    holders = scene.holders(to_whom)
    if subject is None or (token.pos_ == "VERB" and not any(children(token, "aux", "cop"))):
        return None
    if not holders:
        speaker = speaker_of(token, scene.reading)
        holders = scene.holders([speaker]) if speaker is not None else []
    complement = phrase(subject)
    return Found(cue, token, top, tuple(holders[:1]), complement) if holders else None
