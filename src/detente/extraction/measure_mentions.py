"""Measures as written: the nouns and names that call one, and verbs that are one themselves."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.codebook.constructions import words_for
from detente.codebook.measures import MeasureRow, load_measures
from detente.codebook.phrases import SKIPPED
from detente.extraction.clause import base, case_of, children, objects_of, subjects_of, with_conjuncts
from detente.extraction.misread import lost_object
from detente.extraction.phrases import beginning, find_phrases, forms_of
from detente.parsing.doc import Span as Words
from detente.parsing.doc import Token

NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "X", "VERB"})  # a noun of news is often tagged otherwise
TITLE_WORDS = frozenset({"of", "and", "the", "for", "on", "to", "in", "against", "with", "&"})
VERBAL_ENDINGS = ("ing", "ed")
TAKING_EFFECT, REOPENING = "verb.take-effect", "verb.reopen"  # rows of measures.toml
IN_FORCE = "in force"  # a step
UNDERGOING = ("obj", "nsubj:pass")
CHANGES = frozenset({"delayed", "withdrawn", "approved", "rejected", "vote due"})  # steps of what was announced before
RATES = ("percent", "%", "$")
LONGEST_OF = 7  # words of the phrase behind "of"
LONGEST_NAME = 12  # words of an act's name; longer runs of capitals are headlines
ACRONYM = re.compile(r"\(?([A-Z][A-Z0-9-]{2,11})\)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureMention:
    """A measure as written. `first` and `last` are token indices, both included; `deed`: a verb is the measure."""

    kind: str
    row: MeasureRow
    first: int
    last: int
    head: Token
    name: str | None = None
    deed: bool = False

    @property
    def weak(self) -> bool:
        """Whether the noun alone does not make it a measure."""
        return self.row.weak and self.name is None


def find_mentions(words: Words, before: MeasureMention | None = None) -> list[MeasureMention]:
    """The mentions of measures in a sentence, in text order, never overlapping; may be empty.

    `before` is the last mention of the paragraph: "the measure" and "additional ones" are of its kind.
    """
    found: list[MeasureMention] = []
    taken: set[int] = set()
    plain = _named([*_names(words), *_nouns(words), *_deeds(words)])
    for mention in (*plain, *_anaphors(words, sorted(plain, key=lambda m: m.first), before)):
        if taken.isdisjoint(range(mention.first, mention.last + 1)):
            taken.update(range(mention.first, mention.last + 1))
            found.append(mention)
    return sorted(found, key=lambda mention: mention.first)


def _named(mentions: list[MeasureMention]) -> list[MeasureMention]:
    """The same, but one where a name only says what the noun is called: "a second bill, the Clean Rivers Act"."""
    names = {m.head.i: m for m in mentions if m.name}
    called = {m.head.i: names[c.i] for m in mentions for c in children(m.head, "appos") if c.i in names and not m.name}
    told = {name.head.i for name in called.values()}
    found = []
    for mention in mentions:
        name = called.get(mention.head.i)
        if name is not None and not mention.name:
            found.append(replace(name, head=mention.head, first=mention.first, last=max(mention.last, name.last)))
        elif not (mention.name and mention.head.i in told):
            found.append(mention)
    return found


def _nouns(words: Words) -> Iterator[MeasureMention]:
    """Longer phrases first, so that "import ban" is not "ban"."""
    index = load_measures().of("noun")
    found: list[tuple[int, MeasureMention]] = []
    for token in beginning(words, index):
        for phrase, last in find_phrases(token, index):
            head = token.doc[token.i : last.i + 1].root
            row, standing = phrase.row, last.pos_ in NOUNS and not _is_infinitive(token)
            if standing and _may_head(head, row) and (not row.objects or _is_of(head, row)):
                mention = MeasureMention(kind=_kind(phrase.row), row=phrase.row, first=token.i, last=last.i, head=head)
                found.append((-len(phrase.words), mention))
    for _, mention in sorted(found, key=lambda pair: pair[0]):
        yield mention


def _is_of(noun: Token, row: MeasureRow) -> bool:
    """Whether a noun of doing says what is done to one of the row's objects: "the closure of its airspace"."""
    if any(not row.objects.isdisjoint(_called(token)) for token in _right_behind_of(noun)):
        return True
    of = [n for child in children(noun, "nmod") if case_of(child) in ("of", "to", "on") for n in with_conjuncts(child)]
    return any(not row.objects.isdisjoint(_called(below)) for below in of)


