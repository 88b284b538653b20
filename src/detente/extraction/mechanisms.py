"""The standing channels between states that a text names, with what each deals with."""

import functools
import re
from dataclasses import dataclass, replace
from typing import cast

from detente.codebook.mechanisms import MechanismNoun, MechanismWords, Needs, load_mechanism_words
from detente.extraction.bearing import bears_on_pair, names_of_states
from detente.extraction.clause import case_of, children, predicate_of, when_of
from detente.extraction.enumeration import split_enumeration
from detente.extraction.factuality import find_factuality
from detente.extraction.issues import find_issues
from detente.extraction.reading import Reading
from detente.extraction.voice import find_voice
from detente.parsing.doc import Token
from detente.records import Actor, Factuality, Issue, Mechanism, Passage, Span, record_id

MEMO = "detente.mechanisms"  # key in Doc.user_data, which lives as long as the parse
BEFORE = frozenset(
    {"amod", "compound", "nmod", "nmod:unmarked", "nummod", "conj", "cc", "punct", "dep", "advmod", "flat"}
)
FEWEST = 2  # states that a channel joins
CONFIDENCE = 0.8  # estimated from reading
CONFIDENCE_OF_LIST = 0.75  # a channel known only from an enumeration


@dataclass(frozen=True, slots=True, kw_only=True)
class _Channel:
    """One channel as named at one place."""

    name: str
    areas: tuple[str, ...]
    token: Token  # the head noun, or the field in an enumeration
    rule: str
    passage: Passage
    confidence: float = CONFIDENCE

    @property
    def fields(self) -> frozenset[str]:
        """The words of its fields, for telling whether two names mean one channel."""
        return frozenset(
            w for area in self.areas for w in re.findall(r"\w[\w-]+", area.lower()) if w not in ("and", "the")
        )


def extract_mechanisms(reading: Reading) -> list[Mechanism]:
    """One record per channel, in text order; may be empty. Names whose fields contain each other's are one channel."""
    words = load_mechanism_words()
    found = [*_named(reading, words), *_by_noun(reading, words)]
    found.sort(key=lambda channel: channel.token.i)
    listed = [further for channel in found for further in _listed(channel, reading, words)]
    records = []
    for group in _merged(sorted([*found, *listed], key=lambda channel: channel.token.i)):
        record = _record(group, reading, words)
        if record is not None:
            records.append(record)
    return records


def _named(reading: Reading, words: MechanismWords) -> list[_Channel]:
    found = []
    rows = {name: row for row in words.names for name in row.words}
    for match in _any_of(tuple(rows)).finditer(reading.document.text):
        span = reading.parse.char_span(match.start(), match.end(), alignment_mode="expand")
        passage = _passage(reading, match.start())
        if span is not None and passage is not None:
            name, row = match.group(), rows[match.group()]
            found.append(_Channel(name=name, areas=row.areas, token=span[-1], rule=row.id, passage=passage))
    return found


@functools.cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _by_noun(reading: Reading, words: MechanismWords) -> list[_Channel]:
    by_head: dict[str, list[MechanismNoun]] = {}
    for noun in words.nouns:
        by_head.setdefault(noun.head, []).append(noun)
    taken = {
        token.i
        for channel in _named(reading, words)
        for token in channel.token.doc[channel.token.i - 3 : channel.token.i + 1]
    }
    found = []
    for token in reading.parse:
        rows = () if token.i in taken else by_head.get(token.lemma_.lower(), by_head.get(token.lower_, ()))
        for noun in rows:
            channel = _channel(token, noun, reading, words)
            if channel is not None:
                found.append(channel)
                break
    return found


