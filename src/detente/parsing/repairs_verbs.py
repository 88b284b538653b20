"""Verbs that were read as something else: "India backs sanctions", "Turkey to host summit", "Talks stalled"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import Tree

OBJECT_STARTS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "VERB"})
LINKING = frozenset({"cop", "aux", "aux:pass"})
NEAR = 3  # tokens from "to" to a verb read as a noun, quotation marks and an adverb between them
BEING = frozenset({"am", "is", "are", "was", "were", "been"})
MODALS = frozenset({"must", "will", "would", "can", "could", "should", "may", "might", "shall", "wo", "ca"})
NAMES = frozenset({"PROPN", "NOUN"})
OWN_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "expl", "csubj"})

# Participles behind a noun that are read as its verb, and the word behind them.
CLAUSE_PLACES = frozenset({"ROOT", "ccomp", "advcl", "conj", "parataxis", "acl:relcl"})


def read_predicates_as_verbs(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """A noun with a subject and no copula is a verb ("Russia no longer supplies gas", "the two last spoke in May")."""
    for at in range(start, end):
        lemma = words.verbs.get(tree.words[at]) or words.pasts.get(tree.words[at])
        if tree.pos[at] != "NOUN" or lemma in (None, tree.words[at]):  # "cut" and "hit" are nouns too
            continue
        relations = {tree.deps[child] for child in tree.children(at, start, end)}
        if "nsubj" in relations and not relations & (LINKING | {"det", "case"}):
            tree.make_verb(at, lemma, "Fin" if tree.words[at] in words.verbs else "Past")
            if tree.pos[at - 1] == "ADJ" and start < at - 1:  # "last" is of the verb, not of the name before it
                tree.pos[at - 1] = "ADV"
                tree.attach(at - 1, at, "advmod")


def read_adjectives_as_verbs(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """An adjective with an object and an auxiliary is a verb ("Peru would lower barriers")."""
    for at in range(start, end):
        if tree.pos[at] == "ADJ" and _is_done_to(tree, at, start, end):
            tree.make_verb(at, tree.words[at], "Inf")


def _is_done_to(tree: Tree, at: int, start: int, end: int) -> bool:
    """Whether an adjective has an object and an auxiliary but no copula."""
    relations = {tree.deps[child]: child for child in tree.children(at, start, end)}
    has_object = relations.get("obj", start) > at
    return has_object and "aux" in relations and not relations.keys() & {"cop", "det", "case"}


def mend_infinitives(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """The word behind the particle "to" is a verb ("vows to close border"); behind a bare name it is the main one."""
    for at in range(start + 1, end - 1):
        if tree.words[at] != "to" or tree.pos[at] != "PART":
            continue
        verb = at + 1
        marked = tree.heads[at]
        plain = not any(tree.pos[between] in ("AUX", "VERB", "DET") for between in range(at + 1, marked))
        if tree.deps[at] == "mark" and at < marked <= at + NEAR and tree.pos[marked] == "NOUN" and plain:
            tree.make_verb(marked, tree.words[marked], "Inf")
            if tree.deps[marked] in ("obl", "obj", "nmod") and tree.pos[tree.heads[marked]] == "VERB":
                tree.attach(marked, tree.heads[marked], "xcomp")
        if _is_plural(tree, verb) and tree.heads[at] == verb and tree.deps[at] == "mark":
            _read_as_goal(tree, at, verb, start, end)
            continue
        governed = tree.pos[at - 1] == "VERB" or _is_name_only(tree, start, at)
        known = tree.pos[verb] == "VERB" or tree.words[verb] in words.verbs.values()
        if governed and known and tree.deps[at] == "case":
            _free_verb(tree, at, verb)
        if tree.pos[verb] == "VERB" and _is_name_only(tree, start, at):
            _make_main(tree, start, end, verb)


def _is_plural(tree: Tree, at: int) -> bool:
    """Whether a word read as a verb ends as no infinitive does: "came to blows"."""
    word = tree.words[at]
    return tree.pos[at] == "VERB" and word.endswith("s") and tree.doc[at].lemma_.lower() == word[:-1]


def _read_as_goal(tree: Tree, to: int, noun: int, start: int, end: int) -> None:
    """Makes of "to" and a verb a preposition and its noun; what stands behind belongs to the verb before."""
    tree.pos[noun] = tree.doc[noun].pos_ = "NOUN"
    tree.pos[to] = tree.doc[to].pos_ = "ADP"
    tree.attach(to, noun, "case")
    main = tree.heads[noun]
    tree.attach(noun, main, "obl")
    for child in tree.children(noun, start, end):
        if child > noun and tree.deps[child] in ("obl", "obj", "advmod"):
            tree.attach(child, main, tree.deps[child])


def read_behind_modals(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """The word right behind "must" is a verb ("the army must hand power over"), whatever noun it was read with."""
    for modal in range(start + 1, end - 2):
        verb = modal + 1
        noun = tree.heads[verb]
        if tree.words[modal] not in MODALS or tree.pos[modal] != "AUX" or tree.deps[verb] != "compound":
            continue
        if tree.pos[verb] != "NOUN" or not verb < noun < end or tree.heads[modal] not in (noun, verb):
            continue
        tree.make_verb(verb, tree.words[verb], "Inf")
        tree.take_place(verb, noun)
        for child in tree.children(noun, start, end):
            before = child < verb or (child > noun and tree.deps[child] == "punct")
            tree.attach(child, verb if before else noun, "aux" if child == modal else tree.deps[child])
        tree.attach(noun, verb, "obj")


def read_progressives(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "it was lifting sanctions" the form with -ing is the verb, no modifier of the sanctions."""
    for verb in range(start + 1, end - 1):
        noun = tree.heads[verb]
        if tree.deps[verb] != "amod" or tree.pos[verb] != "VERB" or not verb < noun < end:
            continue
        links = [at for at in tree.children(noun, start, verb) if tree.deps[at] == "cop"]
        known = tree.doc[verb].lemma_.lower() in words.verbs.values() and tree.words[verb].endswith("ing")
        if not links or not known or links[-1] < verb - 2 or tree.words[links[-1]] not in BEING:
            continue
        tree.take_place(verb, noun)
        for child in tree.children(noun, start, end):
            before = child < verb or (child > noun and tree.deps[child] == "punct")
            tree.attach(child, verb if before else noun, "aux" if child in links else tree.deps[child])
        tree.attach(noun, verb, "obj")


