"""Who asked for it, who called it off, who began: accounts that name one side and the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.codebook.differences import Cue, find_cues, load_limits
from detente.ledger.clashes import Clash, within
from detente.ledger.tellings import WORD, Telling, Tellings, Text
from detente.records import DifferenceKind

JOINED = re.compile(r"\b[A-Z][\w.’'-]* and (?:the )?$")  # another's name stands beside


@dataclass(frozen=True, slots=True)
class Claim:
    """Who did it, by a sentence; `thing` is what was asked for, or what was begun."""

    telling: Telling
    state: str
    thing: str
    basis: tuple[str, ...]


def find_asked(tellings: Tellings) -> Iterator[Clash]:
    """Accounts of one call, meeting or delay that name another side as the one who asked for it."""
    yield from _clashes(tellings, "asked", DifferenceKind.WHO_ASKED, load_limits().days["who_asked"])


def find_begun(tellings: Tellings) -> Iterator[Clash]:
    """Accounts that name another side as the one who began."""
    yield from _clashes(tellings, "first", DifferenceKind.DIRECTION, load_limits().days["direction"])


def _clashes(tellings: Tellings, table: str, kind: DifferenceKind, days: int) -> Iterator[Clash]:
    claims = [claim for _, claim in tellings.where(_claims_in, table)]
    for earlier, later in within(claims, days, lambda claim: claim.telling):
        one, other = earlier.telling, later.telling
        if earlier.state == later.state or earlier.thing != later.thing:
            continue
        both = {earlier.state, later.state}
        known = [tellings.texts[x.document].states for x in (one, other)]
        if not all(both <= set(states) for states in known) or not _is_another(one, other):
            continue
        said = tuple(states[state] for states in known for state in sorted(both))
        basis = (*earlier.basis, *later.basis, *said)
        yield Clash(kind=kind, one=one, other=other, values=(earlier.state, later.state), basis=basis)


def _is_another(one: Telling, other: Telling) -> bool:
    """Whether they are two accounts; of one document also where one of them is the outlet's own."""
    if one.document == other.document:
        return one is not other and (one.speaker is None or one.speaker != other.speaker)
    return one.is_another_voice(other)


def _claims_in(text: Text, table: str) -> tuple[tuple[Telling, Claim], ...]:
    return tuple((telling, claim) for telling in text.tellings for claim in _claims(telling, text, table))


def _claims(telling: Telling, text: Text, table: str) -> Iterator[Claim]:
    for cue, found in find_cues(table, telling.quote):
        if not cue.names and JOINED.search(telling.quote[: found.start("who")]):
            continue  # "Serbia and Hungary put off the talks": both did
        state, basis = _named_before(cue, telling, text, found.start()) if cue.names else text.who(found["who"])
        if state is None:
            continue
        if table != "asked":
            yield Claim(telling, state, cue.says, basis)
            return
        thing = next((row.id for row, _ in find_cues("thing", telling.quote)), None)
        if thing:
            yield Claim(telling, state, thing, basis)
        return


def _named_before(cue: Cue, telling: Telling, text: Text, end: int) -> tuple[str | None, tuple[str, ...]]:
    """The state of the last, or the first, of two people or states that the sentence names before the cue."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for word in WORD.finditer(telling.quote[:end]):
        if word[0][0].isupper():
            state, basis = text.who(word[0])
            if state and state not in {known for known, _ in found[-1:]}:
                found.append((state, basis))
    if not found:
        return None, ()
    return found[-1] if cue.names == "last" else found[0]
