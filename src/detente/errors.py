"""What goes wrong in the set-up, each with a hint that says what to type next.

Trouble in the news itself is never raised: it is returned as a `detente.records.Problem`.
"""


class DetenteError(Exception):
    """Something in the set-up is wrong; `hint` says what to type next.

    >>> str(DetenteError("The ledger is missing.", hint="Type: detente init DIR --pair USA CHN"))
    'The ledger is missing. Type: detente init DIR --pair USA CHN'
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(f"{message} {hint}")
        self.message = message
        self.hint = hint


class CodebookError(DetenteError):
    """A data file under `detente/data` does not say what the code needs; names the file and the row."""


class PipelineError(DetenteError):
    """The language pipeline cannot be loaded or lacks UD labels."""


class SettingError(DetenteError):
    """A setting in `detente.toml` has an unknown name or a value of the wrong kind."""


class UsageError(DetenteError):
    """What was asked for cannot be done as it was asked."""

    exit_code = 2


class UnknownStateError(UsageError):
    """A word given as a state names none in the registry."""


class WorkspaceError(DetenteError):
    """There is no workspace here, or it was made by a newer détente."""


class LedgerError(DetenteError):
    """The ledger cannot be opened, read or written."""


class UnknownIdError(UsageError):
    """No document or record has this id, or more than one does."""


class EngineError(DetenteError):
    """The workers that code texts cannot be reached, or are gone."""


class StoreError(DetenteError):
    """An object store (s3:// and the like) cannot be reached, or what reaches it is not installed."""
