"""Finds who is named in a text: states, organs, offices and persons, groups, companies and bodies."""

from collections.abc import Sequence

from detente.codebook.offices import load_actor_words
from detente.codebook.registry import AliasKind, Registry
from detente.mentions.coordination import share
from detente.mentions.coreference import Resolver
from detente.mentions.discourse import SUBJECTS, Discourse
from detente.mentions.drafts import COUNTERPART, Draft
from detente.mentions.mention import ActorMention
from detente.mentions.names import acts, find_pieces
from detente.mentions.outlet_voice import publishing_organ
from detente.mentions.persons import Person, PersonBook, ranks
from detente.mentions.phrases import POSSESSIVES, Builder
from detente.mentions.pieces import HYPHENS
from detente.mentions.shared_names import settle_shared
from detente.mentions.tokens import Tokens, tokens_of
from detente.parsing.doc import Doc, Token
from detente.records import Actor, BlockKind, Document, Passage, Problem

GOVERNMENT = "GOV"
CIVILIANS = "CVL"
LONG_WORD = 4  # letters: shorter words stay small in headings with capitals
BEFORE_MONTHS = frozenset({"in", "since", "until", "during", "throughout", "early", "late", "mid", "last", "next"})
MODIFIERS = frozenset({"amod", "compound", "nmod:desc", "nmod:poss"})
DATELINE_MARKS = frozenset({"(", "-", "–", "—", ",", ":"})
HEAD_ORDER = (
    "nsubj",
    "nsubj:pass",
    "nsubj:outer",
    "obj",
    "iobj",
    "obl:agent",
    "obl",
    "nmod:poss",
    "nmod",
    "appos",
    "conj",
)


def find_actors(
    parse: Doc, document: Document, passages: Sequence[Passage], *, pair: tuple[str, str] | None, registry: Registry
) -> tuple[tuple[ActorMention, ...], tuple[Problem, ...]]:
    """Every mention of actors, in text order, never overlapping, and what could not be resolved.

    One per noun phrase ("US Secretary of State Rex Tillerson"), per modifier that names a state ("Chinese" imports),
    per definite description ("the two sides", "the island") and per pronoun that stands for an actor.
    """
    tokens = tokens_of(parse, document.text)
    drafts = list(Builder(tokens, find_pieces(tokens, registry)).drafts())
    share(parse, drafts)
    home = dateline_state(document, registry)
    settle_shared(parse, drafts, pair, home)
    states = {draft.state for draft in drafts if draft.state is not None}
    reader = DraftReader(tokens, PersonBook(document.published_on, states))
    reader.learn(drafts)
    named = {draft.first: mention for draft in drafts if (mention := reader.mention(draft)) is not None}
    seen = Discourse(tokens, passages, reader.book, dateline=home)
    resolver = Resolver(seen, document, pair=pair, organ=publishing_organ(document, registry))
    return resolver.resolve(drafts, named)


def dateline_state(document: Document, registry: Registry) -> str | None:
    """The state of the city in the first dateline of a document; None where it has none."""
    lines = (document.text[x.start : x.end] for x in document.blocks if x.kind is BlockKind.DATELINE)
    cities = (match.alias for line in lines for match in registry.find_aliases(line))
    return next((alias.state for alias in cities if alias.kind in (AliasKind.CAPITAL, AliasKind.CITY)), None)


def actor_of(mentions: Sequence[ActorMention], start: int, end: int) -> tuple[Actor, ...]:
    """The actors that a stretch of the text stands for: those of its last mention that is no mere modifier.

    Empty where no mention lies inside start..end (characters, half-open).
    """
    inside = [mention for mention in mentions if mention.start < end and start < mention.end]
    acting = [mention for mention in inside if not mention.is_place] or inside
    return acting[0].actors if acting else ()


