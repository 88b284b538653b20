"""Resolves what names nobody by itself, in text order: "the two sides", "the island", "the ministry", "he"."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from detente.codebook.constructions import words_for
from detente.codebook.offices import Collective, Description, load_actor_words
from detente.codebook.registry import is_whole_word
from detente.mentions.anaphora import Anaphora, completed
from detente.mentions.discourse import REACH, SUBJECTS, Discourse
from detente.mentions.drafts import Draft
from detente.mentions.mention import ActorMention
from detente.mentions.outlet_voice import WE, is_quoted
from detente.mentions.phrases import POSSESSIVES
from detente.mentions.pieces import lowered
from detente.mentions.pronouns import PRONOUNS
from detente.parsing.doc import Token
from detente.records import Actor, Document, Problem, Trouble

OWNED, THEIR = "its", "their"
TWO = 2  # states in a pair
BODY = "IGO"  # sector of what states have founded together
ARTICLES = frozenset({"the", "these", "those", "that", "this"})
MOST_ADJECTIVES = 3  # between article and noun: "the self-ruled democratic island"
MOST_BETWEEN = 5  # tokens between number and noun: "the two nuclear-armed Asian neighbours"
BOTH, THE_TWO = "both", ["the", "two"]  # before such a noun; "two Baltic states" are any two
BOTH_ROLES = SUBJECTS | {"obj"}


class Resolver:
    """Goes through the phrases of one document in order and says for whom they stand."""

    def __init__(
        self, seen: Discourse, document: Document, *, pair: tuple[str, str] | None, organ: Actor | None = None
    ) -> None:
        """`organ` is that of a state which publishes the document: "we" in it."""
        self.seen = seen
        self.document = document
        self.items = seen.items
        self.pair = pair
        self.organ = organ
        self.anaphora = Anaphora(seen)
        self.problems: list[Problem] = []
        self.tokens = seen.tokens
        self._named: list[ActorMention] = []
        self._owned: dict[int, Draft] = {}  # drafts behind "their", by first token

    def resolve(
        self, drafts: Sequence[Draft], named: Mapping[int, ActorMention]
    ) -> tuple[tuple[ActorMention, ...], tuple[Problem, ...]]:
        """All mentions in text order: the named ones, and those that stand for actors named elsewhere."""
        self._named = sorted(named.values(), key=lambda x: x.first)
        self._owned = {x.first: x for x in drafts if x.first and self.items[x.first - 1].lower_ == THEIR}
        self.seen.named = self._named
        covered = {i for mention in self._named for i in range(mention.first, mention.last + 1)}
        steps: dict[int, ActorMention | Draft | Token | tuple[int, Collective | Description]] = {}
        steps.update({at: self.tokens.items[at] for at, low in enumerate(self.tokens.lower) if low in PRONOUNS})
        if self.organ is not None:
            steps.update({at: self.tokens.items[at] for at, low in enumerate(self.tokens.lower) if low == WE})
        steps.update({draft.first: draft for draft in drafts})
        steps.update({mention.first: mention for mention in self._named})
        phrases: list[tuple[int, int, Collective | Description]] = [*self.find_described(), *self.find_counted()]
        for first, last, row in (*phrases, *self.find_phrases()):
            if not covered.intersection(range(first, last + 1)):
                steps[first] = (last, row)
            elif isinstance(row, Collective) and row.states and self._is_wider(first, last):
                # "North and South Korea": the name within is the half of the phrase
                steps = {at: step for at, step in steps.items() if not first <= at <= last} | {first: (last, row)}
        until = -1  # the last token of the latest phrase for several
        for first in sorted(steps):
            if first <= until and not isinstance(steps[first], ActorMention):
                continue  # "leaders" of "the two leaders"
            mention = self.step(first, steps[first])
            if mention is not None:
                self.seen.found.append(mention)
                until = mention.last if isinstance(steps[first], tuple) else until
        return tuple(without_overlaps(self.seen.found)), tuple(self.problems)

    def _is_wider(self, first: int, last: int) -> bool:
        """Whether every named actor that a phrase touches lies inside it, at its end."""
        touched = [named for named in self._named if named.first <= last and first <= named.last]
        return all(first < named.first and named.last == last for named in touched)

    def step(
        self, first: int, item: ActorMention | Draft | Token | tuple[int, Collective | Description]
    ) -> ActorMention | None:
        """The mention that begins at a token, if there is one."""
        if isinstance(item, ActorMention):
            return completed(item, self.seen)
        if isinstance(item, Draft):
            return self.anaphora.of_office(item)
        if isinstance(item, tuple):
            last, row = item
            if isinstance(row, Collective):
                told = self.with_office(self.of_collective(first, last, row))
                owned = self._owned.get(first) if told is None else None  # "their foreign ministers"
                return told if owned is None else self.anaphora.of_office(owned)
            return self.of_description(first, last, row)
        if self.organ is not None and item.lower_ == WE:
            is_own = not is_quoted(item, self.document.text)
            return self.seen.built(item.i, item.i, (self.organ,)) if is_own else None
        return self.anaphora.pronouns.of_pronoun(item)

    def with_office(self, mention: ActorMention | None) -> ActorMention | None:
        """Officials of both: "officials from both countries" is one phrase with the office before it."""
        before = self.seen.found[-1] if self.seen.found else None
        if mention is None or before is None or before.last + 2 != mention.first or len(before.actors) != 1:
            return mention
        people, link = before.actors[0], self.items[mention.first - 1]
        if link.lower_ not in self.seen.words.links or people.office is None or people.state or people.person:
            return mention
        self.seen.found.pop()
        actors = tuple(replace(people, state=actor.state) for actor in mention.actors)
        return replace(self.seen.built(before.first, mention.last, actors), head=before.head)

    def find_phrases(self) -> Iterator[tuple[int, int, Collective | Description]]:
        """Fixed phrases with their first and last token."""
        rows = phrase_rows()
        for index, start, end in phrase_matcher().find_matches_as_indexes(lowered(self.seen.said)):
            if not is_whole_word(self.seen.said, start, end):
                continue
            row = rows[index]
            first, last = self.tokens.at(start, end)
            if isinstance(row, Collective):
                is_there = self.is_joint(first, last, row) if row.is_joint else self.is_collective(first, last)
                if row.states or is_there:
                    yield self.with_article(first), last, row
            elif self.ends_there(last) and not (self.is_owned(first) and self.is_before_name(last)):
                yield first, last, row

    def is_owned(self, first: int) -> bool:
        """Whether a phrase says whose it is: "its neighbour"."""
        return self.tokens.lower[first] == OWNED

    def is_before_name(self, last: int) -> bool:
        """Whether a name follows: "its neighbour Chad" is no other than Chad."""
        return last + 1 < len(self.items) and self.items[last + 1].pos_ == "PROPN"

    def find_described(self) -> Iterator[tuple[int, int, Description]]:
        """Nouns that call a state by what it is, with the article and adjectives before them."""
        nouns = described_nouns()
        for at, low in enumerate(self.tokens.lower):
            row, token = nouns.get(low), self.tokens.items[at]
            if row is None or token.pos_ != "NOUN" or not self.ends_there(at):
                continue
            first = self.article_before(token)
            if first is not None:
                yield first, token.i, row

    def find_counted(self) -> Iterator[tuple[int, int, Collective]]:
        """Nouns for states behind "two" or "both" with adjectives between: "the two Baltic neighbours"."""
        nouns = counted_nouns()
        for at, low in enumerate(self.tokens.lower):
            row, token = nouns.get(low), self.tokens.items[at]
            if row is None or token.pos_ not in ("NOUN", "PROPN") or not self.ends_there(at):
                continue
            for first in range(at - 2, max(at - 2 - MOST_BETWEEN, token.sent.start) - 1, -1):
                if self.tokens.lower[first] == BOTH or self.tokens.lower[first - 1 : first + 1] == THE_TWO:
                    yield self.with_article(first), at, row
                    break
                if self.items[first + 1].pos_ not in ("ADJ", "NOUN", "PROPN", "PUNCT", "VERB"):
                    break

    def article_before(self, noun: Token) -> int | None:
        """The article before a noun with nothing but adjectives and the like between; None where there is none."""
        for at in range(noun.i - 1, max(noun.i - 2 * MOST_ADJECTIVES, noun.sent.start) - 1, -1):
            token, after = self.items[at], self.items[at + 1]
            if token.lower_ in ARTICLES:
                return at
            is_compound = token.pos_ in ("NOUN", "PROPN") and after.pos_ not in ("ADJ", "PUNCT")
            is_hyphened = self.items[at - 1].pos_ == "PUNCT"
            may_stand = token.pos_ in ("ADJ", "NOUN", "PROPN", "PUNCT", "VERB", "ADV", "NUM")
            if not may_stand or (is_compound and not is_hyphened and token.lower_ not in described_nouns()):
                return None
        return None

    def ends_there(self, last: int) -> bool:
        """Whether the noun phrase ends there and does not go on ("the country club", "the North Pole")."""
        token = self.items[last]
        after = self.items[last + 1] if last + 1 < len(self.items) else None
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or (token.dep_ == "compound" and token.head.i > last):
            return False
        goes_on = after is not None and after.pos_ == "PROPN" and after.text[:1].isupper()
        return not (goes_on and after is not None and after.dep_ not in SUBJECTS)

    def is_collective(self, first: int, last: int) -> bool:
        """Whether a phrase for several is a noun phrase of its own here."""
        token = self.items[last]
        before = self.items[first - 1] if first and not self.items[first].is_sent_start else None
        is_owned = before is not None and before.text in POSSESSIVES
        is_owned = is_owned or (before is not None and before.lower_ in ("our", "their"))
        if self.items[first].pos_ == "NUM" and self.with_article(first) == first and not is_owned:
            return False  # "two men were arrested"
        if token.lower_ == "both" and first == last:
            return token.dep_ in BOTH_ROLES and token.pos_ in ("PRON", "DET")
        if first == last and token.lower_ in self.seen.words.bare_collectives:
            return self.with_article(first) < first and token.dep_ in SUBJECTS
        return token.pos_ in ("NOUN", "PROPN") or token.dep_ in SUBJECTS

    def is_joint(self, first: int, last: int, row: Collective) -> bool:
        """Whether "the two" or "the presidents" do what people do together; things and crowds do not."""
        token = self.items[last]
        is_definite = self.has_article(first) or bool(row.offices)  # "Ministers also discussed trade"
        if last + 1 < len(self.items) and self.items[last + 1].lower_ == "of":
            return False  # "the ministers of the cabinet"
        before = self.items[first - 1] if first else token
        if before.pos_ in ("ADJ", "PROPN") and before.text[:1].isupper() and before.head == token:
            return False  # "European leaders"
        return is_definite and token.dep_ in SUBJECTS and token.head.lemma_ in self.seen.words.joint_verbs

    def has_article(self, first: int) -> bool:
        """Whether an article stands right before a token."""
        return self.with_article(first) < first and self.items[first - 1].lower_ in ARTICLES

    def with_article(self, first: int) -> int:
        """The first token, or the article before it."""
        before = self.items[first - 1] if first and not self.items[first].is_sent_start else None
        if before is not None and before.text in POSSESSIVES and first > 1:
            return self.with_article(first - 2)  # "the world's two largest economies"
        is_article = before is not None and before.lower_ in ARTICLES and before.pos_ != "SCONJ"
        return first - 1 if is_article and not self.is_whole(first) else first

    def is_whole(self, first: int) -> bool:
        """Whether no article can stand before the phrase: "both", "each", "either"."""
        return self.items[first].lower_ in ("both", "each", "either", "all")

    def of_collective(self, first: int, last: int, row: Collective) -> ActorMention | None:
        """Two states or two persons."""
        if self.is_internal(first):
            return None
        if row.is_joint and not self.are_two(first, row):
            return None
        people = self.seen.recent_persons(first, row, self.pair) if row.of_persons else ()
        if len(people) == row.number and not self.seen.doers(first, last).intersection(x.state or "" for x in people):
            return self.seen.built(first, last, people)
        states = row.states or self.states_at(first, last, row.number)
        if len(states) >= row.number:
            return self.seen.built(first, last, tuple(Actor(words="", state=state) for state in states))
        if row.number == TWO:
            self.report(first, last)
        return None

    def are_two(self, first: int, row: Collective) -> bool:
        """Whether just that many people were told of before; where none were, no third state."""
        people = self.seen.office_holders(first, row, reach=REACH)
        if self.items[first].lower_ not in ARTICLES and len(people) != row.number:
            return False  # "Ministers" are any
        before = next((mention for mention in reversed(self.seen.found) if self.seen.is_subject(mention)), None)
        if before is not None and len(people) < row.number and self.is_cabinet(before):
            return False  # "Chad's cabinet met. The ministers will meet again": its own
        states = self.seen.recent_states(first, reach=REACH, number=row.number + 1)
        return len(people) == row.number or (len(people) < row.number and len(states) <= row.number)

    def is_cabinet(self, mention: ActorMention) -> bool:
        """Whether it is the government of one state."""
        return self.items[mention.last].lemma_ in words_for("cabinets") and len(mention.actors) == 1

    def is_internal(self, first: int) -> bool:
        """Whether the sides are those within one state: "Sudan's warring sides"."""
        last = self.seen.found[-1] if self.seen.found else None
        if last is None or last.last + 1 not in (first, first - 1) or len(last.actors) != 1:
            return False
        between = self.items[last.last + 1 : first]
        return all(token.text in POSSESSIVES for token in between) and bool(last.actors[0].state)

    def states_at(self, first: int, last: int, number: int) -> tuple[str, ...]:
        """The states that a phrase for `number` states stands for: those of its passage, the pair, the latest."""
        others = self.seen.doers(first, last)  # "A and B urged both sides": neither A nor B
        if others and self.pair is not None and others & set(self.pair):
            return ()
        coordinated = self.seen.coordinated_states(first) if number == TWO else ()
        if coordinated and not others & set(coordinated):
            return coordinated
        near_all = self.seen.recent_states(first, reach=REACH, number=2 * number + 1)
        here = tuple(x for x in self.seen.recent_states(first, reach=0, number=number + 1) if x not in others)
        near = tuple(x for x in self.seen.recent_states(first, reach=REACH, number=number + 1) if x not in others)
        is_aside = self.pair is not None and not set(here) & set(self.pair) and set(self.pair) <= set(near_all)
        if len(here) == number and not is_aside:
            return here
        if number == TWO and self.pair is not None:
            is_of_others = len(near) == TWO and not set(near) & set(self.pair)
            return near if is_of_others else self.pair
        if len(near) >= number:
            return near[:number]
        return self.seen.recent_states(first, reach=None, number=number)

    def of_description(self, first: int, last: int, row: Description) -> ActorMention | None:
        """The state of the row that the document names last before, else first after, else that of the pair."""
        if row.states:
            candidates = [*reversed(self.seen.found), *self._named]
        else:
            told = self.seen.tellers_of_a_state(last)
            candidates = [*told, *self.seen.countries(first), *self.seen.tellers_of_a_state(last, in_any_form=True)]
        others = self.seen.opponents(self.items[last]) | self.seen.acted_on(last) if not row.states else frozenset()
        if self.is_owned(first):
            owners = self.seen.subjects_before(first)
            if not owners:
                return None
            others |= owners
        if others and len({*self.seen.recent_states(first, reach=0, number=4)} - others) > 1:
            return None  # "C backed B since A invaded the country": B, or C?
        for mention in candidates:
            for actor in mention.actors:
                if row.national and actor.sector == row.national and actor.state not in (None, *row.states):
                    return None
                if actor.state and actor.state not in others and (not row.states or actor.state in row.states):
                    sector = BODY if actor.sector == BODY else None
                    return self.seen.built(first, last, (Actor(words="", state=actor.state, sector=sector),))
        of_pair = next((state for state in row.states if self.pair and state in self.pair), None)
        return self.seen.built(first, last, (Actor(words="", state=of_pair),)) if of_pair else None

    def report(self, first: int, last: int) -> None:
        """Notes that a phrase could not be resolved."""
        start, end = self.tokens.starts[first], self.tokens.starts[last] + len(self.items[last])
        span = self.document.quote(start, end)
        message = f"Nobody knows whom {span.quote!r} means: the text names no two states before it. Name them: --pair."
        trouble = Trouble.UNRESOLVED_ACTOR
        self.problems.append(Problem(trouble=trouble, message=message, document=self.document.id, span=span))


@functools.cache
def phrase_table() -> Mapping[str, Collective | Description]:
    """Collectives and descriptions by their words in lower case."""
    words = load_actor_words()
    rows: tuple[Collective | Description, ...] = (*words.collectives, *words.descriptions)
    table: dict[str, Collective | Description] = {}
    for row in rows:
        for phrase in row.words:
            table.setdefault(phrase.lower(), row)
    return table


@functools.cache
def phrase_rows() -> list[Collective | Description]:
    """The row of each pattern of the matcher."""
    return list(phrase_table().values())


@functools.cache
def phrase_matcher() -> AhoCorasick:
    """Finds the longest collective or description in a text in lower case."""
    return AhoCorasick(list(phrase_table()), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


@functools.cache
def counted_nouns() -> Mapping[str, Collective]:
    """Collectives by the noun that makes them one with a number before it."""
    return {noun: row for row in load_actor_words().collectives for noun in row.nouns}


@functools.cache
def described_nouns() -> Mapping[str, Description]:
    """Descriptions by the noun that makes them one with an article before it."""
    return {noun: row for row in load_actor_words().descriptions for noun in row.nouns}


def without_overlaps(mentions: Sequence[ActorMention]) -> Iterator[ActorMention]:
    """The mentions in order; where two overlap, the longer."""
    kept: list[ActorMention] = []
    for mention in sorted(mentions, key=lambda x: (x.first, -x.last)):
        if kept and mention.first <= kept[-1].last:
            if mention.last - mention.first > kept[-1].last - kept[-1].first:
                kept[-1] = mention
            continue
        kept.append(mention)
    return iter(kept)
