"""JSON Schema of the authored files, for editors.

A new kind of file needs one line in `MODELS`: the module and the class that describe it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

MODELS = {
    "course": ("autograder.course.model", "CourseFile"),
    "exercise": ("autograder.course.model", "ExerciseFile"),
    "answers": ("autograder.course.answers", "AnswerKey"),
}


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file, a key of `MODELS`."""
    module, name = MODELS[kind]
    model = getattr(import_module(module), name)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
