"""What most readers ask for first is worked out when the server starts, so that none of them waits for it."""

import contextlib

from detente.apps.web.asked import Asked
from detente.apps.web.brief import brief_of, changes_of
from detente.apps.web.desk import Desk
from detente.apps.web.index import stretch_of
from detente.apps.web.issues import ranked_issues
from detente.apps.web.pages import environment
from detente.errors import DetenteError
from detente.ledger.index import Frequency

PAIRS = 3  # for which it is done, the first that are watched: what is kept is bounded
TABLES = ("issues", "sources", "blindspots")


def tell_first_pages(desk: Desk) -> None:
    """Reads the templates, and what the pages of the watched pairs are told from as of the newest day."""
    for name in environment().list_templates():
        environment().get_template(name)
    for pair in desk.workspace.settings.pairs[:PAIRS]:
        with contextlib.suppress(DetenteError):  # an empty ledger has nothing to tell
            _tell(desk, Asked(pair=pair))


def _tell(desk: Desk, asked: Asked) -> None:
    told = desk.told(asked)
    brief_of(desk, asked)
    ranked_issues(told)
    for name in TABLES:
        told.table(name)
    told.tell_for_most_pages()
    stretch_of(desk, asked, Frequency.MONTH, "", "")
    changes_of(desk, asked)
