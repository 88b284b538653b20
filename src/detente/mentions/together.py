"""The two states that act together before a word: "their ministers" are those of "they", or of "A and B"."""

from detente.mentions.discourse import SUBJECTS, Discourse
from detente.mentions.mention import ActorMention

COUPLE = 2


def states_acting_together(seen: Discourse, token: int) -> tuple[str, ...]:
    """The two states that act before a token, in its passage, else in the one before; empty where there are none.

    So too where a single state acts in between, or the passage before names a third.
    """
    at = seen.passage_of(token)
    subjects = [x for x in seen.found if seen.passage_of(x.first) == at and seen.is_subject(x)]
    sentence = seen.items[token].sent
    if not subjects and any(word.dep_ in SUBJECTS for word in seen.items[sentence.start : token]):
        return ()  # "the fishermen said that their leaders would meet"
    if subjects:
        states = {actor.state: None for actor in subjects[-1].actors if actor.state}
        return tuple(states) if len(states) == COUPLE else seen.coordinated_states(token)
    before = [x for x in seen.found if seen.passage_of(x.first) == at - 1]
    named = {actor.state: None for x in before for actor in x.actors if actor.state}
    acting = {actor.state for x in before if _is_acting(x, seen) for actor in x.actors}
    return tuple(named) if len(named) == COUPLE and acting.issuperset(named) else ()


def _is_acting(mention: ActorMention, seen: Discourse) -> bool:
    """Whether the mention, or what "and" joins it to or stands beside it, is the subject of its clause."""
    head = seen.items[mention.head]
    joined = head.dep_ == "conj" and head.head.dep_ in SUBJECTS
    shared = head.dep_ in ("amod", "conj", "nmod:poss") and head.head.dep_ in SUBJECTS
    return seen.is_subject(mention) or joined or shared
