"""spaCy's parse read into ours."""

from functools import lru_cache

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, MORPH, ORTH, POS, SENT_START, SPACY
from spacy.lang.en.lex_attrs import like_num
from spacy.lang.lex_attrs import is_punct, is_quote
from spacy.tokens import Doc as SpacyDoc

from detente.parsing.doc import Doc, Token, read_morph

COLUMNS = [ORTH, LEMMA, POS, DEP, MORPH, ENT_TYPE, HEAD, SENT_START, SPACY, IDX]


def read_spacy(parse: SpacyDoc, text: str | None = None, places: list[int] | None = None) -> Doc:
    """The same tokens, tree and sentences; the strings are decoded once.

    `text` and `places` are the text with the blanks that `parse` was spared, and where in it each word begins.
    """
    strings = parse.vocab.strings
    orth, lemma, pos, relation, morph, entity, head, starts, space, idx = (
        parse.to_array(COLUMNS).astype(np.int64).T.tolist()
    )
    names = {key: strings[key % 2**64] if key else "" for key in {*orth, *lemma, *pos, *relation, *morph, *entity}}
    words = {key: read_word(names[key]) for key in set(orth)}
    features = {key: read_morph(names[key]) for key in set(morph)}
    tokens = [Token() for _ in orth]
    for at, token in enumerate(tokens):
        token.i = at
        token.take_word(words[orth[at]])
        token.lemma_, token.pos_, token.dep_ = names[lemma[at]], names[pos[at]], names[relation[at]]
        token.ent_type_, token.morph = names[entity[at]], features[morph[at]]
        token.head = tokens[at + head[at]]
        token.is_sent_start = starts[at] == 1
        token.whitespace_ = " " if space[at] else ""
    for token, place in zip(tokens, idx if places is None else places, strict=True):
        token.idx = place
    return Doc(parse.text if text is None else text, tokens)


@lru_cache(maxsize=65536)
def read_word(word: str) -> tuple[str, str, bool, bool, bool, bool, bool, bool]:
    """What a word is for its own sake, in the order that `Token.take_word` takes."""
    return (
        word,
        word.lower(),
        word.isspace(),
        is_punct(word),
        is_quote(word),
        word.isalpha(),
        word.istitle(),
        bool(like_num(word)),  # type: ignore[no-untyped-call]
    )
