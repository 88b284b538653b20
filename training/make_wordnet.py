"""The word lists by which `detente.parsing.lemmas` repairs lemmas that are no words.

usage: make_wordnet.py OUT.json.gz       (tables of the PyPI package spacy-lookups-data; WordNet licence)
"""

import gzip
import json
import sys
from pathlib import Path

POS = {"VERB": "verb", "NOUN": "noun"}


def build(out):
    import spacy_lookups_data

    data = Path(spacy_lookups_data.__file__).parent / "data"

    def load(name):
        with gzip.open(data / f"{name}.json.gz", "rt", encoding="utf8") as f:
            return json.load(f)

    index, exc, rules = load("en_lemma_index"), load("en_lemma_exc"), load("en_lemma_rules")
    table = {
        p: {
            "index": sorted(w for w in index[p] if w.isalpha()),
            "rules": rules[p],
            "exc": {k: v[0] for k, v in exc[p].items()},
        }
        for p in POS.values()
    }
    with open(out, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as f:
        f.write(json.dumps(table, sort_keys=True).encode())


if __name__ == "__main__":
    build(sys.argv[1])
