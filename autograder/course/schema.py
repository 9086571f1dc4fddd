"""JSON Schema of the authored files, for editors.

A new kind of file needs one line in `MODELS`: the module and the class that describe it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import msgspec

MODELS = {
    "course": ("autograder.course.model", "CourseFile"),
    "exercise": ("autograder.course.model", "ExerciseFile"),
    "exercise-texts": ("autograder.course.translation", "ExerciseTexts"),
    "checks-texts": ("autograder.course.translation", "ChecksTexts"),
    "answers": ("autograder.course.drill_key", "AnswerKey"),
    "quiz": ("autograder.course.quiz_model", "QuizFile"),
    "policy": ("autograder.course.policy_model", "PolicyFile"),
    "figures": ("autograder.course.list_models", "Figure"),
    "equivalent-mutants": ("autograder.course.list_models", "Equivalent"),
}
#: Files that hold a list of what their model describes.
LISTS = frozenset({"figures", "equivalent-mutants"})


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one kind of file, a key of `MODELS`."""
    module, name = MODELS[kind]
    described = msgspec.json.schema(getattr(import_module(module), name), schema_hook=_own_text)
    definitions = described["$defs"]
    for part in definitions.values():
        for key in part.get("properties", {}).values():
            if "enum" in key:  # the word that tells kinds of questions apart is no field of the class
                key.setdefault("description", part["description"])
    own = definitions.pop(name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"type": "array", "items": own} if kind in LISTS else own),
        "$defs": definitions,
    }


def _own_text(_: type) -> dict[str, Any]:
    """Return the schema of an expression, the one kind of text with rules of its own; it may be a bare number."""
    return {"type": ["string", "number"]}
