"""What a predicate's own words say of its factuality: verb group, negation, adverbs, modifiers."""

from dataclasses import dataclass

from detente.codebook.factuality import Cue, CueKind, FactualityLexicon
from detente.extraction.clause import children, has
from detente.extraction.factuality_links import AUXILIARIES, is_clausal, marker, phrases_of
from detente.parsing.doc import Token
from detente.records import Factuality

F = Factuality
Worded = tuple[Cue, tuple[Token, ...]]  # a row and its words
REPEATED = frozenset({"every", "each"})  # before a time: no single deed
MODIFIERS = frozenset({"amod", "compound", "det", "nmod:poss", "advmod"})
TOLD_BEHIND = frozenset({F.PLANNED, F.PROPOSED, F.THREATENED, F.EXPECTED, F.CANCELLED})
QUANTIFIED = frozenset({"nsubj", "nsubj:pass", "obj"})


@dataclass(frozen=True, slots=True)
class Own:
    """What the words around a predicate say: None where they leave it to the governor.

    `modal` is the auxiliary's row, `past` whether the verb is in the past, `finite` whether it has a tense of its own.
    """

    factuality: Factuality | None
    cue: tuple[Token, ...] = ()
    rules: tuple[str, ...] = ()
    modal: Cue | None = None
    past: bool = False
    finite: bool = False
    negated: bool = False


def own_reading(token: Token, lexicon: FactualityLexicon, *, in_title: bool, until: Token | None = None) -> Own:
    """What the words of the predicate's own group say; with `until` what they say of that governor.

    Such a governor stands in the same verb group: "due" in "is due to meet".
    """
    fallen = _fallen_through(token, lexicon) if token.pos_ == "NOUN" and until is None else None
    if fallen is not None:
        return Own(F.CANCELLED, (fallen[1],), (fallen[0],))
    if not is_clausal(token):
        return _nominal(token, lexicon)
    group = _group(token, until)
    negation = _negation(token, lexicon, until)
    modal = _modal(token, group, lexicon) if until is None else _first_modal(group, lexicon)
    past, finite, base = _tense(token, group, lexicon, in_title=in_title, nonfinite=until is None)
    if modal is not None:
        return _with_modal(modal, negation)
    if negation is not None:
        words = (*(word for word in group[:1] if word.i < negation[1][0].i), *negation[1])
        return Own(F.DENIED, words, (negation[0].id,), past=past, finite=finite, negated=True)
    adverb = _adverb(token, lexicon, past=past) or (_open_subject(token, lexicon) if base is F.ONGOING else None)
    if adverb is not None:
        return Own(F(adverb[0].gives), (adverb[1],), (adverb[0].id,), past=past, finite=finite)
    return Own(base, past=past, finite=finite)


def _with_modal(modal: Worded, negation: Worded | None) -> Own:
    cue, words = modal
    if negation is None:
        return Own(F(cue.gives), words, (cue.id,), cue, finite=True)
    return Own(F(cue.negated), (*words, *negation[1]), (cue.id, negation[0].id), cue, finite=True, negated=True)


def _open_subject(token: Token, lexicon: FactualityLexicon) -> tuple[Cue, Token] | None:
    """The word that leaves a subject open: "any talks only buy time" tells of no talks."""
    for subject in children(token, "nsubj", "nsubj:pass"):
        for det in children(subject, "det"):
            for cue in lexicon.find(CueKind.MODIFIER, det.lower_):
                return cue, det
    return None


def _group(token: Token, until: Token | None) -> list[Token]:
    """The auxiliaries and copula of the predicate; of a flat infinitive those on its own side of "to"."""
    group = [child for child in token.children if child.dep_ in AUXILIARIES]
    if until is not None:
        group += [child for child in until.children if child.dep_ in AUXILIARIES]
        return [child for child in group if child.i < until.i]
    to = marker(token)
    return [child for child in group if to is None or child.i > to.i]


def _first_modal(group: list[Token], lexicon: FactualityLexicon) -> Worded | None:
    for word in group:
        found = lexicon.find(CueKind.AUXILIARY, word.lower_.replace("’", "'"))
        if found:
            return found[0], (word,)
    return None


def _modal(token: Token, group: list[Token], lexicon: FactualityLexicon) -> Worded | None:
    have = next((word for word in group if word.lemma_.lower() == "have"), None)
    to = marker(token)
    before = token.doc[to.i - 1] if to is not None and to.i > token.sent.start else None
    if before is not None and before.pos_ in ("ADV", "PART") and to is not None and to.i - 2 >= token.sent.start:
        governs = lexicon.find(CueKind.GOVERNOR, before.lower_)
        before = None if governs else token.doc[to.i - 2]
    if (
        to is not None
        and before is not None
        and before.lemma_.lower() == "be"
        and before.lower_ not in ("be", "been", "being")
    ):
        found = lexicon.find(CueKind.AUXILIARY, "be to have" if have else "be to")
        return (found[0], (before, to)) if found else None
    for word in group:
        key = word.lower_.replace("’", "'")
        if key == "'d" and has(token, "VerbForm", "Part"):
            continue  # "we'd signed": had
        if have is not None and have.i > word.i:
            found = lexicon.find(CueKind.AUXILIARY, f"{key} have")
            if found:
                return found[0], (word, have)
        found = lexicon.find(CueKind.AUXILIARY, key)
        if found:
            return found[0], (word,)
    return None


