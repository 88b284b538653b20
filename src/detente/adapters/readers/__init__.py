"""Bytes of one format to texts with what is known of them."""

from detente.adapters.readers.files import read_path, read_stdin, read_stream
from detente.adapters.readers.web import is_public, read_address

__all__ = ["is_public", "read_address", "read_path", "read_stdin", "read_stream"]
