"""Score a pipeline against CoNLL-U, in the manner of the CoNLL 2018 task.

usage: evaluate.py MODEL FILE.conllu [--tok gold|pred] [--group N] [--json OUT] [--repair]

--tok gold : every gold sentence is one document with its gold words and no
             sentence break inside.
--tok pred : the text of N consecutive sentences of a document is given raw;
             the pipeline cuts words and sentences.  Words are matched by
             their place in the text without blanks.
LAS ignores the subtype of a relation ("nmod:poss" = "nmod") as in CoNLL 2018;
LASfull does not and leaves punctuation out.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import spacy
from spacy.tokens import Doc

sys.path.insert(0, str(Path(__file__).parent))
from conllu_io import read_conllu  # noqa: E402
from make_docbin import groups  # noqa: E402

CORE = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "ccomp",
    "xcomp",
    "advcl",
    "acl:relcl",
    "acl",
    "conj",
    "appos",
    "amod",
    "nmod",
    "nmod:poss",
    "compound",
    "flat",
    "nmod:desc",
    "parataxis",
    "ROOT",
    "aux:pass",
    "obl:agent",
    "mark",
    "case",
    "cop",
]


def squeeze(text):
    return "".join(ch for ch in text if not ch.isspace())


def gold_rows(sents, base=0):
    """[(start, end, upos, lemma, feats, head_span, deprel)] and sentence spans."""
    rows, spans, at = [], [], base
    for s in sents:
        place = []
        for w in s.words:
            n = len(squeeze(w.form))
            place.append((at, at + n))
            at += n
        spans.append((place[0][0], place[-1][1]))
        for w, p in zip(s.words, place):
            rows.append((p, w.upos, w.lemma, w.feats, None if w.deprel == "ROOT" else place[w.head], w.deprel))
    return rows, spans


def pred_rows(doc):
    rows, spans, at, place = [], [], 0, {}
    for t in doc:
        n = len(squeeze(t.text))
        place[t.i] = (at, at + n)
        at += n
    for t in doc:
        if t.is_space:
            continue
        root = t.dep_ == "ROOT" or t.head.i == t.i
        rows.append(
            (place[t.i], t.pos_, t.lemma_, str(t.morph), None if root else place[t.head.i], "ROOT" if root else t.dep_)
        )
    for s in doc.sents:
        toks = [t for t in s if not t.is_space]
        if toks:
            spans.append((place[toks[0].i][0], place[toks[-1].i][1]))
    return rows, spans


def universal(dep):
    return dep.split(":")[0].lower()


class Count:
    def __init__(self):
        self.tp = self.gold = self.pred = 0

    def add(self, gold, pred):
        self.tp += len(gold & pred)
        self.gold += len(gold)
        self.pred += len(pred)

    def f(self):
        return 200.0 * self.tp / max(1, self.gold + self.pred)

    def prf(self):
        return (100.0 * self.tp / max(1, self.pred), 100.0 * self.tp / max(1, self.gold), self.f())


def score(pairs):
    m = {k: Count() for k in ("words", "sents", "upos", "feats", "lemma", "uas", "las", "lasfull")}
    rel = {r: Count() for r in CORE}
    for (grows, gsp), (prows, psp) in pairs:
        m["words"].add({r[0] for r in grows}, {r[0] for r in prows})
        m["sents"].add(set(gsp), set(psp))
        for key, i in (("upos", 1), ("lemma", 2), ("feats", 3)):
            m[key].add({(r[0], r[i]) for r in grows}, {(r[0], r[i]) for r in prows})
        m["uas"].add({(r[0], r[4]) for r in grows}, {(r[0], r[4]) for r in prows})
        m["las"].add({(r[0], r[4], universal(r[5])) for r in grows}, {(r[0], r[4], universal(r[5])) for r in prows})
        punct = {r[0] for r in grows if r[1] == "PUNCT"}
        m["lasfull"].add(
            {(r[0], r[4], r[5]) for r in grows if r[0] not in punct},
            {(r[0], r[4], r[5]) for r in prows if r[0] not in punct},
        )
        for name, c in rel.items():
            c.add({(r[0], r[4]) for r in grows if r[5] == name}, {(r[0], r[4]) for r in prows if r[5] == name})
    return (
        {k: round(c.f(), 2) for k, c in m.items()},
        {k: [round(x, 1) for x in c.prf()] + [c.gold] for k, c in rel.items()},
    )


def evaluate(nlp, path, tok="gold", group=8, repair=None):
    sents = list(read_conllu(path))
    if tok == "gold":
        docs = []
        for s in sents:
            docs.append(
                Doc(
                    nlp.vocab,
                    words=[w.form for w in s.words],
                    spaces=[w.space for w in s.words],
                    sent_starts=[i == 0 for i in range(len(s.words))],
                )
            )
        preds = list(nlp.pipe(docs, batch_size=64))
        golds = [[s] for s in sents]
    else:
        golds = list(groups(sents, group))
        texts = []
        for g in golds:
            text = ""
            for k, s in enumerate(g):
                if k and (s.newpar or s.newdoc):
                    text = text.rstrip() + "\n\n"
                text += "".join(w.form + (" " if w.space else "") for w in s.words)
            texts.append(text.strip())
        preds = list(nlp.pipe(texts, batch_size=64))
    if repair:
        for doc in preds:
            repair.mend(doc)
    return score((gold_rows(g), pred_rows(d)) for g, d in zip(golds, preds))


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("model")
    ap.add_argument("conllu")
    ap.add_argument("--tok", default="gold")
    ap.add_argument("--group", type=int, default=8)
    ap.add_argument("--json")
    ap.add_argument("--rel", action="store_true")
    ap.add_argument("--repair", action="store_true", help="repair lemmas as the product does")
    a = ap.parse_args()
    nlp = spacy.load(a.model)
    lemmas = None
    if a.repair:
        from detente.parsing.lemmas import LemmaRepair

        lemmas = LemmaRepair()
    m, rel = evaluate(nlp, a.conllu, a.tok, a.group, lemmas)
    print(a.model, Path(a.conllu).stem, a.tok, m)
    if a.rel:
        for k, v in rel.items():
            print("   %-12s P %5.1f R %5.1f F %5.1f  n=%d" % (k, *v))
    if a.json:
        json.dump({"metrics": m, "relations": rel}, open(a.json, "w"), indent=1)
