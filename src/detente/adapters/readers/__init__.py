"""Bytes of one format to texts with what is known of them."""
