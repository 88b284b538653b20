"""Where the sides stand: what each demands, offers, promises, supports, opposes, rejects or will not move on."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from detente.codebook.attribution import STATEMENTS
from detente.codebook.constructions import words_for
from detente.codebook.positions import Frame, PositionLexicon, load_positions
from detente.extraction.bearing import bears_on_pair, states_around
from detente.extraction.clause import children, is_negated, is_passive, subjects_of
from detente.extraction.clause_dates import when_of
from detente.extraction.factuality import FactualityFinding, find_factuality
from detente.extraction.holders import PRONOUNS, holders_at
from detente.extraction.issues import find_issues, main_issue
from detente.extraction.phrases import tokens_with
from detente.extraction.position_conditions import condition_under, is_exchange, is_inverted, within_speech, without
from detente.extraction.position_echoes import with_echoes
from detente.extraction.position_edges import where_words_begin
from detente.extraction.position_frames import match
from detente.extraction.position_matters import POINTING, find_matters
from detente.extraction.position_overlaps import breaks_off, is_part_of, outermost, until_next_speaker
from detente.extraction.position_parties import addressee_of, is_asking, is_at_home
from detente.extraction.position_scene import Found, Scene
from detente.extraction.position_spans import FOCUS, UNMARKED
from detente.extraction.position_verbs import RETHINKING
from detente.extraction.reading import Reading
from detente.extraction.voice import VoiceFinding, find_voice, kind_of
from detente.parsing.doc import Token
from detente.records import Actor, Factuality, Passage, Position, Span, Stance, Voice, record_id

# The clause is the proposition, so its factuality is not the holding's.
STATED = frozenset(
    {
        Frame.MODAL,
        Frame.VERDICT,
        Frame.COMMITS,
        Frame.HARMS,
        Frame.BIDS,
        Frame.NEEDED,
        Frame.UNLESS,
        Frame.LACKS,
        Frame.OWNS,
        Frame.DEFIES,
    }
)
NEGATABLE = frozenset({Frame.WANTS, Frame.ADJECTIVE, Frame.NOUN, Frame.STANDS, Frame.COMMITS})
# A negation is part of what is held.
AS_THEY_ARE = frozenset({Frame.LANDS, Frame.MODAL, Frame.VOWS, Frame.UNLESS, Frame.LACKS, Frame.DEFIES})
VAGUE = frozenset({"that", "so", "something", "anything", "everything", "it"})
VERBAL = frozenset({Frame.WANTS, Frame.CALLS_ON})
NOT_HELD = frozenset({Factuality.DENIED, Factuality.CANCELLED, Factuality.DEMANDED})  # "must accept": another's demand
CONFIDENCE = {Frame.NOUN: 0.7, Frame.STIRS: 0.75, Frame.VERDICT: 0.7, Frame.MODAL: 0.75}  # estimated from reading
USUAL_CONFIDENCE = 0.8
ASKS = 0.4  # firmness up to which a demand that is not made says nothing
LONGEST_QUOTE = 240  # characters that a proposition may gain up to where its quotation closes
PRONOUN_DOUBT = 0.15  # what a holder named by a pronoun takes off
NEAR = 4  # tokens between "no condition" and what it negates
PRESENT = frozenset({"do", "does", "is", "are", "am", "'re", "’re"})
MARKS = frozenset('“”"')
OPEN_MODALS = frozenset({"may", "might", "could"})
MODIFYING = ("advmod", "aux", "amod", "obl")

ALLEGED = "alleged-noun"  # row of factuality.toml


def extract_positions(reading: Reading) -> list[Position]:
    """The positions of state-linked holders in matters between states, in text order, one per holder; may be empty.

    A cue inside what another cue governs is part of that proposition ("urged Spain to accept": no acceptance).
    """
    scene = Scene(reading, load_positions())
    found = [with_echoes(until_next_speaker(item, scene), scene) for item in outermost(_matches(scene))]
    positions: dict[tuple[object, ...], Position] = {}
    for item in found:
        for position in _positions_of(item, scene):
            key = (position.holder.state, position.stance, position.evidence[0].start, position.proposition.end)
            if key not in positions or position.firmness > positions[key].firmness:
                positions[key] = position
    return [one for one in positions.values() if not any(is_part_of(one, other) for other in positions.values())]


def _matches(scene: Scene) -> Iterator[Found]:
    for token in tokens_with(scene.reading.parse, scene.lexicon.by_lemma.keys()):
        lemmas = {token.lemma_.lower(): None, token.lower_: None}  # in this order
        cues = [cue for lemma in lemmas for cue in scene.lexicon.by_lemma.get(lemma, ())]
        for cue in cues:
            found = match(cue, token, scene)
            if found is not None and _stance(found, scene.lexicon) is not None:
                yield found
                break


def _positions_of(found: Found, scene: Scene) -> Iterator[Position]:
    reading = scene.reading
    stance = _stance(found, scene.lexicon)
    finding = _finding(found, reading)
    passage = _passage_at(reading, found.token.idx)
    if stance is None or finding is None or passage is None or (found.cue.alone and _is_joint(found, scene)):
        return
    words = _proposition(found, reading).quote
    if not any(char.isalnum() for char in words) or words.lower() in POINTING or _only_points(found):
        return
    if found.cue.frame is Frame.VOWS and _voice(found, reading).voice is Voice.AUTHOR:
        return  # "Spain will never forgive this", a columnist wrote: a forecast
    for token in found.holders:
        for holder in holders_at(token, reading, scene.lexicon.state_sectors):
            at_home = stance is Stance.DEMANDS and is_at_home(found, holder, reading)
            asks = stance is Stance.DEMANDS and is_asking(found, holder, reading)
            if _is_of_relations(reading, holder, passage) and not at_home and (holder.state or asks):
                yield _position(found, holder, stance, finding, passage, scene)


def _tokens(found: Found) -> list[Token]:
    return list(found.token.doc[found.complement.first : found.complement.last + 1])


def _only_points(found: Found) -> bool:
    """Whether the words say no more than "do that", "to do something"."""
    first, last = found.complement.first, found.complement.last
    return last - first <= NEAR and found.token.doc[last].lower_ in VAGUE


def _proposition(found: Found, reading: Reading) -> Span:
    """The complement as written; it ends where the attribution of the same cue or a quotation inside it ends."""
    start = reading.parse[found.complement.first].idx
    end = _end_of(found, reading)
    text = reading.document.text
    start = where_words_begin(text, start)
    if text.count("“", start, end) > text.count("”", start, end):
        closing = text.find("”", end, min(end + LONGEST_QUOTE, _sentence_end(found, reading) + 1))
        end = closing + 1 if closing >= 0 else end
    return reading.document.quote(start, end)


def _end_of(found: Found, reading: Reading) -> int:
    """Where the complement ends, in characters; the attribution that the same cue opens may reach further."""
    last = found.complement.last
    end = reading.span(reading.parse[found.complement.first], reading.parse[last]).end
    following = reading.parse[last + 1] if last + 1 < len(reading.parse) else None
    ends_here = following is None or following.is_punct or following.is_space or following.dep_ == "cc"
    if found.cue.frame not in VERBAL or ends_here:
        return end
    asides = load_positions().asides | load_positions().occasions
    rest = reading.parse[last + 1 :]
    stop = next((t for t in rest if breaks_off(t) or t.lower_ in asides or _opens_condition(t)), None)
    if stop is not None and stop.nbor(-1).lower_ in FOCUS:
        stop = stop.nbor(-1)
    if stop is not None and stop.nbor(-1).dep_ == UNMARKED:
        stop = stop.nbor(-1).left_edge  # "a day after it closed its own"
    limit = stop.idx if stop is not None else len(reading.document.text)
    for attribution in reading.attributions:
        for piece in attribution.content if attribution.cue_head == found.token.i else ():
            if piece.start <= reading.parse[found.complement.first].idx and piece.end <= _sentence_end(found, reading):
                end = max(end, len(reading.document.text[: min(piece.end, limit)].rstrip()))
    return end


def _opens_condition(word: Token) -> bool:
    """Whether a word opens "should talks fail" or "in return for"."""
    return is_inverted(word) or (word.lower_ == "in" and word.i + 1 < len(word.doc) and is_exchange(word.nbor(1)))


def _sentence_end(found: Found, reading: Reading) -> int:
    return reading.parse[found.complement.last].sent.end_char


def _is_joint(found: Found, scene: Scene) -> bool:
    states = {a.state for t in found.holders for a in holders_at(t, scene.reading, scene.lexicon.state_sectors)}
    return len(states) > 1


def _position(
    found: Found, holder: Actor, stance: Stance, finding: FactualityFinding, passage: Passage, scene: Scene
) -> Position:
    reading = scene.reading
    proposition = _proposition(found, reading)
    condition = _condition(found, finding, scene)
    addressee = addressee_of(found, holder, reading)
    voice = _voice(found, reading)
    cue = Span(start=found.token.idx, end=found.token.idx + len(found.token), quote=found.token.text)
    actors = [holder, *([addressee] if addressee else [])]
    return Position(
        id=record_id(
            document=reading.document.id,
            kind=Position.record,
            start=proposition.start,
            end=proposition.end,
            type_=stance.value,
            parties=[actor.key for actor in actors],
        ),
        holder=holder,
        stance=stance,
        proposition=proposition,
        firmness=_firmness(found, stance, scene.lexicon),
        condition=condition,
        addressee=addressee,
        when=when_of(found.predicate, reading),
        issues=find_matters(reading, proposition, condition, _tokens(found), passage),
        factuality=finding.factuality,
        voice=voice.voice,
        attribution=voice.attribution,
        cue=cue if finding.factuality.is_actual or finding.cue is None else finding.cue,
        evidence=(reading.evidence(passage.start, passage.end),),
        known_on=reading.known_on,
        confidence=_confidence(found, holder),
        on_pair=bears_on_pair(reading, actors, passage.start, passage.end),
        hedges=voice.hedges,
        from_title=passage.from_title,
        provenance=replace(reading.provenance, rules=(_rule(found), *finding.rules, *voice.rules)),
    )


def _voice(found: Found, reading: Reading) -> VoiceFinding:
    """Who answers for it; what a side says in words that a columnist quotes is reported, as the statement is."""
    voice = find_voice(reading, found.token.idx, found.token.idx + len(found.token))
    if voice.voice is Voice.AUTHOR and any(
        one.cue_head == found.token.i and kind_of(one) in STATEMENTS and any(MARKS & {*p.quote} for p in one.content)
        for one in reading.attributions
    ):
        return replace(voice, voice=Voice.REPORTED)
    return voice


def _confidence(found: Found, holder: Actor) -> float:
    confidence = CONFIDENCE.get(found.cue.frame, USUAL_CONFIDENCE)
    return round(confidence - PRONOUN_DOUBT, 2) if holder.words.lower() in PRONOUNS else confidence


def _rule(found: Found) -> str:
    return f"{found.cue.id}+{found.judgement.id}" if found.judgement else found.cue.id


def _stance(found: Found, lexicon: PositionLexicon) -> Stance | None:
    """The stance in this use: turned by negation, another for a deed of one's own; None where it does not count."""
    negated = _is_negated(found)
    if found.cue.negated:
        return found.cue.stance if negated else None
    stance = found.judgement.stance if found.judgement else found.cue.stance
    if found.own and found.cue.own:
        stance = found.cue.own
    if negated and stance is Stance.DEMANDS and found.cue.firmness <= ASKS and not _is_standing(found):
        return None  # "did not ask for"; but "does not seek war" is a stand
    if not negated or found.cue.frame in AS_THEY_ARE:
        # "Is ready to close the border" is a threat, no offer.
        return Stance.PROMISES if stance is Stance.OFFERS and _is_hostile(found, lexicon) else stance
    if found.cue.frame not in NEGATABLE or (found.cue.frame is Frame.WANTS and stance is Stance.OFFERS):
        return None  # "did not urge", "is not worried", "did not suggest": nothing is held
    return _turned(found, stance, lexicon)


