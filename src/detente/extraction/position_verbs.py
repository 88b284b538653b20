"""Verbs as cues of positions: who wants, asks, feels, judges or stands where."""

from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.codebook.positions import Frame, PositionCue
from detente.extraction.clause import (
    antecedent,
    base,
    case_of,
    children,
    has,
    is_negated,
    is_passive,
    objects_of,
    subjects_of,
)
from detente.extraction.holders import SELVES, is_misread_active
from detente.extraction.position_scene import Found, Scene, comes_after, is_verbal, phrase, state_token
from detente.extraction.position_spans import (
    Complement,
    after_preposition,
    asks,
    complement_of,
    extent,
    is_demanding,
    resumed,
    with_contact_clause,
)
from detente.parsing.doc import Token
from detente.records import Stance

OWN = frozenset({"it", "they", "he", "she", "we", "i"})
NEAR = 2  # tokens from a verb to the adverbs quoted with it
TAKES_A_STAND = frozenset({Stance.REJECTS, Stance.SUPPORTS})  # not so where the deed says nothing: "wants to recall"
RETHINKING = "rethink"  # row of positions.toml
FUTURE = frozenset({"will", "would", "shall", "can", "could", "'ll", "'d"})


def wants(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A verb: its subject wants, promises or rejects what follows."""
    if not is_verbal(token):
        return None
    passive = is_passive(token) and not is_misread_active(token)
    if passive and cue.takes and len(cue.words) > 1 and token.nbor(1).lower_ not in cue.takes:
        return None  # "a vote called by Spain for May"
    holders = scene.holders(subjects_of(token)) if passive else scene.subjects(token)
    left_out = [*holders, *(c for c in token.children if _is_tag(c, scene))]
    complement = _passive_matter(cue, token) if passive else complement_of(token, cue.takes, left_out)
    if complement is None or antecedent(complement.head) != complement.head:
        complement = _told_of(token) or complement
    if complement is None and len(cue.words) > 1:  # a particle read as a preposition: "brushed | off the complaint"
        complement = after_preposition(token, cue.words[-1:])
    if not holders or complement is None or complement.head in holders or _is_quoted(token, complement):
        return None
    complement = with_contact_clause(token, _without_particle(cue, resumed(complement)))
    actor = complement.actor
    own = complement.is_clause and actor is None and has(complement.head, "VerbForm", "Inf")
    if own and _is_no_matter(cue, complement.head, scene):
        return None
    found = Found(cue, token, token, tuple(holders), complement, state_token(actor, scene), own and cue.own is not None)
    if _takes_none(cue, complement, scene) or _has_other_object(cue, token):
        return None
    return found if _fits(cue, token, complement, scene) else None


def _without_particle(cue: PositionCue, complement: Complement) -> Complement:
    """The matter without a particle that was read as its preposition: "shrugged | off | reports"."""
    particle = cue.words[-1] if len(cue.words) > 1 and cue.words[-1] not in cue.takes else None
    first = complement.first
    follows = first < complement.last and complement.head.doc[first].lower_ == particle
    return replace(complement, first=first + 1) if follows else complement


def _told_of(token: Token) -> Complement | None:
    """What a relative clause is about: "the date [that] Spain had sought"; of "what we reject is war" the war."""
    if token.dep_ != "acl:relcl" or not any(children(token, "nsubj")):
        return None
    if any(antecedent(child) == child for child in children(token, "obj")):
        return None  # "a treaty that commits both to peace": what is committed is told
    head = token.head
    if head.lower_ == "what":
        is_told = base(head.dep_) == "nsubj" and any(children(head.head, "cop"))
        last = extent(head.head)[1] if is_told else 0
        start = next((t.i for t in token.doc[token.i : last] if t.dep_ == "cop" and t.head == head.head), None)
        return Complement(start + 1, last, head.head) if start is not None else None
    found = phrase(head, token)
    first = found.first if found is not None else head.i
    while first < head.i and head.doc[first].pos_ in ("ADP", "ADV", "SCONJ") and head.doc[first].whitespace_:
        first += 1  # "even without talks, which Spain has ruled out"
    return replace(found, first=first) if found is not None else None


def _is_tag(clause: Token, scene: Scene) -> bool:
    """Whether a clause is the tag of a quotation read as what the verb is about: "will not allow it, Spain | said"."""
    own = has(clause, "VerbForm", "Fin") and not any(children(clause, "mark"))
    return own and any(item.cue_head == clause.i for item in scene.reading.attributions)


def _has_other_object(cue: PositionCue, token: Token) -> bool:
    """Whether a verb that wants its preposition next has an object first: "called Spain out for"."""
    next_to_it = len(cue.words) > 1 and cue.words[-1] in cue.takes
    return next_to_it and any(not case_of(c) for c in children(token, "obj") if c.i > token.i)


def _is_quoted(token: Token, complement: Complement) -> bool:
    """Whether the words are part of what a verb goes on to quote: "protested: ‘We lost to the people who ...’"."""
    return any(t.text == ":" for t in token.doc[token.i + 1 : complement.first])


def _fits(cue: PositionCue, token: Token, complement: Complement, scene: Scene) -> bool:
    """Whether the proposition is of the kind that the cue needs; a mere person is none ("criticised the minister")."""
    head = complement.head
    match cue.needs:
        case "clause":
            return complement.is_clause
        case "gerund" | "duty":
            return has(head, "VerbForm", "Ger") if cue.needs == "gerund" else is_demanding(head)
        case "rules" | "claimed":  # not "as leverage over Spain fulfilling its obligations"
            return not (complement.is_clause or _is_ing(token)) and _is_listed(head, cue.needs, scene)
    if is_negated(token):
        return True
    if cue.needs == "state":
        return state_token(complement.actor, scene) is not None
    own_deed = cue.needs == "charge" and _is_own_deed(head)
    return not own_deed and not _is_actor(head, scene, even_states=cue.needs in ("matter", "charge"))


def _is_own_deed(head: Token) -> bool:
    """Whether a clause tells what its speaker is said to have done: "denied sending troops", "denied that it had"."""
    auxiliaries = [*children(head, "aux")]
    if head.pos_ != "VERB" or any(word.lower_ in FUTURE for word in auxiliaries):
        return False  # "denied that it was willing", "denied that it would join": where it stands
    subjects = [*children(head, "nsubj", "nsubj:pass")]
    return all(subject.lower_ in OWN for subject in subjects) if subjects else any(map(_is_ing, (head, *auxiliaries)))


def _is_listed(head: Token, needs: str, scene: Scene) -> bool:
    """Whether a matter is a rule that can be kept to, or land and water that can be claimed."""
    if needs == "rules":
        return head.lemma_.lower() in scene.lexicon.rules
    mention = scene.reading.actor_at.get(head.i)
    return head.lemma_.lower() in scene.lexicon.claimed or (mention is not None and mention.is_place)


def _takes_none(cue: PositionCue, complement: Complement, scene: Scene) -> bool:
    """Whether nothing is held: "we hope we shall not have to act", "recognised the importance of talks"."""
    of_oneself = complement.actor is not None and complement.actor.lower_ in SELVES
    lemma = complement.head.lemma_.lower()
    polite = lemma in scene.lexicon.courtesies
    if cue.id == RETHINKING and (lemma in scene.lexicon.rules or lemma in words_for("going on with")):
        return True  # who reconsiders renewing a pact offers nothing
    asked = cue.stance is Stance.DEMANDS and not complement.is_clause and lemma in scene.lexicon.silence  # "a comment"
    believed = lemma in words_for("believing")  # "wants the world to believe it"
    demanded = cue.stance is Stance.DEMANDS and (believed or of_oneself)
    return asked or demanded or (cue.stance is Stance.ACCEPTS and polite)


def _is_actor(head: Token, scene: Scene, *, even_states: bool) -> bool:
    """Whether a phrase is nothing but a person, or any actor."""
    mention = scene.reading.actor_at.get(head.i)
    if mention is None:
        return False
    return any(actor.person for actor in mention.actors) or (even_states and mention.head == head.i)


def _is_no_matter(cue: PositionCue, deed: Token, scene: Scene) -> bool:
    """Whether a deed of one's own makes no position: "seeks to meet", "declined to comment"."""
    if cue.own is None:
        return cue.stance is Stance.DEMANDS
    of_me = any(subject.lower_ == "i" for subject in children(deed.head, "nsubj"))
    tells = any(thing.lemma_.lower() in scene.lexicon.unsaid for thing in children(deed, "obj"))
    tells = tells or (of_me and deed.lemma_.lower() in scene.lexicon.greeting)
    return cue.own in TAKES_A_STAND and (deed.lemma_.lower() in scene.lexicon.silence or tells)


def _passive_matter(cue: PositionCue, token: Token) -> Complement | None:
    """What a passive says was demanded or rejected: its subject."""
    objects = objects_of(token)
    if len(cue.words) == 1 and cue.takes:
        return None  # "rules that were submitted by Spain"
    clause = next((c for c in children(token, "xcomp") if c.i > token.i), None)
    if clause is not None:  # "ships are not allowed to enter"
        first, last = extent(clause)
        return Complement(first, last, clause, objects[0] if objects else None, True)
    if not objects:
        return None
    return phrase(objects[0], token)


def calls_on(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A verb with an addressee of its own: "urged Spain to stop", "called on Spain to stop", "pressed it over tuna"."""
    if not is_verbal(token):
        return None
    if is_passive(token) and not is_misread_active(token) and not subjects_of(token):
        return None  # "we are forced to answer"
    holders = scene.subjects(token)
    addressees = _addressees(cue, token)
    addressee = next((head for head in addressees if head not in holders), None)
    complement = _asked(token, addressee, cue)
    if complement is None or not holders or _takes_none(cue, complement, scene):
        return None
    if cue.needs == "policy" and complement.head.lemma_.lower() in scene.lexicon.bad_faith:
        return None
    if cue.needs == "state" and state_token(addressee or complement.actor, scene) is None:
        return None  # "ordered the oil company to drill"
    against = cue.own is not None and not _is_infinitive(complement.head)  # "warned Spain against closing the port"
    told = state_token(addressee or complement.actor, scene)
    return Found(cue, token, token, tuple(holders), complement, told, against)


def _addressees(cue: PositionCue, token: Token) -> list[Token]:
    if len(cue.words) > 1:
        return [child for child in children(token, "obl", "nmod") if case_of(child) == cue.words[-1]]
    return (
        objects_of(token)
        if is_passive(token) and not is_misread_active(token)
        else list(children(token, "obj", "iobj"))
    )


def _asked(token: Token, addressee: Token | None, cue: PositionCue) -> Complement | None:
    """The clause or the phrase with a preposition that tells what the addressee is to do."""
    for place in (token, addressee):
        if place is None or cue.stance is Stance.OPPOSES:  # "summoned the envoy to protest": a deed of one's own
            continue
        for child in children(place, "xcomp", "ccomp", "advcl", "acl", "obl"):
            if child.i > token.i and not asks(child) and _is_infinitive(child) and child.left_edge.lower_ != "for":
                first, last = extent(child)
                actor = next(children(child, "nsubj"), None)
                if actor is not None and first <= actor.i < child.i:  # "warned | Italy | not to close the port"
                    first = actor.right_edge.i + 1
                return Complement(first, last, child, actor, True)
    places = [token, *(addressee.subtree if addressee is not None else ())]
    for child in (c for place in places for c in children(place, "acl", "advcl", "xcomp", "ccomp")):
        # "accused the government of Spain of drilling": not of Spain.
        if _is_ing(child) and any(m.lower_ in cue.takes for m in children(child, "mark", "case")):
            return Complement(*extent(child), child, None, True)
    found = (after_preposition(place, cue.takes) for place in (token, addressee) if place is not None and cue.takes)
    return next((complement for complement in found if complement is not None), None)


def _is_ing(clause: Token) -> bool:
    return has(clause, "VerbForm", "Ger") or (has(clause, "VerbForm", "Part") and has(clause, "Tense", "Pres"))


def _is_infinitive(clause: Token) -> bool:
    """Whether a clause is an infinitive, not the bare form after "will" or "must"."""
    infinitive = has(clause, "VerbForm", "Inf") or any(m.lower_ == "to" for m in children(clause, "mark"))
    return infinitive and not any(a.pos_ == "AUX" and a.dep_ == "aux" for a in clause.children)


def judges(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A verb of judging with an evaluation: "regards the drill as a provocation", "called it illegal"."""
    if not is_verbal(token):
        return None
    holders = scene.subjects(token)
    matters = [
        head for head in objects_of(token) if head not in holders and not _is_actor(head, scene, even_states=False)
    ]
    evaluation = _evaluation(token, scene)
    if evaluation is not None and evaluation[0] in matters[:1]:
        return None  # "made a mistake"
    if evaluation is not None and evaluation[0].dep_ == "amod" and evaluation[0].head in matters:
        return None  # "made unacceptable demands": whoever tells of them judges them
    if not holders or not matters or evaluation is None:
        return None
    return Found(cue, token, token, tuple(holders), phrase(matters[0], evaluation[0]), judgement=evaluation[1])


def _evaluation(token: Token, scene: Scene) -> tuple[Token, PositionCue] | None:
    appositions = [c for matter in children(token, "obj") for c in children(matter, "appos")]  # "called it, ‘a threat’"
    for child in (*token.children, *appositions):
        if child.i < token.i or child.dep_ not in ("obl", "xcomp", "obj", "ccomp", "advcl", "nmod", "appos"):
            continue
        for word in (child, *(c for c in child.children if c.dep_ in ("amod", "acl", "nmod", "xcomp", "conj"))):
            for cue in scene.lexicon.by_lemma.get(word.lemma_.lower(), ()):
                if cue.stance is Stance.DEMANDS and word.dep_ == "amod":
                    continue  # "a necessary answer" is backed, not asked for
                if cue.frame is Frame.VERDICT and comes_after(cue, word) and (not cue.negated or is_negated(word)):
                    return word, cue
    return None


def stands(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A verb of standing fast, the matter optional: "will not budge (on tariffs)", "stands firm"."""
    holders = scene.subjects(token)
    if not holders or not is_verbal(token):
        return None
    return Found(cue, token, token, tuple(holders), _matter_of(cue, token, scene) or _group(token))


def _matter_of(cue: PositionCue, token: Token, scene: Scene) -> Complement | None:
    """What a side stands fast on; the verb group with the other side where only that is named: "talk to Spain"."""
    found = [c for p in cue.takes if (c := after_preposition(token, (p,))) is not None]
    matters = [c for c in found if not _is_actor(c.head, scene, even_states=True)]
    if not found and (thing := next(children(token, "obj"), None)) is not None:  # "will not negotiate a new treaty"
        return None if _is_actor(thing, scene, even_states=True) else phrase(thing)
    if matters or not found:
        return matters[0] if matters else None
    return Complement(token.i, max(token.i, found[0].last), token)


def _group(token: Token) -> Complement:
    """The verb group itself, where a verb of standing fast has no matter."""
    inside = [
        token.i,
        *(c.i for c in token.children if c.dep_ in ("compound:prt", "advmod", "xcomp") and c.i > token.i),
    ]
    return Complement(token.i, max(i for i in inside if i - token.i <= NEAR), token)


def vows(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """An adverb of refusal in a clause about what is to come: "will never cede the port"."""
    verb = token.head
    holders = scene.subjects(verb)
    if token.dep_ != "advmod" or not holders or not any(a.lemma_.lower() in FUTURE for a in children(verb, "aux")):
        return None
    if cue.needs == "yielding" and not _is_refused(verb, scene):
        return None
    _, last = extent(verb)
    first = min(token.i + 1, verb.i)
    if has(verb, "VerbForm", "Ger") and token.doc[first].dep_ == "aux":
        first = min(first + 1, verb.i)  # "will not be | attending"
    return Found(cue, token, verb, tuple(holders), Complement(first, last, verb, None, True))


def _is_refused(verb: Token, scene: Scene) -> bool:
    """Whether a deed that will not be done is one to be denied another: "will not sign", not "will not win"."""
    able = any(a.lemma_.lower() in ("can", "could") for a in children(verb, "aux"))
    return verb.lemma_.lower() in scene.lexicon.yielding and verb.pos_ == "VERB" and not able
