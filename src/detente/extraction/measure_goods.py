"""What goods a measure is on, by the words beside its noun: two bans on other goods are two bans."""

from collections.abc import Iterable, Iterator

from detente.codebook.constructions import words_for
from detente.extraction.clause import case_of, children
from detente.parsing.doc import Token

ON = frozenset({"on", "of", "against"})
DEEPEST = 3  # nouns below each other: "a ban | on imports | of crates | of wine"


def on_other_goods(told: Iterable[Token], noun: Token) -> bool:
    """Whether all nouns of a measure that say what it is on, and this one, name goods and none in common."""
    own = goods_of(noun)
    known = [goods for goods in map(goods_of, told) if goods]
    return bool(own) and bool(known) and all(own.isdisjoint(goods) for goods in known)


def goods_of(noun: Token) -> frozenset[str]:
    """The goods named beside the noun, as lemmas: "a ban on imports of [wine]", "the [wine] ban"; may be empty."""
    if noun.pos_ != "NOUN":
        return frozenset()
    return frozenset(_named(noun, 0))


def _named(noun: Token, depth: int) -> Iterator[str]:
    for child in (*noun.children, *_hung_higher(noun)):
        before = child.dep_ == "compound" and child.pos_ == "NOUN"
        behind = child.dep_ in ("nmod", "obl") and child.pos_ == "NOUN" and case_of(child) in ON
        if before or behind:
            lemma = child.lemma_.lower()
            if lemma not in words_for("any goods"):
                yield lemma
                yield from (other.lemma_.lower() for other in children(child, "conj"))
            elif depth < DEEPEST:
                yield from _named(child, depth + 1)


def _hung_higher(noun: Token) -> Iterator[Token]:
    """What stands right behind a noun but was read with its verb: "lifted its ban | on wine"."""
    return (child for child in children(noun.head, "obl") if child.left_edge.i == noun.i + 1)
