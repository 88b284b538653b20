"""The channels between states that a text names: by a name of their own, or by a noun with what it deals with."""

import functools
import re
from dataclasses import dataclass

from detente.codebook.issues import state_names
from detente.codebook.mechanisms import MechanismNoun, MechanismWords, Needs
from detente.extraction.bearing import own_names_of_states
from detente.extraction.clause import case_of, children
from detente.extraction.enumeration import split_enumeration
from detente.extraction.phrases import tokens_with
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Passage

MEMO = "detente.mechanisms"  # key in Doc.user_data, which lives as long as the parse
BEFORE = frozenset(
    {"amod", "compound", "nmod", "nmod:unmarked", "nummod", "conj", "cc", "punct", "dep", "advmod", "flat"}
)
FEWEST = 2  # states that a channel joins
CONFIDENCE = 0.8  # estimated from reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One channel as named at one place."""

    name: str
    areas: tuple[str, ...]
    token: Token  # the head noun, or the field in an enumeration
    rule: str
    passage: Passage
    confidence: float = CONFIDENCE

    @property
    def fields(self) -> frozenset[str]:
        """The words of its fields, for telling whether two names mean one channel."""
        return frozenset(
            w for area in self.areas for w in re.findall(r"\w[\w-]+", area.lower()) if w not in ("and", "the")
        )


def find_channels(reading: Reading, words: MechanismWords) -> list[Channel]:
    """The channels named in a document, in text order; may be empty."""
    named = _named(reading, words)
    return sorted([*named, *_by_noun(reading, named, words)], key=lambda channel: channel.token.i)


def _named(reading: Reading, words: MechanismWords) -> list[Channel]:
    found = []
    rows = {name: row for row in words.names for name in row.words}
    for match in _any_of(tuple(rows)).finditer(reading.document.text):
        span = reading.parse.char_span(match.start(), match.end(), alignment_mode="expand")
        passage = passage_at(reading, match.start())
        if span is not None and passage is not None:
            name, row = match.group(), rows[match.group()]
            found.append(Channel(name=name, areas=row.areas, token=span[-1], rule=row.id, passage=passage))
    return found


@functools.cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _by_noun(reading: Reading, named: list[Channel], words: MechanismWords) -> list[Channel]:
    by_head: dict[str, list[MechanismNoun]] = {}
    for noun in words.nouns:
        by_head.setdefault(noun.head, []).append(noun)
    taken = {token.i for channel in named for token in channel.token.doc[channel.token.i - 3 : channel.token.i + 1]}
    found = []
    for token in tokens_with(reading.parse, by_head.keys()):
        rows = () if token.i in taken else by_head.get(token.lemma_.lower(), by_head.get(token.lower_, ()))
        for noun in rows:
            channel = _channel(token, noun, reading, words)
            if channel is not None and not any(part.i in taken for part in token.subtree if part.i < token.i):
                found.append(channel)
                break
    return found


def _channel(token: Token, noun: MechanismNoun, reading: Reading, words: MechanismWords) -> Channel | None:
    """The channel that a head noun names, None where it is an organ of one state, a text, or talk in general."""
    passage = passage_at(reading, token.idx)
    before = _words_before(token, noun)
    if passage is None or before is None or token.pos_ == "VERB":
        return None
    # "high-level" may be one token or three.
    joined = reading.span(before[0], before[-1]).quote.lower().split() if before else []
    low = [*(word.lower_ for word in before), *joined]
    if _is_organ(token, reading) and not any(word in words.standing for word in low):
        return None
    if any(word in words.foreign for word in low):
        return None
    areas = (*_area_before(before, reading, words), *_areas_after(token, words))
    if not areas and _is_several(token, low, words):
        return None  # "one of four mechanisms": not one of them
    if not _suffices(noun, low, areas, before, reading, words):
        return None
    name = _name(token, before, noun, reading, words)
    return Channel(name=name, areas=areas, token=token, rule=noun.id, passage=passage)


def _is_several(token: Token, low: list[str], words: MechanismWords) -> bool:
    return "Plur" in token.morph.get("Number", []) and any(word in words.numbers for word in low)


def _suffices(
    noun: MechanismNoun,
    low: list[str],
    areas: tuple[str, ...],
    before: list[Token],
    reading: Reading,
    words: MechanismWords,
) -> bool:
    if noun.needs is Needs.NOTHING:
        return True
    standing = any(word in words.standing for word in low) or _joins_states(before, reading)
    return standing or (noun.needs is Needs.AREA and bool(areas))


