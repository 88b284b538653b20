"""Which of the watched pairs a document is read for."""

from collections import Counter
from collections.abc import Sequence

from detente.codebook.registry import Registry
from detente.records import Document


def choose_pair(document: Document, pairs: Sequence[tuple[str, str]], registry: Registry) -> tuple[str, str] | None:
    """The pair whose rarer state the text names most often; None where it names both states of none.

    Of pairs named alike the one watched first is taken.
    """
    if not pairs:
        return None
    text = f"{document.title or ''}\n{document.text}"
    counts = Counter(match.alias.state for match in registry.find_aliases(text))
    best = max(pairs, key=lambda pair: min(counts[pair[0]], counts[pair[1]]))
    return best if min(counts[best[0]], counts[best[1]]) else None
