"""Who wrote it: lines that name the writer, and datelines that name the agency."""

import functools
import re
from collections.abc import Sequence

from detente.cleaning.claims import Claims
from detente.cleaning.shapes import is_sentence
from detente.cleaning.stamps import find_page_dates
from detente.cleaning.units import Unit
from detente.codebook.outlets import outlet_names
from detente.codebook.registry import AliasKind, load_registry
from detente.codebook.stamps import load_stamp_words
from detente.records import BlockKind

BYLINE_MAX = 140  # characters
DATELINE_WITHIN = 2  # paragraphs: further down, capitals and a dash are an organisation's name
REST_WORDS = 8  # after the names: "in Vienna, Diplomatic Editor"
NAME = r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|de|von|van|bin|al|der|el|la|du|da|dos|del|di))+"
SOURCE = re.compile(
    r"(?i:source|via|(?:(?:originally|first) )?published (?:by|in)) ?:? (?P<name>[A-Z][\w.&’' -]{1,40}?)\.?$"
)
_DATELINE_DASH = r"\s*(?:--?|–|—)-?\s*"


def claim_bylines(units: Sequence[Unit], claims: Claims) -> str | None:
    """The writers' names of the first byline, or None; all byline lines are claimed."""
    byline = None
    for unit in units:
        if len(unit.text) > BYLINE_MAX or not claims.is_free(unit.start, unit.end):
            continue
        match = _match(unit.text)
        if match:
            claims.add(unit.start, unit.end, BlockKind.BYLINE, "names the writer")
            byline = byline or match["name"]
    return byline


def _match(line: str) -> re.Match[str] | None:
    byline, desk = _byline_patterns()
    match = byline.match(line)
    if match:
        rest = match["rest"]
        return match if not rest or find_page_dates(rest) or _ends_byline(rest) else None
    return desk.match(line)


@functools.cache
def _byline_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A line that begins with "By NAME", and a line that is a desk or an agency, with a name before it or without."""
    words = load_stamp_words()
    house = _one_of(words.byline_houses)
    joined = rf"(?:{NAME}|(?:{house})\b)(?:(?:, and | and | & |, )(?:{NAME}|(?:{house})\b))*"
    byline = re.compile(rf"^(?i:{_one_of(words.byline_openers)}):? (?P<name>{joined})(?P<rest>.*)$")
    name = r"(?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}),? ?[|,–-]? ?"
    role = rf"(?:[A-Z][\w’'&]+ ){{0,4}}(?:{_one_of(words.byline_roles)})"
    guest = rf"(?:{_one_of(words.byline_guests)}) .{{2,40}}"
    place = r"(?: in [A-Z][\w ]{2,30})?"
    return byline, re.compile(rf"^(?:{name})?(?:{guest}|{role}|(?:>> ?)?(?:{house}|{house.upper()})){place}$")


def _one_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _ends_byline(rest: str) -> bool:
    """Whether what follows the names is a place, a desk, a bracket: no verb, no full stop."""
    if rest.endswith((".", ":", "?")):
        return False
    bare = rest.lstrip(" \t\xa0,")
    if bare[:1] in "(|•·–—-":
        return True
    first = bare.split(" ")[0]
    return (first in load_stamp_words().byline_places or first[:1].isupper()) and len(bare.split()) <= REST_WORDS


@functools.cache
def _dateline() -> re.Pattern[str]:
    agencies = "|".join(re.escape(name) for name in sorted(load_stamp_words().agencies, key=len, reverse=True))
    months = "|".join(load_stamp_words().months)
    capital = r"(?:[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3})"
    place = rf"(?:{capital}|[A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}})"
    day = rf"(?:,? (?i:(?:{months})\.?) \d{{1,2}}(?:, \d{{4}})?)?"
    agency = rf"\((?P<agency>{agencies})(?: ?[,/–-] ?[^()]{{2,60}})?\)"
    house = r"\((?P<house>[A-Z][\w.&’'/-]*(?: [A-Z][\w.&’'/-]*){0,3})\)"
    country = r"(?:, [A-Z][\w.]+(?: [A-Z][\w.]+){0,2}){0,2}"
    return re.compile(
        rf"(?:(?:{place}(?:/{place})*{country}{day},? ?)?{agency}(?:{_DATELINE_DASH}|\s*:\s*|\s+(?=[A-Z“]))"
        rf"|{capital}(?:/{capital})*{country}{day},? ?{house}{_DATELINE_DASH}(?=\S)"
        rf"|{capital}(?:/{capital})*{country}{day}(?:\s+--?\s+|\s*[–—•]\s*|--\s*|\s:\s+|(?<=\d):\s+)"
        rf"|{place}(?: \[[A-Z][\w ]+\])?{country}{day}(?<=\d)(?:\s*:\s+|\s+[–—]\s+)"
        rf"|(?:{place}{country}{day}\.?\s+)?/(?P<wire>[A-Z][\w.-]*(?: [A-Z][\w.-]*){{0,2}})/\.?\s+"
        rf"|(?P<label>[A-Z][\w.-]*(?: [A-Z][\w.-]*){{1,2}})\s?/\s+(?=[A-Z“]))(?=\S)"
    )


@functools.cache
def _city_with_mark() -> re.Pattern[str]:
    return re.compile(r"(?P<city>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3})(?::|\s+(?:--?|[–—•]))\s+(?=[A-Z“\"])")


def _city_line(unit: Unit, start: int) -> re.Match[str] | None:
    """A city and a colon or dash before a full sentence: "VIENNA: The talks opened."; a headline has no full stop."""
    match = _city_with_mark().match(unit.text, start - unit.start)
    if match is None or not is_sentence(unit.text):
        return None
    alias = load_registry().named(match["city"])
    return match if alias is not None and alias.kind in (AliasKind.CAPITAL, AliasKind.CITY) else None


def find_source(units: Sequence[Unit]) -> str | None:
    """The outlet that a line of the page gives as its source ("Source: Reuters"); None where it gives no known one."""
    for unit in reversed(units):
        match = SOURCE.match(unit.text)
        if match:
            name = load_stamp_words().agencies.get(match["name"], match["name"])
            bare = name.removeprefix("The ")
            known = outlet_names()
            if name in load_stamp_words().agencies.values() or known & {name, bare, f"The {bare}"}:
                return name
    return None


def claim_datelines(units: Sequence[Unit], claims: Claims) -> str | None:
    """The outlet of the agency that a dateline names, or None; the datelines are claimed, their sentences are not.

    >>> claims = Claims()
    >>> claim_datelines([Unit(0, 36, "VIENNA (Reuters) - The talks opened.", False)], claims)
    'Reuters'
    """
    outlet, paragraphs = None, 0
    for unit in units:
        for start, end in claims.gaps(unit.start, unit.end)[:1]:
            paragraphs += is_sentence(unit.text)
            match = _dateline().match(unit.text, start - unit.start, end - unit.start) or _city_line(unit, start)
            if not match or match.end() == end - unit.start:
                continue
            named = {group: name for group, name in match.groupdict().items() if name}
            if paragraphs > DATELINE_WITHIN and not named.keys() - {"label"}:
                continue
            agency = next(iter(named.values()), None)
            words = match[0].rstrip()
            claims.add(start, start + len(words), BlockKind.DATELINE, "says where and by which agency")
            if agency:
                outlet = outlet or load_stamp_words().agencies.get(agency, agency)
    return outlet
