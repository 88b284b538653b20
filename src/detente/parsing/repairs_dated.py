"""Main verbs that a date or a bare object hides: "The ministry last month called for", "A spokesman voiced hope"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.doc import read_morph
from detente.parsing.tree import Tree

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
SUBJECT_PARTS = frozenset({"compound", "nsubj", "nmod:desc", "flat", "obl:unmarked", "nmod:unmarked"})
PERFECT = frozenset({"has", "have", "had"})
LOOSE_CLAUSES = frozenset({"advcl", "xcomp", "ccomp", "acl", "parataxis"})
JOINTS = frozenset({"in", "on"})  # prepositions of dates
OPENING = frozenset({"after", "as", "before", "since", "until"})  # prepositions that open clauses too
LIMITS = frozenset({"until", "till"})
OPENERS = frozenset({"that", "which", "where", "when"})
UNMARKED = frozenset({"nmod:unmarked", "obl:unmarked", "nmod:tmod", "obl:tmod"})


def promote_dated_verbs(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "The ministry last month called for talks" the verb is the main one, no description of the month."""
    for verb in range(start + 2, end):
        time = tree.heads[verb]
        if tree.deps[verb] != "acl" or tree.pos[verb] != "VERB" or time != verb - 1 or tree.deps[time] not in UNMARKED:
            continue
        subject = tree.heads[time]
        above = tree.heads[subject]
        loose = above == subject or (tree.deps[subject] == "nsubj" and not tree.is_finite(above))
        if subject < time and tree.pos[subject] in NOMINAL and loose:
            tree.make_root(verb, start, end)
            tree.attach(subject, verb, "nsubj")
            tree.attach(time, verb, "obl:unmarked")
            return


