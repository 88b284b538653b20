"""What the parser holds of many sentences on its way through them: stacks, buffers and arcs as columns of numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)  # kinds of moves, Nivre's arc-eager ones and the end of a sentence
BELOW = 3  # places kept empty below a stack: its three uppermost words can be asked for whatever it holds

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class View:
    """The sentences that are not done and what decides there: a row for each. Words are given by number."""

    sentences: Ints
    places: Ints  # where their stacks and buffers begin
    depth: Ints  # words on the stack
    held: Ints  # words that were given back to the buffer
    top: Ints  # the uppermost word of the stack
    next: Ints  # the first word of the buffer

    def at(self, rows: Ints) -> "View":
        """Some of the rows."""
        return View(*(getattr(self, name)[rows] for name in self.__slots__))


class States:
    """One state for each sentence of some documents, whose words are numbered through.

    The word behind the last one, `absent`, stands wherever there is none.
    """

    def __init__(self, begins: Flags, ends: Ints) -> None:
        """`begins` says of each word whether it opens a sentence; `ends` is where each document ends."""
        starts = np.flatnonzero(begins)
        self.absent = len(begins)
        self.ends = np.append(starts[1:], self.absent)  # of the sentences
        self.last = ends[np.searchsorted(ends, starts, side="right")]  # of their documents
        self.unread = starts.copy()  # the first word that has not been on the stack
        self.active = np.arange(len(starts))
        self.depth, self.held = np.zeros_like(starts), np.zeros_like(starts)
        self._width = int((self.ends - starts).max(initial=0)) + BELOW + 1
        self.stack = np.full(len(starts) * self._width, self.absent)
        self.buffer = self.stack.copy()
        self.head, self.left, self.right, self.before = np.full((4, self.absent + 1), self.absent)
        self.made_by = np.zeros(self.absent + 1, np.int64)  # the move that gave a word its head
        self.given_back = np.zeros(self.absent + 1, np.bool_)

    def view(self) -> View:
        """Where the sentences stand that are not done."""
        rows = self.active
        places, depth, held, unread = rows * self._width, self.depth[rows], self.held[rows], self.unread[rows]
        following = np.where(unread < self.last[rows], unread, self.absent)
        first = np.where(held > 0, self.buffer[places + held + BELOW - 1], following)
        return View(rows, places, depth, held, self.stack[places + depth + BELOW - 1], first)

    def choices(self, view: View) -> Ints:
        """The rows with a choice: with nothing on the stack a word is read, at the sentence's end the stack emptied."""
        at_end = (view.held == 0) & (self.unread[view.sentences] == self.ends[view.sentences])
        return np.flatnonzero((view.depth > 0) & ~at_end)

    def words(self, view: View) -> tuple[Ints, ...]:
        """The eight words that the model looks at, a column each: two of the buffer, three of the stack, the outer
        children of the first of each.
        """
        # Words of the next sentence are seen too, as spaCy's parser sees them.
        second = self.unread[view.sentences] + (view.held == 0)
        second = np.where(second < self.last[view.sentences], second, self.absent)
        second = np.where(view.held > 1, self.buffer[view.places + view.held + BELOW - 2], second)
        under, lowest = (self.stack[view.places + view.depth + BELOW - down] for down in (2, 3))
        children = self.left[view.next], self.left[view.top], self.right[view.top]
        return view.next, second, view.top, under, lowest, *children

    def can_shift(self, view: View) -> Flags:
        """Whether the first word of the buffer may go to the stack without a head."""
        left = self.last[view.sentences] - self.unread[view.sentences] + view.held
        return (left > 1) & ~self.given_back[view.next]

    def move(self, view: View, moves: Ints, kinds: Ints) -> None:
        """Makes a move in each row."""
        for kind, attach in ((LEFT, self._attach_left), (RIGHT, self._attach_right)):
            rows = np.flatnonzero(kinds == kind)
            if len(rows):
                attach(view.top[rows], view.next[rows], moves[rows])
        pushing = (kinds == SHIFT) | (kinds == RIGHT)
        self._push(view.at(np.flatnonzero(pushing)))
        self._pop(view, kinds, np.flatnonzero(~pushing))
        sentences = view.sentences
        done = (self.depth[sentences] == 0) & (self.held[sentences] == 0)
        done &= self.unread[sentences] == self.ends[sentences]
        if done.any():
            self.active = sentences[~done]

    def _attach_left(self, top: Ints, first: Ints, moves: Ints) -> None:
        # A word that had a head loses it; it was the last that was hung there.
        had = top[self.head[top] != self.absent]
        self.right[self.head[had]] = self.before[had]
        self.head[top], self.made_by[top], self.left[first] = first, moves, top
        self.given_back[first] = False

    def _attach_right(self, top: Ints, first: Ints, moves: Ints) -> None:
        self.head[first], self.made_by[first] = top, moves
        self.before[first], self.right[top] = self.right[top], first

    def _push(self, view: View) -> None:
        self.stack[view.places + view.depth + BELOW] = view.next
        self.depth[view.sentences] += 1
        is_held = view.held > 0
        self.held[view.sentences] -= is_held
        self.unread[view.sentences] += ~is_held

    def _pop(self, view: View, kinds: Ints, rows: Ints) -> None:
        self.depth[view.sentences[rows]] -= 1
        headless = (kinds[rows] == REDUCE) & (self.head[view.top[rows]] == self.absent) & (view.depth[rows] > 1)
        if headless.any():
            back = view.at(rows[headless])
            self.given_back[back.top] = True
            self.buffer[back.places + back.held + BELOW] = back.top
            self.held[back.sentences] += 1
