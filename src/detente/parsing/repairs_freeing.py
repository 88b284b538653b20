"""Verbs that are two words, whose second was hung elsewhere: "let four sailors go", "called home", "shot dead"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import Tree

OF = "of"
GOING = frozenset({"to", "into", "through", "past", "over", "ahead", "on"})  # where somebody may be let go to
MODIFIER = frozenset({"amod", "advmod", "compound"})
ARGUMENTS = frozenset({"nsubj", "obj", "obl"})


def bind_let_go(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "let four sailors go", "let go of them" and "were let go" whoever goes is what is let go."""
    for go in range(start + 1, end):
        let = tree.heads[go]
        if tree.words[go] not in words.going or tree.words[let] not in words.releasing or not start <= let < go:
            continue
        below = tree.children(go, start, end)
        when = [at for at in below if not words.days.isdisjoint(tree.words[at : at + 1])]
        goals = {tree.words[case] for at in below if at not in when for case in tree.children(at, go, end)}
        if goals & GOING or any(tree.words[at] in GOING for at in below if at not in when):
            continue  # "let the sailors go to the port"
        for at in below:
            cases = {tree.words[case] for case in tree.children(at, start, at) if tree.deps[case] == "case"}
            let_go = tree.deps[at] in ARGUMENTS and cases <= {OF} and at not in when
            tree.attach(at, let, "obj" if let_go else tree.deps[at])
        tree.attach(go, let, "compound:prt")
        own = {tree.deps[at] for at in tree.children(let, start, end)}
        if tree.words[let] == tree.doc[let].lemma_ and "nsubj" in own and not own & {"aux", "mark"}:
            tree.make_verb(let, tree.words[let], "Past")  # "Chad let", where the present has "lets"


def bind_home(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "called home Mali's envoy", "set free four men" and "set four men free" the adverb is the verb's."""
    for at in range(start + 1, end - 1):
        if tree.words[at] not in words.outcomes or tree.deps[at] not in MODIFIER:
            continue
        noun = tree.heads[at]
        if noun == at - 1 and tree.deps[noun] == "obj" and tree.words[tree.heads[noun]] in words.placing:
            tree.attach(at, tree.heads[noun], "compound:prt")
        if tree.pos[at - 1] != "VERB":
            continue
        if at < tree.heads[at] < end and tree.doc[at].text.islower():
            tree.attach(at, at - 1, "compound:prt")


def bind_dead(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "A soldier shot dead a man" the man is whom the soldier shot: no shot of the soldier's, no dead man shot."""
    for dead in range(start + 2, end - 1):
        shot = dead - 1
        if tree.words[dead] not in words.felled or tree.words[shot] not in words.felling:
            continue
        below = tree.children(dead, dead + 1, end)
        if tree.heads[dead] == shot and not any(tree.deps[at] == "obj" for at in below):
            continue  # "was shot dead", "shot dead": as it should be
        if tree.heads[dead] != shot and (tree.deps[dead] != "amod" or tree.heads[tree.heads[dead]] != shot):
            continue
        for at in below:
            tree.attach(at, shot, tree.deps[at])
        tree.attach(dead, shot, "compound:prt")
        doer = shot - 1
        if tree.heads[doer] == shot and tree.deps[doer] == "compound" and tree.pos[doer] in ("NOUN", "PROPN"):
            for at in tree.children(shot, start, doer):
                tree.attach(at, doer, tree.deps[at])
            tree.attach(doer, shot, "nsubj")


def read_titled_pasts(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Mali's premier flew to Lima" it is the premier who flew: the sentence is no "premier flew" of Mali's."""
    for verb in range(start + 1, end - 1):
        title = verb - 1
        if tree.words[title] not in words.titles or tree.heads[title] != verb or tree.heads[verb] != verb:
            continue
        is_verb = tree.pos[verb] == "VERB" and tree.deps[title] == "amod"
        if not is_verb and (tree.pos[verb] == "VERB" or tree.words[verb] not in words.sure_pasts):
            continue
        for child in tree.children(verb, start, title):
            tree.attach(child, title, tree.deps[child])
        for child in tree.children(verb, verb, end):
            tree.attach(child, verb, "obl" if tree.deps[child] == "nmod" else tree.deps[child])
        if not is_verb:
            tree.make_verb(verb, tree.doc[verb].lemma_, "Past")
        tree.pos[title] = tree.doc[title].pos_ = "NOUN"
        tree.attach(title, verb, "nsubj")
