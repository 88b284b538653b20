"""Raw text to whether it can bear on a watched pair, before anything is parsed."""

from detente.screening.screen import Screen, build_screen, screen_for

__all__ = ["Screen", "build_screen", "screen_for"]
