"""Words that tell of something that may lie ahead: meetings, visits, exercises, deadlines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from detente.codebook.agenda import AgendaRow, load_agenda
from detente.codebook.constructions import words_for
from detente.codebook.measures import load_measures
from detente.codebook.phrases import GAP, Phrase, PhraseIndex
from detente.extraction.agenda_stays import stay_of
from detente.extraction.clause import base, case_of, children, has, is_passive, objects_of, obliques_of, subjects_of
from detente.extraction.misread import lost_object
from detente.extraction.phrases import beginning, find_phrases, forms_of
from detente.parsing.doc import Span as Words
from detente.parsing.doc import Token

# Prepositions after which another item is told beside the first: "ahead of a planned visit".
BESIDE = frozenset({"ahead", "before", "after", "following", "until", "since", "despite", "amid", "prior"})
GOALS = frozenset({"to", "at", "from", "for"})  # prepositions of where one travels
DIALOGUE = "dialogue"
DEFINITE = frozenset({"the", "that", "this"})
AHEAD = frozenset({"will", "shall", "’ll", "'ll"})
WAS = frozenset({"was", "were", "had"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
GOVERNED = frozenset({"obj", "nsubj", "nsubj:pass", "nsubj:outer", "obl", "obl:agent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word that tells of an item, and the verb that carries it (itself where it is a verb or stands alone)."""

    kind: str
    row: AgendaRow
    token: Token
    carrier: Token
    last: Token

    @property
    def is_noun(self) -> bool:
        """Whether a noun tells of the item."""
        return self.row.section == "noun"


def find_triggers(words: Words) -> list[Trigger]:
    """The triggers of a sentence, verbs first, each sort in text order; a verb that carries a noun is left to it."""
    verbs = [trigger for token in beginning(words, load_agenda().of("verb")) for trigger in verb_triggers(token)]
    nouns = [trigger for token in beginning(words, load_agenda().of("noun")) for trigger in _noun(token)]
    nouns = [trigger for trigger in nouns if not _is_who_acts(trigger, verbs)]
    carried = {trigger.carrier.i for trigger in nouns}
    return [trigger for trigger in verbs if trigger.token.i not in carried or trigger.row.needs_noun] + nouns


def _is_who_acts(trigger: Trigger, verbs: list[Trigger]) -> bool:
    """Whether a noun is a body that does what a verb tells, and no meeting of it: "the congress will vote"."""
    above = trigger.token.head
    told = any(above in (verb.token, verb.token.head) for verb in verbs)
    return trigger.row.acts and told and base(trigger.token.dep_) == "nsubj"


def is_part_of(trigger: Trigger, other: Trigger) -> bool:
    """Whether a trigger belongs to what another tells: the summit beside which two meet, the talks on a summit."""
    if not trigger.is_noun:
        # "meet the king to discuss fish" and "hold talks to discuss fish" are one item
        chained = trigger.token.dep_ == "xcomp" and trigger.token.left_edge.lower_ == "to"
        above = (other.token, other.carrier, other.token.head if other.row.stay else other.token)
        return (is_purpose(trigger) or chained) and trigger.token.head in above
    if trigger.token.i == other.token.i:
        return other.is_noun  # "signing ceremony" is no ceremony besides
    return _is_inside(trigger.token, other.token)


def is_purpose(trigger: Trigger) -> bool:
    """Whether a verb only says what something else is for: "to discuss fish"; not the one of "plans to visit"."""
    verb = trigger.token
    if trigger.is_noun or verb.left_edge.lower_ != "to":
        return False
    return verb.dep_ == "advcl" or (verb.dep_ == "acl" and noun_row(verb.head) is not None)


def verb_triggers(token: Token) -> Iterator[Trigger]:
    """The trigger that a verb is, none where it is none."""
    stay = stay_of(token) if token.dep_ == "cop" else None
    if stay is not None:
        yield Trigger(kind=stay[0].kind or "", row=stay[0], token=stay[1], carrier=stay[1], last=stay[1])
    if (
        token.pos_ not in ("VERB", "ADJ")
        or _is_nominal(token)
        or _is_bare_participle(token)
        or (token.dep_ in ("amod", "compound") and lost_object(token) is None)
    ):
        return
    for phrase, last in find_phrases(token, load_agenda().of("verb"), loose=True):
        row = phrase.row
        if row.kind is not None and _suits(token, phrase, last) and not _opens_clause(last, len(phrase.words)):
            yield Trigger(kind=_kind_by_object(token, row), row=row, token=token, carrier=token, last=last)
            return


