"""Finds indirect speech and its like by the parse: a cue and the clause, infinitive or noun it governs."""

from collections.abc import Iterator

from detente.codebook.attribution import Cue, attribution_words
from detente.codebook.constructions import words_for
from detente.extraction.clause import has
from detente.extraction.contents import contents_of
from detente.extraction.found import IN_PERSON, Found, cue_of, outer_verb, overlap
from detente.extraction.nominal import LINKS, by_adjective, by_made, by_noun
from detente.extraction.speakers import carrier_of, char_span, noun_phrase, speaker_of, verb_group
from detente.extraction.tag_order import content_after_tag, says_more
from detente.parsing.doc import Doc, Token


def find_reported(doc: Doc) -> list[Found]:
    """One per cue verb or noun that governs a content and has a speaker, in text order."""
    found: list[Found] = []
    words, making = attribution_words(), words_for("making clear")
    for token in doc:
        low = token.lower_
        if low in words.adjectives and any(c.dep_ in LINKS for c in token.children):
            found += by_adjective(token, words.adjectives[low])
        elif low in words.adjectives and token.head.lemma_ in making and token.head.i < token.i:
            found += by_made(token, words.adjectives[low])
        elif low in words.verbs and (cue := cue_of(token)) is not None:
            found += _by_verb(token, cue)
        elif low in words.nouns and token.pos_ == "NOUN":
            found += by_noun(token, words.nouns[low])
    return found


def _by_verb(verb: Token, cue: Cue) -> Iterator[Found]:
    if _is_passive_participle(verb) or _is_apposed_tag(verb):
        return
    lead = _verb_before(verb) if says_more(carrier_of(verb)) else outer_verb(verb)
    for content, last_of_cue in contents_of(verb, cue):
        pieces = [piece for piece in content if piece[0] <= piece[1]]
        speaker = speaker_of(carrier_of(lead or verb), outside=pieces)
        if not pieces or speaker is None:
            continue
        phrase = noun_phrase(speaker, lead or verb)
        if phrase[0] > phrase[1] or any(overlap(phrase, piece) for piece in pieces):
            continue
        first, last = verb_group(verb)
        yield Found(
            speaker=char_span(verb.doc, phrase),
            cue=char_span(verb.doc, (first, max(last, last_of_cue))),
            content=tuple(char_span(verb.doc, piece) for piece in pieces),
            speaker_head=speaker.i,
            cue_head=verb.i,
            rule=cue.id,
            in_person=speaker.lower_ in IN_PERSON,
        )
        return


def _is_passive_participle(verb: Token) -> bool:
    """Whether the verb is a past participle beside a noun: "Hill, asked about the tax, said": nobody asks."""
    bare = not any(child.dep_ in ("aux", "aux:pass", "nsubj", "obl:agent") for child in verb.children)
    if verb.dep_ == "conj" or (verb.dep_ == "xcomp" and verb.head.lemma_ == "have"):  # "has as usual called for"
        return False
    return bare and has(verb, "VerbForm", "Part") and has(verb, "Tense", "Past")


def _is_apposed_tag(verb: Token) -> bool:
    """Whether a tag in commas is read as an apposition: "The talks, an aide said, failed" - not the talks said it.

    Who speaks then stands right before the verb, and a comma right behind it or its date.
    """
    first, last = verb_group(verb)
    doc, subjects = verb.doc, [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
    beside = [c for subject in subjects for c in subject.children if c.dep_ == "appos" and c.i > subject.i]
    named = next((c for c in (*subjects[1:], *beside) if c.right_edge.i == first - 1), None)
    if named is None:
        return False
    edge = named.left_edge  # the parse may hang the comma below what it opens
    if "," not in (edge.text, doc[edge.i - 1].text):
        return False
    return last + 1 < len(doc) and bool(content_after_tag(verb))


def _verb_before(verb: Token) -> Token | None:
    """The verb whose speaker a participle after a comma shares: "He said it was over, adding that ..."."""
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        cue = cue_of(token)
        if cue is not None and cue.is_statement and not token.lower_.endswith("ing") and token.dep_ != "acl:relcl":
            return token if any(child.dep_ == "nsubj" for child in token.children) else None
    return None
