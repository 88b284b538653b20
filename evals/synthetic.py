"""Makes up a newspaper archive as coded documents: pairs, outlets, happenings told by many, copies, plans, promises.

Sizes follow what the coder gives for news of the development data: a dozen passages and about as many records a text.
A thing of the news is told by one to some thirty documents over the following days, most by few; every seventh
document is a near copy of another outlet's. The same number gives the same archive.
"""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detente.ledger.port import Pair, Posting
from detente.records import (
    Actor,
    AgendaItem,
    Basis,
    Document,
    Event,
    EventType,
    Evidence,
    Factuality,
    Grain,
    Issue,
    Manner,
    Measure,
    Passage,
    Position,
    Provenance,
    Quad,
    Record,
    Span,
    Stance,
    Statement,
    Step,
    Teller,
    Voice,
    When,
    document_id,
    record_id,
)
from detente.records.measure import Amount

STATES = {"USA": "Washington", "CHN": "Beijing", "JPN": "Tokyo", "RUS": "Moscow"}  # and their capitals
SHARES = (("CHN-USA", 40), ("RUS-USA", 22), ("CHN-JPN", 16), ("CHN-RUS", 12), ("JPN-USA", 10))  # per cent
THEMES = ("trade", "tariffs", "security", "visits", "agriculture", "technology", "media", "energy", "espionage", "debt")
SUBJECTS = (None, None, None, "TWN", "PRK")
# Words of news vary: some recur in every other thing, most are rare.
BEGINNINGS, MIDDLES, ENDINGS = (
    ["br", "cl", "d", "f", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v"],
    ["a", "ai", "e", "i", "o", "u"],
    ["b", "d", "g", "l", "n", "r", "t"],
)
NOUNS = [
    f"{one}{vowel}{end}{tail}" for one in BEGINNINGS for vowel in MIDDLES for end in ENDINGS for tail in ("ine", "ors")
]
VERBS = [f"{one}{vowel}{end}ate" for one in BEGINNINGS[::2] for vowel in MIDDLES for end in ENDINGS[::3]]
PLACES = [f"{one}{vowel}{end}ia".capitalize() for one in BEGINNINGS for vowel in MIDDLES[::2] for end in ENDINGS[::2]]
PEOPLE = {
    state: [f"{one}{state[0].lower()}{end}" for one in ("Ba", "De", "Ki", "Lo", "Mu") for end in ("rov", "sen", "ta")]
    for state in STATES
}
DOINGS = (
    (EventType.CONSULT, "meet", Quad.VERBAL_COOPERATION, 4.0, 30),
    (EventType.CONSULT, "phone", Quad.VERBAL_COOPERATION, 2.0, 6),
    (EventType.AGREE, None, Quad.VERBAL_COOPERATION, 3.0, 12),
    (EventType.ACCUSE, None, Quad.VERBAL_CONFLICT, -2.0, 18),
    (EventType.REQUEST, None, Quad.VERBAL_CONFLICT, -1.0, 12),
    (EventType.SANCTION, None, Quad.MATERIAL_CONFLICT, -5.0, 10),
    (EventType.THREATEN, None, Quad.VERBAL_CONFLICT, -4.0, 8),
    (EventType.MOBILIZE, None, Quad.MATERIAL_CONFLICT, -7.0, 4),
)
KINDS = (("event", 34), ("statement", 30), ("position", 14), ("agenda_item", 12), ("measure", 10))
OUTLETS = tuple(f"Paper {number}" for number in range(60))
FIRST_DAY = dt.date(2016, 1, 1)
DOCUMENTS_A_DAY = 12  # 100,000 are 23 years of a newspaper
THINGS_A_DAY = 0.9  # new things of the news, for each document of a day
RECENT = 300  # things that documents of a day tell of
RECORDS = (6, 20)  # of a document
COPY_SHARE = 1 / 7
DATED_PLANS, DATED_THINGS = 0.7, 0.6  # shares
NAMELESS = 0.4  # share of actors that are a capital, no person
NEWS, FRESH = 0.8, 40  # share of documents that tell of the newest things alone, and how many these are
MADE = Provenance(coder="synthetic", model="none", data="none", rules=("synthetic.row",))
NOON = dt.time(12, tzinfo=dt.UTC)


@dataclass(slots=True)
class Thing:
    """Something that documents tell of."""

    kind: str
    sides: tuple[Actor, Actor]
    on: dt.date
    issue: Issue
    words: tuple[str, str, str, str]  # verb, two nouns, place
    amount: int
    doing: tuple[EventType, str | None, Quad, float]
    due: dt.date | None = None
    dated: bool = True


@dataclass(slots=True)
class Archive:
    """Makes up documents, oldest first."""

    number: int
    seed: int = 7
    chance: random.Random = field(init=False)

    def postings(self) -> Iterator[Posting]:
        """So many coded documents by day."""
        self.chance = random.Random(self.seed)  # noqa: S311 no secret
        recent: dict[str, list[Thing]] = {name: [] for name, _ in SHARES}
        names, weights = zip(*SHARES, strict=True)
        texts: list[tuple[str, Sequence[tuple[Thing, int, int]], str]] = []
        for at in range(self.number):
            day = FIRST_DAY + dt.timedelta(days=at // DOCUMENTS_A_DAY)
            pair = self.chance.choices(names, weights)[0]
            things = recent[pair]
            if not things or self.chance.random() < THINGS_A_DAY:
                things.append(self._thing(pair, day))
                del things[:-RECENT]
            mine = [text for text in texts if text[2] == pair]
            if mine and self.chance.random() < COPY_SHARE:
                text, told, _ = self.chance.choice(mine)
            else:
                text, told = self._text(things, day)
                texts = [*texts[-12:], (text, told, pair)]
            yield self._posting(text, told, day, pair, at)

    def _thing(self, pair: str, day: dt.date) -> Thing:
        chance = self.chance
        kind = chance.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0]
        first, second = pair.split("-")
        sides = [self._actor(state) for state in (first, second)]
        chance.shuffle(sides)
        theme, subject = chance.choice(THEMES), chance.choice(SUBJECTS)
        doing = chance.choices([d[:4] for d in DOINGS], [d[4] for d in DOINGS])[0]
        return Thing(
            kind=kind,
            sides=(sides[0], sides[1]),
            on=day - dt.timedelta(days=chance.randint(0, 2)),
            issue=Issue(
                theme=theme, subject=subject, label=f"{theme.capitalize()}{f' / {subject}' if subject else ''}"
            ),
            words=(chance.choice(VERBS), *chance.sample(NOUNS, 2), chance.choice(PLACES)),
            amount=chance.randint(1, 400),
            doing=doing,
            due=day + dt.timedelta(days=chance.randint(2, 120)) if chance.random() < DATED_PLANS else None,
            dated=chance.random() < DATED_THINGS,
        )

    def _actor(self, state: str) -> Actor:
        if self.chance.random() < NAMELESS:
            return Actor(words=STATES[state], state=state)
        person = self.chance.choice(PEOPLE[state])
        return Actor(words=person, state=state, sector="GOV", office="minister", person=f"Minister {person}")

    def _text(self, things: Sequence[Thing], day: dt.date) -> tuple[str, list[tuple[Thing, int, int]]]:
        told, parts, at = [], [], 0
        fresh = things[-FRESH:] if self.chance.random() < NEWS else things
        for _ in range(self.chance.randint(*RECORDS)):
            thing = self.chance.choice(fresh)
            sentence = self._sentence(thing, day)
            told.append((thing, at, at + len(sentence)))
            parts.append(sentence)
            at += len(sentence) + 1
        return " ".join(parts), told

    def _sentence(self, thing: Thing, day: dt.date) -> str:
        verb, one, other, place = thing.words
        who, whom = (side.words for side in thing.sides)
        when = f" on {thing.on:%B} {thing.on.day}" if thing.dated else ""
        forms = {
            "event": (
                f"{who} and {whom} moved to {verb} {one} and {other} in {place}{when}, officials there told reporters.",
                f"After long talks over {one}, {who} chose to {verb} the {other} accord with {whom}{when} in {place}.",
            ),
            "statement": (
                f"“We shall {verb} {one} and {other} before winter,” {who} told reporters in {place}{when}.",
                f"{who} said{when} that it would {verb} {one} and {other} before winter.",
            ),
            "position": (
                f"{who} demands that {whom} {verb} all {one} and {other} from {place}.",
                f"{who} wants {whom} to {verb} all {one} and {other} from {place} at once.",
            ),
            "agenda_item": (
                f"{who} and {whom} are to {verb} {one} at a round of talks in {place} on {thing.due or 'some day'}.",
                f"A round of talks on {one} is planned between {who} and {whom} in {place} for {thing.due or 'later'}.",
            ),
            "measure": (
                f"{who} announced a duty on ${thing.amount} billion of {one} and {other} from {place}{when}.",
                f"The duty of {who} on ${thing.amount} billion of {one} takes effect soon, {place} papers wrote.",
            ),
        }
        _ = day
        return self.chance.choice(forms[thing.kind])

    def _posting(
        self, text: str, told: Sequence[tuple[Thing, int, int]], day: dt.date, pair: str, number: int
    ) -> Posting:
        outlet = self.chance.choice(OUTLETS)
        url = f"https://example.org/{number}"
        id_ = document_id(text=text, outlet=outlet, published_on=day, url=url)
        title = f"{told[0][0].words[1].capitalize()} talk in {told[0][0].words[3]}"
        document = Document(id=id_, text=text, outlet=outlet, title=title, published_on=day, url=url, language="en")
        first, second = pair.split("-")
        read_for: Pair = (first, second)
        return Posting(
            document=document,
            passages=tuple(Passage(start=s, end=e, paragraph=at // 2) for at, (_, s, e) in enumerate(told)),
            records=tuple(self._record(document, thing, start, end) for thing, start, end in told),
            problems=(),
            pair=read_for,
            provenance=MADE,
            posted_at=dt.datetime.combine(day, NOON) + dt.timedelta(seconds=number % 40_000),
            path=f"archive.jsonl:{number}",
        )

    def _record(self, source: Document, thing: Thing, start: int, end: int) -> Record:
        quote = source.text[start:end]
        span = Span(start=start, end=end, quote=quote)
        who, whom = thing.sides
        words = f"{thing.on:%B} {thing.on.day}"
        is_dated = thing.dated and words in quote
        attributed = "told reporters" in quote
        shared = {
            "id": record_id(
                document=source.id, kind=thing.kind, start=start, end=end, type_=thing.kind, parties=[who.key, whom.key]
            ),
            "when": When(earliest=thing.on, latest=thing.on, grain=Grain.DAY, words=words) if is_dated else None,
            "issues": (thing.issue,),
            "factuality": Factuality.HAPPENED,
            "voice": Voice.ATTRIBUTED if attributed else Voice.REPORTED,
            "attribution": (Teller(speaker=who),) if attributed else (),
            "evidence": (Evidence(document=source.id, start=start, end=end, quote=quote),),
            "known_on": source.published_on,
            "confidence": 0.8,
            "on_pair": True,
            "provenance": MADE,
        }
        if thing.kind == "statement":
            return Statement(speaker=who, content=(span,), manner=Manner.MIXED, **shared)
        if thing.kind == "position":
            return Position(holder=who, stance=Stance.DEMANDS, proposition=span, firmness=0.6, **shared)
        if thing.kind == "measure":
            amount = Amount(value=thing.amount * 1e9, unit="USD", words=f"${thing.amount} billion")
            steps = (Step(step="announced", when=shared["when"]),)
            return Measure(
                kind="tariff",
                imposers=(who,),
                targets=(whom,),
                amount=(amount,),
                steps=steps,
                standing="announced",
                **shared,
            )
        if thing.kind == "agenda_item":
            due = thing.due
            when = (
                When(earliest=due, latest=due, grain=Grain.DAY, words=str(due)) if due and str(due) in quote else None
            )
            plan = shared | {"when": when, "factuality": Factuality.PLANNED}
            return AgendaItem(
                kind="talks",
                summary=f"Talks on {thing.words[1]} in {thing.words[3]}",
                participants=(who, whom),
                basis=Basis.PLANNED,
                **plan,
            )
        type_, mode, quad, intensity = thing.doing
        return Event(
            event_type=type_, mode=mode, quad=quad, intensity=intensity, initiators=(who,), targets=(whom,), **shared
        )
