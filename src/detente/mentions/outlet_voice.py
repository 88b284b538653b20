"""Who is "we" in a text that an organ of a state publishes itself: a ministry, an embassy, a government."""

from detente.codebook.offices import Office, OfficeKind, office_words
from detente.codebook.registry import Alias, AliasKind, Registry
from detente.parsing.doc import Token
from detente.records import Actor, Document

WE = "we"
SPEAKING_SECTORS = frozenset({"GOV", "MIL", "LEG"})  # whose organs speak for their state
OWN_ORGANS = frozenset({AliasKind.ORGAN, AliasKind.SEAT})
OF_A_STATE = frozenset({AliasKind.NAME, AliasKind.DEMONYM, AliasKind.CAPITAL})
OPEN, CLOSE, STRAIGHT = "“", "”", '"'


def publishing_organ(document: Document, registry: Registry) -> Actor | None:
    """The organ of a state that publishes a document; None where a paper or an agency does, or nobody is named.

    "Ministry of Trade of Chile", "Kenyan Embassy in Oslo", "the Kremlin"; "The China Daily" is none.
    """
    name = document.outlet
    if name is None:
        return None
    named = [match.alias for match in registry.find_aliases(name)]
    own = next((alias for alias in named if alias.kind in OWN_ORGANS), None)
    if own is not None:
        return Actor(words=name, state=own.state, sector="GOV", organisation=name)
    alias = next((alias for alias in named if alias.kind in OF_A_STATE), None)
    organ = _organ_in(name.lower()) if alias is not None and not _is_paper(named) else None
    if organ is None or alias is None or organ.sector not in SPEAKING_SECTORS:
        return None
    return Actor(words=name, state=alias.state, sector=organ.sector, organisation=name)


def _is_paper(named: list[Alias]) -> bool:
    return any(alias.kind is AliasKind.MEDIA for alias in named)


def _organ_in(name: str) -> Office | None:
    """The longest organ that a name holds as whole words."""
    padded = f" {name} "
    held = [words for words, (office, _) in office_words().items() if office.kind is OfficeKind.ORGAN]
    found = [words for words in held if f" {words} " in padded]
    return office_words()[max(found, key=len)][0] if found else None


def is_quoted(token: Token, text: str) -> bool:
    """Whether a quotation that opens in the paragraph before a token has not closed there."""
    before = text[text.rfind("\n", 0, token.idx) + 1 : token.idx]
    return before.count(OPEN) > before.count(CLOSE) or before.count(STRAIGHT) % 2 == 1
