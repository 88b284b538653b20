"""Nouns, adjectives and verdicts as cues of positions."""

from dataclasses import replace

from detente.codebook.attribution import attribution_words
from detente.codebook.constructions import words_for
from detente.codebook.positions import PositionCue
from detente.extraction.clause import antecedent, base, case_of, children, predicate_of
from detente.extraction.holders import RELATIVES, speaker_of
from detente.extraction.position_lists import listed
from detente.extraction.position_scene import POINTERS, Found, Scene, phrase, state_token
from detente.extraction.position_spans import Complement, after_far_preposition, clause_after_noun, extent, is_demanding
from detente.extraction.position_speech import speaking
from detente.parsing.doc import Token
from detente.records import Stance

NOMINAL = frozenset(
    {"nsubj", "obj", "iobj", "obl", "nmod", "nsubj:pass", "conj", "appos", "root", "nmod:poss", "compound"}
)
OWNERS = ("nsubj", "nmod:poss", "compound", "amod", "nmod", "obl", "nmod:desc")
ADDRESSING = frozenset({"for", "on", "to"})
OF = ("of", "by", "from", "in", "among")
WANTS_A_MATTER = frozenset({Stance.DEMANDS, Stance.OPPOSES, Stance.REJECTS, Stance.REGRETS})
AGAINST = frozenset({Stance.OPPOSES, Stance.REJECTS})
OWNING = frozenset({"DET", "PROPN", "PART", "CCONJ", "ADJ", "PRON", "NOUN"})
SHARE = "share"
DETERMINED = "determined"  # row of positions.toml
FAINT = 0.4  # firmness up to which a noun alone says nothing: "concern"
MEANS = frozenset({"in", "with"})  # "left in a bid to end the war"
BEFORE_NOUN = 4  # tokens between a light verb and its noun


