"""Repairs of clauses without "who was" ("two sailors arrested in Lima were freed") and of verbs that pass for nouns."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import Tree

BOUND = frozenset({"aux", "aux:pass", "cop"})
LINKS = frozenset({"conj", "advcl", "xcomp", "ccomp", "parataxis", "acl", "dep", "obl:agent", "amod"})
APART = frozenset({",", ";", ":", "and", "but", "or", "who", "which", "that", "when", "as", "while"}) | {
    "because",
    "until",
    "if",
    "though",
    "where",
    "how",
}
CONJUNCTIONS = frozenset({"after", "before", "since"})  # also prepositions, before a date
ATTRIBUTES = frozenset({"amod", "compound", "nmod:poss"})
SUBJECTS = ("nsubj", "nsubj:pass")
STOLEN = frozenset({*SUBJECTS, "compound"})  # what a parse makes of a noun that it gives to who says so
REACH = 12  # words around a verb in which what it governs is looked for
NOMINAL = ("NOUN", "PROPN", "NUM")


def turn_reduced(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Two sailors arrested in Lima were released" they arrested nobody: the second verb is the main one."""
    for taken in range(start + 1, end - 2):
        if not _is_participle(tree, taken, words) or tree.words[taken + 1] not in words.whereabouts:
            continue
        noun = _noun_before(tree, start, taken)
        if noun is None:
            continue
        verb = next((at for at in tree.children(taken, taken + 2, end) if _is_main(tree, taken, at, words)), None)
        if verb is not None:
            _turn(tree, (noun, taken, verb), end, words)


def _is_participle(tree: Tree, at: int, words: RepairWords) -> bool:
    """Whether a word can be a participle of a verb with an object, which it does not have here."""
    word = tree.words[at]
    known = word.endswith("ed") or word in words.participles
    if tree.pos[at] != "VERB" or not known or word in words.sure_pasts | words.planned:
        return False
    near = range(max(at - REACH, 0), min(at + REACH, len(tree.deps)))
    return not {tree.deps[child] for child in near if tree.heads[child] == at} & {*BOUND, "obj", "iobj", "mark"}


def _noun_before(tree: Tree, start: int, taken: int) -> int | None:
    """The noun that a participle was taken for the verb of, or at which it hangs as the main word."""
    if tree.deps[taken] == "acl" and tree.heads[tree.heads[taken]] == tree.heads[taken]:
        noun = tree.heads[taken]
        return noun if start <= noun < taken and tree.pos[noun] in NOMINAL else None
    owned = (at for at in tree.children(taken, start, taken) if tree.deps[at] in SUBJECTS)
    return next((at for at in owned if tree.pos[at] in NOMINAL and at + 1 == taken), None)


def _is_main(tree: Tree, taken: int, verb: int, words: RepairWords) -> bool:
    """Whether a verb hung below a participle is finite, has no subject of its own and is joined by nothing."""
    between = APART - {"and"} if tree.words[taken] in words.opening else APART
    if tree.pos[verb] != "VERB" or tree.deps[verb] not in LINKS or between.intersection(tree.words[taken:verb]):
        return False
    below = {tree.deps[at]: at for at in tree.children(verb, taken, verb)}
    owned = [_led_in(tree, taken, below[name], words) for name in SUBJECTS if name in below]
    opened = [at for at in range(taken, verb) if tree.words[at] in CONJUNCTIONS]
    if opened and tree.deps[verb] == "advcl" and tree.words[opened[-1] + 1] not in words.months | words.days:
        return False  # "deployed to the Gulf after Chad downed a jet"
    if None in owned or "cc" in below or ("mark" in below and below["mark"] not in owned):
        return False
    return not BOUND.isdisjoint(below) or "Fin" in tree.doc[verb].morph.get("VerbForm", [])


def _led_in(tree: Tree, taken: int, noun: int, words: RepairWords) -> int | None:
    """The preposition before what was taken for a subject ("held since March was freed"); None where it has none."""
    before = min([noun, *tree.children(noun, taken + 1, noun)])
    led = before if tree.words[before] in words.whereabouts else before - 1
    if tree.words[led] in CONJUNCTIONS and tree.words[noun] not in words.months | words.days:
        return None
    return led if led > taken and tree.words[led] in words.whereabouts else None


