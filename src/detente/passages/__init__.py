"""Document to passages, with offsets and governing headings."""

from detente.passages.split import split_passages, split_text

__all__ = ["split_passages", "split_text"]
