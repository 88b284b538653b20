"""détente: news in, and where two states stand out, every line traced to its passage."""

__version__ = "0.1.0"