def _suits(token: Token, phrase: Phrase[AgendaRow], last: Token) -> bool:
    """Whether a verb has what the row of its phrase asks for, and is nothing else that is said with it."""
    row = phrase.row
    if row.stay or (row.objects and not any(not row.objects.isdisjoint(forms_of(n)) for n in objects_of(token))):
        return False
    if row.kind == "expiry" and any(child.dep_ == "obj" for child in token.children if child.i > last.i):
        return False  # "to end the war" is what someone does
    if row.kind in ("talks", "meeting") and is_passive(token):
        return False  # what is discussed, or met with force, is not who meets
    if row.kind == "decision due" and _is_resolved(token):
        return False
    left = _leaves_behind(token, last) and GAP not in phrase.words
    if row.needs_place and (not _names_place(token, last) or left):
        return False
    return not row.needs_noun or _has_item(token)


def _is_resolved(verb: Token) -> bool:
    """Whether a verb of deciding tells what was decided: "decides not to extend it after May"."""
    auxiliary = any(True for _ in children(verb, "aux", "mark"))
    return not auxiliary and any("to" in (c.lower_ for c in deed.children) for deed in children(verb, "xcomp"))


def _is_nominal(token: Token) -> bool:
    """Whether a verb form stands where a noun does ("the annual gathering")."""
    of = token.i + 1 < token.sent.end and token.nbor(1).lower_ == "of"
    return token.lower_.endswith("ing") and (of or base(token.dep_) in ("obl", "nmod", "obj", "nsubj", "compound"))


def _is_bare_participle(token: Token) -> bool:
    """Whether a past participle stands without auxiliary: "as announced today" tells what was done."""
    past = has(token, "VerbForm", "Part") and has(token, "Tense", "Past")
    return past and token.dep_ in ("acl", "advcl") and not any(c.dep_ in ("aux", "aux:pass") for c in token.children)


def _names_place(verb: Token, last: Token) -> bool:
    """Whether a name is where the verb goes to: not "come to an agreement in May"."""
    wanted = GOALS if last == verb else {last.lower_}
    goals = [*objects_of(verb), *(noun for preposition, noun in obliques_of(verb) if preposition in wanted)]
    goals += [last.head] if last.dep_ == "case" else []  # "send a team to Lima": it may hang at the team
    named = ("amod", "compound", "nmod:poss", "flat")
    below = (token for goal in goals for token in (goal, *children(goal, *named)))
    return any(token.pos_ == "PROPN" or token.text[:1].isupper() for token in below)


def _leaves_behind(verb: Token, last: Token) -> bool:
    """Whether an object stands between verb and preposition: "leave China for other countries"."""
    return any(verb.i < child.i < last.i for child in children(verb, "obj"))


def _opens_clause(last: Token, length: int) -> bool:
    """Whether the phrase's preposition opens a clause rather than a noun phrase ("go to" in "go to meet")."""
    return length > 1 and last.dep_ == "mark"


def _has_item(verb: Token) -> bool:
    """Whether the verb's object, or what its preposition governs, names an item: "attend the summit"."""
    nouns = (*objects_of(verb), *(noun for _, noun in obliques_of(verb)))
    return any(noun_row(below) is not None for noun in nouns for below in noun.subtree)


def _kind_by_object(token: Token, row: AgendaRow) -> str:
    """Who attends an exercise has an exercise ahead."""
    kind = row.kind or ""
    if row.needs_noun:
        for noun in (*objects_of(token), *(noun for case, noun in obliques_of(token) if case == "in")):
            for below in noun.subtree:
                found = noun_row(below)
                if found is not None and found.kind is not None:
                    return found.kind
    return kind


