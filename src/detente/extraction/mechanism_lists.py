"""Channels of which a text tells only the number and the fields: "The three others will deal with ..."."""

import re
from dataclasses import replace

from detente.codebook.mechanisms import MechanismWords
from detente.extraction.enumeration import split_enumeration
from detente.extraction.mechanism_channels import Channel, paragraph_of, passage_at
from detente.extraction.reading import Reading
from detente.parsing.doc import Token

CONFIDENCE = 0.75  # a channel known only from an enumeration
LISTED = "listed"  # the rule that finds them


def find_listed(channel: Channel, reading: Reading, words: MechanismWords) -> list[Channel]:
    """The channels of which a text tells only the number and the fields: "The three others will deal with ..."."""
    following = [
        t for t in reading.parse if t.i > channel.token.i and t.idx < paragraph_of(reading, channel.passage)[1]
    ]
    for token in following:
        count = _count_of_others(token, words)
        if count is None:
            continue
        fields = _fields_of(token, words)
        passage = passage_at(reading, token.idx)
        if fields is None or passage is None or not _tells_of_several(channel, token, reading, words):
            continue
        noun = channel.token.lower_
        return [
            replace(
                channel,
                name=f"{noun} on {area}",
                areas=(area,),
                token=token,
                rule=LISTED,
                passage=passage,
                confidence=CONFIDENCE,
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


def _tells_of_several(channel: Channel, others: Token, reading: Reading, words: MechanismWords) -> bool:
    """Whether the text says between the two that the channel is one of a number: "is one of four mechanisms"."""
    between = reading.document.text[channel.token.idx : others.idx].lower()
    return bool(re.search(rf"\b(?:one|first|latest) of (?:the )?(?:{'|'.join(words.numbers)}|several)\b", between))
