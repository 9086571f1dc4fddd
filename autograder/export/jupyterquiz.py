"""A quiz as jupyterquiz's JSON: `display_quiz("products.json")` asks it in a notebook.

It shows one feedback after a click, so each choice has its own. It takes `$` for mathematics and `[…](…)` for a link
wherever they stand: both are written so that they are neither. It knows neither hints nor points, and asks for choices
and numbers alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from autograder.course.quiz_model import Multiple, Number, Single, TrueFalse
from autograder.export.questions import Item, Trap
from autograder.export.subcommand import QuizRequest, of_quiz
from autograder.language import tr


def render(items: Sequence[Item]) -> str:
    """Return the document: a list of questions."""
    return json.dumps([_question(item) for item in items], indent=1, ensure_ascii=False) + "\n"


def _question(item: Item) -> dict[str, Any]:
    if isinstance(item.question, Number):
        return {"question": _safe(item.ask()), "type": "numeric", "answers": _numbers(item)}
    return {
        "question": _safe(item.ask()),
        "type": "many_choice" if isinstance(item.question, Multiple) else "multiple_choice",
        "answers": [
            {"answer": _safe(item.text(choice)), "correct": choice.correct, "feedback": _safe(item.why(choice))}
            for choice in item.choices
        ],
    }


def _numbers(item: Item) -> list[dict[str, Any]]:
    foreseen = [_number(item.key(), correct=True), *(_number(trap, correct=False) for trap in item.traps())]
    said = tr("No mistake that this course knows leads to this number.")
    return [*foreseen, {"type": "default", "feedback": said}]


def _number(trap: Trap, *, correct: bool) -> dict[str, Any]:
    about = {"correct": correct, "feedback": _safe(trap.feedback)}
    if not trap.margin:
        return {"type": "value", "value": trap.number, **about}
    # The upper end of its ranges is left out, ours is in.
    end = math.nextafter(trap.number + trap.margin, math.inf)
    return {"type": "range", "range": [trap.number - trap.margin, end], **about}


def _safe(text: str) -> str:
    return text.replace("$", "&#36;").replace("](", "]&#40;")


@of_quiz()
def subcommand(request: QuizRequest) -> Iterable[str]:
    """jupyterquiz's JSON, for a notebook; without hints and points, and with choices and numbers alone."""
    request.tell_of_no_pools()
    return [render(request.with_room(Single, Multiple, Number, TrueFalse))]
