"""The version of the program, which every record carries."""

VERSION = "0.1.0"
