"""Who holds an office that a state is named with: "President of Chad Ana Rojas met", "and his counterpart Ali Diop"."""

import functools

from detente.codebook.offices import load_actor_words
from detente.codebook.registry import AliasKind, load_registry
from detente.codebook.repairs import RepairWords
from detente.parsing.tree import Tree

Run = tuple[int, int]  # first and last token, both included
OUTER = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "conj", "appos", "nmod:poss"})
MATTER = frozenset({"NOUN", "PROPN", "ADJ"})  # word classes of what a minister is of
JOINTS = frozenset({"of", "for", "the", "and", "to"})
OF = frozenset({"of", "to"})  # before the state an office is of
FARTHEST = 14  # tokens from an office to its state at most
MOST_BEFORE = 6  # tokens between "and" and a title
LONGEST = 5  # words of a state's name


def bind_holders(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Minister of Trade of Chad Ana Rojas met the envoy" it is she who meets: title and state describe her."""
    for title in range(start, end - 3):
        if tree.words[title] not in words.titles or tree.pos[title] not in MATTER or tree.words[title + 1] not in OF:
            continue
        name = _name_behind_state(tree, title, end)
        if name is not None:
            _unite(tree, (title, name[1]), name, (start, end))


def bind_counterparts(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "the premier and his Malian counterpart Ali Diop had a call" the counterpart is Diop, and no other subject."""
    for title in range(start + 2, end - 1):
        counterpart = tree.words[title] == words.counterpart
        if not (counterpart or tree.words[title] in words.titles) or tree.pos[title] not in MATTER:
            continue
        name = name_at(tree, title + 1, end)
        if name is None or tree.heads[name[0]] == title:
            continue
        if counterpart:
            _unite(tree, (title, name[1]), name, (start, end))
        else:
            _join(tree, (title, name[1]), name, start)


def _join(tree: Tree, span: Run, name: Run, start: int) -> None:
    """In "President Ana Rojas and Malian Premier Ali Diop agreed" both names are subjects of the verb."""
    title, last = span
    joint = next((at for at in range(title - 1, max(start, title - MOST_BEFORE), -1) if tree.words[at] == "and"), start)
    if joint == start or tree.pos[joint - 1] != "PROPN" or tree.deps[name[0]] not in OUTER:
        return
    first = joint - 1
    while tree.deps[first] == "flat" and start <= tree.heads[first] < first:
        first = tree.heads[first]
    if not joint < tree.heads[first] <= last or joint <= tree.heads[name[0]] <= last:
        return
    tree.attach(first, tree.heads[name[0]], tree.deps[name[0]])
    tree.attach(name[0], first, "conj")
    tree.attach(joint, name[0], "cc")
    tree.attach(title, name[0], "nmod:desc")
    for at in range(joint + 1, title):
        if not joint < tree.heads[at] <= last:
            tree.attach(at, title, "amod")


def _name_behind_state(tree: Tree, title: int, end: int) -> Run | None:
    """The name right behind the state that an office is of; None where there is none."""
    at = title + 1
    while at < min(title + FARTHEST, end - 1):
        if tree.words[at] in OF:
            state = state_at(tree, at + 1, end)
            if state is not None:
                name = name_at(tree, state + 1, end)
                if name is not None or tree.words[min(state + 1, end - 1)] not in OF:
                    return name
                at = state + 1
                continue
        elif tree.words[at] not in JOINTS and tree.pos[at] not in MATTER:
            return None
        at += 1
    return None


def state_at(tree: Tree, at: int, end: int) -> int | None:
    """The last token of the state's name that begins at a token or behind its article; the longest counts."""
    first = at + 1 if at < end and tree.words[at] == "the" else at
    for size in range(LONGEST, 0, -1):
        if first + size <= end and tuple(tree.words[first : first + size]) in state_names():
            return first + size - 1
    return None


@functools.cache
def state_names() -> frozenset[tuple[str, ...]]:
    """The names of states, word by word in lower case."""
    names = (alias.words for alias in load_registry().aliases if alias.kind is AliasKind.NAME)
    return frozenset(tuple(name.lower().split()) for name in names if "-" not in name and "." not in name)


def name_at(tree: Tree, first: int, end: int) -> Run | None:
    """The person's name of two words or more that begins at a token; None where something else stands there."""
    particles = load_actor_words().name_particles
    last = first - 1
    while last + 1 < end:
        token = tree.doc[last + 1]
        is_word = token.pos_ in ("PROPN", "ADJ", "ADV", "NOUN", "X") and token.text.istitle()
        joins = token.text == "-" or (token.lower_ in particles and last >= first)
        if not (is_word or joins):
            break
        last += 1
    while last >= first and not tree.doc[last].text[:1].isupper():
        last -= 1
    return (first, last) if last > first else None


def _unite(tree: Tree, span: Run, name: Run, sentence: Run) -> None:
    """Makes the first word of a name the head of the title before it, hung where either of them was."""
    (first, last), head = span, name[0]
    hung = [at for at in range(first, last + 1) if not first <= tree.heads[at] <= last or tree.heads[at] == at]
    placed = [at for at in hung if tree.deps[at] in OUTER or tree.heads[at] == at]
    if not placed:
        return
    top = placed[0]
    if top != first:  # the title itself is placed best, if at all
        top = next((at for at in placed if tree.heads[at] != at and tree.deps[at] not in ("nmod", "appos")), top)
    above, relation = (head, "ROOT") if tree.heads[top] == top else (tree.heads[top], tree.deps[top])
    if above == head and relation != "ROOT":
        return
    _free_partner(tree, span, [at for at in hung if at != top])
    for child in range(*sentence):
        inside = first <= tree.heads[child] <= last and child not in range(first, last + 1)
        if inside and (child > last or tree.deps[child] in ("case", "cc", "mark")):
            tree.attach(child, head, tree.deps[child])
    for at in hung:
        if at not in (top, head, first):
            tree.attach(at, first, "nmod")
    tree.attach(head, above, relation)
    tree.attach(first, head, "nmod:desc")
    for at in range(name[0] + 1, name[1] + 1):
        tree.attach(at, head, "flat")


def _free_partner(tree: Tree, span: Run, others: list[int]) -> None:
    """Whom a counterpart is joined to is the subject of the verb, not of the counterpart's name."""
    partner = tree.heads[span[0]]
    verb = next((tree.heads[at] for at in others if tree.pos[tree.heads[at]] in ("VERB", "AUX")), None)
    if tree.deps[span[0]] == "conj" and verb is not None and span[0] <= tree.heads[partner] <= span[1]:
        tree.attach(partner, verb, "nsubj")