def _right_behind_of(noun: Token) -> Iterator[Token]:
    """The nouns up to the end of the phrase behind "of", whatever the parse hung them at: "of three E-2D aircraft"."""
    doc, start = noun.doc, noun.i + 1
    if start >= noun.sent.end or doc[start].lower_ != "of":
        return
    for i in range(start + 1, min(start + LONGEST_OF, noun.sent.end)):
        if doc[i].pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "DET"):
            return
        if doc[i].pos_ == "NOUN" or (doc[i].pos_ == "PROPN" and doc[i].dep_ != "flat"):
            yield doc[i]


def _kind(row: MeasureRow) -> str:
    assert row.kind is not None  # noqa: S101 -- checked when the rows are loaded
    return row.kind


def _is_infinitive(token: Token) -> bool:
    """Whether it is a verb that was read as a noun: "promised to deal"."""
    before = next((t for t in reversed(token.doc[token.sent.start : token.i]) if not t.is_punct), None)
    return before is not None and before.lower_ == "to" and before.pos_ == "PART"


def _may_head(head: Token, row: MeasureRow) -> bool:
    """Whether the noun stands for the measure: not a verb, nor before another noun ("tariff war", "ban list")."""
    if head.pos_ == "VERB" and (head.dep_ in ("ROOT", "aux") or any(base(c.dep_) == "nsubj" for c in head.children)):
        return False
    if head.pos_ == "VERB" and head.lower_.endswith(VERBAL_ENDINGS) and head.lower_ not in row.words:
        return False  # "levying", "according", "a summit planned for May"
    if (row.counted and (not _is_counted(head) or _is_reign(head))) or (row.weak and case_of(head) == "into"):
        return False  # "military rule", "signed the bill into law"
    if (row.plural and head.lower_ == head.lemma_.lower()) or (row.charged and not _is_charged(head)):
        return False
    if head.dep_ in ("compound", "amod") and head.head.i > head.i:
        after = set(forms_of(head.head))
        told = load_measures().of("step_noun").starting_with(*after)
        return not row.weak and any(True for _ in told)
    return True


def _is_counted(noun: Token) -> bool:
    """Whether a noun stands in the plural, or with an article, number or owner."""
    plural = noun.lower_ != noun.lemma_.lower()
    return plural or any(child.dep_ in ("det", "nummod", "nmod:poss") for child in noun.children)


def _is_reign(noun: Token) -> bool:
    """Whether a noun in the singular tells of who rules, not of what holds: "the empire's colonial rule of Chad"."""
    before = children(noun, "amod", "compound") if noun.lower_ == noun.lemma_.lower() else ()
    return any(child.lower_ in words_for("reigning") for child in before)


def _is_charged(noun: Token) -> bool:
    """Whether a rate or goods stand right behind a noun: "a duty of 20 percent", "its duty on steel".

    What somebody is to do is none: "a duty on firms to report".
    """
    behind = list(noun.doc[noun.i + 1 : min(noun.i + LONGEST_OF, noun.sent.end)])
    if not behind or behind[0].lower_ not in ("on", "of") or any(_opens_clause_of_purpose(token) for token in behind):
        return False
    if behind[0].lower_ == "of":
        return any(token.like_num or token.lower_ in RATES for token in behind)
    return any(token.pos_ == "NOUN" for token in behind)


def _opens_clause_of_purpose(token: Token) -> bool:
    return token.lower_ == "to" and token.pos_ == "PART"


def _deeds(words: Words) -> Iterator[MeasureMention]:
    """Verbs that are measures: "sanctioned three officials", "closed its consulate"."""
    index = load_measures().of("deed")
    for token in beginning(words, index):
        modifying = token.dep_ in ("amod", "compound") and lost_object(token) is None
        if token.pos_ != "VERB" or modifying or _opens_sentence(token) or _is_aside(token):
            continue
        for phrase, last in find_phrases(token, index):
            at = last if len(phrase.words) > 1 and last.pos_ == "VERB" else token  # "stop issuing visas"
            if (not phrase.row.objects or _object_named(at, phrase.row)) and not _is_done_by_measure(token):
                yield MeasureMention(
                    kind=_kind(phrase.row), row=phrase.row, first=token.i, last=last.i, head=token, deed=True
                )
                break


def _is_aside(verb: Token) -> bool:
    """Whether a participle only says which ones are meant: "a list of the officials sanctioned"."""
    bare = verb.dep_ == "acl" and verb.lower_.endswith("ed") and base(verb.head.dep_) in ("nmod", "obl")
    return bare and not any(child.dep_ in ("obl", "obl:agent", "aux:pass", "obj", "nsubj") for child in verb.children)


def _is_done_by_measure(verb: Token) -> bool:
    """Whether a measure is what bans or limits: "the sanctions limit trade" tells of no second one."""
    index = load_measures().of("noun")
    return any(True for noun in subjects_of(verb) for _ in find_phrases(noun, index))


