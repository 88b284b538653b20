"""Names that organs of several states bear: whose Senate it is where the text does not say so beside it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from detente.mentions.drafts import Draft
from detente.mentions.phrases import POSSESSIVES
from detente.parsing.doc import Doc

SEATED = "in"  # between an organ and its seat
OF_ONE_CHAMBER = frozenset({"LEG", "JUD"})  # sectors of which a text is seldom about those of two states


def settle_shared(parse: Doc, drafts: Sequence[Draft], pair: tuple[str, str] | None, home: str | None) -> None:
    """Gives the organs with a shared name to the state meant, in a text that nowhere names the one best known by it.

    That is the state of the organ of the sort named last ("Colombia's Senate ... the House of Representatives"), else
    that of the dateline; where there is neither, the best known it stays. In a text on a pair to which that one does
    not belong it is nobody's then, a chamber or court even where the best known is named in passing.

    An organ beside which a state or seat is named ("Chile's House", "the House in Washington") is that state's always.
    """
    for one, other in pairwise(drafts):
        _give(other, one, owns=_stands_before(one, other, parse))
        _give(one, other, owns=_sits_in(one, other, parse))
    named = {draft.state for draft in drafts if not _is_shared_alone(draft)} | {*(pair or ())}
    last: dict[str, str] = {}
    for draft in drafts:
        sector = draft.own_name.sector if draft.own_name else draft.organ.sector if draft.organ else None
        aside = pair is not None and draft.state not in pair and sector in OF_ONE_CHAMBER
        if draft.own_name is not None and _is_shared_alone(draft) and (aside or draft.state not in named):
            elsewhere = aside or (pair is not None and draft.own_name.state not in named)
            state = last.get(sector or "") or home or ("" if elsewhere else draft.own_name.state)
            draft.own_name = replace(draft.own_name, state=state)
        elif sector in OF_ONE_CHAMBER and draft.state:
            last[sector] = draft.state


def _stands_before(before: Draft, draft: Draft, parse: Doc) -> bool:
    """Whether a bare name stands right before an organ: "Chile's House", "the Chilean House"."""
    between = parse.tokens[before.last + 1 : draft.first]
    return before.is_bare_name and all(token.text in POSSESSIVES for token in between)


def _sits_in(draft: Draft, after: Draft, parse: Doc) -> bool:
    """Whether a bare name behind an organ says where it sits: "the House in Washington"."""
    between = parse.tokens[draft.last + 1 : after.first]
    return after.is_bare_name and [token.lower_ for token in between] == [SEATED]


def _give(draft: Draft, owner: Draft, *, owns: bool) -> None:
    """Gives an organ with a shared name to the state that owns it, if one does."""
    if owns and owner.state is not None and draft.own_name is not None and _is_shared_alone(draft):
        draft.own_name = replace(draft.own_name, state=owner.state, is_shared=False)


def _is_shared_alone(draft: Draft) -> bool:
    """Whether its shared name is all that could say whose it is."""
    if draft.own_name is None or not draft.own_name.is_shared:
        return False
    return draft.alias is None and not any(office and office.state for office in (draft.office, draft.organ))
