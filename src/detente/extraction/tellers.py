"""Who is meant by the speaker of an attribution: an actor of the document, an outlet, the outlet itself."""

import dataclasses
import functools
import re

from detente.codebook.attribution import attribution_words
from detente.codebook.constructions import words_for
from detente.extraction.clause import antecedent, base, case_of, children, has, is_passive, subjects_of
from detente.extraction.parties import phrase_tokens
from detente.extraction.reading import Attribution, Reading
from detente.extraction.speakers import noun_phrase, verb_group
from detente.mentions.mention import ActorMention
from detente.parsing.doc import Token
from detente.records import Actor, Span, Teller

PRIVATE = frozenset({"MED", "OPP", "EDU", "CVL", "BUS", "NGO"})  # sectors of those who answer for no state
STATE_OWNED = re.compile(
    r"\b(?:state|official|government|communist party|ruling party|ministry|military|army|news agency)\b(?!'s)",
    re.IGNORECASE,
)
DESCRIBING = frozenset({"amod", "compound"})
ABOUT = frozenset({"for", "on", "to", "about", "with", "against"})  # what an office is about, not whose it is
SERVING = frozenset({"at", "to", "of", "for", "from", "in", "with"})  # whose an office is
WORD = re.compile(r"\w+")
PRONOUNS = frozenset({"he", "she"})
RELATIVES = frozenset({"which", "who"})
SEVERAL = "they"
THINGS = frozenset({"it"})  # a ministry, a paper, a statement spoken of before
OWNERS = frozenset({"its", "their", "his", "her"})
NOBODY = frozenset({"that", "which", "this", "what", "there"})  # name no one by themselves
OUTLETS = "detente.outlets"  # key in Doc.user_data, which lives as long as the parse
FARTHEST_QUOTING = 25  # tokens from "quoted" to "saying"
FIRST_PERSONS = frozenset({"i", "we"})


def teller_of(reading: Reading, attribution: Attribution) -> Teller | None:
    """The link that the attribution adds to a chain; None where it names nobody."""
    if attribution.speaker is None:
        return None
    outlet = outlet_of(reading, attribution)
    if attribution.speaker.quote.lower() in NOBODY:
        meant = speaker_actor(reading, attribution.speaker, attribution.speaker_head)
        return Teller(speaker=meant, cue=attribution.cue) if meant.key.strip("/") else None
    if outlet is not None:
        return Teller(outlet=outlet, cue=attribution.cue)
    speaker = speaker_actor(reading, attribution.speaker, attribution.speaker_head)
    if attribution.speaker.quote.lower() in OWNERS and not speaker.key.strip("/"):
        return None  # "its pledge": nobody can say whose
    return Teller(speaker=speaker, cue=attribution.cue)


def quoting_teller(reading: Reading, attribution: Attribution) -> Teller | None:
    """Who quotes the speaker with these words: "[the agency] quoted an aide as saying", "was quoted by [the paper]"."""
    if attribution.cue_head is None or not reading.parse[attribution.cue_head].lower_.endswith("ing"):
        return None
    saying = reading.parse[attribution.cue_head]
    before = reading.parse[max(saying.sent.start, saying.i - FARTHEST_QUOTING) : saying.i]
    if not before or before[-1].lower_ != "as":
        return None
    quoting = next((token for token in reversed(before) if token.lower_ in words_for("quoting another")), None)
    if quoting is None:
        return None
    agents = (c for verb in (quoting, saying) for c in verb.children if c.i > quoting.i and case_of(c) == "by")
    head = next(agents, None) if is_passive(quoting) else _before_verb(quoting)
    if head is None:
        return None
    first, last = noun_phrase(head, quoting)
    named, cue = reading.span(reading.parse[first], reading.parse[last]), reading.span(quoting, quoting)
    outlet = _outlet_at(reading, named, head.i)
    speaker = None if outlet else speaker_actor(reading, named, head.i)
    return Teller(outlet=outlet, speaker=speaker, cue=cue)


