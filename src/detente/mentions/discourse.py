"""What a document has spoken of so far: the mentions up to a place, and the states and persons that acted there."""

import bisect
import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.codebook.offices import Collective, load_actor_words, offices_of
from detente.codebook.registry import AliasKind, load_registry
from detente.mentions.mention import ActorMention
from detente.mentions.persons import PersonBook
from detente.mentions.phrases import POSSESSIVES
from detente.mentions.tokens import Tokens
from detente.parsing.doc import Token
from detente.records import Actor, Passage

BELOW_VERB = frozenset({"obj", "iobj", "obl", "nmod", "conj"})  # from a state up to the verb that acts on it
REACH = 2  # passages back in which "he" and "the two sides" find whom they stand for
NOT_OF_THE_STATE = frozenset({"MED", "BUS", "IGO", "REB", "EDU"})  # sectors that do not bring their state to mind
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
DESCRIBING = frozenset({"amod", "compound", "nmod:desc"})
LEADER = "leader"  # the row of offices.toml for whoever leads a state
LOOSE = frozenset(
    {"dep", "root", "ROOT", "nmod:unmarked", "obl:unmarked", "vocative", "dislocated", "parataxis"}
)  # of misread subjects
ASIDE = frozenset({"advcl", "acl", "acl:relcl"})  # clauses that only add to another
BELOW = frozenset({"advcl", "acl", "acl:relcl", "conj", "xcomp"})  # clauses that hang on another
BEFORE_TELLERS = frozenset({"its", "their", "the", "a", "an"})
AFTER_CONTENT = frozenset({",", '"', "”"})  # between what is said and who said it
ENDS_QUOTED = frozenset({'"', "”"})
THAT = "that"
OURS = frozenset({"we", "us", "our", "ours"})
AFTER_SUBJECTS = frozenset({"VERB", "AUX", "ADP", "ADV"})


