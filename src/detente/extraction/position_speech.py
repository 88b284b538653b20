"""Positions that lie in what a state's speaker says, without a word for holding one: demands, vows, verdicts."""

from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import load_event_lexicon
from detente.codebook.positions import PositionCue
from detente.extraction.clause import base, case_of, children, has, is_negated, objects_of
from detente.extraction.frames import classes_of
from detente.extraction.holders import RELATIVES, SELVES, holders_at, is_own_country, speaker_of
from detente.extraction.position_conditions import is_condition
from detente.extraction.position_edges import trimmed
from detente.extraction.position_scene import POINTERS, Found, Scene, phrase, state_token
from detente.extraction.position_spans import Complement, clause_after_noun, extent
from detente.extraction.voice import attributions_around
from detente.parsing.doc import Token
from detente.records import Stance

ACTING = frozenset({"person", "troops", "craft"})  # classes of nouns for who or what does something
FORECASTS = frozenset({"will", "'ll", "’ll"})
ORDINALS = frozenset({"first", "now", "also", "therefore", "still"})  # "they need first to leave"
MODAL_SUBJECTS = ("nsubj", "nsubj:pass", "expl")
BIDDEN = ("obj", "nsubj")  # who is to be let: "let them work"
PLURAL = frozenset({"they"})  # as often the tariffs as the side
OURSELVES = frozenset({"us", "'s", "’s"})
QUOTES = frozenset('"“”')


def modal(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A modal in what a state's speaker says: "tariffs must go, Spain's envoy said". The clause is the demand."""
    clause = token.head if token.dep_ == "aux" else next(children(token, "xcomp", "ccomp", "obj"), None)
    if clause is None or not _is_modal(cue, token) or any(_is_mere(word) for word in (clause, token)):
        return None
    if cue.needs == "denied" and clause.lemma_.lower() not in scene.lexicon.denied:
        return None
    speaker = speaker_of(token, scene.reading)
    holders = scene.holders([speaker]) if speaker is not None else []
    places = (clause, token, *([clause.head] if clause.dep_ == "conj" else []))
    subject = next((c for place in places for c in place.children if c.dep_ in MODAL_SUBJECTS), None)
    if not holders or subject is None or subject in holders:
        return None
    forecast = token.dep_ != "aux" and any(a.lower_ in FORECASTS for a in children(token, "aux"))
    if forecast and (subject.pos_ == "PRON" or state_token(subject, scene) is None):
        return None  # "sooner or later they will have to agree"
    if subject.lower_ in ("i", "we") or _same_side(subject, holders[0], scene):
        return None
    first, last = extent(clause if token.dep_ == "aux" else token)
    first, last = trimmed(token.doc, min(first, subject.left_edge.i), last)
    complement = Complement(first, last, clause, subject, True)
    if _is_joint_work(clause, subject, scene):
        cue = replace(cue, stance=Stance.SUPPORTS)
    return Found(cue, token, clause, tuple(holders[:1]), complement, state_token(subject, scene))


def _is_joint_work(clause: Token, subject: Token, scene: Scene) -> bool:
    """Whether a speaker wants more of what both sides do together: "the two sides should cooperate on ports"."""
    mention = scene.reading.actor_at.get(subject.i)
    both = mention is not None and len({actor.state for actor in mention.actors if actor.state}) > 1
    return both and clause.lemma_.lower() in words_for("working together")


def _is_mere(clause: Token) -> bool:
    """Whether a clause demands nothing: it describes something ("what they need to say"), or is said not to be said."""
    if clause.dep_ == "acl:relcl" or any(t.lower_ in RELATIVES or has(t, "PronType", "Rel") for t in clause.children):
        return True
    if clause.lemma_.lower() in words_for("counting on") and is_negated(clause):
        return True  # "Spain should not expect our support": the support is refused
    above = clause.head
    if clause.dep_ == "ccomp" and above.dep_ == "acl:relcl" and clause.left_edge.i > above.i:
        return True  # "terms that Spain said must be met": what the terms are stands elsewhere
    needed = above.i > 0 and above.nbor(-1).lower_ == "whose"  # "Spain, whose backing | Italy needs to win"
    return clause.dep_ == "ccomp" and (needed or is_negated(above))


def _is_modal(cue: PositionCue, token: Token) -> bool:
    if len(cue.words) > 1:
        following = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3] if t.lower_ not in ORDINALS]
        return following[:1] == [cue.words[1]]  # not "have yet to"
    return token.pos_ == "AUX" or token.dep_ == "aux"


