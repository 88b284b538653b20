"""Read CoNLL-U and turn it into spaCy training documents.

Multiword tokens ("don't" = "do" + "n't") are split into their syntactic words
when the words' letters add up to the written form, which is how spaCy's
English tokenizer cuts them too.  Where they do not add up ("cannot" spelled
otherwise, typos corrected in the word forms) the written form is kept as one
token that carries the annotation of its head word.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Word:
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int  # index in the sentence, own index for the root
    deprel: str
    space: bool


@dataclass
class Sent:
    sent_id: str = ""
    text: str = ""
    newdoc: bool = False
    newpar: bool = False
    words: list[Word] = field(default_factory=list)


def _open(path):
    path = Path(path)
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf8")
    return path.open(encoding="utf8")


def _blocks(path):
    block = []
    with _open(path) as handle:
        for line in handle:
            line = line.rstrip("\n")
            if line:
                block.append(line)
            elif block:
                yield block
                block = []
    if block:
        yield block


def read_conllu(path):
    """Yield one Sent per sentence, multiword tokens resolved."""
    for block in _blocks(path):
        sent = Sent()
        rows, mwts = [], []
        for line in block:
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                key, value = key.strip(), value.strip()
                if key == "sent_id":
                    sent.sent_id = value
                elif key == "text":
                    sent.text = value
                elif key.startswith("newdoc"):
                    sent.newdoc = True
                elif key.startswith("newpar"):
                    sent.newpar = True
                continue
            cols = line.split("\t")
            if "." in cols[0]:
                continue
            if "-" in cols[0]:
                first, last = (int(part) for part in cols[0].split("-"))
                mwts.append((first, last, cols[1], "SpaceAfter=No" not in cols[9]))
                continue
            rows.append(cols)
        space = {int(r[0]): "SpaceAfter=No" not in r[9] for r in rows}
        merged = {}  # word id -> id of the word it is folded into
        surface = {}
        for first, last, form, after in mwts:
            ids = list(range(first, last + 1))
            if "".join(rows[i - 1][1] for i in ids) == form:
                for i in ids[:-1]:
                    space[i] = False
                space[last] = after
            else:
                inner = [i for i in ids if int(rows[i - 1][6]) not in ids]
                keep = inner[0] if inner else first
                surface[keep] = form
                space[keep] = after
                for i in ids:
                    if i != keep:
                        merged[i] = keep
        new_index, n = {}, 0
        for r in rows:
            i = int(r[0])
            if i not in merged:
                new_index[i] = n
                n += 1
        for r in rows:
            i = int(r[0])
            if i in merged:
                continue
            head = int(r[6])
            head = merged.get(head, head)
            if head == i:
                head = 0
            sent.words.append(
                Word(
                    form=surface.get(i, r[1]),
                    lemma=r[2],
                    upos=r[3],
                    xpos=r[4],
                    feats="" if r[5] == "_" else r[5],
                    head=new_index[head] if head else new_index[i],
                    deprel="ROOT" if int(r[6]) == 0 else r[7],
                    space=space[i],
                )
            )
        yield sent


def to_doc(sents, vocab, par_break=None):
    """One spaCy Doc out of consecutive sentences.

    par_break: None joins everything with a blank; a string (for instance
    "\\n\\n") is put as a whitespace token before a sentence that starts a
    paragraph, as in real text.
    """
    from spacy.tokens import Doc

    words, spaces, heads, deps, pos, tags, lemmas, morphs, starts = ([] for _ in range(9))
    for k, sent in enumerate(sents):
        if k and par_break and (sent.newpar or sent.newdoc):
            spaces[-1] = False
            words.append(par_break)
            spaces.append(False)
            heads.append(len(words) - 2)
            deps.append("dep")
            pos.append("SPACE")
            tags.append("_SP")
            lemmas.append(par_break)
            morphs.append("")
            starts.append(False)
        base = len(words)
        for j, w in enumerate(sent.words):
            words.append(w.form)
            spaces.append(w.space)
            heads.append(base + w.head)
            deps.append(w.deprel)
            pos.append(w.upos)
            tags.append(w.xpos)
            lemmas.append(w.form if w.lemma == "_" else w.lemma)
            morphs.append(w.feats)
            starts.append(j == 0)
    return Doc(
        vocab, words=words, spaces=spaces, heads=heads, deps=deps, pos=pos, tags=tags, lemmas=lemmas, morphs=morphs
    )
