"""Who takes part in what lies ahead."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from detente.codebook.agenda import load_agenda
from detente.codebook.constructions import words_for
from detente.codebook.repairs import load_repairs
from detente.extraction.agenda_bodies import is_sitting_cabinet, of_joint_body
from detente.extraction.agenda_stays import host_before, sent_before
from detente.extraction.agenda_triggers import Trigger, verb_triggers
from detente.extraction.circumstances import passage_of
from detente.extraction.clause import (
    base,
    case_of,
    children,
    has,
    is_passive,
    objects_of,
    obliques_of,
    predicate_of,
    subjects_of,
    with_conjuncts,
)
from detente.extraction.found import cue_of
from detente.extraction.parties import of_own_country, phrase_tokens, sayers_of, states_of, unique, without_hosts
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, Basis

TOGETHER = frozenset({"with", "between", "among", "to", "by", "of", "from", "at", "alongside"})
PLACES_COUNT = frozenset(
    {"visit", "exercise", "opening", "deployment", "election"}
)  # where the place says who receives
LIMITS = frozenset({"end"})  # families of items that whoever sets them owns
OF = frozenset({"of", "by"})  # before those whose decision or effort it is
BY = "by"
WITH = "with"
WITH_WHOM = frozenset({"with", "between", "among"})
TOPICAL = frozenset({"on", "over", "about", "regarding", "concerning"})  # before what talks are about
LOOK_BACK = 3  # passages
BOTH = 2  # states
SIDES = (BOTH, 3)  # states that talks are between at least, where nothing is said of it, and of trilateral ones
ASKING = frozenset({Basis.EXPECTED, Basis.PROPOSED, Basis.INVITED})  # of verbs whose object is to do it
AUXILIARY = ("mark", "aux", "cop")  # where "due" of "is due to meet" may hang, with the subject below it


def find_participants(trigger: Trigger, reading: Reading) -> tuple[Actor, ...]:
    """Those who take part, as far as the clause says, once each, in text order of their roles; may be empty."""
    places = trigger.kind in PLACES_COUNT
    if trigger.is_noun:
        tokens = [*_without_matter(trigger.token), *_behind(trigger.token)]
        own = unique(_actors(tokens, reading, places=places))
        goes = not places or any(True for _ in _actors(tokens, reading, places=False))
        if len(states_of(own)) > 1 and goes:
            return own  # of "a visit to Fiji and Tonga" the one who goes is still to be found
        if len(states_of(own)) > 1 and trigger.carrier == trigger.token:
            putting_off = subjects_of(trigger.token.head) if trigger.token.dep_ == "obj" else []
            who = (actor for noun in putting_off for actor in _actors(phrase_tokens(noun), reading, places=False))
            return unique((*who, *own))
    found = unique(
        actor
        for token in _heads(trigger)
        for actor in _actors(_naming(token, trigger, reading), reading, places=places)
    )
    if len(states_of(found)) < BOTH and not trigger.is_noun:
        found = unique((*(a for doer in doers_of(trigger.carrier) for a in of_own_country(doer, reading)), *found))
    if places and not trigger.is_noun and len(states_of(found)) < BOTH:
        found = _with_those_sent(doers_of(trigger.carrier), found, reading)
    if len(states_of(found)) < BOTH:
        found = of_joint_body(trigger, reading) or found
    if len(states_of(found)) == 1:
        found = unique((*found, *_hosts_of_counterparts(trigger, reading)))
    if len(states_of(found)) == 1 and not trigger.is_noun:
        found = unique((*_asking(trigger.carrier, reading), *found))
    if len(states_of(found)) == 1 and _is_with_another(trigger, reading):
        found = unique((*sayers_of(trigger.carrier, reading), *found))
    return found


def _with_those_sent(doers: list[Token], found: tuple[Actor, ...], reading: Reading) -> tuple[Actor, ...]:
    """The participants with those whose "the experts" are, and to whom they go where nothing else says so."""
    sent = unique((*(actor for doer in doers for actor in sent_before(doer, reading)), *found))
    if len(states_of(sent)) != 1 or sent == found:
        return sent
    return unique((*sent, *(actor for doer in doers for actor in host_before(doer, reading))))


def of_place(trigger: Trigger, reading: Reading) -> tuple[Actor, ...]:
    """Whose vote it is by where it is held: "ahead of the vote in Fiji"."""
    if not trigger.is_noun or load_agenda().kinds[trigger.kind].family != "vote":
        return ()
    places = (child for child in children(trigger.token, "nmod") if case_of(child) == "in")
    return unique(actor for place in places for actor in _actors(phrase_tokens(place), reading, places=True))


def is_of_other_lands(trigger: Trigger, reading: Reading) -> bool:
    """Whether an election is named for lands that are no known state: "European elections"."""
    named = (child for child in children(trigger.token, "amod") if child.text[:1].isupper())
    home = load_agenda().kinds[trigger.kind].home
    return home and any(child.i not in reading.actor_at and child.i > child.sent.start for child in named)


def _is_with_another(trigger: Trigger, reading: Reading) -> bool:
    """Whether only the other side is named: "talks with Peru will resume on Monday, Chilean officials said"."""
    carrier = trigger.carrier
    nouns = [*(objects_of(carrier) if is_passive(carrier) else []), *children(carrier, "nsubj")]
    if trigger.is_noun:
        nouns = [trigger.token] if base(trigger.token.dep_) == "nsubj" else []
    partners = [*objects_of(carrier), *(noun for case, noun in obliques_of(carrier) if case == WITH)]
    if any(noun.lower_ in words_for("whoever speaks") and noun.i not in reading.actor_at for noun in partners):
        return True  # "Chile's king said that Peru's envoy wants to meet him"
    return any(case_of(c) == WITH and c.i in reading.actor_at for noun in nouns for c in children(noun, "nmod"))


def _hosts_of_counterparts(trigger: Trigger, reading: Reading) -> Iterator[Actor]:
    """Of "meeting with their Kenyan counterparts" those whose counterparts they are: who acts in the sentence."""
    below = trigger.token.subtree if trigger.is_noun else trigger.carrier.subtree
    if any(token.lemma_.lower() in words_for("counterparts") for token in below):
        for doer in children(trigger.token.sent.root, "nsubj", "nsubj:pass", "nsubj:outer"):
            yield from _actors(phrase_tokens(doer), reading, places=False)


def _behind(noun: Token) -> list[Token]:
    """With whom, behind a participle: "a call scheduled with the king"."""
    with_whom = [n for clause in children(noun, "acl") for case, n in obliques_of(clause) if case == "with"]
    return [token for head in (*with_whom, *_read_as_clause(noun)) for token in phrase_tokens(head)]


def _read_as_clause(noun: Token) -> Iterator[Token]:
    """With whom, where that was read as a clause: "the talks with Peru set for Monday", as if Peru set them."""
    for clause in children(noun, "acl"):
        if any(child.lower_ == "with" for child in children(clause, "mark")):
            yield from children(clause, "nsubj")


def _naming(head: Token, trigger: Trigger, reading: Reading) -> list[Token]:
    """The tokens of a phrase that may name who takes part: whose daughter visits does not visit."""
    tokens = _without_matter(head)
    family = load_agenda().kinds[trigger.kind].family
    if head == trigger.token or head.lemma_.lower() in words_for("counterparts") or family in LIMITS:
        return tokens  # "Chad's deadline for Mali expires"
    owners = {t.i for child in head.children if child.dep_ == "nmod:poss" for t in child.subtree}
    if base(head.dep_) == "nsubj":  # "the envoy to Chad will visit Mali"
        kept = {t.i for t in without_hosts(head, reading)}
        tokens = [t for t in tokens if t.i in kept]
    return [t for t in tokens if t.i not in owners]


def _without_matter(head: Token) -> list[Token]:
    """The tokens of a phrase without what it is about: nobody takes part whom "talks on Chad's debts" name."""
    tokens = phrase_tokens(head)
    matters = [t for t in tokens if t.dep_ == "nmod" and t != head and (case_of(t) in TOPICAL or _is_town(t))]
    if not matters:
        return tokens
    about = {part.i for matter in matters for part in matter.subtree}
    for part in tokens:  # "talks on the dam with Chad": with whom may hang at the matter
        if part.i in about and case_of(part) in WITH_WHOM:
            about -= {below.i for below in part.subtree}
    return [t for t in tokens if t.i not in about]


def _is_town(noun: Token) -> bool:
    """Whether a phrase only says where: nobody takes part in "talks in the Austrian capital" for it."""
    return noun.lemma_ in words_for("towns") and case_of(noun) in ("in", "at")


def _heads(trigger: Trigger) -> Iterator[Token]:
    """The heads of the phrases that may name participants."""
    verb = trigger.carrier
    if trigger.is_noun:
        yield trigger.token
        yield from (n for clause in children(trigger.token, "acl") for p, n in obliques_of(clause) if p in TOGETHER)
        yield from _read_as_clause(trigger.token)
    if trigger.is_noun and verb == trigger.token:
        yield from _of_clause_above(trigger)
        return
    yield from (t for t in doers_of(verb) if t != trigger.token)
    yield from _partners_in_object(verb) if _is_about(trigger) else (t for t in objects_of(verb) if t != trigger.token)
    if trigger.row.stay:
        yield verb
    if trigger.row.needs_noun:  # "attend the meeting hosted by Chad"
        attended = (*objects_of(verb), *(noun for _, noun in obliques_of(verb)))
        clauses = (clause for noun in attended for clause in children(noun, "acl"))
        yield from (noun for clause in clauses for case, noun in obliques_of(clause) if case == BY)
    phrases = ((preposition, noun) for preposition, noun in obliques_of(verb) if not _is_town(noun))
    last = ((preposition.split(" ")[-1], noun) for preposition, noun in phrases)  # "back to"
    yield from (noun for preposition, noun in last if preposition in TOGETHER or preposition == "in")


def _is_about(trigger: Trigger) -> bool:
    """Whether the verb's object is only what is talked of: "will discuss Chad"."""
    return trigger.row.about and not is_passive(trigger.carrier)