class Discourse:
    """The mentions of one document, added in text order."""

    def __init__(
        self, tokens: Tokens, passages: Sequence[Passage], book: PersonBook, *, dateline: str | None = None
    ) -> None:
        self.tokens = tokens
        self.items = tokens.items
        self.said = tokens.said
        self.book = book
        self.dateline = dateline  # the state where the report was written
        self.words = load_actor_words()
        self.found: list[ActorMention] = []
        self.named: list[ActorMention] = []  # those of the whole document that name their actors
        self._starts = [passage.start for passage in passages]

    def passage_of(self, token: int) -> int:
        """The number of the passage that holds a token."""
        return bisect.bisect_right(self._starts, self.items[token].idx)

    def is_subject(self, mention: ActorMention) -> bool:
        """Whether the mention is the subject of its clause, or opens its sentence as subjects do."""
        head = self.items[mention.head]
        if head.dep_ in SUBJECTS:
            return True
        opens = bool(self.items[mention.first].is_sent_start) and head.dep_ in LOOSE
        after = self.items[mention.last + 1] if mention.last + 1 < len(self.items) else None
        return opens and after is not None and after.pos_ in AFTER_SUBJECTS

    def near(self, token: int) -> list[ActorMention]:
        """The mentions of the passage of a token and of REACH before it: the same passage first, subjects first."""
        at = self.passage_of(token)
        near = []
        for mention in reversed(self.found):
            if at - self.passage_of(mention.first) > REACH:
                break
            near.append(mention)
        near.sort(key=lambda x: (at - self.passage_of(x.first), not self.is_subject(x), self.is_told(x, at)))
        return near

    def is_told(self, mention: ActorMention, at: int) -> bool:
        """Whether an earlier passage only reports that the mention acts: "Ruritania said [Freedonia] must go"."""
        if self.passage_of(mention.first) == at:
            return False
        verb = self.items[mention.head].head
        while verb.dep_ in BELOW and verb.head != verb:  # "said it would wait as long as [Freedonia] remains"
            verb = verb.head
        return verb.dep_ == "ccomp" and verb.head.pos_ == "VERB"

    def recent_states(self, token: int, *, reach: int | None, number: int) -> tuple[str, ...]:
        """The states that acted last before a token within `reach` passages, the latest first, at most `number`."""
        at = self.passage_of(token)
        states: dict[str, None] = {}
        for mention in reversed(self.found):
            if len(states) >= number or (reach is not None and at - self.passage_of(mention.first) > reach):
                break
            for actor in mention.actors:
                if actor.state and not mention.is_place and not actor.former:
                    states.setdefault(actor.state)
        return tuple(states)[:number]

    def recent_persons(self, token: int, row: Collective, pair: tuple[str, str] | None) -> tuple[Actor, ...]:
        """The persons with such an office and of different states whom a phrase for several stands for.

        Those named just before where they are as many as the phrase says, else those of the pair, else the latest.
        """
        near = self.office_holders(token, row, reach=REACH)
        if len(near) == row.number:
            return tuple(near.values())
        known = self.office_holders(token, row, reach=None if row.offices else 2 * REACH)
        if pair is not None and all(state in known for state in pair):
            return tuple(known[state] for state in pair)
        return tuple(known.values())[: row.number]

    def office_holders(self, token: int, row: Collective, *, reach: int | None) -> dict[str, Actor]:
        """The latest person with such an office by state, the latest first, within `reach` passages."""
        at = self.passage_of(token)
        people: dict[str, Actor] = {}
        for mention in reversed(self.found):
            if reach is not None and at - self.passage_of(mention.first) > reach:
                break
            for actor in mention.actors:
                fits = actor.office is not None and (not row.offices or actor.office in row.offices)
                if fits and actor.person and actor.state and not actor.former:
                    people.setdefault(actor.state, actor)
        return people

    def state_of_organ(self, organ: str) -> str | None:
        """The state whose organ of that name was told of last: after "the Polish foreign ministry" the "ministry"."""
        actors = (actor for mention in reversed(self.found) for actor in mention.actors)
        named = ((f" {actor.organisation} ".lower(), actor.state) for actor in actors if actor.organisation)
        return next((state for words, state in named if state and words.endswith(f" {organ.lower()} ")), None)

    def acting_state(self, token: int) -> str | None:
        """The state of the latest subject before a token, in its passage or those just before."""
        return next((x.actors[0].state for x in self.of_one_state(self.near(token)) if x.actors[0].state), None)

    def nearest_state(self, token: int, *, at_home: bool = False) -> str | None:
        """The state named last before a token in its passage, else where that happens, else the one that acted last.

        Else that of the dateline, which comes before who acted in another passage where the words are `at_home`.
        Adjectives ("the Afghan border") count only where no other state is spoken of.
        """
        at = self.passage_of(token)
        here = [x for x in self.of_one_state(reversed(self.found)) if self.passage_of(x.first) == at]
        told = self.spoken_of(token, here)
        stage = self.stage_of(token)
        if stage is not None and (self.is_of_us(token) or any(x.actors[0].state == stage for x in told)):
            return stage
        tag = self.verb_of_tag(token)
        vows = tag is not None and tag.lemma_ in self.words.vowing_verbs
        is_home_told = not vows and any(x.actors[0].state == self.dateline for x in told)
        if told is not here and is_home_told:
            return self.dateline  # "NAIROBI - Chad shelled a Kenyan patrol, the army said"
        here = self.without_rows(told)
        if at_home and is_home_told and all(x.is_place for x in here):
            return self.dateline  # of two named in one breath it is the one from which is told
        near = list(self.of_one_state(self.near(token)))
        places = [x for x in reversed(self.found) if x.is_place and self.passage_of(x.first) == at]
        acting = [x for x in near if self.is_subject(x)]
        acting = [] if at_home and self.dateline else acting
        nouns = (x.actors[0].state for x in (*here, *places, *acting) if not self.is_adjective(x))
        states = {x.actors[0].state for x in near}
        return next(nouns, None) or self.dateline or (states.pop() if len(states) == 1 else None)

    def owning_state(self, token: int) -> str | None:
        """The state that "its" means: the one named last in the passage, in whatever form, else the one that acted."""
        at = self.passage_of(token)
        here = [x for x in self.of_one_state(reversed(self.found)) if self.passage_of(x.first) == at]
        return next((x.actors[0].state for x in self.spoken_of(token, here)), None) or self.acting_state(token)

    def was_blaming(self, token: int) -> bool:
        """Whether the passage opens with a token and the one before told that one state blames another.

        "Chad accused Mali. [Its forces] shelled the port" may be meant of either.
        """
        at, here = self.passage_of(token), self.items[token].sent.start
        last = [x for x in self.found if x.first < here and self.passage_of(x.first) == at - 1]
        if not last or any(self.passage_of(x.first) == at and x.first >= here for x in self.found):
            return False
        verbs = {self.items[x.head].head for x in last if self.is_subject(x)}
        blamed = {a.state for x in last for a in x.actors if not self.is_subject(x)} - {None}
        return bool(blamed) and any(verb.lemma_ in words_for("blaming") for verb in verbs)

    def spoken_of(self, token: int, here: list[ActorMention]) -> list[ActorMention]:
        """The same mentions, first whom it is about: "Ruritania will raise duties on Freedonia, its ministry said".

        A subject of the main clause comes before those of conditions and relative clauses.
        """
        start = self.items[token].sent.start
        if self.verb_of_tag(token) is None:
            return here
        return sorted(here, key=lambda x: (x.first < start or not self.is_subject(x), self._is_subject_below(x)))

    def _is_subject_below(self, mention: ActorMention) -> bool:
        """Whether it is the subject of a clause that hangs on another."""
        return self.is_subject(mention) and self.items[mention.head].head.dep_ in ASIDE

    def verb_of_tag(self, token: int) -> Token | None:
        """The verb of saying behind a content and whoever speaks at a token; None where no tag stands there."""
        sentence = self.items[token].sent
        before = token - 2 if self.items[token - 1].lower_ in BEFORE_TELLERS else token - 1
        if before < sentence.start or self.items[before].text not in AFTER_CONTENT:
            return None
        verb = next((x for x in self.items[token : sentence.end] if x.pos_ == "VERB"), None)
        return verb if verb is not None and verb.lemma_ in self.words.tag_verbs else None

    def is_of_us(self, token: int) -> bool:
        """Whether the words quoted before a tag tell of the speaker's own side: "“They struck our ship,” she said"."""
        before = self.items[self.items[token].sent.start : token]
        return bool(before) and before[-1].text in ENDS_QUOTED and any(x.lower_ in OURS for x in before)

    def stage_of(self, token: int) -> str | None:
        """The state where a tag says that it was said: "“...,” the foreign minister told reporters in Lima"."""
        verb = self.verb_of_tag(token)
        if verb is None:
            return None
        behind = (x for x in self.named if verb.i < x.first < verb.sent.end and len(x.actors) == 1)
        places = (x for x in behind if x.is_place or "in" in (token.lower_ for token in self.items[x.first : x.last]))
        return next((x.actors[0].state for x in places), None)

    def without_rows(self, here: list[ActorMention]) -> list[ActorMention]:
        """The mentions without two states named in one breath: "between Lima and Quito" says not whose minister."""
        by_start = {mention.first: mention for mention in here}
        rows: set[int] = set()
        for mention in here:
            second = by_start.get(mention.last + 2)
            joined = second is not None and self.items[mention.last + 1].lower_ == "and"
            if second is not None and joined and mention.actors[0].state != second.actors[0].state:
                rows |= {mention.first, second.first}
        return [mention for mention in here if mention.first not in rows]

    def is_adjective(self, mention: ActorMention) -> bool:
        """Whether a mention is a state's bare name that only describes something."""
        return self.items[mention.head].dep_ in DESCRIBING and is_country(mention.actors[0])

    def doers(self, first: int, last: int, *, of_persons: bool = False) -> frozenset[str]:
        """The states that do to the noun phrase first..last what its clause tells; none where it is no object.

        With `of_persons` only those for which a person acts.
        """
        noun = self.items[last]
        after = self.items[last + 1] if last + 1 < len(self.items) else None
        if after is not None and after.pos_ in ("VERB", "AUX"):
            return frozenset()  # the subject of what follows: "she said both sides agreed"
        while first <= noun.head.i < noun.i:
            noun = noun.head
        is_addressed = noun.dep_ == "obl" and any(x.dep_ == "case" and x.lower_ == "to" for x in noun.children)
        if noun.dep_ not in ("obj", "iobj") and not is_addressed:
            return frozenset()
        near = self.found[-20:]
        heads = {x.head for x in near if self.items[x.head].head == noun.head and self.is_subject(x)}
        joined = (x for x in near if self.items[x.head].dep_ == "conj" and self.items[x.head].head.i in heads)
        doers = (*(x for x in near if x.head in heads), *joined)
        actors = (actor for x in doers for actor in x.actors if actor.person or not of_persons)
        return frozenset(actor.state for actor in actors if actor.state)

    def host_of(self, first: int, last: int) -> str | None:
        """The state whose own organ first..last is: "Chad summoned the envoy to [the ministry]"; None where unclear."""
        organ = self.items[last]
        while first <= organ.head.i < organ.i:
            organ = organ.head
        if not any(x.dep_ == "case" and x.lower_ in self.words.host_cues for x in organ.children):
            return None
        if organ.dep_ == "nmod" and organ.head.dep_ == "obj":
            organ = organ.head  # "summoned [the envoy to the ministry]", as parsers have it
        elif organ.dep_ != "obl":
            return None
        near = (x for x in self.found[-20:] if self.items[x.head].head == organ.head and self.is_subject(x))
        return next((x.actors[0].state for x in near if len(x.actors) == 1), None)

    def subjects_before(self, token: int) -> frozenset[str]:
        """The states that are subjects in the sentence of a token before it: whose "its neighbour" may be."""
        start = self.items[token].sent.start
        near = (x for x in self.found[-20:] if start <= x.first < token and self.is_subject(x))
        return frozenset(actor.state for x in near for actor in x.actors if actor.state)

    def opponents(self, noun: Token) -> frozenset[str]:
        """The states that act on what is with or against a noun: not it ("Chad broke off ties with the country")."""
        verb, is_against = noun, noun.dep_ in ("obj", "iobj")
        while verb.dep_ in ("nmod", "obl", "obj", "iobj") and verb.head != verb:
            is_against = is_against or any(x.dep_ == "case" and x.lower_ in self.words.against for x in verb.children)
            verb = verb.head
        near = (x for x in self.found[-20:] if self.items[x.head].head == verb and self.is_subject(x))
        return frozenset(actor.state for x in near for actor in x.actors if actor.state and is_against)

    def acted_on(self, token: int) -> frozenset[str]:
        """The states behind the verb of a subject, which it is none of: "the country halted imports from Chad"."""
        return frozenset(actor.state for actor in self.behind_verb(token) if actor.state and is_country(actor))

    def behind_verb(self, token: int) -> list[Actor]:
        """The actors behind the verb of a subject that its clause is done to; none where the token is no subject."""
        subject = self.items[token]
        if subject.dep_ not in SUBJECTS:
            return []
        end = subject.sent.end
        begin = bisect.bisect_right(self.named, token, key=lambda x: x.first)
        found: list[Actor] = []
        for mention in itertools.takewhile(lambda x: x.first < end, itertools.islice(self.named, begin, None)):
            at = self.items[mention.head]
            while at.dep_ in BELOW_VERB and at.head not in (subject.head, at):
                at = at.head
            if at.dep_ in BELOW_VERB and at.head == subject.head:
                found.extend(mention.actors)
        return found

    def coordinated_states(self, token: int) -> tuple[str, ...]:
        """The two states that the latest "A and B" before a token names, in its passage."""
        at = self.passage_of(token)
        here = [x for x in self.found if self.passage_of(x.first) == at and len(x.actors) == 1]
        by_head = {x.head: x.actors[0].state for x in here}
        for mention in reversed(here):
            head = self.items[mention.head]
            states = dict.fromkeys((by_head.get(head.head.i), mention.actors[0].state))
            if head.dep_ == "conj" and len(states) == 2 and None not in states:  # noqa: PLR2004 - a couple
                return tuple(state for state in states if state)
        return ()

    @staticmethod
    def of_one_state(mentions: "Sequence[ActorMention] | Iterator[ActorMention]") -> Iterator[ActorMention]:
        """The mentions of a single actor of a state's own that are no places."""
        single = (x for x in mentions if len(x.actors) == 1 and not x.is_place)
        return (x for x in single if x.actors[0].state and x.actors[0].sector not in NOT_OF_THE_STATE)

    def tellers_of_a_state(self, token: int, *, in_any_form: bool = False) -> list[ActorMention]:
        """Who tells the clause of a token, where a state is said to own them: "Chad's army said [the country] ...".

        With `in_any_form` an adjective will do ("a Chadian official"), as where nobody else is spoken of.
        """
        verb = self.items[token].head
        # "Said that Mali had moved troops and that [the country] was ready", hung at either verb
        goes_on = verb.dep_ == "conj" and any(x.dep_ == "mark" and x.lower_ == THAT for x in verb.children)
        verb = verb.head if goes_on and verb.head.dep_ == "ccomp" else verb
        near = (x for x in self.found[-20:] if self.items[x.head].head == verb.head and self.is_subject(x))
        if verb.dep_ != "ccomp" and not goes_on:
            return []
        owned = (x for x in near if len(x.actors) == 1 and x.actors[0].state and not x.actors[0].person)
        owners = (x for x in owned if any(word.text in POSSESSIVES for word in self.items[x.first : x.last + 1]))
        return [*(owned if in_any_form else owners)]

    def countries(self, token: int) -> list[ActorMention]:
        """Bare names of countries before a token: subjects of its passage, then the latest; adjectives last."""
        at = self.passage_of(token)
        single = (x for x in reversed(self.found) if len(x.actors) == 1)
        bare = [x for x in single if is_country(x.actors[0]) and not is_town(x.actors[0])]

        def rank(mention: ActorMention) -> tuple[bool, bool, bool]:
            head, is_here = self.items[mention.head], self.passage_of(mention.first) == at
            # "Chad and Mali cut ties with Togo after the country": neither of the two
            is_listed = is_here and (head.dep_ == "conj" or any(child.dep_ == "conj" for child in head.children))
            is_doing = is_here and self.is_subject(mention) and not is_listed
            return not is_doing, is_listed, at - self.passage_of(mention.first) <= REACH and head.dep_ in DESCRIBING

        return sorted(bare, key=rank)

    def holder_of(self, actor: Actor) -> str | None:
        """The person who holds an actor's office, as the text has said before."""
        people = (
            other.person
            for earlier in reversed(self.found)
            for other in earlier.actors
            if other.state == actor.state
            and other.person
            and not other.former
            and (other.office == actor.office or (actor.office == LEADER and other.office in offices_of("heads")))
        )
        return next(people, None)

    @functools.cached_property
    def single_offices(self) -> frozenset[str]:
        """Offices that a state gives to one person at a time."""
        rows = (row for row in self.words.collectives if row.of_persons)
        return frozenset(office for row in rows for office in row.offices) - offices_of("of several")

    def built(self, first: int, last: int, actors: tuple[Actor, ...]) -> ActorMention:
        """The mention of these actors at these tokens, their words as written there."""
        start, end = self.items[first].idx, self.items[last].idx + len(self.items[last])
        words = self.tokens.text(first, last)
        return ActorMention(
            start=start,
            end=end,
            first=first,
            last=last,
            head=last,
            actors=tuple(replace(actor, words=words, start=start, end=end) for actor in actors),
        )


def is_town(actor: Actor) -> bool:
    """Whether an actor is named by a city, which no "country" means."""
    alias = load_registry().named(actor.words.removeprefix("the ").removeprefix("The "))
    return alias is not None and alias.kind is AliasKind.CITY


def is_country(actor: Actor) -> bool:
    """Whether "the country" may mean the actor: a state by its own name."""
    return actor.state is not None and actor.person is None and actor.organisation is None and actor.sector is None
