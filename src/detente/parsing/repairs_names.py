"""Names and titles: "Chancellor Olaf Scholz", "Wang Yi", "Xi, Trump agree"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import Tree

ABOVE_ALL = frozenset({"ROOT", "parataxis", "appos", "discourse", "vocative", "dep", "nsubj", "conj", "obl:unmarked"})
LOOSE = frozenset({"appos", "conj", "parataxis", "dep", "flat", "nmod", "obl:unmarked"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
OWNING = frozenset({"the", "its", "their", "this", "that", "a"})  # before a name that only says which one is meant
PLACED = frozenset({"obj", "nmod", "obl", "nsubj", "nsubj:pass"})
APART = frozenset({"acl", "xcomp", "advcl", "appos", "dep"})  # how what passes for a verb hangs behind a name
PRONOUN_NAME = "he"  # a given name where it stands in capitals behind a family name


def join_names(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """Two neighbouring name words that are both subject, or both object, of one verb are one name."""
    for at in range(start + 1, end):
        if tree.words[at] == PRONOUN_NAME and tree.doc[at].text.istitle() and tree.pos[at - 1] == "PROPN":
            tree.pos[at] = tree.doc[at].pos_ = "PROPN"  # "Vice Premier Liu He will visit"
        if tree.deps[at] not in ("nsubj", "obj"):
            continue
        twins = (tree.deps[at], tree.heads[at]) == (tree.deps[at - 1], tree.heads[at - 1])
        if twins and all(tree.pos[word] == "PROPN" and tree.words[word].isalpha() for word in (at - 1, at)):
            tree.attach(at, at - 1, "flat")


def read_named_passages(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "reopened the Torkham crossing" nothing crosses: the name says which crossing is meant."""
    for at in range(start + 2, end):
        if tree.words[at] not in words.passages or tree.pos[at - 1] != "PROPN" or tree.deps[at] not in APART:
            continue
        first = at - 1
        while first > start + 1 and tree.pos[first - 1] == "PROPN":
            first -= 1
        name = tree.top(at - 1, first, at)
        beside = tree.heads[at] == name or tree.heads[at] == tree.heads[name]
        below = tree.children(at, at + 1, end)
        crosses = any(tree.deps[child] == "obj" for child in below)
        if tree.words[first - 1] in OWNING and beside and not crosses and tree.deps[name] in PLACED:
            _read_passage(tree, (name, at), (start, end), words)


def _read_passage(tree: Tree, places: tuple[int, int], span: tuple[int, int], words: RepairWords) -> None:
    """Makes the word behind a name the noun that the name was taken for; days and clauses go to the verb above."""
    (name, at), (start, end) = places, span
    dates = words.days | words.months
    below = tree.children(at, at + 1, end)
    tree.take_place(at, name)
    for child in tree.children(name, start, name):
        tree.attach(child, at, tree.deps[child])
    tree.attach(name, at, "compound")
    token = tree.doc[at]
    token.pos_ = tree.pos[at] = "NOUN"
    token.lemma_ = tree.words[at]
    for child in below:
        dated = tree.words[child] in dates or any(tree.words[x] in dates for x in tree.children(child, at, end))
        if tree.deps[child] == "obl" and not dated:
            tree.attach(child, at, "nmod")
        else:
            tree.attach(child, tree.heads[at], tree.deps[child])