def noun(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A noun: "Spain's refusal to talk", "opposition of Spain to the plan", "Spain expressed opposition to it"."""
    if _is_acting(token) or _is_evoked(token) or (cue.stance is Stance.ACCEPTS and _is_taken_back(token)):
        return None
    light = _light_verb(token, scene)
    if not _is_noun(token, light) or _is_barred(cue, token) or _is_as_seen(token):
        return None
    predicate = light or predicate_of(token)
    is_light = _is_light(predicate, token, scene)
    complement = _matter(cue, token, predicate if is_light else None)
    if complement is None:
        return _drawn(cue, token, scene) or _from_side(cue, token, scene)
    stressed = cue.needs != "stressed" or (is_light and _says(predicate))
    if _is_time(complement, scene) or not _suits(cue, complement, scene) or not stressed:
        return None
    owners = _owners(token, complement) or _owners_before(token)
    holders = scene.holders(owners)
    if not holders and (any(owner.lower_ in ("our", "my") for owner in owners) or _is_theme(token, complement)):
        holders = list(speaking(token, scene))
    if (
        not holders
        and not _is_of_named(owners, scene)
        and (is_light or case_of(token) in MEANS or _on_condition(token) or cue.needs == "duty")
    ):
        holders = scene.subjects(predicate) or scene.holders(list(children(predicate, "nsubj")))
    if not holders:
        return None
    addressee = state_token(complement.actor, scene)
    if cue.needs == "duty" and is_light and predicate.lemma_.lower() == SHARE:
        cue = replace(cue, stance=Stance.SUPPORTS)  # "shared the view that ties must improve"
    return Found(cue, token, predicate if base(token.dep_) == "obj" else token, tuple(holders), complement, addressee)


def _is_time(complement: Complement, scene: Scene) -> bool:
    """Whether a clause says when, and of no other side what it did: "filed a complaint after all talks failed"."""
    clause = complement.head
    if not any(child.lower_ == "after" for child in children(clause, "mark")):
        return False
    doers = (word for doer in children(clause, "nsubj", "nsubj:pass") for word in doer.subtree)
    return not any(word.i in scene.reading.actor_at for word in doers)


def _is_evoked(noun: Token) -> bool:
    """Whether a deed makes others fear or doubt, no matter who did it: "shut the port, raising fears of a war"."""
    verb = noun.head
    if noun.dep_ != "obj" or verb.dep_ not in ("advcl", "acl") or noun.lemma_.lower() not in words_for("evoked"):
        return False
    return verb.lower_.endswith("ing") and verb.lemma_.lower() in words_for("evoking")


def _is_taken_back(noun: Token) -> bool:
    """Whether what was accepted is so no longer: "withdrew its recognition of the claim"."""
    return noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_.lower() in words_for("taking back")


def _is_of_named(owners: list[Token], scene: Scene) -> bool:
    """Whether a noun belongs to a side by name: the envoy who came "to express [Italy's] opposition" holds nothing."""
    named = (owner for owner in owners if owner.dep_ == "nmod:poss" and owner.pos_ == "PROPN")
    return any(state_token(owner, scene) is not None for owner in named)


def _is_acting(token: Token) -> bool:
    """Whether what may be a plural is the verb of its clause: "the paper calls on Spain", "Spain needs to act"."""
    doing = any(child.pos_ in ("NOUN", "PROPN", "PRON") for child in children(token, "nsubj"))
    return token.pos_ == "VERB" and doing and any(children(token, "xcomp", "obl"))


def _says(verb: Token) -> bool:
    """Whether a verb is one of saying: "stressed the importance of talks", not "has benefited from the need of oil"."""
    return verb.lower_ in attribution_words().verbs


def _is_theme(noun: Token, complement: Complement) -> bool:
    """Whether a speaker says what it comes down to: "the condition is the withdrawal of the troops"."""
    told_of = any(children(noun, "acl", "acl:relcl"))  # "all demands voiced by Italy are": those of another
    is_subject = base(noun.dep_) == "nsubj" and noun.head == complement.head and any(children(noun.head, "cop"))
    return is_subject and not told_of


def _is_barred(cue: PositionCue, token: Token) -> bool:
    """Whether a preposition stands before the noun or its owners: "in both Spain's and Italy's interest"."""
    if not cue.barred:
        return False
    at = token.i - 1
    while at > token.sent.start and token.doc[at].pos_ in OWNING:
        at -= 1
    return token.doc[at].lower_ in cue.barred


def _is_as_seen(noun: Token) -> bool:
    """Whether the noun is only how somebody sees it: "what they see as Spain's reluctance to talk"."""
    return case_of(noun) == "as" and noun.head.lemma_.lower() in words_for("seeing as")


def _is_noun(token: Token, light: Token | None) -> bool:
    if token.pos_ == "VERB" and any(child.lower_ == "out" or child.dep_ == "aux" for child in token.children):
        return False  # "called Spain out for", "have not offered evidence of"
    return light is not None or base(token.dep_) in NOMINAL or token.dep_ == "ROOT" or token.pos_ == "NOUN"


def _matter(cue: PositionCue, token: Token, light: Token | None) -> Complement | None:
    """What a noun is about: behind it, further behind, at its light verb, or an infinitive read elsewhere."""
    found = _equated(token) or _shared_infinitive(cue, token) or clause_after_noun(token, cue.takes)
    if found is None and cue.takes:
        found = after_far_preposition(token, cue.takes)
    if found is None and light is not None:
        found = _after(clause_after_noun(light, cue.takes), token)
    found = found or _next_infinitive(token) or _on_condition(token)
    return found or (listed(token) if cue.stance is Stance.DEMANDS else None)


def _shared_infinitive(cue: PositionCue, noun: Token) -> Complement | None:
    """What another is to do, hung at the verb: "underlined the need for Italy | to respect the treaty"."""
    actor = next((c for c in children(noun, "nmod", "obl") if c.i > noun.i and case_of(c) in cue.takes), None)
    if actor is None or case_of(actor) not in ADDRESSING:
        return None
    for clause in children(noun.head, "advcl", "xcomp", "acl"):
        edge = clause.left_edge
        if edge.i == actor.right_edge.i + 1 and edge.lower_ == "to" and edge.dep_ == "mark":
            return Complement(edge.i, extent(clause)[1], clause, actor, True)
    return None


def _equated(noun: Token) -> Complement | None:
    """The clause that a noun is said to be: "our demand is that Italy leave", "Spain's aim is to end the war"."""
    clause = noun.head
    if base(noun.dep_) != "nsubj" or not noun.i < clause.i:
        return None
    copula = next((c for c in children(clause, "cop") if c.i > noun.i), None)
    if copula is not None and case_of(clause) == "for" and (deed := next(children(clause, "acl"), None)) is not None:
        return Complement(deed.left_edge.i, extent(deed)[1], deed, clause, True)  # "is for Italy to leave"
    mark = next((c for c in children(clause, "mark") if c.lower_ in ("to", "that")), None)
    if copula is None or mark is None or mark.i < copula.i:
        return None
    actor = next((c for c in children(clause, "nsubj", "nsubj:pass") if c.i > mark.i), None)
    first = mark.i if mark.lower_ == "to" else mark.i + 1
    return Complement(first, max(clause.i, extent(clause)[1]), clause, actor, True)


def _suits(cue: PositionCue, complement: Complement, scene: Scene) -> bool:
    """Whether the proposition is of the kind that the cue needs: a clause, or a matter that is no mere actor."""
    head = complement.head
    match cue.needs:
        case "duty":
            return complement.is_clause and is_demanding(head)
        case "stressed":
            return head.i not in scene.reading.actor_at
        case "clause":
            return complement.is_clause or head.lemma_.lower() in scene.lexicon.deeds
    if cue.stance is Stance.PROMISES and not complement.is_clause and _is_owner(complement.head):
        return False
    mention = scene.reading.actor_at.get(head.i)
    if cue.stance in WANTS_A_MATTER and mention is not None:
        return False  # "a protest against Spain" does not say what for
    # "Claims that Italy cheated" has no matter, "hostility to Italy" only an actor.
    is_matter = not complement.is_clause and (mention is None or mention.head != head.i)
    return cue.needs != "matter" or is_matter


def _is_owner(noun: Token) -> bool:
    """Whether a promise is one of something known, not that it will be: "kept one promise of the plan"."""
    return case_of(noun) == "of" and any(child.lower_ == "the" for child in children(noun, "det"))


def _drawn(cue: PositionCue, noun: Token, scene: Scene) -> Found | None:
    """What something draws from a side: "the arrest drew condemnation from Spain"."""
    verb = noun.head
    if noun.dep_ != "obj" or verb.lemma_.lower() not in scene.lexicon.drawing_verbs:
        return None
    matter = next((c for place in (verb, verb.head) for c in children(place, "nsubj")), None)
    sides = [child for place in (noun, verb) for child in children(place, "nmod", "obl") if case_of(child) in OF]
    holders = scene.holders(sides)
    return Found(cue, noun, verb, tuple(holders), phrase(matter)) if holders and matter is not None else None


def _next_infinitive(noun: Token) -> Complement | None:
    """An infinitive right behind a noun that was read at its verb: "ignored Spain's calls | to calm tensions"."""
    following = noun.doc[noun.i + 1] if noun.i + 1 < noun.sent.end else None
    if following is None or following.lower_ != "to" or following.dep_ != "mark" or following.head.head != noun.head:
        return None
    first, last = extent(following.head)
    return Complement(max(first, following.i), last, following.head, None, True)


def _on_condition(noun: Token) -> Complement | None:
    """What is made a condition in agreeing: "agreed to the delay on condition | that Italy holds a vote"."""
    if case_of(noun) != "on" or noun.i + 2 >= noun.sent.end or noun.nbor(1).lower_ != "that":
        return None
    clause = noun.nbor(1).head
    if noun.nbor(1).dep_ != "mark" or clause.i < noun.i:
        return None
    first, last = extent(clause)
    return Complement(max(first, noun.i + 2), last, clause, next(children(clause, "nsubj", "nsubj:pass"), None), True)


def _from_side(cue: PositionCue, noun: Token, scene: Scene) -> Found | None:
    """What comes from a side where nothing says against what: "delayed by fierce resistance from Spain"."""
    sides = [child for child in children(noun, "nmod", "obl") if case_of(child) == "from"]
    holders = scene.holders(sides) if cue.stance in AGAINST and cue.firmness > FAINT else []
    return Found(cue, noun, noun, tuple(holders), phrase(noun)) if holders else None


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


def _owners_before(noun: Token) -> list[Token]:
    """The owners of a plural that was read as a verb: "his campaign | pledges to cut it"."""
    before = noun.nbor(-1) if noun.i > noun.sent.start else noun
    misread = noun.pos_ == "VERB" and before.pos_ == "NOUN" and not any(children(noun, "nsubj", "nsubj:pass"))
    return list(children(before, "nmod:poss")) if misread else []


def _is_light(verb: Token, noun: Token, scene: Scene) -> bool:
    if verb.lemma_.lower() not in scene.lexicon.light_verbs or any(children(verb, "compound:prt")):
        return False  # "give up its claim"
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
    if token.lower_ == "concerning" or _is_finding(cue, token):
        return None  # "concerning the end of the pact, Spain will wait"
    holders = scene.subjects(token) or scene.holders(list(children(token, "nsubj", "nsubj:pass", "expl")))
    if not holders and token.dep_ in ("acl", "amod"):
        holders = scene.holders([token.head])
    complement = clause_after_noun(token, cue.takes)
    if not holders or complement is None or not _suits(cue, complement, scene):
        return None
    lemma = complement.head.lemma_.lower() if complement.is_clause else ""
    if lemma in scene.lexicon.silence and not (cue.stance is Stance.OFFERS and lemma in words_for("discussing")):
        return None  # "keen to stress"; but "ready to discuss patrols" offers
    return Found(cue, token, token, tuple(holders), complement)


def _is_finding(cue: PositionCue, word: Token) -> bool:
    """Whether somebody found that something is so: "determined that the pact does not serve it"."""
    return cue.id == DETERMINED and word.i + 1 < word.sent.end and word.nbor(1).lower_ == "that"


def sides(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A preposition that says it all: "Spain is against the plan"."""
    matter = token.head
    if token.dep_ != "case" or not any(children(matter, "cop")):
        return None
    holders = scene.subjects(matter)
    first, last = extent(matter)
    complement = Complement(max(first, token.i + 1), last, matter)
    return Found(cue, token, matter, tuple(holders), complement) if holders else None


def verdict(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """An evaluation of something: "the demand is unacceptable to Spain", "it is nonnegotiable, Spain's envoy said"."""
    hangs = token.dep_ == "amod" or (token.dep_ in ("obl", "nmod") and token.head.lower_ in words_for("open to"))
    top = token.head if hangs and any(children(token.head, "cop", "nsubj")) else token
    subject = next(children(top, "nsubj", "csubj", "nsubj:pass"), None) or next(
        (child for child in children(top, "expl") if child.lower_ == "it"), None
    )
    if subject is None:
        return _borrowed_verdict(cue, token, scene)
    to_whom = [c for t in (token, top) for c in children(t, "obl", "nmod") if case_of(c) in cue.takes]
    holders = scene.holders(to_whom)
    if token.pos_ == "VERB" and not any(children(token, "aux", "aux:pass", "cop")):
        return None
    if not holders:
        speaker = speaker_of(token, scene.reading)
        holders = scene.holders([speaker]) if speaker is not None else []
    told_of = antecedent(subject)
    pointing = subject.lower_ in POINTERS or (told_of == subject and subject.lower_ in RELATIVES)
    if pointing and cue.stance is Stance.DEMANDS and token.pos_ == "NOUN":
        return None  # "this is the precondition for talks": what is asked stands elsewhere
    complement = _whole(top, subject) if pointing else phrase(told_of, top)
    return Found(cue, token, top, tuple(holders[:1]), complement) if holders else None


def _borrowed_verdict(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A verdict whose subject was read as a clause of its own: "the case told of in the press | is false"."""
    copula = next((c for c in children(token, "cop") if c.i < token.i), None)
    if copula is None or copula.i - 1 <= token.sent.start:
        return None
    clause = copula.nbor(-1)
    while clause.head != clause and clause.head.i < copula.i and clause.head.right_edge.i == copula.i - 1:
        clause = clause.head
    subject = next(children(clause, "nsubj"), None)
    speaker = speaker_of(token, scene.reading)
    holders = scene.holders([speaker]) if speaker is not None else []
    if subject is None or clause.dep_ not in ("ccomp", "acl:relcl") or any(children(clause, "aux")) or not holders:
        return None
    first = max(subject.left_edge.i, clause.left_edge.i)
    predicate = token if clause.head == token.head else clause.head  # "does not think that ... is enough"
    return Found(cue, token, predicate, tuple(holders[:1]), Complement(first, copula.i - 1, clause, subject, True))


def _whole(predicate: Token, subject: Token) -> Complement:
    """The whole clause, where its subject only points back: "they were needed"."""
    return Complement(subject.i, max(subject.i, extent(predicate)[1]), predicate, None, True)
