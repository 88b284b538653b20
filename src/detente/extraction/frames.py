"""Which row of the event lexicon holds for a word where it stands."""

from collections.abc import Iterator
from functools import lru_cache

from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import (
    CLASS_MARK,
    Complement,
    EventLexicon,
    EventRow,
    Slot,
    load_event_lexicon,
)
from detente.extraction.clause import SUBJECTS, case_of, children, has, objects_of, obliques_of, once
from detente.parsing.doc import Token

# How much each part of a frame that holds counts against the other rows of the word.
OWN = frozenset({"its", "their", "his", "her"})
OBJECT_POINTS = 4
SLOT_POINTS = 3
COMPLEMENT_POINTS = 2
CONTROLLED_POINTS = 3  # "told Chad to leave" before "told Chad that"
WORDS_POINTS = 8  # per further word of the entry: "hunger strike" before "strike"

HYPHENS = frozenset({"-", "‐", "‑", "–"})
NOMINAL = frozenset({"obl", "nmod", "obj", "nsubj", "compound"})  # places where a verb is a noun misread
ARGUMENTS = ("obj", "nsubj", "aux", "obl")
PARTICLES = frozenset({"over", "up", "out", "down", "off", "in", "back", "away", "through"})
STRAY = frozenset({"case", "amod", "advmod"})  # what such a particle was read as
SHORT_WORD = 3  # letters of words that headlines leave small
TITLE_SHARE = 0.6  # of the longer words begin with a capital in a headline
LEXICON_POS = {
    "VERB": "verb",
    "AUX": "verb",
    "NOUN": "noun",
    "PROPN": "noun",
    "SYM": "noun",
    "NUM": "noun",
    "ADJ": "adjective",
    "ADV": "adjective",
}
ANYTHING = "@any"
NAMED = "@name"  # a proper name or a pronoun stands in the slot
PARTS = frozenset({"of", "in", ""})  # before what a partitive is of: "a hike in tariffs"
MADE_OF = frozenset({"of", "on"})  # before what a treaty or a load is of
PARTITIVE = "partitive"  # "a series of talks": the class of nouns that stand for what follows "of"
SLUR = "slur"  # class of bad names
CLAUSES = ("ccomp", "xcomp", "csubj")
TIME = "time"  # class of nouns for days, which the parse now and then takes for objects
CLASSES = "classes"  # where those of a noun are kept with it
ROWS, FITTING = "rows", "fitting rows"  # where those of a word are kept with it, all and those whose frame holds
FILLERS = "fillers"  # the same of the fillers that it is
OBJECT_FILLERS = "object fillers"  # and that its objects are


def lemma_of(token: Token) -> str:
    """The lemma in lower case; the word itself where the parse gives none."""
    return str(token.lemma_ or token.text).lower()


def entries_of(token: Token, pos: str, lexicon: EventLexicon) -> Iterator[tuple[str, int]]:
    """The lexicon entries a word may stand for, with the number of words: "strike", "hunger strike", "call off"."""
    lemma = lemma_of(token)
    yield lemma, 1
    if pos == "noun" and token.lower_ != lemma:
        yield token.lower_, 1  # "troops", "forces"
    tokens, at = token.doc.tokens, token.i
    if (at > 1 and tokens[at - 1].text in HYPHENS) or (at + 2 < len(tokens) and tokens[at + 1].text in HYPHENS):
        yield from _hyphenated(token, lemma)
    if (pos, lemma) in lexicon.edges:
        yield from _with_dependents(token, lemma) if pos == "verb" else _with_modifiers(token, lemma)


def _with_dependents(verb: Token, lemma: str) -> Iterator[tuple[str, int]]:
    """A verb with its particle, its object or a phrase: "call off", "mend fence", "take to court"."""
    for child in children(verb, "compound:prt", "advmod", "advcl", "xcomp", "obl", "obl:agent", "obj"):
        if child.i > verb.i and not (child.lower_ in PARTICLES and is_infinitive(child)):  # "sent troops to back it"
            yield f"{lemma} {child.lower_}", 2
            if child.dep_ == "obj":
                yield f"{lemma} {lemma_of(child)}", 2
                yield from ((f"{lemma} {deed.lower_}", 2) for deed in children(child, "acl") if is_infinitive(deed))
            elif child.dep_ in ("obl", "obl:agent"):  # "stood by Chad"
                yield f"{lemma} {case_of(child)}", 1  # no surer than the verb: "look into"
                yield f"{lemma} {case_of(child)} {lemma_of(child)}", 3
    particle = stray_particle(verb)
    if particle is not None:
        yield f"{lemma} {particle.lower_}", 2


