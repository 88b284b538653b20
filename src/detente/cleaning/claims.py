"""The blocks of a text while they are being found: the first claim to a stretch wins."""

import bisect

from detente.records import Block, BlockKind


class Claims:
    """Stretches of one text that are no plain body, none overlapping another."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._starts: list[int] = []

    def add(self, start: int, end: int, kind: BlockKind, reason: str) -> bool:
        """Whether start..end was still free, and is now claimed; an empty stretch never is."""
        if start >= end or not self.is_free(start, end):
            return False
        at = bisect.bisect(self._starts, start)
        self._starts.insert(at, start)
        self._blocks.insert(at, Block(start=start, end=end, kind=kind, reason=reason))
        return True

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing in start..end is claimed."""
        at = bisect.bisect(self._starts, start)
        if at and self._blocks[at - 1].end > start:
            return False
        return at == len(self._blocks) or self._blocks[at].start >= end

    def gaps(self, start: int, end: int) -> list[tuple[int, int]]:
        """The unclaimed stretches of start..end, in order."""
        found, at = [], start
        index = max(bisect.bisect(self._starts, start) - 1, 0)
        while index < len(self._blocks) and self._blocks[index].start < end:
            block = self._blocks[index]
            if block.start > at:
                found.append((at, block.start))
            at = max(at, block.end)
            index += 1
        if at < end:
            found.append((at, end))
        return found

    def first(self, kind: BlockKind) -> Block | None:
        """The first claim of a kind, None where there is none."""
        return next((block for block in self._blocks if block.kind is kind), None)

    def blocks(self) -> tuple[Block, ...]:
        """All claims in text order."""
        return tuple(self._blocks)