def _turned(found: Found, stance: Stance, lexicon: PositionLexicon) -> Stance | None:
    """What a stance becomes under negation."""
    turned = lexicon.negations.get(stance)
    if turned is None:
        return None
    if stance is Stance.DEMANDS and _is_over(found):
        return Stance.ACCEPTS
    return turned.absolute if turned.absolute and _is_absolute(found, lexicon) else turned.stance


def _is_over(found: Found) -> bool:
    """Whether it was held once and is no more: "no longer insists on an apology"."""
    return any(child.lower_ in words_for("no longer") for child in children(found.predicate, "advmod"))


def _is_hostile(found: Found, lexicon: PositionLexicon) -> bool:
    """Whether what a side is ready for does harm: "to close the border", "imposing sanctions"."""
    head = found.complement.head
    return head.lemma_.lower() in lexicon.hostile and found.cue.id != RETHINKING  # "may reconsider its ban"


def _is_standing(found: Found) -> bool:
    """Whether a negated verb stands in the present: "does not seek", "are not asking for"."""
    return any(child.lower_ in PRESENT for child in children(found.predicate, "aux"))


def _is_absolute(found: Found, lexicon: PositionLexicon) -> bool:
    """Whether what is negated is so for good: "will never accept"."""
    return any(child.lower_ in lexicon.absolute for child in children(found.predicate, "advmod"))