def _with_modifiers(noun: Token, lemma: str) -> Iterator[tuple[str, int]]:
    """A noun with a word before it or a phrase behind: "hunger strike", "state of siege"."""
    for child in noun.children:
        if child.dep_ in ("compound", "amod", "nmod", "nmod:poss") and child.i < noun.i:
            yield f"{child.lower_} {lemma}", 2
            yield f"{lemma_of(child)} {lemma}", 2
        elif child.dep_ == "nmod" and child.i > noun.i:
            for case in children(child, "case"):
                yield f"{lemma} {case.lower_} {lemma_of(child)}", 3


def _hyphenated(token: Token, lemma: str) -> Iterator[tuple[str, int]]:
    """The word joined to its neighbour by a hyphen, as one word and as two: "cease-fire", "ceasefire"."""
    if token.i > 1 and token.nbor(-1).text in HYPHENS and not token.nbor(-1).whitespace_:
        before = token.nbor(-2).lower_
        yield from ((before + joint + lemma, 2) for joint in ("-", "", " "))
    if token.i + 2 < len(token.doc) and token.nbor(1).text in HYPHENS and not token.whitespace_:
        after = lemma_of(token.nbor(2))
        yield from ((token.lower_ + joint + after, 2) for joint in ("-", "", " "))


def stray_particle(verb: Token) -> Token | None:
    """The word after a verb that the parse took for the preposition of what follows: "took in hundreds".

    Only where verb and particle are an entry: "met in Lima" has none.
    """
    tokens = verb.doc.tokens
    if verb.i + 1 >= len(tokens):
        return None
    after = tokens[verb.i + 1]
    if after.lower_ not in PARTICLES or after.dep_ not in STRAY or after.head.head != verb:
        return None
    return after if load_event_lexicon().find("verb", f"{lemma_of(verb)} {after.lower_}") else None


def acted_on(token: Token) -> list[Token]:
    """The objects of a word, those too that its particle was taken for a preposition of ("called off the talks")."""
    particle = stray_particle(token) if token.pos_ == "VERB" else None
    return objects_of(token) or ([particle.head] if particle is not None else [])


@once
def part_of_speech(token: Token) -> str | None:
    """The part of speech under which the lexicon is asked; None for parts of names and words that tell no deed."""
    if is_in_name(token):
        return None
    if token.pos_ == "VERB" and token.dep_ in NOMINAL and not any(True for _ in children(token, *ARGUMENTS)):
        return "noun"  # "is open to dialogue"
    relations = {child.dep_ for child in token.children}
    if token.pos_ == "ADJ" and "obj" in relations and "cop" not in relations:
        return "verb"  # "would free the prisoners"
    return LEXICON_POS.get(token.pos_)


def is_in_name(token: Token) -> bool:
    """Whether a capital letter makes the word part of a name ("the March Hotel"), not so in a title in capitals."""
    if (
        not token.text[:1].isupper()
        or token.is_sent_start
        or (token.pos_ in ("NOUN", "PROPN") and token.text.isupper())
    ):
        return False
    if token.i and (token.nbor(-1).is_punct or token.nbor(-1).is_space):
        return token.pos_ == "PROPN" and not is_title_case(token)
    return not is_title_case(token)


def is_title_case(token: Token) -> bool:
    """Whether the sentence of the token is a headline with most words in capitals."""
    return _is_headline(token.sent.text)


@lru_cache(maxsize=256)
def _is_headline(sentence: str) -> bool:
    words = [word for word in sentence.split() if len(word) > SHORT_WORD]
    return sum(word[0].isupper() for word in words) > TITLE_SHARE * len(words)


def rows_of(token: Token, lexicon: EventLexicon) -> list[tuple[EventRow, int]]:
    """Every row that lists the word, with the points for the length of the entry."""
    memo = token.memo
    if ROWS not in memo:
        memo[ROWS] = _rows_of(token, lexicon)
    found: list[tuple[EventRow, int]] = memo[ROWS]
    return found


def _rows_of(token: Token, lexicon: EventLexicon) -> list[tuple[EventRow, int]]:
    pos = part_of_speech(token)
    if pos is None:
        return []
    found = [
        (row, (length - 1) * WORDS_POINTS)
        for entry, length in entries_of(token, pos, lexicon)
        for row in lexicon.find(pos, entry)
    ]
    if not found and token.pos_ == "VERB":
        # The tagger calls some participles verbs that are adjectives here ("is committed to").
        found = [(row, 0) for row in lexicon.find("adjective", token.lower_)]
    return found


