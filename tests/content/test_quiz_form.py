"""What a quiz must not give away by its form, and how much each explanation says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from autograder.course import CourseRoot, load_course, load_quiz
from autograder.course.quiz_model import Single
from autograder.quiz.variant import Variant, variant
from tests.command import REPOSITORY

COURSE = load_course(CourseRoot.at(REPOSITORY))
FEWEST_WORDS = 12


def drawn(quiz_id: str) -> Iterator[tuple[Variant, bool]]:
    """Each question of a quiz as one student gets it, and whether it has one right choice."""
    for question in load_quiz(COURSE, quiz_id).questions:
        yield variant(question, 0, quiz_id), isinstance(question, Single)


def likeliest(one: Variant) -> set[str]:
    """The choices that somebody marks who only looks which one has most words in common with the others."""
    words = {choice.id: set(re.findall(r"[\w.]+", choice.text.lower())) for choice in one.choices}
    common = {each: sum(len(words[each] & words[other]) for other in words if other != each) for each in words}
    return {each for each, count in common.items() if count == max(common.values())}


def test_the_choice_with_most_words_in_common_is_hardly_more_often_right_than_any_other() -> None:
    single = [one for quiz_id in COURSE.quiz_ids for one, is_single in drawn(quiz_id) if is_single]
    guesses = [len(one.keys & likeliest(one)) / len(likeliest(one)) for one in single]
    assert sum(guesses) / len(guesses) < 0.3
    assert sum(guess == 1 for guess in guesses) < len(single) / 10


@pytest.mark.parametrize("quiz_id", COURSE.quiz_ids)
def test_every_explanation_says_something(quiz_id: str) -> None:
    for one, _ in drawn(quiz_id):
        told = (
            [choice.why for choice in one.choices] + [trap.why for trap in one.traps] + ([one.right] * bool(one.right))
        )
        assert [text for text in told if len(text.split()) < FEWEST_WORDS] == []