def _is_negated(found: Found) -> bool:
    verb = found.predicate
    shared = verb.dep_ == "conj" and any(child.lower_ in ("or", "nor") for child in children(verb, "cc"))
    if shared and is_negated(verb.head):
        return True  # "will not talk or agree to terms"
    if is_negated(found.predicate) or any(child.lower_ == "no" for child in children(found.token, "det")):
        return True
    before = found.predicate.doc[max(found.predicate.sent.start, found.predicate.i - NEAR) : found.predicate.i]
    if any(t.lower_ == "no" and t.head.lemma_.lower() in words_for("under no") for t in before):
        return True  # "under no condition negotiable"
    if found.cue.frame is Frame.VERDICT and found.predicate.dep_ == "ccomp" and is_negated(found.predicate.head):
        return found.predicate.head.lemma_.lower() in words_for("opining")  # "does not think that it is enough"
    return found.token != found.predicate and is_negated(found.token)


def _firmness(found: Found, stance: Stance, lexicon: PositionLexicon) -> float:
    """The cue's firmness, with what its adverbs, auxiliaries and negation add, within 0..1."""
    base = found.judgement or found.cue
    firmness = base.firmness
    if _is_negated(found) and not found.cue.negated and stance is not base.stance and base.stance in lexicon.negations:
        firmness *= lexicon.negations[base.stance].factor
    words = {
        child.lower_
        for token in (found.token, found.predicate)
        for child in children(token, *MODIFYING)
        if child not in (token, found.token)
    }
    firmness += sum(lexicon.modifiers.get(word, 0.0) for word in words)
    return round(min(1.0, max(0.0, firmness)), 2)