def _partners_in_object(verb: Token) -> Iterator[Token]:
    """With whom, where that hangs at what is talked of: "negotiate a pact with Chad"."""
    for noun in objects_of(verb):
        yield from (below for below in noun.subtree if case_of(below) in WITH_WHOM)


def doers_of(verb: Token) -> list[Token]:
    """Those who are to do it, also where "is to attend", "is due to meet" or a second verb was read otherwise."""
    own = list(children(verb, "nsubj", "nsubj:pass"))
    outer = list(children(verb, "nsubj:outer")) if not own else []
    stranded = [] if own else [n for mark in children(verb, *AUXILIARY) for n in children(mark, "nsubj", "nsubj:pass")]
    if not own and verb.dep_ == "csubj" and verb.left_edge.lower_ == "to" and verb.head.i < verb.i:
        outer = outer or list(children(verb.head, "nsubj"))  # "the truce is due to expire"
    beside = outer or stranded
    if beside:
        return [member for head in beside for member in with_conjuncts(head)]
    asked = _asked(verb) or _called_on(verb) or _with_absolute(verb) or _owners(verb)
    wish = noun_over(verb)
    if not asked and wish is not None and _is_own_wish(wish):
        return _holders(verb)
    return asked or _bound(subjects_of(verb)) or _holders(verb) or _beside_object(verb)


