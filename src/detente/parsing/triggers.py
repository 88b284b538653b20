"""What a sentence must hold for a repair to find anything in it, so that most repairs need not look at most sentences.

A repair without a row here looks at every sentence. A row names words and relations: of each set at least one must be
there. `RepairWords` fields stand for their words. A row must be true whenever its repair changes something; a test
holds each against the sentences of all tests.
"""

import functools
from collections.abc import Callable, Iterable

from detente.codebook.repairs import RepairWords, load_repairs
from detente.parsing import repairs_clauses as clauses
from detente.parsing import repairs_dated as dated
from detente.parsing import repairs_freeing as freeing
from detente.parsing import repairs_holders as holders
from detente.parsing import repairs_hung as hung
from detente.parsing import repairs_lists as lists
from detente.parsing import repairs_names as names
from detente.parsing import repairs_paired as paired
from detente.parsing import repairs_plans as plans
from detente.parsing import repairs_quotes as quotes
from detente.parsing import repairs_reduced as reduced
from detente.parsing import repairs_shared as shared
from detente.parsing import repairs_speech as speech
from detente.parsing import repairs_told as told
from detente.parsing import repairs_verbs as verbs
from detente.parsing.tree import Tree

Rule = Callable[[Tree, int, int, RepairWords], None]
Needs = tuple[frozenset[str], ...]


def _one(*words: str) -> frozenset[str]:
    return frozenset(words)


def forms_of(verb: str) -> tuple[str, ...]:
    """The forms of a regular verb, and some that it has not: "call", "calls", "called", "calling"."""
    stem, double = verb.removesuffix("e"), verb + verb[-1]
    return (verb, f"{verb}s", f"{stem}ed", f"{stem}ing", f"{double}ed", f"{double}ing")


ACL, AMOD, AND = _one("acl"), _one("amod"), _one("and")


def _needs(words: RepairWords) -> dict[Rule, Needs]:
    """The rows."""
    return {**_of_names(words), **_of_verbs(words), **_of_clauses(words), **_of_plans(words)}


def _titles(words: RepairWords) -> frozenset[str]:
    return frozenset({*words.titles, *(f"{title}s" for title in words.titles)})


def _of_names(words: RepairWords) -> dict[Rule, Needs]:
    """The rows of names, quotes and shared subjects."""
    titles = _titles(words)
    return {
        quotes.bind_quoted_modifiers: (quotes.QUOTES,),
        names.bind_syllables: (_one("-"), _one("case")),
        names.read_named_passages: (words.passages, _one(*names.PLACED)),
        names.turn_titles: (titles,),
        names.free_named_subjects: (_one(","), names.LOOSE),
        holders.bind_holders: (frozenset(words.titles), holders.OF),
        holders.bind_counterparts: (titles | {words.counterpart},),
        paired.join_named_with_states: (AND, _one(paired.OF)),
        paired.free_peoples: (AND, _one("conj"), _one(","), _one("case")),
        paired.part_apposed: (_one("conj"), _one("appos"), _one(",")),
        paired.read_given_names: (words.given_names,),
        shared.free_owned_verbs: (AMOD, shared.HAVING, _one("obj")),
        shared.part_called: (_one("obj"), frozenset(form for word in words.naming for form in forms_of(word))),
        shared.lift_against: (_one(shared.AGAINST), shared.ADDRESSING),
        shared.join_first_subjects: (AND, _one("conj")),
        shared.raise_first_verbs: (ACL, AND, shared.FIRST),
        shared.lift_joined_speech: (_one("conj"), _one("ccomp")),
        shared.join_bare_infinitives: (_one("conj"), shared.JOINTS, _one("to"), _one("mark")),
        shared.free_subjected_verbs: (AMOD, _one("nsubj")),
        shared.free_taken_objects: (_one("advcl"), _one("nsubj"), shared.OPENING),
        shared.bind_distributed: (shared.EACH, shared.HAVING),
        quotes.demote_trailing_participle: (_one(":"),),
    }