def _negation(token: Token, lexicon: FactualityLexicon, until: Token | None) -> Worded | None:
    """The word that negates the predicate, or "no" at its subject or object."""
    to = marker(token)
    before = [token.nbor(-1)] if token.i > token.sent.start and token.nbor(-1).dep_ == "flat" else []
    around = [*token.children, *(until.children if until is not None else before)]
    for child in around:
        if until is not None and child.i > until.i:
            continue
        if child.dep_ in ("advmod", "amod", "cc", "cc:preconj", "aux", "det", "flat"):
            found = _negator(child, lexicon) or _negated_adverb(child, lexicon)
            # "is not due to meet": the negation is the governor's; "plans not to meet": the predicate's own.
            own = until is not None or to is None or child.i >= to.i - 1 or child.doc[child.i - 1].lemma_ != "be"
            if found is not None and own:
                return found
        if child.dep_ in QUANTIFIED and until is None:
            for det in children(child, "det", "advmod", "cc:preconj"):
                found = _quantifier(det, lexicon)
                if found is not None:
                    return found
            found = _quantifier(child, lexicon)
            if found is not None:
                return found
    return None


def _negator(word: Token, lexicon: FactualityLexicon) -> Worded | None:
    text = word.lower_.replace("’", "'")
    words: tuple[Token, ...] = (word,)
    first = next((child for child in word.children if child.i == word.i - 1 and child.lower_ in ("no", "not")), None)
    if first is not None:
        text, words = f"{first.lower_} {text}", (first, word)
    following = word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""
    if lexicon.find(CueKind.NEGATION, f"{text} {following}"):
        text, words = f"{text} {following}", (*words, word.nbor())
    for cue in lexicon.find(CueKind.NEGATION, text):
        if cue.id != "no" and following not in cue.unless_next:
            return cue, words
    return None


def _negated_adverb(adverb: Token, lexicon: FactualityLexicon) -> Worded | None:
    """The negation that the parse hung at an adverb before the verb: "has not definitively said"."""
    before = (child for child in children(adverb, "advmod") if child.i == adverb.i - 1)
    return next((found for child in before for found in [_negator(child, lexicon)] if found is not None), None)


def _quantifier(word: Token, lexicon: FactualityLexicon) -> Worded | None:
    found = [cue for cue in lexicon.find(CueKind.NEGATION, word.lower_) if cue.id == "no"]
    return (found[0], (word,)) if found else None


def _adverb(token: Token, lexicon: FactualityLexicon, *, past: bool) -> tuple[Cue, Token] | None:
    for child in children(token, "advmod"):
        for cue in lexicon.find(CueKind.ADVERB, child.lower_):
            if not (past and cue.gives is F.ONGOING):
                return cue, child
    return None


def _nominal(token: Token, lexicon: FactualityLexicon) -> Own:
    for child in token.children:
        if child.dep_ in MODIFIERS and child.i < token.i:
            found = _quantifier(child, lexicon)
            if found is not None:
                return Own(F.DENIED, found[1], (found[0].id,), negated=True)
    for child in token.children:
        if child.dep_ in MODIFIERS and child.i < token.i:
            for cue in lexicon.find(CueKind.MODIFIER, child.lower_):
                if (not cue.nouns or token.lemma_.lower() in cue.nouns) and isinstance(cue.gives, F):
                    return Own(cue.gives, (child,), (cue.id,))
    return _told_behind(token, lexicon)


def _told_behind(token: Token, lexicon: FactualityLexicon) -> Own:
    """What a participle behind the noun says of it: "a call scheduled for Friday", "the ban proposed by Rome"."""
    for child in children(token, "acl"):
        for cue in lexicon.find(CueKind.MODIFIER, child.lower_):
            if child.lower_.endswith("ing") and cue.gives in TOLD_BEHIND and isinstance(cue.gives, F):
                return Own(cue.gives, (child,), (cue.id,))  # "a call coming soon"
        if has(child, "VerbForm", "Part") and marker(child) is None and not child.lower_.endswith("ing"):
            for cue in lexicon.find(CueKind.GOVERNOR, child.lemma_.lower()):
                if "object" in cue.over and cue.gives in TOLD_BEHIND and isinstance(cue.gives, F):
                    return Own(cue.gives, (child,), (cue.id,))
    return Own(None)


