"""Two who are named with their states or offices: "Ana Rojas of Chad and Ali Diop of Mali met"; names read as verbs."""

from detente.codebook.repairs import RepairWords
from detente.parsing.repairs_holders import OUTER, name_at, state_at, state_names
from detente.parsing.tree import Tree

Run = tuple[int, int]  # first and last token, both included
OF = "of"
LONGEST_STATE = 5  # words of a state's name
LONGEST_NAME = 5  # words
LONGEST_PLACE = 8  # words before the comma behind which a sentence goes on


def join_named_with_states(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Ana Rojas of Chad and Ali Diop of Mali met" both meet: Diop is joined to Rojas and not to Chad."""
    for joint in range(start + 3, end - 3):
        if tree.words[joint] != "and":
            continue
        second = name_at(tree, joint + 1, end)
        first = _name_before_state(tree, joint, start)
        if first is None or second is None or second[1] + 2 >= end or tree.words[second[1] + 1] != OF:
            continue
        behind = state_at(tree, second[1] + 2, end)
        if behind is not None:
            _pair(tree, (first, second), (joint, behind), (start, words))
            _free_verb(tree, (first[0], behind + 1), (start, end), words)


def _name_before_state(tree: Tree, joint: int, start: int) -> Run | None:
    """The name of two words or more before "of Chad and"; None where something else stands there."""
    for size in range(1, LONGEST_STATE + 1):
        at = joint - size
        if at - 1 > start and tuple(tree.words[at:joint]) in state_names():
            of = at - 2 if tree.words[at - 1] == "the" else at - 1
            if of <= start + 1 or tree.words[of] != OF:
                continue
            first = of
            while first > max(start, of - LONGEST_NAME) and _is_name_word(tree, first - 1):
                first -= 1
            return (first, of - 1) if of - 1 > first else None
    return None


def _is_name_word(tree: Tree, at: int) -> bool:
    return tree.pos[at] == "PROPN" and tree.doc[at].text.istitle()


def _pair(tree: Tree, names: tuple[Run, Run], behind: Run, before: tuple[int, RepairWords]) -> None:
    """Joins the second name to the first and hangs each state at its name; a title of several describes both."""
    (first, other), (joint, last), (start, words) = names, behind, before
    title = first[0] - 1
    several = title >= start and tree.words[title].endswith("s") and tree.words[title][:-1] in words.titles
    span = (title if several else first[0], last)
    hung = [at for at in range(span[0], last + 1) if not span[0] <= tree.heads[at] <= last or tree.heads[at] == at]
    placed = next((at for at in hung if tree.deps[at] in OUTER or tree.heads[at] == at), None)
    if placed is None:
        return
    is_main = tree.heads[placed] == placed
    tree.attach(first[0], first[0] if is_main else tree.heads[placed], tree.deps[placed])
    if several:
        tree.attach(title, first[0], "nmod:desc")
    for run in names:
        for at in range(run[0] + 1, run[1] + 1):
            tree.attach(at, run[0], "flat")
    tree.attach(other[0], first[0], "conj")
    tree.attach(joint, other[0], "cc")
    tree.attach(_state_top(tree, first[1] + 2, joint), first[0], "nmod")
    tree.attach(_state_top(tree, other[1] + 2, last + 1), other[0], "nmod")


def _free_verb(tree: Tree, at: Run, sentence: Run, words: RepairWords) -> None:
    """A past right behind two who are named is what they did: "Ana Rojas of Chad and Ali Diop of Mali met"."""
    name, verb = at
    is_past = verb < sentence[1] and tree.words[verb] in words.sure_pasts and tree.pos[verb] == "VERB"
    if is_past and tree.heads[name] == name:
        tree.make_root(verb, *sentence)
        tree.attach(name, verb, "nsubj")


def _state_top(tree: Tree, start: int, end: int) -> int:
    return tree.top(end - 1, start, end)


def part_apposed(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Ana Rojas, the premier of Chad, and Ali Diop, the envoy of Mali, met" Diop is joined to Rojas and envoy."""
    for name in range(start + 3, end):
        office = tree.heads[name]
        joined = tree.deps[name] == "conj" and tree.pos[name] == "PROPN" and office < name
        if not (joined and tree.deps[office] == "appos" and tree.pos[office] == "NOUN"):
            continue
        first = tree.heads[office]
        commas = tree.words[first:office].count(",") and tree.words[office:name].count(",")
        if not commas or tree.pos[first] != "PROPN" or first > office:
            continue
        tree.attach(name, first, "conj")
        for at in tree.children(first, name + 1, end):
            if tree.deps[at] == "appos":
                tree.attach(at, name, "appos")


def read_given_names(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "the army chief Said Diop met the envoy" Said is a name, which begins with a capital, and no verb."""
    for at in range(start + 1, end - 2):
        if tree.words[at] not in words.given_names or not tree.doc[at].text.istitle() or tree.pos[at] != "VERB":
            continue
        last = at
        while last + 1 < end and tree.doc[last + 1].text.istitle() and tree.words[last + 1].isalpha():
            last += 1
        verb = last + 1
        if last == at or verb >= end or tree.pos[verb] not in ("VERB", "AUX") or not tree.words[verb].islower():
            continue
        _name_subject(tree, (at, last), (start, end))


def _name_subject(tree: Tree, name: Run, sentence: Run) -> None:
    """Makes what was read as a verb and its clause a name that is the subject of the verb behind it."""
    (first, last), (start, end) = name, sentence
    behind = (at for at in range(last + 1, end) if tree.pos[at] == "VERB" and tree.deps[at] not in ("amod", "acl"))
    verb = next(behind, None)
    if verb is None or tree.doc[verb].text.istitle():
        return
    title = next((at for at in tree.children(first, start, first) if tree.deps[at] == "nsubj"), None)
    for at in range(first, last + 1):
        tree.pos[at] = tree.doc[at].pos_ = "PROPN"
    if tree.deps[first] == "conj" and tree.pos[tree.heads[first]] in ("NOUN", "PROPN"):
        if title is not None:
            tree.attach(title, first, "nmod:poss")
        for at in range(first + 1, last + 1):
            tree.attach(at, first, "flat")
        return
    is_main = tree.heads[first] == first
    tree.attach(verb, verb if is_main else tree.heads[first], "ROOT" if is_main else tree.deps[first])
    for child in tree.children(first, start, end):
        if child not in (verb, title):
            tree.attach(child, verb, tree.deps[child])
    for at in range(first, last + 1):
        tree.attach(at, verb if at == first else first, "nsubj" if at == first else "flat")
    if title is not None:
        tree.attach(title, first, "nmod:desc")


def free_peoples(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "In Lima, Chadian and Malian envoys met" the envoys are Chadian and Malian; nothing is listed with Lima."""
    if tree.pos[start] != "ADP" or "," not in tree.words[start:end]:
        return
    comma = tree.words.index(",", start, end)
    if comma - start > LONGEST_PLACE:
        return
    peoples, joint = _peoples_from(tree, comma + 1, end)
    noun = _last_noun(tree, peoples[-1] + 1, end) if joint else None
    if noun is None or min(tree.heads[peoples[0]], tree.heads[noun]) >= comma or tree.heads[peoples[0]] == noun:
        return
    verb = next((at for at in range(noun + 1, end) if tree.pos[at] == "VERB"), end)
    opener = tree.top(comma - 1, start, comma)
    if verb == end or tree.heads[opener] not in range(verb, end):
        return
    if tree.heads[noun] < comma:
        passive = any(tree.deps[child] == "aux:pass" for child in tree.children(verb, noun, verb))
        tree.attach(noun, verb, "nsubj:pass" if passive else "nsubj")
    tree.attach(peoples[0], noun, "amod")
    for people in peoples[1:]:
        tree.attach(people, peoples[0], "conj")
    tree.attach(joint, peoples[-1], "cc")


def _peoples_from(tree: Tree, at: int, end: int) -> tuple[list[int], int]:
    """The adjectives of peoples listed from a token on and where their "and" stands; zero where there is none."""
    peoples: list[int] = []
    joint = 0
    while at < end:
        word = tree.doc[at].text
        if (tree.pos[at] == "ADJ" and word[:1].isupper()) or (tree.pos[at] == "PROPN" and word.isupper()):
            peoples.append(at)
            if joint:
                break
        elif tree.words[at] == "and" and peoples:
            joint = at
        elif not (tree.pos[at] == "PROPN" and word.istitle()) and tree.words[at] != ",":
            break
        at += 1
    return peoples, joint if peoples and joint and peoples[-1] > joint else 0


def _last_noun(tree: Tree, at: int, end: int) -> int | None:
    """The last of the nouns that stand from a token on, right before a verb; None where there is none."""
    first = at
    while at < end and tree.pos[at] in ("NOUN", "ADJ"):
        at += 1
    while at > first and tree.pos[at - 1] != "NOUN":
        at -= 1
    return at - 1 if first < at < end and tree.pos[at] in ("VERB", "AUX", "ADV") else None
