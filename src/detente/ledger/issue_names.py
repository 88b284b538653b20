"""What the user calls issues: labels renamed and merged, and issues of their own found by words of the text."""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from detente.codebook.issues import issues_by_label
from detente.errors import SettingError
from detente.records import Issue, Record

OWN = "own"  # theme of an issue that no row of the codebook has
LIKE = 0.7  # likeness from which a label is offered in place of one that names nothing
MOST = 3  # issues of one record, as in coding


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNames:
    """Which issue a label is told as, and which words of a text name one; labels and words in lower case."""

    labels: dict[str, Issue] = field(default_factory=dict)
    words: dict[str, Issue] = field(default_factory=dict)

    def told(self, record: Record) -> Record:
        """The record with its issues as the user calls them; the same record where nothing changes."""
        if not self.labels and not self.words:
            return record
        named = [self.labels.get(issue.label.lower(), issue) for issue in record.issues]
        issues = tuple(dict.fromkeys([*self._worded(record), *named]))[:MOST]
        return record if issues == record.issues else replace(record, issues=issues)

    def _worded(self, record: Record) -> list[Issue]:
        text = " ".join(evidence.quote for evidence in record.evidence).lower()
        return [issue for words, issue in self.words.items() if holds(text, words)]


def holds(text: str, words: str) -> bool:
    """Whether a text holds words as whole words; both in lower case.

    >>> holds("the pipeline nord stream 2 is built", "nord stream")
    True
    """
    return words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def read_issue_names(renames: Sequence[tuple[str, str]], is_told: Callable[[str], bool]) -> IssueNames:
    """The names that a table of (label or words, label) gives; `is_told` says whether some passage holds the words.

    A label that no issue has makes an issue of its own, or lends its name to the issue that is first renamed so.
    Raises SettingError where a row names neither an issue nor words of the news, or renames what another row makes.
    """
    if not renames:
        return IssueNames()
    known = issues_by_label()
    _check_chains(renames)
    targets: dict[str, Issue] = {}
    names = IssueNames()
    for name, label in renames:
        target = targets.setdefault(label, _target(label, known.get(name.lower()), known))
        if name.lower() in known:
            names.labels[name.lower()] = target
        elif is_told(name):
            names.words[name.lower()] = target
        else:
            raise SettingError(f"detente.toml renames {name!r}, which names nothing.", hint=_hint(name, known.values()))
    return names


def _target(label: str, renamed: Issue | None, known: dict[str, Issue]) -> Issue:
    if label.lower() in known:
        return known[label.lower()]
    return replace(renamed, label=label) if renamed is not None else Issue(theme=OWN, label=label)


def _check_chains(renames: Sequence[tuple[str, str]]) -> None:
    table = dict(renames)
    for name, label in renames:
        last = table.get(label, label)
        if last != label:
            raise SettingError(
                f"detente.toml renames {name!r} to {label!r}, which it renames to {last!r}.",
                hint=f'Write "{name}" = "{last}".',
            )


def _hint(name: str, issues: Iterable[Issue]) -> str:
    labels = {issue.label.lower(): issue.label for issue in issues}
    like = difflib.get_close_matches(name.lower(), sorted(labels), n=1, cutoff=LIKE)
    meant = f'Did you mean "{labels[like[0]]}"? ' if like else ""
    return f"{meant}detente issues lists the issues; words count where a stored passage holds them."
