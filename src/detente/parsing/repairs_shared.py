"""Verbs and subjects that were not joined: "said the well was theirs and accused", "have each sent"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import SUBJECTS, Tree

AUXILIARIES = frozenset(
    {"had", "has", "have", "was", "were", "is", "are", "would", "will", "could", "can", "been", "be"}
)
HAVING = frozenset({"have", "has", "had"})
OWNERS = frozenset({"det", "nmod:poss"})
AGAINST = "against"
ADDRESSING = frozenset({"with", "to", "at", "before"})
EACH = frozenset({"each", "both", "all"})
LONGEST_SUBJECT = 8  # words from "and" to the second subject
OPENING = frozenset({"after", "as", "before", "since", "when", "while", "until", "because", "once"})
LINKS = frozenset({"aux", "aux:pass", "cop"})
# Pasts of what is not done to anybody, so that behind a noun they are no participles.
FIRST = frozenset({"met", "spoke", "talked", "gathered", "conferred", "arrived", "travelled", "traveled", "flew"})
JOINTS = frozenset({"and", "or"})
# Auxiliaries behind which the base form stands: "did not answer and leave".
BARING = frozenset(
    {"did", "does", "do", "will", "would", "may", "might", "can", "could", "shall", "should", "must", "to", "'ll", "'d"}
)


def lift_joined_speech(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "said the well had run dry and accused Chad" it is the teller who accuses: a well that had does not."""
    for verb in range(start + 3, end):
        said = tree.heads[verb]
        if (
            tree.deps[verb] != "conj"
            or tree.doc[verb].lemma_.lower() not in words.accusing
            or tree.deps[said] != "ccomp"
        ):
            continue
        says = tree.heads[said]
        if not start <= says < said < verb or tree.doc[says].lemma_.lower() not in words.telling:
            continue
        own = {tree.deps[at] for at in tree.children(verb, start, end)}
        if own & (SUBJECTS | LINKS) or tree.words[verb - 1] == "to":
            continue
        if _cannot_accuse(tree, said, start, words):
            tree.attach(verb, says, "conj")


