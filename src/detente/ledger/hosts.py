"""Which state a planned visit goes to."""

from detente.records import AgendaItem

VISIT = "visit"  # the kind of plan that has a host


def host_of(item: AgendaItem) -> str | None:
    """The state of the only participant that is named as a place, beside guests who are people; else None."""
    if item.kind != VISIT:
        return None
    places = {actor.state for actor in item.participants if not (actor.person or actor.office or actor.organisation)}
    guests = {actor.state for actor in item.participants if actor.person or actor.office}
    return next(iter(places)) if len(places) == 1 and guests else None