def _bound(owners: list[Token]) -> list[Token]:
    """Of "Fiji has met its pledge to open the port" Fiji, not "its"; other doers as they are."""
    if len(owners) != 1 or owners[0].pos_ != "PRON" or owners[0].dep_ != "nmod:poss" or owners[0].head.dep_ != "obj":
        return owners
    return subjects_of(owners[0].head.head) or owners


def _asked(verb: Token) -> list[Token]:
    """Of "an invitation to Fiji to send a team" and "expects Fiji to send a team" those who are to do it."""
    noun = verb.head
    if verb.dep_ == "advcl" and verb.left_edge.lower_ == "to":
        beside = [child for child in children(noun, "obj") if child.right_edge.i + 1 == verb.left_edge.i]
        return [member for head in beside for member in with_conjuncts(head)] if _asks(noun) else []
    if verb.dep_ == "acl" and case_of(noun) in ("to", "for") and noun.dep_ == "nmod":
        # "an invitation to the king to visit": the infinitive may hang at the king.
        return [noun] if any(True for _ in find_phrases(noun.head, load_agenda().of("invitation"))) else []
    if verb.dep_ != "acl" or not any(True for _ in find_phrases(noun, load_agenda().of("invitation"))):
        return []
    return [child for child in children(noun, "nmod") if case_of(child) in ("to", "for") and child.i < verb.i]


