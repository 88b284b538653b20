"""Where sentences end.

It stands with cleaning, not with passages, because cleaning sets aside single sentences too: captions that were copied
into a paragraph, lines printed twice.
"""

import re
from collections.abc import Iterator

from detente.codebook.sentences import SentenceWords, load_sentence_words

OPENERS = "\"'“‘«([„"
DASHES = "-–—"
CLOSERS = "\"'”’»)]"
# A full stop (or several, ! ? …), what closes after it, and a blank or the end. The second form is a full stop before a
# capital with the blank forgotten: two letters of lower case before it, so that "U.S.China" and "3.B" stay whole.
# A run of marks is looked at once, from its beginning: thousands of them in a row would take minutes otherwise.
_CANDIDATE = re.compile(
    rf"(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>(?:[{re.escape(CLOSERS)}]|\[\d+\])*)(?=\s|$)"
    r"|(?<=[a-z]{2})(?P<glued>[.!?])(?=[A-Z][a-z]+[ ,])"
    r"|(?<=[a-z])(?P<wide>[^\S\n]{3,})(?=[A-Z“])"
    r"|(?<![.!?…])(?P<tight>[.!?…]++”)(?=[A-Z“])"
)
_WORD_BEFORE = re.compile(r"[^\s\"“”‘(\[—–/]*$")
_NEXT_WORD = re.compile(rf"\s*(?P<open>[{re.escape(OPENERS)}\s]*)(?P<word>[^\s,;:!?\"”’)\]]*)")
_INITIAL = re.compile(r"^(?:[A-Z]|[A-Z]\.(?:-?[A-Z]\.?)*[A-Z]?|[A-Z]\.?-[A-Z])$")
_ONLY_MARKS = re.compile(r"[\W_]*$")
_LIST_NUMBER = re.compile(r"\s*[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})$")
_ITEM = re.compile(r"\s*\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s")  # the next item of a list
_CAPITAL_RUN = re.compile(r"\s*(?:[A-Z][\w.’'-]*\s+){1,4}(?P<verb>[a-z]+)\b")
WORD_REACH = 40  # characters: no abbreviation or tag is longer


def split_sentences(
    text: str, start: int = 0, end: int | None = None, *, language: str = "en"
) -> list[tuple[int, int]]:
    """The sentences of text[start:end] as pairs of offsets in `text`, trimmed of blanks, in order, none empty.

    A closing quotation mark or bracket belongs to the sentence it ends.

    >>> text = 'Gen. Li met U.S. envoys. "Why now?" Lee asked.'
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['Gen. Li met U.S. envoys.', '"Why now?" Lee asked.']
    """
    stop = len(text) if end is None else end
    words = load_sentence_words(language)
    pieces: list[tuple[int, int]] = []
    begin = start
    for cut in _cuts(text, start, stop, words):
        _add(pieces, text, begin, cut)
        begin = cut
    _add(pieces, text, begin, stop)
    return pieces


def _cuts(text: str, start: int, stop: int, words: SentenceWords) -> Iterator[int]:
    begin = start
    for match in _CANDIDATE.finditer(text, start, stop):
        if match["glued"] or match["tight"] or match["wide"] or _ends_here(text, begin, match, stop, words):
            yield match.end()
            begin = match.end()


def _add(pieces: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin == end:
        return
    if pieces and _ONLY_MARKS.match(text, begin, end):
        pieces[-1] = (pieces[-1][0], end)
    else:
        pieces.append((begin, end))


def _ends_here(text: str, begin: int, match: re.Match[str], stop: int, words: SentenceWords) -> bool:
    after = _NEXT_WORD.match(text, match.end(), min(stop, match.end() + 2 * WORD_REACH))
    following = after["word"] if after else ""
    opened = bool(after and after["open"].strip())
    if (not following and not opened) or _ITEM.match(text, match.end(), stop):
        return True
    if following[:1].islower() or (following[:1] in DASHES and match["mark"] != "."):
        return False
    if match["mark"][-1] in "!?":
        return not (match["close"] and _is_tag(text, match.end(), words))
    if match["mark"] != ".":
        return _ends_ellipsis(text, match, following, opened, words)
    return bool(match["close"]) or _ends_at_stop(text, begin, match.start(), following, opened, words)


def _ends_at_stop(text: str, begin: int, at: int, following: str, opened: bool, words: SentenceWords) -> bool:
    """Whether the single full stop at `at` ends the sentence that began at `begin`."""
    if _LIST_NUMBER.fullmatch(text, begin, at):
        return False
    before = _WORD_BEFORE.search(text, max(begin, at - WORD_REACH), at)
    return _ends_after_word(before[0] if before else "", following, opened, words)


def _ends_after_word(word: str, following: str, opened: bool, words: SentenceWords) -> bool:
    low = word.lower()
    if low in words.inside or (low in words.before_name and word[0].isupper()):
        return False
    if low in words.before_number:
        return not following[:1].isdigit()
    if low in words.times:
        return following.rstrip(".") not in words.zones
    if low in words.either or _INITIAL.match(word) or (low in words.places and word[0].isupper()):
        return opened or _is_starter(following, words)
    return True


def _ends_ellipsis(text: str, match: re.Match[str], following: str, opened: bool, words: SentenceWords) -> bool:
    if match["close"] or (set(match["mark"]) == {"."} and len(match["mark"]) == 4):  # noqa: PLR2004 (four: full stop and ellipsis)
        return True
    spaced = match.start() > 0 and text[match.start() - 1].isspace()
    return (opened and not spaced) or _is_starter(following, words)


def _is_starter(word: str, words: SentenceWords) -> bool:
    return word[:1].isupper() and word.replace("’", "'").lower() in words.starters


def _is_tag(text: str, at: int, words: SentenceWords) -> bool:
    match = _CAPITAL_RUN.match(text, at, at + 3 * WORD_REACH)
    return bool(match and match["verb"] in words.tags)