def raise_first_verbs(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "The ministers of Chad met in Oslo and agreed to talk" they met: "and" joins two verbs."""
    for joint in range(start + 3, end - 1):
        main = tree.heads[joint]
        if tree.words[joint] != "and" or tree.deps[joint] != "cc" or main != joint + 1 or tree.pos[main] != "VERB":
            continue
        subject = next((at for at in tree.children(main, start, joint) if tree.deps[at] == "nsubj"), None)
        if subject is None or tree.deps[main] not in ("ROOT", "ccomp") or not tree.is_finite(main):
            continue
        first = [at for at in range(subject + 1, joint) if tree.deps[at] == "acl" and tree.words[at] in FIRST]
        if len(first) != 1 or tree.top_below(first[0], main) != subject:
            continue
        verb = first[0]
        head = verb if tree.heads[main] == main else tree.heads[main]
        tree.attach(verb, head, tree.deps[main])
        tree.make_verb(verb, tree.doc[verb].lemma_, "Past")
        for child in tree.children(main, start, joint):
            tree.attach(child, verb, tree.deps[child])
        tree.attach(main, verb, "conj")


def _cannot_accuse(tree: Tree, said: int, start: int, words: RepairWords) -> bool:
    """Whether what a clause is about is no one, or its verb goes with an auxiliary that the second has not."""
    below = tree.children(said, start, said)
    if tree.pos[said] != "VERB" or tree.doc[said].lemma_.lower() in words.inert:
        return True
    return any(tree.deps[at] in LINKS and tree.words[at] in AUXILIARIES for at in below)


def join_bare_infinitives(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Chad regretted Mali's decision to recall its envoy and close the border" it is the decision to close it."""
    for verb in range(start + 4, end):
        head = tree.heads[verb]
        bare = tree.words[verb] == tree.doc[verb].lemma_.lower() and tree.words[verb] not in words.unchanged
        if tree.deps[verb] != "conj" or tree.pos[verb] != "VERB" or not bare or not start <= head < verb - 3:
            continue
        if tree.words[verb - 1] not in JOINTS or tree.words[head] == tree.doc[head].lemma_.lower():
            continue
        if {tree.deps[at] for at in tree.children(verb, start, end)} & (SUBJECTS | LINKS | {"mark"}):
            continue
        before = {tree.words[at] for at in tree.children(head, start, head)}
        if before & BARING or before & words.letting:
            continue
        marks = (at for at in range(verb - 2, head, -1) if tree.words[at] == "to" and tree.deps[at] == "mark")
        first = next((tree.heads[at] for at in marks if at < tree.heads[at] < verb), None)
        if first is not None and tree.pos[first] == "VERB":
            tree.attach(verb, first, "conj")


def join_first_subjects(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "The Peruvian navy and the Chilean navy will drill" both drill: the first is no sentence of its own."""
    first = next((at for at in range(start, end) if tree.heads[at] == at), start)
    if tree.pos[first] not in ("NOUN", "PROPN"):
        return
    below = tree.children(first, start, end)
    verb = next((at for at in below if tree.deps[at] == "conj" and tree.pos[at] == "VERB"), None)
    if verb is None or any(tree.deps[at] in SUBJECTS | LINKS for at in below):
        return
    second = next((at for at in tree.children(verb, start, verb) if tree.deps[at] == "nsubj"), None)
    joints = [at for at in range(first + 1, second or start) if tree.words[at] == "and" and tree.deps[at] == "cc"]
    if second is None or not joints or tree.heads[joints[-1]] not in (verb, second):
        return
    own = range(start, joints[-1])
    if all(tree.heads[at] in own or at == first for at in own) and second - joints[-1] <= LONGEST_SUBJECT:
        tree.make_root(verb, start, end)
        tree.attach(first, verb, "nsubj")
        tree.attach(second, first, "conj")
        tree.attach(joints[-1], second, "cc")


def free_owned_verbs(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Chad has long opposed Mali's claim" no participle stands before whose claim it is: Chad opposed it."""
    for verb in range(start + 1, end - 2):
        noun = tree.heads[verb]
        if tree.deps[verb] != "amod" or tree.pos[verb] != "VERB" or not verb + 1 < noun < end:
            continue
        having = tree.heads[noun]
        owned = any(tree.deps[at] in OWNERS for at in tree.children(noun, verb + 1, noun))
        if not owned or tree.words[having] not in HAVING or tree.deps[noun] != "obj" or not start <= having < verb:
            continue
        for child in tree.children(having, start, end):
            if child != noun:
                tree.attach(child, verb, tree.deps[child])
        tree.take_place(verb, having)
        tree.attach(noun, verb, "obj")
        tree.attach(having, verb, "aux")
        tree.pos[having] = tree.doc[having].pos_ = "AUX"


def lift_against(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "a complaint with the council against Chad" it is the complaint that is against Chad."""
    for case in range(start + 3, end - 1):
        whom = tree.heads[case]
        if tree.words[case] != AGAINST or tree.deps[case] != "case" or not case < whom < end:
            continue
        body = tree.heads[whom]
        matter = tree.heads[body]
        joints = {tree.words[at] for at in tree.children(body, start, body) if tree.deps[at] == "case"}
        nested = tree.deps[whom] == "nmod" and tree.deps[body] == "nmod" and start <= matter < body < case
        if nested and joints & ADDRESSING and tree.pos[matter] == "NOUN":
            tree.attach(whom, matter, "nmod")


def part_called(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "called the drills military pressure" the drills are called so: the second noun is no object of its own."""
    for verb in range(start, end - 2):
        if tree.pos[verb] != "VERB" or tree.doc[verb].lemma_.lower() not in words.naming:
            continue
        objects = [at for at in tree.children(verb, verb + 1, end) if tree.deps[at] == "obj"]
        if len(objects) == 1:
            objects = [at for at in (_thing_within(tree, verb, objects[0]),) if at is not None] + objects
        if len(objects) == 1:
            _free_verdict(tree, verb, objects[0], end)
        if len(objects) == 2:  # noqa: PLR2004
            thing, name = objects
            for child in tree.children(name, verb + 1, thing):
                tree.attach(child, thing, tree.deps[child])
            tree.attach(thing, verb, "obj")
            tree.attach(name, verb, "xcomp")


def _free_verdict(tree: Tree, verb: int, thing: int, end: int) -> None:
    """In "called the decision of Chad reckless" the adjective that ends the phrase is what it is called."""
    for verdict in tree.children(thing, thing + 1, end):
        if tree.pos[verdict] == "ADJ" and tree.deps[verdict] in ("acl", "amod"):
            tree.attach(verdict, verb, "xcomp")


def _thing_within(tree: Tree, verb: int, name: int) -> int | None:
    """The noun that was read as a part of the one behind it, though an adjective stands between the two."""
    parts = [at for at in tree.children(name, verb + 1, name) if tree.deps[at] == "compound"]
    described = [at for at in tree.children(name, verb + 1, name) if tree.deps[at] == "amod"]
    return next((at for at in parts if any(at < adjective for adjective in described)), None)


def bind_distributed(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Chad and Mali have each sent a ship" the sending is the main verb, "have" its auxiliary."""
    for verb in range(start + 2, end):
        having = verb - 2
        if tree.words[verb - 1] not in EACH or tree.words[having] not in HAVING or tree.heads[verb] != having:
            continue
        if tree.pos[verb] != "VERB" or tree.deps[having] in LINKS:
            continue
        for child in tree.children(having, start, end):
            if child != verb:
                tree.attach(child, verb, "advmod" if child == verb - 1 else tree.deps[child])
        tree.take_place(verb, having)
        tree.attach(having, verb, "aux")
        tree.pos[having] = tree.doc[having].pos_ = "AUX"


def free_subjected_verbs(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """What has a subject is no attribute: in "Chad scrambled jets after drones entered" the scrambling is the verb."""
    for verb in range(start + 1, end - 1):
        noun = tree.heads[verb]
        if tree.deps[verb] != "amod" or tree.pos[verb] != "VERB" or not verb < noun < end:
            continue
        if not any(tree.deps[at] == "nsubj" and at < verb for at in tree.children(verb, start, verb)):
            continue
        clause = tree.heads[noun]
        if tree.deps[noun] == "nsubj" and clause > noun:
            _part_clauses(tree, (start, end), (verb, noun, clause))
            _join_clauses(tree, (start, end), (verb, noun, clause))
        elif clause == noun:
            tree.make_root(verb, start, end)
            tree.attach(noun, verb, "obj")


def free_taken_objects(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "is targeting Chad after its men helped seize a jet" Chad is the object; the men are who helped."""
    for noun in range(start + 2, end - 2):
        clause = tree.heads[noun]
        verb = tree.heads[clause]
        if tree.deps[noun] != "nsubj" or tree.deps[clause] != "advcl" or not verb < noun < clause:
            continue
        first = min(tree.children(noun, verb, noun), default=noun)
        marked = any(tree.deps[at] == "mark" for at in tree.children(clause, start, noun))
        if tree.pos[verb] != "VERB" or first != verb + 1 or marked:
            continue
        if not any(tree.deps[at] in ("obj", "ccomp", "xcomp") for at in tree.children(verb, start, end)):
            _part_clauses(tree, (start, end), (verb, noun, clause))


def _join_clauses(tree: Tree, sentence: tuple[int, int], places: tuple[int, int, int]) -> None:
    """Makes what stands behind "and" the second verb of whoever acts: "Chad imposed duties on rice and raised them"."""
    (start, end), (verb, noun, clause) = sentence, places
    joined = any(tree.deps[at] == "cc" and noun < at for at in tree.children(clause, start, clause))
    if not joined or tree.heads[noun] != clause:
        return
    own = [at for at in tree.children(clause, noun + 1, end) if tree.deps[at] != "punct"]
    tree.take_over(verb, clause, start, end)
    tree.attach(noun, verb, "obj")
    tree.attach(clause, verb, "conj")
    for child in own:
        tree.attach(child, clause, tree.deps[child])


def _part_clauses(tree: Tree, sentence: tuple[int, int], places: tuple[int, int, int]) -> None:
    """Makes what stands behind "after" the subject of the clause that the object of the verb was taken for that of."""
    (start, end), (verb, noun, clause) = sentence, places
    for opener in range(noun + 1, clause):
        doer = tree.heads[opener]
        if tree.words[opener] not in OPENING or tree.deps[opener] != "case" or tree.heads[doer] != noun:
            continue
        if tree.heads[clause] != verb:
            tree.take_over(verb, clause, start, end)
        tree.attach(noun, verb, "obj")
        tree.attach(doer, clause, "nsubj")
        tree.attach(opener, clause, "mark")
        tree.attach(clause, verb, "advcl")
        for child in tree.children(verb, clause, end):
            if child != clause and tree.deps[child] in ("obj", "obl", "xcomp", "ccomp"):
                tree.attach(child, clause, tree.deps[child])
        return
