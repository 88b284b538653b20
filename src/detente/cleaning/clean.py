"""From a draft to a document with its blocks, dates, outlet and genre."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from detente.cleaning.bylines import claim_bylines, claim_datelines, find_source
from detente.cleaning.claims import Claims
from detente.cleaning.draft import Draft
from detente.cleaning.furniture import claim_furniture
from detente.cleaning.genre import find_genre
from detente.cleaning.inline import claim_inline
from detente.cleaning.language import UNDETERMINED, find_language, language_name
from detente.cleaning.layout import claim_layout
from detente.cleaning.shapes import SENTENCE_WORDS, is_sentence, words_of
from detente.cleaning.stamps import PageDate, day_in_url, find_page_dates, is_stamp
from detente.cleaning.titles import claim_repeated, claim_title
from detente.cleaning.units import Unit, find_units
from detente.codebook.outlets import outlet_of_url
from detente.records import BlockKind, Document, Problem, Trouble, document_id

LANGUAGE = "en"  # the one language there is data for
NEAR = dt.timedelta(days=2)  # that a stamp may differ from what the container says: time zones, late entry


def clean_draft(
    draft: Draft, *, published_on: dt.date | None = None, outlet: str | None = None
) -> tuple[Document, tuple[Problem, ...]]:
    """The document, and what could not be found out; the text is not changed, what is no story is set aside in blocks.

    What the draft says of title, outlet and dates wins over what the page says; `published_on` and `outlet` fill what
    both lack. A document in another language than English comes back without blocks and with a LANGUAGE problem, one
    without publication day with an UNDATED, one without a sentence with a NO_PASSAGE.

    >>> document, problems = clean_draft(Draft(text="They met in Vienna.", url="https://example.org/2018/05/03/talks"))
    >>> document.published_on.isoformat(), problems
    ('2018-05-03', ())
    """
    language = find_language(draft.text)
    units = find_units(draft.text)
    if language != LANGUAGE and units:
        return _refused(draft, language, published_on=published_on, outlet=outlet)
    claims = Claims()
    page = _claim_all(draft, units, claims)
    blocks = claims.blocks()
    byline = draft.byline or page.byline
    published = draft.published_on or page.published_on or day_in_url(draft.url) or published_on
    told_outlet = draft.outlet or outlet_of_url(draft.url) or outlet or page.agency
    document = Document(
        id=document_id(text=draft.text, outlet=told_outlet, published_on=published, url=draft.url),
        text=draft.text,
        outlet=told_outlet,
        title=page.title,
        byline=byline,
        published_on=published,
        updated_on=draft.updated_on or page.updated_on,
        url=draft.url,
        language=language,
        genre=find_genre(draft.text, blocks, title=page.title, url=draft.url, byline=byline),
        blocks=blocks,
    )
    return document, tuple(_problems(document, draft, page, units, claims))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the page itself says."""

    title: str | None
    byline: str | None
    agency: str | None
    published_on: dt.date | None
    updated_on: dt.date | None


def _claim_all(draft: Draft, units: Sequence[Unit], claims: Claims) -> _Page:
    dates = _claim_stamps(units, claims)
    title = claim_title(draft.text, units, draft.title, claims) if draft.title else None
    claim_furniture(units, claims)
    byline = claim_bylines(units, claims)
    title = title or claim_title(draft.text, units, None, claims)
    agency = claim_datelines(units, claims) or find_source(units)
    byline = claim_layout(units, claims) or byline
    claim_inline(units, claims)
    claim_repeated(draft.text, units, claims)
    return _Page(
        title=title,
        byline=byline,
        agency=agency,
        published_on=next((date.day for date in dates if date.label != "updated"), None),
        updated_on=next((date.day for date in dates if date.label == "updated"), None),
    )


def _claim_stamps(units: Sequence[Unit], claims: Claims) -> list[PageDate]:
    """The dates of all stamps, those with a label first."""
    dates: list[PageDate] = []
    for unit in units:
        if is_stamp(unit.text):
            claims.add(unit.start, unit.end, BlockKind.STAMP, "says when it was published or updated")
            dates.extend(find_page_dates(unit.text))
    return sorted(dates, key=lambda date: date.label is None)


def _refused(
    draft: Draft, language: str, *, published_on: dt.date | None, outlet: str | None
) -> tuple[Document, tuple[Problem, ...]]:
    published = draft.published_on or day_in_url(draft.url) or published_on
    told_outlet = draft.outlet or outlet_of_url(draft.url) or outlet
    document = Document(
        id=document_id(text=draft.text, outlet=told_outlet, published_on=published, url=draft.url),
        text=draft.text,
        outlet=told_outlet,
        title=draft.title,
        byline=draft.byline,
        published_on=published,
        updated_on=draft.updated_on,
        url=draft.url,
        language=language,
    )
    said = "in no language that détente knows" if language == UNDETERMINED else f"in {language_name(language)}"
    message = f"The text seems to be {said}; only English is read, so nothing was coded. Add a translation instead."
    return document, (Problem(trouble=Trouble.LANGUAGE, message=message, document=document.id, path=draft.path),)


def _problems(document: Document, draft: Draft, page: _Page, units: Sequence[Unit], claims: Claims) -> list[Problem]:
    found = []

    def tell(trouble: Trouble, message: str) -> None:
        found.append(Problem(trouble=trouble, message=message, document=document.id, path=draft.path))

    set_day = f"Type: detente set {document.id[:8]} --published"
    if not _has_story(document.text, units, claims):
        why = "all of it looks like headlines or page furniture"
        tell(Trouble.NO_PASSAGE, f"There is no sentence to read: {why}. Check that the article was copied whole.")
    elif document.published_on is None:
        updated = document.updated_on
        why = f"only an update of {updated} is given" if updated else "neither text, address nor metadata say it"
        tell(
            Trouble.UNDATED,
            f"The day of publication is not known: {why}. Relative dates stay open. {set_day} YYYY-MM-DD",
        )
    elif draft.published_on and page.published_on and abs(draft.published_on - page.published_on) > NEAR:
        prints = f"but the page prints {page.published_on}; the first is used"
        tell(
            Trouble.CONFLICT,
            f"{draft.published_on} was given as the day of publication, {prints}. {set_day} {page.published_on}",
        )
    return found


def _has_story(text: str, units: Sequence[Unit], claims: Claims) -> bool:
    """Whether some line is left that can be read; a text of a single line needs no full stop."""
    alone = len(units) == 1 and len(words_of(text)) >= SENTENCE_WORDS
    return any(
        alone or is_sentence(text[start:end].strip())
        for unit in units
        for start, end in claims.gaps(unit.start, unit.end)
        if text[start:end].strip()
    )
