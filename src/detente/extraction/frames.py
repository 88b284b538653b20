"""Which row of the event lexicon holds for a word where it stands."""

from collections.abc import Iterator

from spacy.tokens import Token

from detente.codebook.event_lexicon import CLASS_MARK, Complement, EventLexicon, EventRow, Slot
from detente.extraction.clause import children, has, objects_of, obliques_of

# How much each part of a frame that holds counts against the other rows of the word.
OBJECT_POINTS = 4
SLOT_POINTS = 3
COMPLEMENT_POINTS = 2
WORDS_POINTS = 8  # per further word of the entry: "hunger strike" before "strike"

LEXICON_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "ADV": "adjective"}
NAMED = "@name"  # a proper name or a pronoun stands in the slot
PARTITIVE = "partitive"  # "a series of talks": the class of nouns that stand for what follows "of"
CLAUSES = ("ccomp", "xcomp", "csubj")


def lemma_of(token: Token) -> str:
    """The lemma in lower case; the word itself where the parse gives none."""
    return str(token.lemma_ or token.text).lower()


def entries_of(token: Token, pos: str) -> Iterator[tuple[str, int]]:
    """The lexicon entries a word may stand for, with the number of words: "strike", "hunger strike", "call off"."""
    lemma = lemma_of(token)
    yield lemma, 1
    if pos == "verb":
        for child in children(token, "compound:prt", "advmod", "advcl", "xcomp"):
            if child.i > token.i:
                yield f"{lemma} {child.lower_}", 2
        return
    for child in token.children:
        if child.dep_ in ("compound", "amod", "nmod", "nmod:poss") and child.i < token.i:
            yield f"{child.lower_} {lemma}", 2
            yield f"{lemma_of(child)} {lemma}", 2
        elif child.dep_ == "nmod" and child.i > token.i:
            for case in children(child, "case"):
                yield f"{lemma} {case.lower_} {lemma_of(child)}", 3


def rows_of(token: Token, lexicon: EventLexicon) -> list[tuple[EventRow, int]]:
    """Every row that lists the word, with the points for the length of the entry."""
    pos = LEXICON_POS.get(token.pos_)
    if pos is None:
        return []
    found = [
        (row, (length - 1) * WORDS_POINTS)
        for entry, length in entries_of(token, pos)
        for row in lexicon.find(pos, entry)
    ]
    if not found and token.pos_ == "VERB":
        # The tagger calls many participles adjectives and many nouns verbs: ask the neighbour.
        found = [(row, 0) for row in lexicon.find("adjective", token.lower_)]
    return found


def best_row(token: Token, lexicon: EventLexicon) -> EventRow | None:
    """The row of the word whose frame holds with most points; the first in the files among equals."""
    best: EventRow | None = None
    most = -1
    for row, points in rows_of(token, lexicon):
        if row.event_type is None and row.operator is None:
            continue
        score = frame_points(row, token, lexicon)
        if score is not None and score + points > most:
            best, most = row, score + points
    return best


def frame_points(row: EventRow, token: Token, lexicon: EventLexicon) -> int | None:
    """The points of a row's frame at this word; None where the frame does not hold."""
    points = 0
    if row.objects:
        if not any(fills(noun, filler, lexicon) for noun in frame_objects(token) for filler in row.objects):
            return None
        points += OBJECT_POINTS
    if row.slots:
        if not any(slot_holds(slot, token, lexicon) for slot in row.slots):
            return None
        points += SLOT_POINTS
    if row.complement:
        if not complement_holds(row.complement, token):
            return None
        points += COMPLEMENT_POINTS
    return points


def frame_objects(token: Token) -> list[Token]:
    """What the word is about: a verb's objects, what a noun or adjective is "of" or "on"."""
    if token.pos_ in ("VERB", "AUX"):
        return objects_of(token)
    return [noun for preposition, noun in obliques_of(token) if preposition == "of"] + list(
        children(token, "compound", "nmod:poss")
    )


def slot_holds(slot: Slot, token: Token, lexicon: EventLexicon) -> bool:
    """Whether a prepositional phrase of the word fills the slot."""
    return any(
        preposition == slot.preposition and (slot.filler is None or fills(noun, slot.filler, lexicon))
        for preposition, noun in obliques_of(token)
    )


def complement_holds(complement: Complement, token: Token) -> bool:
    """Whether the word has the clause that the frame asks for."""
    clauses = list(children(token, *CLAUSES, "acl"))
    if complement is Complement.NONE:
        return not clauses and not objects_of(token)
    if complement is Complement.CLAUSE:
        return bool(clauses)
    infinitives = [clause for clause in clauses if is_infinitive(clause)]
    if complement is Complement.INFINITIVE:
        return bool(infinitives) and not list(children(token, "obj", "iobj"))
    return bool(infinitives) and bool(objects_of(token))


def is_infinitive(token: Token) -> bool:
    """Whether a clause is an infinitive with "to"."""
    return has(token, "VerbForm", "Inf") or any(
        child.lower_ == "to" and child.dep_ == "mark" for child in token.children
    )


def fills(noun: Token, filler: str, lexicon: EventLexicon) -> bool:
    """Whether a noun is the word or of the class that a frame asks for; looks through "a series of"."""
    if filler == NAMED:
        return noun.pos_ in ("PROPN", "PRON")
    if not filler.startswith(CLASS_MARK):
        return lemma_of(noun) == filler or noun.lower_ == filler
    return filler[1:] in classes_of(content_noun(noun, lexicon), lexicon)


def content_noun(noun: Token, lexicon: EventLexicon) -> Token:
    """The noun that a partitive stands before ("a round of talks": talks), else the noun itself."""
    if PARTITIVE in classes_of(noun, lexicon):
        for child in children(noun, "nmod"):
            return content_noun(child, lexicon)
    return noun


def classes_of(noun: Token, lexicon: EventLexicon) -> frozenset[str]:
    """The classes of a noun, those of its longest entry."""
    pos = LEXICON_POS.get(noun.pos_)
    if pos not in ("noun", "adjective", "verb"):
        return frozenset()
    found = [(length, _classes(lexicon, entry)) for entry, length in entries_of(noun, "noun")]
    known = [(length, classes) for length, classes in found if classes]
    return max(known, key=lambda item: item[0])[1] if known else frozenset()


def _classes(lexicon: EventLexicon, entry: str) -> frozenset[str]:
    rows = lexicon.find("noun", entry)
    return frozenset(name for row in rows for name in row.classes) if rows else frozenset()
