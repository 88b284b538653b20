"""Mends what the parser gets wrong in news, by construction.

Each rule looks at one sentence and changes heads, relations and word classes where the words and the parse together
show that a construction was misread. Rules are cheap: they look for a trigger before they look at the tree.
"""

from detente.codebook.repairs import load_repairs
from detente.parsing.doc import Doc
from detente.parsing.repairs_clauses import (
    bind_gerund_subjects,
    bind_stranded,
    bind_whose,
    finish_participles,
    free_active_subjects,
    free_countdowns,
    free_swallowed_verbs,
    free_weekdays,
    give_hyphened_subjects,
    join_bare_verbs,
    join_between,
    join_named,
    join_split_subjects,
    pair_between,
    part_weekdays,
    promote_modifiers,
)
from detente.parsing.repairs_dated import (
    bind_dated_infinitives,
    free_adjectival_verbs,
    free_clauses_told,
    free_fixed_names,
    free_since_verbs,
    free_timed_clauses,
    free_told_clauses,
    give_dated_subjects,
    hang_month_days,
    hang_said_days,
    join_dated_verbs,
    lift_limited,
    promote_dated_verbs,
)
from detente.parsing.repairs_freeing import bind_dead, bind_home, bind_let_go, read_titled_pasts
from detente.parsing.repairs_holders import bind_counterparts, bind_holders
from detente.parsing.repairs_hung import (
    bind_fixed,
    bind_particles,
    find_counted_objects,
    free_perfect_verbs,
    free_titled_subjects,
    free_worth,
    hang_doers,
    hang_partners,
    open_relatives,
    part_joined_names,
    part_spans,
    promote_told_verbs,
    raise_cases,
)
from detente.parsing.repairs_lists import (
    find_bare_objects,
    find_numbered_objects,
    free_clause_subjects,
    hang_calls,
    hang_named_aside,
    hang_plans,
    list_names,
    name_in_quotes,
    part_hours,
    promote_related,
    read_neighbours,
    read_up_to,
    share_adjectives,
)
from detente.parsing.repairs_names import (
    bind_syllables,
    free_named_subjects,
    join_names,
    list_subjects,
    read_named_passages,
    turn_titles,
)
from detente.parsing.repairs_paired import free_peoples, join_named_with_states, part_apposed, read_given_names
from detente.parsing.repairs_plans import (
    bind_relatives,
    end_called_off,
    free_due,
    free_let_verbs,
    free_orders,
    hang_holds,
    lift_agreed,
    name_visitors,
    read_due,
    read_plans_as_verbs,
)
from detente.parsing.repairs_quotes import bind_quoted_modifiers, demote_trailing_participle
from detente.parsing.repairs_reduced import (
    free_told_pasts,
    lift_between,
    read_doings,
    read_gatherings,
    read_opening_nouns,
    read_phrasals,
    turn_reduced,
)
from detente.parsing.repairs_shared import (
    bind_distributed,
    free_owned_verbs,
    free_subjected_verbs,
    free_taken_objects,
    join_bare_infinitives,
    join_first_subjects,
    lift_against,
    lift_joined_speech,
    part_called,
    raise_first_verbs,
)
from detente.parsing.repairs_speech import (
    find_able_subjects,
    free_reported_subjects,
    free_trailing_tellers,
    give_orders,
    hang_trailing_speech,
)
from detente.parsing.repairs_told import hang_inverted_tags, nest_told_relatives, promote_blaming
from detente.parsing.repairs_verbs import (
    demote_aims,
    end_lapsed_plans,
    find_hidden_verbs,
    free_infinitives,
    free_main_clauses,
    mend_infinitives,
    promote_aside,
    promote_participle,
    read_adjectives_as_verbs,
    read_behind_modals,
    read_predicates_as_verbs,
    read_progressives,
)
from detente.parsing.tree import Tree
from detente.parsing.triggers import Rule, load_triggers

RULES: tuple[Rule, ...] = (
    bind_quoted_modifiers,
    join_names,
    read_named_passages,
    bind_syllables,
    read_given_names,
    turn_titles,
    bind_holders,
    bind_counterparts,
    join_named_with_states,
    part_apposed,
    mend_infinitives,
    list_subjects,
    read_behind_modals,
    read_phrasals,
    read_opening_nouns,
    read_doings,
    read_gatherings,
    lift_between,
    read_progressives,
    read_predicates_as_verbs,
    read_adjectives_as_verbs,
    find_hidden_verbs,
    free_infinitives,
    free_main_clauses,
    promote_participle,
    promote_aside,
    promote_dated_verbs,
    bind_dated_infinitives,
    free_fixed_names,
    free_clauses_told,
    free_told_clauses,
    demote_aims,
    end_called_off,
    end_lapsed_plans,
    turn_reduced,
    free_told_pasts,
    free_since_verbs,
    demote_trailing_participle,
    free_swallowed_verbs,
    give_dated_subjects,
    hang_said_days,
    join_dated_verbs,
    hang_month_days,
    promote_modifiers,
    read_neighbours,
    free_peoples,
    share_adjectives,
    list_names,
    promote_related,
    free_clause_subjects,
    finish_participles,
    bind_gerund_subjects,
    free_weekdays,
    part_weekdays,
    free_countdowns,
    join_split_subjects,
    free_active_subjects,
    join_named,
    join_between,
    pair_between,
    join_bare_verbs,
    give_hyphened_subjects,
    bind_whose,
    bind_stranded,
    free_adjectival_verbs,
    bind_fixed,
    bind_particles,
    part_spans,
    part_joined_names,
    promote_told_verbs,
    free_perfect_verbs,
    free_named_subjects,
    free_titled_subjects,
    raise_cases,
    hang_doers,
    give_orders,
    free_reported_subjects,
    find_able_subjects,
    hang_trailing_speech,
    free_owned_verbs,
    part_called,
    lift_against,
    join_first_subjects,
    raise_first_verbs,
    lift_joined_speech,
    join_bare_infinitives,
    free_subjected_verbs,
    free_taken_objects,
    bind_distributed,
    find_counted_objects,
    find_numbered_objects,
    hang_partners,
    part_hours,
    read_up_to,
    name_in_quotes,
    find_bare_objects,
    hang_named_aside,
    hang_plans,
    hang_calls,
    lift_agreed,
    open_relatives,
    free_trailing_tellers,
    free_worth,
    hang_holds,
    free_orders,
    read_due,
    free_due,
    name_visitors,
    bind_relatives,
    nest_told_relatives,
    hang_inverted_tags,
    promote_blaming,
    free_timed_clauses,
    lift_limited,
    bind_let_go,
    bind_home,
    bind_dead,
    read_titled_pasts,
    read_plans_as_verbs,
    free_let_verbs,
)


def mend(doc: Doc) -> None:
    """Changes the heads and relations of `doc` where a construction of news was misread."""
    tree = Tree(doc)
    for sentence in doc.sents:
        mend_sentence(tree, sentence.start, sentence.end)
    tree.write()


def mend_sentence(tree: Tree, start: int, end: int) -> None:
    """Applies each rule that can find something in the tokens start..end (half-open)."""
    words, triggers = load_repairs(), load_triggers(RULES)
    given = triggers.given({*tree.words[start:end], *tree.deps[start:end]})
    for rule, needed in triggers.rules:
        if needed & ~given:
            continue
        before = len(tree.replaced)
        rule(tree, start, end, words)
        if len(tree.replaced) > before:
            if tree.has_circle(start, end):
                tree.take_back(before)
            given |= triggers.given(tree.deps[start:end])