def _free_verb(tree: Tree, to: int, verb: int) -> None:
    """Makes the verb of "to close border" out of an adjective of the border."""
    if tree.pos[verb] != "VERB":
        tree.make_verb(verb, tree.words[verb], "Inf")
    noun = tree.heads[verb]
    before = to - 1
    tree.attach(verb, before, "xcomp" if tree.pos[before] == "VERB" else "acl")
    tree.attach(to, verb, "mark")
    if noun > verb:
        tree.attach(noun, verb, "obj")


def _is_name_only(tree: Tree, start: int, end: int) -> bool:
    """Whether the sentence opens with nothing but names."""
    named = all(tree.pos[at] in ("PROPN", "PUNCT") or tree.words[at] in ("and", "to") for at in range(start + 1, end))
    return named and _is_name(tree, start)


def _is_name(tree: Tree, at: int) -> bool:
    """Whether a word is a name; at the start of a sentence unknown ones pass for nouns."""
    return tree.pos[at] == "PROPN" or (tree.pos[at] == "NOUN" and tree.doc[at].is_title)


def _make_main(tree: Tree, start: int, end: int, verb: int) -> None:
    if any(tree.is_finite(at) for at in range(start, end) if tree.heads[at] == at):
        return
    subject = tree.top(start, start, verb)
    tree.make_root(verb, start, end)
    tree.attach(subject, verb, "nsubj")
    _rename_rest(tree, verb, start, end)


