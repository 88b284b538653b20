"""What a passage is about: a theme and, where there is one, its subject."""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from detente.codebook.issues import (
    SubjectRule,
    Theme,
    load_called_after_places,
    load_named_subjects,
    load_themes,
    state_labels,
    state_names,
)
from detente.extraction.bearing import StateName, find_state_names, own_names_of_states
from detente.extraction.reading import Reading
from detente.mentions.issues import IssueMention, find_issue_mentions
from detente.mentions.mention import ActorMention
from detente.records import Genre, Issue, Passage, Span

MEMO = "detente.issues"  # key in Doc.user_data, which lives as long as the parse
MOST = 3  # issues of one record
THIRD_STATES = "third_states"
BUSINESS = "BUS"  # sector of firms, which are no third state
LONGEST_VENUE = 6  # characters of such a preposition with its blanks
CHAPTERS = 2  # headings that cut a text in chapters
LEAD = 3  # passages at the beginning that say what a text is about
SETTING = 3  # breadth of a theme that gives way to any other
REACH = 45  # characters between the words of a theme and the state that it is about
LONGEST_NAME_HEADING = 5  # words of a heading that is about the state it names
# What may stand between "sanctions" and the state they are about, by the kind of subject.
AFTER = {
    SubjectRule.RECIPIENT: re.compile(r"\s(?:[\w'’-]+\s){0,4}?(?:to|for|on|against|upon|over)\s(?:the\s|all\s)?$"),
    SubjectRule.OWNER: re.compile(r"\s(?:[\w'’-]+\s){0,1}?(?:of|in|by)\s(?:the\s)?$"),
    SubjectRule.PLACE: re.compile(r"\s(?:[\w'’-]+\s){0,3}?(?:in|on|at|over|inside|from|to)\s(?:the\s)?$"),
}
# A field that one side shares with a state outside the pair is a matter of that state: "its trade with North Korea".
WITH = re.compile(r"\s(?:\w+\s)?with\s(?:the\s)?$")
# Where a meeting is and whom something comes from: no subject of what is talked over there.
VENUES = re.compile(r"\b(?:in|at|from|by)\s$", re.IGNORECASE)
BEFORE = re.compile(r"(?:['’]s?\s(?:[\w-]+\s){0,3}|\s)$")


def find_issues(reading: Reading, start: int, end: int) -> tuple[Issue, ...]:
    """What the words at characters start..end are about, most specific first; at most three, may be empty.

    A heading that names an issue governs all that stands under it, and words in the span can only add a subject with a
    name of its own. Without such a heading the words of the span decide, else those of its sentence. The crossheads of
    a report tease rather than govern: they decide only where the words do not.
    """
    about = _memo(reading)
    if (start, end) not in about.known:
        about.known[start, end] = _issues_of(about, reading, start, end)
    return about.known[start, end]


def issues_within(reading: Reading, start: int, end: int) -> tuple[Issue, ...]:
    """The issues that the words at characters start..end name themselves, most specific first; may be empty."""
    return _ranked(_memo(reading).within(start, end))[:MOST]


def issues_called(reading: Reading, start: int, end: int, word: str) -> tuple[Issue, ...]:
    """The issues that words at characters start..end name among which is `word`, in lower case; may be empty."""
    text = reading.document.text
    named = _memo(reading).within(start, end)
    return _ranked([(m, issue) for m, issue in named if word in text[m.start : m.end].lower()])[:MOST]


def _issues_of(about: "_About", reading: Reading, start: int, end: int) -> tuple[Issue, ...]:
    number = about.passage_at(start, reading)
    governing = about.headings.get(reading.passages[number].heading or "", ()) if number is not None else ()
    own = _ranked(about.within(start, end))
    if governing and reading.document.genre is not Genre.REPORT:
        named = load_named_subjects()
        extra = [issue for issue in own if issue.subject in named and issue not in governing]
        return (*governing, *extra)[:MOST]
    if not own and number is not None:
        own = _ranked(about.within(reading.passages[number].start, reading.passages[number].end))
    return own[:MOST] or governing or _third_state(reading, start, end)


