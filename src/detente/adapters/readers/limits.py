"""How much a reader takes, and how it says that it could not."""

from detente.records import Problem, Trouble

DOCUMENT_CHARACTERS = 500_000  # a long report of 80,000 words; news has 2,000 to 10,000 characters
FILE_BYTES = 10_000_000  # of a file that holds one document; web pages carry much that is no text
LINE_BYTES = 4_000_000  # of a line of JSON, escapes and all


def unreadable(path: str, what: str, remedy: str) -> Problem:
    """The problem of what cannot be read: what happened, and what to do about it. Whoever prints it names the path."""
    return Problem(trouble=Trouble.UNREADABLE, message=f"{what[:1].upper()}{what[1:]}. {remedy}", path=path)


def empty(path: str) -> Problem:
    """The problem of a file or line that holds no text."""
    return Problem(trouble=Trouble.EMPTY, message="There is no text in it. Check that it was saved whole.", path=path)


def too_long(path: str, size: int, unit: str, limit: int) -> Problem:
    """The problem of a text that cannot be one piece of news."""
    return Problem(
        trouble=Trouble.TOO_LONG,
        message=(
            f"{size:,} {unit} are more than one document can have ({limit:,}); it was left out. "
            "Split it into single articles, or give them as JSON Lines."
        ),
        path=path,
    )
