"""Clauses read as noun phrases: "as Trump levies tariffs", "rejected on Thursday calls", "sides conducted talks"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import Tree

INSIDE = frozenset({"amod", "compound"})
BEFORE = frozenset({"det", "amod", "compound", "nmod:desc", "nmod:poss", "nummod", "nsubj"})  # of a subject
OPENERS = frozenset({"case", "mark", "advmod", "cc"})  # words that open a clause, left of its subject
QUOTES = frozenset({'"', "“", "”", "'", "‘", "’"})
ADVERB_END = "ly"
SUBJECT_PLACES = frozenset({"nsubj", "nsubj:pass", "csubj"})
# What the clause is in its sentence, by what its noun phrase was read as; others are loosely joined.
CLAUSE_OF = {"ROOT": "ROOT", "ccomp": "ccomp", "conj": "conj", "obl": "advcl", "nmod": "advcl", "advcl": "advcl"}


def free_swallowed_verbs(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """A verb between a name and its object is no modifier of the object ("as President Rossi levies tariffs")."""
    for verb in range(start + 1, end - 1):
        noun = tree.heads[verb]
        swallowed = tree.deps[verb] in INSIDE or (tree.deps[verb] == "nsubj" and tree.words[verb] in words.verbs)
        if not swallowed or not verb < noun < end or tree.pos[noun] not in ("NOUN", "PROPN"):
            continue
        if not _is_past(tree, verb, noun, words) and not _is_present(tree, verb, noun, words):
            continue
        subject = _subject_before(tree, start, verb, noun)
        if subject is not None and tree.deps[noun] not in SUBJECT_PLACES:
            _make_clause(tree, start, end, (subject, verb, noun), words)


def _is_past(tree: Tree, verb: int, noun: int, words: RepairWords) -> bool:
    hyphened = verb and tree.words[verb - 1] == "-"
    past = tree.pos[verb] == "VERB" and tree.words[verb].endswith("ed")
    # A whole sentence needs a verb, whatever else the form may be.
    return bool(past and not hyphened and (tree.heads[noun] == noun or tree.words[verb] not in words.sided))


def _is_present(tree: Tree, verb: int, noun: int, words: RepairWords) -> bool:
    """Whether a form with -s between a name and a plural is a verb: nouns modify in the singular."""
    if tree.words[verb] not in words.verbs or tree.pos[verb] != "NOUN" or not tree.words[noun].endswith("s"):
        return False
    return any(tree.heads[at] == verb and tree.pos[at] == "PROPN" for at in range(max(0, verb - 3), verb))


def _subject_before(tree: Tree, start: int, verb: int, noun: int) -> int | None:
    """The head of the name right before a verb, adverbs and quotation marks between; None where there is none."""
    at = verb - 1
    while at > start and (tree.words[at].endswith(ADVERB_END) or tree.words[at] in QUOTES):
        at -= 1
    if at < start or tree.pos[at] != "PROPN":
        return None
    top = at
    while tree.heads[top] not in (verb, noun, top) and start <= tree.heads[top] < verb:
        top = tree.heads[top]
    return top if tree.heads[top] in (verb, noun) else None


def _make_clause(tree: Tree, start: int, end: int, places: tuple[int, int, int], words: RepairWords) -> None:
    subject, verb, noun = places
    head, relation = tree.heads[noun], tree.deps[noun]
    if tree.pos[verb] != "VERB":
        tree.make_verb(verb, words.verbs[tree.words[verb]], "Fin")
    tree.attach(verb, verb if head == noun else head, CLAUSE_OF.get(relation, "parataxis"))
    for child in [*tree.children(noun, start, verb), *tree.children(verb, start, verb)]:
        if child == subject:
            tree.attach(child, verb, "nsubj")
        elif tree.deps[child] in OPENERS:
            tree.attach(child, verb, "mark" if tree.deps[child] == "case" else tree.deps[child])
        elif child < subject and tree.deps[child] in BEFORE:
            tree.attach(child, subject, tree.deps[child] if tree.deps[child] != "nsubj" else "compound")
        else:
            tree.attach(child, verb, tree.deps[child])
    tree.attach(noun, verb, "obj")


def finish_participles(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """A past participle with an object is a verb ("said both sides conducted talks"), but not after "offered"."""
    for verb in range(start + 1, end):
        noun = tree.heads[verb]
        if tree.deps[verb] != "acl" or not start <= noun < verb or not tree.words[verb].endswith("ed"):
            continue
        if tree.deps[noun] not in ("ccomp", "obl", "conj") or tree.words[verb] in words.giving:
            continue
        below = {tree.deps[child] for child in tree.children(verb, start, end)}
        if "obj" not in below or below & {"aux", "aux:pass", "obl:agent", "nsubj"} or tree.words[verb - 1] == ",":
            continue
        tree.attach(verb, tree.heads[noun], "ccomp" if tree.deps[noun] == "ccomp" else "advcl")
        for child in tree.children(noun, start, noun):
            if tree.deps[child] == "case":
                tree.attach(child, verb, "mark")
        tree.attach(noun, verb, "nsubj")


def bind_gerund_subjects(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "a response to Chad shelling a town" the name does what the form with -ing says."""
    for verb in range(start + 2, end):
        name = verb - 1
        if tree.deps[verb] != "acl" or not tree.words[verb].endswith("ing") or tree.pos[name] != "PROPN":
            continue
        top = tree.top(name, start, verb)
        while tree.heads[name] != tree.heads[verb] and start <= tree.heads[name] < verb and tree.heads[name] != name:
            name = tree.heads[name]
        if tree.heads[name] == tree.heads[verb] and tree.deps[name] == "nmod" and top != name:
            for child in tree.children(name, start, verb):
                if tree.deps[child] == "case":
                    tree.attach(child, verb, "mark")
            tree.attach(name, verb, "nsubj")


def free_weekdays(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "rejected on Thursday calls for talks" the day is no part of the calls."""
    for day in range(start + 1, end - 1):
        noun = tree.heads[day]
        if tree.words[day] not in words.days or tree.words[day - 1] != "on" or noun != day + 1:
            continue
        verb = tree.heads[noun]
        if tree.deps[noun] != "obl" or not start <= verb < day or tree.words[noun] in words.hours:
            continue
        if any(tree.deps[child] in ("obj", "ccomp") for child in tree.children(verb, start, end)):
            continue
        tree.attach(day, verb, "obl")
        tree.attach(day - 1, day, "case")
        tree.attach(noun, verb, "obj")


def free_countdowns(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "cancelled a strike minutes before it began" the strike is the object, the minutes say when."""
    for unit in range(start + 1, end - 1):
        if tree.words[unit] not in words.units or tree.words[unit + 1] not in ("before", "after"):
            continue
        noun = unit - 1
        if tree.heads[noun] != unit or tree.deps[noun] != "compound" or tree.deps[unit] != "obj":
            continue
        verb = tree.heads[unit]
        tree.attach(noun, verb, "obj")
        for child in tree.children(unit, start, noun):
            tree.attach(child, noun, tree.deps[child])
        tree.attach(unit, verb, "obl:unmarked")
