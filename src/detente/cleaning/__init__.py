"""Blocks over the text (furniture, headings, title, stamps, genre, language); deletes nothing."""

from detente.cleaning.clean import clean_draft
from detente.cleaning.draft import Draft

__all__ = ["Draft", "clean_draft"]