def _finding(found: Found, reading: Reading) -> FactualityFinding | None:
    """Whether it is held: None where the text says that it is not ("denied that it wants")."""
    finding = find_factuality(found.predicate, reading)
    owned = found.cue.stance is not Stance.ACCEPTS and _is_owned(found)  # "did not expect Spain's recognition of it"
    if found.cue.frame is Frame.UNLESS or (owned and ALLEGED not in finding.rules):
        return replace(finding, factuality=Factuality.ONGOING, cue=None)
    if found.cue.frame is Frame.COMMITS and _opening_condition(found) is not None:
        return replace(finding, factuality=Factuality.CONDITIONAL, cue=None)
    if (finding.factuality is Factuality.HYPOTHETICAL and not _is_own_mood(found, finding)) or _is_guessed(found):
        return None  # "if Spain wants talks", "wants Spain to commit to talks": nobody says that it does
    word = finding.cue.quote if finding.cue is not None else ""
    can = word == "can" and found.cue.stance is Stance.DEMANDS
    if can or (word in OPEN_MODALS and found.cue.frame is Frame.CALLS_ON):
        return None  # who can call for a panel has not called for it, who may invite somebody has not invited him
    if found.cue.frame in STATED or _is_negated(found):
        return replace(finding, factuality=Factuality.ONGOING, cue=None)
    return None if finding.factuality in NOT_HELD else finding


