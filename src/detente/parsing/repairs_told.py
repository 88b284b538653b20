"""What somebody is said to have done, inside another clause: "the forces, which Kyiv says shelled the town"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import Tree

RELATIVES = frozenset({"which", "who", "that"})
NOMINAL = frozenset({"NOUN", "PROPN", "DET", "ADJ", "PRON", "PART"})
NAMES = frozenset({"NOUN", "PROPN"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
JOINED = frozenset({"conj", "parataxis", "dep"})
LONGEST = 6  # tokens at most of whoever is said to say it
PARTS = frozenset({"aux", "aux:pass", "advmod", "punct", "cop"})


def nest_told_relatives(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "the forces, which Kyiv says shelled the town, withdrew" the shelling is what Kyiv says of the forces."""
    for pronoun in range(start + 1, end - 3):
        if tree.words[pronoun] not in RELATIVES:
            continue
        comma = tree.words[pronoun - 1] == ","
        noun = pronoun - 2 if comma else pronoun - 1
        says = _teller(tree, pronoun + 1, end, words)
        told = _told(tree, says + 1, end) if says is not None else None
        if says is None or told is None or noun < start or tree.pos[noun] not in NAMES:
            continue
        while tree.deps[noun] in ("flat", "compound") and start <= tree.heads[noun] < pronoun:
            noun = tree.heads[noun]
        if not _free_main(tree, start, end, (noun, says, told)):
            continue
        _nest(tree, pronoun, noun, (says, told))


def _teller(tree: Tree, first: int, end: int, words: RepairWords) -> int | None:
    """The verb of saying right behind a short name or noun at `first`; None where none stands there."""
    for at in range(first, min(first + LONGEST, end)):
        if at > first and tree.pos[at] in ("VERB", "AUX"):
            return at if tree.doc[at].lemma_.lower() in words.telling else None
        if tree.pos[at] not in NOMINAL:
            return None
    return None


def _told(tree: Tree, first: int, end: int) -> int | None:
    """The finite verb that follows at once, its auxiliaries and adverbs passed over."""
    for at in range(first, min(first + LONGEST, end)):
        if tree.pos[at] == "VERB" and tree.words[at] != "to":
            below = {tree.deps[child] for child in tree.children(at, first, at)}
            finite = tree.is_finite(at) or below & {"aux", "aux:pass"}
            return at if finite or _is_past_misread(tree, at, end) else None
        if tree.pos[at] not in ("AUX", "ADV"):
            return None
    return None


def _is_past_misread(tree: Tree, verb: int, end: int) -> bool:
    """Whether a past with an object was read as a participle: "the forces that it says crossed the border"."""
    has_object = any(tree.deps[at] == "obj" for at in tree.children(verb, verb, end))
    return has_object and tree.deps[verb] == "xcomp" and "Past" in tree.doc[verb].morph.get("Tense", [])


def _free_main(tree: Tree, start: int, end: int, places: tuple[int, int, int]) -> bool:
    """Gives the main clause back its verb where the told one was taken for it; whether it has one."""
    noun, says, told = places
    root = next((at for at in (says, told) if tree.heads[at] == at), None)
    if root is None:
        return True
    behind = [at for at in tree.children(root, told + 1, end) if tree.deps[at] in JOINED and tree.pos[at] == "VERB"]
    if not behind:
        return False
    main = behind[0]
    for child in tree.children(root, start, end):
        if (child < noun or child > main or tree.deps[child] == "punct") and child not in (says, told):
            tree.attach(child, main, tree.deps[child])
    tree.attach(main, main, "ROOT")
    below = {tree.deps[at] for at in tree.children(main, start, end)}
    tree.attach(noun, main, "nsubj:pass" if "aux:pass" in below else "nsubj")
    return True