def _before_verb(verb: Token) -> Token | None:
    """The head of the noun phrase right before a verb, whatever the parse ties it to; None where none stands there."""
    last = verb_group(verb)[0] - 1
    if last < verb.sent.start or verb.doc[last].pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    head = verb.doc[last]
    while head.head.i < head.i and head.head.pos_ in ("NOUN", "PROPN") and head.head.right_edge.i == last:
        if any(token.text == "," for token in verb.doc[head.head.i : head.i]):
            break  # "a raid near Lima, the agency [quoted]"
        head = head.head
    return head


def outlet_of(reading: Reading, attribution: Attribution) -> str | None:
    """The name of the outlet that speaks, None where someone else does: "The Daily Star reports", "Reuters said"."""
    if attribution.speaker is None:
        return None
    memo: dict[tuple[int, int, int | None], str | None] = reading.parse.user_data.setdefault(OUTLETS, {})
    key = (attribution.speaker.start, attribution.speaker.end, attribution.speaker_head)
    if key not in memo:
        memo[key] = _outlet_at(reading, attribution.speaker, attribution.speaker_head)
    return memo[key]


def _outlet_at(reading: Reading, speaker: Span, speaker_head: int | None) -> str | None:
    words = reading.document.text[speaker.start : speaker.end]
    first = re.split(r",| (?:on|in|at|late|early|last) ", words)[0]
    tokens = WORD.findall(first)
    if not any(token[:1].isupper() for token in tokens if token.lower() not in words_for("of any outlet")):
        return None
    known = attribution_words().outlets
    head = reading.parse[speaker_head] if speaker_head is not None else None
    is_named = tokens[-1].lower() in known or (head is not None and head.lower_ in known)
    if not is_named and not any(token.lower() in known and token[:1].isupper() for token in tokens[:2]):
        return None
    if head is not None and head.lower_ in attribution_words().unnamed and head.lower_ not in known:
        return None
    return re.sub(r"^(?:the|a|an) ", "", first, flags=re.IGNORECASE)


def is_own_outlet(reading: Reading, attribution: Attribution) -> bool:
    """Whether the speaker is the outlet that publishes the document: then it is no teller besides."""
    own = reading.document.outlet
    if own is None or attribution.speaker is None:
        return False
    said = outlet_of(reading, attribution) or attribution.speaker.quote
    mine, theirs = _name_words(own), _name_words(said)
    return bool(mine) and mine == theirs


@functools.lru_cache(maxsize=1024)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORD.findall(name)) - words_for("of any outlet")


def speaker_actor(reading: Reading, speaker: Span, head: int | None) -> Actor:
    """The actor who speaks: as the document's mentions resolve him, else by the words alone.

    `head` is the token index of the speaker's head. A pronoun without a mention stands for the speaker before it.
    Papers that are not the state's, parties out of office, scholars, firms, citizens speak for themselves: no state.
    """
    actor = told_actor(reading, speaker, head)
    is_private = actor.sector in PRIVATE and not STATE_OWNED.search(speaker.quote)
    return dataclasses.replace(actor, state=None) if is_private else actor


def told_actor(reading: Reading, speaker: Span, head: int | None) -> Actor:
    """The same with the state that everyone is from."""
    actor = _mentioned(reading, speaker, head)
    if head is not None and speaker.quote.lower() == SEVERAL and (actor is None or actor.words.lower() == SEVERAL):
        actor = _several_before(reading, reading.parse[head]) or actor
    if actor is not None:
        return actor
    if speaker.quote.lower() in PRONOUNS | THINGS:
        before = _speaker_before(reading, speaker)
        if before is not None:
            return before
    return Actor(words=speaker.quote, start=speaker.start, end=speaker.end)