def noun_row(token: Token) -> AgendaRow | None:
    """The row of the noun phrase of the lexicon that begins at the token."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    found = find_phrases(token, load_agenda().of("noun"))
    return next((phrase.row for phrase, _ in found), None)


def _noun(token: Token) -> Iterator[Trigger]:
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "DET"):
        return
    for phrase, last in find_phrases(token, load_agenda().of("noun")):
        head = token.doc[token.i : last.i + 1].root
        row = phrase.row
        if head.pos_ not in ("NOUN", "PROPN") or row.kind is None or not _stands_for_itself(head, row):
            continue
        if row.objects and not any(
            case_of(n) == "of" and not row.objects.isdisjoint(forms_of(n)) for n in head.children
        ):
            continue
        if (row.definite and not _takes_up(head)) or (row.kind == DIALOGUE and _is_of_measure(head)):
            continue
        if head.lower_ in words_for("in return") and case_of(head) == "in":
            return  # "in exchange for": a condition
        if head.dep_ == "nmod" and case_of(head) == "of" and _is(head.head, load_agenda().of("beside")):
            return  # "on the sidelines of the summit": something else takes place there
        yield Trigger(kind=row.kind, row=row, token=head, carrier=carrier_of(head), last=last)
        return


def _is_of_measure(round_: Token) -> bool:
    """Whether what comes in rounds is no talk: "a second round of duties"."""
    nouns = load_measures().of("noun")
    return any(case_of(child) == "of" and _is(child, nouns) for child in children(round_, "nmod"))


def _stands_for_itself(head: Token, row: AgendaRow) -> bool:
    """Whether the noun is no modifier of another ("summit venue"), and a plural where it must be."""
    if head.dep_ in ("compound", "amod", "nmod:poss") and head.head.i > head.i:
        return False
    return not (
        row.plural
        and head.lower_ == head.lemma_.lower()
        and head.lower_ + "s" != head.lower_
        and not head.lower_.endswith("s")
    )


def _takes_up(noun: Token) -> bool:
    """Whether a noun takes up something named before, and nothing says of what it is: "that round"."""
    definite = any(child.lower_ in DEFINITE for child in children(noun, "det"))
    return definite and not any(case_of(child) == "of" for child in children(noun, "nmod"))


def carrier_of(noun: Token) -> Token:
    """The verb that carries the noun ("hold talks", "a visit takes place", "plan a meeting"), else the noun itself.

    The verb of a relative clause before one that only says on what it rests: "plans for talks, which he will host".
    """
    above = _carrier_above(noun)
    if above != noun and _is(above, load_agenda().of("support")):
        return above
    nouns = (noun, *(child for child in children(noun, "nmod") if above == noun and case_of(child) == "of"))
    relatives = ((verb, at) for at in nouns for verb in children(at, "acl:relcl"))
    return next((_last_of(verb) for verb, at in relatives if _carries_antecedent(_last_of(verb), at)), above)


def _last_of(verb: Token) -> Token:
    """Of "is expected to happen" the verb at the end."""
    after = next((child for child in children(verb, "xcomp") if child.pos_ == "VERB"), None)
    return verb if after is None else after


def _carries_antecedent(verb: Token, noun: Token) -> bool:
    """Whether a relative clause tells who holds the noun, or that it takes place."""
    support = [phrase.row for phrase, _ in find_phrases(verb, load_agenda().of("support"), loose=True)]
    if noun in objects_of(verb):
        return any(not row.subject for row in support)
    return noun in subjects_of(verb) and any(row.subject for row in support)


def _carrier_above(noun: Token) -> Token:
    if stands_beside(noun):
        return noun
    top = top_of(noun)
    lost = [child for child in noun.children if lost_object(child) == noun]
    if lost and _carries(lost[-1], noun):
        return lost[-1]
    if top.dep_ in GOVERNED and top.head.pos_ in ("VERB", "AUX", "ADJ") and _carries(top.head, top):
        return _held_after_all(_innermost(top.head, top), top)
    return noun


def _held_after_all(verb: Token, noun: Token) -> Token:
    """The second verb of one subject where it tells what is planned now: "was due in June but will be held in July"."""
    if noun.dep_ not in SUBJECTS:
        return verb
    first = noun.head
    seconds = (child for child in children(first, "conj") if child.pos_ == "VERB" and child.i > verb.i)
    ahead = (second for second in seconds if any(child.lower_ in AHEAD for child in children(second, "aux")))
    past = any(child.lower_ in WAS for child in children(first, "cop", "aux", "aux:pass"))
    held = (second for second in ahead if not any(True for _ in children(second, *SUBJECTS)))
    return next((second for second in held if past and _is(second, load_agenda().of("support"))), verb)


def held_by(subject: Token) -> Token | None:
    """The verb that says that its subject is held: "will take place", "is to be resumed"; None where none does."""
    verb = subject.head
    if verb.pos_ not in ("VERB", "AUX", "ADJ"):
        return None
    at = _innermost(verb, subject)
    rows = [p.row for p, _ in find_phrases(at, load_agenda().of("support"), loose=True)]
    held = any(row.subject != is_passive(at) for row in rows)
    return at if held and at.lemma_.lower() != "be" else None


def top_of(noun: Token) -> Token:
    """The noun that stands for an item in its clause: the first of a row, "round" of "a round of talks"."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
    if base(top.dep_) in ("nmod",) and case_of(top) in ("of", "for", "to", "on") and noun_or_plan(top.head):
        top = top.head
    return top


