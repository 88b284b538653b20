"""Days as machines write them: ISO 8601, RFC 822 (RSS and HTTP), seconds since 1970."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import Any

from detente.cleaning.stamps import find_page_dates, plausible_day

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)|(\d{4})(\d{2})(\d{2})(?=T|\Z)")
_SECONDS = re.compile(r"\d{10}(?:\d{3})?\Z")
MILLISECOND_DIGITS = 13


def read_day(value: Any) -> dt.date | None:
    """The day as it is printed, in the zone it is printed in; None where the value is no date.

    >>> read_day("2019-11-02T23:30:00+08:00").isoformat(), read_day("Sat, 02 Nov 2019 10:00:00 GMT").isoformat()
    ('2019-11-02', '2019-11-02')
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    words = str(int(value)) if isinstance(value, float) and value == value and abs(value) < 1e14 else str(value).strip()  # noqa: PLR0124, PLR2004 (no NaN, nothing beyond milliseconds)
    match = _ISO_DAY.match(words)
    if match:
        year, month, day = (int(part) for part in match.groups() if part)
        return plausible_day(year, month, day)
    if _SECONDS.match(words):
        return _from_seconds(words)
    return _from_rfc(words) or next((found.day for found in find_page_dates(words)), None)


def _from_seconds(words: str) -> dt.date:
    seconds = int(words) // (1000 if len(words) == MILLISECOND_DIGITS else 1)
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date()


def _from_rfc(words: str) -> dt.date | None:
    try:
        day = parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return plausible_day(day.year, day.month, day.day)
