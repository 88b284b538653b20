"""The words in which records are told."""

import functools
import re
from dataclasses import dataclass
from typing import Any

from detente.codebook.files import read_toml
from detente.records import EventType, Stance

_ENDING = re.compile(r"\[(\w+)(?:/(\w+))?\]")  # "make[s]", "[is/are]": where one acts, and where several do
SOFT = 0.35  # firmness up to which a stance is told softly


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """How an event type is told with both sides known, and with one."""

    both: str
    alone: str

    def told(self, *, initiators: str, targets: str, sides: str, several: bool) -> str:
        """The phrase with the names filled in; the verb agrees with whether several act.

        >>> phrase = Phrase(both="{initiators} accuse[s] {targets}", alone="{initiators} make[s] an accusation")
        >>> phrase.told(initiators="Mali and Chad", targets="", sides="Mali and Chad", several=True)
        'Mali and Chad make an accusation'
        """
        template = _agreeing(self.both if targets else self.alone, several)
        return template.format(initiators=initiators, targets=targets, sides=sides)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingWords:
    """Templates by event type and mode, verbs by stance."""

    events: dict[tuple[EventType, str | None], Phrase]
    stances: dict[Stance, str]
    soft_stances: dict[Stance, str]
    nobody: str
    asker: str
    askers: frozenset[str]
    pronouns: frozenset[str]
    articles: frozenset[str]

    def event(self, type_: EventType, mode: str | None) -> Phrase:
        """The template of the mode, else of the type."""
        return self.events.get((type_, mode)) or self.events[(type_, None)]

    def stance(self, stance: Stance, firmness: float, *, several: bool = False) -> str:
        """The verb for a stance held so firmly, by one or by several."""
        soft = self.soft_stances.get(stance) if firmness <= SOFT else None
        return _agreeing(soft or self.stances[stance], several)

    def unresolved(self, words: str) -> str:
        """Somebody as the text has him, within a sentence: "the envoys" for "The envoys"; a pronoun says nobody."""
        if words.lower() in self.pronouns:
            return self.nobody
        if words.lower() in self.askers:
            return self.asker
        first = words.partition(" ")[0].lower()
        return words[:1].lower() + words[1:] if first in self.articles else words


def _agreeing(template: str, several: bool) -> str:
    """The template with the endings of verbs that one or several ask for."""
    return _ENDING.sub(lambda ending: (ending[2] or "") if several else ending[1], template)


@functools.cache
def load_telling(language: str = "en") -> TellingWords:
    """The templates of a language; raises CodebookError or KeyError where a type or stance has none."""
    table = read_toml(f"lang/{language}/telling.toml")
    return TellingWords(
        events={key: phrase for type_ in EventType for key, phrase in _phrases(type_, table["event"][type_.value])},
        stances={stance: table["stance"][stance.value] for stance in Stance},
        nobody=table["speaker"]["nobody"],
        asker=table["speaker"]["asker"],
        askers=frozenset(table["speaker"]["askers"]),
        pronouns=frozenset(table["speaker"]["pronouns"]),
        articles=frozenset(table["speaker"]["articles"]),
        soft_stances={Stance(name): verb for name, verb in table["soft_stance"].items()},
    )


def _phrases(type_: EventType, row: dict[str, Any]) -> list[tuple[tuple[EventType, str | None], Phrase]]:
    modes = row.get("mode", {}).items()
    plain = ((type_, None), Phrase(both=row["both"], alone=row["alone"]))
    return [plain, *(((type_, mode), Phrase(**phrase)) for mode, phrase in modes)]
