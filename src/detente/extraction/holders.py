"""Whose position it is: the state-linked actor at a token, the speaker of a quoted clause, and who is addressed."""

from collections.abc import Iterable, Iterator

from detente.codebook.attribution import attribution_words
from detente.codebook.constructions import words_for
from detente.codebook.positions import load_positions
from detente.extraction.clause import SUBJECTS, antecedent, base, has, subjects_of
from detente.extraction.reading import Reading
from detente.mentions.mention import ActorMention
from detente.parsing.doc import Token
from detente.records import Actor

PRONOUNS = frozenset({"it", "he", "she", "they", "its", "his", "her", "their"})
PEOPLE = frozenset({"he", "she"})
SELVES = frozenset({"we", "i"})
RELATIVES = frozenset({"which", "who", "whom", "what"})
FARTHEST_DRAFT = 60  # tokens between a bill and the legislature or the pronoun that belongs to it
LEGISLATURE = "LEG"
FARTHEST = 6  # tokens between a predicate and a subject that the parse missed
LONGEST_CLIMB = 6  # clauses from a quoted predicate up to the verb of saying
OWNERS = frozenset({"compound", "amod", "nmod", "nmod:poss", "nmod:desc"})
REPORTING = frozenset({"ccomp", "parataxis", "conj", "xcomp", "advcl", "acl:relcl"})


def holders_at(token: Token, reading: Reading, sectors: frozenset[str]) -> tuple[Actor, ...]:
    """The actors at a token that hold positions for a state, or in their own name; none where it is a bystander."""
    mention = mention_at(token, reading)
    if mention is None or (token.lower_ in PEOPLE and not _is_person(mention)):
        return ()
    return tuple(actor for actor in mention.actors if speaks_for_state(actor, sectors) or speaks_for_itself(actor))


def speaks_for_state(actor: Actor, sectors: frozenset[str]) -> bool:
    """Whether the actor is a state, one of its organs, or someone in office. `former` ones count and stay marked."""
    return actor.state is not None and (actor.sector is None or actor.sector in sectors)


def speaks_for_itself(actor: Actor) -> bool:
    """Whether the actor is a named body of no state, or a named person of one: a rights group, a paper, a firm."""
    own = load_positions().own_voices
    return actor.state is None and actor.sector in own and bool(actor.organisation or actor.person)


def mention_at(token: Token, reading: Reading) -> ActorMention | None:
    """The mention of which a token is the head or a part; of a pronoun without one the subject before it."""
    mention = reading.actor_at.get(token.i)
    if mention is not None:
        return mention if _is_headed(mention, token) else None
    if token.lower_ in PRONOUNS:
        before = None if _takes_up_draft(token) else _before(token, reading)
        return before or (_of_draft_before(token, reading) if token.lower_ == "it" else None)
    return _inside(token, reading) or _of_paper(token, reading)


def _of_paper(token: Token, reading: Reading) -> ActorMention | None:
    """Whose statement, letter or bill it is that says something: "a [Spanish foreign ministry] statement"."""
    lexicon, lemma = load_positions(), token.lemma_.lower()
    if lemma not in lexicon.papers | lexicon.drafts:
        return None
    owners = [reading.actor_at[c.i] for c in token.children if c.dep_ in OWNERS and c.i in reading.actor_at]
    if owners:
        return owners[0] if all(owner == owners[0] for owner in owners) else None
    return _house_before(token, reading) if lemma in lexicon.drafts else None


def _takes_up_draft(pronoun: Token) -> bool:
    """Whether "it" opens the sentence behind one that is about a bill: "The bill passed the house. It would aid"."""
    if pronoun.lower_ != "it" or not pronoun.is_sent_start or pronoun.i == 0:
        return False
    about = subjects_of(pronoun.nbor(-1).sent.root)
    return any(subject.lemma_.lower() in load_positions().drafts for subject in about)


def _of_draft_before(pronoun: Token, reading: Reading) -> ActorMention | None:
    """Whose bill "it" is, where one was spoken of shortly before: "The bill went through. It calls for talks"."""
    drafts = load_positions().drafts
    before = reversed(pronoun.doc[max(0, pronoun.i - FARTHEST_DRAFT) : pronoun.i])
    draft = next((t for t in before if t.lemma_.lower() in drafts and base(t.dep_) in SUBJECTS), None)
    return _of_paper(draft, reading) if draft is not None else None


