"""The order of words around a verb of saying: what belongs to its tag and where the content goes on."""

from detente.codebook.attribution import attribution_words
from detente.codebook.constructions import words_for
from detente.extraction.clause import has
from detente.extraction.speakers import QUOTES, TokenRange, carrier_of, trimmed
from detente.parsing.doc import Token

# What follows a tag and is not content: more about the speaker or about when and where he said it.
MORE_OF_TAG = frozenset(
    {"who", "whose", "which", "where", "when", "while", "after", "as", "in", "on", "at", "during", "without", "despite"}
)
ADDRESSEE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON"})
PAUSES = frozenset({",", "—", "–", "--"})


def content_after_tag(verb: Token) -> list[TokenRange] | None:
    """What goes on after a tag that ends in `verb`: "Talks, he said, will resume"; empty where nothing does.

    None where the verb is no end of a tag because it governs something of its own.
    """
    doc, stop = verb.doc, verb.sent.end
    end = _past_addressee(verb)
    while end < stop and doc[end].text not in PAUSES and doc[end].text not in ".;":
        describes = doc[end].dep_ in ("acl", "amod")  # "in a televised speech", "in a statement posted online"
        acts = doc[end].pos_ in ("VERB", "AUX", "SCONJ") and not describes
        if (doc[end].dep_ in ("ccomp", "obj", "nsubj", "mark") and not _is_placed(doc[end])) or acts:
            return None
        if doc[end].pos_ == "NUM" and not _is_dated(doc[end]):
            return None
        end += 1
    if end + 1 >= stop or doc[end].text in ".;" or is_more_of_tag(doc[end + 1]):
        return []
    return [trimmed(doc, end + 1, stop - 1)]


def _is_placed(noun: Token) -> bool:
    """Whether a noun only tells where it was said, whatever the parse calls it: "said in a post on its page"."""
    return noun.dep_ == "obj" and any(child.dep_ == "case" for child in noun.children)


def _past_addressee(verb: Token) -> int:
    """The index behind those who are told: "told reporters in Lima"."""
    cue = attribution_words().verbs.get(verb.lower_)
    end = verb.i + 1
    while cue is not None and cue.addressed and end < verb.sent.end and verb.doc[end].pos_ in ADDRESSEE:
        end += 1
    return end


def _is_dated(number: Token) -> bool:
    """Whether a number behind a tag is part of a date or a name: "said on June 27", "said in 2019"."""
    before = number.nbor(-1)
    return before.pos_ in ("PROPN", "ADP") or number.head.pos_ == "PROPN"


def is_more_of_tag(token: Token) -> bool:
    """Whether the word after the comma of a tag still belongs to the tag."""
    if token.lower_ in MORE_OF_TAG or token.lower_ in ("according", "but", "and"):
        return True
    is_said = token.dep_ in ("ccomp", "csubj")  # "The talks, he said, [collapsed]", "[replacing] it will be hard"
    return not is_said and (has(token, "VerbForm", "Ger") or has(token, "VerbForm", "Part"))


def says_more(token: Token) -> bool:
    """Whether a participle after a comma opens a second cue of the same speaker: "adding that", "going on to say"."""
    if not token.i or not token.lower_.endswith("ing"):
        return False
    cue = attribution_words().verbs.get(token.lower_)
    if not (cue is not None and cue.is_statement) and not _carries(token):
        return False
    before = token.doc[token.i - 1]
    if before.text in QUOTES and before.i:
        before = token.doc[before.i - 1]
    return before.text in PAUSES


def _carries(token: Token) -> bool:
    """Whether an infinitive of saying makes one cue with the token."""
    if token.lemma_ not in words_for("carrying speech"):
        return False
    verbs = attribution_words().verbs
    return any(
        child.dep_ == "xcomp" and carrier_of(child) == token and child.lower_ in verbs for child in token.children
    )