def _words_before(token: Token, noun: MechanismNoun) -> list[Token] | None:
    """The modifiers before a head noun without article and owner; None where its first word is missing."""
    run: list[Token] = []
    for at in range(token.i - 1, max(token.sent.start, token.i - 10) - 1, -1):
        word = token.doc[at]
        if not _is_modifier(word, token):
            break
        run.insert(0, word)
    while run and (run[0].dep_ in ("cc", "punct") or run[0].is_punct):
        run.pop(0)
    if noun.first is None:
        return run
    if not run or run[-1].lower_ != noun.first:
        return None
    return run[:-1]


def _is_modifier(word: Token, head: Token) -> bool:
    if word.is_space or word.dep_ in ("det", "nmod:poss", "case", "mark") or word.pos_ in ("DET", "ADP", "PRON", "AUX"):
        return False
    at = word
    while at not in (head, at.head) and at.dep_ in BEFORE:
        at = at.head
    return at == head


def _area_before(before: list[Token], reading: Reading, words: MechanismWords) -> tuple[str, ...]:
    """The field that stands before the noun: "[diplomatic and security] dialogue"."""
    states = _bare_names(reading)
    field = [
        word
        for word in before
        if word.lower_ not in words.empty | words.standing
        and word.i not in reading.actor_at
        and word.text not in states
        and word.lower_ not in words.numbers
        and not word.like_num
        and not (word.is_punct and word.text != "-")
    ]
    while field and (field[0].dep_ == "cc" or field[0].is_punct):
        field.pop(0)
    while field and field[-1].dep_ == "cc":
        field.pop()
    if not field or all(word.is_punct for word in field):
        return ()
    return (reading.span(field[0], field[-1]).quote,)


def _bare_names(reading: Reading) -> dict[str, str]:
    """The names of states in this document; kept with the parse, since it is asked for every noun."""
    memo = reading.parse.user_data
    if MEMO not in memo:
        memo[MEMO] = state_names() | own_names_of_states(reading)
    found: dict[str, str] = memo[MEMO]
    return found


def _areas_after(token: Token, words: MechanismWords) -> tuple[str, ...]:
    """The fields after "on": "working group on [fisheries] and [ports]"."""
    for child in children(token, "nmod", "obl", "acl"):
        if child.i > token.i and case_of(child) in words.field_prepositions:
            inside = [t for t in child.subtree if t.i >= child.left_edge.i and t.dep_ != "case" and not t.is_space]
            start = min((t for t in inside if t.dep_ != "det"), key=lambda t: t.i)
            text = token.doc.text[start.idx : inside[-1].idx + len(inside[-1])]
            return split_enumeration(text)
    return ()


def _name(token: Token, before: list[Token], noun: MechanismNoun, reading: Reading, words: MechanismWords) -> str:
    """The name as written: from the first modifier to the noun, with what follows "on" where nothing stands before."""
    named = [word for word in before if word.lower_ not in words.empty or word.text.istitle()]
    first = named[0] if named else token.doc[token.i - 1] if noun.first else token
    last = token
    if not before:
        last = max(
            (t for c in children(token, "nmod") if case_of(c) == "on" for t in c.subtree),
            key=lambda t: t.i,
            default=token,
        )
    return reading.span(first, last).quote


def _joins_states(before: list[Token], reading: Reading) -> bool:
    states = {a.state for word in before if word.i in reading.actor_at for a in reading.actor_at[word.i].actors}
    return len(states - {None}) >= FEWEST


def _is_organ(token: Token, reading: Reading) -> bool:
    """Whether the noun belongs to the name of an actor: a "committee" of a parliament, the "commission" of a union."""
    mention = reading.actor_at.get(token.i)
    return mention is not None and any(actor.sector or actor.organisation or actor.office for actor in mention.actors)


def passage_at(reading: Reading, at: int) -> Passage | None:
    """The passage that a character stands in, None where it stands in none."""
    return next((p for p in reading.passages if p.start <= at < p.end), None)


def paragraph_of(reading: Reading, passage: Passage) -> tuple[int, int]:
    """Start and end of the paragraph that a passage belongs to: characters, half-open."""
    same = [p for p in reading.passages if p.paragraph == passage.paragraph]
    return same[0].start, same[-1].end
