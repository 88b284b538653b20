"""CoNLL-U -> spaCy DocBin.

usage: make_docbin.py OUT.spacy GROUP IN.conllu[.gz] ...

GROUP consecutive sentences of one source document become one training
document (sentence boundaries are then learnable); paragraph breaks inside a
group are written as a "\n\n" whitespace token.
"""

import sys

import spacy
from spacy.tokens import DocBin

from conllu_io import read_conllu, to_doc


def groups(sents, size):
    cur = []
    for s in sents:
        if cur and (len(cur) >= size or s.newdoc):
            yield cur
            cur = []
        cur.append(s)
    if cur:
        yield cur


def main(out, size, *paths, par_break="\n\n"):
    nlp = spacy.blank("en")
    bin_ = DocBin(store_user_data=False)
    n = words = 0
    for path in paths:
        for g in groups(read_conllu(path), int(size)):
            doc = to_doc(g, nlp.vocab, par_break)
            bin_.add(doc)
            n += 1
            words += len(doc)
    bin_.to_disk(out)
    print(out, n, "docs", words, "tokens")


if __name__ == "__main__":
    main(*sys.argv[1:])
