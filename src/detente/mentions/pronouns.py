"""Resolves pronouns: "he", "she", "it" and "they" stand for whom a text has told of before, where that is clear."""

import bisect
import functools
import itertools

from detente.codebook.constructions import words_for
from detente.codebook.offices import OfficeKind, load_actor_words
from detente.codebook.registry import body_codes
from detente.mentions.discourse import SUBJECTS, Discourse
from detente.mentions.mention import ActorMention
from detente.parsing.doc import Token
from detente.records import Actor

QUOTES = frozenset({'"', "”", "’", "''"})
OPENING = frozenset({'"', "“", "‘", "``"})
PERSON_PRONOUNS = {"he": False, "she": True}  # and whether a woman is meant
PARTNERS = frozenset({"between", "with", "by", "among", "of", "from"})  # before those who do something
COLONS = frozenset({":", "—", "–"})
WHERE = frozenset({"in", "at"})
SEVERAL = "s"  # the ending of several holders of an office: "farm ministers"
JOINING = 2  # tokens: ", and"
PRONOUNS = frozenset({*PERSON_PRONOUNS, "it", "they"})


class Pronouns:
    """Says for whom pronouns stand, given what was spoken of before."""

    def __init__(self, seen: Discourse) -> None:
        self.seen = seen
        self.items = seen.items

    def of_pronoun(self, token: Token) -> ActorMention | None:
        """The actor before a pronoun in subject position that fits it: subjects first."""
        if token.dep_ not in SUBJECTS or self.is_expletive(token) or self.is_of_text(token):
            return None
        others = self.beside(token)
        near = (x for x in self.seen.near(token.i) if not self.is_quoted_before(token, x))
        for mention in (*self.speaking(token), *near):
            if mention.is_place or self.items[mention.head].pos_ == "ADJ" or self.is_answered(token, mention):
                continue
            if self.is_with_the_same(token, mention) or self.is_only_told(token, mention):
                continue
            if self.blames(mention, token):
                continue
            actors = self.meeting(mention) if token.lower_ == "they" else mention.actors
            if self.agrees(token, mention, actors) and not others.intersection(x.person or x.state for x in actors):
                return self.seen.built(token.i, token.i, actors)
        return None

    def is_with_the_same(self, token: Token, mention: ActorMention) -> bool:
        """Whether the pronoun stood beside the mention before: after "he and Roe" no "he" is Roe."""
        if token.lower_ not in PERSON_PRONOUNS or mention.first < 2:  # noqa: PLR2004 - "he and"
            return False
        joined = self.items[mention.first - 1].lower_ == "and"
        return joined and self.items[mention.first - 2].lower_ == token.lower_

    def blames(self, mention: ActorMention, token: Token) -> bool:
        """Whether the mention blames somebody for what the pronoun does: "Chad accused Mali: it had lied"."""
        blaming = self.items[mention.head].head
        colon = any(x.text in COLONS for x in self.items[blaming.i : token.i])
        return colon and blaming == token.head.head and blaming.lemma_ in words_for("blaming")

    def is_only_told(self, token: Token, mention: ActorMention) -> bool:
        """Whether who goes on speaking is not the mention, of whom was only spoken: "said Roe had left. He added"."""
        goes_on = token.lower_ in PERSON_PRONOUNS and token.head.lemma_ in words_for("goes on speaking")
        return goes_on and self.seen.is_told(mention, self.seen.passage_of(token.i))

    def beside(self, token: Token) -> frozenset[str | None]:
        """Who else takes part in a pronoun's own clause, so that it is none of them: "they gave Armenia a chance"."""
        named, end = self.seen.named, token.sent.end
        begin = bisect.bisect_right(named, token.i, key=lambda x: x.first)
        here = itertools.takewhile(lambda x: x.first < end, itertools.islice(named, begin, None))
        heads = (x for x in here if self.items[x.head].head == token.head)
        others = [x for x in heads if self.items[x.head].dep_ in ("obj", "iobj", "obl") and not self.is_where(x)]
        # "It sent its coast guard": an organ or a thing of a state is not the state.
        own = ("it", "they")
        plain = (a for x in others for a in x.actors if token.lower_ not in own or a.person or a.sector is None)
        others_here = frozenset(actor.person or actor.state for actor in plain)
        return (others_here | self.quoting(token) | self.told_of(token)) - {None}

    def is_where(self, mention: ActorMention) -> bool:
        """Whether a mention only says where something takes place: "they will meet in Recife"."""
        head = self.items[mention.head]
        cases = {child.lower_ for child in head.children if child.dep_ == "case"}
        return head.dep_ == "obl" and not cases.isdisjoint(WHERE) and mention.actors[0].person is None

    def told_of(self, token: Token) -> frozenset[str | None]:
        """The persons whom "he" or "she" tells of by name or office, or is joined to: "he said that Roe lied"."""
        if token.lower_ not in PERSON_PRONOUNS:
            return frozenset()
        named, end = self.seen.named, token.sent.end
        begin = bisect.bisect_right(named, token.i, key=lambda x: x.first)
        after = itertools.takewhile(lambda x: x.first < end, itertools.islice(named, begin, None))
        joined = token.i + 1 < len(self.items) and self.items[token.i + 1].lower_ == "and"
        tells = self.is_telling(token.head)
        told = (x for x in after if tells or (joined and x.first == token.i + 2))
        actors = [actor for x in told for actor in x.actors]
        holders = (self.seen.holder_of(x) for x in actors if x.state and x.office in self.seen.single_offices)
        return frozenset((*(actor.person for actor in actors), *holders))

    def quoting(self, token: Token) -> frozenset[str | None]:
        """Who says the words in which "he" or "she" is quoted, and so speaks of another: ""He lies," Roe said"."""
        says, sentence = token.head.head, token.sent
        if token.lower_ not in PERSON_PRONOUNS or token.head.dep_ != "ccomp" or not self.is_telling(says):
            return frozenset()
        if not any(x.text in OPENING for x in self.items[sentence.start : token.i]):
            return frozenset()
        named = self.seen.named
        begin = bisect.bisect_right(named, token.i, key=lambda x: x.first)
        after = itertools.takewhile(lambda x: x.first < sentence.end, itertools.islice(named, begin, None))
        tellers = (a for x in after if self.items[x.head].head == says and self.seen.is_subject(x) for a in x.actors)
        return frozenset(name for actor in tellers for name in (actor.person, actor.state))

    def is_quoted_before(self, token: Token, mention: ActorMention) -> bool:
        """Whether a mention is part of what a pronoun is said to say: that of "A will pay", it said."""
        if not self.is_telling(token.head) or mention.first < token.sent.start:
            return False
        if token.lower_ in PERSON_PRONOUNS:  # "“Roe lies,” he said": not Roe; "“No,” Roe said, and he added": Roe
            marks = [x.text for x in self.items[token.sent.start : mention.first] if x.text in OPENING | QUOTES]
            between = self.items[mention.last + 1 : token.i]
            is_tag = self.items[token.i - 1].text == "," and not any(self.is_telling(x) for x in between)
            return len(marks) % 2 == 1 or is_tag  # "it will not leave as Roe did, he said"
        between = self.items[mention.last + 1 : token.i]
        opened = token.lower_ not in PERSON_PRONOUNS or any(
            x.text in OPENING for x in self.items[token.sent.start : mention.first]
        )
        return opened and any(x.text in QUOTES for x in between)

    def is_answered(self, token: Token, mention: ActorMention) -> bool:
        """Whether another state acts on words of the mention: "A rejected B's remarks. ..., he said" is not B's."""
        noun = self.items[mention.head]
        if token.lower_ not in PERSON_PRONOUNS or noun.dep_ != "nmod:poss" or not self.is_telling(token.head):
            return False
        state = mention.actors[0].state
        others = (x for x in self.seen.found[-20:] if self.seen.is_subject(x) and self.items[x.head].sent == noun.sent)
        return state is not None and any(
            self.items[x.head].head == noun.head.head and x.actors[0].state not in (None, state) for x in others
        )

    def speaking(self, token: Token) -> list[ActorMention]:
        """A body that speaks of itself as "they" or "it": "the RSF said they were leaving"."""
        says = token.head.head
        if token.lower_ in PERSON_PRONOUNS or not (self.is_content(token.head) or self.is_made_clear(token.head)):
            return []
        return [x for x in self.seen.found[-20:] if self.items[x.head].head == says and self.seen.is_subject(x)]

    def is_content(self, verb: Token) -> bool:
        """Whether a verb tells what is said."""
        return verb.dep_ == "ccomp" and self.is_telling(verb.head)

    def is_made_clear(self, verb: Token) -> bool:
        """Whether a verb tells what somebody makes clear: "made it clear that they would leave"."""
        maker = verb.head
        clear = any(child.dep_ == "xcomp" and child.lower_ in self.seen.words.cleared for child in maker.children)
        return clear and verb.i > maker.i and any(child.dep_ == "mark" for child in verb.children)

    def is_telling(self, verb: Token) -> bool:
        """Whether a verb says something."""
        return verb.lemma_ in self.seen.words.telling_verbs

    def is_expletive(self, token: Token) -> bool:
        """Whether "it" stands for nothing: "it is likely that", "it remains to be seen"."""
        if token.lower_ != "it":
            return False
        if token.dep_ == "nsubj:pass":
            return True  # mostly a thing: "it was adopted", "it is believed"
        if token.head.pos_ == "VERB":
            return token.head.lemma_ in self.seen.words.expletive_verbs or self.is_measured(token.head)
        clausal = any(child.dep_ in ("csubj", "ccomp", "expl") for child in token.head.children)
        return clausal or token.head.pos_ != "ADJ"

    def is_of_text(self, token: Token) -> bool:
        """Whether "it" takes up a bill or treaty that the sentence before is about: "The bill passed. It would aid"."""
        if token.lower_ != "it" or not token.is_sent_start or token.i == 0:
            return False
        before = self.items[token.i - 1].sent
        subject = next((x for x in before.root.children if x.dep_ in SUBJECTS), None)
        return subject is not None and subject.lower_ in self.seen.words.texts and not self.is_telling(token.head)

    def is_measured(self, verb: Token) -> bool:
        """Whether a verb tells how much something takes ("it takes time"), not what somebody takes up."""
        if verb.lemma_ not in self.seen.words.measuring_verbs:
            return False
        objects = [child.lemma_.lower() for child in verb.children if child.dep_ in ("obj", "obl:unmarked")]
        return not objects or not self.seen.words.measured.isdisjoint(objects)

    def meeting(self, mention: ActorMention) -> tuple[Actor, ...]:
        """The actors of a mention with those whom they met: "A met B. [They] agreed"."""
        noun, own = self.items[mention.head], self.together(mention)
        verb = noun.head
        is_met = verb.lemma_ in self.seen.words.meeting_verbs
        if not is_met or not self.seen.is_subject(mention):
            return () if is_met and noun.dep_ in ("obj", "obl") and len(own) == 1 else own
        roles = ("obj",) if any(child.dep_ == "obj" for child in verb.children) else ("obl",)
        heads = ((x, self.items[x.head]) for x in self.seen.found[-20:])
        met = [x for x, head in heads if head.head == verb and head.dep_ in roles and not x.is_place]
        known = {actor.key for actor in own}
        return (*own, *(actor for x in met for actor in self.together(x) if actor.key not in known))

    def together(self, mention: ActorMention) -> tuple[Actor, ...]:
        """The actors of a mention and of those that "and" joins to it."""
        heads = ((x, self.items[x.head]) for x in self.seen.found[-20:])
        joined = [x for x, head in heads if head.dep_ == "conj" and head.head.i == mention.head]
        actors = [actor for x in (mention, *joined, *self.sharing(mention)) for actor in x.actors]
        return tuple({actor.key: actor for actor in actors}.values())

    def sharing(self, mention: ActorMention) -> list[ActorMention]:
        """The mentions before one that share its noun: of "Chadian and Malian ministers" the Chadian ones."""
        found: list[ActorMention] = []
        at = mention
        for x in reversed(self.seen.found[-20:]):
            between = self.items[x.last + 1 : at.first]
            if x.last >= at.first or not 0 < len(between) <= JOINING:
                continue
            joins = all(token.lower_ in ("and", ",") for token in between)
            shared = any(above.i == mention.head for above in self.items[x.head].ancestors)
            if not joins or not shared or x.actors[0].sector != mention.actors[0].sector:
                break
            found.append(x)
            at = x
        return found

    def agrees(self, token: Token, mention: ActorMention, actors: tuple[Actor, ...]) -> bool:
        """Whether a pronoun may stand for the actors of a mention."""
        if token.lower_ in PERSON_PRONOUNS:
            return len(actors) == 1 and self.may_be(actors[0], mention, is_female=PERSON_PRONOUNS[token.lower_])
        if not actors:
            return False
        first = actors[0]
        if token.lower_ == "they":
            is_plural = self.items[mention.head].morph.get("Number", []) == ["Plur"]
            is_people = bool(first.office or first.organisation or first.sector) and first.person is None
            is_one = first.office in self.seen.single_offices and first.state not in body_codes()
            is_people = is_people and (not is_one or self.items[mention.last].lower_.endswith(SEVERAL))
            is_body = first.person is None and first.office is None and first.organisation is not None
            is_named = any(actor.state or actor.organisation for actor in actors)
            says_so = is_body and self.items[mention.head].head == token.head.head
            if len(actors) > 1 and self.is_matter(mention):
                return False
            return is_named and (len(actors) > 1 or (is_plural and is_people) or says_so)
        joined = any(child.dep_ == "conj" for child in self.items[mention.head].children)
        is_one = len(actors) == 1 and not joined  # "A and its allies protested": neither is "it"
        return is_one and self.seen.is_subject(mention) and first.person is None and first.office is None

    def is_matter(self, mention: ActorMention) -> bool:
        """Whether several are only what something is for: "gas for Chad and Mali", not "talks of Chad and Mali"."""
        noun = self.items[mention.head]
        cases = {child.lower_ for child in noun.children if child.dep_ == "case"}
        return noun.dep_ in ("nmod", "obl") and bool(cases) and not cases & PARTNERS

    def may_be(self, actor: Actor, mention: ActorMention, *, is_female: bool) -> bool:
        """Whether "he" or "she" may be the actor."""
        if actor.person is None:
            return actor.state is not None and self.items[mention.last].lower_ in single_posts()
        if not (self.seen.is_subject(mention) or actor.office or actor.state):
            return False
        known = self.seen.book.find(actor.person)
        return known is None or known.is_female in (None, is_female)


@functools.cache
def single_posts() -> frozenset[str]:
    """The nouns of posts that one person holds: "minister" of "minister of trade"."""
    posts = (office for office in load_actor_words().offices if office.kind is OfficeKind.POST)
    return frozenset(word.split(" of ")[0].split()[-1] for office in posts for word in office.words)