def _of_verbs(words: RepairWords) -> dict[Rule, Needs]:
    """The rows of verbs and dates."""
    known, pasts = frozenset(words.verbs), frozenset(words.pasts)
    return {
        verbs.mend_infinitives: (_one("to"),),
        verbs.read_predicates_as_verbs: (known | pasts, _one("nsubj")),
        verbs.read_adjectives_as_verbs: (_one("aux"), _one("obj")),
        verbs.find_hidden_verbs: (known,),
        verbs.free_main_clauses: (_one("which"), _one("ccomp"), _one("acl:relcl")),
        verbs.promote_participle: (ACL, _one(".")),
        verbs.promote_aside: (_one("parataxis"), _one("appos")),
        dated.promote_dated_verbs: (ACL, dated.UNMARKED),
        dated.bind_dated_infinitives: (_one("to"), _one("advcl")),
        dated.lift_limited: (dated.LIMITS, _one("to")),
        dated.free_timed_clauses: (dated.OPENING, _one("acl:relcl", "acl"), _one("case")),
        dated.free_since_verbs: (_one("since"), AMOD),
        dated.give_dated_subjects: (dated.JOINTS, dated.LOOSE_CLAUSES),
        dated.join_dated_verbs: (words.days, _one("acl", "advcl"), _one("and")),
        dated.hang_month_days: (words.months, _one("obj")),
        dated.free_clauses_told: (_one("that"), _one("acl:relcl"), _one("iobj")),
        dated.free_told_clauses: (_one("that"), _one("acl:relcl")),
        dated.free_fixed_names: (_one("fixed"), dated.OPENERS),
        verbs.free_infinitives: (_one("to"), _one("compound", "acl")),
        verbs.end_lapsed_plans: (words.planned,),
        reduced.read_phrasals: (frozenset(words.phrasal), frozenset(p for ps in words.phrasal.values() for p in ps)),
        reduced.read_opening_nouns: (frozenset(words.opening), words.whereabouts),
        reduced.read_doings: (words.doings, _one("compound", "det", "amod")),
        reduced.read_gatherings: (frozenset(words.gathering), _one(","), words.whereabouts),
        reduced.lift_between: (_one("between"),),
        reduced.free_told_pasts: (ACL, _one(*reduced.SUBJECTS), _one(",")),
        reduced.turn_reduced: (reduced.LINKS, words.whereabouts),
        verbs.demote_aims: (frozenset(words.aimed),),
        dated.hang_said_days: (words.days, dated.UNMARKED | _one("nsubj")),
        dated.free_adjectival_verbs: (AMOD,),
    }


def _of_clauses(words: RepairWords) -> dict[Rule, Needs]:
    """The rows of clauses and lists."""
    known = frozenset(words.verbs)
    return {
        clauses.free_swallowed_verbs: (clauses.INSIDE | known,),
        clauses.promote_modifiers: (AMOD, _one(".")),
        clauses.finish_participles: (ACL, _one("obj")),
        clauses.bind_gerund_subjects: (ACL, _one("nmod")),
        clauses.free_weekdays: (words.days, _one("on")),
        clauses.part_weekdays: (words.days, _one("on")),
        clauses.free_countdowns: (words.units, _one("before", "after")),
        clauses.join_split_subjects: (_one("cc"), _one("obl"), clauses.CLAUSE_WORDS),
        clauses.free_active_subjects: (_one("nsubj:pass"), clauses.PERFECT),
        clauses.join_between: (_one("between"), AND),
        clauses.pair_between: (_one("between"), _one("conj")),
        clauses.give_hyphened_subjects: (_one("-"), _one("compound")),
        clauses.bind_whose: (_one("whose"),),
        lists.read_neighbours: (words.adjoining,),
        lists.share_adjectives: (AND, _one("amod", "compound")),
        lists.list_names: (_one(","), AND),
        lists.promote_related: (_one("acl:relcl"), _one("parataxis", "conj")),
        lists.free_clause_subjects: (clauses.CLAUSE_WORDS, _one("case")),
        lists.find_numbered_objects: (lists.ABOUT, _one("obl")),
        lists.part_hours: (words.units,),
        lists.read_up_to: (_one("up"), _one("to")),
        lists.hang_named_aside: (_one("acl:relcl"), _one(",")),
        lists.hang_plans: (_one("to"), words.plans),
        lists.hang_calls: (_one("to"), ACL),
        plans.lift_agreed: (_one("to"), ACL, plans.MEETING_IN),
    }