def _opens_sentence(token: Token) -> bool:
    """Whether it is a gerund at the head of its sentence: "Barring a surprise", "Banning X would hurt"."""
    return token.lower_.endswith("ing") and all(before.is_punct for before in token.doc[token.sent.start : token.i])


def _object_named(verb: Token, row: MeasureRow) -> bool:
    """Whether what the verb is done to is among the row's objects."""
    lost = lost_object(verb)
    heads = objects_of(verb) if lost is None else [lost]
    heads = heads or (subjects_of(verb) if row.alone else [])
    nouns = [noun for head in heads for noun in with_conjuncts(head)]
    # "members of the national guard", "thousands of troops"
    nouns += [child for noun in nouns for child in children(noun, "nmod") if case_of(child) == "of"]
    return any(not row.objects.isdisjoint(_called(noun)) for noun in nouns if not _is_besides(noun, row))


def _is_besides(noun: Token, row: MeasureRow) -> bool:
    """Whether the word before an object makes it another thing: military flights are no traffic."""
    return bool(row.besides) and noun.i > noun.sent.start and noun.nbor(-1).lower_ in row.besides


def takes_up(mention: MeasureMention, before: MeasureMention | None) -> bool:
    """Whether a verb tells on of what one before it was done to: "closed the bridge ... The bridge will reopen"."""
    if before is None or not (mention.deed and before.deed) or mention.kind != before.kind:
        return False
    known = {form for noun in (*objects_of(before.head), *subjects_of(before.head)) for form in _called(noun)}
    told = [*objects_of(mention.head), *subjects_of(mention.head)]
    return any(noun.lemma_.lower() in known and noun.left_edge.lower_ == "the" for noun in told)


def _called(noun: Token) -> tuple[str, ...]:
    """The forms of a noun, alone and with the word before it: "card", "press card"."""
    forms = forms_of(noun)
    before = noun.nbor(-1).lower_ if noun.i > noun.sent.start else ""
    named = (child.lower_ for child in children(noun, "acl") if child.i == noun.i + 1 and noun.pos_ == "PROPN")
    ing = tuple(word for word in named if word.endswith("ing"))  # "the Torkham crossing", read as a clause
    return (*forms, *(f"{before} {form}" for form in forms), *ing)


def _anaphors(words: Words, plain: list[MeasureMention], before: MeasureMention | None) -> Iterator[MeasureMention]:
    """ "The measure", "this move", "additional ones": of the kind of the mention before it."""
    index = load_measures().of("anaphor")
    for token in beginning(words, index):
        last = next((m for m in reversed(plain) if m.last < token.i), before)
        if last is None or token.pos_ not in ("NOUN", "PROPN", "NUM", "PRON"):
            continue
        for phrase, _ in find_phrases(token, index):
            aside = token.pos_ == "PRON" and _stands_aside(last.head)
            back = _is_changed(token, last) if phrase.row.changing else _points_back(token, phrase.row)
            if back and not aside and phrase.row.fits(last.kind):
                yield MeasureMention(kind=last.kind, row=phrase.row, first=token.i, last=token.i, head=token)
                break


def _points_back(token: Token, row: MeasureRow) -> bool:
    """Whether a general noun takes up something told: it is definite, or "ones", or a pronoun that comes into force.

    What was closed may be told to open: "it will reopen".
    """
    if token.pos_ == "PRON" and token.lower_ != "ones":
        begins = comes_into_force if row.step == IN_FORCE else _reopens
        return token.dep_ == "nsubj" and begins(token.head)
    return token.lower_ == "ones" or any(child.lower_ in ("the", "this", "these", "that") for child in token.children)


def _reopens(verb: Token) -> bool:
    """Whether a verb says of its subject that it opens again, without an object: "will reopen on 1 May"."""
    found = find_phrases(verb, load_measures().of("verb"))
    return not objects_of(verb) and any(phrase.row.id == REOPENING for phrase, _ in found)


def _is_changed(pronoun: Token, measure: MeasureMention) -> bool:
    """Whether a pronoun of the measure's number undergoes what only a measure that is there does: "extended them"."""
    verb, several = pronoun.head, measure.head.lower_ != measure.head.lemma_.lower()
    undergoes = pronoun.dep_ in UNDERGOING or (pronoun.dep_ == "obl" and case_of(pronoun) == "on")  # "vote on it"
    if measure.deed or not undergoes or (pronoun.lower_ == "it") == several:
        return False
    if _takes_up_decision(pronoun, measure):
        return False
    if verb.dep_ == "advcl":
        return False  # "passed the bill a day after the Senate had approved it": an earlier step, told in passing
    steps = load_measures().steps
    rows = (phrase.row for phrase, _ in find_phrases(verb, load_measures().of("verb"), loose=True))
    told = (steps[row.step] for row in rows if row.step and row.fits(measure.kind))
    return any(step.presumes is not None or step.implies or step.id in CHANGES for step in told)