def _asking(verb: Token, reading: Reading) -> tuple[Actor, ...]:
    """Of "has asked Fiji to withdraw its troops" who asks."""
    above = verb.head
    if verb.dep_ not in ("xcomp", "advcl") or verb.left_edge.lower_ != "to" or above.pos_ != "VERB" or not _asks(above):
        return ()
    asked = {noun.i for noun in (*objects_of(above), *_called_on(verb))}
    if asked.isdisjoint(doer.i for doer in doers_of(verb)):
        return ()
    return unique(a for doer in subjects_of(above) for a in _actors(phrase_tokens(doer), reading, places=False))


def _with_absolute(verb: Token) -> list[Token]:
    """Of "with the truce set to run out" what runs out, not what the clause beside it is about."""
    plan = verb.head
    if verb.dep_ != "xcomp" or any(True for _ in children(plan, "nsubj", "nsubj:pass", "cop", "aux", "aux:pass")):
        return []
    return [noun for case, noun in obliques_of(plan) if case == "with" and noun.right_edge.i + 1 == plan.i]


def _asks(word: Token) -> bool:
    """Whether a word says that another is asked, invited or expected to do something."""
    return any(phrase.row.basis in ASKING for phrase, _ in find_phrases(word, load_agenda().of("basis")))


def _called_on(verb: Token) -> list[Token]:
    """Of "called on Fiji to lift the ban" those who are to do it."""
    above = verb.head
    if verb.dep_ not in ("xcomp", "advcl") or verb.left_edge.lower_ != "to" or not _asks(above):
        return []  # "agreed on Monday to lift the ban"
    asked = [noun for preposition, noun in obliques_of(above) if preposition in ("on", "upon") and noun.i < verb.i]
    return [noun for noun in asked if _follows(above, noun)]


def _follows(verb: Token, noun: Token) -> bool:
    """Whether a noun's preposition stands right after the verb, and the noun is no date."""
    case = next(iter(children(noun, "case")), None)
    return case is not None and case.i == verb.i + 1 and noun.lower_ not in load_repairs().days


def _beside_object(verb: Token) -> list[Token]:
    """Of "open the border and lift the ban" the doer, where the second verb was tied to the first one's object."""
    noun = verb.head
    if verb.dep_ != "conj" or noun.pos_ not in ("NOUN", "PROPN") or has(verb, "Tense", "Past"):
        return []
    while noun.dep_ == "conj" and noun.head != noun:
        noun = noun.head
    return subjects_of(noun.head) if noun.dep_ == "obj" else []


def noun_over(verb: Token) -> Token | None:
    """The noun whose content an infinitive is ("his decision to raise duties"), also where the parse hung it higher."""
    noun = verb.head
    if verb.dep_ in ("acl", "xcomp") and noun.pos_ in ("NOUN", "PROPN"):
        return noun
    first = verb.left_edge
    if verb.dep_ not in ("advcl", "xcomp", "acl") or first.lower_ != "to" or first.i == verb.sent.start:
        return None
    before = first.nbor(-1)
    while before.dep_ in ("nmod", "compound", "flat", "nmod:desc", "conj") and before.i > before.head.i:
        before = before.head  # "the efforts by the Peruvian government to"
    return before if before.pos_ == "NOUN" and before.i < verb.i else None


def _owners(verb: Token) -> list[Token]:
    """Whose decision or effort an infinitive tells, where another is the subject: "efforts by Peru to lift it"."""
    noun = noun_over(verb)
    if noun is None:
        return []
    own = [c for c in noun.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and case_of(c) in OF)]
    own = [] if _is_own_wish(noun) else own
    named = any(True for _ in find_phrases(noun, load_agenda().of("basis")))
    # "after a vote by the council to impose": whoever acts in the clause above only bears it
    borne = noun == verb.head and base(noun.dep_) in ("obl", "nmod") and any(case_of(c) == BY for c in own)
    return [child for child in own if child.i < verb.i] if borne or (named and noun != verb.head) else []


