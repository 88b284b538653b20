"""Resolves offices and organs without a state: "the ministry", "its officials"."""

import functools
from collections.abc import Mapping
from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.codebook.offices import Office, OfficeKind, load_actor_words, offices_of, usage
from detente.mentions.discourse import REACH, SUBJECTS, Discourse, is_town
from detente.mentions.drafts import COUNTERPART, Draft
from detente.mentions.mention import ActorMention
from detente.mentions.phrases import POSSESSIVES
from detente.mentions.pieces import HYPHENS
from detente.mentions.pronouns import Pronouns
from detente.mentions.together import states_acting_together
from detente.parsing.doc import Token
from detente.records import Actor

MOST_BETWEEN = 6  # tokens from a possessor to its office
PERSON_OWNERS = {"his": False, "her": True}
DEFINITE = frozenset({"the", "this", "that"})
OWNERS = frozenset({"his", "her", "its", "their"})
OF_NO_PERSON, FORCES = frozenset({"its", "their"}), "MIL"
CIVILIANS = "CVL"
TO = "to"
COMPANIES = "BUS"
STATE_SECTORS = frozenset({"GOV", "MIL"})
UNNAMED_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD", "MED", "REB", "OPP"})


def completed(mention: ActorMention, seen: Discourse) -> ActorMention:
    """The mention with what the document knows besides: who holds the office, for which state a minister acts."""
    if len(mention.actors) != 1 or mention.is_place:
        return mention
    actor = mention.actors[0]
    if actor.office == COUNTERPART:
        return as_counterpart(mention, actor, seen)
    if actor.person is None and actor.state and actor.office in seen.single_offices and not actor.former:
        is_one = not seen.items[mention.last].lower_.endswith("s")
        return replace(mention, actors=(replace(actor, person=seen.holder_of(actor) if is_one else None),))
    if actor.person is not None and actor.state is None and actor.office and actor.sector in STATE_SECTORS:
        person = seen.book.find(actor.person)
        is_titled = len(actor.words.split()) > len(actor.person.split()) or not actor.person.endswith(actor.words)
        told = state_of_post(mention, actor, seen) if is_titled else None
        state = (person.state if person else None) or told
        if person is not None and state is not None:
            person.state = state
        return replace(mention, actors=(replace(actor, state=state),))
    return mention


def as_counterpart(mention: ActorMention, actor: Actor, seen: Discourse) -> ActorMention:
    """Whoever holds in another state the office of the person named last: "his Turkish counterpart"."""
    others = (other for earlier in seen.near(mention.first) for other in earlier.actors)
    owner = next((x for x in others if x.office and x.person and x.state != actor.state and not x.former), None)
    if owner is None or actor.state is None:
        return replace(mention, actors=(replace(actor, office=None),))
    person = seen.book.find(actor.person) if actor.person else None
    if person is not None and person.office is None:
        person.office, person.sector = owner.office, owner.sector
    found = replace(actor, office=owner.office, sector=owner.sector)
    if found.person is None and found.office in seen.single_offices:
        found = replace(found, person=seen.holder_of(found))
    return replace(mention, actors=(found,))


def state_of_post(mention: ActorMention, actor: Actor, seen: Discourse) -> str | None:
    """The state of a person whose office is told without it; None where the office is no sign of a state's."""
    commonly = commonly_of(actor.words, seen)
    if commonly is not None or (actor.office in offices_of("of anybody") and actor.organisation is None):
        return commonly
    if is_of_several(actor) or is_of_another_body(mention, actor, seen):
        return None
    before = seen.items[mention.first - 1] if mention.first and not seen.items[mention.first].is_sent_start else None
    if before is not None and before.text[:1].isupper() and before.pos_ in ("PROPN", "ADJ", "NOUN"):
        return None  # "Ruritanian Foreign Minister": of a state that the registry does not have
    if actor.office in offices_of("sent"):
        return state_of_envoy(mention, seen)
    known = seen.state_of_organ(actor.organisation) if actor.organisation else None
    return known or state_not_gone_to(mention, seen)


