"""The cues of positions: what shows that a side demands, offers, opposes or will not move."""

import functools
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from detente.codebook.files import read_toml
from detente.errors import CodebookError
from detente.records import Stance

FILE = "lang/{language}/positions.toml"


class Frame(StrEnum):
    """Where holder, proposition and addressee stand around a cue; the head of `positions.toml` shows each."""

    WANTS = "wants"
    CALLS_ON = "calls on"
    STIRS = "stirs"
    JUDGES = "judges"
    STANDS = "stands"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    VOWS = "vows"
    MODAL = "modal"
    VERDICT = "verdict"
    COMMITS = "commits"
    HARMS = "harms"
    BIDS = "bids"
    NEEDED = "needed"
    UNLESS = "unless"
    LACKS = "lacks"
    OWNS = "owns"
    SIDES = "sides"
    DEFIES = "defies"
    LANDS = "lands"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionCue:
    """One row of `positions.toml`; `words` is the lemma ("a|b": either), then particles and preposition."""

    id: str
    words: tuple[str, ...]
    frame: Frame
    stance: Stance
    firmness: float
    example: str
    near_miss: str
    own: Stance | None = None  # stance where the holder means a deed of its own: "wants to join"
    takes: tuple[str, ...] = ()  # prepositions of the proposition of a noun or adjective
    after: tuple[str, ...] = ()  # one of these must stand just before: "red line"
    barred: tuple[str, ...] = ()  # prepositions of its own under which a noun does not count: "in Spain's interest"
    negated: bool = False  # counts only under negation
    needs: str | None = None  # what the proposition must be: the head of the file lists the kinds
    alone: bool = False  # counts only where one state holds it
    reports: bool = False  # its complement may hold positions of others


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """What a stance becomes when its cue is negated, and the factor on its firmness; `absolute` is for "never"."""

    stance: Stance
    factor: float
    absolute: Stance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionLexicon:
    """All cues of one language, with what strengthens, weakens and turns them."""

    by_lemma: dict[str, tuple[PositionCue, ...]]  # by the first word
    negations: dict[Stance, Negation]
    modifiers: dict[str, float]  # added to the firmness
    light_verbs: frozenset[str]  # "express opposition to": the subject holds what the noun says
    drawing_verbs: frozenset[str]  # "drew criticism from": the subject is what is criticised
    conditions: frozenset[str]  # words that open a condition, also "as long as"
    silence: frozenset[str]  # "declined to comment" takes no stand
    state_sectors: frozenset[str]  # sectors that speak for a state
    own_voices: frozenset[str]  # sectors whose named bodies ask states for something in their own name
    papers: frozenset[str]  # what an organ says it in: "a foreign ministry statement"
    drafts: frozenset[str]  # what a legislature says it in: "the bill"
    asides: frozenset[str]  # words that open a clause beside a proposition: "after", "while"
    occasions: frozenset[str]  # the same before nouns: "during"
    hugging: frozenset[str]  # prepositions that tie what follows to the noun before: "talks on the port"
    beside: frozenset[str]  # with these they tell how or where one spoke: "on television"
    doubting: frozenset[str]  # what is doubted nobody holds: "doubts Italy wants peace"
    greeting: frozenset[str]  # what "I want to" do takes no stand: "acknowledge the elders"
    courtesies: frozenset[str]  # what is praised, not accepted: "recognised the importance of"
    deeds: frozenset[str]  # nouns of deeds: "a demand for the return of the crew", not "for steel"
    denied: frozenset[str]  # what one side denies the other: "they cannot have missiles"
    yielding: frozenset[str]  # deeds of one's own that a side refuses to the other: "will not sign"
    no_deeds: frozenset[str]  # what is said of oneself without promising a deed: "we will see"
    values: frozenset[str]  # what states hold dear: "threatens the peace"
    claimed: frozenset[str]  # what a state claims as its own: "the island"
    hostile: frozenset[str]  # deeds and means of harm: what is offered so is a threat
    rules: frozenset[str]  # what a state keeps to: "follows the treaty"
    bad_faith: frozenset[str]  # charges that say nothing about a policy: "accused Italy of lying"
    unsaid: frozenset[str]  # what is declined without taking a stand: "to give details"
    efforts: frozenset[str]  # what makes "do" a promise: "will do its best"
    absolute: frozenset[str]  # under these a refusal is for good: "never", "ever"

    @property
    def cues(self) -> tuple[PositionCue, ...]:
        """All cues, each once, in the order of their first words."""
        return tuple({cue.id: cue for rows in self.by_lemma.values() for cue in rows}.values())


