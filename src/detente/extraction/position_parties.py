"""Who is to act on a position, and whether its holder may ask them."""

from detente.extraction.holders import mention_at
from detente.extraction.position_scene import Found
from detente.extraction.reading import Reading
from detente.records import Actor

GUESSED = 0.4  # firmness up to which a body of no state rather guesses than asks: "expects the two to agree"


def addressee_of(found: Found, holder: Actor, reading: Reading) -> Actor | None:
    """Who is to act, where that is another state than the holder's."""
    mention = mention_at(found.addressee, reading) if found.addressee is not None else None
    actors = mention.actors if mention else ()
    return next((actor for actor in actors if actor.state and actor.state != holder.state), None)


def is_at_home(found: Found, holder: Actor, reading: Reading) -> bool:
    """Whether a side asks its own government to act: a matter at home, or a speaker taken for another's."""
    mention = mention_at(found.addressee, reading) if found.addressee is not None else None
    actors = mention.actors if mention else ()
    return bool(actors) and all(a.state == holder.state and a.sector != "LEG" for a in actors)


def is_asking(found: Found, holder: Actor, reading: Reading) -> bool:
    """Whether a holder asks a state for something outright, as bodies of no state must to count."""
    return found.cue.firmness > GUESSED and addressee_of(found, holder, reading) is not None