def find_hidden_verbs(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "India backs sanctions on Iran" the verb is what was read as a noun between the name and its object."""
    at = start + (tree.words[start] in ("the", "a"))
    while (
        at < end
        and (tree.pos[at] == "PROPN" or (at == start and _is_name(tree, at)))
        and tree.words[at] not in words.verbs
    ):
        at += 1
    if at >= end - 1 or tree.words[at] not in words.verbs or not _has_name(tree, start, at):
        return
    if (tree.heads[at] == at and tree.is_finite(at)) or not _is_verb_here(tree, at, start, end, words):
        return
    subject = tree.top(at - 1, start, at)
    if tree.words[at + 1] in words.object_nouns and tree.pos[at + 1] == "VERB":
        tree.doc[at + 1].pos_ = tree.pos[at + 1] = "NOUN"
    tree.make_verb(at, words.verbs[tree.words[at]], "Fin")
    tree.make_root(at, start, end)
    tree.attach(subject, at, "nsubj")
    for before in range(start, subject):
        if tree.deps[before] in ("det", "compound", "amod") and tree.heads[before] >= at:
            tree.attach(before, subject, tree.deps[before])
    _rename_rest(tree, at, start, end)


def _has_name(tree: Tree, start: int, end: int) -> bool:
    return any(tree.pos[at] in NAMES for at in range(start, end))


def _is_verb_here(tree: Tree, at: int, start: int, end: int, words: RepairWords) -> bool:
    """Whether what follows needs a verb here: an object, "to" or "that", and no other verb of the main clause."""
    following = tree.words[at + 1]
    if following == "that" or (following == "to" and tree.pos[at + 1] == "PART"):
        return True
    if following in words.object_nouns and at + 2 < end and tree.pos[at + 2] == "ADP":
        return True
    if any(tree.is_finite(index) for index in range(start, end) if index != at):
        return False
    return tree.pos[at + 1] in OBJECT_STARTS or tree.words[at] in words.only_verbs


def _rename_rest(tree: Tree, verb: int, start: int, end: int) -> None:
    """Gives what now hangs loosely at a verb its relation: the noun behind it is its object."""
    behind = [child for child in tree.children(verb, start, end) if child > verb]
    loose = [child for child in behind if tree.deps[child] in ("dep", "nmod", "acl", "appos")]
    found = next((child for child in behind if tree.deps[child] == "obj"), None)
    for child in loose:
        case = any(tree.deps[below] == "case" for below in tree.children(child, start, end))
        if tree.deps[child] == "acl":
            tree.attach(child, verb, "ccomp" if tree.is_finite(child) else "xcomp")
        elif tree.pos[child] in NAMES and case:
            tree.attach(child, verb, "obl")
        elif tree.pos[child] in NAMES and found is None:
            tree.attach(child, verb, "obj")
            found = child
    for child in behind:
        if found is not None and tree.deps[child] in ("det", "amod", "compound", "nummod", "nmod:poss"):
            tree.attach(child, found, tree.deps[child])


def promote_participle(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In a full sentence without another verb the participle behind its subject is the verb ("Talks stalled.")."""
    last = tree.last_word(start, end)
    while last > start and tree.pos[last] == "PUNCT" and tree.words[last] != ".":
        last -= 1
    roots = [at for at in range(start, end) if tree.heads[at] == at and tree.pos[at] in ("NOUN", "PRON", "PROPN")]
    if tree.words[last] != "." or not roots or any(tree.deps[at] in LINKING for at in range(start, end)):
        return
    root = roots[0]
    for at in range(root + 1, end):
        past = tree.words[at].endswith("ed") or tree.words[at] in words.pasts
        if tree.deps[at] == "acl" and tree.pos[at] == "VERB" and past:
            joined = {index for index in range(at, end) if tree.heads[index] == at and tree.deps[index] == "conj"}
            others = any(tree.is_finite(index) for index in range(start, end) if index not in joined | {at})
            if _is_behind(tree, at, root) and not (others and not tree.is_finite(at)):
                tree.make_root(at, start, end)
                tree.attach(root, at, "nsubj")
                if tree.words[at] in words.pasts:
                    tree.make_verb(at, words.pasts[tree.words[at]], "Past")
            return


def _is_behind(tree: Tree, participle: int, root: int) -> bool:
    """Whether a participle hangs at the root noun or at the phrases that describe it."""
    at = participle
    while tree.heads[at] != at:
        if tree.deps[at] not in ("acl", "acl:relcl", "nmod", "appos", "conj", "obl", "flat", "compound"):
            return False
        at = tree.heads[at]
    return at == root


def promote_aside(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """The verb behind a name and its apposition, read as an aside, is the main one: "Ilic, chief of the bank, held"."""
    roots = [at for at in range(start, end) if tree.heads[at] == at and tree.pos[at] in NAMES]
    if not roots:
        return
    children = tree.children(roots[0], start, end)
    described = any(tree.deps[child] == "appos" for child in children)
    verb = next((child for child in children if tree.deps[child] == "parataxis" and tree.is_finite(child)), None)
    if verb is None or not described or tree.words[verb - 1] != ",":
        return
    if not any(tree.deps[child] in OWN_SUBJECTS for child in tree.children(verb, start, end)):
        tree.make_root(verb, start, end)
        tree.attach(roots[0], verb, "nsubj")


def free_main_clauses(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Without talks, which Chad has ruled out, peace is far" it is not the peace that was ruled out."""
    for main in range(start + 4, end):
        verb = tree.heads[main]
        if tree.deps[main] != "ccomp" or not start < verb < main or tree.deps[verb] != "acl:relcl":
            continue
        pronouns = [
            at for at in tree.children(verb, start, verb) if tree.deps[at] == "obj" and tree.words[at] == "which"
        ]
        noun = tree.heads[verb]
        first = min([main, *tree.children(main, start, end)])
        own = [at for at in tree.children(main, verb, end) if tree.deps[at] in ("nsubj", "nsubj:pass")]
        if not pronouns or not own or "," not in (tree.words[first - 1], tree.words[first]) or tree.heads[noun] != noun:
            continue
        tree.make_root(main, start, end)
        tree.attach(noun, main, "obl")


def demote_aims(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "talks aimed at marking the border will be held" the talks are held, they do not aim."""
    for aimed in range(start + 1, end - 3):
        noun = next((at for at in tree.children(aimed, start, aimed) if tree.deps[at] == "nsubj"), None)
        if tree.words[aimed + 1] not in words.aimed.get(tree.words[aimed], ()) or noun is None:
            continue
        if tree.deps[aimed] not in CLAUSE_PLACES or any(
            tree.deps[at] in ("aux", "aux:pass") for at in tree.children(aimed, start, aimed)
        ):
            continue
        for verb in tree.children(aimed, aimed, end):
            owned = [at for at in tree.children(verb, aimed, verb) if tree.deps[at] in ("nsubj", "nsubj:pass")]
            bound = [at for at in tree.children(verb, aimed, verb) if tree.deps[at] in ("aux", "aux:pass", "cop")]
            if tree.deps[verb] not in ("advcl", "ccomp", "conj", "parataxis") or not owned or not bound:
                continue
            _turn_round(tree, (noun, aimed, owned[0], verb), start)
            break


def _turn_round(tree: Tree, places: tuple[int, int, int, int], start: int) -> None:
    noun, aimed, owned, verb = places
    tree.take_place(verb, aimed)
    for mark in tree.children(aimed, start, aimed):
        if mark != noun:
            tree.attach(mark, verb, tree.deps[mark])
    tree.attach(noun, verb, tree.deps[owned])
    objects = [at for at in range(aimed + 1, owned) if tree.deps[at] in ("obj", "obl", "nmod")]
    tree.attach(owned, objects[-1] if objects else aimed, "conj")
    tree.attach(aimed, noun, "acl")
    for mark in tree.children(verb, owned, verb):
        if tree.deps[mark] == "cc":
            tree.attach(mark, owned, "cc")


def free_infinitives(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "wants Chad to end raids and leave" the word behind "to" is a verb, as are the bare ones behind it."""
    verbs = frozenset(words.verbs.values())
    for to in range(start + 2, end - 2):
        verb, noun = to + 1, tree.heads[to]
        if tree.words[to] == "to" and tree.deps[noun] == "acl" and tree.pos[tree.heads[noun]] == "VERB":
            tree.attach(noun, tree.heads[noun], "xcomp")
        if tree.words[to] != "to" or tree.deps[to] != "case" or tree.words[verb] not in verbs or not verb < noun < end:
            continue
        asking = tree.heads[noun]
        asked = [at for at in tree.children(asking, start, to) if tree.deps[at] in ("obj", "iobj")]
        if tree.heads[verb] != noun or tree.deps[verb] != "compound" or not asked or asking >= to:
            continue
        if tree.doc[asking].lemma_ not in words.ordering | words.wishing or tree.pos[asking] != "VERB":
            continue
        tree.make_verb(verb, tree.words[verb], "Inf")
        tree.attach(verb, asking, "xcomp")
        tree.attach(noun, verb, "obj")
        tree.attach(to, verb, "mark")
        for other in tree.children(asking, noun, end):
            if tree.deps[other] == "conj" and tree.words[other] == tree.doc[other].lemma_.lower():
                tree.attach(other, verb, "conj")
            elif tree.deps[other] == "conj" and tree.words[other].endswith("ing"):
                tree.attach(other, verb, "advcl")


def end_lapsed_plans(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "A summit planned in May collapsed" the summit collapsed, it planned nothing."""
    for planned in range(start + 1, end - 3):
        noun = next((at for at in tree.children(planned, start, planned) if tree.deps[at] == "nsubj"), None)
        behind = tree.heads[planned] if tree.deps[planned] == "acl" else None
        noun = behind if behind is not None and tree.heads[behind] == behind else noun
        main = tree.deps[planned] == "ROOT" or (noun is not None and noun == behind)
        if tree.words[planned] not in words.planned or noun is None or not main:
            continue
        if tree.words[planned + 1] not in ("for", "in", "on"):
            continue
        for verb in tree.children(tree.top(planned, start, end), planned + 1, end):
            below = {tree.deps[at] for at in tree.children(verb, start, end)}
            past = tree.doc[verb].morph.get("Tense") == ["Past"] and tree.pos[verb] == "VERB"
            apart = "," in tree.words[planned:verb]
            if past and not apart and not below & {"nsubj", "nsubj:pass", "mark", "cc"}:
                tree.make_root(verb, start, end)
                tree.attach(planned, noun, "acl")
                tree.attach(noun, verb, "nsubj")
                for date in tree.children(verb, planned, verb):
                    tree.attach(date, planned, tree.deps[date])
                break
