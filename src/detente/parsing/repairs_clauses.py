"""Clauses read as noun phrases: "as Trump levies tariffs", "rejected on Thursday calls", "sides conducted talks"."""

from detente.codebook.repairs import RepairWords
from detente.parsing.tree import QUOTES, Tree

INSIDE = frozenset({"amod", "compound"})
BEFORE = frozenset({"det", "amod", "compound", "nmod:desc", "nmod:poss", "nummod", "nsubj"})  # of a subject
OPENERS = frozenset({"case", "mark", "advmod", "cc"})  # words that open a clause, left of its subject
CLAUSE_WORDS = frozenset({"as", "after", "before", "since", "until", "while"})
PAST = "Fin|Tense=Past"
ADVERB_END = "ly"
PERFECT = frozenset({"have", "has", "had", "'ve", "’ve", "having"})
PASSIVE = frozenset({"be", "been", "being", "am", "is", "are", "was", "were", "get", "gets", "got", "gotten"})
SUBJECT_PLACES = frozenset({"nsubj", "nsubj:pass", "csubj"})
# What the clause is in its sentence, by what its noun phrase was read as; others are loosely joined.
CLAUSE_OF = {"ROOT": "ROOT", "ccomp": "ccomp", "conj": "conj", "obl": "advcl", "nmod": "advcl", "advcl": "advcl"}


