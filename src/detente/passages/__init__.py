"""Document to passages, with offsets and governing headings."""
