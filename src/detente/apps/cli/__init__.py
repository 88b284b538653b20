"""The command line, one file per command."""

from detente.apps.cli.app import main

__all__ = ["main"]
