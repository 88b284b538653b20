"""Where holder, proposition and addressee stand around a cue, one function for each frame."""

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebook.positions import Frame, PositionCue, PositionLexicon
from detente.extraction.clause import (
    base,
    case_of,
    children,
    has,
    is_negated,
    is_passive,
    objects_of,
    predicate_of,
)
from detente.extraction.holders import holders_at, holding_subjects, speaker_of, state_mention
from detente.extraction.position_spans import (
    Complement,
    after_far_preposition,
    after_preposition,
    asks,
    clause_after_noun,
    complement_of,
    extent,
    is_demanding,
    with_contact_clause,
)
from detente.extraction.reading import Reading
from detente.records import Stance

NOMINAL = frozenset(
    {"nsubj", "obj", "iobj", "obl", "nmod", "nsubj:pass", "conj", "appos", "root", "nmod:poss", "compound"}
)
OWNERS = ("nmod:poss", "compound", "amod", "nmod", "obl", "nmod:desc")
OF = ("of", "by", "from", "in", "among")
CAUSES = ("by", "at", "with", "over", "about", "that")
ADDRESSED = ("on", "upon", "to", "from", "with", "of")
NEAR = 2  # tokens from a verb to the adverbs quoted with it
FUTURE = frozenset({"will", "would", "shall", "can", "could", "'ll", "'d"})
MODAL_SUBJECTS = ("nsubj", "nsubj:pass", "expl")


@dataclass(frozen=True, slots=True)
class Scene:
    """What every frame looks at."""

    reading: Reading
    lexicon: PositionLexicon

    def holders(self, tokens: list[Token]) -> list[Token]:
        """Those of the tokens that name state-linked actors."""
        return [token for token in tokens if holders_at(token, self.reading, self.lexicon.state_sectors)]

    def subjects(self, predicate: Token) -> list[Token]:
        """The subjects of a predicate that name state-linked actors."""
        return holding_subjects(predicate, self.reading, self.lexicon.state_sectors)


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in use: who holds, what, towards whom. `predicate` is what time, negation and modality hang on."""

    cue: PositionCue
    token: Token
    predicate: Token
    holders: tuple[Token, ...]
    complement: Complement
    addressee: Token | None = None
    own: bool = False  # the holder means a deed of its own
    judgement: PositionCue | None = None  # the evaluation that a verb of judging carries


def match(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """The cue at a token with its holder and proposition, None where the construction is another."""
    if not _has_words(cue, token):
        return None
    return FRAMES[cue.frame](cue, token, scene)


def _has_words(cue: PositionCue, token: Token) -> bool:
    """Whether particles and preposition of a cue of several words stand at the token."""
    rest = cue.words[1:]
    if not rest:
        return True
    present = {child.lower_ for child in token.children if child.i > token.i}
    present |= {case_of(child) for child in token.children} | {
        m.lower_ for c in token.children for m in children(c, "mark", "case")
    }
    following = [t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + len(rest)]]
    objects = {
        part.lower_ for child in token.children for part in child.subtree if abs(part.i - token.i) <= len(rest) + 2
    }
    return following == list(rest) or all(word in present for word in rest) or (len(rest) > 1 and set(rest) <= objects)


def _wants(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A verb: its subject wants, promises or rejects what follows."""
    if not _is_verbal(token):
        return None
    holders = scene.subjects(token)
    complement = _passive_matter(token) if is_passive(token) else complement_of(token, cue.takes, holders)
    if complement is None and len(cue.words) > 1:  # a particle read as a preposition: "brushed | off the complaint"
        complement = after_preposition(token, cue.words[-1:])
    if not holders or complement is None or complement.head in holders:
        return None
    complement = with_contact_clause(token, complement)
    actor = complement.actor
    own = complement.is_clause and actor is None and has(complement.head, "VerbForm", "Inf")
    if own and _is_no_matter(cue, complement.head, scene):
        return None
    found = Found(
        cue, token, token, tuple(holders), complement, _state_token(actor, scene), own and cue.own is not None
    )
    return found if _fits(cue, token, complement, scene) else None


def _is_no_matter(cue: PositionCue, deed: Token, scene: Scene) -> bool:
    """Whether a deed of one's own makes no position: "seeks to meet", "declined to comment"."""
    if cue.own is None:
        return cue.stance is Stance.DEMANDS
    return cue.own is Stance.REJECTS and deed.lemma_.lower() in scene.lexicon.silence


def _passive_matter(token: Token) -> Complement | None:
    """What a passive says was demanded or rejected: its subject."""
    objects = objects_of(token)
    if not objects:
        return None
    first, last = extent(objects[0])
    return Complement(first, last, objects[0])