def fitting_rows(token: Token, lexicon: EventLexicon) -> list[EventRow]:
    """The rows of the word whose frame holds, most points first; of equals the surer, then the first in the files."""
    memo = token.memo
    if FITTING not in memo:
        memo[FITTING] = _fitting_rows(token, lexicon)
    found: list[EventRow] = memo[FITTING]
    return found


def _fitting_rows(token: Token, lexicon: EventLexicon) -> list[EventRow]:
    ranked = []
    for order, (row, points) in enumerate(rows_of(token, lexicon)):
        if row.event_type is None and row.operator is None:
            continue
        score = frame_points(row, token, lexicon)
        if score is not None:
            ranked.append((-(score + points), row.weak, order, row))
    return [row for *_, row in sorted(ranked, key=lambda item: item[:3])] if ranked else []


def frame_points(row: EventRow, token: Token, lexicon: EventLexicon) -> int | None:
    """The points of a row's frame at this word; None where the frame does not hold."""
    points = 0
    if row.objects:
        if _object_fillers(token, lexicon).isdisjoint(row.objects):
            return None
        points += OBJECT_POINTS
    if row.own:
        if not any(word.lower_ in OWN for noun in frame_objects(token) for word in children(noun, "nmod:poss", "det")):
            return None
        points += SLOT_POINTS
    if row.slots:
        if not any(_slot_holds(slot, token, lexicon) for slot in row.slots):
            return None
        points += SLOT_POINTS
    if row.complement:
        if row.complement not in complements_of(token):
            return None
        points += CONTROLLED_POINTS if row.complement is Complement.CONTROLLED else COMPLEMENT_POINTS
    return points


@once
def frame_objects(token: Token) -> list[Token]:
    """What the word is about: a verb's objects, what a noun or adjective is "of" or "on"."""
    if part_of_speech(token) == "verb":
        objects = objects_of(token)
        particle = stray_particle(token)
        if not objects and particle is not None:
            return [particle.head]
        held = [noun for noun in objects if noun.dep_ != "iobj"] or objects
        if token.dep_ == "acl" and token.head.dep_ == "nmod" and case_of(token.head) in MADE_OF:
            held = [*held, token.head.head]  # "a treaty on fish signed by", where it is the treaty that is signed
        return held
    return [noun for preposition, noun in obliques_of(token) if preposition == "of"] + list(
        children(token, "compound", "nmod:poss")
    )


def _object_fillers(token: Token, lexicon: EventLexicon) -> frozenset[str]:
    """All that the word's objects are; found once, since each of its rows asks."""
    memo = token.memo
    if OBJECT_FILLERS not in memo:
        objects = frame_objects(token)
        # "Detained the Aegina, a Greek freighter": what is named is what it is called behind.
        called = [kind for noun in objects if noun.pos_ == "PROPN" for kind in children(noun, "appos")]
        memo[OBJECT_FILLERS] = frozenset().union(*(fillers_of(noun, lexicon) for noun in (*objects, *called)))
    found: frozenset[str] = memo[OBJECT_FILLERS]
    return found


def _slot_holds(slot: Slot, token: Token, lexicon: EventLexicon) -> bool:
    """Whether a prepositional phrase of the word fills the slot."""
    nouns = _slot_nouns(token).get(slot.preposition, ())
    return bool(nouns) and (slot.filler is None or any(slot.filler in fillers_of(noun, lexicon) for noun in nouns))


@once
def _slot_nouns(token: Token) -> dict[str, list[Token]]:
    """The nouns of the word's prepositional phrases by preposition."""
    found: dict[str, list[Token]] = {}
    for preposition, noun in _slot_phrases(token):
        found.setdefault(preposition, []).append(noun)
    return found


def _slot_phrases(token: Token) -> list[tuple[str, Token]]:
    """The prepositional phrases of the word, and of its object ("signed a deal with")."""
    phrases = [*obliques_of(token)]
    if token.pos_ == "VERB":
        # Of a verb misread as an attribute ("pressed Tehran for answers") the phrases hang at its noun.
        nouns = [*children(token, "obj"), *([token.head] if token.dep_ == "amod" else [])]
        particle = stray_particle(token)
        nouns += [particle.head] if particle is not None else []
        phrases += [phrase for noun in nouns for phrase in obliques_of(noun)]
        phrases += _gerunds(token)
    return phrases


def _gerunds(verb: Token) -> list[tuple[str, Token]]:
    """The -ing clauses behind a verb with their prepositions: "barred him from entering"."""
    held = [clause for noun in children(verb, "obj") for clause in children(noun, "acl")]  # "stopped him | from going"
    clauses = [c for c in (*children(verb, "advcl", "xcomp"), *held) if c.lower_.endswith("ing")]
    return [(mark.lower_, clause) for clause in clauses for mark in children(clause, "mark")]