def _is_own_wish(noun: Token) -> bool:
    """Whether a verb of saying tells what its own subject means to do: "stressed its wish to go"."""
    cue = cue_of(noun.head) if noun.dep_ == "obj" else None
    return cue is not None and cue.is_statement and any(c.pos_ == "PRON" for c in children(noun, "nmod:poss"))


def _holders(verb: Token) -> list[Token]:
    """Whose plan an infinitive tells: "his decision to raise duties", "announced plans to meet"."""
    noun = noun_over(verb)
    if noun is None:
        return []
    owners = list(children(noun, "nmod:poss")) if not _is_own_wish(noun) else []
    # "the decision of the cabinet to raise duties"
    owners = owners or [c for c in children(noun, "nmod") if case_of(c) in OF and noun.i < c.i < verb.i]
    return owners or (subjects_of(noun.head) if noun.head.pos_ == "VERB" else [])


def _of_clause_above(trigger: Trigger) -> Iterator[Token]:
    """For a visit without a destination, what another visit in the sentence goes to: "ahead of a visit by the king"."""
    if trigger.kind != "visit":
        return
    at = trigger.token
    while at.head != at:
        at = at.head
        if any(verb.kind == trigger.kind for verb in verb_triggers(at)):
            yield from objects_of(at)
            return


def _actors(tokens: Iterable[Token], reading: Reading, *, places: bool) -> Iterator[Actor]:
    seen: set[int] = set()
    for token in tokens:
        mention = reading.actor_at.get(token.i)
        if mention is None or mention.end <= token.idx or mention.start in seen or (mention.is_place and not places):
            continue
        seen.add(mention.start)
        yield from mention.actors


def _sayers(token: Token, reading: Reading) -> tuple[Actor, ...]:
    """Those who say what a clause tells: "Peru and Chile said that an agreement would take effect"."""
    clause = predicate_of(token)
    if clause.dep_ != "ccomp":
        return ()
    heads = (phrase_tokens(noun) for noun in subjects_of(clause.head))
    return unique(actor for tokens in heads for actor in _actors(tokens, reading, places=False))


def _of_pair(actors: tuple[Actor, ...], reading: Reading) -> tuple[Actor, ...]:
    """Those of the pair where both sides are among them: others are named beside, as hosts and neighbours."""
    pair = frozenset(reading.pair or ())
    return tuple(a for a in actors if a.state in pair) if pair and pair <= states_of(actors) else actors


def acting_through(roles: tuple[Actor, ...], sides: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The roles that act for the sides named before: "the negotiators will meet" are those of the two states."""
    states = dict.fromkeys(actor.state for actor in sides)
    return tuple(replace(role, state=state) for role in roles for state in states) or roles


def named_before(token: Token, reading: Reading) -> tuple[Actor, ...]:
    """The states' actors of the nearest passage up to the token's that names two states, else that names any."""
    sayers = _sayers(token, reading)
    if len(states_of(sayers)) > 1:
        return sayers
    at = reading.passages.index(passage_of(token, reading))
    nearest: tuple[Actor, ...] = ()
    sides = SIDES[any(child.lower_ in words_for("of three") for child in children(token, "amod", "compound"))]
    for passage in reversed(reading.passages[max(0, at - LOOK_BACK) : at + 1]):
        inside = [m for m in reading.actors if passage.start <= m.start < passage.end and not m.is_place]
        actors = unique(actor for mention in inside for actor in mention.actors if actor.state)
        if len(states_of(actors)) == 1 and any(is_sitting_cabinet(reading.parse[m.last]) for m in inside):
            return actors  # "Chad's cabinet met. The ministers will meet again"
        if len({actor.state for actor in actors}) >= sides:
            return _of_pair(actors, reading) if sides == BOTH else actors
        nearest = nearest or actors
    return nearest
