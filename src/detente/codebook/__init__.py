"""Loads and checks the data files; nobody else opens them."""
