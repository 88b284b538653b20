"""The steps of a measure's life that the words around its mention tell."""

from collections.abc import Iterator
from dataclasses import dataclass

from detente.codebook.constructions import words_for
from detente.codebook.measures import MeasureRow, load_measures
from detente.codebook.phrases import Phrase, PhraseIndex
from detente.extraction.clause import (
    base,
    children,
    has,
    is_passive,
    objects_of,
    predicate_of,
    subjects_of,
)
from detente.extraction.measure_governors import OBJECT, SUBJECT, Governors
from detente.extraction.measure_mentions import MeasureMention, comes_into_force
from detente.extraction.parties import phrase_tokens
from detente.extraction.phrases import find_phrases, forms_of, match_phrase
from detente.parsing.doc import Token

ONE_CHAMBER, BOTH_CHAMBERS = "passed one chamber", "passed both chambers"  # steps of a bill
BOTH = frozenset({"both", "and"})  # words of a subject that is more than one chamber
DUE, IN_FORCE, KEPT = "due", "in force", "kept"
DEFINITE = frozenset({"the", "this", "that", "its", "their"})
RELATIVE_REACH = 12  # tokens from a measure to the relative clause that says when it is due
LONGEST_CLIMB = 4  # nouns between a measure and the verb: "a new round of sanctions"
LONGEST_LOOK_BACK = 8  # tokens of a noun phrase before its head, where the parse has lost the verb
CLOSING = frozenset({"PUNCT", "SCONJ", "CCONJ", "AUX", "PRON", "ADP"})  # a noun phrase does not reach over these
OPEN_WORDS = frozenset({"of", "-", "$", "“", "”", "‘", "’", '"', "'"})  # but over these
CARRYING = frozenset({"in force", "raised", "extended"})  # steps that a verb may act on through their noun
UNDOING = frozenset({"eased", "lifted", "suspended", "withdrawn", "expired"})
TOLD = frozenset({"xcomp", "ccomp", "advcl", "acl"})  # how what is ordered hangs at the order
RELATIVES = frozenset({"which", "that"})
UNTIL = frozenset({"until", "till", "through"})  # prepositions that lead to no thing


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFinding:
    """A step, before its factuality is weighed: the word that tells it, the row, and the measure's role to the word."""

    step: str
    row: MeasureRow
    token: Token
    role: str


def find_steps(mention: MeasureMention, governors: Governors) -> list[StepFinding]:
    """The steps told of one mention in its sentence, in text order; may be empty."""
    if mention.deed:
        step = mention.row.step
        assert step is not None  # noqa: S101 -- checked when the rows are loaded
        return [_reversed(StepFinding(step=step, row=mention.row, token=mention.head, role=SUBJECT))]
    found: list[StepFinding] = []
    for anchor in anchors(mention.head):
        if found and _stands_in_row(mention.head, anchor):
            break  # "the duties that it raised and the tariffs that it lifted": each has its own
        found += _told_of(anchor, mention, governors)
    if not found and mention.row.objects:
        found = list(_of_row_above(mention, governors))
    found = [_reversed(finding) for finding in found or _verb_before(mention)]
    unique = {(finding.token.i, finding.step): finding for finding in found if not _is_carried(finding, found)}
    return sorted(unique.values(), key=lambda finding: finding.token.i)


def _reversed(finding: StepFinding) -> StepFinding:
    """The step, or what is left of it where the plan to take it was given up: "dropped plans to impose tariffs".

    Whoever drops the plan to end a pact keeps the pact.
    """
    verb = finding.token
    if verb.dep_ not in TOLD or verb.left_edge.lower_ not in ("to", "not"):
        return finding
    before = verb.left_edge.i - 1  # the infinitive may hang at the verb above: "scrapped its plan to"
    noun = verb.head if verb.head.pos_ == "NOUN" else verb.doc[max(before, 0)]
    if not _is(noun, load_measures().of("intention")):
        return finding
    above = [noun.head] if noun in objects_of(noun.head) else []
    for teller in above:
        for phrase, _ in find_phrases(teller, load_measures().of("reversal")):
            step = KEPT if finding.step in UNDOING else phrase.row.step or finding.step
            return StepFinding(step=step, row=phrase.row, token=teller, role=OBJECT)
    return finding


def without_entry(findings: list[StepFinding]) -> list[StepFinding]:
    """The findings; of what "will stay in force until May" none that it is yet to come into force."""
    if any(f.row.always and f.step == IN_FORCE for f in findings):
        return [f for f in findings if f.row.always or f.step != IN_FORCE]
    return findings