def _is_guessed(found: Found) -> bool:
    """Whether someone guesses or asks what another may hold: "maybe he would want a war", "is expected to accept"."""
    if any(child.lower_ in words_for("guessing") for child in children(found.predicate, "advmod")):
        return True
    governor = found.predicate.head
    signs = [governor, *children(governor, "obj")] if found.predicate.dep_ in ("acl", "ccomp") else []
    if any(child.lower_ == "no" for sign in signs for child in children(sign, "det")):
        return True  # "gave no sign that it would accept"
    if found.predicate.dep_ != "xcomp" or not is_passive(governor):
        return False
    cues = load_positions().by_lemma.get(governor.lemma_.lower(), ())
    return any(cue.stance is Stance.DEMANDS for cue in cues)


def _is_owned(found: Found) -> bool:
    """Whether a noun's owner stands before it, so that the text takes it for granted: "if Spain's pledges hold"."""
    owner = found.holders[0]
    if found.cue.frame is not Frame.NOUN:  # a plural read as a verb: "if Spanish pledges to leave are kept"
        return owner.pos_ == "ADJ" and owner.i == found.token.i - 1
    return owner.i < found.token.i and owner.head == found.token


def _is_own_mood(found: Found, finding: FactualityFinding) -> bool:
    """Whether what makes it hypothetical stands in its own verb group: "would like", "may reconsider"."""
    cue = finding.cue
    own = (found.predicate, found.token, *children(found.predicate, "aux", "advmod"))
    perfect = any(child.lower_ == "have" for child in children(found.predicate, "aux"))  # "claims to have sought"
    tries = found.predicate.dep_ == "xcomp" and not perfect and found.holders[0] in subjects_of(found.predicate.head)
    return tries or (cue is not None and any(cue.start <= token.idx < cue.end for token in own))


def _opening_condition(found: Found) -> tuple[int, int] | None:
    """The tokens of a condition that opens the sentence of a vow: "if it is true, we will act"."""
    start = next((t.i for t in found.token.sent if t.is_alpha), found.token.i)
    doc, lexicon = found.token.doc, load_positions()
    comma = next((t.i for t in doc[start : found.token.i] if t.text == ","), None)
    return (start, comma - 1) if comma is not None and doc[start].lower_ in lexicon.conditions else None


def _condition(found: Found, finding: FactualityFinding, scene: Scene) -> Span | None:
    if finding.condition is not None:
        return within_speech(finding.condition, found.predicate, scene.reading)
    if found.cue.frame is Frame.COMMITS and (opening := _opening_condition(found)) is not None:
        return scene.reading.span(scene.reading.parse[opening[0]], scene.reading.parse[opening[1]])
    heads = [found.predicate, found.token, found.complement.head]
    extent = condition_under(heads, scene.lexicon.conditions)
    if extent is None and found.cue.frame is Frame.LACKS:
        extent = next(filter(None, (without(head) for head in heads)), None)
    parse = scene.reading.parse
    span = scene.reading.span(parse[extent[0]], parse[extent[1]]) if extent else None
    return within_speech(span, found.predicate, scene.reading) if span is not None else None


def _is_of_relations(reading: Reading, holder: Actor, passage: Passage) -> bool:
    """Whether the passage concerns another state, or a matter of relations."""
    others = states_around(reading, passage.start, passage.end) - {holder.state}
    if others or find_issues(reading, passage.start, passage.end):
        return True
    return holder.state in (reading.pair or ()) and main_issue(reading) is not None


def _passage_at(reading: Reading, at: int) -> Passage | None:
    number = bisect_right([passage.start for passage in reading.passages], at) - 1
    passage = reading.passages[number] if number >= 0 else None
    return passage if passage is not None and at < passage.end else None
