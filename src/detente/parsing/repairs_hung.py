"""Words hung on the wrong neighbour: "by deputy minister Ana Rojas", "kicked out 18 envoys", "a launch by Mali"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import SUBJECTS, Tree

NAMES = frozenset({"NOUN", "PROPN"})
COUNTED = frozenset({"than", "least", "most", "some", "about", "around", "nearly", "almost", "over"})
OPENING = frozenset({"after", "in", "during", "at", "following", "before", "on"})  # before what is no subject
FIXED = 3  # words of the foreign phrases
BELOW = frozenset({"acl:relcl", "advcl", "ccomp", "acl", "xcomp", "advcl:relcl"})  # clauses that are no main ones
PARTICLES = frozenset({"out", "off", "up", "back", "away", "home"})
ADVERB_END = "ly"
TO = "to"


def raise_cases(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """The preposition before a titled name belongs to the name ("between Norwegian premier Ana Rojas and ...")."""
    for case in range(start, end):
        title = tree.heads[case]
        if tree.deps[case] != "case" or tree.deps[title] != "nmod:desc" or case > title or not start <= title < end:
            continue
        name = tree.heads[title]
        if tree.words[case] in ("'s", "’s") or name < title or name == title:
            continue
        tree.attach(case, name, "case")
        if tree.deps[name] == "appos":
            tree.attach(name, tree.heads[name], "nmod")  # "a call from Peruvian President Luis Vega"
        if tree.deps[name] == "dep" and tree.pos[tree.heads[name]] == "VERB":
            links = {tree.deps[at] for at in tree.children(tree.heads[name], start, end)}
            agent = tree.words[case] == "by" and "aux:pass" in links
            tree.attach(name, tree.heads[name], "obl:agent" if agent else "obl")


def find_counted_objects(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "had admitted more than 1.4 million refugees" the refugees are the object."""
    for noun in range(start + 2, end):
        verb = tree.heads[noun]
        if tree.deps[noun] != "obl" or tree.pos[noun] != "NOUN" or not start <= verb < noun:
            continue
        if tree.pos[verb] != "VERB" or tree.words[noun] in words.units or tree.words[noun].rstrip("s") in words.hours:
            continue
        before = tree.children(noun, start, noun)
        counted = any(tree.deps[at] == "nummod" for at in before)
        about = any(tree.words[at] in COUNTED for at in range(verb + 1, noun))
        others = {tree.deps[at] for at in tree.children(verb, start, end)}
        free = not others & {"obj", "nsubj:pass", "aux:pass", "ccomp"}
        if counted and about and free and not any(tree.deps[at] == "case" for at in before):
            tree.attach(noun, verb, "obj")


