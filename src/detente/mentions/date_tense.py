"""Whether the words around a date look back or ahead: from the words alone, or from the parse."""

from bisect import bisect_left, bisect_right

from spacy.tokens import Doc, Token

from detente.codebook.dates import DateLexicon
from detente.mentions.date_nodes import Tense
from detente.mentions.date_tokens import Tokens

STOPS = frozenset({"!", "?", ";"})
SENTENCE = 45  # words looked at on either side
INFINITIVE_REACH = 7  # words before "to" that may govern the infinitive
MOVE_REACH = 5  # words before "until" or "to" that may name what is moved
CLAUSE = 10  # words that a clause takes to show its verb
NOUN = 3  # words after "the February" in which its noun and verb must stand
ABBREVIATION = 4  # letters: a full stop after a short capitalised word ends no sentence


def tense_from_words(tokens: Tokens, first: int, end: int, lexicon: DateLexicon) -> Tense:
    """The tense around tokens first..end: the verb right after it, else the nearest before, else the first after.

    "The talks on Friday will", "said on Friday that it will", "On Friday the ministers met".
    """
    found = tense_up_to(tokens, first, end, lexicon)
    return tense_after(tokens, end, lexicon) if found is None else found


def tense_up_to(tokens: Tokens, first: int, end: int, lexicon: DateLexicon) -> Tense | None:
    """What stands before the date or touches it says; None where that is nothing."""
    words = _Words(tokens, lexicon)
    if words.qualifies_noun(first, end, lexicon):
        near = (words.finite(at) for at in range(end + 1, end + NOUN) if tokens.word(at) not in ("has", "had", "have"))
        return next((tense for tense in near if tense is not None), Tense.UNKNOWN)
    found = words.scheduled(first) or words.finite(end) or words.opened_clause(first, end)
    if found is not None:
        return found
    deadline = tokens.word(first) in lexicon.words["until"]
    for at in range(first - 1, words.begin(first) - 1, -1):
        # "said the delay until October gave time": the saying does not date the deadline.
        passed = deadline and (tokens.word(at) in lexicon.tense["said"] or tokens.word(at) in ("has", "have"))
        found = None if passed else words.at(at)
        if found is not None:
            return found
    return None


def tense_after(tokens: Tokens, end: int, lexicon: DateLexicon) -> Tense:
    """What the rest of the sentence says."""
    words = _Words(tokens, lexicon)
    found = (words.at(at) for at in range(end, words.finish(end)))
    return next((tense for tense in found if tense is not None), Tense.UNKNOWN)


