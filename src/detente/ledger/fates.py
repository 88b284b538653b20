"""What became of an article: corrected, withdrawn, updated at its address; and which of its records that ends."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from detente.ledger.witnesses import Correction

LEAST_TITLE = 3  # words of a title by which a text can name another
SAME_PAGE = 0.3  # share of a page's quotes that a later text at its address holds, if it is a version of it


class ArticleFate(StrEnum):
    """What a later text says or shows of an article, the gravest first."""

    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    UPDATED = "updated"  # another text at the same address, without a word on why


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A document as far as it matters here. `correction` is what it says of itself or of another text."""

    id: str
    text: str
    outlet: str | None
    title: str | None
    url: str | None
    published_on: dt.date | None
    updated_on: dt.date | None = None
    correction: Correction | None = None

    @property
    def known_on(self) -> dt.date | None:
        """The day from which it speaks: its last update where it tells of one."""
        return max(filter(None, (self.published_on, self.updated_on)), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The fate of an article, since when, and by which document."""

    fate: ArticleFate
    on: dt.date
    by: str


def find_ending(article: Edition, others: Sequence[Edition], quotes: Mapping[str, str]) -> Ending | None:
    """The gravest that became of an article, at its earliest; None where nothing did."""
    order = list(ArticleFate)
    found = _endings(article, others, quotes)
    return min(found, key=lambda ending: (order.index(ending.fate), ending.on, ending.by), default=None)


def find_lapses(article: Edition, others: Sequence[Edition], quotes: Mapping[str, str]) -> dict[str, dt.date]:
    """The day from which each record counts no longer; `quotes` are the records' words by their ids.

    All end with a withdrawal. With another version of the page those end whose words it does not hold. What the words
    of a correction themselves tell is what they take back: it never counts.
    """
    own = article.correction
    ended: dict[str, dt.date] = {}
    if own and article.published_on:
        ended = {id_: article.published_on for id_, quote in quotes.items() if own.span.quote in quote}
    texts = {other.id: other for other in others}
    for ending in _endings(article, others, quotes):
        if ending.fate is ArticleFate.WITHDRAWN:
            gone = set(quotes)
        elif _is_version(article, texts[ending.by], quotes):
            gone = {id_ for id_, quote in quotes.items() if quote not in texts[ending.by].text}
        else:
            continue
        ended.update({id_: min(ended.get(id_, ending.on), ending.on) for id_ in gone})
    return ended


def _endings(article: Edition, others: Sequence[Edition], quotes: Mapping[str, str]) -> Iterator[Ending]:
    own = article.correction
    if own and own.itself and own.fate == ArticleFate.WITHDRAWN and article.known_on:
        yield Ending(fate=ArticleFate.WITHDRAWN, on=article.known_on, by=article.id)
    for other in others:
        fate = _fate_by(article, other, quotes)
        if fate and other.known_on:
            yield Ending(fate=fate, on=other.known_on, by=other.id)


def _fate_by(article: Edition, other: Edition, quotes: Mapping[str, str]) -> ArticleFate | None:
    """What another text makes of the article; None where it is not about it, or is the earlier one."""
    if not article.published_on or not other.published_on or not _is_later(other, article):
        return None
    told = other.correction
    is_version = _is_version(article, other, quotes)
    at_its_place = bool(article.url) and other.url == article.url
    if told and (_names(other, article) or (at_its_place and (is_version or told.fate == ArticleFate.WITHDRAWN))):
        return ArticleFate(told.fate)
    return ArticleFate.UPDATED if is_version else None


def _is_later(other: Edition, article: Edition) -> bool:
    """Whether the other was published after the article, or on its day with a word on its correction."""
    if other.text == article.text or other.published_on is None or article.published_on is None:
        return False
    if other.published_on != article.published_on:
        return other.published_on > article.published_on
    return other.correction is not None and article.correction is None


def _is_version(article: Edition, other: Edition, quotes: Mapping[str, str]) -> bool:
    """Whether the other is another text of the same page: its address, and a good part of its sentences."""
    if not article.url or article.url != other.url:
        return False
    told = set(quotes.values())
    return bool(told) and sum(quote in other.text for quote in told) >= SAME_PAGE * len(told)


def _names(other: Edition, article: Edition) -> bool:
    """Whether the other, of the same outlet, names the title of the article."""
    title = " ".join((article.title or "").lower().split())
    same = bool(article.outlet) and article.outlet == other.outlet
    return same and len(title.split()) >= LEAST_TITLE and title in " ".join(other.text.lower().split())
