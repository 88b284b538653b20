"""The title of a document, where it stands in the text, and lines printed twice."""

import difflib
import re
from collections.abc import Sequence

from detente.cleaning.claims import Claims
from detente.cleaning.sentences import split_sentences
from detente.cleaning.shapes import HEADLINE_MAX, is_sentence, is_title_case, words_of
from detente.cleaning.units import Unit
from detente.records import BlockKind

ALIKE = 0.88  # of 1: two printings of one headline
GUESS_WITHIN = 10  # lines at the top in which a headline stands
TITLE_WORDS = 4  # a line of fewer words is a title only where nothing else can be
QUOTES = '"“”'
OWN_WORDS = 1  # that a headline shares with its story
TELLING_LETTERS = 4
STEM_LETTERS = 5  # "improving" and "improve" are one word
LOOK_BELOW = 15  # lines below the headlines in which the story begins
FIRST_PARAGRAPHS = 4
REPEAT_WORDS = 7  # words of a sentence whose second printing is no chance
TITLE_REASON = "the headline"
REPEATED_REASON = "printed before on this page"
_TURN = re.compile(r"(?:Q|A|question|answer)\d?[:.] ", re.IGNORECASE)  # of a transcript
_OUTLET_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")


def claim_title(text: str, units: Sequence[Unit], given: str | None, claims: Claims) -> str | None:
    """The title, given or found; where it stands in the text is claimed, and its other printings as repeated."""
    index = _find(units, given, claims) if given else _guess(units, claims)
    if index is None:
        return given if given is None else _claim_joined(units, given, claims)
    unit = units[index]
    claims.add(unit.start, unit.end, BlockKind.TITLE, TITLE_REASON)
    for other in units:
        if claims.is_free(other.start, other.end) and alike(other.text, unit.text):
            claims.add(other.start, other.end, BlockKind.REPEATED, REPEATED_REASON)
    return given or text[unit.start : unit.end]


def normal(line: str) -> str:
    """A line as it is compared: small letters and single blanks, no apostrophes or punctuation."""
    bare = re.sub(r"['’‘`]", "", line.casefold())
    return re.sub(r"[\W_]+", " ", bare).strip()


def alike(one: str, other: str) -> bool:
    """Whether two lines are printings of one headline."""
    first, second = normal(one), normal(other)
    if first == second:
        return bool(first)
    if not first or not second or abs(len(first) - len(second)) > (1 - ALIKE) * max(len(first), len(second)):
        return False
    if max(len(first), len(second)) > HEADLINE_MAX:
        return False
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def _find(units: Sequence[Unit], given: str, claims: Claims) -> int | None:
    for wanted in dict.fromkeys((given, _OUTLET_TAIL.sub("", given))):
        for index, unit in enumerate(units):
            if claims.is_free(unit.start, unit.end) and alike(unit.text, wanted):
                return index
    return None


def _guess(units: Sequence[Unit], claims: Claims) -> int | None:
    top = [i for i, unit in enumerate(units[:GUESS_WITHIN]) if claims.is_free(unit.start, unit.end)]
    candidates = []
    for index in top:
        if not _may_be_title(units[index], is_first=index == top[0], has_more=len(units) > index + 1):
            break
        candidates.append(index)
    long = [index for index in candidates if len(words_of(units[index].text)) >= TITLE_WORDS]
    # Headlines of other articles stand above too: the story's own has words of its first paragraphs.
    story = _first_words(units, candidates[-1] + 1) if candidates else frozenset()
    own = [index for index in long if len(_telling(units[index].text) & story) >= OWN_WORDS] or long
    for index in own:
        if any(alike(units[index].text, units[other].text) for other in candidates if other > index):
            return index
    return own[0] if own else candidates[0] if len(candidates) == 1 and len(units) > 1 else None


def _telling(line: str) -> frozenset[str]:
    return frozenset(word[:STEM_LETTERS] for word in normal(line).split() if len(word) >= TELLING_LETTERS)


def _first_words(units: Sequence[Unit], start: int) -> frozenset[str]:
    """The longer words of the first sentences below the headlines."""
    sentences = [unit.text for unit in units[start : start + LOOK_BELOW] if is_sentence(unit.text)]
    return _telling(" ".join(sentences[:FIRST_PARAGRAPHS]))


def _may_be_title(unit: Unit, *, is_first: bool, has_more: bool) -> bool:
    line = unit.text
    if not has_more or len(line) > HEADLINE_MAX or not words_of(line) or _TURN.match(line):
        return False
    if line.endswith((".", ".”", '."')) and is_sentence(line):
        return is_first and is_title_case(line)
    return True


def _claim_joined(units: Sequence[Unit], given: str, claims: Claims) -> str:
    """The given title; where a line begins with it, once or twice, that beginning is claimed."""
    kind, reason = BlockKind.TITLE, TITLE_REASON
    for unit in units[:GUESS_WITHIN]:
        at = 0
        while claims.is_free(unit.start + at, unit.end) and (end := _begins_with(unit.text, given, at)):
            claims.add(unit.start + at, unit.start + end, kind, reason)
            kind, reason = BlockKind.REPEATED, REPEATED_REASON
            at = end + len(unit.text[end:]) - len(unit.text[end:].lstrip())
    return given


def _begins_with(line: str, given: str, at: int) -> int | None:
    """Where the title that begins at `at` ends, None where none begins or a sentence merely goes on with its words."""
    end = at + len(given)
    if normal(line[at:end]) != normal(given) or len(words_of(given)) < TITLE_WORDS:
        return None
    rest = line[end:].lstrip()
    return end if len(rest) < len(line[end:]) and (rest[:1].isupper() or rest[:1] in '“"‘(') else None


def claim_repeated(text: str, units: Sequence[Unit], claims: Claims) -> None:
    """Claims one of two printings of a sentence.

    A sentence at the very top that comes again in the story is its summary, and words that come again within quotation
    marks are those of a copied message: there the first printing is claimed, otherwise the later one.
    """
    seen: dict[str, tuple[int, int]] = {}
    spans = [
        span for unit in units for gap in claims.gaps(unit.start, unit.end) for span in split_sentences(text, *gap)
    ]
    for span in spans:
        words = normal(text[slice(*span)])
        if words.count(" ") + 1 < REPEAT_WORDS:
            continue
        first = seen.setdefault(words, span)
        if first is span:
            continue
        if first == spans[0]:
            claims.add(*first, BlockKind.STANDFIRST, "the summary of the story, repeated below")
        elif _is_quoted(text, span) and not _is_quoted(text, first):
            claims.add(*first, BlockKind.REPEATED, "printed again below, as a quotation")
        else:
            claims.add(*span, BlockKind.REPEATED, REPEATED_REASON)


def _is_quoted(text: str, span: tuple[int, int]) -> bool:
    return text[span[0]] in QUOTES or text[span[1] - 1] in QUOTES
