"""Quotation marks that mislead the parser: 'a limited "phase one" deal', '"The two met," adding:'."""

from itertools import pairwise

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import Tree

QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''"})
LONGEST = 3  # words between the marks
BEFORE = frozenset({"DET", "ADJ", "PRON", "NUM"})
CALLED = "called"  # of "so-called"
LOOSE = frozenset({"dep", "parataxis", "appos", "ROOT"})
CLAUSES = frozenset({"ccomp", "parataxis", "advcl", "dep"})
AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
STOPS = frozenset({",", ":", ";", "–", "—", "-", "."})


def bind_quoted_modifiers(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """Hangs a short quoted modifier at the noun that follows it, with what stands before the quotation."""
    marks = [at for at in range(start, end) if tree.words[at] in QUOTES]
    for opening, closing in pairwise(marks):
        noun = closing + 1
        short = 1 < closing - opening <= LONGEST + 1
        if short and noun < end and tree.pos[noun] == "NOUN" and tree.words[noun].isalpha():
            inside = range(opening + 1, closing)
            if _is_sidelined(tree, inside, noun):
                _sideline(tree, start, end, inside, noun)
            elif opening > start and _is_opened(tree, opening - 1) and not any(_is_told(tree, at) for at in inside):
                _bind(tree, start, end, inside, noun)
                _turn_so_called(tree, start, end, opening - 1, noun)


def _is_opened(tree: Tree, before: int) -> bool:
    """Whether the word before the quotation opens a noun phrase ("a limited", "so-called")."""
    return tree.pos[before] in BEFORE or tree.deps[before] == "amod" or tree.words[before] == CALLED


def _is_told(tree: Tree, at: int) -> bool:
    """Whether a quoted word is a verb with a tense, so that the quotation is a clause; orders are misread nouns."""
    return tree.is_finite(at) and "Tense" in tree.doc[at].morph


def _is_sidelined(tree: Tree, inside: range, noun: int) -> bool:
    """Whether the quoted words were read as the main clause, and the clause of the noun as an aside."""
    verb = tree.heads[noun]
    roots = [at for at in inside if tree.heads[at] == at]
    return (
        bool(roots) and tree.deps[noun] == "nsubj" and tree.deps[verb] == "parataxis" and tree.heads[verb] == roots[0]
    )


def _sideline(tree: Tree, start: int, end: int, inside: range, noun: int) -> None:
    verb = tree.heads[noun]
    phrase = next(at for at in inside if tree.heads[at] == at)
    for child in tree.children(phrase, start, end):
        if child not in inside and child != verb:
            tree.attach(child, verb, tree.deps[child])
    tree.attach(verb, verb, "ROOT")
    tree.attach(phrase, noun, "compound")


def _bind(tree: Tree, start: int, end: int, inside: range, noun: int) -> None:
    wrong = [at for at in inside if tree.heads[at] not in inside and tree.heads[at] != noun]
    wrong += [at for at in inside if tree.heads[at] == at]
    if not wrong:
        return
    first = wrong[0]
    outer, relation = tree.heads[first], tree.deps[first]
    if tree.deps[noun] in LOOSE or tree.heads[noun] in inside or tree.heads[noun] == outer:
        tree.attach(noun, noun if relation == "ROOT" else outer, relation)
    for child in tree.children(first, start, end):
        if child not in inside and child != noun:
            tree.attach(child, noun, tree.deps[child])
    for at in dict.fromkeys(wrong):
        tree.attach(at, noun, "compound")


def _turn_so_called(tree: Tree, start: int, end: int, before: int, noun: int) -> None:
    """Makes "so-called" before the quotation an adjective of the noun where it was read as the phrase's head."""
    if tree.words[before] != CALLED or tree.heads[before] == noun or tree.heads[before] == before:
        return
    own = [child for child in tree.children(before, start, end) if tree.deps[child] in ("case", "det", "nmod:poss")]
    relation = "obl" if any(tree.deps[child] == "case" for child in own) else tree.deps[before]
    tree.attach(noun, tree.heads[before], "obj" if relation == "xcomp" else relation)
    for child in own:
        tree.attach(child, noun, tree.deps[child])
    tree.attach(before, noun, "amod")


def demote_trailing_participle(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In '"Peru held talks," adding:' the quoted verb is the main one; the participle only leads on to what follows."""
    last = tree.last_word(start, end)
    if tree.words[last] != ":":
        return
    at = last - 1
    while at > start and tree.pos[at] == "ADV":
        at -= 1
    closing = _closing(tree, start, at)
    if tree.pos[at] != "VERB" or not tree.words[at].endswith("ing") or closing is None:
        return
    if tree.heads[at] == at:
        _hand_over(tree, start, closing, at)
    elif tree.deps[at] == "acl":
        tree.attach(at, tree.top(at, start, end), "advcl")


def _closing(tree: Tree, start: int, at: int) -> int | None:
    """The quotation mark right before a word, its comma inside or outside."""
    while at > start and tree.words[at - 1] in STOPS:
        at -= 1
    return at - 1 if at > start and tree.words[at - 1] in QUOTES else None


def _hand_over(tree: Tree, start: int, closing: int, participle: int) -> None:
    """Makes the finite clause inside the quotation the sentence's main one, with what hung at the participle."""
    children = tree.children(participle, start, closing)
    verb = next((at for at in range(start, closing) if _is_main(tree, start, at, [participle, *children])), None)
    if verb is None:
        return
    tree.attach(verb, verb, "ROOT")
    for child in children:
        if child != verb:
            tree.attach(child, verb, tree.deps[child])
    tree.attach(participle, verb, "advcl")


def _is_main(tree: Tree, start: int, at: int, above: list[int]) -> bool:
    """Whether a word is the verb (or the copula's noun) of a clause right below one of those."""
    if tree.heads[at] not in above or tree.deps[at] not in CLAUSES:
        return False
    return tree.is_finite(at) or any(tree.deps[child] in AUXILIARIES for child in tree.children(at, start, at))
