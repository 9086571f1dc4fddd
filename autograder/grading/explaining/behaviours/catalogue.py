"""The behaviours, in the order in which they are looked for, and what is so of some of them.

It must not know how a claim of theirs is confirmed, or told.
"""

from __future__ import annotations

from types import ModuleType

from autograder.grading.explaining.behaviours import (
    argument_changed,
    argument_ignored,
    argument_returned,
    arguments_permuted,
    constant_answer,
    default_differs,
    entries_reordered,
    entries_wrong,
    exception_among_others,
    exception_at_times,
    exception_differs,
    exception_raised,
    free_form,
    gradient_cut,
    less_precise,
    nondeterministic,
    none_inside,
    number_added,
    number_multiplied,
    other_argument,
    other_axes,
    other_entries,
    other_form,
    other_function,
    other_kind,
    other_mode,
    others_are_right,
    parameter_missing,
    part_wrong,
    parts_misplaced,
    places_for_entries,
    proportional,
    quantity_of_argument,
    remembered,
    scaling,
    settled_entries,
    spelling,
    text_made_plainer,
    too_large,
    warned,
    word_for_word,
    word_for_word_at_times,
)

#: What is plain to see comes first, then what explains most.
BEHAVIOURS: tuple[ModuleType, ...] = (
    parameter_missing,
    remembered,
    nondeterministic,
    exception_differs,
    exception_raised,
    none_inside,
    parts_misplaced,
    other_form,
    argument_changed,
    warned,
    default_differs,
    constant_answer,
    spelling,
    word_for_word,
    other_mode,
    argument_returned,
    places_for_entries,
    less_precise,
    arguments_permuted,
    number_multiplied,
    number_added,
    other_entries,
    other_function,
    quantity_of_argument,
    other_argument,
    argument_ignored,
)
#: What is so of some arguments, with no word on which.
AT_TIMES: tuple[ModuleType, ...] = (exception_at_times,)
#: What is so of a module's gradients, where its plain answers are right.
OF_GRADIENTS: tuple[ModuleType, ...] = (gradient_cut,)
#: What can be so where many answers are right; these hold none against the reference's.
OF_FREE_ANSWERS: tuple[ModuleType, ...] = (
    nondeterministic,
    exception_raised,
    other_kind,
    constant_answer,
    argument_ignored,
)
#: What says of such answers only that a part of them is of another form, or wrong, is said last.
PLACES_OF_FREE_ANSWERS: tuple[ModuleType, ...] = (free_form, settled_entries)
#: What only says where it goes wrong, to which side, or that another kind of thing is wanted, is said last.
PLACES: tuple[ModuleType, ...] = (
    text_made_plainer,
    exception_among_others,
    entries_reordered,
    other_kind,
    other_axes,
    proportional,
    scaling,
    entries_wrong,
    part_wrong,
    others_are_right,
    word_for_word_at_times,
    too_large,
)
#: Those that need two different wrong answers to be believed: of one alone too many things are true.
OF_SEVERAL_ANSWERS = BEHAVIOURS[BEHAVIOURS.index(argument_returned) :]
#: What is so of an answer as a whole, and never of one entry of it alone.
OF_WHOLE_ANSWERS = (
    *BEHAVIOURS[: BEHAVIOURS.index(parts_misplaced)],
    *AT_TIMES,
    argument_changed,
    warned,
    exception_among_others,
)
#: What is told of wrong calls alone: of the same ones, no scope makes anything else.
OF_WRONG_CALLS = (remembered, nondeterministic, argument_changed)