def _mentioned(reading: Reading, speaker: Span, head: int | None) -> Actor | None:
    mention = None
    if head is not None and reading.parse[head].lower_ not in attribution_words().vehicles:
        mention = reading.actor_at.get(head) or _meant_by(reading, reading.parse[head])
    mention = mention or (_issuer(reading, reading.parse[head]) if head is not None else None)
    if mention is not None:
        return _of_its_office(reading, mention, speaker) if len(mention.actors) == 1 else _together(mention, speaker)
    mention = _inside(reading, speaker, head)
    if mention is None and head is not None and (actor := _titled(reading, speaker, reading.parse[head])) is not None:
        return actor
    if mention is None or len(mention.actors) != 1 or head is None:
        return None
    is_outsider = reading.parse[head].lemma_.lower() in attribution_words().outsiders  # "Chile's neighbours"
    if reading.parse[head].pos_ not in ("NOUN", "PROPN") or is_outsider:
        return None
    if reading.parse[head].lower_ in attribution_words().vehicles:
        return mention.actors[0]
    # "Chilean officials" with a mention of Chile alone: they speak, and they are Chile's.
    of = mention.actors[0]
    return Actor(
        words=speaker.quote,
        state=of.state,
        sector=of.sector,
        organisation=of.organisation,
        former=of.former,
        start=speaker.start,
        end=speaker.end,
    )


def _of_its_office(reading: Reading, mention: ActorMention, speaker: Span) -> Actor:
    """The actor of a mention, of the state whose organ or office he serves: "an official at [Chile's port police]"."""
    actor = mention.actors[0]
    if actor.state or actor.person or not actor.office:
        return actor
    served = [
        other.actors[0]
        for other in reading.actors
        if mention.end <= other.start and other.end <= speaker.end and not other.is_place and len(other.actors) == 1
    ]
    states = {one.state for one in served if one.state and (one.office or one.organisation)}
    links = {token.lower_ for token in reading.parse[mention.last + 1 : mention.last + 2]}
    if len(states) != 1 or not links & SERVING or any(one.person and not one.state for one in served):
        return actor
    return dataclasses.replace(actor, words=speaker.quote, state=states.pop(), start=speaker.start, end=speaker.end)


def _titled(reading: Reading, speaker: Span, name: Token) -> Actor | None:
    """Whoever bears a long title of which the first part is known: "Spanish Minister of Energy and Trade | Ann Lee"."""
    for title in name.children:
        mention = reading.actor_at.get(title.i) if title.dep_ == "nmod:desc" and name.pos_ == "PROPN" else None
        if mention is not None and len(mention.actors) == 1 and mention.actors[0].office:
            return dataclasses.replace(mention.actors[0], words=speaker.quote, start=speaker.start, end=speaker.end)
    return None


def _meant_by(reading: Reading, pronoun: Token) -> ActorMention | None:
    """The one whom a relative pronoun stands for: by the parse, else the name right before it."""
    found = reading.actor_at.get(antecedent(pronoun).i)
    if found is None and pronoun.lower_ in RELATIVES and pronoun.i > 1 and pronoun.nbor(-1).text == ",":
        return reading.actor_at.get(pronoun.i - 2)
    return found


def _issuer(reading: Reading, vehicle: Token) -> ActorMention | None:
    """Who put out the document that speaks: "Peru issued a white paper that warned", "a statement noting"."""
    paper, words = antecedent(vehicle), attribution_words()
    if paper.lower_ in words.no_speakers:  # "issued a paper [this week] that warned"
        paper = next((c for c in paper.head.children if c.dep_ == "obj"), paper)
    if paper.lower_ not in words.vehicles | words.outlets or paper.dep_ != "obj" or not subjects_of(paper.head):
        return None
    return reading.actor_at.get(subjects_of(paper.head)[0].i)


def _inside(reading: Reading, speaker: Span, head: int | None) -> ActorMention | None:
    inside = [m for m in reading.actors if speaker.start <= m.start and m.end <= speaker.end and not m.is_place]
    inside = [m for m in inside if not _describes_another(reading.parse[m.head], head)]
    people = [m for m in inside if any(actor.person for actor in m.actors)]
    return next(iter([*people, *inside]), None)


