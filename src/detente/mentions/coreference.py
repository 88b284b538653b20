"""Resolves what names nobody by itself: "the two sides", "the island", "the ministry", "he"."""

import bisect
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from spacy.tokens import Doc, Token

from detente.codebook.offices import Collective, Description, OfficeKind, load_actor_words
from detente.codebook.registry import is_whole_word
from detente.mentions.drafts import Draft
from detente.mentions.mention import ActorMention
from detente.mentions.persons import PersonBook
from detente.mentions.pieces import lowered
from detente.records import Actor, Passage, Problem, Trouble

PRONOUN_REACH = 2  # passages back in which a pronoun finds its antecedent
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
SINGULAR_THINGS = frozenset({"it"})
PERSON_PRONOUNS = {"he": False, "she": True}
OWNERS = frozenset({"his", "her", "its", "their"})
STATE_ORGANS = frozenset(
    {"foreign ministry", "defence ministry", "ministry", "government", "parliament", "military", "state media"}
)
STATE_SECTORS = frozenset({"GOV", "MIL"})
PEOPLE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "MED"})  # unnamed people worth a mention


class Resolver:
    """Goes through the phrases of one document in order and says for whom they stand."""

    def __init__(
        self, parse: Doc, passages: Sequence[Passage], book: PersonBook, *, pair: tuple[str, str] | None
    ) -> None:
        self.parse = parse
        self.said = parse.text  # spaCy builds it anew at each call
        self.book = book
        self.pair = pair
        self.words = load_actor_words()
        self.passages = passages
        self._starts = [passage.start for passage in passages]
        self._token_starts = [token.idx for token in parse]
        self.found: list[ActorMention] = []
        self.problems: list[Problem] = []

    def resolve(
        self, drafts: Sequence[Draft], named: Mapping[int, ActorMention]
    ) -> tuple[tuple[ActorMention, ...], tuple[Problem, ...]]:
        """All mentions in text order: the named ones, and those that stand for actors named elsewhere."""
        steps: dict[int, ActorMention | Draft | Collective | Description | Token] = {}
        steps.update({token.i: token for token in self.parse if token.lower_ in ("he", "she", "it", "they")})
        steps.update({draft.first: draft for draft in drafts})
        steps.update({mention.first: mention for mention in named.values()})
        covered = {i for mention in named.values() for i in range(mention.first, mention.last + 1)}
        for first, last, phrase in self.find_phrases():
            if not covered.intersection(range(first, last + 1)):
                steps[first] = phrase
                self._ends[first] = last
        self._all = sorted(named.values(), key=lambda x: x.first)
        for first in sorted(steps):
            self.step(first, steps[first])
        return tuple(without_overlaps(self.found)), tuple(self.problems)

    @functools.cached_property
    def _ends(self) -> dict[int, int]:
        return {}

    def step(self, first: int, item: "ActorMention | Draft | Collective | Description | Token") -> None:
        """Adds the mention that begins at a token, if there is one."""
        mention: ActorMention | None
        if isinstance(item, ActorMention):
            mention = self.completed(item)
        elif isinstance(item, Draft):
            mention = self.of_office(item)
        elif isinstance(item, Collective):
            mention = self.of_collective(first, item)
        elif isinstance(item, Description):
            mention = self.of_description(first, item)
        else:
            mention = self.of_pronoun(item)
        if mention is not None:
            self.found.append(mention)

    def completed(self, mention: ActorMention) -> ActorMention:
        """The mention with what the document knows besides: who holds the office, for which state a minister acts."""
        if len(mention.actors) != 1 or mention.is_place:
            return mention
        actor = mention.actors[0]
        if actor.person is None and actor.state and actor.office in self.single_offices and not actor.former:
            return replace(mention, actors=(replace(actor, person=self.holder_of(mention, actor)),))
        if actor.person is not None and actor.state is None and actor.office and actor.sector in STATE_SECTORS:
            person = self.book.find(actor.person)
            state = (person.state if person else None) or self.acting_state(mention.first)
            if person is not None and state is not None:
                person.state = state
            return replace(mention, actors=(replace(actor, state=state),))
        return mention

    def holder_of(self, mention: ActorMention, actor: Actor) -> str | None:
        """The person who holds an office of one person, as the text has said before."""
        if self.parse[mention.last].lower_.endswith("s"):
            return None
        people = (
            other.person
            for earlier in reversed(self.found)
            for other in earlier.actors
            if other.office == actor.office and other.state == actor.state and other.person and not other.former
        )
        return next(people, None)

    @functools.cached_property
    def single_offices(self) -> frozenset[str]:
        """Offices that a state gives to one person."""
        rows = (row for row in self.words.collectives if row.of_persons)
        return frozenset(office for row in rows for office in row.offices) - {"minister"}

    def find_phrases(self) -> Iterator[tuple[int, int, Collective | Description]]:
        """Collectives and descriptions with their first and last token."""
        text = lowered(self.said)
        rows = list(phrase_table().values())
        for index, start, end in phrase_matcher().find_matches_as_indexes(text):
            row = rows[index]
            if not is_whole_word(text, start, end):
                continue
            first = bisect.bisect_right(self._token_starts, start) - 1
            last = bisect.bisect_right(self._token_starts, end - 1) - 1
            if isinstance(row, Collective):
                if not self.is_collective(first, last):
                    continue
                yield self.with_article(first), last, row
            elif self.is_phrase(last):
                yield first, last, row

    def is_phrase(self, last: int) -> bool:
        """Whether the noun phrase ends there and does not go on ("the country club", "the North Pole")."""
        token = self.parse[last]
        after = self.parse[last + 1] if last + 1 < len(self.parse) else None
        if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return False
        return not (
            (after is not None and after.pos_ == "PROPN" and after.head.i == token.i) or self.is_title_word(after)
        )

    @staticmethod
    def is_title_word(token: Token | None) -> bool:
        """Whether a capitalised word goes on with a name."""
        return token is not None and token.pos_ == "PROPN" and token.text[:1].isupper() and token.dep_ != "nsubj"

    def is_collective(self, first: int, last: int) -> bool:
        """Whether a bare word for both ("sides", "both") is a noun phrase of its own."""
        token = self.parse[last]
        if token.lower_ == "both" and first == last:
            return token.dep_ in SUBJECTS and token.pos_ in ("PRON", "DET")
        if first == last and token.lower_ in ("sides", "neighbours", "neighbors", "pair"):
            return self.with_article(first) < first and token.dep_ in SUBJECTS
        return token.pos_ == "NOUN" or token.dep_ in SUBJECTS

    def with_article(self, first: int) -> int:
        """The first token, or the article before it."""
        before = self.parse[first - 1] if first and not self.parse[first].is_sent_start else None
        return first - 1 if before is not None and before.lower_ in ("the", "these", "those") else first

    def of_collective(self, first: int, row: Collective) -> ActorMention | None:
        """Two states or two persons."""
        last = self._ends[first]
        people = self.recent_persons(first, row) if row.of_persons else ()
        if len(people) == row.number:
            return self.built(first, last, people)
        states = self.states_at(first, row.number)
        if len(states) < row.number and row.number > 2:  # noqa: PLR2004
            return None
        if len(states) < row.number:
            self.report(first, last)
            return None
        return self.built(first, last, tuple(Actor(words="", state=state) for state in states))

    def states_at(self, first: int, number: int) -> tuple[str, ...]:
        """The states that a phrase for `number` states stands for: those of its paragraph, the pair, the latest."""
        here = self.recent_states(first, passages=0, number=number + 1)
        if len(here) == number:
            return here
        near = self.recent_states(first, passages=PRONOUN_REACH, number=number + 1)
        if len(near) == number and number != 2:  # noqa: PLR2004
            return near
        if number == 2 and self.pair is not None:  # noqa: PLR2004
            others = [state for state in near if state not in self.pair]
            if len(near) == 2 and len(others) == 2:  # noqa: PLR2004
                return near
            return self.pair
        if len(near) >= number:
            return near[:number]
        return (self.recent_states(first, passages=None, number=number) or near)[:number]

    def recent_states(self, first: int, *, passages: int | None, number: int) -> tuple[str, ...]:
        """The states that acted last before a token, the latest first, at most `number`."""
        at = self.passage_of(first)
        states: dict[str, None] = {}
        for mention in reversed(self.found):
            if passages is not None and at - self.passage_of(mention.first) > passages:
                break
            for actor in mention.actors:
                if actor.state and not mention.is_place and not actor.former:
                    states.setdefault(actor.state)
            if len(states) >= number:
                break
        return tuple(states)[:number]

    def recent_persons(self, first: int, row: Collective) -> tuple[Actor, ...]:
        """The persons with such an office named last before a token, of different states."""
        people: dict[str, Actor] = {}
        for mention in reversed(self.found):
            if not row.offices and self.passage_of(first) - self.passage_of(mention.first) > 2 * PRONOUN_REACH:
                break
            for actor in mention.actors:
                fits = actor.office is not None and (not row.offices or actor.office in row.offices)
                if fits and actor.person and actor.state and not actor.former:
                    people.setdefault(actor.state, actor)
        return tuple(people.values())[: row.number]

    def of_description(self, first: int, row: Description) -> ActorMention | None:
        """The state of the row that the document names last before, else first after."""
        last = self._ends[first]
        at = self.passage_of(first)
        here = [x for x in self.found if self.passage_of(x.first) == at and self.parse[x.head].dep_ in SUBJECTS]
        for mention in (*here, *reversed(self.found), *self._all):
            for actor in mention.actors:
                if actor.state and (actor.state in row.states or (not row.states and self.is_country(actor))):
                    return self.built(first, last, (Actor(words="", state=actor.state),))
        return None

    @staticmethod
    def is_country(actor: Actor) -> bool:
        """Whether "the country" may mean it."""
        return actor.sector != "IGO" and actor.organisation is None

    def of_office(self, draft: Draft) -> ActorMention | None:
        """An office without a state: that of the same office named before, else an unnamed one."""
        if draft.person is not None or draft.state:
            return None
        article = self.parse[draft.first - 1] if draft.first and not self.parse[draft.first].is_sent_start else None
        is_definite = article is not None and article.lower_ in ("the", "this", "that", "his", "her", "its", "their")
        is_owned = article is not None and article.lower_ in OWNERS
        owner = self.acting_state(draft.first) if is_owned or draft.organ is not None else None
        first = draft.first - 1 if article is not None and (article.pos_ == "DET" or is_owned) else draft.first
        if self.parse[draft.last].pos_ not in ("NOUN", "PROPN") or self.is_modifier(draft):
            return None
        known = self.same_office(draft, owner=owner) if is_definite and not draft.is_plural else None
        if known is not None:
            former = known.former or draft.is_former
            return self.built(first, draft.last, (replace(known, former=former),))
        office = draft.office or draft.organ
        if office is None or office.needs_state or office.sector not in PEOPLE_SECTORS or not self.is_acting(draft):
            return None
        actor = Actor(
            words="",
            sector=office.sector,
            office=draft.office.id if draft.office else None,
            organisation=draft.organ_words,
            former=draft.is_former,
        )
        return self.built(first, draft.last, (actor,))

    def is_acting(self, draft: Draft) -> bool:
        """Whether unnamed people are worth a mention: they do something or are told of in the plural."""
        token = self.parse[draft.last]
        is_people = draft.office is not None and (draft.office.kind is OfficeKind.PEOPLE or draft.is_plural)
        return token.dep_ in SUBJECTS or is_people

    def is_modifier(self, draft: Draft) -> bool:
        """Whether the office only describes a noun that follows ("press freedom")."""
        token = self.parse[draft.last]
        return token.dep_ in ("compound", "amod") and token.head.i > draft.last

    def same_office(self, draft: Draft, *, owner: str | None) -> Actor | None:
        """The actor of the same office or organ named last before, else that of the state that acted last."""
        for mention in reversed(self.found):
            for actor in mention.actors:
                if owner is not None and draft.office is not None and actor.state != owner:
                    continue
                if draft.office is not None and draft.organ is None and is_same_post(draft.office.id, actor):
                    return actor
                if draft.office is None and draft.organ_words and self.is_same_organ(draft, actor):
                    return replace(actor, office=None, person=None)
        office = draft.office or draft.organ
        if owner is None or office is None or draft.is_former or not (draft.office or self.is_telling(draft)):
            return None
        return Actor(
            words="",
            state=owner,
            sector=office.sector,
            office=draft.office.id if draft.office else None,
            organisation=draft.organ_words,
        )

    @staticmethod
    def is_telling(draft: Draft) -> bool:
        """Whether an organ is one that each state has: of the state that is spoken of."""
        return draft.organ is not None and not draft.organ.needs_state and draft.organ.id in STATE_ORGANS

    def acting_state(self, first: int) -> str | None:
        """The state of the latest subject before a token, in its passage or the two before."""
        at = self.passage_of(first)
        near = [x for x in reversed(self.found) if at - self.passage_of(x.first) <= PRONOUN_REACH and not x.is_place]
        near.sort(key=lambda x: (at - self.passage_of(x.first), self.parse[x.head].dep_ not in SUBJECTS))
        states = (actor.state for mention in near if len(mention.actors) == 1 for actor in mention.actors)
        return next((state for state in states if state), None)

    @staticmethod
    def is_same_organ(draft: Draft, actor: Actor) -> bool:
        """Whether "the ministry" may mean the actor's organ."""
        word = (draft.organ_words or "").split()[-1]
        said = (actor.organisation or actor.words).lower().split()
        return bool(actor.state and said and said[-1] == word)

    def of_pronoun(self, token: Token) -> ActorMention | None:
        """The subject or latest actor before a pronoun in subject position that fits it."""
        if token.dep_ not in SUBJECTS or self.is_expletive(token):
            return None
        at = self.passage_of(token.i)
        candidates = [x for x in reversed(self.found[-12:]) if at - self.passage_of(x.first) <= PRONOUN_REACH]
        candidates.sort(key=lambda x: (at - self.passage_of(x.first), self.parse[x.head].dep_ not in SUBJECTS))
        for mention in candidates:
            if mention.is_place or self.parse[mention.head].pos_ == "ADJ":
                continue
            actors = self.together(mention) if token.lower_ == "they" else mention.actors
            if self.agrees(token, mention, actors):
                return self.built(token.i, token.i, actors)
        return None

    def is_expletive(self, token: Token) -> bool:
        """Whether "it" stands for nothing: "it is likely that", "it remains to be seen"."""
        if token.lower_ != "it":
            return False
        clausal = any(child.dep_ in ("csubj", "ccomp", "expl") for child in token.head.children)
        if token.head.pos_ != "VERB":
            return clausal or token.head.pos_ != "ADJ"
        return token.head.lemma_ in self.words.expletive_verbs

    def together(self, mention: ActorMention) -> tuple[Actor, ...]:
        """The actors of a mention and of those that "and" joins to it."""
        joined = [
            x for x in self.found if self.parse[x.head].dep_ == "conj" and self.parse[x.head].head.i == mention.head
        ]
        actors = [actor for x in (mention, *joined) for actor in x.actors]
        return tuple({actor.key: actor for actor in actors}.values())

    def agrees(self, token: Token, mention: ActorMention, actors: tuple[Actor, ...]) -> bool:
        """Whether a pronoun may stand for the actors of a mention."""
        pronoun = token.lower_
        is_subject = self.parse[mention.head].dep_ in SUBJECTS
        if pronoun in PERSON_PRONOUNS:
            if len(actors) != 1:
                return False
            if actors[0].person:
                if not (is_subject or actors[0].office or actors[0].state):
                    return False
                known = self.book.find(actors[0].person)
                return known is None or known.is_female in (None, PERSON_PRONOUNS[pronoun])
            return self.parse[mention.last].lower_ in self.singular_posts and actors[0].state is not None
        if pronoun == "they":
            plural = self.parse[mention.head].morph.get("Number", []) == ["Plur"]
            return len(actors) > 1 or (plural and bool(actors[0].office or actors[0].organisation or actors[0].sector))
        return len(actors) == 1 and is_subject and actors[0].person is None and actors[0].office is None

    @functools.cached_property
    def singular_posts(self) -> frozenset[str]:
        """The last words of posts that one person holds."""
        return frozenset(
            word.split()[-1] for office in self.words.offices if office.kind is OfficeKind.POST for word in office.words
        )

    def built(self, first: int, last: int, actors: tuple[Actor, ...]) -> ActorMention:
        """The mention of these actors at these tokens, their words as written there."""
        start, end = self.parse[first].idx, self.parse[last].idx + len(self.parse[last])
        words = self.said[start:end]
        return ActorMention(
            start=start,
            end=end,
            first=first,
            last=last,
            head=last,
            actors=tuple(replace(actor, words=words, start=start, end=end) for actor in actors),
        )

    def report(self, first: int, last: int) -> None:
        """Notes that a phrase could not be resolved."""
        words = self.parse[first : last + 1].text
        message = f"Nobody knows whom {words!r} means: the text names no two states before it. Name them with --pair."
        self.problems.append(Problem(trouble=Trouble.UNRESOLVED_ACTOR, message=message))

    def passage_of(self, token: int) -> int:
        """The number of the passage that holds a token."""
        return bisect.bisect_right(self._starts, self.parse[token].idx)


def is_same_post(office: str, actor: Actor) -> bool:
    """Whether an office may be called that: "the minister" for a foreign minister."""
    return (
        actor.state is not None
        and actor.office is not None
        and (actor.office == office or actor.office.endswith(" " + office))
    )


@functools.cache
def phrase_table() -> Mapping[str, Collective | Description]:
    """Collectives and descriptions by their words in lower case."""
    words = load_actor_words()
    table: dict[str, Collective | Description] = {}
    rows: tuple[Collective | Description, ...] = (*words.collectives, *words.descriptions)
    for row in rows:
        for phrase in row.words:
            table.setdefault(phrase.lower(), row)
    return table


@functools.cache
def phrase_matcher() -> AhoCorasick:
    """Finds the longest collective or description in a text in lower case."""
    return AhoCorasick(list(phrase_table()), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


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