class _Words:
    def __init__(self, tokens: Tokens, lexicon: DateLexicon) -> None:
        self.tokens = tokens
        self.word = tokens.word
        self.lists = lexicon.tense

    def begin(self, at: int) -> int:
        """The first token of the sentence."""
        low = max(0, at - SENTENCE)
        for index in range(at - 1, low - 1, -1):
            if self._stops(index):
                return index + 1
        return low

    def finish(self, at: int) -> int:
        """The index after the last token of the sentence."""
        high = min(len(self.tokens.low), at + SENTENCE)
        return next((index for index in range(at, high) if self._stops(index)), high)

    def _stops(self, at: int) -> bool:
        word = self.word(at)
        if word in STOPS or word.startswith("\n"):
            return True
        if word != "." or self.tokens.touches(at) or self.tokens.raw(at + 1).islower():
            return False
        before = self.tokens.raw(at - 1)
        short = len(before) <= ABBREVIATION and before[:1].isupper() and not before.isdecimal()
        return not short or (
            self.tokens.is_capital(at + 1) and len(before) > 1 and before.isalpha() and not before.istitle()
        )

    def scheduled(self, first: int) -> Tense | None:
        """Future where "planned for", "due on", "adjourned until" or the like stands right before."""
        for at in range(first - 1, first - 4, -1):
            if self.word(at) in self.lists["scheduled"]:
                dropped = self.word(at - 1) in ("originally", "initially", "previously", "earlier", "first")
                return Tense.PAST if dropped else Tense.FUTURE
        link = first if self.word(first) in ("until", "till", "by", "through") else first - 1
        if self.word(link) in ("until", "till", "to", "by", "of", "through"):
            near = (self.word(at) for at in range(link - 1, link - 1 - MOVE_REACH, -1))
            return Tense.FUTURE if any(word in self.lists["moved"] for word in near) else None
        return None

    def qualifies_noun(self, first: int, end: int, lexicon: DateLexicon) -> bool:
        """ "a June 20 tweet", "the April decision": the verb says nothing of their time."""
        dated = any(self.word(at) in lexicon.months for at in range(first, end))
        after = self.word(end)
        if not dated or self.word(first - 1) not in lexicon.words["determiners"] or not after.isalpha():
            return False
        return not (after in self.lists["functions"] or after in self.lists["future"] or after in self.lists["past"])

    def opened_clause(self, first: int, end: int) -> Tense | None:
        """The tense of a clause that the date opens: "..., but on Friday the court will"."""
        at = first - 1
        at -= self.word(at) in ("in", "on", "by", "at", "from", "since", "until")
        joined = self.word(at) in ("and", "but", "while", "whereas")
        at -= joined
        if self.word(at) not in (",", ";", ":", "—", "–") or not (joined or self.word(at) != ","):
            return None
        found = (self.at(index) for index in range(end, min(self.finish(end), end + CLAUSE)))
        return next((tense for tense in found if tense is not None), Tense.UNKNOWN)

    def finite(self, at: int) -> Tense | None:
        """The tense of an auxiliary that follows at once."""
        word = self.word(at)
        if word in ("will", "would", "shall", "could", "may", "might", "should"):
            return None if self.tokens.is_capital(at) else Tense.FUTURE
        if word in ("was", "were", "had", "has", "have", "did"):
            return Tense.PAST
        opens = at == 1 or self._stops(at - 2)  # "Friday is the last day"
        if word in ("is", "are") and (opens or self.word(at + 1) in self.lists["future_cues"]):
            return Tense.FUTURE
        return None

    def at(self, at: int) -> Tense | None:
        """What one word says, None where it says nothing."""
        word = self.word(at)
        if word == "to":
            return self._infinitive(at)
        if word in self.lists["future"]:
            named = self.tokens.is_capital(at) and word in ("may", "will", "can", "might")
            return None if named and (word == "may" or self.tokens.is_capital(at + 1)) else Tense.FUTURE
        if word in self.lists["past"]:
            ahead = word == "have" and (
                self.word(at - 1) in self.lists["future"] or self.word(at - 2) in self.lists["future"]
            )
            return Tense.FUTURE if ahead or (word == "have" and self.word(at - 1) == "to") else Tense.PAST
        if self._follows_modal(at):
            return None  # "will come", "to put": what stands before decides
        if word in self.lists["past_verbs"] or word in self.lists["promising"] or self._is_past_form(word, at):
            return self._participle(at)
        if word in self.lists["future_cues"]:
            return Tense.FUTURE
        if word in self.lists["timetable"]:
            return self._timetable(at)
        if word.endswith("ing") and len(word) > 4:
            return self._progressive(at)
        return None

    def _follows_modal(self, at: int) -> bool:
        before = self.word(at - 1)
        return before == "to" or (before in self.lists["future"] and not self.tokens.is_capital(at - 1))

    def _is_past_form(self, word: str, at: int) -> bool:
        lists = self.lists
        return (
            word.endswith("ed")
            and len(word) > 3
            and word not in lists["not_past"]
            and word not in lists["future_cues"]
            and not self.tokens.is_capital(at)
        )

    def _participle(self, at: int) -> Tense:
        """ "was signed", "signed": past; "to be signed", "will be signed": as what stands before."""
        for index in range(at - 1, max(at - 4, -1), -1):
            if self.word(index) in ("be", "stay", "remain", "get", "become", "keep"):
                before = next((self.at(i) for i in range(index - 1, max(index - 4, -1), -1) if self.at(i)), None)
                return before or Tense.FUTURE
            if self.word(index) not in (
                "jointly",
                "formally",
                "officially",
                "fully",
                "finally",
                "not",
                "being",
            ) and not self.word(index).endswith("ly"):
                break
        return Tense.PAST

    def _infinitive(self, at: int) -> Tense | None:
        verb = self.word(at + 1)
        if (
            not verb.isalpha()
            or self.tokens.is_capital(at + 1)
            or verb in self.lists["noun_after_to"]
            or verb.endswith(("ing", "ed"))
        ):
            return None
        if self.word(at - 1) in ("was", "were"):
            return Tense.FUTURE
        for index in range(at - 1, max(at - INFINITIVE_REACH, self.begin(at) - 1), -1):
            word = self.word(index)
            if word in self.lists["future_cues"] and self.word(index - 1) == "had":
                return Tense.PAST
            ahead = word in self.lists["future_cues"] or word in self.lists["future"] or word in self.lists["promising"]
            if ahead or word in ("is", "are"):
                return Tense.FUTURE
            if word in ("has", "have"):
                continue  # "has until Friday to answer"
            if word in self.lists["past"] or word in self.lists["past_verbs"] or self._is_past_form(word, index):
                return Tense.PAST
        return Tense.FUTURE

    def _timetable(self, at: int) -> Tense | None:
        before = self.word(at - 1)
        if before in ("to", "will", "would", "a", "an", "the", "of", "their", "its", "his", "'"):
            return None
        return Tense.FUTURE

    def _progressive(self, at: int) -> Tense | None:
        for index in range(at - 1, max(at - 3, -1), -1):
            word = self.word(index)
            if word in ("is", "are", "am", "re", "m"):
                return Tense.FUTURE
            if word in ("was", "were", "been"):
                return Tense.PAST
        return None


MODALS = frozenset({"will", "would", "shall", "should", "may", "might", "can", "could", "must"})
PREDICATES = frozenset({"VERB", "AUX"})


class ParseTense:
    """The tense of dates in a parse, from the verb that governs them."""

    def __init__(self, parse: Doc, lexicon: DateLexicon) -> None:
        self._tokens = [token for token in parse if not token.is_space]
        self._starts = [token.idx for token in self._tokens]
        self._lists = lexicon.tense

    def at(self, start: int, end: int) -> Tense:
        """The tense around characters start..end; unknown where no verb governs them."""
        inside = self._tokens[bisect_right(self._starts, start) - 1 : bisect_left(self._starts, end)]
        if not inside:
            return Tense.UNKNOWN
        top = next((token for token in inside if token.head.i == token.i or token.head not in inside), inside[-1])
        for token in [top, *top.ancestors]:
            if token.pos_ in PREDICATES and token not in inside:
                found = self._of_verb(token)
                if found is not Tense.UNKNOWN:
                    return found
            elif token.lower_ in self._lists["future_cues"] and token not in inside:
                return Tense.FUTURE
        return Tense.UNKNOWN

    def _of_verb(self, verb: Token) -> Tense:
        helpers = [child for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop")]
        words = {child.lower_ for child in helpers}
        if words & MODALS or words & {"’ll", "'ll", "wo"}:
            return Tense.FUTURE
        tenses = {tense for token in (verb, *helpers) for tense in token.morph.get("Tense")}
        forms = verb.morph.get("VerbForm")
        if "Past" in tenses and not ("to" in words):
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
