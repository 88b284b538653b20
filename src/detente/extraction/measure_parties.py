"""Who imposes a measure, and on whom."""

from collections.abc import Iterable, Iterator

from detente.codebook.constructions import words_for
from detente.codebook.measures import load_measures
from detente.extraction.agenda_parties import doers_of
from detente.extraction.clause import (
    base,
    case_of,
    children,
    is_passive,
    objects_of,
    obliques_of,
    predicate_of,
    subjects_of,
)
from detente.extraction.measure_governors import SUBJECT
from detente.extraction.measure_mentions import MeasureMention
from detente.extraction.measure_steps import StepFinding, anchors, order_over
from detente.extraction.parties import (
    actors_below,
    actors_within,
    of_own_country,
    phrase_tokens,
    sayers_of,
    states_of,
    unique,
    without_hosts,
)
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor

# Prepositions of those whom a measure is aimed at; "to" and "for" only where it is something given.
AGAINST = frozenset({"on", "upon", "against", "into", "targeting"})
TOWARDS = frozenset({"to", "for", "from", "with", "in"})
ON_GOODS = frozenset({"tariff", "quota", "ban", "embargo", "restriction", "investigation"})  # kinds
BILLS = frozenset({"bill", "act"})  # kinds
ON, FROM = frozenset({"on", "against", "into"}), "from"
LONGEST_SHORT_NAME = 3  # letters: "US", "UN", "EU", "UK"
INTO = "into"
DEALT = frozenset({"with", "to"})
WITH = "with"
BETWEEN = frozenset({"between", "with", "among"})
# Steps whose subject does something to the measure without having imposed it.
NOT_IMPOSING = frozenset({"broken", "struck down", "rejected", "threatened by"})
STRUCK_DOWN = "struck down"
BODY = "IGO"  # the sector of a body of states
LAWMAKERS = frozenset({"LEG", "PTY"})  # sectors
ORDER = "executive order"  # kind
CONSENTING = frozenset({"agreed", "approved"})  # steps that others than the imposer may take