def _nest(tree: Tree, pronoun: int, noun: int, clauses: tuple[int, int]) -> None:
    """Hangs the saying at the noun, what is said below it, the pronoun at what is said."""
    says, told = clauses
    tree.attach(says, noun, "acl:relcl")
    tree.doc[says].pos_ = tree.pos[says] = "VERB"
    if not tree.is_finite(told) and tree.deps[told] == "xcomp":
        tree.make_verb(told, tree.doc[told].lemma_, "Past")
    tree.attach(told, says, "ccomp")
    passive = any(tree.deps[at] == "aux:pass" for at in tree.children(told, says, told))
    for at in range(pronoun + 1, says):
        if not pronoun < tree.heads[at] < says:
            tree.attach(at, says, "nsubj")
    for at in range(says + 1, told):
        if tree.heads[at] == says or tree.heads[at] == noun:
            tree.attach(at, told, tree.deps[at])
    tree.attach(pronoun, told, "nsubj:pass" if passive else "nsubj")


def hang_inverted_tags(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Chad had shelled the port, charged Mali's premier" it is the premier who charges; nobody is charged."""
    for verb in range(start + 3, end - 1):
        if tree.words[verb - 1] != "," or tree.deps[verb] not in JOINED or tree.pos[verb] != "VERB":
            continue
        main = tree.heads[verb]
        said = tree.children(verb, start, end)
        objects = [at for at in said if tree.deps[at] == "obj" and at > verb]
        if tree.doc[verb].lemma_.lower() not in words.tagging or len(objects) != 1 or not start <= main < verb:
            continue
        if any(tree.deps[at] not in ("obj", "punct", "obl", "advmod", "obl:unmarked") for at in said):
            continue
        if any(tree.deps[at] == "conj" for at in tree.children(main, verb + 1, end)):
            continue  # one of several deeds: "sealed the border, accused Mali and left"
        if _begins(tree, objects[0], verb + 1) and not _has_case(tree, said, ("with", "of", "over", "for")):
            tree.attach(verb, main, "parataxis")
            tree.attach(objects[0], verb, "nsubj")


def promote_blaming(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Mali's president accused Chad of having lied" the accusing is the main verb; Chad is no president's name."""
    root = next((at for at in range(start, end) if tree.heads[at] == at), start)
    for verb in range(start + 1, end - 1):
        noun, name = tree.heads[verb], verb + 1
        if tree.deps[verb] != "acl" or noun != verb - 1 or tree.doc[verb].lemma_.lower() not in words.accusing:
            continue
        while tree.deps[name] in ("compound", "flat") and name < tree.heads[name] < end:
            name = tree.heads[name]
        apposed = noun == root and tree.heads[name] == root and tree.deps[name] == "appos"
        joined = name == root and tree.heads[noun] == root and tree.deps[noun] == "compound"
        if tree.pos[noun] not in NAMES or tree.pos[name] != "PROPN" or not (apposed or joined):
            continue
        for child in (*tree.children(root, name, end), *tree.children(name, name, end)):
            if child not in (noun, name) and tree.deps[child] in ("acl", "punct", "obl", "advcl", "nmod"):
                tree.attach(child, verb, {"acl": "advcl", "nmod": "obl"}.get(tree.deps[child], tree.deps[child]))
        tree.attach(verb, verb, "ROOT")
        tree.attach(noun, verb, "nsubj")
        tree.attach(name, verb, "obj")
        return


def _begins(tree: Tree, noun: int, at: int) -> bool:
    """Whether a noun phrase begins right at a place."""
    while noun > at and at != noun and at < tree.heads[at]:
        at = tree.heads[at]
    return at == noun


def _has_case(tree: Tree, nouns: list[int], cases: tuple[str, ...]) -> bool:
    """Whether one of these words stands behind one of these prepositions: "charged Mali with"."""
    below = (at for noun in nouns for at in tree.children(noun, noun - LONGEST, noun))
    return any(tree.deps[at] == "case" and tree.words[at] in cases for at in below)
