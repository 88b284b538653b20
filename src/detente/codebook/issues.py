"""Themes and named subjects of relations, and the words that name them."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from detente.codebook.files import read_csv, read_toml
from detente.errors import CodebookError
from detente.records import Issue

THEMES = "codebook/themes.toml"
STATES = "registry/states.csv"
WORDS = "lang/{language}/issues.toml"


class SubjectRule(StrEnum):
    """Which state a theme is about; `themes.toml` explains each."""

    NONE = "none"
    RECIPIENT = "recipient"
    OWNER = "owner"
    PLACE = "place"
    THIRD = "third"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A field of policy. `breadth` is 1 for a matter of its own, 2 for a field, 3 for a setting that gives way."""

    id: str
    label: str
    breadth: int
    subject: SubjectRule
    within: str | None = None
    joins: str | None = None  # the theme under whose named subject it is gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSubject:
    """A subject known by its own name: its label needs no theme before it."""

    id: str
    label: str
    theme: str
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCue:
    """Words that name a theme or, where `subject` is set, a named subject (matched with regard to capitals)."""

    id: str
    theme: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    subject: str | None = None
    example: str | None = None
    near_miss: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedCue:
    """A theme that a word of `first` and then one of `then` name together, at most `reach` words apart."""

    cue: IssueCue
    first: tuple[str, ...]
    then: tuple[str, ...]
    reach: int


@functools.cache
def load_themes() -> dict[str, Theme]:
    """All themes by id, in the order of the file."""
    rows = read_toml(THEMES)["theme"]
    return {row["id"]: Theme(**{**row, "subject": SubjectRule(row["subject"])}) for row in rows}


@functools.cache
def load_named_subjects() -> dict[str, NamedSubject]:
    """All named subjects by id; raises CodebookError where one has a theme that does not exist."""
    subjects = {row["id"]: NamedSubject(**row) for row in read_toml(THEMES)["subject"]}
    _check_known((subject.theme for subject in subjects.values()), load_themes(), THEMES)
    return subjects


@functools.cache
def load_issue_cues(language: str = "en") -> tuple[IssueCue, ...]:
    """The words of one language for themes and named subjects; raises CodebookError where they name an unknown one."""
    name = WORDS.format(language=language)
    table = read_toml(name)
    _check_known((row["theme"] for row in table["cue"]), load_themes(), name)
    _check_known((row["subject"] for row in table["name"]), load_named_subjects(), name)
    return (*map(_theme_cue, table["cue"]), *map(_subject_cue, table["name"]))


@functools.cache
def load_joined_cues(language: str = "en") -> tuple[JoinedCue, ...]:
    """The themes that two words name together; raises CodebookError where a row names an unknown one."""
    name = WORDS.format(language=language)
    rows = read_toml(name)["joined"]
    _check_known((row["theme"] for row in rows), load_themes(), name)
    return tuple(
        JoinedCue(
            cue=_theme_cue({**row, "words": ()}),
            first=tuple(row["first"]),
            then=tuple(row["then"]),
            reach=row.get("reach", 0),
        )
        for row in rows
    )


@functools.cache
def state_labels() -> dict[str, str]:
    """The English name of each state and territory by code, as labels print it."""
    return {row["code"]: row["name"] for row in read_csv(STATES)}


@functools.cache
def state_names() -> dict[str, str]:
    """The code of each state and territory by its English name."""
    return {name: code for code, name in state_labels().items()}


@functools.cache
def load_common_names(language: str = "en") -> frozenset[str]:
    """Words in lower case that names are made of and that alone name no subject: titles, days, sorts of bodies."""
    return frozenset(word.lower() for word in read_toml(WORDS.format(language=language))["common_names"])


@functools.cache
def load_titles(language: str = "en") -> frozenset[str]:
    """Words in lower case beside which a capitalised word is a person's name."""
    return frozenset(read_toml(WORDS.format(language=language))["titles"])


@functools.cache
def load_joining_words(language: str = "en") -> frozenset[str]:
    """Words in lower case that stand around noun phrases: articles, prepositions, conjunctions, common verbs."""
    table = read_toml(WORDS.format(language=language))
    return frozenset((*table["joining_words"], *table["common_verbs"]))


@functools.cache
def load_called_after_places(language: str = "en") -> frozenset[str]:
    """What bears the name of the place where it was made: "agreement", of "the Geneva Agreement"."""
    return frozenset(read_toml(WORDS.format(language=language))["called_after_places"])


@functools.cache
def load_plain_words(language: str = "en") -> frozenset[str]:
    """Nouns and adjectives in lower case, without endings, that alone name no matter: "year", "people", "joint"."""
    return frozenset(read_toml(WORDS.format(language=language))["plain_words"])


@functools.cache
def issues_by_label() -> dict[str, Issue]:
    """Every issue that coding can name, by its label in lower case; the more specific of equal labels."""
    third = next(theme for theme in load_themes().values() if theme.subject is SubjectRule.THIRD)
    found = [Issue(theme=third.id, subject=code, label=name) for code, name in state_labels().items()]
    for theme in load_themes().values():
        found.append(Issue(theme=theme.id, label=theme.label))
        if theme.subject not in (SubjectRule.NONE, SubjectRule.THIRD):
            states = state_labels().items()
            found += [Issue(theme=theme.id, subject=code, label=f"{theme.label} / {name}") for code, name in states]
    found += [Issue(theme=named.theme, subject=named.id, label=named.label) for named in load_named_subjects().values()]
    return {issue.label.lower(): issue for issue in found}


def _theme_cue(row: dict[str, Any]) -> IssueCue:
    return IssueCue(
        id=row["id"],
        theme=row["theme"],
        words=tuple(row["words"]),
        unless=tuple(row.get("unless", ())),
        example=row["example"],
        near_miss=row["near_miss"],
    )


def _subject_cue(row: dict[str, Any]) -> IssueCue:
    subject = load_named_subjects()[row["subject"]]
    return IssueCue(
        id=subject.id,
        theme=subject.theme,
        subject=subject.id,
        words=tuple(row["words"]),
        unless=tuple(row.get("unless", ())),
    )


def _check_known(ids: Iterator[str], known: dict[str, Any], name: str) -> None:
    unknown = sorted(set(ids) - set(known))
    if unknown:
        raise CodebookError(f"{name} names {', '.join(unknown)}, which {THEMES} lacks.", hint="Add it there.")