def _fallen_through(noun: Token, lexicon: FactualityLexicon) -> tuple[str, Token] | None:
    """The row and word by which a clause behind a noun says that it came to nothing: "the round to fall through".

    The parse may hang the clause at a noun within: "the meeting between the two to fall through".
    """
    below = [
        *children(noun, "acl", "acl:relcl"),
        *(c for inner in children(noun, "nmod") for c in children(inner, "acl")),
    ]
    for clause in below:
        told = marker(clause) is not None or (has(clause, "Tense", "Past") and _is_its_subject(clause))
        if not told or _is_left_open(clause, lexicon):
            continue
        role = "object" if any(True for _ in children(clause, "aux:pass", "nsubj:pass")) else "subject"
        for phrase in phrases_of(clause):
            for cue in lexicon.find(CueKind.GOVERNOR, phrase):
                if role in cue.over and cue.gives is F.CANCELLED:
                    return cue.id, clause
    return None


def _is_its_subject(clause: Token) -> bool:
    """Whether the noun is the subject of the clause behind it: "the visit that fell through"."""
    subject = next(children(clause, "nsubj", "nsubj:pass"), None)
    return subject is not None and subject.lower_ in ("that", "which")


def _is_left_open(clause: Token, lexicon: FactualityLexicon) -> bool:
    """Whether an auxiliary or a negation leaves open, or denies, what a clause tells."""
    beside = [child.lower_ for child in children(clause, "advmod", "aux")]
    return any(lexicon.find(kind, word) for kind in (CueKind.AUXILIARY, CueKind.NEGATION) for word in beside)


def _tense(
    token: Token, group: list[Token], lexicon: FactualityLexicon, *, in_title: bool, nonfinite: bool
) -> tuple[bool, bool, Factuality | None]:
    """Whether past, whether finite, and what the tense alone gives."""
    if nonfinite and marker(token) is not None:
        return any(word.lemma_.lower() == "have" for word in group), False, None
    if not group:
        return _simple(token, lexicon, in_title=in_title)
    first = group[0]
    if first.lower_ in ("being", "having"):
        return first.lower_ == "having", False, None
    progressive = any(word.lemma_.lower() == "be" for word in group) and token.lower_.endswith("ing")
    progressive = progressive or any(word.lower_ == "being" for word in group)
    if first.lemma_.lower() == "have":
        lasting = progressive or _is_state(token)
        return True, True, F.ONGOING if lasting and first.lower_ != "had" else F.HAPPENED
    past = has(first, "Tense", "Past")
    if past and progressive and token.dep_ == "ccomp" and has(token.head, "Tense", "Past"):
        return True, True, F.ONGOING  # "said the ship was being held": when it was said it went on
    return past, True, F.HAPPENED if past or (in_title and not progressive) else F.ONGOING


def _is_state(token: Token) -> bool:
    """Whether a noun behind "been" tells how long things have stood: "has been at war for years"."""
    cases = [child.lower_ for phrase in children(token, "obl", "nmod") for child in children(phrase, "case")]
    return token.pos_ == "NOUN" and any(children(token, "cop")) and ("for" in cases or "since" in cases)


def _simple(token: Token, lexicon: FactualityLexicon, *, in_title: bool) -> tuple[bool, bool, Factuality | None]:
    if has(token, "VerbForm", "Inf") or has(token, "Mood", "Imp") or token.lower_.endswith("ing"):
        return False, False, None
    if has(token, "Tense", "Past"):
        # A participle that is no modifier is a past tense, or the passive of a headline.
        finite = has(token, "VerbForm", "Fin") or token.dep_ in ("ROOT", "ccomp", "parataxis")
        finite = finite or any(children(token, "nsubj"))
        return True, finite, F.HAPPENED
    if has(token, "VerbForm", "Part"):
        return True, False, F.HAPPENED
    if not in_title and _is_past_alike(token, lexicon):
        return True, True, F.HAPPENED
    deed = in_title or any(lexicon.find(CueKind.PRESENT, token.lemma_.lower()))
    return False, True, F.HAPPENED if deed else F.ONGOING


def _is_past_alike(token: Token, lexicon: FactualityLexicon) -> bool:
    """Whether a form that is present or past ("hit") is past: behind a subject, or in a report made before.

    Reports tell deeds in the past; behind a plural the parse mostly takes such a form for the present.
    """
    if not lexicon.find(CueKind.INVARIABLE, token.lower_) or any(True for _ in children(token, "aux")):
        return False
    if any(word.lower_ in REPEATED for time in token.children for word in children(time, "det")):
        return False  # "every week"
    reported = token.dep_ == "ccomp" and (has(token.head, "Tense", "Past"))
    return reported or any(True for _ in children(token, "nsubj"))
