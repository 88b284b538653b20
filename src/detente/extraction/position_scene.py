"""What the frames of position cues share: the scene they look at, what they find, and small readings of the tree."""

from dataclasses import dataclass

from detente.codebook.positions import PositionCue, PositionLexicon
from detente.extraction.clause import base, children
from detente.extraction.holders import holders_at, holding_subjects, state_mention
from detente.extraction.position_edges import trimmed
from detente.extraction.position_spans import Complement, after_case, extent
from detente.extraction.reading import Reading
from detente.parsing.doc import Token

AHEAD = 2  # tokens before a cue in which the words that it comes after may stand


POINTERS = frozenset({"it", "they", "them", "he", "she", "this", "that", "these", "those"})  # name no matter


@dataclass(frozen=True, slots=True)
class Scene:
    """What every frame looks at."""

    reading: Reading
    lexicon: PositionLexicon

    def holders(self, tokens: list[Token]) -> list[Token]:
        """Those of the tokens that name state-linked actors."""
        return [token for token in tokens if holders_at(token, self.reading, self.lexicon.state_sectors)]

    def subjects(self, predicate: Token) -> list[Token]:
        """The subjects of a predicate that name state-linked actors."""
        return holding_subjects(predicate, self.reading, self.lexicon.state_sectors)


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in use: who holds, what, towards whom. `predicate` is what time, negation and modality hang on."""

    cue: PositionCue
    token: Token
    predicate: Token
    holders: tuple[Token, ...]
    complement: Complement
    addressee: Token | None = None
    own: bool = False  # the holder means a deed of its own
    judgement: PositionCue | None = None  # the evaluation that a verb of judging carries


def comes_after(cue: PositionCue, token: Token) -> bool:
    """Whether one of the words that a cue comes after stands just before the token, where it needs one."""
    return not cue.after or any(t.lower_ in cue.after for t in token.doc[max(0, token.i - AHEAD) : token.i])


def phrase(head: Token, without: Token | None = None) -> Complement:
    """A noun phrase as a proposition, up to where `without` begins."""
    first, last = extent(head)
    if any(children(head, "case")):
        first = max(first, after_case(head))
    if without is not None and first <= without.i <= last and without.i > head.i:
        first, last = trimmed(head.doc, first, max(head.i, min(last, without.left_edge.i - 1)))
    return Complement(first, last, head, None, head.pos_ == "VERB")


def state_token(token: Token | None, scene: Scene) -> Token | None:
    """The token if it names an actor with a state, else None."""
    return token if token is not None and state_mention([token], scene.reading) else None


def is_verbal(token: Token) -> bool:
    """Whether a token is used as the verb of a clause, whatever its tag."""
    if any(children(token, "aux")) and token.pos_ in ("ADV", "ADJ", "NOUN"):
        return True  # "will not [back] down", tagged as an adverb
    if (
        token.pos_ == "NOUN"
        and any(children(token, "obj"))
        and not any(children(token, "det", "amod", "case", "compound"))
    ):
        return True  # "Spain, however, [regards] it as a threat", tagged as a noun
    return token.pos_ == "VERB" and base(token.dep_) not in ("nsubj", "obj", "iobj", "nmod", "amod", "compound", "case")
