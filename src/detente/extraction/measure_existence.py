"""Measures that a text takes for granted: "the American sanctions on Iran" says that they hold, without a verb."""

from detente.codebook.measures import load_measures
from detente.extraction.clause import children, is_passive, obliques_of, predicate_of, subjects_of
from detente.extraction.factuality import find_factuality
from detente.extraction.measure_mentions import MeasureMention
from detente.extraction.measure_steps import StepFinding
from detente.extraction.parties import actors_below, states_of
from detente.extraction.phrases import find_phrases, forms_of
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor

GROUPS = frozenset({"curb", "force"})
FEW = frozenset({"executive order", "rule", "countermeasure", "expulsion"})  # kinds that are mostly only spoken of
DEFINITE = frozenset({"the", "these", "those", "its", "their", "his", "her", "this", "that"})
CAN = "can"
PEOPLE = "CVL"  # sector
RESTORING = "deed.restore-ties"  # row of measures.toml
HIGHEST = 4  # words looked at above the noun
AGAINST = "against"
CONTESTED_WITHIN = 14  # words between a complaint and what it is against, the body that hears it among them


def is_taken_for_granted(mention: MeasureMention, imposers: tuple[Actor, ...], targets: tuple[Actor, ...]) -> bool:
    """Whether the words of a mention without a step say that there is such a measure.

    It must be told whose it is or against whom, and nothing around it may leave open whether there is one.
    """
    kind = load_measures().kinds[mention.kind]
    if mention.deed or kind.group not in GROUPS or kind.id in FEW or mention.row.section == "anaphor":
        return False
    if kind.group == "force":
        return _moves_forces(mention.head) and bool(imposers or targets) and not _is_open(mention.head)
    if (mention.weak and not _is_contested(mention.head)) or not (imposers or (targets and _is_definite(mention.head))):
        return False
    return not _is_open(mention.head)


def _is_definite(noun: Token) -> bool:
    before = [child for child in noun.children if child.i < noun.i]
    return any(child.lower_ in DEFINITE or child.dep_ == "nmod:poss" for child in before)


def _moves_forces(noun: Token) -> bool:
    """Whether a noun of deploying says what is deployed: "the deployment of the missile system"."""
    if not _is_definite(noun):
        return False
    moved = next(row.objects for row in load_measures().rows if row.id == "deed.deploy")
    return any(not moved.isdisjoint(forms_of(child)) for child in children(noun, "nmod"))


def _is_open(noun: Token) -> bool:
    """Whether a word before the noun, or one that governs it, leaves open whether there is such a measure."""
    before = [child for child in noun.children if child.i < noun.i]
    if _is_contested(noun):
        return any(_is_unreal(token) for token in before if token.lower_ != AGAINST)
    return any(_is_unreal(token) for token in (*before, *_above(noun)))


def _is_contested(noun: Token) -> bool:
    """Whether somebody goes to law over what another has: "filed a complaint with the court against Lima's tariffs"."""
    case = next((child for child in children(noun, "case") if child.lower_ == AGAINST), None)
    if case is None or not any(True for _ in children(noun, "nmod:poss", "amod", "compound")):
        return False
    index = load_measures().of("contest")
    before = noun.doc[max(noun.sent.start, case.i - CONTESTED_WITHIN) : case.i]
    return any(True for word in before for _ in find_phrases(word, index))


def _above(noun: Token) -> list[Token]:
    """What governs the noun, up to its predicate, with the words that say how real that is."""
    found: list[Token] = []
    at, predicate = noun, predicate_of(noun)
    for _ in range(HIGHEST):
        found += children(at, "case", "mark", "aux")
        if at in (predicate, at.head):
            break
        at = at.head
        found.append(at)
    return found


def _is_unreal(token: Token) -> bool:
    lexicon = load_measures()
    if any(True for _ in find_phrases(token, lexicon.of("unreal"))):
        return True
    return any(phrase.row.step != "in force" for phrase, _ in find_phrases(token, lexicon.of("sign")))


def is_no_states_doing(verb: Token, reading: Reading) -> bool:
    """Whether no state does it, but a circumstance or people: "trade has been limited by the dispute".

    So it is where many of a nation boycott another's goods.
    """
    if not is_passive(verb):
        doers = [actor for noun in subjects_of(verb) for actor in actors_below(noun, reading)]
        return bool(doers) and all(actor.sector == PEOPLE for actor in doers)
    agents = [noun for preposition, noun in obliques_of(verb) if preposition == "by"]
    measures = load_measures().of("noun")
    unnamed = not any(actors_below(noun, reading) for noun in agents)
    return bool(agents) and unnamed and not any(True for noun in agents for _ in find_phrases(noun, measures))


def is_topic(finding: StepFinding, mention: MeasureMention, reading: Reading) -> bool:
    """Whether a step is only talked about: who discusses export controls with another proposes none.

    "A process to normalise relations" does not say either that they are broken off.
    """
    if mention.deed and mention.row.id == RESTORING:
        return (
            finding.token.dep_ in ("acl", "advcl") and not find_factuality(finding.token, reading).factuality.is_actual
        )
    if finding.step != "under discussion" or load_measures().kinds[mention.kind].group != "curb":
        return False
    named = (actor for noun in subjects_of(finding.token) for actor in actors_below(noun, reading))
    return len(states_of(named)) > 1


def is_what_may_be(finding: StepFinding) -> bool:
    """Whether a relative clause says what sort of measure there can be: "the sanctions that can be imposed"."""
    verb = finding.token
    return verb.dep_ == "acl:relcl" and any(child.lower_ == CAN for child in children(verb, "aux"))
