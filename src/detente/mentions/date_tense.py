"""Whether the words around a date look back or ahead."""

from detente.codebook.dates import DateLexicon
from detente.mentions.date_nodes import Tense
from detente.mentions.date_tokens import Tokens

STOPS = frozenset({"!", "?", ";"})
SENTENCE = 45  # words looked at on either side
INFINITIVE_REACH = 7  # words before "to" that may govern the infinitive
MOVE_REACH = 8  # words before "until" or "to" that may name what is moved
LIMIT_REACH = 9  # words before "until", which hardly means anything else
CLAUSE = 10  # words that a clause takes to show its verb
NOUN = 3  # words after "the February" in which its noun and verb must stand
HELD_REACH = 6  # words before "planned" that may say that it was held
HELPERS = 4  # words before "be" that may hold its auxiliary
ASIDE = frozenset({"at", "in", "after", "during", "before", "since", "by"})  # before what something was asked at
SHORTEST_PAST = 3  # letters: "red", "bed"
CLAUSE_MARKS = frozenset({",", ";", ":", "—", "–"})
COMES = frozenset({"come", "comes"})
FOLLOWING = frozenset({"after", "as", "amid", "because", "despite"})
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
    found = (
        words.fell_through(end)
        or words.scheduled(first)
        or words.closed_relative(first, end)
        or words.finite(end)
        or words.opened_clause(first, end)
        or words.in_condition(first)
        or words.asked_for(first)
    )
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
        self.months = lexicon.months

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

    def _is_off(self, at: int) -> bool:
        """Whether the sentence puts off or calls off what is scheduled, or it "had been" scheduled."""
        if self.word(at - 2) == "had" and self.word(at - 1) == "been":
            return True
        words = (self.word(index) for index in range(self.begin(at), self.finish(at)))
        return not self.lists["called_off"].isdisjoint(words)

    def fell_through(self, end: int) -> Tense | None:
        """Past before what did not come about: "talks planned for Friday did not take place"."""
        denial = [word for word in map(self.word, range(end, end + HELPERS)) if word not in ("'", "t", "not")]
        denied = denial[:1] in (["did"], ["didn"], ["never"])
        return Tense.PAST if denied and denial[1] in self.lists["fell_through"] else None

    def is_held(self, at: int) -> bool:
        """Whether "planned" says of what was held that it had been planned: "attended a long-planned summit"."""
        if self.word(at) not in self.lists["planned_of_noun"] or not self.word(at + 1).isalpha():
            return False
        for index in range(at - 1, max(at - HELD_REACH, self.begin(at)) - 1, -1):
            if self.word(index) in self.lists["held"] or self._took_part(index):
                return not self._follows_modal(index)
            if self.word(index) in CLAUSE_MARKS or self._is_past_form(index):
                return False
        return False

    def _took_part(self, at: int) -> bool:
        return self.word(at) == "part" and self.word(at - 1) in self.lists["took_part"] and self.word(at + 1) == "in"

    def in_condition(self, first: int) -> Tense | None:
        """Future behind "if" and "unless", in the past too: "would leave if the ban was not lifted by June"."""
        for at in range(first - 1, max(self.begin(first), first - CLAUSE) - 1, -1):
            if self.word(at) in self.lists["conditions"]:
                return Tense.FUTURE
            if self.word(at) in CLAUSE_MARKS or self.word(at) in ("had", "has", "have"):
                return None
        return None

    def asked_for(self, first: int) -> Tense | None:
        """Future behind what someone is invited to or asks for: "invited him for a visit in May"."""
        noun = first - 1 - (self.word(first - 1) in self.lists["prepositions"])
        while noun > first - CLAUSE and self.word(noun) not in self.lists["meetings"]:
            if self.word(noun) in CLAUSE_MARKS or self.word(noun) in self.lists["past"] or self._is_past_form(noun):
                return None
            noun -= 1
        between = [self.word(at) for at in range(max(self.begin(first), noun - CLAUSE), noun)]
        asked = max((i for i, word in enumerate(between) if word in self.lists["promising"]), default=None)
        if self.word(noun) not in self.lists["meetings"] or asked is None:
            return None
        if ASIDE.intersection(between[asked:]):
            return None
        return Tense.FUTURE if "for" in between[asked:] or self.word(first) in self.months else None

    def scheduled(self, first: int) -> Tense | None:
        """Future where "planned for", "due on", "adjourned until" or the like stands right before."""
        for at in range(first - 1, first - 4, -1):
            if self.word(at) in self.lists["scheduled"]:
                if self.is_held(at):
                    return Tense.PAST
                dropped = self.word(at - 1) in self.lists["dropped"]
                if not dropped and self.word(first) in self.months and self._is_off(at):
                    return Tense.UNKNOWN  # "the round due in October was put off": the nearer one
                return Tense.PAST if dropped else Tense.FUTURE
        link = first if self.word(first) in self.lists["moved_to"] else first - 1
        if self.word(link) in self.lists["moved_to"]:
            reach = MOVE_REACH if self.word(link) == "to" else LIMIT_REACH
            near = (self.word(at) for at in range(link - 1, link - 1 - reach, -1))
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
        at -= self.word(at) in self.lists["prepositions"]
        joined = self.word(at) in self.lists["clause_joins"]
        at -= joined
        if self.word(at) not in CLAUSE_MARKS or (self.word(at) == "," and not joined):
            return None
        found = (self.at(index) for index in range(end, min(self.finish(end), end + CLAUSE)))
        return next((tense for tense in found if tense is not None), Tense.UNKNOWN)

    def closed_relative(self, first: int, end: int) -> Tense | None:
        """Past where the date ends a clause of the subject: "The truce (that they) agreed in Lima on Friday will"."""
        if self.finite(end) is None:
            return None
        for at in range(first - 1, max(first - CLAUSE, self.begin(first)) - 1, -1):
            if self.word(at) in CLAUSE_MARKS:
                return None
            if self._is_past_form(at) and not self._follows_modal(at):
                told = self.word(at) in self.lists["said"]  # "said Friday will be calm"
                own = self.word(at + 1) in self.lists["prepositions"] or (at == first - 1 and not told)
                return Tense.PAST if own and self._participle(at) is Tense.PAST else None
        return None

    def finite(self, at: int) -> Tense | None:
        """The tense of an auxiliary that follows at once."""
        word = self.word(at)
        if word in self.lists["modals"]:
            return None if self.tokens.is_capital(at) else Tense.FUTURE
        if word in self.lists["past_helpers"]:
            return Tense.PAST
        opens = at == 1 or self._stops(at - 2)  # "Friday is the last day"
        if word in ("is", "are") and (opens or self.word(at + 1) in self.lists["future_cues"]):
            return Tense.FUTURE
        return None

    def at(self, at: int) -> Tense | None:
        """What one word says, None where it says nothing."""
        word, lists = self.word(at), self.lists
        if word == "to":
            return self._infinitive(at)
        if word in lists["future"] or word in lists["past"]:
            return self._helper(at)
        if self._follows_modal(at) or self.word(at - 1) in lists["helping"]:
            return None  # "will come", "to put", "helped take": what stands before decides
        if self._is_past_form(at) or self.is_held(at):
            return self._participle(at) if self._is_past_form(at) else Tense.PAST
        passed = word in lists["passing"] and self._is_past_form(at + 1)  # "Sunday's deadline passed"
        # "By 158 votes to 121": what is counted is no verb.
        counted = self.word(at - 1).isdigit() or self.word(at - 1) in lists["noun_signs"]
        timed = word in lists["timetable"] and not counted and not self._occasion(at)
        if timed or (word in lists["future_cues"] and not passed):
            return Tense.FUTURE
        return self._progressive(at) if word.endswith("ing") else None

    def _occasion(self, at: int) -> bool:
        """Whether something that comes only follows what was done: "the visit comes after", "comes days after"."""
        return self.word(at) in COMES and (self.word(at + 1) in FOLLOWING or self.word(at + 2) == "after")

    def _helper(self, at: int) -> Tense | None:
        """The tense of "will", "was", "will have"; nothing for May, Will and the like where they are names."""
        if self.word(at) in self.lists["past"]:
            ahead = self.word(at) == "have" and (self._follows_modal(at) or self.word(at - 2) in self.lists["future"])
            return Tense.FUTURE if ahead else Tense.PAST
        if not self.tokens.is_capital(at) or self.word(at) not in self.lists["names"]:
            return Tense.FUTURE
        return None if self.word(at) == "may" or self.tokens.is_capital(at + 1) else Tense.FUTURE

    def _follows_modal(self, at: int) -> bool:
        before = self.word(at - 1)
        return before == "to" or (before in self.lists["future"] and not self.tokens.is_capital(at - 1))

    def _is_past_form(self, at: int) -> bool:
        word, lists = self.word(at), self.lists
        if word in lists["past_verbs"] or word in lists["promising"]:
            return True
        regular = word.endswith("ed") and len(word) > SHORTEST_PAST and not self.tokens.is_capital(at)
        return regular and word not in lists["not_past"] and word not in lists["future_cues"]

    def _participle(self, at: int) -> Tense:
        """ "was signed", "signed": past; "to be signed", "will be signed": as what stands before."""
        index = at - 1
        while self.word(index).endswith("ly") or self.word(index) in ("not", "being"):
            index -= 1
        if self.word(index) not in self.lists["base_be"]:
            return Tense.PAST
        before = (found for i in range(index - 1, index - HELPERS, -1) if (found := self.at(i)))
        return next(before, Tense.FUTURE)

    def _infinitive(self, at: int) -> Tense | None:
        """ "plans to meet", "Trump to meet": ahead; "failed to meet": back."""
        if not self._is_verb(at + 1):
            return None
        if self.word(at - 1) in ("was", "were"):
            return Tense.FUTURE
        for index in range(at - 1, max(at - INFINITIVE_REACH, self.begin(at) - 1), -1):
            found = self._governs_infinitive(index)
            if found is not None:
                return found
        return Tense.FUTURE

    def _is_verb(self, at: int) -> bool:
        """Whether the word after "to" may be a verb, not "to Beijing" or "to the talks"."""
        word = self.word(at)
        headline = self.tokens.is_capital(at - 1)  # "Leaders To Meet Friday"
        plain = word.isalpha() and (headline or not self.tokens.is_capital(at)) and not word.endswith(("ing", "ed"))
        return plain and word not in self.lists["noun_after_to"]

    def _governs_infinitive(self, at: int) -> Tense | None:
        word, lists = self.word(at), self.lists
        if word in ("has", "have"):
            return None  # "has until Friday to answer"
        if (
            word in lists["future_cues"]
            or word in lists["future"]
            or word in lists["promising"]
            or word in lists["promises"]
            or word in lists["present"]
        ):
            done = self.word(at - 1) == "had" and word in lists["future_cues"]
            return Tense.PAST if done else Tense.FUTURE
        return Tense.PAST if word in lists["past"] or self._is_past_form(at) else None

    def _progressive(self, at: int) -> Tense | None:
        """ "is visiting": ahead; "was visiting": back; a bare -ing form says nothing."""
        for index in (at - 1, at - 2):
            if self.word(index) in self.lists["present"]:
                return Tense.FUTURE
            if self.word(index) in self.lists["past_helpers"]:
                return Tense.PAST
        return None
