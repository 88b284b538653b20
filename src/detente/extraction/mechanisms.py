"""The standing channels between states that a text names, with what each deals with."""

from dataclasses import replace

from detente.codebook.mechanisms import MechanismWords, load_mechanism_words
from detente.extraction.bearing import bears_on_pair
from detente.extraction.clause import predicate_of
from detente.extraction.clause_dates import when_of
from detente.extraction.factuality import find_factuality
from detente.extraction.issues import find_issues
from detente.extraction.mechanism_channels import FEWEST, Channel, find_channels, paragraph_of
from detente.extraction.mechanism_lists import LISTED, find_listed
from detente.extraction.reading import Reading
from detente.extraction.voice import find_voice
from detente.records import Actor, Factuality, Issue, Mechanism, Span, record_id


def extract_mechanisms(reading: Reading) -> list[Mechanism]:
    """One record per channel, in text order; may be empty. Names whose fields contain each other's are one channel."""
    words = load_mechanism_words()
    found = find_channels(reading, words)
    listed = [further for channel in found for further in find_listed(channel, reading, words)]
    records = []
    for group in _merged(sorted([*found, *listed], key=lambda channel: channel.token.i)):
        record = _record(group, reading, words)
        if record is not None:
            records.append(record)
    return records


def _merged(channels: list[Channel]) -> list[list[Channel]]:
    groups: list[list[Channel]] = []
    for channel in channels:
        group = next((g for g in groups if any(_same(channel, other) for other in g)), None)
        if group is None:
            groups.append([channel])
        else:
            group.append(channel)
    return groups


def _same(one: Channel, other: Channel) -> bool:
    if one.name.lower() == other.name.lower():
        return True
    if not one.fields or not other.fields or one.rule != other.rule:
        return False
    return one.fields <= other.fields or other.fields <= one.fields


def _record(group: list[Channel], reading: Reading, words: MechanismWords) -> Mechanism | None:
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


def _issues(channel: Channel, reading: Reading) -> tuple[Issue, ...]:
    """What the fields of a channel are about, where they stand in its passage; else what the passage is about."""
    start, end = channel.passage.start, channel.passage.end
    for area in channel.areas:
        at = reading.document.text.find(area, start, end)
        found = find_issues(reading, at, at + len(area)) if at >= 0 else ()
        if found:
            return found
    return find_issues(reading, start, end)


def _participants(channel: Channel, reading: Reading) -> tuple[Actor, ...]:
    """One actor per state: those of the sentence, else of its paragraph; the pair alone where both are there."""
    for start, end in ((channel.passage.start, channel.passage.end), paragraph_of(reading, channel.passage)):
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


def _factuality(channel: Channel, reading: Reading, words: MechanismWords) -> tuple[Factuality, Span | None]:
    """Ongoing, unless what governs the noun founds it in the future or ends it."""
    verb = predicate_of(channel.token)
    lemma = verb.lemma_.lower()
    if channel.rule == LISTED or lemma not in words.founding | words.ending:
        return Factuality.ONGOING, None
    finding = find_factuality(verb, reading)
    if lemma in words.founding:
        return (Factuality.ONGOING, finding.cue) if finding.factuality.is_actual else (finding.factuality, finding.cue)
    if finding.factuality.is_actual:
        return Factuality.CANCELLED, reading.span(verb, verb)
    return Factuality.ONGOING, finding.cue
