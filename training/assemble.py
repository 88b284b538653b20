"""Put the trained parts together into the pipeline that is shipped.

usage: assemble.py MODEL OUT

Rounds every weight to half precision but keeps float32 on disk: loads as is, and a wheel (zip) of it is
about half the size.
Training-only blocks (corpora, callbacks) are taken out of the stored config, so the
pipeline loads without the recipe's code.
"""

import argparse
from pathlib import Path

import numpy as np
import spacy

META = {
    "name": "ud_small",
    "version": "0.1.0",
    "license": "CC BY-SA 4.0",
    "author": "the détente authors",
    "description": "English: UD parts of speech, features, lemmas, dependencies; no names.",
    "sources": [
        {"name": "UD English EWT 2.16", "license": "CC BY-SA 4.0"},
        {
            "name": "GUM, open-licence documents",
            "license": "CC BY 4.0 annotations; CC BY 2.5, CC BY 4.0, CC BY-SA 3.0 texts",
        },
        {"name": "UNER English EWT", "license": "CC BY-SA 4.0"},
        {"name": "spacy-lookups-data: Brown clusters", "license": "MIT"},
        {"name": "WordNet 3.0 word lists", "license": "WordNet licence"},
    ],
}


def each_param(nlp):
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if model is None or model is True:
            continue
        for node in model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    yield node, name, node.get_param(name)


def round_weights(nlp):
    for node, name, value in list(each_param(nlp)):
        node.set_param(name, np.clip(value, -65000, 65000).astype("float16").astype("float32"))


def strip(nlp):
    cfg = nlp.config
    for key in ("corpora", "pretraining", "paths"):
        cfg[key] = {}
    for key in ("before_init", "after_init", "vectors", "init_tok2vec"):
        cfg["initialize"][key] = None
    cfg["initialize"]["components"] = {}
    cfg["training"] = {"seed": 0, "gpu_allocator": None, "optimizer": cfg["training"]["optimizer"]}
    nlp.config = cfg


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("model")
    ap.add_argument("out")
    a = ap.parse_args()
    nlp = spacy.load(a.model)
    round_weights(nlp)
    nlp.batch_size = 16  # fastest on a core, and small in memory
    nlp.meta.update(META)
    nlp.meta.pop("performance", None)
    strip(nlp)
    nlp.to_disk(a.out)
    size = sum(p.stat().st_size for p in Path(a.out).rglob("*") if p.is_file())
    print(a.out, nlp.pipe_names, "%.2f MB" % (size / 1e6))


if __name__ == "__main__":
    main()