def _turn(tree: Tree, places: tuple[int, int, int], end: int, words: RepairWords) -> None:
    """Makes the verb what the clause tells, the noun its subject, and the participle a description of the noun."""
    noun, taken, verb = places
    above = noun if tree.deps[taken] == "acl" else taken
    passive = any(tree.deps[at] == "aux:pass" for at in tree.children(verb, taken, verb))
    tree.take_place(verb, above)
    for part in tree.children(verb, taken, verb):
        if tree.deps[part] in SUBJECTS and (led := _led_in(tree, taken, part, words)) is not None:
            tree.attach(part, taken, "obl:agent" if tree.words[led] == "by" else "obl")
            tree.attach(led, part, "case")
    lone = above == noun
    for other in [
        *tree.children(above, verb + 1 if lone else max(noun - REACH, 0), end),
        *tree.children(taken, verb + 1, end),
    ]:
        if other not in (noun, verb) and not noun < other < verb:
            tree.attach(other, verb, tree.deps[other])
    tree.attach(taken, noun, "acl")
    tree.make_participle(taken)
    tree.attach(noun, verb, "nsubj:pass" if passive else "nsubj")


def read_phrasals(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "agreed to hand over the men" and "demanded that Chad hand over the men" the hand is a verb."""
    for at in range(start + 1, end - 2):
        if tree.words[at + 1] not in words.phrasal.get(tree.words[at], ()):
            continue
        noun = tree.heads[at + 1] if tree.deps[at + 1] == "case" and at + 1 < tree.heads[at + 1] < end else None
        is_verb = tree.pos[at] == "VERB" or _free_phrasal(tree, start, at, words)
        if noun is not None and any(tree.deps[word] == "case" for word in tree.children(noun, at + 2, noun)):
            continue  # "pull out of the pact"
        if is_verb and noun is not None:
            tree.attach(noun, at, "obj")
            tree.attach(at + 1, at, "compound:prt")


def _free_phrasal(tree: Tree, start: int, at: int, words: RepairWords) -> bool:
    """Makes a verb of a word behind "to", or behind "that" and a name; tells whether it could."""
    if tree.words[at - 1] == "to":
        tree.make_verb(at, tree.words[at], "Inf")
        tree.attach(at - 1, at, "mark")
        tree.attach(at, tree.heads[at], "xcomp")
        return True
    doer = next((name for name in tree.children(at, start, at) if tree.deps[name] == "compound"), None)
    that = next((word for word in range(at - 1, start, -1) if tree.words[word] == "that"), None)
    if doer is None or that is None or that > doer:
        return False
    if tree.pos[that - 1] != "VERB" and tree.words[that - 1] not in words.verbs:  # "Mali demands", not yet read as one
        return False
    tree.make_verb(at, tree.words[at], "Fin")
    tree.attach(doer, at, "nsubj")
    tree.attach(that, at, "mark")
    tree.attach(at, that - 1, "ccomp")
    return True


def read_opening_nouns(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Clashes between Chadian and Malian troops killed nine" the first word is a noun, and the subject."""
    if tree.words[start] not in words.opening or tree.pos[start] != "VERB" or start + 3 >= end:
        return
    verb = tree.heads[start] if tree.deps[start] in SUBJECTS else None
    if verb is None:
        verb = next((at for at in tree.children(start, start + 3, end) if _is_main(tree, start, at, words)), None)
    if verb is None or {",", ";"} & set(tree.words[start:verb]) or tree.words[start + 1] not in words.whereabouts:
        return
    token = tree.doc[start]
    token.pos_, token.lemma_, tree.pos[start] = "NOUN", words.opening[tree.words[start]], "NOUN"
    for phrase in tree.children(start, start + 1, verb):
        tree.attach(phrase, start, "nmod" if tree.deps[phrase] in ("obl", "obj") else tree.deps[phrase])
    for other in tree.children(start, verb + 1, end):
        tree.attach(other, verb, tree.deps[other])
    tree.attach(verb, verb if tree.heads[verb] == start else tree.heads[verb], _relation(tree, verb, start))
    tree.attach(start, verb, "nsubj")


def _relation(tree: Tree, verb: int, below: int) -> str:
    """The relation of a verb that becomes the main one where it hung at the word below."""
    return "ROOT" if tree.heads[verb] in (verb, below) else tree.deps[verb]


def read_doings(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "closed the border crossing to lorries" what is closed is a crossing: it is no second verb."""
    for at in range(start + 2, end):
        verb = tree.heads[at]
        if tree.words[at] not in words.doings or tree.pos[at] != "VERB" or not start <= verb < at:
            continue
        below = {tree.deps[child] for child in tree.children(at, start, at)}
        sorted_ = tree.deps[at - 1] == "compound" and tree.heads[at - 1] == at
        if not sorted_ or tree.pos[verb] != "VERB" or below & {*BOUND, *SUBJECTS, "mark"}:
            continue
        if any(tree.deps[child] == "obj" for child in tree.children(verb, start, end)):
            continue
        tree.pos[at] = tree.doc[at].pos_ = "NOUN"
        tree.doc[at].lemma_ = tree.words[at]
        tree.attach(at, verb, "obj")
        for child in tree.children(at, at + 1, end):
            tree.attach(child, verb, tree.deps[child])


def read_gatherings(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Roe and Rossi, meeting in Lima, agreed" the two meet: it is no third thing beside them."""
    for at in range(start + 2, end - 2):
        if tree.words[at] not in words.gathering or tree.words[at - 1] != "," or tree.pos[at] != "NOUN":
            continue
        main = _verb_behind_aside(tree, at, end) if tree.heads[at] == at else tree.top(at, start, end)
        closed = main > at and "," in tree.words[at:main]
        above = at if tree.heads[at] == at else main
        subjects = [child for child in tree.children(above, start, at) if tree.deps[child] in SUBJECTS]
        told = tree.is_finite(main) or tree.words[main] in words.sure_pasts
        if closed and subjects and told and tree.words[at + 1] in words.whereabouts:
            if not tree.is_finite(main):
                tree.make_verb(main, tree.doc[main].lemma_, "Past")
            below = tree.children(at, at + 1, main)
            tree.make_root(main, start, end)
            for child in below:
                tree.attach(child, at, tree.deps[child])
            for child in subjects:
                tree.attach(child, main, tree.deps[child])
            tree.make_verb(at, words.gathering[tree.words[at]], "Ger")
            tree.attach(at, main, "advcl")


def _verb_behind_aside(tree: Tree, at: int, end: int) -> int:
    """The verb right behind the comma that closes what begins at a word; the word itself where there is none."""
    comma = next((index for index in range(at + 1, end - 1) if tree.words[index] == ","), at)
    return comma + 1 if comma > at and tree.pos[comma + 1] == "VERB" else at


def lift_between(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "clashes between Chadian and Malian troops killed nine" the troops stand behind "between"."""
    for between in range(start + 1, end - 2):
        if tree.words[between] != "between" or tree.deps[between] != "case":
            continue
        attribute = tree.heads[between]
        noun, before = tree.heads[attribute], between - 1
        if tree.deps[attribute] not in ATTRIBUTES or tree.pos[noun] != "NOUN" or noun < attribute:
            continue
        tree.attach(between, noun, "case")
        if tree.pos[before] == "NOUN" and tree.heads[noun] == tree.heads[before] != before:
            tree.attach(noun, before, "nmod")


def free_told_pasts(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Guards shot at two men near Lima, the ministry said" the guards shot: they did not say anything."""
    for says in range(start + 4, end):
        if tree.pos[says] != "VERB" or tree.doc[says].lemma_.lower() not in words.telling:
            continue
        tellers = [at for at in tree.children(says, start, says) if tree.deps[at] in SUBJECTS]
        if not tellers or any(tree.pos[at] in ("VERB", "AUX") for at in range(says + 1, end)):
            continue  # "Two men arrested in Lima, the ministry said, were freed"
        above = {says, tellers[-1]}
        for verb in range(start + 1, tellers[-1]):
            noun = tree.heads[verb]
            past = tree.words[verb].endswith("ed") or tree.words[verb] in words.pasts
            if past and tree.deps[verb] == "acl" and noun == verb - 1 and tree.heads[noun] in above:
                if "," in tree.words[verb : tellers[-1]] and tree.deps[noun] in STOLEN:
                    _tell(tree, (noun, verb, says), (start, end))
                break


def _tell(tree: Tree, found: tuple[int, int, int], sentence: tuple[int, int]) -> None:
    """Makes the noun the subject of the verb, and what both tell the content of what is said."""
    noun, verb, says = found
    tree.attach(verb, says, "ccomp")
    tree.attach(noun, verb, "nsubj")
    for at in tree.children(noun, verb + 1, sentence[1]):
        if tree.deps[at] == "conj" and tree.pos[at] == "VERB":
            tree.attach(at, verb, "conj")
