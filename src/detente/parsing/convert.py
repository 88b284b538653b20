"""spaCy's parse read into ours."""

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, LOWER, MORPH, ORTH, POS, SENT_START, SPACY
from spacy.tokens import Doc as SpacyDoc
from spacy.vocab import Vocab

from detente.parsing.doc import Doc, Token, read_morph

COLUMNS = [ORTH, LOWER, LEMMA, POS, DEP, MORPH, ENT_TYPE, HEAD, SENT_START, SPACY, IDX]


def read_spacy(parse: SpacyDoc) -> Doc:
    """The same tokens, tree and sentences; the strings are decoded once."""
    strings, text = parse.vocab.strings, parse.text
    rows = parse.to_array(COLUMNS).astype(np.int64).tolist()
    tokens = [Token() for _ in rows]
    names: dict[int, str] = {}  # decoded so far, by hash

    def name(key: int) -> str:
        found = names.get(key)
        if found is None:
            found = names[key] = strings[key % 2**64] if key else ""
        return found

    flags: dict[int, tuple[bool, ...]] = {}  # by word
    for at, (token, row) in enumerate(zip(tokens, rows, strict=True)):
        orth, lower, lemma, pos, relation, morph, entity, head, starts, space, idx = row
        token.i, token.idx = at, idx
        token.text, token.lower_, token.lemma_ = name(orth), name(lower), name(lemma)
        token.pos_, token.dep_, token.ent_type_ = name(pos), name(relation), name(entity)
        token.morph = read_morph(name(morph))
        token.head = tokens[at + head]
        token.is_sent_start = starts == 1
        token.whitespace_ = " " if space else ""
        if orth not in flags:
            flags[orth] = _flags(parse.vocab, token.text)
        token.is_space, token.is_punct, token.is_quote, token.is_alpha, token.is_title, token.like_num = flags[orth]
    return Doc(text, tokens)


def _flags(vocab: Vocab, word: str) -> tuple[bool, ...]:
    lexeme = vocab[word]
    return (
        lexeme.is_space,
        lexeme.is_punct,
        lexeme.is_quote,
        lexeme.is_alpha,
        lexeme.is_title,
        lexeme.like_num,
    )