@once
def complements_of(token: Token) -> frozenset[Complement]:
    """The clauses that a frame can ask for and the word has."""
    lexicon = load_event_lexicon()
    purposes = [clause for clause in children(token, "advcl") if is_infinitive(clause)]
    clauses = [*children(token, *CLAUSES, "acl"), *purposes]
    infinitives = [clause for clause in clauses if is_infinitive(clause)]
    owned = any(child.dep_ in SUBJECTS for clause in infinitives for child in clause.children)
    # "Stalled Friday" has no object.
    objects = owned or any(TIME not in classes_of(noun, lexicon) for noun in objects_of(token))
    predicates = list(children(token, "xcomp"))
    names = [*predicates, *objects_of(token)[1:]]
    holds = {
        Complement.PREDICATE: objects and any(not is_infinitive(clause) for clause in predicates),
        Complement.BLAME: objects and any(SLUR in classes_of(name, lexicon) for name in names),
        # "Began on Monday to settle the matter": what it is for is no complement.
        Complement.NONE: all(clause in purposes for clause in clauses) and not objects,
        Complement.CLAUSE: bool(clauses),
        Complement.JOINTLY: any(child.lower_ in words_for("jointly") for child in children(token, "advmod")),
        Complement.INFINITIVE: bool(infinitives)
        and not owned
        and not any(True for _ in children(token, "obj", "iobj")),
        Complement.CONTROLLED: bool(infinitives) and objects,
        Complement.PURPOSE: bool(infinitives)
        or any(is_infinitive(c) for o in objects_of(token) for c in children(o, "acl")),
    }
    return frozenset(complement for complement, is_there in holds.items() if is_there)


@once
def is_infinitive(token: Token) -> bool:
    """Whether a clause is an infinitive, with "to" or bare; "will go" is none."""
    if any(child.lower_ == "to" and child.dep_ == "mark" for child in token.children):
        return True
    return has(token, "VerbForm", "Inf") and not any(child.dep_ == "aux" for child in token.children)


def fillers_of(noun: Token, lexicon: EventLexicon) -> frozenset[str]:
    """All that a frame can ask for and the noun is: words and classes; looks through "a series of"."""
    memo = noun.memo
    if FILLERS not in memo:
        found = {entry for entry, _ in entries_of(noun, "noun", lexicon)}
        content = content_noun(noun, lexicon)
        found |= {CLASS_MARK + name for name in classes_of(content, lexicon)}
        found |= {entry for entry, _ in entries_of(content, "noun", lexicon)} if content != noun else set()
        if noun.pos_ == "PROPN":  # "expelled Ambassador Ana Rojas": she is an ambassador
            for title in children(noun, "nmod:desc"):
                found |= {CLASS_MARK + name for name in classes_of(title, lexicon)}
                found.add(lemma_of(title))
        found.add(ANYTHING)
        people = noun.pos_ == "NOUN" and noun.text[:1].isupper() and not noun.is_sent_start  # "five Omanis"
        people = people and not is_title_case(noun)
        if people or noun.pos_ == "PROPN" or (noun.pos_ == "PRON" and not has(noun, "Reflex", "Yes")):
            found.add(NAMED)
        memo[FILLERS] = frozenset(found)
    fillers: frozenset[str] = memo[FILLERS]
    return fillers


def content_noun(noun: Token, lexicon: EventLexicon) -> Token:
    """The noun that a partitive stands before ("a round of talks": talks), else the noun itself."""
    if noun.pos_ == "NUM" or PARTITIVE in classes_of(noun, lexicon):  # "41 of its envoys", "a round of talks"
        for child in children(noun, "nmod"):
            if noun.pos_ == "NUM" or case_of(child) in PARTS:  # "a case against Chad" is no case of Chad
                return content_noun(child, lexicon)
    return noun


def classes_of(noun: Token, lexicon: EventLexicon) -> frozenset[str]:
    """The classes of a noun, those of its longest entry."""
    memo = noun.memo
    if CLASSES not in memo:
        entries = [(length, _classes(lexicon, entry)) for entry, length in entries_of(noun, "noun", lexicon)]
        known = [(length, classes) for length, classes in entries if classes]
        listed = noun.pos_ in LEXICON_POS and known
        memo[CLASSES] = max(known, key=lambda item: item[0])[1] if listed else frozenset()
    found: frozenset[str] = memo[CLASSES]
    return found


def _classes(lexicon: EventLexicon, entry: str) -> frozenset[str]:
    rows = lexicon.find("noun", entry)
    return frozenset(name for row in rows for name in row.classes) if rows else frozenset()