def order_over(verb: Token) -> Token | None:
    """The verb of who orders what another verb tells ("ordered the embassy to shut"), None where none does."""
    if verb.dep_ not in TOLD or verb.left_edge.lower_ != "to":
        return None
    above = verb.head
    while above.pos_ in ("NOUN", "PROPN") and above.dep_ in ("obj", "iobj", "nmod", "nsubj:pass"):
        above = above.head  # "told a number of banks to close": the infinitive may hang at the banks
    return above if above.pos_ == "VERB" and _is(above, load_measures().of("order")) else None


def anchors(head: Token) -> list[Token]:
    """The noun and the nouns above it that only measure it out ("a round of sanctions", "$50bn in tariffs")."""
    containers = load_measures().of("container")
    found = [head]
    at = head
    for _ in range(LONGEST_CLIMB):
        if _is_change_of(at):
            found.append(at.head)
        beside = at.dep_ == "conj" and at.head.pos_ in ("NOUN", "PROPN")
        measured = base(at.dep_) == "nmod" and (_is(at.head, containers) or at.head.pos_ in ("SYM", "NUM"))
        if not beside and not measured:
            break
        at = at.head
        found.append(at)
    return found


def _is_carried(finding: StepFinding, found: list[StepFinding]) -> bool:
    """Whether a word only says when another step is due: "scheduled to be raised"."""
    after = (other.token for other in found if other.token.dep_ == "xcomp")
    return finding.step == "due" and any(token.head == finding.token for token in after)


def _of_row_above(mention: MeasureMention, governors: Governors) -> Iterator[StepFinding]:
    """The steps of a noun of doing that was hung at the end of the one before: "the closure of the port and a halt"."""
    at = mention.head
    for _ in range(LONGEST_CLIMB):
        if at.dep_ not in ("conj", "nmod") or at.head.pos_ not in ("NOUN", "PROPN"):
            return
        at = at.head
        yield from _by_verbs(at, mention, governors) if governors.of(at) else ()


def _stands_in_row(noun: Token, anchor: Token) -> bool:
    """Whether the anchor is another member of the row that the noun stands in."""
    return noun != anchor and noun.dep_ == "conj" and noun.head == anchor


def _is_change_of(noun: Token) -> bool:
    """Whether the noun above tells a step that may itself be delayed or announced: "delay the tariff increase"."""
    if base(noun.dep_) not in ("compound", "nmod"):
        return False
    return _tells_step(noun.head)


def _tells_step(noun: Token) -> bool:
    found = find_phrases(noun, load_measures().of("step_noun"))
    return any(phrase.row.step in CARRYING for phrase, _ in found)


def _is(token: Token, index: PhraseIndex[MeasureRow]) -> bool:
    return any(True for _ in find_phrases(token, index))


def _told_of(noun: Token, mention: MeasureMention, governors: Governors) -> Iterator[StepFinding]:
    yield from _by_verbs(noun, mention, governors)
    yield from _by_step_noun(noun, mention)
    if noun == mention.head or not _tells_step(noun):
        yield from _by_signs(noun, mention)
    yield from _by_predicate(noun, mention)
    yield from _by_relative(noun, mention)
    yield from _by_hung_relative(noun, mention)


def _by_verbs(noun: Token, mention: MeasureMention, governors: Governors) -> Iterator[StepFinding]:
    for verb, role in governors.of(noun):
        row = verb_row(verb, role, mention)
        if row and row.step:
            step = _by_body(row.step, verb, noun)
            step = BOTH_CHAMBERS if step == ONE_CHAMBER and _passed_by_another(verb, mention) else step
            yield StepFinding(step=step, row=row, token=verb, role=role)


def _is_passed(verb: Token) -> bool:
    """Whether a verb is one by which chambers pass bills."""
    found = find_phrases(verb, load_measures().of("verb"))
    return any(phrase.row.step == ONE_CHAMBER for phrase, _ in found)


def _passed_by_another(verb: Token, mention: MeasureMention) -> bool:
    """Whether a second clause tells that the other chamber did so too: "a day after the Senate had approved it"."""
    for clause in children(verb, "advcl", "conj"):
        if clause.pos_ != "VERB" or not has(clause, "Tense", "Past"):
            continue
        row = verb_row(clause, OBJECT, mention)
        chambers = [chamber(noun) for at in (verb, clause) for noun in subjects_of(at)]
        if row and row.step == ONE_CHAMBER and len(set(chambers) - {""}) > 1:
            return True
    return False


def chamber(noun: Token) -> str:
    """The name of a chamber of parliament, in lower case; empty for anything else."""
    found = find_phrases(noun, load_measures().of("body"))
    return noun.lower_ if any(phrase.row.step == ONE_CHAMBER for phrase, _ in found) else ""


def verb_row(verb: Token, role: str, mention: MeasureMention) -> MeasureRow | None:
    """The row of the longest phrase that the verb begins and that may be said of the measure in that role."""
    for phrase, last in find_phrases(verb, load_measures().of("verb"), loose=True):
        row = phrase.row
        if row.fits(mention.kind, weak=mention.weak) and _role_fits(row, role, (verb, phrase, last), mention):
            return row
    return None


