"""Words that a construction of grammar hangs on, by the id of their class."""

import functools

from detente.codebook.files import read_toml
from detente.errors import CodebookError

FILE = "lang/{language}/constructions.toml"


@functools.cache
def words_for(id_: str, language: str = "en") -> frozenset[str]:
    """The words of a class, in lower case; raises CodebookError where the file has no such class.

    >>> sorted(words_for("towns"))
    ['capital', 'city', 'resort', 'town']
    """
    classes = _classes(language)
    if id_ not in classes:
        raise CodebookError(f"{FILE.format(language=language)} has no words of the id {id_}.", hint="Add a row.")
    return classes[id_]


@functools.cache
def _classes(language: str) -> dict[str, frozenset[str]]:
    return {row["id"]: frozenset(row["words"]) for row in read_toml(FILE.format(language=language))["words"]}