def free_swallowed_verbs(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """A verb between a name and its object is no modifier of the object ("as President Rossi levies tariffs")."""
    for verb in range(start + 1, end - 1):
        noun = tree.heads[verb]
        swallowed = tree.deps[verb] in INSIDE or (tree.deps[verb] == "nsubj" and tree.words[verb] in words.verbs)
        if not swallowed or not verb < noun < end or tree.pos[noun] not in ("NOUN", "PROPN"):
            continue
        if not _is_past(tree, verb, noun, words) and not _is_present(tree, verb, noun, words):
            continue
        subject = _subject_before(tree, start, verb, noun)
        if subject is not None and tree.deps[noun] not in SUBJECT_PLACES:
            _make_clause(tree, start, (subject, verb, noun), words)


def promote_modifiers(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In a sentence without a main verb the participle between two nouns is it ("The raids worried Rossi")."""
    if tree.words[end - 1] != ".":
        return
    for verb in range(start + 1, end - 1):
        british = tree.words[verb].endswith("ised")  # such forms are rare in what the parser was trained on
        regular = (tree.pos[verb] == "VERB" or british) and tree.words[verb].endswith("ed")
        past = tree.words[verb] in words.pasts or regular
        if not past or tree.deps[verb] != "amod":
            continue
        before = verb - 1 if tree.pos[verb - 1] != "ADV" or not tree.words[verb - 1].endswith(ADVERB_END) else verb - 2
        if tree.words[before] == "," and tree.deps[before - 1] == "appos":
            before -= 1  # "Rossi, the president, exchanged messages"
        if before < start or tree.pos[before] not in ("NOUN", "PROPN"):
            continue
        noun, root = tree.heads[verb], tree.top(verb, start, end)
        if tree.pos[root] not in ("NOUN", "PROPN") or tree.heads[root] != root or not verb < noun:
            continue
        if tree.pos[verb] != "VERB":
            tree.make_verb(verb, words.pasts.get(tree.words[verb], tree.words[verb].removesuffix("d")), PAST)
        subject = root if root < verb else tree.top(before, start, verb)
        tree.make_root(verb, start, end)
        tree.attach(subject, verb, "nsubj")
        tree.attach(noun, verb, "obj")
        for child in tree.children(noun, start, verb):
            tree.attach(child, child if child == subject else subject, "compound")
        tree.attach(subject, verb, "nsubj")
        return


def _is_past(tree: Tree, verb: int, noun: int, words: RepairWords) -> bool:
    hyphened = verb and tree.words[verb - 1] == "-"
    alone = tree.heads[noun] == noun
    known = tree.pos[verb] == "ADJ" and alone and lemma_of_past(tree.words[verb], words) is not None
    past = (tree.pos[verb] == "VERB" or known) and tree.words[verb].endswith("ed")
    # A whole sentence needs a verb, whatever else the form may be.
    return bool(past and not hyphened and (alone or tree.words[verb] not in words.sided))


def _is_present(tree: Tree, verb: int, noun: int, words: RepairWords) -> bool:
    """Whether a form with -s between a name and a plural is a verb: nouns modify in the singular."""
    if tree.words[verb] not in words.verbs or tree.pos[verb] != "NOUN" or not tree.words[noun].endswith("s"):
        return False
    return any(tree.heads[at] == verb and tree.pos[at] == "PROPN" for at in range(max(0, verb - 3), verb))


def _subject_before(tree: Tree, start: int, verb: int, noun: int) -> int | None:
    """The head of the name right before a verb, adverbs and quotation marks between; None where there is none."""
    at = verb - 1
    while at > start and (tree.words[at].endswith(ADVERB_END) or tree.words[at] in QUOTES):
        at -= 1
    if at < start or tree.pos[at] != "PROPN":
        return None
    top = at
    while tree.heads[top] not in (verb, noun, top) and start <= tree.heads[top] < verb:
        top = tree.heads[top]
    return top if tree.heads[top] in (verb, noun) else None


def _make_clause(tree: Tree, start: int, places: tuple[int, int, int], words: RepairWords) -> None:
    subject, verb, noun = places
    head, relation = tree.heads[noun], tree.deps[noun]
    if tree.pos[verb] != "VERB":
        lemma = words.verbs.get(tree.words[verb]) or lemma_of_past(tree.words[verb], words)
        tree.make_verb(verb, lemma or tree.words[verb], "Fin" if tree.words[verb] in words.verbs else PAST)
    tree.attach(verb, verb if head == noun else head, CLAUSE_OF.get(relation, "parataxis"))
    for child in [*tree.children(noun, start, verb), *tree.children(verb, start, verb)]:
        if child == subject:
            tree.attach(child, verb, "nsubj")
        elif tree.deps[child] in OPENERS:
            tree.attach(child, verb, "mark" if tree.deps[child] == "case" else tree.deps[child])
        elif child < subject and tree.deps[child] in BEFORE:
            tree.attach(child, subject, tree.deps[child] if tree.deps[child] != "nsubj" else "compound")
        else:
            tree.attach(child, verb, tree.deps[child])
    tree.attach(noun, verb, "obj")


def lemma_of_past(word: str, words: RepairWords) -> str | None:
    """The base form of a regular past where it is a verb of headlines: "armed" gives "arm"; else None."""
    known = words.verbs.values()
    return next((stem for stem in (word[:-2], word[:-1], word[:-3]) if stem in known), None)


def finish_participles(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """A past participle with an object is a verb ("said both sides conducted talks"), but not after "offered"."""
    for verb in range(start + 1, end):
        noun = tree.heads[verb]
        if tree.deps[verb] != "acl" or not start <= noun < verb or not tree.words[verb].endswith("ed"):
            continue
        if tree.deps[noun] not in ("ccomp", "obl", "conj") or tree.words[verb] in words.giving:
            continue
        below = {tree.deps[child] for child in tree.children(verb, start, end)}
        if "obj" not in below or below & {"aux", "aux:pass", "obl:agent", "nsubj"} or tree.words[verb - 1] == ",":
            continue
        tree.attach(verb, tree.heads[noun], "ccomp" if tree.deps[noun] == "ccomp" else "advcl")
        for child in tree.children(noun, start, noun):
            if tree.deps[child] == "case":
                tree.attach(child, verb, "mark")
        tree.attach(noun, verb, "nsubj")


def bind_gerund_subjects(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "a response to Chad shelling a town" the name does what the form with -ing says."""
    for verb in range(start + 2, end):
        name = verb - 1
        if tree.deps[verb] != "acl" or not tree.words[verb].endswith("ing") or tree.pos[name] != "PROPN":
            continue
        top = tree.top(name, start, verb)
        while tree.heads[name] != tree.heads[verb] and start <= tree.heads[name] < verb and tree.heads[name] != name:
            name = tree.heads[name]
        if tree.heads[name] == tree.heads[verb] and tree.deps[name] == "nmod" and top != name:
            for child in tree.children(name, start, verb):
                if tree.deps[child] == "case":
                    tree.attach(child, verb, "mark")
            tree.attach(name, verb, "nsubj")


def free_weekdays(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "rejected on Thursday calls for talks" the day is no part of the calls."""
    for day in range(start + 1, end - 1):
        noun = tree.heads[day]
        if tree.words[day] not in words.days or tree.words[day - 1] != "on" or noun != day + 1:
            continue
        verb = tree.heads[noun]
        if tree.deps[noun] != "obl" or not start <= verb < day or tree.words[noun] in words.hours:
            continue
        if any(tree.deps[child] in ("obj", "ccomp") for child in tree.children(verb, start, end)):
            continue
        tree.attach(day, verb, "obl")
        tree.attach(day - 1, day, "case")
        tree.attach(noun, verb, "obj")


def part_weekdays(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "On Saturday Kim Rossi handed over a letter" the day is no part of the name."""
    for day in range(start + 1, end - 1):
        name = day + 1
        if tree.words[day] not in words.days or tree.words[day - 1] != "on" or tree.pos[name] != "PROPN":
            continue
        if tree.heads[name] == day:
            verb = tree.heads[day]
        elif tree.heads[day] == name:
            verb = tree.heads[name]
        else:
            continue
        subjects = [at for at in tree.children(verb, start, end) if tree.deps[at] in SUBJECT_PLACES and at != name]
        if tree.pos[verb] == "VERB" and verb > name and not subjects:
            tree.attach(name, verb, "nsubj")
            tree.attach(day, verb, "obl")
            tree.attach(day - 1, day, "case")


def free_countdowns(tree: Tree, start: int, end: int, words: RepairWords) -> None:
    """In "cancelled a strike minutes before it began" the strike is the object, the minutes say when."""
    for unit in range(start + 1, end - 1):
        if tree.words[unit] not in words.units or tree.words[unit + 1] not in ("before", "after"):
            continue
        noun = unit - 1
        if tree.heads[noun] != unit or tree.deps[noun] != "compound" or tree.deps[unit] != "obj":
            continue
        verb = tree.heads[unit]
        tree.attach(noun, verb, "obj")
        for child in tree.children(unit, start, noun):
            tree.attach(child, noun, tree.deps[child])
        tree.attach(unit, verb, "obl:unmarked")


def join_split_subjects(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "as Chad and its allies ignore calls" both are subjects of the verb, "as" opens its clause."""
    for second in range(start + 2, end):
        if tree.deps[second] != "nsubj" or tree.heads[second] <= second:
            continue
        joints = [at for at in tree.children(second, start, second) if tree.deps[at] == "cc"]
        first = tree.heads[joints[0] - 1] if joints and tree.deps[joints[0] - 1] == "flat" else (joints or [0])[0] - 1
        if not joints or first < start or tree.deps[first] != "obl":
            continue
        verb = tree.heads[second]
        opening = [at for at in tree.children(first, start, first) if tree.words[at] in CLAUSE_WORDS]
        if opening and tree.pos[verb] == "VERB" and tree.heads[first] != verb:
            tree.attach(verb, tree.heads[first], "advcl")
            tree.attach(opening[0], verb, "mark")
            tree.attach(first, verb, "nsubj")
            tree.attach(second, first, "conj")


def join_named(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """A name behind "and" is another one ("between Costa and President Ana Rojas"), whatever was read as its part."""
    for name in range(start + 2, end):
        head = tree.heads[name]
        if tree.deps[name] == "conj" and tree.deps[head] == "flat" and tree.pos[name] == "PROPN":
            tree.attach(name, tree.heads[head], "conj")  # not with the surname: "Ana Rojas and Eva Costa"
        if tree.deps[name] not in ("flat", "appos") or tree.pos[name] != "PROPN" or not start <= head < name - 1:
            continue
        if tree.deps[name] == "appos" and "," in tree.words[head:name]:
            continue
        joints = [at for at in range(head + 1, name) if tree.words[at] == "and" and tree.deps[at] == "cc"]
        titled = [at for at in tree.children(name, start, name) if tree.deps[at] == "nmod:desc"]
        if joints and titled and joints[-1] < titled[0]:
            tree.attach(name, head, "conj")
            tree.attach(joints[-1], name, "cc")


def join_bare_verbs(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """A bare verb behind a comma shares the auxiliary ("may stop buying, reduce orders and restrict trade")."""
    for verb in range(start + 2, end):
        head = tree.heads[verb]
        if tree.deps[verb] not in ("parataxis", "conj") or tree.pos[verb] != "VERB" or not start <= head < verb:
            continue
        if tree.words[verb] != tree.doc[verb].lemma_.lower() or tree.words[verb - 1] != ",":
            continue
        if {tree.deps[at] for at in tree.children(verb, start, end)} & (SUBJECT_PLACES | {"aux", "mark"}):
            continue
        first = _with_modal(tree, head, start, verb)
        if first is not None and tree.pos[first] == "VERB" and (first != head or tree.deps[verb] == "parataxis"):
            tree.attach(verb, first, "conj")


def _with_modal(tree: Tree, head: int, start: int, end: int) -> int | None:
    """The verb nearest to `end` that bears an auxiliary: the head, or what it says is to be done; None without one."""
    told = [at for at in tree.children(head, head, end) if tree.deps[at] in ("ccomp", "xcomp")]
    deeper = _with_modal(tree, told[-1], start, end) if told else None
    if deeper is not None:
        return deeper
    return head if any(tree.deps[at] == "aux" for at in tree.children(head, start, head)) else None


def join_between(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Talks between Chad and Mali collapsed" both stand behind "between", and the talks are the subject."""
    for second in range(start + 3, end - 1):
        verb, joint = tree.heads[second], _before_titles(tree, start, second)
        if tree.deps[second] != "nsubj" or tree.words[joint] != "and" or tree.pos[second] != "PROPN" or verb <= second:
            continue
        first = joint - 1
        while tree.deps[first] in ("flat", "compound") and start <= tree.heads[first] < joint:
            first = tree.heads[first]
        noun = tree.heads[first]
        between = any(tree.words[at] == "between" for at in tree.children(first, start, first))
        if (
            not between
            or tree.pos[noun] != "NOUN"
            or (verb not in (tree.heads[noun], noun) and tree.heads[verb] != noun)
        ):
            continue
        tree.attach(second, first, "conj")
        tree.attach(joint, second, "cc")
        if tree.heads[noun] != verb:
            tree.take_place(verb, noun)
            tree.attach(noun, verb, "nsubj")


def pair_between(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "the meeting in Oslo between Premier Dahl and Chad's envoy" the envoy is the other one, no second meeting."""
    for at in range(start + 1, end):
        if tree.words[at] != "between" or tree.deps[at] != "case":
            continue
        first = tree.heads[at]
        if any(tree.deps[child] == "conj" for child in tree.children(first, start, end)):
            continue
        noun, second = tree.heads[first], None
        while second is None and tree.pos[noun] in ("NOUN", "PROPN") and noun < at:
            below = (child for child in tree.children(noun, first, end) if tree.deps[child] == "conj")
            second = next((child for child in below if _is_behind_and(tree, first, child)), None)
            if second is None and (tree.heads[noun] == noun or tree.pos[tree.heads[noun]] not in ("NOUN", "PROPN")):
                break
            noun = noun if second is not None else tree.heads[noun]
        if second is not None:
            tree.attach(first, noun, "nmod")
            tree.attach(second, first, "conj")


def _is_behind_and(tree: Tree, first: int, second: int) -> bool:
    """Whether no other word than "and" joins two names: the first "and" behind one opens the other."""
    joint = next((at for at in range(first + 1, second) if tree.words[at] == "and"), None)
    return joint is not None and tree.heads[joint] == second


def _before_titles(tree: Tree, start: int, name: int) -> int:
    """The token before a name and the titles that describe it ("US President Donald Trump")."""
    at = name - 1
    while at > start and tree.words[at] != "and" and name in (tree.heads[at], tree.heads[tree.heads[at]]):
        at -= 1
    return at


def free_active_subjects(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "the two had spoken by telephone" nothing is passive: the subject speaks."""
    for subject in range(start, end):
        if tree.deps[subject] != "nsubj:pass" or not subject < tree.heads[subject] < end:
            continue
        verb = tree.heads[subject]
        links = [at for at in tree.children(verb, start, end) if tree.deps[at] in ("aux", "aux:pass", "cop")]
        if any(tree.words[at] in PERFECT for at in links) and not any(tree.words[at] in PASSIVE for at in links):
            tree.attach(subject, verb, "nsubj")


def give_hyphened_subjects(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "Chad test-fired a missile" the name is no part of the verb's first half."""
    for verb in range(start + 3, end):
        half = verb - 2
        if tree.words[verb - 1] != "-" or tree.pos[verb] != "VERB" or tree.heads[half] != verb:
            continue
        below = tree.children(verb, start, end)
        if tree.deps[half] != "compound" or any(tree.deps[at] in SUBJECT_PLACES for at in below):
            continue
        if not any(tree.deps[at] == "obj" for at in below):
            continue
        for name in tree.children(half, start, half):
            if tree.deps[name] in INSIDE and tree.pos[name] == "PROPN":
                tree.attach(name, verb, "nsubj")


def bind_whose(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "condemned Chad, whose army shelled a port" the clause with "whose" describes the noun before it."""
    for whose in range(start + 2, end - 1):
        if tree.words[whose] != "whose":
            continue
        owned = tree.heads[whose]
        verb = tree.heads[owned]
        before = whose - 1 - (tree.words[whose - 1] == ",")
        joined = tree.deps[owned] in SUBJECT_PLACES and tree.deps[verb] in ("conj", "parataxis", "ccomp", "advcl")
        if not joined or tree.pos[before] not in ("NOUN", "PROPN") or tree.heads[verb] == before:
            continue
        while tree.deps[before] in ("flat", "compound") and start <= tree.heads[before] < whose:
            before = tree.heads[before]
        if tree.heads[before] != verb:
            tree.attach(verb, before, "acl:relcl")


def bind_stranded(tree: Tree, start: int, end: int, _: RepairWords) -> None:
    """In "signed a deal on issues both sides can agree on" the clause with the stranded "on" describes the issues."""
    for at in range(start + 4, end):
        verb = at - 1
        closes = at + 1 >= end or tree.pos[at + 1] == "PUNCT"
        if not closes or tree.pos[at] != "ADP" or tree.pos[verb] != "VERB" or tree.heads[verb] == verb:
            continue
        below = tree.children(verb, start, verb)
        subject = next((child for child in below if tree.deps[child] == "nsubj"), None)
        if subject is None:
            continue
        noun = min((child for child in tree.children(subject, start, subject)), default=subject) - 1
        if noun in below and tree.pos[noun] in ("NOUN", "PROPN") and tree.deps[noun] in ("obl", "obj"):
            _describe(tree, start, noun, verb)


def _describe(tree: Tree, start: int, noun: int, verb: int) -> None:
    """Hangs a clause at the noun before it, and what stood before the noun where the clause had hung."""
    above = tree.heads[verb]
    before = [child for child in tree.children(verb, start, noun) if child != noun]
    host = next((child for child in reversed(before) if tree.pos[child] == "VERB"), above)
    for child in before:
        tree.attach(child, above, tree.deps[child])
    tree.attach(noun, host, tree.deps[noun])
    tree.attach(verb, noun, "acl:relcl")
