"""Blocks over the text (furniture, headings, title, stamps, genre, language); deletes nothing."""