def _takes_up_decision(pronoun: Token, measure: MeasureMention) -> bool:
    """Whether the sentence before is about a decision on the measure: "The decision came on Monday. He approved it"."""
    start = pronoun.sent.start
    if start == 0 or pronoun.lower_ != "it":
        return False
    before = pronoun.doc[start - 1].sent
    subjects = [child for child in before.root.children if base(child.dep_) == "nsubj"]
    index = load_measures().of("decision")
    told_before = measure.head.i < before.start or measure.head in subjects
    return told_before and any(True for noun in subjects for _ in find_phrases(noun, index))


def _stands_aside(noun: Token) -> bool:
    """Whether a clause tells its matter of something else: "will bar goods from the waiver"."""
    at = noun
    while base(at.dep_) in ("nmod", "compound", "conj") and at.head != at:
        at = at.head
    return base(at.dep_) == "obl"


def comes_into_force(verb: Token) -> bool:
    """Whether a verb says of its subject that it comes into force: "takes effect on 1 May"."""
    found = find_phrases(verb, load_measures().of("verb"))
    return any(phrase.row.id == TAKING_EFFECT and len(phrase.words) > 1 for phrase, _ in found)


def _names(words: Words) -> Iterator[MeasureMention]:
    """Capitalised runs that end in a word of the lexicon ("TAIPEI Act"), and fixed names ("phase one deal")."""
    order = _order()
    endings, fixed = _names_by_last_word(), beginning(words, load_measures().of("name"))
    found = [mention for token in words if token.text in endings for mention in _names_ending_at(token)]
    found += [mention for token in fixed for mention in _fixed_names_at(token)]
    found.sort(key=lambda mention: mention.first)
    yield from sorted(found, key=lambda mention: order[mention.row.id])


@functools.cache
def _order() -> dict[str, int]:
    return {row.id: number for number, row in enumerate(load_measures().rows)}


def _names_ending_at(token: Token) -> Iterator[MeasureMention]:
    for row in _names_by_last_word()[token.text]:
        mention = _name_ending_at(token, row)
        if mention:
            yield mention


@functools.cache
def _names_by_last_word() -> dict[str, list[MeasureRow]]:
    found: dict[str, list[MeasureRow]] = {}
    for row in load_measures().rows:
        if row.section == "name":
            for word in row.words:
                found.setdefault(word, []).append(row)
    return found


def _fixed_names_at(token: Token) -> Iterator[MeasureMention]:
    for phrase, last in find_phrases(token, load_measures().of("name")):
        if len(phrase.words) > 1:
            row, words = phrase.row, token.doc[token.i : last.i + 1]
            name = " ".join(word.text for word in words if word.text not in SKIPPED)
            yield MeasureMention(kind=_kind(row), row=row, first=token.i, last=last.i, head=words.root, name=name)


def _name_ending_at(token: Token, row: MeasureRow) -> MeasureMention | None:
    """A name that ends in the token, or goes on with a number ("Resolution 2375"), with a bracketed acronym before."""
    doc, first, last = token.doc, token.i, token.i
    if token.i + 1 < token.sent.end and doc[token.i + 1].like_num:
        last += 1
    while first > token.sent.start and last - first < LONGEST_NAME and _in_name(doc[first - 1], first):
        first -= 1
    while first < token.i and (doc[first].lower_ in TITLE_WORDS or doc[first].is_punct or doc[first].lower_ == "the"):
        first += 1
    if first == last or (last == token.i and first == token.i):
        return None
    # Sentence-initial function words are capitalised too.
    words = doc[first : last + 1]
    return MeasureMention(kind=_kind(row), row=row, first=first, last=last, head=words.root, name=words.text)


def _in_name(token: Token, next_index: int) -> bool:
    """Whether the token before a name belongs to it."""
    if token.text in SKIPPED or token.is_space or (token.pos_ in ("PUNCT", "DET", "PRON") and token.text not in "()-"):
        return False
    if token.text in ("(", ")"):
        return True
    if token.lower_ in TITLE_WORDS:
        before = token.nbor(-1) if token.i > token.sent.start else None
        return before is not None and before.text[:1].isupper() and before.pos_ != "VERB"
    return token.text[:1].isupper() and token.pos_ not in ("VERB", "AUX", "ADP") and next_index > token.sent.start
