"""Bytes of one format to texts with what is known of them."""

from detente.adapters.readers.files import read_path, read_stdin, read_stream

__all__ = ["read_path", "read_stdin", "read_stream"]
