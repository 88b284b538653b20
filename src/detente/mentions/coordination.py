"""Lets coordinated names share what is said once: "Chinese and US officials", "Hamburg, Germany"."""

import itertools
from collections.abc import Sequence

from detente.codebook.offices import OfficeKind, load_actor_words
from detente.codebook.registry import AliasKind
from detente.mentions.drafts import Draft
from detente.parsing.doc import Doc

MOST_BETWEEN = 3  # tokens: ", and"
PLACES = frozenset({AliasKind.CAPITAL, AliasKind.CITY, AliasKind.REGION})


def share(parse: Doc, drafts: Sequence[Draft]) -> None:
    """Fills in each draft what its neighbour says for both."""
    for before, after in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        between = words_between(parse, before, after)
        if between in (["and"], ["or"], [","], ["/"], ["-"], ["–"], [",", "and"]):
            share_people(before, after)
        is_after_comma = between[-1:] == [","] and set(between[:-1]) <= load_actor_words().place_heads
        if is_after_comma and before.is_bare_name and after.is_bare_name:
            share_place(before, after)
    for three in zip(drafts, drafts[1:], drafts[2:], strict=False):
        share_offices(parse, three)
    for before, after in itertools.pairwise(drafts):
        between = words_between(parse, before, after)
        if between in (["and"], [","], [",", "and"]):
            share_title(parse, before, after)
        if between == ["and"]:
            share_owner(before, after)


def words_between(parse: Doc, before: Draft, after: Draft) -> list[str]:
    """The words between two drafts, in small letters; none where they are far apart or in two sentences."""
    if after.first - before.last > MOST_BETWEEN:
        return []
    between = [token for token in parse[before.last + 1 : after.first + 1] if not token.is_space]
    return [] if any(token.is_sent_start for token in between) else [token.lower_ for token in between[:-1]]


def share_people(before: Draft, after: Draft) -> None:
    """ "Chinese and US officials": both are officials."""
    is_adjective = before.is_bare_name and before.alias is not None and after.alias is not None
    if not is_adjective or before.alias is None or after.person is not None or before.more or after.possessor:
        return
    if before.alias.kind is not AliasKind.DEMONYM and before.is_full_state_name():
        return
    if before.alias.kind in PLACES or after.alias is None or after.alias.kind in PLACES:
        return
    office = after.office or after.organ
    if office is not None and (after.is_plural or office.kind is OfficeKind.ORGAN):
        before.office, before.organ, before.organ_words = after.office, after.organ, after.organ_words
        before.is_plural, before.is_former = after.is_plural, after.is_former


def share_place(before: Draft, after: Draft) -> None:
    """ "Hamburg, Germany": one place, in the state named last."""
    if before.alias is None or after.alias is None or before.alias.kind not in PLACES:
        return
    if before.state == after.state and (after.alias.kind is AliasKind.NAME or after.is_place):
        before.is_place = after.is_place = True


def share_owner(before: Draft, after: Draft) -> None:
    """ "The Philippine military and coast guard": both are of the state."""
    is_owner = before.alias is not None and before.organ is not None and before.office is None and before.person is None
    is_bare = after.organ is not None and after.state is None and not (after.office or after.person or after.possessor)
    if is_owner and is_bare:
        after.alias = before.alias


def share_offices(parse: Doc, three: tuple[Draft, Draft, Draft]) -> None:
    """ "Ana Rojas and Ali Diop, the premiers of Chad and Mali": each has the office and, in order, a state."""
    for offices, one, other in ((three[2], *three[:2]), three):
        if not offices.is_plural or offices.office is None or offices.alias is None or len(offices.more) != 1:
            continue
        bare = [x.person is not None and not (x.office or x.alias or x.possessor) for x in (one, other)]
        joined = words_between(parse, one, other) == ["and"]
        before, after = (other, offices) if offices is three[2] else (offices, one)
        if all(bare) and joined and words_between(parse, before, after) in ([","], [",", "the"]):
            one.office = other.office = offices.office
            one.alias, other.alias = offices.alias, offices.more[0]


def share_title(parse: Doc, before: Draft, after: Draft) -> None:
    """ "Presidents Trump and Xi": both are presidents."""
    if before.person is None or after.person is None or before.office is None or after.office is not None:
        return
    title = parse[before.first : before.person[0]].text.lower()
    if title.split()[-1:] and title.split()[-1] in before.office.plurals:
        after.office = before.office