def is_bare(noun: Token) -> bool:
    """Whether no word before the noun says that it is planned or expected."""
    index = load_agenda().of("modifier")
    before = (c for c in noun.children if c.i < noun.i)
    return not any(True for child in before for _ in find_phrases(child, index))


def stands_beside(noun: Token) -> bool:
    """Whether the noun only says beside what something else is told: "ahead of a summit", "following a meeting"."""
    case = next((c for c in children(noun, "case") if c.i < noun.i), None)
    if case is None:
        return False
    before = case.nbor(-1).lower_ if case.i > case.sent.start else ""
    return (
        case.lower_ in BESIDE
        or (case.lower_ == "of" and before in BESIDE)
        or (case.lower_ == "to" and before == "prior")
    )


def noun_or_plan(token: Token) -> bool:
    """Whether a noun above an item speaks of the item: "plans for a visit", "a round of talks"."""
    lexicon = load_agenda()
    return (
        noun_row(token) is not None
        or _is(token, lexicon.of("basis"))
        or token.lemma_.lower() in words_for("measuring a plan")
    )


def _innermost(verb: Token, noun: Token) -> Token:
    """Of "is scheduled to take place" the verb at the end, which the noun is the subject of."""
    if noun.dep_ not in SUBJECTS:
        return verb
    for child in verb.children:
        if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX"):
            return _innermost(child, noun)
    return verb


def _carries(verb: Token, noun: Token) -> bool:
    """Whether the verb only carries the noun, or says on what it rests, or what became of it."""
    lexicon = load_agenda()
    if noun.dep_ in ("nsubj", "nsubj:outer") and not is_passive(verb):
        at = _innermost(verb, noun)
        return any(p.row.subject for p, _ in find_phrases(at, lexicon.of("support"), loose=True)) or (
            verb.pos_ == "ADJ" and _is(verb, lexicon.of("basis"))
        )
    support = [p for p, _ in find_phrases(verb, lexicon.of("support"), loose=True) if not p.row.subject]
    if base(noun.dep_) == "obl" and noun.dep_ != "obl:agent":
        # "take part in talks", but not "as a result of the talks"
        return any(p.words[-1] == case_of(noun) for p in support) or _is(verb, lexicon.of("basis"))
    return bool(support) or _is(verb, lexicon.of("basis")) or _is(verb, lexicon.of("outcome"))


def support_rules(trigger: Trigger) -> tuple[str, ...]:
    """The id of the row of the verb that carries a noun, none where none does."""
    if trigger.carrier == trigger.token:
        return ()
    found = find_phrases(trigger.carrier, load_agenda().of("support"), loose=True)
    return tuple(dict.fromkeys(phrase.row.id for phrase, _ in found))


def _is(token: Token, index: PhraseIndex[Any]) -> bool:
    return any(True for _ in find_phrases(token, index, loose=True))


def _is_inside(token: Token, above: Token) -> bool:
    """Whether a token stands below another, with no preposition or clause between that tells of something beside it."""
    at = token
    while at != above:
        if at.head == at or base(at.dep_) in ("advcl", "acl", "parataxis", "ccomp", "conj"):
            return False
        if at.lower_ in BESIDE or case_of(at).split(" ")[0] in BESIDE:
            return False
        at = at.head
    return token != above