def bind_dated_infinitives(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Fiji decided on Friday to leave" the infinitive is what was decided, not what it was decided for."""
    for to in range(start + 2, end - 1):
        if tree.words[to] != "to" or tree.deps[to] != "mark":
            continue
        verb = tree.heads[to]
        above = tree.heads[verb]
        if tree.deps[verb] != "advcl" or not above < to < verb or tree.doc[above].lemma_ not in words.settling:
            continue
        between = range(above + 1, to)
        times = [at for at in between if tree.words[at] in words.days or tree.deps[at] in UNMARKED]
        if times and all(tree.top_below(at, above) in times for at in between):
            tree.attach(verb, above, "xcomp")


def hang_said_days(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "said Monday they would go" the day is that of the saying."""
    for day in range(start + 2, end - 1):
        verb, clause = day - 1, tree.heads[day]
        if tree.words[day] not in words.days or tree.doc[verb].lemma_.lower() not in words.telling:
            continue
        others = (tree.deps[child] for child in tree.children(clause, day + 1, end))
        loose = tree.deps[day] in UNMARKED or (tree.deps[day] == "nsubj" and "nsubj" in others)
        if loose and clause > day and tree.heads[clause] == verb:
            tree.attach(day, verb, "obl:unmarked")


def join_dated_verbs(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Chad bowed and on Friday promised to pay" the second verb stands beside the first, it is none of the day."""
    for verb in range(start + 4, end):
        day = verb - 1
        first = tree.heads[day]
        loose = tree.deps[verb] in ("acl", "advcl") and tree.heads[verb] in (day, first)
        if not loose or tree.words[day] not in words.days:
            continue
        joined = tree.words[day - 1] == "on" and tree.words[day - 2] == "and" and tree.heads[day - 2] == day
        if joined and first < day and tree.pos[first] == "VERB" and tree.pos[verb] == "VERB":
            tree.attach(verb, first, "conj")
            tree.attach(day, verb, "obl")
            tree.attach(day - 2, verb, "cc")


def hang_month_days(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "The closure will end Sept. 26" the day is no object."""
    for day in range(start + 2, end):
        verb = tree.heads[day]
        is_day = tree.pos[day] == "NUM" and tree.words[day - 1] in words.months
        if is_day and tree.deps[day] == "obj" and tree.pos[verb] == "VERB" and verb < day:
            tree.attach(day, verb, "obl:unmarked")


def free_told_clauses(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "said last week that he would go" the clause is what was said, it does not describe the week."""
    for that in range(start + 2, end - 1):
        time, clause = that - 1, tree.heads[that]
        if tree.words[that] != "that" or tree.deps[clause] != "acl:relcl" or tree.heads[clause] != time:
            continue
        verb = tree.heads[time]
        dated = tree.deps[time] in UNMARKED or tree.words[time][0].isdigit() or tree.words[time] in words.days
        if dated and start <= verb < time and tree.doc[verb].lemma_.lower() in words.telling:
            tree.attach(clause, verb, "ccomp")
            tree.attach(that, clause, "mark")


def free_clauses_told(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "told the news agency Andina that talks would go on" the clause is what was said, not about whom."""
    for that in range(start + 2, end - 1):
        clause, whom = tree.heads[that], tree.heads[tree.heads[that]]
        if tree.words[that] != "that" or tree.deps[clause] != "acl:relcl" or tree.deps[that] not in ("obj", "obl"):
            continue
        while tree.deps[whom] in ("appos", "flat", "nmod", "conj") and tree.heads[whom] < whom:
            whom = tree.heads[whom]
        verb = tree.heads[whom]
        below = {tree.deps[at] for at in tree.children(verb, start, end)}
        if tree.deps[whom] == "iobj" and below.isdisjoint({"obj", "ccomp"}):
            tree.attach(clause, verb, "ccomp")
            tree.attach(that, clause, "mark")


def free_fixed_names(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "angry that Rossi last month left" and "after which Ann Rossi left" a name acts, it is no part of "that"."""
    for name in range(start + 1, end - 1):
        opener = tree.heads[name]
        if tree.deps[name] != "fixed" or tree.pos[name] != "PROPN" or tree.words[opener] not in OPENERS:
            continue
        verb = tree.heads[opener]
        if not name < verb < end or tree.pos[verb] not in ("VERB", "AUX"):
            continue
        for old in tree.children(verb, name, verb):
            if tree.deps[old] in ("nsubj", "nsubj:pass"):
                tree.attach(old, verb if old == verb - 1 else name, "obl:unmarked" if old == verb - 1 else "appos")
        tree.attach(name, verb, "nsubj")


def give_dated_subjects(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "after Chad in May banned imports" the name before the date does what the verb behind it tells.

    So does a noun behind a word that may open a clause: "after the army on Monday shelled the port".
    """
    for verb in range(start + 3, end):
        date, joint, name = verb - 1, verb - 2, verb - 3
        if tree.pos[verb] != "VERB" or tree.words[joint] not in JOINTS or tree.pos[name] not in ("PROPN", "NOUN"):
            continue
        in_month = tree.words[joint] == "in" and (tree.words[date] in words.months or tree.words[date].isdigit())
        is_date = in_month or (tree.words[joint] == "on" and tree.words[date] in words.days)
        if tree.pos[name] == "NOUN" and not any(
            tree.words[at] in OPENING for at in tree.children(name, start, name) if tree.deps[at] == "case"
        ):
            continue
        if not is_date or tree.doc[verb].morph.get("Tense") != ["Past"] or tree.words[min(verb + 1, end - 1)] == "by":
            continue
        while tree.deps[name] in ("flat", "compound") and start <= tree.heads[name] < joint:
            name = tree.heads[name]
        below = [at for at in tree.children(verb, start, end) if tree.deps[at] in SUBJECT_PARTS - UNMARKED]
        loose = tree.heads[name] == name or tree.deps[name] in ("obl", "nmod")
        if tree.deps[verb] not in LOOSE_CLAUSES or not loose or any(at != date for at in below):
            continue
        _bind_dated(tree, (name, joint, date, verb), start)


def _bind_dated(tree: Tree, places: tuple[int, int, int, int], start: int) -> None:
    name, joint, date, verb = places
    openers = [at for at in tree.children(name, start, name) if tree.deps[at] == "case"]
    if tree.heads[verb] == name or not openers:
        tree.take_place(verb, name)
    else:
        tree.attach(verb, tree.heads[verb], "advcl")
    for opener in openers:
        tree.attach(opener, verb, "mark")
    tree.doc[verb].morph = read_morph("Mood=Ind|Tense=Past|VerbForm=Fin")
    tree.attach(name, verb, "nsubj")
    tree.attach(date, verb, "obl")
    tree.attach(joint, date, "case")


def free_since_verbs(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Chad has since limited imports, banned wine and left" what stands behind "since" is the verb."""
    for verb in range(start + 3, end - 1):
        noun, perfect = tree.heads[verb], verb - 2
        if tree.words[verb - 1] != "since" or tree.words[perfect] not in PERFECT or tree.deps[verb] != "amod":
            continue
        if not verb < noun < end or tree.heads[noun] != perfect:
            continue
        tree.take_place(verb, perfect)
        for child in tree.children(perfect, start, end):
            tree.attach(child, verb, tree.deps[child])
        tree.attach(perfect, verb, "aux")
        tree.attach(verb - 1, verb, "advmod")
        tree.attach(noun, verb, "obj")
        for other in tree.children(noun, noun, end):
            told = [
                at for at in tree.children(other, noun, other) if tree.deps[at] == "amod" and tree.pos[at] == "VERB"
            ]
            if tree.deps[other] == "conj" and told and tree.words[told[0] - 1] in (",", "and"):
                tree.attach(told[0], verb, "conj")
                tree.attach(other, told[0], "obj")


def free_timed_clauses(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "filed a complaint after all talks failed" it was filed when they failed; the complaint is not what failed."""
    for verb in range(start + 3, end):
        noun = tree.heads[verb]
        if tree.deps[verb] not in ("acl:relcl", "acl") or not start <= noun < verb or tree.pos[verb] != "VERB":
            continue
        subject = next((at for at in tree.children(verb, noun, verb) if tree.deps[at] in ("nsubj", "nsubj:pass")), None)
        below = tree.children(subject, noun, subject) if subject is not None else []
        cases = [at for at in below if tree.deps[at] == "case"]
        above = tree.top_verb(noun, start)
        if above is not None and len(cases) == 1 and tree.words[cases[0]] in OPENING:
            tree.attach(verb, above, "advcl")
            tree.attach(cases[0], verb, "mark")


def lift_limited(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "has until Friday to leave" the leaving is what the time is given for; Friday has nothing to do."""
    for verb in range(start + 3, end):
        day = tree.heads[verb]
        above = tree.heads[day]
        if tree.deps[verb] not in LOOSE_CLAUSES or tree.deps[day] != "obl" or not start <= above < day < verb:
            continue
        limited = any(tree.words[at] in LIMITS and tree.deps[at] == "case" for at in tree.children(day, above, day))
        if limited and any(tree.words[at] == "to" for at in tree.children(verb, day, verb)):
            tree.attach(verb, above, "advcl")


def free_adjectival_verbs(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "A spokesman voiced hope that ..." the participle behind a noun is the verb and the bare noun its object."""
    for verb in range(start + 1, end - 1):
        noun = tree.heads[verb]
        if tree.deps[verb] != "amod" or tree.heads[noun] != noun or noun <= verb or not tree.words[verb].endswith("ed"):
            continue
        before = verb - 1
        children = tree.children(noun, start, end)
        part = tree.heads[before] in (noun, verb) and tree.deps[before] in SUBJECT_PARTS and tree.pos[before] in NOMINAL
        if not part or any(tree.is_finite(child) or tree.deps[child] == "cop" for child in children if child < verb):
            continue
        _make_main(tree, start, end, verb, noun)
        return


def _make_main(tree: Tree, start: int, end: int, verb: int, noun: int) -> None:
    """Makes the verb the root, the word before it the subject with what stood before, the noun the object."""
    subject = verb - 1
    children = [(child, tree.deps[child]) for child in tree.children(noun, start, end)]
    tree.make_root(verb, start, end)
    tree.doc[verb].pos_ = tree.pos[verb] = "VERB"
    tree.doc[verb].morph = read_morph("Mood=Ind|Tense=Past|VerbForm=Fin")
    tree.attach(noun, verb, "obj")
    tree.attach(subject, verb, "nsubj")
    for child, relation in children:
        if child < subject:
            tree.attach(child, subject, relation)
        elif child > verb and relation != "punct":
            tree.attach(child, noun, "acl" if relation == "ccomp" else relation)