@functools.cache
def load_positions(language: str = "en") -> PositionLexicon:
    """The lexicon of one language; raises CodebookError where a row is broken or an id stands twice."""
    name = FILE.format(language=language)
    table = read_toml(name)
    by_lemma: dict[str, list[PositionCue]] = {}
    ids: set[str] = set()
    for row in table["cue"]:
        cue = _cue(row, name)
        if cue.id in ids:
            raise CodebookError(f"{name} has the id {cue.id} twice.", hint="Rename one.")
        ids.add(cue.id)
        for lemma in cue.words[0].split("|"):
            by_lemma.setdefault(lemma, []).append(cue)
    return PositionLexicon(
        # The longer cue first: "call on" before "call".
        by_lemma={lemma: tuple(sorted(cues, key=lambda c: -len(c.words))) for lemma, cues in by_lemma.items()},
        negations={
            Stance(row["of"]): Negation(
                stance=Stance(row["stance"]),
                factor=row["factor"],
                absolute=Stance(row["absolute"]) if "absolute" in row else None,
            )
            for row in table["negation"]
        },
        modifiers={word: row["adds"] for row in table["modifier"] for word in row["words"]},
        light_verbs=frozenset(table["light_verbs"]),
        drawing_verbs=frozenset(table["drawing_verbs"]),
        conditions=frozenset(table["conditions"]),
        silence=frozenset(table["silence"]),
        state_sectors=frozenset(table["state_sectors"]),
        own_voices=frozenset(table["own_voices"]),
        papers=frozenset(table["papers"]),
        drafts=frozenset(table["drafts"]),
        asides=frozenset(table["asides"]),
        occasions=frozenset(table["occasions"]),
        hugging=frozenset(table["hugging"]),
        beside=frozenset(table["beside"]),
        doubting=frozenset(table["doubting"]),
        greeting=frozenset(table["greeting"]),
        courtesies=frozenset(table["courtesies"]),
        deeds=frozenset(table["deeds"]),
        denied=frozenset(table["denied"]),
        yielding=frozenset(table["yielding"]),
        no_deeds=frozenset(table["no_deeds"]),
        values=frozenset(table["values"]),
        claimed=frozenset(table["claimed"]),
        hostile=frozenset(table["hostile"]),
        rules=frozenset(table["rules"]),
        bad_faith=frozenset(table["bad_faith"]),
        unsaid=frozenset(table["unsaid"]),
        efforts=frozenset(table["efforts"]),
        absolute=frozenset(table["absolute"]),
    )


def _cue(row: dict[str, Any], name: str) -> PositionCue:
    try:
        fields = {
            **row,
            "words": tuple(row["words"].split()),
            "frame": Frame(row["frame"]),
            "stance": Stance(row["stance"]),
            "after": tuple(row.get("after", ())),
            "takes": tuple(row.get("takes", ())),
            "barred": tuple(row.get("barred", ())),
            "own": Stance(row["own"]) if "own" in row else None,
        }
        return PositionCue(**fields)
    except (KeyError, TypeError, ValueError) as error:
        raise CodebookError(f"A row of {name} is broken: {error}: {row}.", hint="Compare it with its head.") from error
