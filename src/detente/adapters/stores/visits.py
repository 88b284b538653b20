"""What watching has seen: what servers said to ask with next time, and the pages and files that were taken in."""

import sqlite3
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS answer (address TEXT PRIMARY KEY, etag TEXT, modified TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (name TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failed (name TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;
"""


class Visits:
    """A small database beside the ledger. All of it can be lost: then everything is looked at once more."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.executescript(f"PRAGMA journal_mode = WAL; {_TABLES}")

    def conditions(self, address: str) -> dict[str, str]:
        """The headers that ask for what is new alone; none where nothing was answered yet."""
        found = self._connection.execute("SELECT etag, modified FROM answer WHERE address = ?", (address,)).fetchone()
        told = zip(("If-None-Match", "If-Modified-Since"), found or (), strict=False)
        return {name: value for name, value in told if value}

    def keep_answer(self, address: str, etag: str | None, modified: str | None) -> None:
        """Notes what to ask with next time: the answer was taken in as a whole."""
        self._connection.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (address, etag, modified))

    def has_seen(self, name: str, mark: str = "") -> bool:
        """Whether the page or file of that name was taken in as it is now; `mark` changes when it does."""
        found = self._connection.execute("SELECT mark FROM seen WHERE name = ?", (name,)).fetchone()
        return found is not None and found[0] == mark

    def keep_seen(self, name: str, mark: str = "") -> None:
        """Notes that it was taken in."""
        self._connection.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (name, mark))
        self._connection.execute("DELETE FROM failed WHERE name = ?", (name,))

    def count_failure(self, name: str) -> int:
        """How many times it failed by now, this time with them."""
        self._connection.execute(
            "INSERT INTO failed VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET times = times + 1", (name,)
        )
        (times,) = self._connection.execute("SELECT times FROM failed WHERE name = ?", (name,)).fetchone()
        return int(times)

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()
