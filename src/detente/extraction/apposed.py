"""A name and an office that stand in commas before a verb of saying, told by the order of words alone."""

from detente.parsing.doc import Doc, Token

TokenRange = tuple[int, int]  # first token and the one past the last
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
IN_NAMES = frozenset({"PROPN", "NOUN", "PUNCT", "ADJ", "NUM", "X"})  # rare syllables are often mistagged
ROLES = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PART", "CCONJ"})  # what an office is named with
LONGEST_ROLE = 20  # tokens


def is_name(doc: Doc, start: int, end: int) -> bool:
    """Whether the words are the name of a person, or who is one: "Ann Lee", "Foreign Minister Ann Lee"."""
    words = doc[start:end]
    return start < end and all(word.pos_ in IN_NAMES for word in words) and words[0].text[:1].isupper()


def is_one(doc: Doc, before: TokenRange, aside: TokenRange) -> bool:
    """Whether a name and an office in commas are one speaker, whichever stands first."""
    if is_name(doc, *before):
        return True
    role = doc[before[0] : before[1]]
    return is_name(doc, *aside) and all(word.pos_ in ROLES for word in role) and role.root.pos_ in NOMINAL


def office_before_name(doc: Doc, start: int, verb: int) -> Token | None:
    """The head of an office before a name in commas right before a verb: "..., [the envoy], Ann Lee, said".

    `start` is where the sentence begins, `verb` where the verb group does. None where no such pair stands there, or
    where it opens the sentence, so that the parse can be trusted.
    """
    if verb - 1 <= start or doc[verb - 1].text != ",":
        return None
    second = next((i for i in range(verb - 2, start, -1) if doc[i].text == ","), None)
    if second is None or not is_name(doc, second + 1, verb - 1):
        return None
    first = second
    while first > start and second - first < LONGEST_ROLE and doc[first - 1].pos_ in ROLES:
        first -= 1
        if doc[first].pos_ == "CCONJ" and doc[first - 1].text == ",":  # ", but the envoy, Ann Lee, said"
            first += 1
            break
    opens = first > start and (doc[first - 1].text == "," or doc[first - 1].pos_ == "CCONJ")
    if not opens or first == second or doc[first].pos_ == "ADP":
        return None
    return doc[first:second].root if doc[first:second].root.pos_ in NOMINAL else None