def _calls_on(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A verb with an addressee of its own: "urged Spain to stop", "called on Spain to stop", "pressed it over tuna"."""
    if not _is_verbal(token):
        return None
    holders = scene.subjects(token)
    addressees = _addressees(cue, token)
    addressee = next((head for head in addressees if head not in holders), None)
    complement = _asked(token, addressee, cue)
    if complement is None or not holders:
        return None
    return Found(cue, token, token, tuple(holders), complement, _state_token(addressee or complement.actor, scene))


def _addressees(cue: PositionCue, token: Token) -> list[Token]:
    if len(cue.words) > 1:
        return [child for child in children(token, "obl", "nmod") if case_of(child) == cue.words[-1]]
    return objects_of(token) if is_passive(token) else list(children(token, "obj", "iobj"))


def _asked(token: Token, addressee: Token | None, cue: PositionCue) -> Complement | None:
    """The clause or the phrase with a preposition that tells what the addressee is to do."""
    for place in (token, addressee):
        if place is None:
            continue
        for child in children(place, "xcomp", "ccomp", "advcl", "acl", "obl"):
            if child.i > token.i and not asks(child) and _is_infinitive(child):
                first, last = extent(child)
                return Complement(first, last, child, next(children(child, "nsubj"), None), True)
    for place in (token, addressee):
        found = after_preposition(place, cue.takes) if place is not None and cue.takes else None
        if found is not None:
            return found
    return None


def _is_infinitive(clause: Token) -> bool:
    """Whether a clause is an infinitive, not the bare form after "will" or "must"."""
    return has(clause, "VerbForm", "Inf") and not any(a.pos_ == "AUX" and a.dep_ == "aux" for a in clause.children)


def _stirs(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A feeling: "the drill angered Spain", "Spain is angered by the drill"."""
    if is_passive(token) or token.pos_ == "ADJ" or any(child.dep_ in ("cop", "aux:pass") for child in token.children):
        felt = list(children(token, "nsubj", "nsubj:pass")) or ([token.head] if token.dep_ == "acl" else [])
        complement = after_preposition(token, CAUSES) or clause_after_noun(token, CAUSES)
    else:
        felt = list(children(token, "obj"))
        matter = next(children(token, "nsubj", "csubj"), token.head if token.dep_.startswith("acl") else None)
        complement = _phrase(matter, token) if matter is not None else None
    holders = scene.holders(felt)
    return Found(cue, token, token, tuple(holders), complement) if holders and complement else None


def _judges(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A verb of judging with an evaluation: "regards the drill as a provocation", "called it illegal"."""
    if not _is_verbal(token):
        return None
    holders = scene.subjects(token)
    matters = [head for head in objects_of(token) if head not in holders]
    evaluation = _evaluation(token, scene)
    if not holders or not matters or evaluation is None:
        return None
    return Found(cue, token, token, tuple(holders), _phrase(matters[0], evaluation[0]), judgement=evaluation[1])


def _evaluation(token: Token, scene: Scene) -> tuple[Token, PositionCue] | None:
    for child in token.children:
        if child.i < token.i or child.dep_ not in ("obl", "xcomp", "obj", "ccomp", "advcl", "nmod"):
            continue
        for word in (child, *(c for c in child.children if c.dep_ in ("amod", "acl", "nmod", "xcomp", "conj"))):
            for cue in scene.lexicon.by_lemma.get(word.lemma_.lower(), ()):
                if cue.frame is Frame.VERDICT:
                    return word, cue
    return None


def _verdict(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
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
    complement = _phrase(subject)
    return Found(cue, token, top, tuple(holders[:1]), complement) if holders else None


def _stands(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A verb of standing fast, the matter optional: "will not budge (on tariffs)", "stands firm"."""
    holders = scene.subjects(token)
    if not holders or not _is_verbal(token):
        return None
    matter = after_preposition(token, cue.takes) if cue.takes else None
    return Found(cue, token, token, tuple(holders), matter or _group(token))


def _noun(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A noun: "Spain's refusal to talk", "opposition of Spain to the plan", "Spain expressed opposition to it"."""
    if base(token.dep_) not in NOMINAL and token.dep_ != "ROOT" and token.pos_ != "NOUN":
        return None
    predicate = predicate_of(token)
    is_light = _is_light(predicate, token, scene)
    complement = clause_after_noun(token, cue.takes)
    if complement is None and cue.takes:
        complement = after_far_preposition(token, cue.takes)
    if complement is None and is_light:
        complement = _after(clause_after_noun(predicate, cue.takes), token)
    if complement is None or (cue.needs == "clause" and not complement.is_clause):
        return None
    holders = scene.holders(_owners(token, complement))
    if not holders and is_light:
        holders = scene.subjects(predicate)
    if not holders:
        return None
    return Found(cue, token, predicate if base(token.dep_) == "obj" else token, tuple(holders), complement)


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
    return verb.lemma_.lower() in scene.lexicon.light_verbs and base(noun.dep_) in ("obj", "conj", "nsubj", "xcomp")


def _adjective(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """An adjective or participle of the holder: "Spain is unwilling to talk", "Spain, opposed to the plan, left"."""
    holders = scene.subjects(token) or scene.holders(list(children(token, "nsubj", "nsubj:pass")))
    if not holders and token.dep_ in ("acl", "amod"):
        holders = scene.holders([token.head])
    complement = clause_after_noun(token, cue.takes)
    if not holders or complement is None:
        return None
    return Found(cue, token, token, tuple(holders), complement)


def _vows(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """An adverb of refusal in a clause about what is to come: "will never cede the port"."""
    verb = token.head
    holders = scene.subjects(verb)
    if token.dep_ != "advmod" or not holders or not any(a.lemma_.lower() in FUTURE for a in children(verb, "aux")):
        return None
    _, last = extent(verb)
    return Found(cue, token, verb, tuple(holders), Complement(min(token.i + 1, verb.i), last, verb, None, True))


def _modal(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A modal in what a state's speaker says: "tariffs must go, Spain's envoy said". The clause is the demand."""
    clause = token.head if token.dep_ == "aux" else next(children(token, "xcomp"), None)
    if clause is None or not _is_modal(cue, token):
        return None
    speaker = speaker_of(token, scene.reading)
    holders = scene.holders([speaker]) if speaker is not None else []
    subject = next((c for c in clause.children if c.dep_ in MODAL_SUBJECTS), None) or next(
        (c for c in token.children if c.dep_ in MODAL_SUBJECTS), None
    )
    if not holders or subject is None or subject in holders:
        return None
    if subject.lower_ in ("i", "we") or _same_side(subject, holders[0], scene):
        return None
    first, last = extent(clause if token.dep_ == "aux" else token)
    complement = Complement(min(first, subject.left_edge.i), last, clause, subject, True)
    return Found(cue, token, clause, tuple(holders[:1]), complement, _state_token(subject, scene))


def _is_modal(cue: PositionCue, token: Token) -> bool:
    return len(cue.words) > 1 or token.pos_ == "AUX" or token.dep_ == "aux"


def _same_side(subject: Token, holder: Token, scene: Scene) -> bool:
    """Whether a speaker talks of their own state's deed: "we must act", "Spain must rebuild its navy"."""
    ours = {actor.state for actor in holders_at(holder, scene.reading, scene.lexicon.state_sectors)}
    theirs = {actor.state for actor in holders_at(subject, scene.reading, scene.lexicon.state_sectors)}
    return bool(ours & theirs) and len(theirs) == 1


def _phrase(head: Token, without: Token | None = None) -> Complement:
    first, last = extent(head)
    if without is not None and first <= without.i <= last and without.i > head.i:
        last = max(head.i, min(last, without.left_edge.i - 1))
    return Complement(first, last, head, None, head.pos_ == "VERB")


def _group(token: Token) -> Complement:
    """The verb group itself, where a verb of standing fast has no matter."""
    inside = [
        token.i,
        *(c.i for c in token.children if c.dep_ in ("compound:prt", "advmod", "xcomp") and c.i > token.i),
    ]
    return Complement(token.i, max(i for i in inside if i - token.i <= NEAR), token)


def _fits(cue: PositionCue, token: Token, complement: Complement, scene: Scene) -> bool:
    """Whether the proposition is of the kind that the cue needs; a mere person is none ("criticised the minister")."""
    if cue.needs == "clause":
        return complement.is_clause
    if cue.needs == "duty":
        return is_demanding(complement.head)
    if cue.needs == "state":
        return is_negated(token) or _state_token(complement.actor, scene) is not None
    mention = scene.reading.actor_at.get(complement.head.i)
    if mention is None or mention.head != complement.head.i:
        return True
    return cue.needs != "matter" and not any(actor.person for actor in mention.actors)


def _state_token(token: Token | None, scene: Scene) -> Token | None:
    return token if token is not None and state_mention([token], scene.reading) else None


def _is_verbal(token: Token) -> bool:
    if any(children(token, "aux")) and token.pos_ in ("ADV", "ADJ", "NOUN"):
        return True  # "will not [back] down", tagged as an adverb
    if (
        token.pos_ == "NOUN"
        and any(children(token, "obj"))
        and not any(children(token, "det", "amod", "case", "compound"))
    ):
        return True  # "Spain, however, [regards] it as a threat", tagged as a noun
    return token.pos_ == "VERB" and base(token.dep_) not in ("nsubj", "obj", "iobj", "nmod", "amod", "compound", "case")


FRAMES: dict[Frame, Callable[[PositionCue, Token, Scene], Found | None]] = {
    Frame.WANTS: _wants,
    Frame.CALLS_ON: _calls_on,
    Frame.STIRS: _stirs,
    Frame.JUDGES: _judges,
    Frame.STANDS: _stands,
    Frame.NOUN: _noun,
    Frame.ADJECTIVE: _adjective,
    Frame.VOWS: _vows,
    Frame.MODAL: _modal,
    Frame.VERDICT: _verdict,
}
