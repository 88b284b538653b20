"""Subjects that the parse lost: lists of names, and nouns behind "after" whose verb was read as a participle."""

from detente.codebook.repairs import RepairWords
from detente.parsing.repairs_clauses import CLAUSE_OF, CLAUSE_WORDS, PAST, SUBJECT_PLACES
from detente.parsing.tree import QUOTES, Tree

ABOUT = frozenset({"over", "about", "around", "under", "nearly", "almost", "roughly"})
LEADING = frozenset({"and", "with", "against", "from", "to", "into", "of", "for", "on"})  # before "neighbouring Mali"
ADJECTIVES = frozenset({"ADJ", "PROPN"})
LONGEST_NAME = 5  # tokens of a name in a list
FEWEST = 3  # names that make a list
NAMES = frozenset({"PROPN", "ADJ", "NOUN"})
LOOSE = frozenset({"acl", "xcomp", "ccomp", "advcl", "conj", "obj"})  # what a verb without its subject is read as
NOMINAL = frozenset({"obl", "nmod", "nsubj", "obj"})
BEFORE_VERB = frozenset({"ADV", "PUNCT"})
Run = tuple[int, int]


def share_adjectives(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Chadian and Malian cattle traders" the traders are Chadian and Malian, not the cattle."""
    for joint in range(start + 1, end - 3):
        first, second, kind, noun = joint - 1, joint + 1, joint + 2, joint + 3
        paired = tree.words[joint] == "and" and _is_peoples(tree, first) and _is_peoples(tree, second)
        if not paired or tree.pos[kind] != "NOUN" or tree.pos[noun] != "NOUN" or tree.heads[noun] in range(first, noun):
            continue
        if {tree.heads[at] for at in (first, second, kind)} <= {first, second, kind, noun}:
            tree.attach(first, noun, "amod")
            tree.attach(second, first, "conj")
            tree.attach(joint, second, "cc")
            tree.attach(kind, noun, "compound")


def _is_peoples(tree: Tree, at: int) -> bool:
    return tree.pos[at] in ADJECTIVES and tree.doc[at].text[:1].isupper()


def list_names(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Chad, Mali, the UAE and Togo closed ports" all are subjects of the verb."""
    words = tree.words
    if "," not in words[start:end]:
        return
    for joint in range(start + FEWEST, end - 2):
        if words[joint] != "and" or tree.pos[joint] != "CCONJ":
            continue
        last = _name_from(tree, joint + 1, end)
        verb = _verb_of(tree, last, end) if last is not None else None
        if last is None or verb is None:
            continue
        names = [*_names_before(tree, start, joint), last]
        if len(names) >= FEWEST:
            _list(tree, [tree.top(first, first, until) for first, until in names], (joint, verb, last[1]))


def _name_from(tree: Tree, at: int, end: int) -> Run | None:
    """The name that begins at a token, an article before it left out; None where there is none."""
    if tree.words[at] == "the":
        at += 1
    until = at
    while until < end and _is_name(tree, until):
        until += 1
    return (at, until) if at < until <= at + LONGEST_NAME else None


def _is_name(tree: Tree, at: int) -> bool:
    return tree.pos[at] in NAMES and tree.doc[at].text[:1].isupper()


def _names_before(tree: Tree, start: int, joint: int) -> list[Run]:
    """The names before "and" that commas part, in text order; the first not where a preposition stands before it."""
    found: list[Run] = []
    until = joint - (tree.words[joint - 1] == ",")
    while True:
        at = until
        while at > start and _is_name(tree, at - 1):
            at -= 1
        if not at < until <= at + LONGEST_NAME:
            break
        found.insert(0, (at, until))
        before = at - 1 - (at > start and tree.words[at - 1] == "the")
        if before < start or tree.words[before] != ",":
            if before >= start and tree.pos[before] in ("ADP", "PART"):
                # "In Oslo, Chad, Mali and Togo met": Oslo is where; "talks with Chad, Mali and Togo": no subjects.
                found = found[1:] if before == start else []
            break
        until = before
    return found


def _verb_of(tree: Tree, name: Run, end: int) -> int | None:
    """The verb behind a name that the name, or what it is coordinated with, is the subject of."""
    behind = name[1]
    while behind < end and tree.pos[behind] == "ADV":
        behind += 1
    if behind >= end or tree.pos[behind] not in ("VERB", "AUX"):
        return None
    at = tree.top(*name[:1], *name)
    for _ in range(FEWEST):
        if tree.deps[at] != "conj" or tree.heads[at] >= at:
            break
        at = tree.heads[at]
    verb = tree.heads[at]
    return verb if tree.deps[at] in SUBJECT_PLACES and behind <= verb < end else None


def _list(tree: Tree, tops: list[int], places: tuple[int, int, int]) -> None:
    joint, verb, until = places
    first, relation = tops[0], _place_in(tree, tops, verb)
    if tree.heads[first] == verb and all(tree.heads[top] in tops for top in tops[1:]):
        return
    above = verb
    while tree.heads[above] not in (above, first):
        above = tree.heads[above]
    if tree.heads[above] == first:  # the verb hangs below the first name: it takes its place
        head, place = tree.heads[first], tree.deps[first]
        for child in tree.children(first, until, len(tree.words)):
            tree.attach(child, verb, tree.deps[child])
        tree.attach(verb, verb if head == first else head, "ROOT" if head == first else CLAUSE_OF.get(place, "conj"))
    tree.attach(first, verb, relation)
    for top in tops[1:]:
        tree.attach(top, first, "conj")
    tree.attach(joint, tops[-1], "cc")


def _place_in(tree: Tree, tops: list[int], verb: int) -> str:
    """What the name that the parse did find is to the verb: its subject, or that of a passive."""
    return next((tree.deps[top] for top in tops if tree.heads[top] == verb), "nsubj")


def free_clause_subjects(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "recalled its envoy after the country backed Rossi" the noun behind "after" does what follows."""
    for opener in range(start, end - 2):
        if tree.words[opener] not in CLAUSE_WORDS or tree.deps[opener] != "case":
            continue
        noun = tree.heads[opener]
        if not opener < noun < end - 1 or tree.deps[noun] not in ("obl", "nmod", "advcl"):
            continue
        verb = _past_behind(tree, noun, end, words)
        if verb is None:
            continue
        head = tree.heads[noun]
        tree.attach(verb, head if head != verb else tree.heads[verb], "advcl")
        tree.attach(opener, verb, "mark")
        tree.attach(noun, verb, "nsubj")
        tree.make_verb(verb, tree.doc[verb].lemma_, PAST)


def _past_behind(tree: Tree, noun: int, end: int, words: RepairWords) -> int | None:
    """The past form right behind a noun that no participle can be; None where there is none."""
    verb = noun + 1
    while verb < end and (
        (tree.deps[verb] in ("flat", "compound") and tree.heads[verb] <= noun) or _is_adverb(tree, verb)
    ):
        verb += 1
    if verb >= end or tree.pos[verb] != "VERB" or tree.deps[verb] not in LOOSE:
        return None
    if tree.heads[verb] not in (noun, tree.heads[noun]) or tree.words[verb] in words.giving:
        return None
    below = tree.children(verb, verb, end)
    relations = {tree.deps[child] for child in below}
    if relations & {"aux", "aux:pass", "obl:agent", "nsubj", "mark"}:
        return None
    has_object = any(tree.deps[child] == "obj" for child in below)
    past = tree.words[verb].endswith("ed") or tree.words[verb] in words.pasts
    return verb if tree.words[verb] in words.sure_pasts or (past and has_object) else None


def _is_adverb(tree: Tree, at: int) -> bool:
    return tree.pos[at] == "ADV" and tree.words[at] not in QUOTES


def promote_related(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "The government, which had lost the port, cut ties" the verb behind the relative clause is the main one."""
    root = next((at for at in range(start, end) if tree.heads[at] == at), start)
    if tree.pos[root] not in ("NOUN", "PROPN"):
        return
    children = tree.children(root, root + 1, end)
    related = next((child for child in children if tree.deps[child] == "acl:relcl"), None)
    verb = next((c for c in children if tree.deps[c] in ("parataxis", "conj") and tree.is_finite(c)), None)
    if related is None or verb is None or verb < related:
        return
    before = verb - 1
    while before > related and tree.pos[before] in ("ADV", "AUX"):
        before -= 1
    own = {tree.deps[child] for child in tree.children(verb, start, end)}
    if tree.words[before] != "," or own & (SUBJECT_PLACES | {"cc"}):
        return
    tree.make_root(verb, start, end)
    tree.attach(related, root, "acl:relcl")
    tree.attach(root, verb, "nsubj:pass" if "aux:pass" in own else "nsubj")


def read_neighbours(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "Chad and neighbouring Mali have signed" Mali is the second subject; and "with neighbouring Mali"."""
    for at in range(start + 2, end - 1):
        led = tree.words[at - 1]
        if tree.words[at] not in words.adjoining or tree.pos[at] != "VERB" or led not in LEADING:
            continue
        named = [child for child in tree.children(at, at + 1, end) if tree.deps[child] == "obj"]
        if not named or not tree.doc[at + 1].text[:1].isupper():
            continue
        name = named[0]
        behind_noun = led != "and" and tree.pos[at - 2] in ("NOUN", "PROPN")
        if behind_noun:
            tree.attach(name, at - 2, "nmod")
        else:
            tree.attach(name, tree.heads[at], tree.deps[at] if led == "and" else "obl")
        if led != "and":
            tree.attach(at - 1, name, "case")
            tree.doc[at - 1].pos_ = tree.pos[at - 1] = "ADP"
        for child in tree.children(at, start, end):
            if child != name:
                tree.attach(child, name, tree.deps[child])
        tree.doc[at].pos_ = tree.pos[at] = "ADJ"
        tree.attach(at, name, "amod")


def find_numbered_objects(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "deported over a thousand of them" the number is the object."""
    for at in range(start + 2, end):
        verb = tree.heads[at]
        if tree.pos[at] != "NUM" or tree.deps[at] != "obl" or not start <= verb < at or tree.pos[verb] != "VERB":
            continue
        about = [child for child in tree.children(at, verb + 1, at) if tree.words[child] in ABOUT]
        if not about or about[0] != verb + 1 or any(tree.deps[c] == "obj" for c in tree.children(verb, start, end)):
            continue
        if not any(tree.deps[child] in ("nmod", "compound") for child in tree.children(at, at + 1, end)):
            continue
        tree.attach(at, verb, "obj")
        tree.attach(about[0], at, "advmod")


def part_hours(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "gave Ambassador Rossi 48 hours to leave" the number is no part of the name."""
    for number in range(start + 1, end - 1):
        unit = number + 1
        if tree.pos[number] != "NUM" or tree.words[unit] not in words.units:
            continue
        if tree.deps[number] == "flat":
            tree.attach(number, unit, "nummod")
        verb = tree.heads[unit]
        given = [child for child in tree.children(verb, verb, number) if tree.deps[child] in ("obj", "iobj")]
        if given and tree.deps[unit] == "obl:unmarked" and tree.words[unit + 1] == "to":
            tree.attach(given[0], verb, "iobj")
            tree.attach(unit, verb, "obj")


def read_up_to(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "deploy up to 90 agents" the words before the number say how many."""
    for up in range(start + 1, end - 2):
        number = up + 2
        if tree.words[up] != "up" or tree.words[up + 1] != "to" or tree.pos[number] != "NUM":
            continue
        tree.attach(up, number, "advmod")
        tree.attach(up + 1, up, "fixed")
        counted = tree.heads[number]
        verb = tree.heads[counted]
        bare = not any(tree.deps[child] == "case" for child in tree.children(counted, start, end))
        if bare and tree.deps[counted] == "obl" and tree.pos[verb] == "VERB" and verb < up:
            tree.attach(counted, verb, "obj")


def find_bare_objects(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "shelled southern Mali" what follows the verb without a preposition is its object."""
    for name in range(start + 1, end):
        verb = tree.heads[name]
        if tree.deps[name] != "obl" or tree.pos[name] != "PROPN" or not start <= verb < name <= verb + LONGEST_NAME:
            continue
        if tree.pos[verb] != "VERB" or tree.words[name] in words.days or not tree.doc[name].text[:1].isupper():
            continue
        between = all(
            tree.heads[at] == name and tree.deps[at] in ("det", "amod", "compound") for at in range(verb + 1, name)
        )
        below = {tree.deps[child] for child in tree.children(verb, start, end)}
        if between and not below & {"obj", "ccomp", "aux:pass", "cop"} and below & {"nsubj", "aux"}:
            tree.attach(name, verb, "obj")


def hang_named_aside(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Chad's Minister of Trade, Ana Rojas met the envoy" the minister is she, and the verb is the main one."""
    for name in range(start + 2, end - 1):
        verb = tree.heads[name]
        if tree.deps[name] != "nsubj" or tree.pos[name] != "PROPN" or tree.words[name - 1] != ",":
            continue
        title = tree.heads[verb]
        if tree.deps[verb] != "acl:relcl" or not start <= title < name or tree.heads[title] != title:
            continue
        if tree.pos[title] not in ("NOUN", "PROPN") or not tree.is_finite(verb):
            continue
        if any(tree.deps[child] == "cop" for child in tree.children(title, start, end)):
            continue
        tree.make_root(verb, start, end)
        tree.attach(title, verb, "nsubj")
        tree.attach(name, title, "appos")


def hang_plans(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "regretted the decision of Chad to expel him" the infinitive is what was decided."""
    for to in range(start + 3, end - 1):
        verb = tree.heads[to]
        if tree.words[to] != "to" or tree.deps[to] != "mark" or tree.deps[verb] != "advcl":
            continue
        main = tree.heads[verb]
        if not start <= main < to:
            continue
        plans = [at for at in range(main + 1, to) if tree.words[at] in words.plans and tree.pos[at] == "NOUN"]
        if not plans:
            continue
        at = to - 1 if tree.words[to - 1] != ")" else to - 2
        while at not in (plans[-1], main, tree.heads[at]):
            at = tree.heads[at]
        owned = [child for child in tree.children(plans[-1], plans[-1] + 1, to) if tree.deps[child] in ("nmod", "acl")]
        owned += [child for child in tree.children(plans[-1], main, plans[-1]) if _is_name(tree, child)]
        if at == plans[-1] and owned:
            tree.attach(verb, plans[-1], "acl")


def hang_calls(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "called on both sides to stop" the infinitive is what is called for."""
    for clause in range(start + 3, end):
        noun = tree.heads[clause]
        if tree.deps[clause] != "acl" or tree.deps[noun] != "obl" or not start <= tree.heads[noun] < noun < clause:
            continue
        verb = tree.heads[noun]
        if tree.pos[verb] != "VERB" or tree.doc[verb].lemma_.lower() not in words.calling:
            continue
        if any(tree.words[at] == "to" and tree.deps[at] == "mark" for at in tree.children(clause, noun, clause)):
            tree.attach(clause, verb, "advcl")


def name_in_quotes(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "called the charges “absurd”" the quoted word says what they are called."""
    for word in range(start + 3, end):
        noun = tree.heads[word]
        if tree.deps[word] != "amod" or not start < noun < word or tree.words[word - 1] not in QUOTES:
            continue
        verb = tree.heads[noun]
        if tree.deps[noun] == "obj" and tree.doc[verb].lemma_.lower() in words.naming:
            tree.attach(word, verb, "xcomp")
