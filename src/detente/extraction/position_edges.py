"""Where the words of a position end: stops, conjunctions and quotation marks at their edges."""

import re

from detente.parsing.doc import Doc, Token

STRAIGHT, CURLY = '"', ("“", "”")
CLOSED_BY = {"”": "“", "’": "‘", '"': '"', ")": "("}
# What a parse leaves before a proposition: ") the war", "of pushing", "to enforcing", "to face-to-face talks".
_ING = r"(?=\w{3,}ing\b(?<!bring)(?<!spring)(?<!string))"
LEADING = re.compile(rf"(?:[)\],;:.\s]+|(?:of|to|for|from|at|in|be) {_ING}|to (?=\w+-to-))*")
TRIMMED = frozenset(",.;:!?–—-\"'“”‘’()[]")


def trimmed(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """The stretch without punctuation and conjunctions at its ends; a quotation opened inside is closed."""
    last = _inside_quotation(doc, first, last)
    while first < last and _is_edge(doc.tokens[first]):
        first += 1
    while last > first and _is_edge(doc.tokens[last]):
        last -= 1
    return _with_opening_mark(doc, first, last), _with_closing_mark(doc, first, last)


def _with_opening_mark(doc: Doc, first: int, last: int) -> int:
    """One token less where that opens a quotation closed inside the words: "“illegal” drilling"."""
    before = doc[first - 1].text if first else ""
    inside = [token.text for token in doc[first : last + 1]]
    if before == CURLY[0]:
        closes = CURLY[1] in inside and CURLY[0] not in inside[: inside.index(CURLY[1])]
    else:
        closes = before == STRAIGHT and inside.count(STRAIGHT) % 2 == 1
    return first - 1 if closes else first


def _is_edge(token: Token) -> bool:
    return token.text in TRIMMED or token.is_space or token.dep_ == "cc"


def _inside_quotation(doc: Doc, first: int, last: int) -> int:
    """The last token before the end of a quotation in the middle of which the words begin."""
    opened_before = True  # until another mark is seen: the sentence itself may begin inside one
    for token in doc[doc[first].sent.start : last + 1]:
        if token.text == STRAIGHT:
            is_open = token.i == 0 or bool(doc[token.i - 1].whitespace_) or token.is_sent_start
        elif token.text in CURLY:
            is_open = token.text == CURLY[0]
        else:
            continue
        if token.i < first:
            opened_before = is_open
        elif token.i > first and not is_open and opened_before:
            return max(first, token.i - 1)
        else:
            opened_before = False
    return last


def _with_closing_mark(doc: Doc, first: int, last: int) -> int:
    """One token further where that closes a quotation opened inside the words."""
    if last + 2 < len(doc) and doc[last + 1].text == "," and doc[last + 2].text == CURLY[1]:
        return last + 2 if _opens_inside(doc, first, last) else last  # a comma printed inside the quotation
    following = doc[last + 1].text if last + 1 < len(doc) else ""
    opening = CLOSED_BY.get(following)
    inside = [token.text for token in doc[first : last + 1]]
    is_open = opening is not None and inside.count(opening) > (0 if opening == following else inside.count(following))
    return last + 1 if is_open and (opening != following or inside.count(opening) % 2) else last


def _opens_inside(doc: Doc, first: int, last: int) -> bool:
    inside = [token.text for token in doc[first : last + 1]]
    return inside.count(CURLY[0]) > inside.count(CURLY[1])


def where_words_begin(text: str, start: int) -> int:
    """Where the words of a proposition begin: with a whole compound ("face-to-face", not "to-face"), no loose word."""
    while start > 1 and text[start - 1] in "-‑" and text[start - 2].isalnum():
        start = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start), text.rfind("-", 0, start - 1)) + 1
    loose = LEADING.match(text, start)
    return loose.end() if loose is not None else start
