"""Actors, dates, places and issues as written, tied to the registry."""