def hang_partners(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "discussed trade in the region with the envoy" the envoy takes part in the talk."""
    for name in range(start + 3, end):
        noun = tree.heads[name]
        if tree.deps[name] != "nmod" or not start <= noun < name or tree.deps[noun] not in ("obl", "obj", "nmod"):
            continue
        if not any(tree.words[at] == "with" and tree.deps[at] == "case" for at in tree.children(name, start, name)):
            continue
        verb = noun
        while tree.deps[verb] in ("obl", "obj", "nmod") and start <= tree.heads[verb] < verb:
            verb = tree.heads[verb]
        if tree.pos[verb] == "VERB" and tree.doc[verb].lemma_.lower() in words.discussing:
            tree.attach(name, verb, "obl")


def promote_told_verbs(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """A participle with an object behind the only subject is the main verb, clauses below it notwithstanding.

    "Mali's minister blamed Chad for the blockade that ..." and "Ana Rojas, a deputy minister voiced "a protest"".
    """
    last = tree.last_word(start, end)
    while last > start and tree.pos[last] == "PUNCT" and tree.words[last] != ".":
        last -= 1
    root = next((at for at in range(start, end) if tree.heads[at] == at), start)
    if tree.words[last] != "." or tree.pos[root] not in NAMES:
        return
    if any(_is_main_verb(tree, at) for at in range(start, end)):
        return
    if any(tree.deps[at] in ("cop", "aux:pass", "aux") for at in tree.children(root, start, end)):
        return
    for verb in range(start + 1, end):
        noun = tree.heads[verb]
        past = tree.words[verb].endswith("ed") or tree.words[verb] in words.pasts
        if tree.deps[verb] != "acl" or not past or tree.words[verb] in words.giving or not start <= noun < verb:
            continue
        between = [at for at in range(noun + 1, verb) if not tree.words[at].endswith(ADVERB_END)]
        if between or tree.pos[noun] not in NAMES:
            continue
        if noun == root and any(tree.deps[at] == "obj" for at in tree.children(verb, start, end)):
            tree.make_root(verb, start, end)
            tree.attach(root, verb, "nsubj")
            return
        subject = tree.heads[noun]
        if root > verb and tree.deps[noun] == "appos" and tree.deps[subject] == "nsubj" and tree.heads[subject] == root:
            tree.make_root(verb, start, end)
            tree.attach(subject, verb, "nsubj")
            tree.attach(root, verb, "obj")
            return


def _is_main_verb(tree: Tree, at: int) -> bool:
    """Whether a finite verb, or the one of an auxiliary, belongs to no clause below the main one."""
    verb = tree.heads[at] if tree.pos[at] == "AUX" else at
    return tree.is_finite(at) and tree.deps[verb] not in BELOW


def free_perfect_verbs(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "The arrest has raised questions whether" the verb between "has" and its object is no adjective."""
    for verb in range(start + 2, end - 1):
        noun = tree.heads[verb]
        if tree.deps[verb] != "amod" or not verb < noun < end or tree.pos[verb] != "VERB":
            continue
        aux = [at for at in tree.children(verb, start, verb) if tree.deps[at] == "aux"]
        above = [*tree.children(noun, start, verb), *tree.children(verb, start, verb)]
        subjects = [at for at in above if tree.deps[at] in ("nsubj", "nsubj:pass")]
        if not aux or not subjects or any(tree.deps[at] == "cop" for at in tree.children(noun, start, end)):
            continue
        for child in above:
            tree.attach(child, verb, "nsubj" if child in subjects else tree.deps[child])
        tree.take_place(verb, noun)
        tree.attach(noun, verb, "obj")


def part_joined_names(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "The U.S. and North Mali will hold talks" two names are joined, neither is part of the other."""
    for first in range(start, end - 2):
        second = tree.heads[first]
        if tree.deps[first] != "compound" or tree.words[first + 1] != "and" or not first + 1 < second < end:
            continue
        if tree.pos[first] != "PROPN" or tree.pos[second] != "PROPN" or tree.words[second] in words.organs:
            continue
        if tree.deps[second] not in ("nsubj", "nsubj:pass", "obj", "obl", "nmod", "ROOT", "obl:agent"):
            continue
        for child in tree.children(second, start, first):
            tree.attach(child, first, tree.deps[child])
        tree.take_place(first, second)
        tree.attach(second, first, "conj")
        tree.attach(first + 1, second, "cc")


def bind_fixed(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "declared two envoys personae non gratae" the foreign words are what the envoys are declared."""
    for first in range(start + 2, end - 2):
        behind = first + FIXED
        if tree.words[first + 1] != "non" or tuple(tree.words[first:behind]) not in words.fixed:
            continue
        mark = tree.word_before(first, start)
        marked = tree.words[mark] in ("as", "a")
        verb = next((at for at in range(first - 1, start - 1, -1) if tree.pos[at] == "VERB"), None)
        if verb is None:
            continue
        tree.attach(first, verb, "obl" if marked else "xcomp")
        tree.doc[first].pos_ = tree.pos[first] = "NOUN"
        for noun in tree.children(first, verb, first):
            if tree.deps[noun] == "compound":
                tree.attach(noun, verb, "obj")
        for at in range(first + 1, behind):
            for child in tree.children(at, start, end):
                tree.attach(child, first, tree.deps[child])
            tree.attach(at, first, "flat")
        if marked:
            tree.attach(mark, first, "case")


def bind_particles(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "kicked out 18 envoys" the particle is the verb's; so is Mali in "handed the ship back to Mali"."""
    for at in range(start + 1, end - 1):
        number, verb = tree.heads[at], at - 1
        if tree.words[at] in PARTICLES and tree.deps[at] == "advmod" and tree.pos[number] == "VERB" and number < verb:
            for goal in tree.children(at, at + 1, end):
                if tree.deps[goal] == "obl" and tree.words[at + 1] == TO:
                    tree.attach(goal, number, "obl")
        loose = tree.words[at] in PARTICLES and tree.deps[at] == "advmod" and tree.pos[verb] == "VERB"
        if loose and tree.pos[number] == "NUM" and number > at:
            tree.attach(at, verb, "compound:prt")


def part_spans(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "began talks with Chad 15 months ago" the name is no part of the months."""
    for name in range(start + 1, end - 2):
        unit = name + 2
        if tree.words[unit] not in words.units or tree.pos[name] != "PROPN" or not tree.doc[name + 1].like_num:
            continue
        if tree.deps[name] not in ("compound", "nmod", "obl") or tree.heads[name] not in (unit, name + 1):
            continue
        verb = next((at for at in range(name - 1, start - 1, -1) if tree.pos[at] in ("VERB", "NOUN")), None)
        if verb is None:
            continue
        for child in tree.children(unit, start, name):
            if tree.deps[child] in ("case", "det"):
                tree.attach(child, name, tree.deps[child])
        tree.attach(name, verb, "obl" if tree.pos[verb] == "VERB" else "nmod")
        tree.attach(name + 1, unit, "nummod")


def free_titled_subjects(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "After a call with Luis Vega, Peruvian Premier Ana Rojas left" the second name is the subject."""
    root = next((at for at in range(start, end) if tree.heads[at] == at), start)
    subjects = [at for at in tree.children(root, start, end) if tree.deps[at] in SUBJECTS]
    opening = [at for at in subjects if any(tree.words[case] in OPENING for case in tree.children(at, start, at))]
    if tree.pos[root] != "VERB" or subjects != opening:
        return
    for name in range(start + 3, root):
        head = tree.heads[name]
        if tree.deps[name] not in ("flat", "appos") or tree.pos[name] != "PROPN" or not start <= head < name:
            continue
        own = [at for at in tree.children(name, head, name) if tree.deps[at] != "punct"]
        titled = any(tree.deps[at] == "nmod:desc" or tree.words[at] in words.titles for at in own)
        first = own[0] if own else name
        while tree.children(first, head, first):
            first = tree.children(first, head, first)[0]
        if titled and tree.words[first - 1] == ",":
            tree.attach(name, root, "nsubj")
            for noun in opening:
                tree.attach(noun, root, "obl")
            return


def hang_doers(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Chad condemned the latest launch by Mali" it is the launch that is Mali's; nothing is passive."""
    for by in range(start + 2, end - 1):
        doer = tree.heads[by]
        if (
            tree.words[by] != "by"
            or tree.deps[by] != "case"
            or not by < doer < end
            or not _is_of_a_name(tree, by, doer)
        ):
            continue
        verb = tree.heads[doer]
        if tree.deps[doer] not in ("obl", "obl:agent") or not start <= verb < by or tree.pos[verb] != "VERB":
            continue
        below = {tree.deps[at]: at for at in tree.children(verb, start, by)}
        if "nsubj" in below and "obj" in below and "aux:pass" not in below and below["obj"] == by - 1:
            tree.attach(doer, by - 1, "nmod")


def _is_of_a_name(tree: Tree, by: int, doer: int) -> bool:
    """Whether a noun is a name or described by one: "by Mali", "by Malian ships"."""
    described = (at for at in tree.children(doer, by, doer) if tree.deps[at] in ("compound", "amod", "nmod:poss"))
    named = tree.pos[doer] == "NOUN" and any(tree.doc[at].text[:1].isupper() for at in described)
    return tree.pos[doer] == "PROPN" or named


def open_relatives(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "the plan that Rossi and Weber agreed on" and "the deal they signed" the noun is what the verb is done to."""
    for verb in range(start + 2, end - 1):
        noun = tree.heads[verb]
        is_clause = tree.deps[verb] == "acl" and start <= noun < verb and tree.pos[verb] == "VERB"
        if not is_clause or tree.doc[verb].lemma_.lower() not in words.taking:
            continue
        below = {tree.deps[at]: tree.words[at] for at in tree.children(verb, start, end)}
        is_whole = below.keys() & {"obj", "ccomp", "xcomp", "aux:pass", "advcl"}
        if "nsubj" in below and not is_whole and below.get("mark", "that") == "that":
            tree.attach(verb, noun, "acl:relcl")


def free_worth(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "goods worth $3 billion will be taxed" it is the goods that are taxed: "worth" is no verb."""
    for worth in range(start + 1, end - 3):
        if tree.words[worth] != "worth" or tree.deps[worth] in ("amod", "acl", "xcomp"):
            continue
        money = worth + 1 if tree.pos[worth + 1] in ("SYM", "NUM") else None
        noun = next((at for at in tree.children(worth, start, worth) if tree.deps[at] == "nsubj"), None)
        verb = tree.heads[money] if money is not None else None
        if money is None or noun is None or verb is None:
            continue
        if tree.pos[verb] != "VERB" or not money < verb < end or tree.deps[money] not in ("nsubj", "nsubj:pass"):
            continue
        role = tree.deps[money]
        tree.take_place(verb, worth)
        for child in tree.children(worth, start, end):
            tree.attach(child, verb, tree.deps[child])
        tree.attach(noun, verb, role)
        tree.attach(worth, noun, "amod")
        tree.attach(money, worth, "obl")