def _role_fits(
    row: MeasureRow, role: str, found: tuple[Token, Phrase[MeasureRow], Token], mention: MeasureMention
) -> bool:
    verb, phrase, last = found
    if role in (OBJECT, SUBJECT):
        # A phrase that ends in a preposition governs what follows it, not the verb's own object.
        ends = last.lower_ not in UNTIL and last.dep_ == "case"
        astray = ends and last.head not in anchors(mention.head) and not is_passive(verb)
        if role == SUBJECT and row.bare and any(noun.i > last.i for noun in children(verb, "obj")):
            return False  # "the duty has increased costs"
        return row.role == role and not astray
    return role in row.role.split("|") or (row.role == OBJECT and role in phrase.words[1:])


def _by_body(step: str, verb: Token, noun: Token) -> str:
    """The step of a bill by who passes it: a committee, one chamber, both; a council of states approves."""
    if step == IN_FORCE and _is_passed(verb):
        return next((ONE_CHAMBER for noun in subjects_of(verb) if chamber(noun)), step)  # "passed a set of sanctions"
    if step != ONE_CHAMBER:
        return step
    near = [t for s in (*subjects_of(verb), *children(verb, "obl", "obl:agent", "obj")) for t in phrase_tokens(s)]
    near += [t for t in noun.subtree if t.i < noun.i] + [
        t for t in verb.subtree if t.i < verb.i and verb.pos_ != "VERB"
    ]
    # "The lower house of parliament": the head of the subject says who it was, where it is a body itself.
    heads = [t for t in subjects_of(verb) if chamber(t) and t.i not in {n.i for n in children(verb, "obj")}]
    if len(heads) == 1 and not any(t.lower_ in BOTH for t in phrase_tokens(heads[0])):
        return step
    for row in load_measures().rows:
        if row.section == "body" and any(_names_body(token, row) for token in near):
            assert row.step is not None  # noqa: S101 -- checked when the rows are loaded
            return row.step
    return step


def _names_body(token: Token, row: MeasureRow) -> bool:
    return any(phrase.row is row for phrase, _ in find_phrases(token, load_measures().of("body")))


def _by_step_noun(noun: Token, mention: MeasureMention) -> Iterator[StepFinding]:
    """ "The lifting of the ban", "a tariff increase"."""
    if noun.dep_ not in ("nmod", "nmod:poss", "obl", "compound", "amod") or (mention.weak and noun.i < noun.head.i):
        return
    head = noun.head
    if any(True for _ in children(head, "cop")) or _is_undone(head):
        return  # "the new rule is an extension of the old one", "wants to end the relief"
    for phrase, _ in find_phrases(head, load_measures().of("step_noun")):
        row = phrase.row
        as_verb = head.pos_ == "VERB" and head.lower_ != phrase.words[0]  # "ended with a plan"
        if row.step == IN_FORCE and head.dep_ == "obj" and head.head.lemma_ in words_for("watching"):
            return  # "met to review the implementation of the deal"
        if row.step and row.fits(mention.kind) and head.pos_ in ("NOUN", "PROPN", "VERB") and not as_verb:
            yield StepFinding(step=_by_body(row.step, head, noun), row=row, token=head, role=OBJECT)
            return


def _is_undone(noun: Token) -> bool:
    """Whether a noun of lifting is itself what a verb does away with: "end sanctions relief"."""
    undoing = any(p.row.step in UNDOING for p, _ in find_phrases(noun, load_measures().of("step_noun")))
    if not undoing or noun.dep_ not in ("obj", "nsubj:pass"):
        return False
    return any(p.row.step in UNDOING for p, _ in find_phrases(noun.head, load_measures().of("verb")))


def _by_signs(noun: Token, mention: MeasureMention) -> Iterator[StepFinding]:
    """ "The proposed ban"."""
    for child in children(noun, "amod"):
        for phrase, _ in find_phrases(child, load_measures().of("sign")):
            row = phrase.row
            if row.step and row.fits(mention.kind, weak=False) and not mention.weak:
                yield StepFinding(step=row.step, row=row, token=child, role=OBJECT)


