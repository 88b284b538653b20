"""Speech misread: "told the envoy to leave", "said Kim had", "he said the trains were slow, praising those of Chad"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import SUBJECTS, Tree

INFINITIVES = frozenset({"acl", "advcl"})
HUNG_BEHIND = frozenset({"obj", "obl", "nmod", "conj", "appos", "obl:unmarked", "nmod:unmarked"})


def give_orders(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "told the envoy to leave" the infinitive is what is ordered, no description or purpose of the envoy's."""
    for clause in range(start + 2, end):
        person = tree.heads[clause]
        person = _named_before_to(tree, start, clause) if tree.deps[clause] == "advcl" else person
        if tree.deps[clause] not in INFINITIVES or not start <= person < clause:
            continue
        verb = tree.heads[person]
        if tree.deps[person] not in ("obj", "iobj") or tree.pos[verb] != "VERB" or verb >= person:
            continue
        if tree.doc[verb].lemma_.lower() not in words.ordering or tree.heads[clause] not in (person, verb):
            continue
        if any(tree.words[at] == "to" and tree.deps[at] == "mark" for at in tree.children(clause, start, clause)):
            tree.attach(clause, verb, "xcomp")
            tree.attach(person, verb, "obj")


def _named_before_to(tree: Tree, start: int, clause: int) -> int:
    """The name right before the "to" of an infinitive; the infinitive itself where none stands there."""
    to = next((at for at in tree.children(clause, start, clause) if tree.words[at] == "to"), start)
    name = to - 1
    while name > start and tree.deps[name] == "flat":
        name = tree.heads[name]
    return name if to > start and tree.pos[name] in ("PROPN", "PRON") else clause


def free_reported_subjects(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "said Kim on Friday had asked for talks" the name is the subject of what is said."""
    for name in range(start + 1, end - 1):
        verb = tree.heads[name]
        if tree.deps[name] != "obj" or tree.pos[name] != "PROPN" or not start <= verb < name:
            continue
        if tree.doc[verb].lemma_.lower() not in words.telling:
            continue
        said = [at for at in tree.children(verb, name + 1, end) if tree.deps[at] == "ccomp" and tree.pos[at] == "VERB"]
        if not said:
            continue
        below = {tree.deps[at] for at in tree.children(said[0], start, end)}
        if not below & SUBJECTS and (tree.is_finite(said[0]) or "aux" in below):
            tree.attach(name, said[0], "nsubj")


def find_able_subjects(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "said it was unable to reach a deal" the word "it" is somebody."""
    its = [at for at in range(start, end - 1) if tree.deps[at] == "expl" and at < tree.heads[at] < end]
    for it, head in ((at, tree.heads[at]) for at in its if tree.words[tree.heads[at]] in words.able):
        below = {tree.deps[at] for at in tree.children(head, start, end)}
        # "It was demanded that", but "It demanded that Chad leave"
        if not below & {"ccomp", "csubj"} or (tree.pos[head] == "VERB" and not below & {"aux:pass", "aux", "csubj"}):
            tree.attach(it, head, "nsubj")


def hang_trailing_speech(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "He said the trains were slow, praising those of Chad" it is he who praises, not the trains."""
    for verb in range(start + 3, end):
        if tree.words[verb] not in words.speaking:
            continue
        if tree.words[tree.word_before(verb, start)] != ",":
            _hang_at_main(tree, start, end, verb)
            continue
        if tree.deps[verb] == "csubj" and verb < tree.heads[verb] < end:
            _turn_over(tree, start, verb)
            continue
        at = tree.heads[verb]
        if tree.deps[verb] not in ("advcl", "acl", "xcomp"):
            continue
        while start <= at < verb and tree.deps[at] != "ccomp" and tree.heads[at] != at:
            at = tree.heads[at]
        says = tree.heads[at]
        if start <= at < verb and tree.deps[at] == "ccomp" and tree.doc[says].lemma_.lower() in words.telling:
            tree.attach(verb, says, "advcl")


def _hang_at_main(tree: Tree, start: int, end: int, verb: int) -> None:
    """In "Mali broke ties with Chad accusing Chad of" it is Mali that accuses: nobody accuses himself by name."""
    blamed = [at for at in tree.children(verb, verb, end) if tree.deps[at] == "obj"]
    own = [at for at in tree.children(verb, start, verb) if tree.deps[at] == "nsubj"]
    name = own[0] if own else tree.heads[verb]
    if not blamed or not start <= name < verb or tree.pos[name] != "PROPN":
        return
    if tree.words[blamed[0]] != tree.words[name]:
        return
    if own and tree.deps[verb] == "advcl":
        tree.attach(name, tree.heads[verb], "obl")
    if own or tree.deps[verb] != "acl":
        return
    above = name
    while tree.heads[above] != above and tree.pos[above] != "VERB" and start <= tree.heads[above] < verb:
        above = tree.heads[above]
    if tree.pos[above] == "VERB":
        tree.attach(verb, above, "advcl")


def _turn_over(tree: Tree, start: int, verb: int) -> None:
    """Hangs a participle taken for the subject of what is asked ("he said, calling on Chad to act") at the verb."""
    asked = tree.heads[verb]
    says = tree.heads[asked]
    if start <= says < verb and tree.pos[says] == "VERB":
        tree.attach(verb, says, "advcl")
        tree.attach(asked, verb, "advcl")


def free_trailing_tellers(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "… takes effect on Monday as planned, the ministry's office said" the office says so; it is no object."""
    for verb in range(start + 4, end):
        if tree.pos[verb] != "VERB" or tree.doc[verb].lemma_.lower() not in words.telling:
            continue
        if tree.pos[verb - 1] not in ("NOUN", "PROPN") or tree.deps[verb - 1] in ("nsubj", "nsubj:pass"):
            continue
        comma = next((at for at in range(verb - 1, start, -1) if tree.words[at] == ","), start)
        outside = [at for at in range(comma + 1, verb) if not comma < tree.heads[at] < verb]
        alone = len(outside) == 1 and tree.heads[outside[0]] != verb and tree.deps[outside[0]] in HUNG_BEHIND
        has_own = any(tree.deps[at] == "nsubj" for at in tree.children(verb, start, end))
        if comma > start and alone and not has_own and tree.heads[outside[0]] < comma:
            tree.attach(outside[0], verb, "nsubj")