def _house_before(token: Token, reading: Reading) -> ActorMention | None:
    """The legislature that a text named last, shortly before its bill."""
    first = token.doc[max(0, token.i - FARTHEST_DRAFT)].idx
    houses = (
        mention
        for mention in reversed(reading.actors)
        if first <= mention.start < token.idx and any(a.state and a.sector == LEGISLATURE for a in mention.actors)
    )
    return next(houses, None)


def _is_headed(mention: ActorMention, token: Token) -> bool:
    """Whether the mention is what the token's phrase is about: "a China expert" is no mention of China."""
    head = token.doc[mention.head]
    return head == token or token.i == mention.head or not (head.dep_ == "compound" and head.head == token)


def _inside(token: Token, reading: Reading) -> ActorMention | None:
    """The mention that a noun carries as its name: "spokesman [Lu Kang]"."""
    for child in token.children:
        if child.dep_ in ("appos", "flat", "nmod:desc") and child.i in reading.actor_at:
            return reading.actor_at[child.i]
    return None


def _before(token: Token, reading: Reading) -> ActorMention | None:
    """What a pronoun without a mention of its own stands for: the nearest person or thing before it in its paragraph.

    "its" takes what stands nearest ("blamed Mali for its raid"), the others a subject or an owner.
    """
    if is_granted(token):
        return None
    own = _subject_of_own(token, reading)
    if own is not None:
        return own
    first = _paragraph_start(token, reading)
    for mention in reversed(reading.actors):
        if not first <= mention.start < token.idx or mention.is_place or _clashes(token, mention):
            continue
        head = token.doc[mention.head]
        owns = head.dep_ == "nmod:poss" and head.head.dep_ != "obj"  # "rejected B's remarks": "he" answers B
        if token.lower_ == "its" or base(head.dep_) in SUBJECTS or owns:
            return mention
    return None


def is_granted(owner: Token) -> bool:
    """Whether somebody answers what another asks: "the government met [its] demand"."""
    asked, verb = owner.head, owner.head.head
    if owner.dep_ != "nmod:poss" or asked.dep_ != "obj":
        return False
    answers = verb.lemma_.lower() in words_for("answering what is asked")
    return answers and asked.lemma_.lower() in words_for("asked of another")


def _subject_of_own(token: Token, reading: Reading) -> ActorMention | None:
    """Of "Spain reaffirmed its pledge" Spain: an owner right behind a verb is whoever acts, unless he judges."""
    noun = token.head
    verb = noun.head
    if token.dep_ != "nmod:poss" or noun.dep_ != "obj" or noun.left_edge.i != token.i or verb.i != token.i - 1:
        return None
    cue = attribution_words().verbs.get(verb.lower_)
    if cue is not None and not cue.is_statement:
        return None  # "Spain welcomed its pledge"
    found = (mention_at(subject, reading) for subject in subjects_of(verb) if subject != token)
    return next((mention for mention in found if mention is not None and not _clashes(token, mention)), None)


def _clashes(token: Token, mention: ActorMention) -> bool:
    """Whether a pronoun cannot stand for a mention: "it" for a person, "he" for a state."""
    if token.lower_ in ("it", "its"):
        return _is_person(mention)
    return token.lower_ in ("he", "she", "his", "her") and not _is_person(mention)


def _is_person(mention: ActorMention) -> bool:
    return any(actor.person or actor.office for actor in mention.actors)


def _paragraph_start(token: Token, reading: Reading) -> int:
    number = next((p.paragraph for p in reading.passages if p.start <= token.idx < p.end), None)
    return min((p.start for p in reading.passages if p.paragraph == number), default=0)


def speaker_of(token: Token, reading: Reading) -> Token | None:
    """The head of whoever is said to say the words in which the token stands, nearest first; None in the outlet's own.

    >>> speaker_of.__name__
    'speaker_of'
    """
    covering = [
        (span.end - span.start, item.speaker_head)
        for item in reading.attributions
        for span in item.content
        if span.start <= token.idx < span.end and item.speaker_head is not None
    ]
    if covering:
        return token.doc[min(covering)[1]]
    return next(_governing_subjects(token, reading), None)