def _of_plans(words: RepairWords) -> dict[Rule, Needs]:
    """The rows of plans, of speech and of what hangs wrongly."""
    titles = _titles(words)
    return {
        plans.read_due: (_one(words.due), _one("case")),
        plans.free_due: (_one(words.due), plans.BEING),
        hung.bind_fixed: (_one("non"),),
        hung.bind_particles: (hung.PARTICLES, _one("advmod")),
        hung.part_spans: (words.units,),
        hung.part_joined_names: (AND, _one("compound")),
        hung.promote_told_verbs: (ACL, _one(".")),
        hung.free_perfect_verbs: (AMOD, _one("aux")),
        hung.free_titled_subjects: (_one("flat", "appos"), _one(",")),
        hung.raise_cases: (_one("nmod:desc"), _one("case")),
        hung.hang_doers: (_one("by"),),
        speech.give_orders: (_one("to"), speech.INFINITIVES, _one("obj", "iobj")),
        speech.free_reported_subjects: (_one("obj"), _one("ccomp")),
        speech.find_able_subjects: (_one("expl"), words.able),
        speech.hang_trailing_speech: (words.speaking,),
        hung.find_counted_objects: (hung.COUNTED, _one("nummod")),
        hung.hang_partners: (_one("with"), _one("nmod")),
        hung.open_relatives: (ACL,),
        speech.free_trailing_tellers: (_one(","), speech.HUNG_BEHIND),
        hung.free_worth: (_one("worth"),),
        plans.end_called_off: (words.planned, plans.BEFORE_DATES, plans.SUBJECTS),
        plans.free_orders: (_one("to"), AMOD, _one("appos", "obj")),
        plans.name_visitors: (titles, _one("by"), _one("obj")),
        plans.bind_relatives: (_one("that"), _one("ccomp", "acl:relcl"), _one("obj")),
        plans.read_plans_as_verbs: (words.verbs_of_plans, _one("to"), ACL),
        plans.free_let_verbs: (words.letting, _one("acl:relcl"), _one("ccomp")),
        plans.hang_holds: (words.holds, _one("on"), _one("obj")),
        told.nest_told_relatives: (told.RELATIVES, _one("acl:relcl")),
        told.promote_blaming: (ACL, _one("appos", "compound")),
        told.hang_inverted_tags: (
            _one(","),
            told.JOINED,
            _one("obj"),
            frozenset(form for word in words.tagging for form in forms_of(word)),
        ),
        freeing.bind_let_go: (words.releasing, words.going),
        freeing.bind_home: (words.outcomes, freeing.MODIFIER),
        freeing.bind_dead: (words.felled, words.felling),
        freeing.read_titled_pasts: (words.titles, _one("amod", "compound")),
    }


class Triggers:
    """Says which repairs a sentence can need."""

    def __init__(self, rules: Iterable[Rule], words: RepairWords) -> None:
        rows = _needs(words)
        every = dict.fromkeys(need for row in rows.values() for need in row)
        numbers = {need: 1 << number for number, need in enumerate(every)}
        self._of_word: dict[str, int] = {}  # the sets that a word or relation is in, a bit for each
        for need, bit in numbers.items():
            for word in need:
                self._of_word[word] = self._of_word.get(word, 0) | bit
        self.rules = tuple((rule, sum(numbers[need] for need in rows.get(rule, ()))) for rule in rules)

    def given(self, found: Iterable[str]) -> int:
        """The sets of which these words or relations hold one, a bit for each."""
        given = 0
        for word in self._of_word.keys() & found:
            given |= self._of_word[word]
        return given


@functools.cache
def load_triggers(rules: tuple[Rule, ...]) -> Triggers:
    """The triggers of these repairs."""
    return Triggers(rules, load_repairs())
