"""Actors, dates, places and issues as written, tied to the registry."""

from detente.mentions.dates import find_dates, find_dates_in
from detente.mentions.mention import ActorMention, DateMention

__all__ = ["ActorMention", "DateMention", "find_dates", "find_dates_in"]