def _channel(token: Token, noun: MechanismNoun, reading: Reading, words: MechanismWords) -> _Channel | None:
    """The channel that a head noun names, None where it is an organ of one state, a text, or talk in general."""
    passage = _passage(reading, token.idx)
    before = _words_before(token, noun)
    if passage is None or before is None or token.pos_ == "VERB":
        return None
    low = [word.lower_ for word in before]
    if _is_organ(token, reading) and not any(word in words.standing for word in low):
        return None
    if any(word in words.foreign for word in low):
        return None
    areas = (*_area_before(before, reading, words), *_areas_after(token, words))
    if not areas and _is_several(token, low, words):
        return None  # "one of four mechanisms": not one of them
    if not _suffices(noun, low, areas, before, reading, words):
        return None
    name = _name(token, before, noun, reading, words)
    return _Channel(name=name, areas=areas, token=token, rule=noun.id, passage=passage)


def _is_several(token: Token, low: list[str], words: MechanismWords) -> bool:
    return "Plur" in token.morph.get("Number", []) and any(word in words.numbers for word in low)


def _suffices(
    noun: MechanismNoun,
    low: list[str],
    areas: tuple[str, ...],
    before: list[Token],
    reading: Reading,
    words: MechanismWords,
) -> bool:
    if noun.needs is Needs.NOTHING:
        return True
    standing = any(word in words.standing for word in low) or _joins_states(before, reading)
    return standing or (noun.needs is Needs.AREA and bool(areas))


def _words_before(token: Token, noun: MechanismNoun) -> list[Token] | None:
    """The modifiers before a head noun without article and owner; None where its first word is missing."""
    run: list[Token] = []
    for at in range(token.i - 1, max(token.sent.start, token.i - 10) - 1, -1):
        word = token.doc[at]
        if not _is_modifier(word, token):
            break
        run.insert(0, word)
    while run and (run[0].dep_ in ("cc", "punct") or run[0].is_punct):
        run.pop(0)
    if noun.first is None:
        return run
    if not run or run[-1].lower_ != noun.first:
        return None
    return run[:-1]


def _is_modifier(word: Token, head: Token) -> bool:
    if word.is_space or word.dep_ in ("det", "nmod:poss", "case", "mark") or word.pos_ in ("DET", "ADP", "PRON", "AUX"):
        return False
    at = word
    while at not in (head, at.head) and at.dep_ in BEFORE:
        at = at.head
    return at == head


def _area_before(before: list[Token], reading: Reading, words: MechanismWords) -> tuple[str, ...]:
    """The field that stands before the noun: "[diplomatic and security] dialogue"."""
    states = _bare_names(reading)
    field = [
        word
        for word in before
        if word.lower_ not in words.empty | words.standing
        and word.i not in reading.actor_at
        and word.text not in states
        and word.lower_ not in words.numbers
        and not word.like_num
        and not (word.is_punct and word.text != "-")
    ]
    while field and (field[0].dep_ == "cc" or field[0].is_punct):
        field.pop(0)
    while field and field[-1].dep_ == "cc":
        field.pop()
    if not field or all(word.is_punct for word in field):
        return ()
    return (reading.span(field[0], field[-1]).quote,)


def _bare_names(reading: Reading) -> dict[str, str]:
    """The names of states in this document; kept with the parse, since it is asked for every noun."""
    memo = reading.parse.user_data
    if MEMO not in memo:
        memo[MEMO] = names_of_states(reading)
    return cast("dict[str, str]", memo[MEMO])


def _areas_after(token: Token, words: MechanismWords) -> tuple[str, ...]:
    """The fields after "on": "working group on [fisheries] and [ports]"."""
    for child in children(token, "nmod", "obl", "acl"):
        if child.i > token.i and case_of(child) in words.field_prepositions:
            inside = [t for t in child.subtree if t.i >= child.left_edge.i and t.dep_ != "case" and not t.is_space]
            start = min((t for t in inside if t.dep_ != "det"), key=lambda t: t.i)
            text = token.doc.text[start.idx : inside[-1].idx + len(inside[-1])]
            return split_enumeration(text)
    return ()


