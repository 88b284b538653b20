"""Sentences on plans, misread: "Rossi invited Weber to pay a visit", "a visit by Premier Rossi that was due in May"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import Tree

NAMES = frozenset({"NOUN", "PROPN"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
LOOSE = frozenset({"conj", "list", "appos", "parataxis", "dep"})
MEETING_IN = frozenset({"in", "at", "during"})
WITHIN_NAMES = frozenset({"nmod", "conj", "flat", "appos", "nmod:poss"})
BEFORE_DATES = frozenset({"for", "on", "in"})
BEING = frozenset({"is", "are", "was", "were"})


def lift_agreed(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "agreed in the call between Roe and Rossi to keep the peace" it is agreed to keep it, not a call to do so."""
    for to in range(start + 4, end - 1):
        deed = tree.heads[to]
        if tree.words[to] != "to" or tree.deps[to] != "mark" or tree.deps[deed] != "acl" or deed < to:
            continue
        place = tree.heads[deed]
        while start <= place < to and tree.deps[place] in WITHIN_NAMES:
            place = tree.heads[place]
        verb = tree.heads[place]
        if tree.deps[place] != "obl" or not start <= verb < place or tree.pos[verb] != "VERB":
            continue
        cases = {tree.words[at] for at in tree.children(place, verb, place) if tree.deps[at] == "case"}
        if cases & MEETING_IN and tree.doc[verb].lemma_.lower() in words.binding:
            tree.attach(deed, verb, "xcomp")


