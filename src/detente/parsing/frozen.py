"""Parses kept as text, so that rules can be tested apart from the model that read the sentence."""

import json
from collections.abc import Iterable, Iterator

from detente.parsing.convert import read_word
from detente.parsing.doc import Doc, Token, read_morph

START = "^"  # begins a sentence
SPACED = "_"  # a blank follows


def write_parse(doc: Doc) -> str:
    """A line with the text, then one per token: place, word, lemma, part of speech, features, head, relation, marks.

    Columns are parted by tabs. The lemma is left out where it is the word; the head is counted from the token; words
    that begin with a quotation mark or are blank are written as JSON.
    """
    lines = [f"# {json.dumps(doc.text, ensure_ascii=False)}"]
    for token in doc:
        marks = START * token.is_sent_start + SPACED * bool(token.whitespace_)
        is_plain = not token.is_space and not token.text.startswith('"')
        word = token.text if is_plain else json.dumps(token.text)
        lemma = "" if token.lemma_ == token.text else token.lemma_
        columns = [token.idx, word, lemma, token.pos_, token.morph, token.head.i - token.i, token.dep_, marks]
        lines.append("\t".join(map(str, columns)))
    return "\n".join(lines) + "\n"


def read_parse(written: str) -> Doc:
    """The parse that `write_parse` wrote."""
    first, *rows = written.rstrip("\n").split("\n")
    tokens = [Token() for _ in rows]
    for at, (token, row) in enumerate(zip(tokens, rows, strict=True)):
        idx, word, lemma, pos, features, head, relation, marks = row.split("\t")
        token.i, token.idx = at, int(idx)
        token.take_word(read_word(json.loads(word) if word.startswith('"') else word))
        token.lemma_ = lemma or token.text
        token.pos_, token.dep_, token.ent_type_ = pos, relation, ""
        token.morph = read_morph(features)
        token.head = tokens[at + int(head)]
        token.is_sent_start = START in marks
        token.whitespace_ = " " if SPACED in marks else ""
    return Doc(json.loads(first.removeprefix("# ")), tokens)


def split_parses(written: str) -> Iterator[str]:
    """The parses of a file one by one, as `read_parse` takes them."""
    for part in written.split("\n\n"):
        if part.strip():
            yield part


def join_parses(parses: Iterable[str]) -> str:
    """A file of parses, with an empty line between them."""
    return "\n".join(parses)