class DraftReader:
    """Turns drafts into mentions, with what the whole document says about its persons."""

    def __init__(self, tokens: Tokens, book: PersonBook) -> None:
        self.tokens = tokens
        self.parse = tokens.parse
        self.items = tokens.items
        self.book = book
        self.words = load_actor_words()
        self._things: set[str] = set()  # names in capitals that an article makes a thing's
        self._title_case: dict[int, bool] = {}  # by the first token of a sentence

    def learn(self, drafts: Sequence[Draft]) -> None:
        """Enters everyone whom the text introduces: full names, and names with an office."""
        self._things = {self.name(draft) for draft in drafts if draft.person and self.has_article(draft)}
        for draft in drafts:
            if draft.person and self.introduces(draft) and not self.is_in_title_case(draft):
                self.book.add(Person(name=self.name(draft)) if tells_the_past(draft) else self.person(draft))

    def is_full_name(self, draft: Draft) -> bool:
        """Whether the name has several words and the parser takes it for one name."""
        assert draft.person is not None  # noqa: S101 - the callers look first
        first, last = draft.person
        return last > first and any(self.items[i].dep_ == "flat" for i in range(first, last + 1))

    def is_in_title_case(self, draft: Draft) -> bool:
        """Whether the sentence is a heading in which all words are capitalised, so that capitals mean nothing."""
        sentence = self.items[draft.first].sent
        if sentence.start not in self._title_case:
            lower = [token for token in sentence if token.is_alpha and token.text.islower()]
            ended = any(token.text == "." for token in self.items[sentence.end - 2 : sentence.end])
            self._title_case[sentence.start] = not ended and all(len(token) < LONG_WORD for token in lower)
        return self._title_case[sentence.start]

    def name(self, draft: Draft) -> str:
        """The name of the draft's person as written, one of several words not in capitals: "Ann Lee" for "ANN LEE"."""
        assert draft.person is not None  # noqa: S101 - the callers look first
        words = self.tokens.text(*draft.person).split()
        return " ".join(words).title() if len(words) > 1 and all(x.isupper() for x in words) else " ".join(words)

    def person(self, draft: Draft) -> Person:
        """What the draft alone says about its person."""
        return Person(
            name=self.name(draft),
            state=self.state(draft),
            sector=self.sector(draft),
            office=draft.office.id if draft.office and draft.office.id != COUNTERPART else None,
            organisation=self.organisation(draft),
            is_former=draft.is_former,
            is_female=self.is_female(draft),
        )

    def is_female(self, draft: Draft) -> bool | None:
        """Whether the words say that the person is a woman; None where they do not tell."""
        said = {token.lower_ for token in self.items[draft.first : draft.last + 1]}
        if said & self.words.female:
            return True
        return False if said & self.words.male else None

    def state(self, draft: Draft) -> str | None:
        """The state of the draft, through its possessor where it has one."""
        if draft.possessor is not None:
            name = " ".join(self.tokens.text(*draft.possessor).split())
            person = self.book.find(name)
            return draft.state or (person.state if person else None)
        return draft.state

    @staticmethod
    def sector(draft: Draft) -> str | None:
        """The sector of the most telling part: own name, organ, office."""
        if draft.own_name is not None and draft.own_name.sector:
            return draft.own_name.sector
        for office in (draft.organ, draft.office):
            if office is not None:
                return office.sector
        return None

    @staticmethod
    def organisation(draft: Draft) -> str | None:
        """The own name of the organ, company or body, else the common word for the organ."""
        if draft.own_name is not None:
            return draft.own_name.organisation or draft.own_name.words
        return draft.organ_words if draft.organ is not None and draft.organ.is_named else None

    def mention(self, draft: Draft) -> ActorMention | None:
        """The mention of a draft; None for what names nobody in particular, or only within its document."""
        if draft.person is not None:
            return self.of_person(draft)
        if draft.possessor is not None or draft.state or draft.own_name:
            return self.of_state(draft)
        return None

    def of_person(self, draft: Draft) -> ActorMention | None:
        """A mention of a person; None for a capitalised word that nobody is known by."""
        said = self.person(draft)
        known = self.book.find(said.name, None if tells_the_past(draft) else said)
        if known is None:
            if self.is_in_title_case(draft) or not self.introduces(draft):
                return None
            known = said
        if " " not in said.name and draft.seen == 1 and self.is_month(draft):
            return None
        self.book.note(known)
        # "Tusk, a former Polish premier" speaks for what he is now.
        outdated = tells_the_past(draft) and known.office is not None and not known.is_former
        is_rank = said.office in ranks() and known.office is not None
        told = known if outdated or is_rank or not said.office else said
        first, last = self.widened(draft) if draft.office else (draft.first, draft.last)
        is_counterpart = draft.office is not None and draft.office.id == COUNTERPART
        actor = Actor(
            words=self.tokens.text(first, last),
            state=known.state if outdated else said.state or known.state,
            sector=told.sector or known.sector,
            office=told.office or (COUNTERPART if is_counterpart else None),
            organisation=said.organisation or known.organisation,
            person=known.name,
            former=told.is_former and not is_counterpart,  # whom another meets as such is in office
            start=self.items[first].idx,
            end=self.end(last),
        )
        return self.built(first, last, (actor,), is_place=False)

    def introduces(self, draft: Draft) -> bool:
        """Whether the words themselves show that somebody is named, and not a ship or a hotel."""
        if draft.office or draft.is_courtesy or draft.state:
            return True
        return self.is_full_name(draft) and self.name(draft) not in self._things

    def has_article(self, draft: Draft) -> bool:
        """Whether an article stands before a bare name, as before that of a ship."""
        before = self.items[draft.first - 1] if draft.first and not self.items[draft.first].is_sent_start else None
        return draft.seen == 1 and before is not None and before.lower_ in ("the", "a", "an")

    def is_month(self, draft: Draft) -> bool:
        """Whether a name that is also a month is no subject and owns nothing here."""
        assert draft.person is not None  # noqa: S101 - the callers look first
        token = self.items[draft.person[0]]
        if token.text not in self.words.month_names:
            return False
        if token.i and self.items[token.i - 1].lower_ in BEFORE_MONTHS:
            return True
        after = self.items[token.i + 1] if token.i + 1 < len(self.items) else None
        owns = after is not None and after.text in POSSESSIVES
        return not (owns or acts(token, self.words) or token.dep_ in SUBJECTS or token.dep_ == "conj")

    def of_state(self, draft: Draft) -> ActorMention:
        """A mention of a state, an organ, an office or people of a state."""
        first, last = self.widened(draft)
        words = self.tokens.text(first, last)
        states = dict.fromkeys([self.state(draft), *(alias.state for alias in draft.more)])
        actors = tuple(
            Actor(
                words=words,
                state=state,
                sector=self.sector(draft) or self.bare_sector(draft),
                office=draft.office.id if draft.office else None,
                organisation=self.organisation(draft),
                former=draft.is_former,
                start=self.items[first].idx,
                end=self.end(last),
            )
            for state in states
        )
        return self.built(first, last, actors, is_place=self.is_place(draft))

    def bare_sector(self, draft: Draft) -> str | None:
        """The sector of a bare name: people by their nationality are civilians, a capital is a government."""
        if draft.alias is None:
            return None
        if draft.alias.kind is AliasKind.CAPITAL:
            return GOVERNMENT
        token = self.items[draft.last]
        is_noun = draft.alias.kind is AliasKind.DEMONYM and token.text.endswith("s") and token.dep_ not in MODIFIERS
        return CIVILIANS if is_noun else None

    def is_place(self, draft: Draft) -> bool:
        """Whether the words are written as a place, where nobody acts."""
        alias = draft.alias
        if alias is None or not draft.is_bare_name or alias.kind is AliasKind.DEMONYM:
            return False
        if draft.is_place or self.is_dateline(draft):
            return True
        head = self.head(draft.first, draft.last)
        after = self.items[draft.last + 1] if draft.last + 1 < len(self.items) else None
        owns = after is not None and after.text in POSSESSIVES
        if not owns and (self.has_place_cue(head) or (head.dep_ == "conj" and self.has_place_cue(head.head))):
            return True
        if alias.kind.is_place:
            return head.dep_ not in SUBJECTS
        if after is not None and after.text in HYPHENS and draft.last + 2 < len(self.items):
            after = self.items[draft.last + 2]
        return alias.kind is AliasKind.CAPITAL and after is not None and after.lower_ in self.words.place_nouns

    def has_place_cue(self, head: Token) -> bool:
        """Whether a preposition of place stands before a noun, or "city of"."""
        cases = [child for child in head.children if child.dep_ == "case"]
        if any(case.lower_ in self.words.place_cues for case in cases):
            return True
        return head.head.lower_ in self.words.place_heads and any(case.lower_ == "of" for case in cases)

    def is_dateline(self, draft: Draft) -> bool:
        """Whether a name in capitals opens a report: "BEIJING (Reuters) -"."""
        token = self.items[draft.first]
        after = self.items[draft.last + 1] if draft.last + 1 < len(self.items) else None
        is_first = bool(token.is_sent_start) and token.text.isupper() and len(token) >= LONG_WORD
        return is_first and after is not None and after.text in DATELINE_MARKS

    def widened(self, draft: Draft) -> tuple[int, int]:
        """First and last token, with the article of a full noun phrase."""
        first, last = draft.first, draft.last
        before = self.items[first - 1] if first and not self.items[first].is_sent_start else None
        if before is None or before.pos_ != "DET":
            return first, last
        head = self.head(first, last)
        is_full = draft.office or draft.person
        is_modifier = not is_full and head.dep_ in MODIFIERS and head.head.i > last
        return (first, last) if is_modifier else (first - 1, last)

    def end(self, last: int) -> int:
        """The character after token `last`."""
        return self.items[last].idx + len(self.items[last])

    def head(self, first: int, last: int) -> Token:
        """The token that ties first..last to the rest of the sentence."""
        return phrase_head(self.parse, first, last)

    def built(self, first: int, last: int, actors: tuple[Actor, ...], *, is_place: bool) -> ActorMention:
        """The mention of these actors at these tokens."""
        return ActorMention(
            start=self.items[first].idx,
            end=self.end(last),
            first=first,
            last=last,
            head=self.head(first, last).i,
            actors=actors,
            is_place=is_place,
        )


def tells_the_past(draft: Draft) -> bool:
    """Whether only an apposition says that the person left an office: "Tusk, a former Polish premier"."""
    return draft.is_apposed and draft.is_former


def phrase_head(parse: Doc, first: int, last: int) -> Token:
    """The token whose head lies outside first..last; of several, the one with the most telling relation."""
    tied = [
        token
        for token in parse[first : last + 1]
        if (token.head.i < first or token.head.i > last or token.head.i == token.i)
        and token.pos_ not in ("PUNCT", "ADP", "DET")
    ]
    ranked = sorted(tied, key=lambda x: (HEAD_ORDER.index(x.dep_) if x.dep_ in HEAD_ORDER else len(HEAD_ORDER), -x.i))
    return ranked[0] if ranked else parse[last]