def goals_of(subject: Token, seen: Discourse) -> frozenset[str]:
    """The states to which a subject goes: "will fly to Lima", but not "flew back to Lima", where it came from."""
    verb = subject.head
    goes = subject.dep_ in SUBJECTS and verb.lemma_ in words_for("going there")
    if not goes or any(child.lower_ in words_for("homeward") for child in verb.children):
        return frozenset()
    behind = [x for x in seen.named if subject.i < x.first < verb.sent.end and seen.items[x.head].head == verb]
    to = [x for x in behind if any(child.lower_ == TO for child in seen.items[x.head].children if child.dep_ == "case")]
    return frozenset(actor.state for x in to for actor in x.actors if actor.state and not is_town(actor))


def state_not_gone_to(mention: ActorMention, seen: Discourse) -> str | None:
    """The state named nearest, but not the one where the person goes: "Trade Minister Lee will fly to Lima"."""
    state = seen.nearest_state(mention.first, at_home=True)
    goals = goals_of(seen.items[mention.head], seen)
    if state not in goals:
        return state
    return next((one for one in seen.recent_states(mention.first, reach=1, number=2) if one not in goals), None)


def state_of_envoy(mention: ActorMention, seen: Discourse) -> str | None:
    """Another state than the host's ("Chad summoned Ambassador X"): of an envoy told of before, else the last."""
    hosts = seen.doers(mention.first, mention.last)
    earlier = (actor for before in reversed(seen.found) for actor in before.actors)
    envoys = (actor for actor in earlier if actor.office in offices_of("sent"))
    known = next((actor.state for actor in envoys if actor.state and actor.state not in hosts), None)
    recent = seen.recent_states(mention.first, reach=REACH, number=4)
    return known or next((state for state in recent if state not in hosts), None)


def is_of_another_body(mention: ActorMention, actor: Actor, seen: Discourse) -> bool:
    """Whether a president or head is that of a body without a row: "president of Harbour Tours"."""
    rest = seen.items[mention.last + 1 : mention.last + 3]
    named = len(rest) == 2 and rest[0].lower_ in ("of", "at") and rest[1].pos_ == "PROPN"  # noqa: PLR2004 - "of Harbour"
    return named and actor.office in offices_of("of bodies")


def is_of_several(actor: Actor) -> bool:
    """Whether the office stands for several persons, who may be of several states: "Foreign Ministers X and Y"."""
    return actor.words.lower().startswith(plurals_by_office().get(actor.office or "", ()))


def commonly_of(words: str, seen: Discourse) -> str | None:
    """The state that an office so called is of: among those that call it so the one named last, else the first."""
    low = words.lower()
    states = next((states for said, states in usage().items() if said in low), ())
    spoken_of = (*reversed(seen.found), *seen.named)
    named = (actor.state for mention in spoken_of for actor in mention.actors if not actor.person)
    return next((state for state in named if state in states), (states[0] or None) if states else None)


