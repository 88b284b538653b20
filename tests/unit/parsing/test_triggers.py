"""Triggers against the repairs that they spare sentences."""

from parses_for_tests import FOLDER

from detente.codebook.repairs import load_repairs
from detente.parsing.frozen import read_parse, split_parses
from detente.parsing.repairs import RULES
from detente.parsing.tree import Tree
from detente.parsing.triggers import load_triggers

WORDS, TRIGGERS = load_repairs(), load_triggers(RULES)


def kept_trees():
    for path in sorted(FOLDER.glob("*.txt")):
        for written in split_parses(path.read_text(encoding="utf-8")):
            yield Tree(read_parse(written))


def test_what_changes_a_sentence_is_never_kept_from_it():
    changed = set()
    for tree in kept_trees():
        for sentence in tree.doc.sents:
            start, end = sentence.start, sentence.end
            for rule, needed in TRIGGERS.rules:
                given = TRIGGERS.given({*tree.words[start:end], *tree.deps[start:end]})
                before = len(tree.replaced), list(tree.pos)
                rule(tree, start, end, WORDS)
                if before != (len(tree.replaced), tree.pos):
                    changed.add(rule)
                    assert not needed & ~given, (rule.__name__, sentence.text)
                if tree.has_circle(start, end):
                    tree.take_back(before[0])
    assert len(changed) > len(RULES) / 2  # the sentences of the tests try most repairs


def test_a_repair_without_a_row_looks_at_every_sentence():
    assert {needed for rule, needed in load_triggers((lambda *_: None,)).rules} == {0}


def test_one_word_of_each_set_is_enough():
    needed = {rule.__name__: needed for rule, needed in TRIGGERS.rules}
    assert not needed["free_weekdays"] & ~TRIGGERS.given(["on", "monday"])
    assert needed["free_weekdays"] & ~TRIGGERS.given(["on", "nsubj"])
    assert TRIGGERS.given([]) == 0