def bind_syllables(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Moon Jae-in held talks" the syllable behind the hyphen is the name's, no preposition of the talks."""
    for at in range(start + 2, end):
        if tree.deps[at] != "case" or tree.words[at - 1] != "-" or tree.pos[at - 2] != "PROPN":
            continue
        if tree.doc[at - 1].whitespace_ or tree.doc[at - 2].whitespace_ or not tree.doc[at - 2].text.istitle():
            continue
        name = at - 2
        while tree.deps[name] == "flat" and tree.heads[name] < name:
            name = tree.heads[name]
        tree.doc[at].pos_ = tree.pos[at] = "PROPN"
        tree.attach(at, name, "flat")


def turn_titles(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """A title right before a name describes it: the name is the head, whatever the parse says."""
    for at in range(start, end - 1):
        several = tree.words[at].removesuffix("s") in words.titles and tree.doc[at].is_title  # "Presidents A and B"
        if not (several or tree.words[at] in words.titles) or tree.words[at + 1] in words.days:
            continue
        if tree.pos[at + 1] != "PROPN" or tree.pos[at] not in ("NOUN", "PROPN"):
            continue
        name = at + 1
        if tree.heads[name] != at or tree.deps[name] not in ("flat", "appos", "nmod", "compound", "nmod:desc"):
            continue
        head, relation = tree.heads[at], tree.deps[at]
        tree.attach(name, name if relation == "ROOT" else head, relation)
        for child in tree.children(at, name + 1, end):
            tree.attach(child, name, tree.deps[child])
        tree.attach(at, name, "nmod:desc")


def free_named_subjects(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "At a meeting in Lima, Ann Lee, the envoy, said no" the one named is the subject, not part of Lima."""
    commas = [at for at in range(start, end) if tree.words[at] == ","]
    for before, first, second in zip(commas, commas[1:], commas[2:], strict=False):
        verb = second + 1
        name = _hanging(tree, before + 1, first)
        title = _hanging(tree, first + 1, second)
        if verb >= end or name is None or title is None or not _is_without_subject(tree, verb, start, end):
            continue
        named = all(tree.pos[at] == "PROPN" or tree.deps[at] in ("flat", "punct") for at in range(before + 1, first))
        opens = tree.heads[name] < before and tree.deps[name] in LOOSE and tree.heads[title] < first
        if named and opens and tree.pos[title] in ("NOUN", "PROPN") and not tree.is_finite(title):
            tree.attach(name, verb, "nsubj")
            tree.attach(title, name, "appos")


def _hanging(tree: Tree, start: int, end: int) -> int | None:
    """The one word of the stretch that hangs at a word outside it, stops left out; None where several do."""
    words = [at for at in range(start, end) if tree.deps[at] != "punct"]
    tops = [at for at in words if not start <= tree.heads[at] < end]
    return tops[0] if len(tops) == 1 else None


def _is_without_subject(tree: Tree, verb: int, start: int, end: int) -> bool:
    """Whether it is a finite verb, or the main one, of which the parse found no subject."""
    below = {tree.deps[at] for at in tree.children(verb, start, end)}
    acts = tree.pos[verb] == "VERB" and (tree.is_finite(verb) or (tree.heads[verb] == verb and "aux" not in below))
    return acts and below.isdisjoint(SUBJECTS)


def list_subjects(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Xi, Trump agree on a truce" both names are subjects of the verb."""
    runs, at = _runs(tree, start, end)
    if len(runs) < 2 or at >= end:  # noqa: PLR2004
        return
    verb = _plural_verb(tree, at, words)
    if verb is None:
        return
    if tree.pos[verb] != "VERB":
        tree.make_verb(verb, tree.words[verb], "Fin")
    first = tree.top(runs[0][0], *runs[0])
    if tree.deps[first] not in ABOVE_ALL or (
        tree.is_finite(tree.top(first, start, end)) and tree.top(first, start, end) != verb
    ):
        return
    tree.make_root(verb, start, end)
    tree.attach(first, verb, "nsubj")
    for run in runs[1:]:
        tree.attach(tree.top(run[0], *run), first, "conj")
    for index in range(at, verb):
        if tree.heads[index] < at:
            tree.attach(index, verb, "advmod")


def _runs(tree: Tree, start: int, end: int) -> tuple[list[tuple[int, int]], int]:
    """The runs of name words at the start that commas separate, and the first token behind the last of them."""
    runs, at = [], start
    while at < end:
        first = at
        while at < end and tree.pos[at] == "PROPN":
            at += 1
        if at == first:
            return [], end
        runs.append((first, at))
        if at >= end or tree.words[at] != ",":
            break
        at += 1
    return runs, at


def _plural_verb(tree: Tree, at: int, words: RepairWords) -> int | None:
    """The verb right behind the names: read as one, or a base form of a headline's verb."""
    if tree.pos[at] == "VERB" and tree.words[at].isalpha() and tree.deps[at] not in ("amod", "acl"):
        return at
    return at if tree.pos[at] == "NOUN" and tree.words[at] in words.verbs.values() else None