def _name(token: Token, before: list[Token], noun: MechanismNoun, reading: Reading, words: MechanismWords) -> str:
    """The name as written: from the first modifier to the noun, with what follows "on" where nothing stands before."""
    named = [word for word in before if word.lower_ not in words.empty or word.text.istitle()]
    first = named[0] if named else token.doc[token.i - 1] if noun.first else token
    last = token
    if not before:
        last = max(
            (t for c in children(token, "nmod") if case_of(c) == "on" for t in c.subtree),
            key=lambda t: t.i,
            default=token,
        )
    return reading.span(first, last).quote


def _joins_states(before: list[Token], reading: Reading) -> bool:
    states = {a.state for word in before if word.i in reading.actor_at for a in reading.actor_at[word.i].actors}
    return len(states - {None}) >= FEWEST


def _is_organ(token: Token, reading: Reading) -> bool:
    """Whether the noun belongs to the name of an actor: a "committee" of a parliament, the "commission" of a union."""
    mention = reading.actor_at.get(token.i)
    return mention is not None and any(actor.sector or actor.organisation or actor.office for actor in mention.actors)


def _listed(channel: _Channel, reading: Reading, words: MechanismWords) -> list[_Channel]:
    """The channels of which a text tells only the number and the fields: "The three others will deal with ..."."""
    following = [t for t in reading.parse if t.i > channel.token.i and t.idx < _paragraph_end(reading, channel.passage)]
    for token in following:
        count = _count_of_others(token, words)
        if count is None:
            continue
        fields = _fields_of(token, words)
        passage = _passage(reading, token.idx)
        if fields is None or passage is None or not _tells_of_several(channel, token, reading, words):
            continue
        noun = channel.token.lower_
        return [
            replace(
                channel,
                name=f"{noun} on {area}",
                areas=(area,),
                token=token,
                rule="listed",
                passage=passage,
                confidence=CONFIDENCE_OF_LIST,
            )
            for area in (_without_preposition(part, words) for part in split_enumeration(fields, count))
        ]
    return []


def _without_preposition(part: str, words: MechanismWords) -> str:
    first, _, rest = part.partition(" ")
    return rest if first in words.dealing_with and rest else part


def _count_of_others(token: Token, words: MechanismWords) -> int | None:
    """The number in "the three others", "the other three", "the remaining two (dialogues)"."""
    near = token.doc[max(0, token.i - 2) : token.i + 3]
    if token.lower_ not in words.others:
        return None
    return next((words.numbers[word.lower_] for word in near if word.lower_ in words.numbers), None)


def _fields_of(token: Token, words: MechanismWords) -> str | None:
    """The words of the fields that the others "deal with"."""
    doc, sentence = token.doc, token.sent
    verb = next(
        (t for t in doc[token.i + 1 : sentence.end] if t.lemma_.lower() in words.dealing),
        None,
    )
    if verb is None:
        return None
    at = verb.i + 1
    if at < sentence.end and doc[at].lower_ in words.dealing_with:
        at += 1
    rest = doc.text[doc[at].idx : sentence.end_char] if at < sentence.end else ""
    return rest.strip().rstrip(".;!?") or None


def _tells_of_several(channel: _Channel, others: Token, reading: Reading, words: MechanismWords) -> bool:
    """Whether the text says between the two that the channel is one of a number: "is one of four mechanisms"."""
    between = reading.document.text[channel.token.idx : others.idx].lower()
    return bool(re.search(rf"\b(?:one|first|latest) of (?:the )?(?:{'|'.join(words.numbers)}|several)\b", between))


def _merged(channels: list[_Channel]) -> list[list[_Channel]]:
    groups: list[list[_Channel]] = []
    for channel in channels:
        group = next((g for g in groups if any(_same(channel, other) for other in g)), None)
        if group is None:
            groups.append([channel])
        else:
            group.append(channel)
    return groups


def _same(one: _Channel, other: _Channel) -> bool:
    if one.name.lower() == other.name.lower():
        return True
    if not one.fields or not other.fields or one.rule != other.rule:
        return False
    return one.fields <= other.fields or other.fields <= one.fields