def main_issue(reading: Reading) -> Issue | None:
    """What the document is mostly about, settings aside; None where it says so less than twice or has chapters."""
    return _memo(reading).main


def main_issue_at(reading: Reading, passage: Passage) -> Issue | None:
    """What the document is mostly about, where that is said of this passage too: chapters have matters of their own."""
    about = _memo(reading)
    if about.main is None or len(about.headings) < CHAPTERS:
        return about.main
    chapter = [p for p in reading.passages if p.heading == passage.heading]
    named = (issue for p in chapter for _, issue in about.within(p.start, p.end))
    return about.main if about.main in named else None


def is_setting(issue: Issue) -> bool:
    """Whether an issue is no matter in dispute, rather where disputes are talked over: talks, visits."""
    return load_themes()[issue.theme].breadth >= SETTING


@dataclass(frozen=True, slots=True)
class _Ground:
    """What decides the subject of a theme: the words, the states named in them, and what the document tells."""

    text: str
    states: list[StateName]
    matters: list[StateName]  # states named other than as who speaks
    voices: list[StateName]  # and those named as who speaks
    usual: dict[str, str]  # the state that a theme is mostly about in this document
    pair: frozenset[str]


class _Stretches:
    """Characters between starts and ends (half-open), which may overlap."""

    def __init__(self, edges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(edges)
        self.starts = [start for start, _ in ordered]
        self.reaches = list(itertools.accumulate((end for _, end in ordered), max))

    def __contains__(self, at: int) -> bool:
        number = bisect_right(self.starts, at)
        return number > 0 and at < self.reaches[number - 1]


class _About:
    """Issues by place in one document, computed once."""

    def __init__(self, reading: Reading) -> None:
        states = _states_named(reading)
        speakers: list[Span | ActorMention] = [a.speaker for a in reading.attributions if a.speaker is not None]
        speakers += [a for a in reading.actors if any(x.person or x.office or x.organisation for x in a.actors)]
        spoken = _Stretches((speaker.start, speaker.end) for speaker in speakers)
        matters = [name for name in states if name.start not in spoken]
        names = _names_of_speakers(reading)
        mentions = [m for m in find_issue_mentions(reading.document.text) if not _is_in_name(m, names)]
        usual = _usual_subjects(reading, mentions, states)
        voices = list(set(states) - set(matters))
        ground = _Ground(reading.document.text, states, matters, voices, usual, _pair_of(reading))
        self.known: dict[tuple[int, int], tuple[Issue, ...]] = {}  # what was found by characters
        self.places = [mention.start for mention in mentions]
        self.issues = [(mention, _issue_of(mention, ground)) for mention in mentions]
        self.starts = [passage.start for passage in reading.passages]
        headings = sorted({passage.heading for passage in reading.passages if passage.heading})
        self.headings = {heading: _issues_of_heading(heading, reading) for heading in headings}
        self.main = None if any(self.headings.values()) else _main_of(self.issues, reading)

    def passage_at(self, start: int, reading: Reading) -> int | None:
        """The number of the passage in which a character stands."""
        number = bisect_left(self.starts, start + 1) - 1
        return number if number >= 0 and start < reading.passages[number].end else None

    def within(self, start: int, end: int) -> list[tuple[IssueMention, Issue]]:
        """What is named inside characters start..end."""
        first = bisect_left(self.places, start)
        return [pair for pair in self.issues[first : bisect_left(self.places, end)] if pair[0].end <= end]


def _names_of_speakers(reading: Reading) -> list[tuple[int, int]]:
    """Where those stand who speak, and organs that act, by characters; in text order."""
    spans = [(a.speaker.start, a.speaker.end) for a in reading.attributions if a.speaker is not None]
    spans += [
        (actor.start, actor.end)
        for actor in reading.actors
        if reading.parse[actor.head].dep_ == "nsubj" and any(a.state and a.organisation for a in actor.actors)
    ]
    return sorted(set(spans))


def _is_in_name(mention: IssueMention, names: list[tuple[int, int]]) -> bool:
    """Whether words name no matter but who acts or speaks: "the Spanish [embassy] said", "the [coast guard] said"."""
    if mention.cue.subject:
        return False
    last = bisect_left(names, (mention.start + 1,))
    return any(start <= mention.start and mention.end <= end for start, end in names[max(0, last - 2) : last])


def _main_of(issues: list[tuple[IssueMention, Issue]], reading: Reading) -> Issue | None:
    """The issue named most often, those of the beginning twice; of equals the one named first."""
    counts: Counter[Issue] = Counter()
    times: Counter[Issue] = Counter()
    lead = reading.passages[min(LEAD, len(reading.passages)) - 1].end if reading.passages else 0
    for mention, issue in issues:
        times[issue] += 1
        names_it = bool(mention.cue.subject) and load_themes()[mention.cue.theme].breadth == 1
        counts[issue] += (1 + (mention.start < lead)) * (1 + names_it)
    matters = [issue for issue in counts if times[issue] > 1 and not is_setting(issue)]
    return max(matters, key=lambda issue: counts[issue], default=None)  # of equals `max` keeps the first


def _states_named(reading: Reading) -> list[StateName]:
    """The states that the text names, in text order: by its mentions, and by bare names inside longer ones."""
    named = {
        StateName(mention.start, mention.end, mention.actors[0].state)
        for mention in reading.actors
        if len({actor.state for actor in mention.actors}) == 1 and mention.actors[0].state in state_labels()
        if not _names_a_text(mention, reading)
    }
    named |= set(find_state_names(reading.document.text))
    return sorted(named, key=lambda name: (name.start, name.end))


def _names_a_text(mention: ActorMention, reading: Reading) -> bool:
    """Whether a city only lends its name: "the [Geneva] Agreement"."""
    last = mention.last + 1
    after = reading.parse[last] if last < len(reading.parse) else None
    if after is None or after.lower_ not in load_called_after_places() or not after.text[:1].isupper():
        return False
    return reading.document.text[mention.start : mention.end] not in state_names()


def _memo(reading: Reading) -> _About:
    memo = reading.parse.user_data
    key = f"{MEMO}:{reading.pair}"
    if key not in memo:
        memo[key] = _About(reading)
    found: _About = memo[key]
    return found


def _pair_of(reading: Reading) -> frozenset[str]:
    return frozenset(reading.pair or ())


def _usual_subjects(reading: Reading, mentions: list[IssueMention], states: list[StateName]) -> dict[str, str]:
    """The state that each theme is most often about where the words say so: lent to mentions that do not."""
    counts: dict[str, Counter[str]] = {}
    for mention in mentions:
        subject = _subject_by_words(mention, load_themes()[mention.cue.theme], reading.document.text, states)
        if subject:
            counts.setdefault(mention.cue.theme, Counter())[subject] += 1
    return {theme: min(count, key=lambda state: (-count[state], state)) for theme, count in counts.items()}


def _issue_of(mention: IssueMention, ground: _Ground) -> Issue:
    if mention.cue.subject:
        named = load_named_subjects()[mention.cue.subject]
        return Issue(theme=named.theme, subject=named.id, label=named.label)
    theme = load_themes()[mention.cue.theme]
    if theme.subject is SubjectRule.NONE:
        partner = _partner(mention, ground) if theme.breadth > 1 else None
        return _third(partner) if partner else Issue(theme=theme.id, label=theme.label)
    state = _subject_by_words(mention, theme, ground.text, ground.states)
    is_of_field = theme.subject is SubjectRule.PLACE and theme.breadth > 1  # a war is seldom where its one mediator is
    usual, third = ground.usual.get(theme.id), None if is_of_field else _only_third(mention, ground)
    # Whose it is, the document knows better than the sentence; whom it hits, the sentence.
    guesses = (usual, third) if theme.subject is SubjectRule.OWNER else (third, usual)
    return _themed(theme, state or guesses[0] or guesses[1])


def _themed(theme: Theme, state: str | None) -> Issue:
    label = state_labels().get(state) if state else None
    return Issue(theme=theme.id, subject=state, label=f"{theme.label} / {label or state}" if state else theme.label)


def _subject_by_words(mention: IssueMention, theme: Theme, text: str, states: list[StateName]) -> str | None:
    """The state that stands where the construction puts the subject: "sanctions on Iran", "Iran's missiles"."""
    if theme.subject is SubjectRule.NONE or mention.cue.subject:
        return None
    after = AFTER.get(theme.subject)
    for named in states:
        if mention.end <= named.start <= mention.end + REACH and after and after.match(text[mention.end : named.start]):
            return named.state
    for named in reversed(states):
        if mention.start - REACH <= named.end <= mention.start and BEFORE.match(text[named.end : mention.start]):
            return named.state if theme.subject is SubjectRule.OWNER else None
    return None


def _partner(mention: IssueMention, ground: _Ground) -> str | None:
    """The state outside the pair with which a side shares what is mentioned."""
    for named in ground.states if ground.pair else ():
        if mention.end <= named.start <= mention.end + REACH and WITH.match(ground.text[mention.end : named.start]):
            return named.state if named.state not in ground.pair else None
    return None


def _only_third(mention: IssueMention, ground: _Ground) -> str | None:
    """The one state outside the pair that the same sentence is about."""
    if not ground.pair:
        return None
    text = ground.text
    first = max(text.rfind(mark, 0, mention.start) for mark in (". ", "\n"))
    last = min((at for mark in (". ", "\n") if (at := text.find(mark, mention.end)) >= 0), default=len(text))
    speaking = {named.state for named in ground.voices if first < named.start < last}
    others = {
        named.state
        for named in ground.matters
        if first < named.start < last and not VENUES.search(text, max(0, named.start - LONGEST_VENUE), named.start)
    }
    others -= ground.pair | speaking
    return others.pop() if len(others) == 1 else None


def _issues_of_heading(heading: str, reading: Reading) -> tuple[Issue, ...]:
    """What a heading names; a short one that names a single state outside the pair is about that state."""
    states = find_state_names(heading, own_names_of_states(reading))
    pair = _pair_of(reading)
    ground = _Ground(heading, states, states, [], {}, pair)
    found = [(mention, _issue_of(mention, ground)) for mention in find_issue_mentions(heading)]
    others = {named.state for named in states if named.state in state_labels()} - pair
    if pair and len(others) == 1 and len(heading.split()) <= LONGEST_NAME_HEADING and not _has_matter(found):
        return (_third(others.pop()),)
    return _ranked(found)[:1]


def _has_matter(found: list[tuple[IssueMention, Issue]]) -> bool:
    return any(load_themes()[issue.theme].breadth < SETTING for _, issue in found)


def _third(state: str) -> Issue:
    return Issue(theme=THIRD_STATES, subject=state, label=state_labels().get(state, state))


def _third_state(reading: Reading, start: int, end: int) -> tuple[Issue, ...]:
    """The one acting state outside the pair that the words name, where nothing else says what they are about."""
    if reading.pair is None:
        return ()
    states = {
        actor.state
        for mention in reading.actors
        if start <= mention.start and mention.end <= end and not mention.is_place
        for actor in mention.actors
        if actor.state and actor.sector != BUSINESS
    }
    others = {state for state in states - set(reading.pair) if state in state_labels()}
    return (_third(others.pop()),) if len(others) == 1 else ()


def _ranked(found: list[tuple[IssueMention, Issue]]) -> tuple[Issue, ...]:
    """Each issue once, most specific first; wider themes give way to what is within them, settings to anything."""
    themes = load_themes()
    places: dict[Issue, int] = {}
    for mention, issue in found:
        places.setdefault(issue, mention.start)
    wider = {themes[issue.theme].within for issue in places}
    matter = _has_matter(found)
    with_subject = {issue.theme for issue in places if issue.subject}
    kept = [
        issue
        for issue in places
        if issue.theme not in wider
        and (themes[issue.theme].breadth < SETTING or not matter)
        and (issue.subject or issue.theme not in with_subject)
    ]
    return tuple(sorted(kept, key=lambda issue: (_breadth(issue), places[issue])))


def _breadth(issue: Issue) -> int:
    """0 for a subject with a name of its own, then the breadth of the theme, less where a state is its subject."""
    if issue.subject in load_named_subjects():
        return 0
    return 2 * load_themes()[issue.theme].breadth - bool(issue.subject)
