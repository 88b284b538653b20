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
        sent, rows, multiword = _read_block(block)
        space, surface, merged = _fold(rows, multiword)
        kept = [row for row in rows if int(row[0]) not in merged]
        places = {int(row[0]): at for at, row in enumerate(kept)}
        for row in kept:
            at, head = int(row[0]), merged.get(int(row[6]), int(row[6]))
            sent.words.append(
                Word(
                    form=surface.get(at, row[1]),
                    lemma=row[2],
                    upos=row[3],
                    xpos=row[4],
                    feats="" if row[5] == "_" else row[5],
                    head=places[head] if head not in (0, at) else places[at],
                    deprel="ROOT" if int(row[6]) == 0 else row[7],
                    space=space[at],
                )
            )
        yield sent


def _read_block(block):
    """The sentence without its words, the rows of its words, and its multiword tokens (first, last, form, space)."""
    sent, rows, multiword = Sent(), [], []
    for line in block:
        if line.startswith("#"):
            _read_comment(line, sent)
            continue
        columns = line.split("\t")
        if "-" in columns[0]:
            first, last = (int(part) for part in columns[0].split("-"))
            multiword.append((first, last, columns[1], "SpaceAfter=No" not in columns[9]))
        elif "." not in columns[0]:  # else an empty node of the enhanced graph
            rows.append(columns)
    return sent, rows, multiword


def _read_comment(line, sent):
    key, value = (part.strip() for part in line[1:].partition("=")[::2])
    if key == "sent_id":
        sent.sent_id = value
    elif key == "text":
        sent.text = value
    elif key.startswith("newdoc"):
        sent.newdoc = True
    elif key.startswith("newpar"):
        sent.newpar = True


def _fold(rows, multiword):
    """By word id: whether a space follows, the form that is printed where it is another, and into what it is folded."""
    space = {int(row[0]): "SpaceAfter=No" not in row[9] for row in rows}
    surface, merged = {}, {}
    for first, last, form, after in multiword:
        ids = list(range(first, last + 1))
        if "".join(rows[at - 1][1] for at in ids) == form:
            space |= dict.fromkeys(ids[:-1], False) | {last: after}
            continue
        inner = [at for at in ids if int(rows[at - 1][6]) not in ids]
        keep = inner[0] if inner else first
        surface[keep], space[keep] = form, after
        merged |= {at: keep for at in ids if at != keep}
    return space, surface, merged


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