class Anaphora:
    """Says for whom offices without a state stand, given what was spoken of before."""

    def __init__(self, seen: Discourse) -> None:
        self.seen = seen
        self.items = seen.items
        self.pronouns = Pronouns(seen)

    def of_office(self, draft: Draft) -> ActorMention | None:
        """An office without a state: that of the same office named before, or of its owner, else an unnamed one."""
        office = draft.office or draft.organ
        if draft.person is not None or draft.state or office is None or self.describes(draft):
            return None
        if draft.office is not None and draft.office.kind is OfficeKind.POST and self.is_of_another(draft):
            return None
        before = self.items[draft.first - 1] if draft.first and not self.items[draft.first].is_sent_start else None
        is_owned = before is not None and before.lower_ in OWNERS
        is_definite = before is not None and before.lower_ in DEFINITE
        first = draft.first - 1 if is_owned or (before is not None and before.pos_ == "DET") else draft.first
        several = self.of_several(draft, before)
        if several:
            return self.seen.built(first, draft.last, several)
        owner = self.possessor(draft)
        actor: Actor | None
        if owner is not None:
            actor = self.of_state(draft, owner)
        elif is_owned:
            actor = self.owned(draft)
        elif draft.organ is not None and draft.office is not None:
            actor = self.of_organ(draft)
        else:
            actor = self.same_office(draft) if is_definite and not draft.is_plural else None
        if actor is None:
            state = commonly_of(self.seen.tokens.text(draft.first, draft.last), self.seen)
            actor = self.of_state(draft, state) if state is not None else None
        if actor is None and self.is_worth_it(draft) and self.is_acting(draft, is_definite=is_definite):
            actor = self.unnamed(draft, None)
        return self.seen.built(first, draft.last, (actor,)) if actor is not None else None

    @staticmethod
    def is_worth_it(draft: Draft) -> bool:
        """Whether somebody with such an office is worth a mention without a state."""
        office = draft.office or draft.organ
        if office is None or office.needs_state:
            return False
        return office.sector in UNNAMED_SECTORS or (office.is_crowd and draft.is_plural)

    def describes(self, draft: Draft) -> bool:
        """Whether the office only describes a noun that follows ("press freedom"), or is no noun at all."""
        token = self.items[draft.last]
        if token.pos_ not in ("NOUN", "PROPN"):
            return True
        return token.dep_ in ("compound", "amod") and token.head.i > draft.last

    def is_of_another(self, draft: Draft) -> bool:
        """Whether "of" goes on to say whose office it is, and no state does: "the president of the association"."""
        after = self.items[draft.last + 1] if draft.last + 1 < len(self.items) else None
        return after is not None and after.lower_ == "of"

    def is_acting(self, draft: Draft, *, is_definite: bool) -> bool:
        """Whether unnamed people are somebody here: they do something, are known already or are several."""
        if draft.office is not None and draft.office.needs_telling:
            token = self.items[draft.last]
            return token.dep_ in SUBJECTS and token.head.lemma_ in self.seen.words.telling_verbs
        is_people = draft.office is not None and (draft.office.kind is OfficeKind.PEOPLE or draft.is_plural)
        if draft.organ is not None and draft.organ.is_named and draft.organ_words in draft.organ.words[:-1]:
            return True
        return is_definite or is_people or self.items[draft.last].dep_ in SUBJECTS

    @staticmethod
    def unnamed(draft: Draft, state: str | None) -> Actor:
        """Somebody with the draft's office, of a state or of none that is known."""
        office = draft.office or draft.organ
        return Actor(
            words="",
            state=state,
            sector=office.sector if office else None,
            office=draft.office.id if draft.office else None,
            organisation=draft.organ_words if draft.organ and draft.organ.is_named else None,
            former=draft.is_former,
        )

    def possessor(self, draft: Draft) -> str | None:
        """The state whose "'s" stands before the draft and its adjectives: "the North's delegation"."""
        if not self.seen.found or len(self.seen.found[-1].actors) != 1:
            return None
        last = self.seen.found[-1]
        if draft.first - last.last > MOST_BETWEEN or last.last + 1 >= draft.first:
            return None
        between = self.items[last.last + 1 : draft.first]
        owns = between[0].text in POSSESSIVES and all(
            token.pos_ in ("ADJ", "PUNCT") or self.items[token.i - 1].text in HYPHENS for token in between[1:]
        )
        return last.actors[0].state if owns and not last.actors[0].person else None

    def owned(self, draft: Draft) -> Actor | None:
        """Of the state named last: "its officials", "his foreign minister"."""
        if draft.office is not None and draft.office.id == COUNTERPART:
            return self.unnamed(draft, None) if draft.is_plural else None  # never of the state whose they are
        if not self.is_of_states(draft):
            return None
        word = self.items[draft.first - 1].lower_
        state = self.owner_state(draft.first, word) or self.seen.owning_state(draft.first)
        if word == "its" and state in self.seen.doers(draft.first, draft.last, of_persons=True):
            return None  # "Roe of Chad insulted its minister": not Chad's, whom Roe would call his
        if word in OF_NO_PERSON and self.unnamed(draft, None).sector == FORCES and self.seen.was_blaming(draft.first):
            return self.unnamed(draft, None)
        return self.of_state(draft, state) if state is not None else self.same_office(draft)

    def owner_state(self, at: int, word: str) -> str | None:
        """The state of the person whom "his" or "her" means; None for "its" and "their"."""
        if word not in PERSON_OWNERS:
            return None
        near = ((x, x.actors[0]) for x in self.seen.near(at) if len(x.actors) == 1)
        states = (a.state for x, a in near if a.person and self.pronouns.may_be(a, x, is_female=PERSON_OWNERS[word]))
        return next((state for state in states if state), None)

    def of_state(self, draft: Draft, state: str) -> Actor:
        """Somebody with the draft's office of a state, by name where the document has said who."""
        actor = self.unnamed(draft, state)
        if actor.office in self.seen.single_offices and not draft.is_plural:
            return replace(actor, person=self.seen.holder_of(actor))
        return actor

    def of_organ(self, draft: Draft) -> Actor | None:
        """Somebody of an organ whose state was told before: "administration officials"."""
        for mention in reversed(self.seen.found):
            for actor in mention.actors:
                if is_same_organ(draft, actor) and actor.state:
                    return self.of_state(draft, actor.state)
        is_general = draft.organ is not None and draft.organ.id in offices_of("of each state") and not draft.is_former
        state = self.seen.acting_state(draft.first) if is_general else None
        return self.of_state(draft, state) if state is not None else None

    @staticmethod
    def is_of_states(draft: Draft) -> bool:
        """Whether it is an office or organ that a state has, and not a company's or a newspaper's."""
        office = draft.office or draft.organ
        return office is not None and office.sector in UNNAMED_SECTORS | {CIVILIANS}

    def of_several(self, draft: Draft, before: Token | None) -> tuple[Actor, ...]:
        """The actors of two states ("A and B recalled their ambassadors", "the commission" of both), or none."""
        if before is None:
            return ()
        if before.lower_ == "their" and self.is_of_states(draft):
            states = self.seen.coordinated_states(draft.first) or states_acting_together(self.seen, draft.first)
            return tuple(self.of_state(draft, state) for state in states)
        return self.joint_organ(draft) if before.lower_ in DEFINITE and self.possessor(draft) is None else ()

    def joint_organ(self, draft: Draft) -> tuple[Actor, ...]:
        """The actors of "the commission" where the one told of last was of several states; else empty."""
        if draft.office is not None or draft.organ is None:
            return ()
        told = (m.actors for m in reversed(self.seen.found) if any(is_same_organ(draft, actor) for actor in m.actors))
        actors = next(told, ())
        return actors if len({actor.state for actor in actors}) > 1 else ()

    def same_office(self, draft: Draft) -> Actor | None:
        """The actor of the same office or organ named last before; else the acting state's organ of that kind."""
        others = self.seen.acted_on(draft.last)  # "the president urged Chad" is not Chad's
        for mention in reversed(self.seen.found):
            for actor in mention.actors:
                if (actor.former and not draft.is_former) or actor.state in others:
                    continue
                if is_same_company(draft, actor):
                    return replace(actor, office=None, person=None)
                if draft.office is not None and draft.organ is None and is_same_post(draft.office, actor):
                    is_one = draft.office.kind is OfficeKind.POST and draft.seen == 1
                    former = actor.former or draft.is_former
                    return replace(actor, person=actor.person if is_one else None, former=former)
                if draft.office is None and draft.organ is not None and is_same_organ(draft, actor):
                    return replace(actor, office=None, person=None)
        if draft.organ is None or draft.organ.id not in offices_of("of each state") or draft.is_former:
            return None
        state = self.seen.host_of(draft.first, draft.last) or self.seen.nearest_state(draft.first)
        # "Chad summoned Mali's envoy after the navy seized Malian boats"
        if state in {actor.state for actor in self.seen.behind_verb(draft.last)}:
            state = self.seen.acting_state(draft.first)
        return self.unnamed(draft, state) if state is not None else None


