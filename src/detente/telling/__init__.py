"""Brief, agenda, obstacles and tables: sentences with citations; no HTML, no I/O."""
