"""Whether a date looks back or ahead, from the verb that governs it in the parse."""

from bisect import bisect_left, bisect_right

from detente.codebook.dates import DateLexicon
from detente.mentions.date_nodes import Tense
from detente.parsing.doc import Doc, Token

HAVING = frozenset({"has", "have"})
PREDICATES = frozenset({"VERB", "AUX"})


class ParseTense:
    """The tense of dates in a parse, from the verb that governs them."""

    def __init__(self, parse: Doc, lexicon: DateLexicon) -> None:
        self._tokens = [token for token in parse if not token.is_space]
        self._starts = [token.idx for token in self._tokens]
        self._lists = lexicon.tense
        self._until = lexicon.words["until"]

    def at(self, start: int, end: int) -> Tense:
        """The tense around characters start..end; unknown where no verb governs them."""
        inside = self._tokens[bisect_right(self._starts, start) - 1 : bisect_left(self._starts, end)]
        if not inside:
            return Tense.UNKNOWN
        top = next((token for token in inside if token.head.i == token.i or token.head not in inside), inside[-1])
        outside = [token for token in [top, *top.ancestors] if token not in inside]
        if inside[0].lower_ in self._until and any(token.lower_ in HAVING for token in outside[:1]):
            return Tense.FUTURE  # "Chad said Mali has until Friday"
        verbs = (self._of_verb(token) for token in outside if token.pos_ in PREDICATES)
        found = next((tense for tense in verbs if tense is not Tense.UNKNOWN), Tense.UNKNOWN)
        ahead = found is Tense.UNKNOWN and any(token.lower_ in self._lists["future_cues"] for token in outside)
        return Tense.FUTURE if ahead else found

    def _of_verb(self, verb: Token) -> Tense:
        helpers = [child for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop")]
        words = {child.lower_.strip("'’") for child in helpers}
        if words & self._lists["future"]:
            return Tense.FUTURE
        tenses = {tense for token in (verb, *helpers) for tense in token.morph.get("Tense", [])}
        forms = verb.morph.get("VerbForm", [])
        if "Past" in tenses and "to" not in words:
            return self._past(verb, helpers)
        if "Inf" in forms or "to" in words:
            return self._of_infinitive(verb)
        if {"is", "are", "am"} & words or verb.lower_ in self._lists["timetable"]:
            return Tense.FUTURE
        return Tense.FUTURE if verb.lower_ in self._lists["future_cues"] else Tense.UNKNOWN

    def _past(self, verb: Token, helpers: list[Token]) -> Tense:
        planned = verb.lower_ in self._lists["future_cues"]
        return Tense.FUTURE if planned and not any(h.lower_ in ("had", "has", "have") for h in helpers) else Tense.PAST

    def _of_infinitive(self, verb: Token) -> Tense:
        """ "plans to meet": ahead; "travelled to meet", "failed to agree": as what governs."""
        governor = verb.head
        if governor.i == verb.i or verb.dep_ == "acl":
            return Tense.FUTURE
        if governor.lower_ in self._lists["future_cues"]:
            return Tense.FUTURE
        found = self._of_verb(governor) if governor.pos_ in PREDICATES else Tense.FUTURE
        return Tense.FUTURE if found is Tense.UNKNOWN else found
