"""spaCy's parse read into ours."""

from functools import lru_cache

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, LOWER, MORPH, ORTH, POS, SENT_START, SPACY
from spacy.lang.en.lex_attrs import like_num
from spacy.lang.lex_attrs import is_punct, is_quote
from spacy.tokens import Doc as SpacyDoc

from detente.parsing.doc import Doc, Token, read_morph

COLUMNS = [ORTH, LOWER, LEMMA, POS, DEP, MORPH, ENT_TYPE, HEAD, SENT_START, SPACY, IDX]


def read_spacy(parse: SpacyDoc, whole: SpacyDoc | None = None) -> Doc:
    """The same tokens, tree and sentences; the strings are decoded once.

    `whole` is the text with the blanks that `parse` was spared: the words' places are theirs in it.
    """
    whole = parse if whole is None else whole
    strings, text = parse.vocab.strings, whole.text
    places = [token.idx for token in whole if not token.is_space] if whole is not parse else None
    rows = parse.to_array(COLUMNS).astype(np.int64).tolist()
    tokens = [Token() for _ in rows]
    names: dict[int, str] = {}  # decoded so far, by hash

    def name(key: int) -> str:
        found = names.get(key)
        if found is None:
            found = names[key] = strings[key % 2**64] if key else ""
        return found

    for at, (token, row) in enumerate(zip(tokens, rows, strict=True)):
        orth, lower, lemma, pos, relation, morph, entity, head, starts, space, idx = row
        token.i, token.idx = at, places[at] if places is not None else idx
        token.text, token.lower_, token.lemma_ = name(orth), name(lower), name(lemma)
        token.pos_, token.dep_, token.ent_type_ = name(pos), name(relation), name(entity)
        token.morph = read_morph(name(morph))
        token.head = tokens[at + head]
        token.is_sent_start = starts == 1
        token.whitespace_ = " " if space else ""
        token.take_flags(word_flags(token.text))
    return Doc(text, tokens)


@lru_cache(maxsize=65536)
def word_flags(word: str) -> tuple[bool, ...]:
    """What a word is for its own sake, in the order that `Token.take_flags` takes."""
    return (
        word.isspace(),
        is_punct(word),
        is_quote(word),
        word.isalpha(),
        word.istitle(),
        bool(like_num(word)),  # type: ignore[no-untyped-call]
    )