@functools.cache
def plurals_by_office() -> Mapping[str, tuple[str, ...]]:
    """How the names of several holders of an office begin, by office: "foreign ministers "."""
    return {office.id: tuple(f"{plural} " for plural in office.plurals) for office in load_actor_words().offices}


def is_same_post(office: Office, actor: Actor) -> bool:
    """Whether an office may be called that: "the minister" for a foreign minister."""
    if actor.state is None or actor.office is None or is_company(office):
        return False
    is_deputy = actor.office.startswith(("deputy ", "vice "))
    return actor.office == office.id or (actor.office.endswith(" " + office.id) and not is_deputy)


def is_same_company(draft: Draft, actor: Actor) -> bool:
    """Whether "the company" may mean the actor."""
    return (
        draft.office is not None and is_company(draft.office) and actor.sector == COMPANIES and bool(actor.organisation)
    )


def is_company(office: Office) -> bool:
    """Whether the word is one for companies."""
    return office.sector == COMPANIES and office.kind is OfficeKind.PEOPLE


def is_same_organ(draft: Draft, actor: Actor) -> bool:
    """Whether "the ministry" may mean the actor's organ."""
    said = (actor.organisation or actor.words).lower()
    return bool(actor.state and draft.organ_words and f" {said}".endswith(f" {draft.organ_words}"))