def free_orders(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Rossi invited Weber to pay a visit, the ministry said" the inviting is no attribute of Weber."""
    for verb in range(start + 1, end - 3):
        whom = tree.heads[verb]
        if (
            tree.deps[verb] != "amod"
            or tree.pos[verb] != "VERB"
            or not verb < whom < end - 2
            or tree.pos[whom] != "PROPN"
        ):
            continue
        doer, deed = tree.heads[whom], tree.heads[whom + 1]
        is_told = tree.deps[whom] in ("appos", "obj") and start <= doer < verb and tree.deps[doer] in SUBJECTS
        ordered = tree.words[whom + 1] == "to" and tree.deps[whom + 1] == "mark" and whom + 1 < deed < end
        if not (is_told and ordered) or tree.doc[verb].lemma_.lower() not in words.ordering:
            continue
        head, relation = tree.heads[deed], tree.deps[deed]
        if head == doer:
            head, relation = tree.heads[doer], "ccomp"
        elif tree.heads[doer] != deed:
            continue
        tree.attach(verb, verb if head == deed else head, relation)
        tree.attach(doer, verb, "nsubj")
        tree.attach(whom, verb, "obj")
        tree.attach(deed, verb, "xcomp")


def free_due(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Chad's king is due in Lima next Monday for talks" the king is the subject, and the rest hangs at "due"."""
    for due in range(start + 2, end - 2):
        doer = tree.heads[due]
        if tree.words[due] != words.due or tree.deps[due] not in ("nmod", "amod", "acl") or not start <= doer < due - 1:
            continue
        if tree.words[due - 1] not in BEING or tree.heads[due - 1] != due:
            continue
        behind = [at for at in tree.children(doer, due + 1, end) if tree.deps[at] != "punct"]
        tree.take_over(due, doer, start, end)
        tree.attach(doer, due, "nsubj")
        for child in behind:
            relation = tree.deps[child]
            tree.attach(child, due, relation.replace("nmod", "obl") if relation.startswith("nmod") else relation)


def read_due(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Rossi is due in Oslo on Monday" being due is what is told, and Oslo is where."""
    for due in range(start + 2, end - 2):
        place = tree.heads[due]
        if tree.words[due] != words.due or tree.deps[due] != "case" or not due + 1 < place < end:
            continue
        if tree.words[due + 1] not in ("in", "at") or tree.words[due - 1] not in BEING:
            continue
        head, relation = tree.heads[place], tree.deps[place]
        whole = tree.children(place, start, end)
        first = place if head == place else head
        tree.attach(due, due if head == place else head, relation)
        for child in whole:
            if child != due and tree.deps[child] not in ("case", "compound", "det", "amod", "flat"):
                tree.attach(child, due, "obl" if tree.deps[child] == "nmod" else tree.deps[child])
        tree.attach(due + 1, place, "case")
        tree.attach(place, due, "obl")
        if relation in LOOSE and tree.heads[first] == first and first < due:  # "Rossi, the premier, is due in Oslo"
            tree.make_root(due, start, end)
            tree.attach(first, due, "nsubj")


def name_visitors(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "cancelled a visit by Premier Rossi to Oslo" the name is the premier's, and Oslo where the visit goes."""
    for title in range(start + 2, end - 1):
        if tree.words[title] not in words.titles or tree.pos[title + 1] != "PROPN" or tree.deps[title] == "nmod:desc":
            continue
        name = title + 1 if tree.deps[title + 1] != "compound" else tree.heads[title + 1]
        noun = _visit(tree, start, title)
        if noun is None or tree.heads[name] not in (tree.heads[noun], title) or not title < name < end:
            continue
        for child in tree.children(title, start, end):
            if tree.deps[child] == "case" or child > name:
                tree.attach(child, name, tree.deps[child])
        tree.attach(name, noun, "nmod")
        tree.attach(title, name, "nmod:desc")
        for goal in tree.children(tree.heads[noun], name, end):
            cases = [tree.words[at] for at in tree.children(goal, name, goal) if tree.deps[at] == "case"]
            if tree.deps[goal] == "obl" and cases == ["to"] and tree.pos[goal] == "PROPN":
                tree.attach(goal, noun, "nmod")


def _visit(tree: Tree, start: int, title: int) -> int | None:
    """The object right before a title's "by", where the parse hung the title at it, or at the active verb above."""
    by = next((at for at in tree.children(title, start, title) if tree.words[at] == "by"), start)
    noun = by - 1
    if by == start or tree.deps[by] != "case" or noun <= start or tree.deps[noun] != "obj":
        return None
    torn = (tree.deps[title], tree.heads[title]) in (("nmod", noun), ("obl", tree.heads[noun]))
    return noun if torn else None


def bind_relatives(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "cancelled a visit on Monday that was planned for May" the clause says which visit, not which Monday."""
    for that in range(start + 2, end - 1):
        clause = tree.heads[that]
        if tree.words[that] != "that" or tree.deps[that] not in SUBJECTS or not that < clause < end:
            continue
        verb = above = tree.heads[clause]
        if tree.deps[clause] == "acl:relcl" and tree.words[above] in words.days:
            verb = tree.heads[above]
            verb = tree.heads[verb] if tree.deps[verb] == "obj" else verb
        elif tree.deps[clause] != "ccomp" or tree.pos[that] != "PRON" or tree.pos[that - 1] not in NAMES:
            continue
        things = [at for at in tree.children(verb, verb, that) if tree.deps[at] == "obj" and tree.pos[at] in NAMES]
        if start <= verb < that and things:
            tree.attach(clause, things[-1], "acl:relcl")


def read_plans_as_verbs(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "He and Rossi plan to meet" they plan: a noun with subjects and an infinitive but no article is a verb."""
    for at in range(start + 1, end - 2):
        if tree.words[at] not in words.verbs_of_plans or tree.pos[at] != "NOUN" or tree.words[at + 1] != "to":
            continue
        below = {tree.deps[child]: child for child in tree.children(at, start, end)}
        if "nsubj" in below and "acl" in below and not below.keys() & {"det", "case", "cop", "nmod:poss", "amod"}:
            tree.make_verb(at, tree.words[at], "Fin")
            tree.attach(below["acl"], at, "xcomp")


def free_let_verbs(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "The licence that lets firms serve the port runs out in May" the licence runs out; serving is what it lets."""
    for let in range(start + 1, end - 3):
        noun = tree.heads[let]
        if tree.words[let] not in words.letting or tree.deps[let] != "acl:relcl" or not start <= noun < let:
            continue
        top = tree.heads[noun] if tree.deps[noun] in SUBJECTS else noun
        below = [at for at in tree.children(let, let, end) if top == noun and tree.deps[at] in ("xcomp", "ccomp")]
        for bare in (top, *below):
            clauses = tree.children(bare, bare, end) if let < bare < end and tree.pos[bare] == "VERB" else []
            main = [at for at in clauses if tree.deps[at] == "ccomp" and tree.is_finite(at)]
            if main and tree.words[bare] == tree.doc[bare].lemma_.lower():
                _run_out(tree, let, bare, main[0], end)
                break


def _run_out(tree: Tree, let: int, bare: int, verb: int, end: int) -> None:
    """Makes the verb behind a clause of letting the one of the noun before it."""
    noun = tree.heads[let]
    top = tree.heads[noun] if tree.deps[noun] in SUBJECTS else noun
    for thing in tree.children(verb, bare, verb):
        if tree.deps[thing] in SUBJECTS:
            tree.attach(thing, bare, "obj")
    for child in tree.children(top, let, end):
        if tree.deps[child] == "punct":
            tree.attach(child, verb, "punct")
    tree.take_place(verb, top)
    tree.attach(noun, verb, "nsubj")
    tree.attach(bare, let, "ccomp")


def hang_holds(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "put its tariffs on goods worth $3 billion on hold" it is the tariffs that are on hold, not the goods."""
    for hold in range(start + 3, end):
        verb = tree.top_verb(hold, start) if tree.words[hold] in words.holds and tree.words[hold - 1] == "on" else None
        if verb is None or tree.heads[hold] == verb or tree.doc[verb].lemma_.lower() not in words.holding:
            continue
        if any(tree.deps[at] == "obj" for at in tree.children(verb, verb, hold)):
            tree.attach(hold, verb, "obl")


def end_called_off(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "A round planned for 2 May was dropped" the round was dropped, not the second of May."""
    for planned in range(start + 1, end - 4):
        if tree.words[planned] not in words.planned or tree.words[planned + 1] not in BEFORE_DATES:
            continue
        noun = planned - 1 if tree.heads[planned - 1] == planned else tree.heads[planned]
        first = last = planned + 2
        while last + 1 < end and _is_date(tree, last + 1, words):
            last += 1
        if not _is_date(tree, first, words) or not start <= noun < planned or tree.pos[noun] not in NAMES:
            continue
        verb = next((tree.heads[at] for at in range(first, last + 1) if tree.deps[at] in SUBJECTS), None)
        if verb is None or not last < verb < end or any(tree.words[at] == "," for at in range(last, verb)):
            continue
        if tree.heads[noun] not in (noun, planned) or tree.heads[planned] not in (noun, planned):
            continue
        relation = (
            "nsubj:pass" if any(tree.deps[at] == "aux:pass" for at in tree.children(verb, last, verb)) else "nsubj"
        )
        tree.make_root(verb, start, end)
        tree.attach(noun, verb, relation)
        tree.attach(planned, noun, "acl")
        tree.attach(last, planned, "obl")
        tree.attach(planned + 1, last, "case")
        for at in range(first, last):
            tree.attach(at, last, "nummod")


def _is_date(tree: Tree, at: int, words: RepairWords) -> bool:
    """Whether a word is a day, a month or a number, as dates are made of."""
    word = tree.words[at]
    return word in words.days or word in words.months or word.isdigit()