def _describes_another(word: Token, head: int | None) -> bool:
    """Whether an adjective goes with a noun that the speaker is for or about: "the envoy for Russian children"."""
    above = word
    while head is not None and above.i != head and above.head != above:
        if above.dep_ == "acl:relcl":
            return True  # "the leaders of the group that includes Peru"
        above = above.head
    noun = word
    while noun.dep_ in DESCRIBING:
        noun = noun.head
    if noun == word or noun.i == head or noun.dep_ != "nmod" or noun.head.i != head:
        return False
    return any(case.lower_ in ABOUT for case in noun.children if case.dep_ == "case")


def _together(mention: ActorMention, speaker: Span) -> Actor:
    """Several who speak together ("the two sides") under their common words."""
    states = {actor.state for actor in mention.actors}
    state = states.pop() if len(states) == 1 else None
    return Actor(words=speaker.quote, state=state, start=speaker.start, end=speaker.end)


def _several_before(reading: Reading, pronoun: Token) -> Actor | None:
    """For whom "they" stands, in its own words: the uppermost plural subject of the nearest sentence that has one.

    Looked for before the pronoun in its paragraph; what is deeper in a sentence is what they speak about.
    """
    here = next((p.paragraph for p in reading.passages if p.start <= pronoun.idx < p.end), None)
    first = next((p.start for p in reading.passages if p.paragraph == here), pronoun.idx)
    at = pronoun.i
    while at > 0 and reading.parse[at - 1].idx >= first:
        start = reading.parse[at - 1].sent.start
        subjects = [token for token in reading.parse.tokens[start:at] if _is_several(token)]
        found = min(subjects, key=_depth, default=None)
        if found is not None and found.pos_ != "PRON":
            return _in_own_words(found, reading)
        at = start
    return None


def _is_several(token: Token) -> bool:
    """Whether a subject is plural by its form, by a number ("two Foreign Ministers") or by what is joined to it."""
    if base(token.dep_) != "nsubj" or token.pos_ not in ("NOUN", "PROPN", "PRON"):
        return False
    return has(token, "Number", "Plur") or any(True for _ in children(token, "conj", "nummod"))


def _depth(token: Token) -> int:
    depth = 0
    while token.head != token:
        token, depth = token.head, depth + 1
    return depth


def _in_own_words(head: Token, reading: Reading) -> Actor:
    """Those whom a noun phrase names: with their state where it has one mention of one actor."""
    phrase = phrase_tokens(head)
    words = reading.span(phrase[0], phrase[-1])
    mention = reading.actor_at.get(head.i)
    alone = mention is not None and len(mention.actors) == 1 and not any(True for _ in children(head, "conj"))
    state = mention.actors[0].state if mention is not None and alone else None
    return Actor(words=words.quote, state=state, start=words.start, end=words.end)


def _are_several(reading: Reading, head: int | None) -> bool:
    """Whether more than one speak: "she" is none of "the leaders"."""
    return head is not None and reading.parse[head].morph.get("Number", []) == ["Plur"]


def _is_body(actor: Actor) -> bool:
    """Whether a state, an organ or a firm speaks, and nobody who is "he" or "she"."""
    return actor.person is None and actor.office is None and bool(actor.state or actor.organisation)


def _speaker_before(reading: Reading, speaker: Span) -> Actor | None:
    nearest: Attribution | None = None
    for other in reading.attributions:
        named = other.speaker
        if named is None or named.end > speaker.start or named.quote.lower() in PRONOUNS | FIRST_PERSONS:
            continue
        if speaker.quote.lower() in PRONOUNS and (
            _are_several(reading, other.speaker_head) or _is_body(speaker_actor(reading, named, other.speaker_head))
        ):
            continue
        if speaker.quote.lower() in THINGS:
            cue = attribution_words().by_id.get(other.rule)
            if cue is not None and not cue.is_statement:
                continue
            body = speaker_actor(reading, named, other.speaker_head)
            if body.person is not None or named.quote.lower() in THINGS:
                continue
        is_later = nearest is None or nearest.speaker is None or named.start > nearest.speaker.start
        if is_later and (speaker.quote.lower() in THINGS or outlet_of(reading, other) is None):
            nearest = other
    if nearest is None or nearest.speaker is None:
        return None
    return speaker_actor(reading, nearest.speaker, nearest.speaker_head)