def _record(group: list[_Channel], reading: Reading, words: MechanismWords) -> Mechanism | None:
    fullest = max(group, key=lambda channel: (len(channel.fields), -channel.token.i))
    participants = next((p for p in (_participants(c, reading) for c in group) if len(p) >= FEWEST), ())
    if not participants:
        return None
    first = group[0]
    passages = list({channel.passage.start: channel.passage for channel in group}.values())
    voice = find_voice(reading, first.token.idx, first.token.idx + len(first.token))
    factuality, cue = _factuality(first, reading, words)
    return Mechanism(
        id=record_id(
            document=reading.document.id,
            kind=Mechanism.record,
            start=first.passage.start,
            end=first.passage.end,
            type_=fullest.name.lower(),
            parties=[actor.key for actor in participants],
        ),
        name=fullest.name,
        participants=participants,
        areas=fullest.areas,
        when=when_of(first.token, reading) if first.token.head.lemma_.lower() in words.founding else None,
        issues=_issues(first, reading),
        factuality=factuality,
        voice=voice.voice,
        attribution=voice.attribution,
        cue=cue,
        evidence=tuple(reading.evidence(passage.start, passage.end) for passage in passages),
        known_on=reading.known_on,
        confidence=first.confidence,
        on_pair=bears_on_pair(reading, participants, first.passage.start, first.passage.end),
        hedges=voice.hedges,
        from_title=first.passage.from_title,
        provenance=replace(reading.provenance, rules=tuple(dict.fromkeys((*(c.rule for c in group), *voice.rules)))),
    )


def _issues(channel: _Channel, reading: Reading) -> tuple[Issue, ...]:
    """What the fields of a channel are about, where they stand in its passage; else what the passage is about."""
    start, end = channel.passage.start, channel.passage.end
    for area in channel.areas:
        at = reading.document.text.find(area, start, end)
        found = find_issues(reading, at, at + len(area)) if at >= 0 else ()
        if found:
            return found
    return find_issues(reading, start, end)


def _participants(channel: _Channel, reading: Reading) -> tuple[Actor, ...]:
    """One actor per state: those of the sentence, else of its paragraph; the pair alone where both are there."""
    for start, end in ((channel.passage.start, channel.passage.end), _paragraph(reading, channel.passage)):
        found: dict[str, Actor] = {}
        for mention in reading.actors:
            if start <= mention.start < end and not mention.is_place:
                for actor in mention.actors:
                    if actor.state:
                        found.setdefault(actor.state, actor)
        if len(found) >= FEWEST:
            return _of_pair(found, reading)
    return ()


def _of_pair(found: dict[str, Actor], reading: Reading) -> tuple[Actor, ...]:
    """The two of the pair where both are there: third states in the sentence are its matter."""
    if reading.pair and set(reading.pair) <= set(found):
        return tuple(found[state] for state in reading.pair)
    return tuple(found.values())


def _factuality(channel: _Channel, reading: Reading, words: MechanismWords) -> tuple[Factuality, Span | None]:
    """Ongoing, unless what governs the noun founds it in the future or ends it."""
    verb = predicate_of(channel.token)
    lemma = verb.lemma_.lower()
    if channel.rule == "listed" or lemma not in words.founding | words.ending:
        return Factuality.ONGOING, None
    finding = find_factuality(verb, reading)
    if lemma in words.founding:
        return (Factuality.ONGOING, finding.cue) if finding.factuality.is_actual else (finding.factuality, finding.cue)
    if finding.factuality.is_actual:
        return Factuality.CANCELLED, reading.span(verb, verb)
    return Factuality.ONGOING, finding.cue


def _passage(reading: Reading, at: int) -> Passage | None:
    return next((p for p in reading.passages if p.start <= at < p.end), None)


def _paragraph(reading: Reading, passage: Passage) -> tuple[int, int]:
    same = [p for p in reading.passages if p.paragraph == passage.paragraph]
    return same[0].start, same[-1].end


def _paragraph_end(reading: Reading, passage: Passage) -> int:
    return _paragraph(reading, passage)[1]
