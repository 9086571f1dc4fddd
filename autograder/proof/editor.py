"""Files for VS Code in a course's folder: which schema each YAML file has, and tasks whose messages lead to a line.

It must not know how a command line is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from autograder.course.schema import MODELS, schema

FOLDER = ".vscode"
#: By kind of file, where such files are in a course.
_PLACES: dict[str, list[str]] = {
    "course": ["course.yaml"],
    "exercise": ["exercises/*/exercise.yaml"],
    "exercise-texts": ["exercises/*/exercise.*.yaml"],
    "checks-texts": ["solutions/*/checks.*.yaml"],
    "answers": ["solutions/*/answers.yaml"],
    "quiz": ["quizzes/*.yaml"],  # a translation may be partial
    "policy": ["policy.yaml"],
    "figures": ["solutions/*/figures.yaml"],
    "equivalent-mutants": ["solutions/*/equivalent-mutants.yaml"],
}
#: `exercise-04/tanh_jacobian.py:8: what is wrong`, at the beginning of a line or of what is told of one check.
_PATTERN = r"^\s*(\S.*?\.(?:py|ipynb|yaml|yml|md)):(\d+): (.*)$"
_MATCHER = {
    "owner": "gradecheck",
    "source": "gradecheck",
    "severity": "error",
    "fileLocation": ["autoDetect", "${workspaceFolder}"],
    "pattern": {"regexp": _PATTERN, "file": 1, "line": 2, "message": 3},
}


def files(*, author: bool) -> Iterator[tuple[str, str]]:
    """Yield each file's path in the course's folder, and its text; schemas are for authors alone."""
    yield f"{FOLDER}/tasks.json", _json({"version": "2.0.0", "tasks": list(_tasks(author))})
    if not author:
        return
    yield f"{FOLDER}/settings.json", _json({"yaml.schemas": {_schema(kind): _PLACES[kind] for kind in MODELS}})
    for kind in MODELS:
        yield _schema(kind), _json(schema(kind))


def _schema(kind: str) -> str:
    return f"{FOLDER}/schemas/{kind}.json"


def _tasks(author: bool) -> Iterator[dict[str, Any]]:
    yield _task("grade this file", "run", "${file}", "--all", "--no-pager") | {
        "group": {"kind": "test", "isDefault": True}
    }
    if author:
        yield _task("validate the course", "validate")


def _task(label: str, *arguments: str) -> dict[str, Any]:
    """A task of the Python that the editor has chosen; -P: what lies in the folder doesn't stand in its way."""
    return {
        "label": f"gradecheck: {label}",
        "type": "process",
        "command": "${command:python.interpreterPath}",
        "args": ["-P", "-m", "gradecheck_course", *arguments],
        "options": {"cwd": "${workspaceFolder}"},
        "presentation": {"clear": True, "reveal": "always"},
        "problemMatcher": _MATCHER,
    }


def _json(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