def find_parties(
    mention: MeasureMention, findings: list[StepFinding], reading: Reading
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """(imposers, targets) of one mention, as far as its sentence says; either may be empty.

    Of an agreement the imposers are its parties.
    """
    agents = unique((*_agents(mention, findings, reading), *_deployed(mention, reading)))
    owners, modifiers = _before_noun(mention, reading)
    if agents and not states_of(owners) & states_of(agents):
        # "will take measures against the ban by Peru": who acts is known.
        owners = tuple(actor for actor in owners if actor not in _named_by(mention, reading))
    if owners and load_measures().kinds[mention.kind].effect == "against":
        # "Peru took aim at Chile's ban": whoever does something to it, it is Chile's.
        agents = agents if states_of(owners) & states_of(agents) or not states_of(owners) else ()
    targets = unique(_targets(mention, findings, reading))
    if load_measures().kinds[mention.kind].effect == "with":
        return _partners(unique((*agents, *owners, *modifiers, *targets)), mention, reading), ()
    named = _named_for(mention, reading)
    if named:
        targets = unique((*named, *targets))
        modifiers = tuple(actor for actor in modifiers if actor not in named)
    acting = any(finding.step not in CONSENTING for finding in findings)
    if (
        modifiers
        and agents
        and acting
        and not states_of(modifiers) & states_of(agents)
        and not _above_states(modifiers)
    ):
        # "Trump to delay China tariffs": who acts is known, so the other is the target.
        targets, modifiers = unique((*modifiers, *targets)), ()
    imposers = unique((*owners, *modifiers, *agents)) if owners or modifiers else agents
    imposers = imposers or unique(_judging(findings, reading))
    imposing = states_of(imposers)
    if states_of(targets):  # "expelled Chile's envoy over words about activists": nobody in particular
        targets = tuple(a for a in targets if a.state or a.organisation or a.person)
    return imposers, tuple(a for a in targets if a not in imposers and not (a.state and a.state in imposing))


def _judging(findings: list[StepFinding], reading: Reading) -> Iterator[Actor]:
    """Whose own court struck the measure down: "Peru's top court struck down a ban"."""
    for finding in findings:
        if finding.step == STRUCK_DOWN:
            for noun in doers_of(finding.token):
                yield from (actor for actor in actors_below(noun, reading) if actor.state and actor.sector != BODY)


def _partners(named: tuple[Actor, ...], mention: MeasureMention, reading: Reading) -> tuple[Actor, ...]:
    """The parties of an agreement; where only the other side is named, with who tells of it."""
    with_whom = any(case_of(child) == WITH and actors_below(child, reading) for child in children(mention.head, "nmod"))
    if len(states_of(named)) > 1:  # "a truce between Peru and Chile and talks of the leaders"
        return tuple(actor for actor in named if actor.state or actor.organisation or actor.person)
    if len(states_of(named)) != 1 or not with_whom:
        return named
    return unique((*sayers_of(mention.head, reading), *named))


def is_domestic(mention: MeasureMention, findings: list[StepFinding], reading: Reading) -> bool:
    """Whether an agreement is one between chambers or parties of one state: "the House and the Senate agreed"."""
    if load_measures().kinds[mention.kind].effect != "with" or mention.name:
        return False
    parties = unique((*_agents(mention, findings, reading), *_targets(mention, findings, reading)))
    lawmaking = all(actor.sector in LAWMAKERS for actor in parties)
    return len(parties) > 1 and lawmaking and len(states_of(parties)) == 1


def is_own_paper(mention: MeasureMention, parties: tuple[Actor, ...]) -> bool:
    """Whether a paper that two can sign is an order of one: "the president signed a memorandum that directs him to"."""
    paper = not (mention.deed or mention.name) and mention.head.lemma_.lower() in words_for("papers of one")
    directs = any(True for _ in children(mention.head, "acl:relcl"))
    return paper and directs and len(states_of(parties)) == 1 and mention.first == mention.head.i


def _above_states(actors: Iterable[Actor]) -> bool:
    """Whether they are a body of many states, which imposes and is not imposed on: "United Nations sanctions"."""
    return any(actor.sector == BODY for actor in actors)


def _named_for(mention: MeasureMention, reading: Reading) -> tuple[Actor, ...]:
    """Those whom a measure is named for: "Iran sanctions"; "US sanctions" are named for who imposes them."""
    if mention.deed or mention.name or load_measures().kinds[mention.kind].effect != "against":
        return ()
    words = [c for c in mention.head.children if c.dep_ == "compound" and c.pos_ == "PROPN" and c.i < mention.head.i]
    doc, end = mention.head.doc, mention.head.i
    words = [c for c in words if all(doc[i].pos_ in ("PROPN", "NOUN") for i in range(c.i, end))]
    whole = [c for c in words if c.text[-1].islower() and len(c.text) > LONGEST_SHORT_NAME]
    found = actors_within(whole, reading)
    return tuple(actor for actor in found if not (actor.person or actor.office or actor.sector or actor.organisation))


def _agents(mention: MeasureMention, findings: list[StepFinding], reading: Reading) -> Iterator[Actor]:
    """Those who take the steps."""
    for finding in findings:
        if finding.step in NOT_IMPOSING or finding.row.id.startswith(
            ("verb.keep", "verb.face", "verb.broker", "step.viol")
        ):
            continue
        if (finding.role == SUBJECT and not mention.deed) or _is_undergone(finding, mention):
            continue
        order = order_over(finding.token)
        if order is not None:
            yield from _ordering(order, reading)
            continue
        yield from _doers(finding, mention, reading)
        yield from _makers(finding.token, reading)
        if finding.token.pos_ in ("NOUN", "PROPN"):
            for child in children(finding.token, "nmod:poss", "compound", "amod"):
                yield from actors_within(child.subtree, reading) if child != mention.head else ()


def _ordering(order: Token, reading: Reading) -> Iterator[Actor]:
    """Those who order a step, or whom they order where that is their own: "directs his envoy to propose duties"."""
    nouns = objects_of(order) if _is_own_order(order, reading) else subjects_of(order)
    yield from (actor for noun in nouns for actor in actors_below(noun, reading))


def _is_own_order(order: Token, reading: Reading) -> bool:
    """Whether a state orders its own people to take a step: they take it, and it is aimed at others."""
    ordered = states_of(actor for noun in objects_of(order) for actor in actors_below(noun, reading))
    by = states_of(actor for noun in subjects_of(order) for actor in actors_below(noun, reading))
    owned = any(child.pos_ == "PRON" for noun in objects_of(order) for child in children(noun, "nmod:poss"))
    return bool(ordered) and (ordered <= by or (owned and not by))


def _is_undergone(finding: StepFinding, mention: MeasureMention) -> bool:
    """Whether a deed is told of whom it strikes, with no word of who does it: "envoys declared persona non grata"."""
    verb = finding.token
    done_to = [noun for at in (verb, *_second_verbs(finding, mention)) for noun in objects_of(at)]
    if mention.row.alone and verb == mention.head and not done_to and not is_passive(verb):
        posts = words_for("posts abroad")  # "the Chadian embassy reopened" tells who reopened it
        return not any(noun.lemma_.lower() in posts for noun in doers_of(verb))
    if not mention.deed or verb.i + 1 >= verb.sent.end:
        return False
    following = {phrase.split()[2] for phrase in mention.row.words if phrase.split()[1:2] == ["…"]}
    return verb.nbor(1).lower_ in following


def _doers(finding: StepFinding, mention: MeasureMention, reading: Reading) -> Iterator[Actor]:
    """Those who do what a verb tells, or of an infinitive behind a noun those whom the noun belongs to."""
    token = finding.token
    held = token.dep_ == "acl" and token.head.i in reading.actor_at  # those do it, not their holder
    for noun in subjects_of(token) if held else doers_of(token):
        if noun not in anchors(mention.head):
            named = _named_before(noun, reading) or actors_within(without_hosts(noun, reading), reading)
            yield from named or of_own_country(noun, reading)
    if token.dep_ == "acl" and token.head.pos_ == "NOUN" and token.head not in anchors(mention.head):
        # "the reluctance of Kenya to lift the ban"
        for child in children(token.head, "nmod", "nmod:poss"):
            yield from actors_below(child, reading)


def _makers(verb: Token, reading: Reading) -> Iterator[Actor]:
    """Who makes the ruling of which a verb tells what it does: "Chad signed a decree that ends the ban"."""
    ruling = verb.head
    if not verb.dep_.startswith("acl") or ruling.lemma_.lower() not in words_for("rulings"):
        return
    if all(noun == ruling for noun in subjects_of(verb)) and not is_passive(verb):
        for child in children(ruling, "nmod:poss", "compound", "amod"):
            yield from actors_below(child, reading)
        if ruling in objects_of(ruling.head) and ruling.head.lemma_.lower() in words_for("making rulings"):
            yield from (actor for noun in doers_of(ruling.head) for actor in actors_below(noun, reading))


def _named_before(noun: Token, reading: Reading) -> tuple[Actor, ...]:
    """Who stands before a phrase that only describes it: "Peru, Chile's biggest partner, imposed"."""
    comma = noun.left_edge.i - 1
    described = any(True for _ in children(noun, "nmod:poss")) and noun.i not in reading.actor_at
    if not described or comma <= noun.sent.start or noun.doc[comma].text != ",":
        return ()
    named = reading.actor_at.get(comma - 1)
    return () if named is None or named.is_place else named.actors


def _deployed(mention: MeasureMention, reading: Reading) -> tuple[Actor, ...]:
    """Whose forces are moved: "the deployment of an American missile system"."""
    if mention.deed or load_measures().kinds[mention.kind].group != "force":
        return ()
    moved = (child for child in children(mention.head, "nmod") if case_of(child) == "of")
    named = (part for child in moved for part in children(child, "amod", "compound", "nmod:poss"))
    return unique(actor for part in named for actor in actors_within(part.subtree, reading))


def _before_noun(mention: MeasureMention, reading: Reading) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """(owners, modifiers): "China's ban", and "the China tariffs" or "US arms sales", which may name either side."""
    if mention.deed:
        return (), ()
    owners: list[Actor] = []
    modifiers: list[Actor] = []
    for noun in (mention.head, *_step_noun_above(mention)):
        for child in noun.children:
            if child.i >= noun.i or child.is_space:
                continue
            if child.dep_ == "nmod:poss":
                owners += actors_within([child, *child.children], reading) or _sayers(child, reading)
            elif base(child.dep_) in ("amod", "compound", "nmod", "det", "flat"):
                modifiers += actors_within(child.subtree, reading)
    if mention.name is not None:
        modifiers = [a for a in modifiers if a.start is None or a.start < mention.head.doc[mention.first].idx]
    return unique((*owners, *_named_by(mention, reading))), unique(modifiers)


def _sayers(owner: Token, reading: Reading) -> tuple[Actor, ...]:
    """Whose the measure is that someone speaks of as their own: "Peru's ministry said that its duties would end"."""
    clause = predicate_of(owner)
    if owner.pos_ != "PRON" or clause.dep_ != "ccomp" or clause.head.i > owner.i:
        return ()
    if any(actors_below(noun, reading) for noun in subjects_of(clause) if noun.i < owner.i):
        return ()  # "demanded that Peru lift its duties": whoever the clause is about
    return unique(actor for noun in subjects_of(clause.head) for actor in actors_below(noun, reading))


def _named_by(mention: MeasureMention, reading: Reading) -> tuple[Actor, ...]:
    """Those in "by …" after the noun."""
    return unique(a for p, n in obliques_of(mention.head) if p == "by" for a in actors_below(n, reading))


def _step_noun_above(mention: MeasureMention) -> list[Token]:
    return [mention.head.head] if mention.head.dep_ == "compound" else []


def _below(noun: Token) -> Iterator[Token]:
    """What hangs at a word, and at the amounts that hang there: "tariffs of 5% on exports"."""
    for child in children(noun, "nmod", "obl", "acl", "advcl"):
        yield child
        yield from children(child, "nmod")
        if child.dep_ == "acl":
            yield from (below for below in children(child, "obl") if case_of(below) in AGAINST | BETWEEN)
    # "the deal reached in Tokyo between the two": the parse may make them an apposition
    yield from (child for child in children(noun, "appos") if case_of(child) in BETWEEN)


def _given_to(verb: Token, mention: MeasureMention) -> list[Token]:
    """Those to whom what a deed takes away was given: "cancelled the visas issued to Peruvians"."""
    if not mention.deed:
        return []
    clauses = (clause for noun in objects_of(verb) for clause in children(noun, "acl"))
    return [below for clause in clauses for below in children(clause, "obl") if case_of(below) in DEALT]


def _targets(mention: MeasureMention, findings: list[StepFinding], reading: Reading) -> Iterator[Actor]:
    effect = load_measures().kinds[mention.kind].effect
    wanted = AGAINST | (TOWARDS if effect == "for" else frozenset()) | (BETWEEN if effect == "with" else frozenset())
    wanted |= mention.row.aims
    if mention.row.objects:
        wanted |= DEALT | BETWEEN  # "the suspension of trade with Peru", "all visas issued to Peruvians"
    nouns = [*anchors(mention.head)] if not mention.deed else []
    told = [token for f in findings for token in (f.token, *_second_verbs(f, mention))]
    for noun in (*nouns, *told):
        for child in _below(noun):
            if case_of(child) in wanted or child.lower_ in AGAINST:
                struck = actors_within(phrase_tokens(child), reading)
                # "took the row over duties into the World Trade Organization"
                yield from (actor for actor in struck if case_of(child) != INTO or actor.sector != BODY)
    yield from _of_bill(mention, reading)
    if mention.kind in ON_GOODS:
        yield from _origin([*nouns, *told], mention, reading)
    for finding in findings:
        yield from _hosting(finding, mention, reading)
        order = order_over(finding.token)
        if order is not None and not _is_own_order(order, reading):
            yield from (actor for noun in objects_of(order) for actor in actors_within(phrase_tokens(noun), reading))
            continue
        moved = load_measures().kinds[mention.kind].group == "force"  # "deployed troops": they are no target
        for noun in _struck(finding, mention):
            struck = actors_within(phrase_tokens(noun), reading)
            yield from (actor for actor in struck if actor.state or not moved)


def _of_bill(mention: MeasureMention, reading: Reading) -> Iterator[Actor]:
    """Whom a bill is on by what it would do: "a bill that would bar Peruvian firms", "a law banning Peruvian fish"."""
    if mention.deed or mention.kind not in BILLS:
        return
    for clause in children(mention.head, "acl", "acl:relcl"):
        done = () if is_passive(clause) else objects_of(clause)
        against = (noun for case, noun in obliques_of(clause) if case in AGAINST)
        for noun in (*(n for n in done if n not in anchors(mention.head)), *against):
            yield from (actor for actor in actors_within(phrase_tokens(noun), reading) if actor.state)


def _origin(nouns: list[Token], mention: MeasureMention, reading: Reading) -> Iterator[Actor]:
    """Where the goods come from that a measure is on: "duties on jute from Mali", "on cars made in Mali"."""
    below = [child for noun in nouns for child in _below(noun) if child.i > mention.head.i]
    goods = [child for child in below if case_of(child) in ON and not actors_below(child, reading)]
    for child in below if goods else ():
        if case_of(child) == FROM and child.i > goods[0].i:
            yield from (actor for actor in actors_within(phrase_tokens(child), reading) if not actor.person)
    for noun in below:
        clauses = children(noun, "acl") if case_of(noun) in ON else ()
        made = (clause for clause in clauses if clause.lemma_.lower() in words_for("where goods come from"))
        for place in (place for clause in made for case, place in obliques_of(clause) if case in (FROM, "in")):
            yield from actors_within([place, *place.children], reading)


def _hosting(finding: StepFinding, mention: MeasureMention, reading: Reading) -> Iterator[Actor]:
    """Where a post abroad stands that its own state closes: "will close its embassy in Lima"."""
    for noun in objects_of(finding.token) if mention.deed else ():
        own = any(child.pos_ == "PRON" for child in children(noun, "nmod:poss"))
        if own and noun.lemma_.lower() in words_for("posts abroad"):
            places = (child for child in children(noun, "nmod") if case_of(child) == "in")
            yield from (actor for place in places for actor in actors_within(phrase_tokens(place), reading))


def _struck(finding: StepFinding, mention: MeasureMention) -> Iterator[Token]:
    """The nouns that a step's verb is done to, where they are not the measure itself."""
    if _is_undergone(finding, mention):
        yield from doers_of(finding.token)
    lawful = load_measures().kinds[mention.kind].path == "legislative"
    if (finding.role != "object" or mention.deed) and not lawful:
        own = anchors(mention.head)
        for verb in (finding.token, *_second_verbs(finding, mention)):
            yield from (n for n in (*objects_of(verb), *_given_to(verb, mention)) if n not in own)


def _second_verbs(finding: StepFinding, mention: MeasureMention) -> list[Token]:
    """The verb that the first of a deed governs: "issuing" of "stop issuing visas to Peruvians"."""
    if not mention.deed or finding.token != mention.head:
        return []
    return [token for token in mention.head.doc[mention.head.i + 1 : mention.last + 1] if token.pos_ == "VERB"]
