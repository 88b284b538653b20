"""What the grouping of a ledger keeps in memory from one document to the next: traits and places of recent records.

Neighbouring documents of an archive are compared with the same records, so that most of these are at hand.
"""

import sqlalchemy as sa

from detente.ledger.grouping import Rank
from detente.ledger.remembered import Recent
from detente.ledger.traits import Traits

KEPT = "kept for grouping"  # in `Connection.info`
MOST_TRAITS = 6_000  # some weeks of a pair; some three kilobytes each
MOST_PLACES = 40_000  # half a year of a pair; some 300 bytes each


class Kept:
    """What is kept for one connection; void as soon as another has written."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.traits: Recent[int, Traits] = Recent(MOST_TRAITS)
        self.forget_places()

    def forget_places(self) -> None:
        """Where records are is asked anew: some of them are in no happening now."""
        self.places: Recent[int, tuple[Rank, int | None]] = Recent(MOST_PLACES)  # rank and happening


def kept_for(connection: sa.Connection) -> Kept:
    """What was kept in earlier transactions of the connection, if no other has written since."""
    version = connection.exec_driver_sql("PRAGMA data_version").scalar() or 0
    kept: Kept | None = connection.info.get(KEPT)
    if kept is None or kept.version != version:
        kept = connection.info[KEPT] = Kept(version)
    return kept


def forget_kept(connection: sa.Connection) -> None:
    """Nothing is kept any more: what a transaction wrote is taken back, and its numbers will be given again."""
    connection.info.pop(KEPT, None)
