"""Who else holds a position: "Spain rejected the plan, as did Italy", "Spain will not sign, nor will Italy"."""

from collections.abc import Iterator
from dataclasses import replace

from detente.extraction.clause import children
from detente.extraction.position_edges import trimmed
from detente.extraction.position_scene import Found, Scene
from detente.parsing.doc import Token

ECHOES = frozenset({"as", "so"})
DENYING = frozenset({"nor", "neither"})
FORMS = frozenset({"do", "does", "did", "have", "has", "had", "is", "are", "was", "were", "will", "would", "can"})
FARTHEST = 8  # tokens between the proposition and the echo: "on Monday, and"
BEFORE_NAME = 3  # tokens from the auxiliary to the name: "as did | the island's"


def with_echoes(found: Found, scene: Scene) -> Found:
    """The position with those of whom an echo of its verb says the same; the echo is no part of the proposition."""
    at = _echo_behind(found)
    if at is None:
        return found
    held = scene.holders([token for token in _named_behind(found.token.doc[at + 1]) if token not in found.holders])
    if not held:
        return found
    complement = found.complement
    if complement.first < at <= complement.last:
        first, last = trimmed(found.token.doc, complement.first, at - 1)
        complement = replace(complement, first=first, last=last)
    return replace(found, holders=(*found.holders, *held), complement=complement)


def _echo_behind(found: Found) -> int | None:
    """Where the echo begins: behind the proposition, or with a "nor" that was read as part of it."""
    tokens, last = found.token.doc.tokens, max(found.token.i, found.complement.last)
    end = min(last + FARTHEST, found.token.sent.end - 2)
    for at in range(found.token.i + 1, end):
        word = tokens[at].lower_
        if (word in DENYING or (word in ECHOES and at > last)) and tokens[at + 1].lower_ in FORMS:
            return at
    return None


def _named_behind(auxiliary: Token) -> Iterator[Token]:
    """The head of the name behind an auxiliary, and those joined to it."""
    doc, end = auxiliary.doc, min(auxiliary.i + 1 + BEFORE_NAME, auxiliary.sent.end)
    name = next((token for token in doc[auxiliary.i + 1 : end] if token.pos_ in ("PROPN", "NOUN")), None)
    if name is None:
        return
    while name.head.i > name.i and name.head.pos_ in ("PROPN", "NOUN"):
        name = name.head
    yield name
    yield from children(name, "conj")