def holding_subjects(token: Token, reading: Reading, sectors: frozenset[str]) -> list[Token]:
    """The subjects of a predicate that hold positions for a state, one token per side; may be empty.

    "We" is whoever is said to say so. Where the parse gives none, the nearest actor before the predicate with nothing
    but adverbs and auxiliaries between ("Spain, however, rejects"), or before the comma of a relative clause ("angered
    Spain, which ...").
    """
    found = [subject for subject in subjects_of(token) if holders_at(subject, reading, sectors)]
    if found:
        return found
    if is_misread_active(token):
        nested = token.head.dep_.startswith(
            "nmod"
        )  # "an envoy on religion | called", "the ministry last week | called"
        noun = token.head.head if nested else token.head
        if holders_at(noun, reading, sectors):
            return [noun]
    written = [child for child in token.children if base(child.dep_) in SUBJECTS]
    if any(subject.lower_ in SELVES or is_own_country(subject) for subject in written or subjects_of(token)):
        speaker = speaker_of(token, reading)
        return [speaker] if speaker is not None and holders_at(speaker, reading, sectors) else []
    if written and not has(written[0], "PronType", "Rel") and written[0].lower_ not in (*RELATIVES, "that"):
        return []
    if not written and (sayer := _said_by(token, reading)) is not None and holders_at(sayer, reading, sectors):
        return [sayer]
    # "handed a note to the Spanish envoy to oppose the ban": whoever handed it opposes
    aside = token.dep_ in ("acl", "advcl") and token.head.i not in reading.actor_at
    borrowed = not written and token.left_edge.lower_ == "to" and (aside or bool(subjects_of(token)))
    before = None if borrowed else _actor_before(written[0] if written else token, reading)
    return [before] if before is not None and holders_at(before, reading, sectors) else []


def is_own_country(subject: Token) -> bool:
    """Whether a speaker speaks of their own state: "[his country] would not accept"."""
    return subject.lemma_.lower() in words_for("own state") and any(
        child.lower_ in ("his", "her", "our", "my") for child in subject.children
    )


def _said_by(token: Token, reading: Reading) -> Token | None:
    """The speaker of the attribution that a verb opens: of "visited Rome hoping that ..." whoever hopes."""
    head = next((a.speaker_head for a in reading.attributions if a.cue_head == token.i), None)
    return token.doc[head] if head is not None and head != token.i else None


def is_misread_active(token: Token) -> bool:
    """Whether a past participle after a noun is rather its verb: "an envoy of Spain [called] for talks"."""
    if token.dep_ != "acl" or not has(token, "Tense", "Past"):
        return False
    relations = {child.dep_ for child in token.children if child.i > token.i}
    return "obl:agent" not in relations and bool(relations & {"obj", "obl", "ccomp"})


def _actor_before(token: Token, reading: Reading) -> Token | None:
    """The head of the mention that ends just before a token, adverbs, auxiliaries and commas aside."""
    first = token.sent.start
    for at in range(token.i - 1, max(first, token.i - FARTHEST) - 1, -1):
        word = token.doc[at]
        mention = reading.actor_at.get(at)
        if mention is not None:
            head = token.doc[mention.head]
            return None if mention.is_place else head
        if word.pos_ not in ("ADV", "AUX", "PUNCT", "SCONJ", "PART", "SPACE"):
            return None
    return None


def _governing_subjects(token: Token, reading: Reading) -> Iterator[Token]:
    at = token
    for _ in range(LONGEST_CLIMB):
        if at.head == at or at.dep_ not in REPORTING:
            return
        if at.dep_ in ("ccomp", "parataxis") and at.head.pos_ == "VERB" and not _is_said_by_none(at):
            subjects = subjects_of(at.head)
            before = None if subjects else _actor_before(at.head, reading)
            yield from subjects or ([before] if before is not None else [])
        at = at.head


def _is_said_by_none(clause: Token) -> bool:
    """Whether a side-by-side clause is not what the other verb reports: "Iran refused, France left"."""
    return clause.dep_ == "parataxis" and clause.i > clause.head.i and not has(clause.head, "VerbForm", "Fin")


def state_mention(tokens: Iterable[Token], reading: Reading) -> ActorMention | None:
    """The first mention of a single actor with a state at one of the tokens."""
    for token in tokens:
        mention = mention_at(antecedent(token), reading)
        if mention and any(actor.state for actor in mention.actors):
            return mention
    return None
