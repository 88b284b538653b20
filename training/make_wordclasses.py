"""Word-class vectors out of the tables of the PyPI package spacy-lookups-data (MIT).

usage: make_wordclasses.py OUT_DIR [--dim 96] [--words 150000]

The package has Brown clusters of 190,000 English word forms (a cluster is a path
in a binary tree; the lowest bit is the branch at the root) and WordNet's word
lists per part of speech.  Each distinct (cluster, WordNet word classes) pair
becomes one row of a small vector table; every word form points to its row.  The
vectors are a linear squeeze (SVD) of the one-hot path prefixes, so near clusters
have near vectors.  No text corpus and no download at run time: the rows are
stored in the pipeline's vocabulary.
"""

import argparse
import gzip
import json
from pathlib import Path

import numpy as np
import spacy
import spacy_lookups_data
from spacy.vectors import Vectors

DATA = Path(spacy_lookups_data.__file__).parent / "data"
PREFIXES = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16)
POS = ("noun", "verb", "adj", "adv")


def load(name):
    with gzip.open(DATA / f"{name}.json.gz", "rt", encoding="utf8") as f:
        return json.load(f)


def wordnet_flags():
    index, exc, rules = load("en_lemma_index"), load("en_lemma_exc"), load("en_lemma_rules")
    sets = {p: set(index.get(p, ())) for p in POS}

    def flags(word):
        w = word.lower()
        out = 0
        for bit, p in enumerate(POS):
            hit = w in sets[p] or w in exc.get(p, {})
            if not hit:
                for old, new in rules.get(p, ()):
                    if w.endswith(old) and (w[: len(w) - len(old)] + new) in sets[p]:
                        hit = True
                        break
            out |= hit << bit
        return out

    return flags


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("out")
    ap.add_argument("--dim", type=int, default=96)
    ap.add_argument("--words", type=int, default=150000)
    a = ap.parse_args()
    clusters = load("en_lexeme_cluster")
    flags = wordnet_flags()
    chosen = {}
    for word, c in clusters.items():  # most frequent first
        if int(c) and len(chosen) < a.words and len(word) < 30:
            chosen[word] = int(c)
    pairs, rows = {}, {}
    for word, c in chosen.items():
        key = (c, flags(word))
        rows[word] = pairs.setdefault(key, len(pairs))
    cols = {}
    feats = []
    for c, _ in pairs:
        feats.append([cols.setdefault((n, c & ((1 << n) - 1)), len(cols)) for n in PREFIXES])
    onehot = np.zeros((len(pairs), len(cols)), dtype="float32")
    for i, fs in enumerate(feats):
        onehot[i, fs] = 1.0
    onehot -= onehot.mean(0)
    u, s, _ = np.linalg.svd(onehot, full_matrices=False)
    dim = a.dim - len(POS)
    table = u[:, :dim] * s[:dim]
    table /= table.std()
    bits = np.array([[(f >> b) & 1 for b in range(len(POS))] for _, f in pairs], dtype="float32")
    table = np.hstack([table, bits * 2.0]).astype("float32")
    table = table.astype("float16").astype("float32")
    nlp = spacy.blank("en")
    ids = np.array(
        [
            nlp.vocab.strings.hash_string(w)
            if hasattr(nlp.vocab.strings, "hash_string")
            else spacy.strings.hash_string(w)
            for w in rows
        ],
        dtype="uint64",
    )
    vec = Vectors(data=table, name="wordclass")
    for key, row in zip(ids, rows.values()):
        vec.add(int(key), row=int(row))
    nlp.vocab.vectors = vec
    nlp.to_disk(a.out)
    print(len(rows), "words", table.shape, "explained %.3f" % float((s[:dim] ** 2).sum() / (s**2).sum()))


if __name__ == "__main__":
    main()
