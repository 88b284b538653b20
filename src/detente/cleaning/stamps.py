"""Publication and update days as pages print them: stamps, addresses, datelines."""

import datetime as dt
import functools
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from detente.codebook.stamps import load_stamp_words

STAMP_MAX = 160  # characters: a stamp is a line, not a paragraph
STRANGERS_MAX = 2  # words of a stamp that are neither date nor label: a name, a section
FIRST_YEAR, LAST_YEAR = 1900, 2100  # years that a news page can carry
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?|[+-]\d{2}:?\d{2}\b", re.I
)
_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:(?P<sep>[/_.-])(?P<m>\d{1,2}|[a-z]{3})(?:(?P=sep)|/)(?P<d>\d{1,2})|(?P<m2>\d\d)(?P<d2>\d\d))(?!\d)",
    re.I,
)
_URL_YEAR_DAY = re.compile(r"/(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)/(?P<d>\d\d)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDate:
    """A day printed on a page; `label` is "published", "updated" or None where no word says which."""

    day: dt.date
    label: str | None
    start: int
    end: int


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_stamp_words()
    month = "|".join(sorted(words.months, key=len, reverse=True))
    date = re.compile(
        rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<m1>{month})\b\.?,?[\s-]+(?P<y1>\d{{4}})\b"
        rf"|\b(?P<m2>{month})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})\b"
        r"|\b(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?!\d)",
        re.I,
    )
    labels = "|".join(re.escape(word) for word in (*words.updated, *words.published))
    return date, re.compile(rf"\b(?:{labels})\b", re.I)


def find_page_dates(line: str) -> list[PageDate]:
    """The days in a line with the label before each, in order; offsets in `line`.

    >>> [(found.day.isoformat(), found.label) for found in find_page_dates("Updated: 3 May 2018")]
    [('2018-05-03', 'updated')]
    """
    date, label = _patterns()
    found: list[PageDate] = []
    last, current = 0, None
    for match in date.finditer(line):
        for word in label.finditer(line, last, match.start()):
            current = _label_kind(word[0])
        last = match.end()
        day = _day(match)
        if day:
            found.append(PageDate(day=day, label=current, start=match.start(), end=match.end()))
    return found


def _label_kind(word: str) -> str:
    return "updated" if word.lower() in load_stamp_words().updated else "published"


def _day(match: re.Match[str]) -> dt.date | None:
    months = load_stamp_words().months
    if match["d1"]:
        parts = match["y1"], months[match["m1"].lower()], match["d1"]
    elif match["d2"]:
        parts = match["y2"], months[match["m2"].lower()], match["d2"]
    else:
        parts = match["y3"], int(match["m3"]), match["d3"]
    return plausible_day(int(parts[0]), parts[1], int(parts[2]))


def plausible_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where there is no such day or no page can carry it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def is_stamp(line: str) -> bool:
    """Whether a line says when it was published or updated, and hardly anything else.

    >>> is_stamp("PUBLISHED : Friday, 4 May, 2018, 9:41am"), is_stamp("They met on 4 May 2018.")
    (True, False)
    """
    if len(line) > STAMP_MAX:
        return False
    date, label = _patterns()
    rest, dates = date.subn(" ", line)
    rest, times = _TIME.subn(" ", rest)
    rest, labels = label.subn(" ", rest)
    if not dates and not times:
        return False
    beside = load_stamp_words().beside
    strangers = [word for word in re.findall(r"[^\W\d_]+(?:\.[^\W\d_]+)*", rest) if word.lower() not in beside]
    numbers = re.findall(r"\d+", rest)
    allowed = (STRANGERS_MAX if labels else 1) if dates else 0
    return len(strangers) <= allowed and len(numbers) <= 1


def day_in_url(url: str | None) -> dt.date | None:
    """The day in an address ("/2019/11/02/", "20191102", "2019-11-02", "/2018/apr/04/"), or None.

    >>> day_in_url("https://example.org/world/2018/apr/04/talks").isoformat()
    '2018-04-04'
    """
    if not url:
        return None
    path = urlsplit_path(url)
    match = _URL_YEAR_DAY.search(path)
    if match:
        return plausible_day(int(match["y"]), int(match["m"]), int(match["d"]))
    months = load_stamp_words().months
    for match in _URL_DAY.finditer(path):
        month = match["m"] or match["m2"]
        number = int(month) if month.isdigit() else months.get(month.lower(), 0)
        day = plausible_day(int(match["y"]), number, int(match["d"] or match["d2"]))
        if day:
            return day
    return None


def urlsplit_path(url: str) -> str:
    """The path of an address; empty where it is no address."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