def _same_side(subject: Token, holder: Token, scene: Scene) -> bool:
    """Whether a speaker talks of their own state's deed: "we must act", "Spain must rebuild its navy"."""
    ours = {actor.state for actor in holders_at(holder, scene.reading, scene.lexicon.state_sectors)}
    theirs = {actor.state for actor in holders_at(subject, scene.reading, scene.lexicon.state_sectors)}
    return bool(ours & theirs) and len(theirs) == 1


def commits(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """What a speaker says their own side will do: "we will answer in kind", "Spain would not sign, its envoy said"."""
    verb = token.head
    subject = next(children(verb, "nsubj"), None)
    if token.dep_ != "aux" or subject is None or not _is_deed(verb, token, scene):
        return None
    holders = speaking(token, scene)
    if not holders or not _is_own(subject, holders[0], scene):
        return None
    after = max((t.i for t in children(verb, "aux", "advmod") if t.i < verb.i and _leads(t)), default=token.i)
    first, last = trimmed(token.doc, after + 1, extent(verb)[1])
    if last == first or _is_only_supposed(token, subject, holders[0], scene):
        return None
    return Found(cue, token, verb, holders, Complement(first, last, verb, None, True))


def _is_deed(verb: Token, modal: Token, scene: Scene) -> bool:
    """Whether a verb under "will" tells a deed: not "will see", "will be taking", "in which he will speak"."""
    if verb.pos_ != "VERB" or verb.dep_ == "acl:relcl" or is_condition(verb):
        return False
    tries = verb.lemma_ == "do" and any(c.lemma_.lower() in scene.lexicon.efforts for c in children(verb, "obj"))
    if verb.lemma_.lower() in scene.lexicon.no_deeds and not tries:
        return False
    if any(children(verb, "cop", "aux:pass", "nsubj:pass")):
        return False
    if any(a.lower_ in ("be", "have") for a in children(verb, "aux")):
        return False
    return not any(t.lower_ in RELATIVES for t in modal.doc[verb.left_edge.i : modal.i])


def _is_only_supposed(token: Token, subject: Token, holder: Token, scene: Scene) -> bool:
    """Whether nothing is vowed: "I would take him seriously", "it would likely rise", "it", said a person."""
    if any(child.lower_ in words_for("supposing") for child in children(token.head, "advmod")):
        return True
    if subject.lower_ in SELVES:
        return token.lower_ == "would"
    mention = scene.reading.actor_at.get(holder.i)
    return subject.lower_ == "it" and mention is not None and any(actor.person for actor in mention.actors)


def _leads(word: Token) -> bool:
    """Whether a word before a verb is no part of what is vowed: an auxiliary, a negation."""
    return word.dep_ == "aux" or word.lower_ in ("not", "n't", "n’t", "never")


def _is_own(subject: Token, holder: Token, scene: Scene) -> bool:
    return (
        subject.lower_ in SELVES
        or is_own_country(subject)
        or (subject.lower_ not in PLURAL and _same_side(subject, holder, scene))
    )


def harms(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """What a speaker says does harm or good: "the base threatens our security, Spain's envoy said"."""
    denied = is_negated(token) or (token.dep_ in ("conj", "xcomp") and is_negated(token.head))
    if token.pos_ != "VERB" or token.dep_ == "acl:relcl" or denied:
        return None
    subject = next((c for t in (token, token.head) for c in children(t, "nsubj", "csubj")), None)
    holders = speaking(token, scene)
    if token.dep_ not in ("conj", "xcomp") and not any(children(token, "nsubj", "csubj")):
        return None
    if subject is None or not holders or subject in holders or _is_own(subject, holders[0], scene):
        return None
    if subject.lower_ in POINTERS or not _is_of_value(cue, token, scene):
        return None
    matter = phrase(subject, token)
    if subject.i in scene.reading.actor_at or _acts(subject):  # not Spain or its jets are opposed, what they do
        matter = Complement(matter.first, extent(token)[1], token, None, True)
    return Found(cue, token, token, holders, matter)


def _acts(noun: Token) -> bool:
    """Whether a noun names people or craft, and no deed: "Italian helicopters violated our airspace"."""
    return not classes_of(noun, load_event_lexicon()).isdisjoint(ACTING)


def _is_of_value(cue: PositionCue, token: Token, scene: Scene) -> bool:
    """Whether what is harmed is something that states hold dear: "peace", "our sovereignty"."""
    if cue.needs != "value":
        return True
    heads = [*objects_of(token), *children(token, "obl", "xcomp")]
    words = [word for head in heads for word in (head, *children(head, "nmod", "compound", "conj", "obj"))]
    return any(word.lemma_.lower() in scene.lexicon.values for word in words)


def bids(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A bidding in quoted speech: "stop the drills, Spain's envoy said", "let them go home first"."""
    if not _is_bidding(token):
        return None
    holders = speaking(token, scene)
    if not holders:
        return None
    deed = next(children(token, "xcomp", "ccomp"), None) if cue.needs == "clause" else token
    if deed is None or (cue.needs != "clause" and not any(children(token, "obj", "obl"))):
        return None
    bidden = next((c for c in children(token, *BIDDEN) if c.lower_ not in OURSELVES), None)
    last = max(extent(deed)[1], extent(token)[1])
    actor = state_token(bidden, scene) if deed != token else None
    return Found(cue, token, token, holders, Complement(token.i, last, deed, actor, True), actor)


def _is_bidding(token: Token) -> bool:
    """Whether a verb opens its clause without subject, auxiliary or "to", behind a quotation mark or a full stop."""
    if token.lower_ != token.lemma_.lower() or token.pos_ != "VERB":
        return False
    if any(c.dep_ in ("nsubj", "nsubj:pass", "aux", "mark", "cop", "expl") and c.i < token.i for c in token.children):
        return False
    before = token.doc[token.i - 1] if token.i > token.sent.start else None
    return before is None or before.text in QUOTES


def needed(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """What a speaker calls vital: "it is vital that Italy leave", "it is important for both to talk"."""
    clause = token.head if token.dep_ == "advmod" else token  # "it is [up] to Italy to"
    subject = next(children(clause, "expl", "nsubj"), None)
    if subject is None or subject.lower_ != "it" or is_negated(token):
        return None
    holders = speaking(token, scene)
    if cue.takes:
        return _left_to(cue, token, clause, holders, scene)
    complement = clause_after_noun(token, ("for",)) or _clausal_subject(token)
    if not holders or complement is None or not complement.is_clause:
        return None
    actor = complement.actor
    if actor is not None and _is_own(actor, holders[0], scene):
        return None
    if actor is None and complement.head.lemma_.lower() in words_for("taking in"):
        return None  # "it is important to note that"
    return Found(cue, token, token, holders, complement, state_token(actor, scene))


def _left_to(cue: PositionCue, token: Token, clause: Token, holders: tuple[Token, ...], scene: Scene) -> Found | None:
    """What a speaker leaves to another: "it is up to Italy to make the first move"."""
    actor = clause if clause != token else next((c for c in children(token, "obl") if case_of(c) in cue.takes), None)
    complement = _clausal_subject(clause)
    if actor is None or complement is None or not holders or state_token(actor, scene) is None:
        return None
    if case_of(actor) not in cue.takes or _same_side(actor, holders[0], scene):
        return None
    return Found(cue, token, complement.head, holders, complement, actor)


def defies(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """What a speaker says nobody can do to their side: "no force can stop us", "nobody can tell Spain what to do"."""
    clause = token.head
    subject = next(children(clause, "nsubj"), None)
    if token.dep_ != "aux" or subject is None or any(children(clause, "expl")):
        return None
    if subject.lower_ not in words_for("nobody") and not any(c.lower_ == "no" for c in children(subject, "det")):
        return None
    # "Nobody" may itself have been taken for the speaker of what follows.
    around = attributions_around(scene.reading, subject.idx, subject.idx + len(subject))
    head = around[0].speaker_head if around else None
    holders = scene.holders([token.doc[head]])[:1] if head is not None else []
    ours = any(t.lower_ in ("us", "our") or (holders and _same_side(t, holders[0], scene)) for t in clause.subtree)
    if not holders or not ours:
        return None
    first, last = extent(clause)
    return Found(cue, token, clause, tuple(holders), Complement(first, last, clause, subject, True))


def _clausal_subject(token: Token) -> Complement | None:
    clause = next((c for c in children(token, "csubj", "csubj:pass", "parataxis") if c.i > token.i), None)
    if clause is None:
        return None
    first, last = extent(clause)
    return Complement(first, last, clause, next(children(clause, "nsubj", "nsubj:pass"), None), True)


def unless(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """What a speaker makes a condition for another: "the duties will rise if Italy does not open the port"."""
    clause = token.head
    if token.dep_ != "mark" or base(clause.dep_) != "advcl" or is_negated(clause) == (cue.id == "unless"):
        return None
    subject = next(children(clause, "nsubj"), None)
    holders = speaking(token, scene)
    actor = state_token(subject, scene)
    if actor is None or not holders or _same_side(actor, holders[0], scene) or actor in holders:
        return None
    first, last = extent(clause)
    words = token.doc[first : last + 1]
    start = next((t.i for t in words if t.i > actor.i and t.dep_ not in ("aux", "advmod")), clause.i)
    return Found(cue, token, clause, holders, Complement(start, last, clause, actor, True), actor)


def lacks(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """What a speaker sees no room for: "there can be no question of a retreat", "Italy has no right to meddle"."""
    holders = speaking(token, scene)
    if not holders or not any(child.lower_ == "no" for child in children(token, "det")):
        return None
    if cue.needs == "clause":
        have = token.head if token.dep_ == "obj" and token.head.lemma_ == "have" else None
        subject = next(children(have, "nsubj"), None) if have is not None else None
        if have is None or subject is None or _is_own(subject, holders[0], scene):
            return None
        complement = clause_after_noun(token, ()) or clause_after_noun(have, ())
        return Found(cue, token, have, holders, complement, state_token(subject, scene)) if complement else None
    there = any(c.lower_ == "there" for place in (token, token.head) for c in children(place, "expl"))
    if cue.needs == "to come":  # "there will be no talks": not "there is no deal yet"
        ahead = any(c.pos_ == "AUX" and c.dep_ == "aux" for place in (token, token.head) for c in place.children)
        matter = replace(phrase(token), first=token.i)  # without the "no"
        return Found(cue, token, token.head, holders, matter) if there and ahead else None
    complement = clause_after_noun(token, cue.takes)
    return Found(cue, token, token, holders, complement) if complement is not None and there else None


def owns(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """What a speaker says belongs to their own side: "the island belongs to Spain", "is part of Spain"."""
    subject = next(children(token, "nsubj"), None)
    holders = speaking(token, scene)
    owner = next((c for c in children(token, "obl", "nmod") if case_of(c) in cue.takes), None)
    if subject is None or owner is None or not holders or is_negated(token):
        return None
    of_us = any(child.lower_ in ("our", "its", "his", "her") for child in children(owner, "nmod:poss"))
    ours = of_us or owner.lower_ in ("us", "our") or _same_side(owner, holders[0], scene)
    return Found(cue, token, token, holders, phrase(subject, token)) if ours else None


def speaking(token: Token, scene: Scene) -> tuple[Token, ...]:
    """The head of whoever is said to say the words at a token, where that is a state's speaker; else nobody."""
    around = attributions_around(scene.reading, token.idx, token.idx + len(token))
    heads = (one.speaker_head for one in around)
    named = (head for head in heads if head is not None and token.doc[head].lower_ not in SELVES)  # "we have said that"
    head = next(named, None)
    return tuple(scene.holders([token.doc[head]])[:1]) if head is not None else ()