def _by_predicate(noun: Token, mention: MeasureMention) -> Iterator[StepFinding]:
    """ "The embargo is in force": the phrase stands in the clause whose subject the measure is."""
    if base(noun.dep_) not in ("nsubj", "obj", "nmod", "obl"):
        return
    verb = predicate_of(noun)
    if base(noun.dep_) != "nsubj":
        # "leaves the tariffs in place", "with the tariffs in force"
        tail = [noun.doc[i] for i in range(noun.i + 1, min(noun.i + 3, noun.sent.end))]
    else:
        tail = [verb] + [t for t in verb.subtree if t.i > noun.i and t.dep_ not in ("nsubj",)]
    for token in tail:
        if _opens_infinitive(token) and (token.lower_ == DUE or mention.head.left_edge.lower_ in DEFINITE):
            continue  # "is due to expire", "the deal is likely to fail"
        for phrase, last in find_phrases(token, load_measures().of("predicate")):
            row = phrase.row
            if last.dep_ == "case" and (base(noun.dep_) != "nsubj" or last.i < noun.right_edge.i):
                continue  # "an accord over the dam"
            if row.step and row.fits(mention.kind) and _is_linked(noun, token, verb):
                teller = token if base(noun.dep_) == "nsubj" else verb
                yield StepFinding(step=row.step, row=row, token=teller, role=SUBJECT)
                return


def _opens_infinitive(word: Token) -> bool:
    """Whether an infinitive stands right behind a word, whatever the parse made of the two."""
    after = word.doc[word.i + 1 : min(word.i + 3, word.sent.end)]
    return len(after) > 1 and after[0].lower_ == "to" and has(after[1], "VerbForm", "Inf")


def _by_relative(noun: Token, mention: MeasureMention) -> Iterator[StepFinding]:
    """ "Tariffs on wine that were due on Sunday": parses tie such a clause to many things."""
    doc, end = noun.doc, noun.sent.end
    for i in range(noun.i + 1, min(noun.i + RELATIVE_REACH, end - 2)):
        token = doc[i]
        if token.pos_ == "VERB" or token.is_punct:
            return
        if token.lower_ in ("that", "which") and doc[i + 1].lemma_.lower() == "be":
            found = find_phrases(doc[i + 2], load_measures().of("predicate"))
            for row in (phrase.row for phrase, _ in found):
                if row.step == DUE and row.fits(mention.kind) and not _opens_infinitive(doc[i + 2]):
                    yield StepFinding(step=row.step, row=row, token=doc[i + 2], role=SUBJECT)
                    return
            return


def _by_hung_relative(noun: Token, mention: MeasureMention) -> Iterator[StepFinding]:
    """ "A duty on wine, which takes effect in May": the clause may hang at the goods."""
    for below in (child for child in children(noun, "nmod") if child.i > noun.i):
        for held in (below, *children(below, "nmod")):
            for clause in children(held, "acl:relcl"):
                row = verb_row(clause, SUBJECT, mention) if comes_into_force(clause) else None
                if row and row.step and any(child.lower_ in RELATIVES for child in children(clause, "nsubj")):
                    yield StepFinding(step=row.step, row=row, token=clause, role=SUBJECT)


def _is_linked(noun: Token, token: Token, verb: Token) -> bool:
    """Whether a copula, or a verb that works as one, stands between, or nothing does."""
    between = [noun.doc[i] for i in range(min(noun.i, token.i) + 1, max(noun.i, token.i) + 1)]
    links = words_for("linking")
    linked = any(t.lemma_.lower() in links for t in between) or token.i - noun.i <= 2  # noqa: PLR2004 -- neighbours
    clear = not any(t.pos_ == "VERB" and t.lemma_.lower() not in links and t not in (token, verb) for t in between)
    return linked and clear


def _verb_before(mention: MeasureMention) -> Iterator[StepFinding]:
    """A verb right before the noun phrase, where the parse did not tie the two ("imposed tariffs" read as a noun)."""
    doc, start = mention.head.doc, mention.head.sent.start
    if mention.head.dep_ == "compound" and _is_undone(mention.head.head):
        return  # "to end sanctions relief" ends no sanctions
    for i in range(mention.first - 1, max(start, mention.first - LONGEST_LOOK_BACK) - 1, -1):
        token = doc[i]
        if token.pos_ in CLOSING and token.lower_ not in OPEN_WORDS:
            return
        if token.pos_ not in ("VERB", "NOUN", "ADJ") or (is_passive(token) and token.dep_ != "amod"):
            continue
        if token.dep_ == "amod" and token.i > start and doc[token.i - 1].pos_ in ("DET", "NUM", "PRON", "ADJ"):
            return  # "a reduced levy"
        row = verb_row(token, OBJECT, mention) if token.pos_ == "VERB" else None
        if row is None and has(token, "VerbForm", "Inf"):
            return  # "plans to inform Rome of the measure": the nearer verb has the noun
        if row is None and token in (mention.head.head, *anchors(mention.head)[-1:]) and mention.head.dep_ == "obj":
            return  # "urged it to restore the treaty": the nearer verb has the noun
        if row and row.step and match_phrase(token, (forms_of(token)[0],)) is not None:
            yield StepFinding(step=_by_body(row.step, token, mention.head), row=row, token=token, role=OBJECT)
            return
