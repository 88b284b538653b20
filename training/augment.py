"""Training-time variation towards news style (needed by `spacy train --code`, not to run the pipeline).

detente.news_style.v1 gives back every example, and in its place, now and then:
  quotes   typographic quotation marks, apostrophes and dashes
  names    two-word personal names become names of other regions
  headline single sentences in Title Case or CAPITALS, without articles and
           (at the end of a paragraph) without the full stop
"""

import random
from pathlib import Path

import spacy
from spacy.training import Example
from spacy.tokens import Doc

SMALL = {
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "and",
    "or",
    "but",
    "by",
    "as",
    "with",
    "from",
    "over",
    "n't",
    "'s",
    "’s",
    "vs",
}


def _rows(doc):
    return [
        dict(
            form=t.text,
            space=bool(t.whitespace_),
            head=t.head.i,
            dep=t.dep_,
            pos=t.pos_,
            tag=t.tag_,
            lemma=t.lemma_,
            morph=str(t.morph),
            ent=(t.ent_iob_ + "-" + t.ent_type_) if t.ent_type_ else t.ent_iob_,
            sent=t.is_sent_start,
        )
        for t in doc
    ]


def _doc(vocab, rows, ents):
    kw = {}
    if ents:
        kw["ents"] = [r["ent"] for r in rows]
    if any(r["dep"] for r in rows):
        kw.update(
            heads=[r["head"] for r in rows],
            deps=[r["dep"] for r in rows],
            pos=[r["pos"] for r in rows],
            tags=[r["tag"] for r in rows],
            lemmas=[r["lemma"] for r in rows],
            morphs=[r["morph"] for r in rows],
        )
    return Doc(vocab, words=[r["form"] for r in rows], spaces=[r["space"] for r in rows], **kw)


def _read_names():
    lines = (Path(__file__).parent / "names.txt").read_text(encoding="utf8").splitlines()
    return [tuple(line.split()) for line in lines if line and not line.startswith("#")]


def _rename(rows, rng, share, names):
    flats = [i for i, r in enumerate(rows) if r["dep"] == "flat" and r["head"] == i - 1 and r["pos"] == "PROPN"]
    for i in flats:
        crowded = sum(r["dep"] == "flat" and r["head"] == i - 1 for r in rows) > 1
        first = rows[i - 1]
        if crowded or first["pos"] != "PROPN" or not first["form"].istitle() or rng.random() > share:
            continue
        pair = rng.choice(names)
        for r, form in zip((first, rows[i]), pair):
            r["form"] = r["lemma"] = form


def _curly(rows):
    open_double = open_single = False
    for k, r in enumerate(rows):
        f = r["form"]
        if f in ('"', "''", "``"):
            r["form"] = "”" if open_double else "“"
            open_double = not open_double
        elif f in ("'", "`"):
            r["form"] = "’" if open_single or r["dep"] == "case" else "‘"
            if r["dep"] != "case":
                open_single = not open_single
        elif f in ("--", "---"):
            r["form"] = "—"
        elif f == "-" and r["space"] and k and rows[k - 1]["space"]:
            r["form"] = "–"
        elif "'" in f:
            r["form"] = f.replace("'", "’")
        if f.startswith('"') and len(f) > 1:
            open_double = False


def _drop(rows, gone):
    new, at = {}, 0
    for i in range(len(rows)):
        if i not in gone:
            new[i] = at
            at += 1
    out = []
    for i, r in enumerate(rows):
        if i in gone:
            if out and r["space"]:
                out[-1]["space"] = True
            continue
        r["head"] = new[r["head"]]
        if r["ent"][:1] == "I" and (not out or out[-1]["ent"][1:] != r["ent"][1:]):
            r["ent"] = "B" + r["ent"][1:]
        out.append(r)
    return out


def _headline(rows, rng, share):
    starts = [i for i, r in enumerate(rows) if r["sent"]] or [0]
    starts.append(len(rows))
    has_child = {r["head"] for i, r in enumerate(rows) if r["head"] != i}
    gone = set()
    for a, b in zip(starts, starts[1:]):
        while b > a and rows[b - 1]["pos"] == "SPACE":
            b -= 1
        if b - a < 4 or b - a > 25 or rng.random() > share:
            continue
        style = rng.random()
        for k, r in enumerate(rows[a:b]):
            f = r["form"]
            if style < 0.15:
                r["form"] = f.upper()
            elif style < 0.6 and (k == 0 or f.lower() not in SMALL) and f[:1].islower():
                r["form"] = f[0].upper() + f[1:]
            if k and r["dep"] == "det" and f.lower() in ("a", "an", "the") and a + k not in has_child and style > 0.3:
                gone.add(a + k)
        last = rows[b - 1]
        closes = b == len(rows) or rows[b]["pos"] == "SPACE"
        if closes and last["form"] == "." and b - 1 not in has_child:
            gone.add(b - 1)
    return _drop(rows, gone) if gone else rows


@spacy.registry.augmenters("detente.news_style.v1")
def create(quotes: float = 0.3, headline: float = 0.06, names: float = 0.3, seed: int = 11):
    rng = random.Random(seed)
    pairs = _read_names()

    def augment(nlp, example):
        curly = rng.random() < quotes
        rows = _rows(example.reference)
        before = [r["form"] for r in rows]
        ents = example.reference.has_annotation("ENT_IOB")
        if rows and rows[0]["dep"]:
            _rename(rows, rng, names, pairs)
            rows = _headline(rows, rng, headline)
        if curly:
            _curly(rows)
        if [r["form"] for r in rows] == before:
            yield example
            return
        ref = _doc(nlp.vocab, rows, ents)
        yield Example(nlp.make_doc(ref.text), ref)

    return augment
