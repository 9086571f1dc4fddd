"""The hidden checks of an exercise, read without pytest where they can be: its import takes longer than a grading.

A checks.py of plain functions is imported, and its functions are called. Whatever pytest could mean something by (its
name, an `assert` without words, a class, a conftest.py, a case) is left to it: then `read` has no answer, and the same
checks come from `collecting`. It must not know who is asked.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import types
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from autograder.course.program_files import check_id, read_program
from autograder.course.translation import CheckTexts
from autograder.grading.beside_checks import Beside
from autograder.grading.broken import unreadable
from autograder.grading.checking import OFFERED, Check, Trial, mark_and_title
from autograder.grading.endless import EndlessReading, bounded_computing

_NAME = "checks"
#: Files that pytest itself looks for, and words that mean something to it.
_PYTESTS = re.compile(r"^(conftest|test_.*|.*_test)\.py$")
_TO_PYTEST = re.compile(rb"pytest|unittest|__test__")
#: Of functions whose call runs nothing yet.
_NOT_CALLED = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


class PlainChecks:
    """The checks of one checks.py; nothing of them outlasts a submission."""

    def __init__(self, checks: list[Check]) -> None:
        self.checks = checks

    def end(self) -> None:
        """Let go of nothing."""


def read(
    file: Path, programs: frozenset[str] = frozenset(), texts: Mapping[str, CheckTexts] = MappingProxyType({})
) -> PlainChecks | None:
    """Return the checks; None where pytest is needed, if only to say what is wrong.

    Raises BrokenCourse where it computes on and on. `programs`: see `Beside`; `texts` are titles and hints in another
    language, by the check's id.
    """
    file = file.absolute()
    program = read_program(file)
    if program.tree is None or not _asserts_in_words(program.tree) or _wants_pytest(file.parent, programs):
        return None
    beside, module = Beside(file.parent, programs), types.ModuleType(_NAME)
    module.__file__ = str(file)
    try:
        with beside, redirect_stdout(sys.stderr), bounded_computing(reading=True):
            sys.modules[_NAME] = module  # as an import does, for what asks a class of its own where it is from
            exec(compile(program.tree, str(file), "exec", dont_inherit=True), module.__dict__)
    except KeyboardInterrupt:
        raise
    except EndlessReading as endless:
        raise unreadable(file, endless) from None
    except BaseException:  # pytest meets it again, and its author is told where
        return None
    found = {name: value for name, value in vars(module).items() if name.lower().startswith("test")}
    if not all(_is_plain(value, file) for value in found.values()) or not OFFERED.isdisjoint(vars(module)):
        return None
    return PlainChecks([_check(name, function, file, beside, texts) for name, function in found.items()])


def _asserts_in_words(tree: ast.Module) -> bool:
    """Say whether no `assert` is to tell the values in it, which only pytest finds."""
    asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    return all(isinstance(node.msg, ast.Constant | ast.JoinedStr) for node in asserts)


def _wants_pytest(folder: Path, programs: frozenset[str]) -> bool:
    """Say whether a file there may need it: by its name, or by a word in it. What is handed in is never imported."""
    files = [each for each in folder.glob("*.py") if each.stem not in programs]
    return any(_PYTESTS.search(each.name) or _TO_PYTEST.search(each.read_bytes()) for each in files)


def _is_plain(value: Any, file: Path) -> bool:
    """Say whether it is a function of this file that takes nothing but what is offered, each by its name."""
    if not isinstance(value, types.FunctionType) or value.__code__.co_filename != str(file):
        return False
    parameters = inspect.signature(value).parameters
    by_name = all(
        each.kind is each.POSITIONAL_OR_KEYWORD and each.default is each.empty for each in parameters.values()
    )
    return by_name and parameters.keys() <= OFFERED and not value.__code__.co_flags & _NOT_CALLED


def _check(name: str, function: Any, file: Path, beside: Beside, texts: Mapping[str, CheckTexts]) -> Check:
    own_id, offered = check_id(name), list(inspect.signature(function).parameters)
    mark, title = mark_and_title(function, own_id, texts.get(own_id, CheckTexts()))
    return Check(
        id=own_id,
        title=title,
        mark=mark,
        file=file,
        line=inspect.unwrap(function).__code__.co_firstlineno,
        run=partial(_call, function, offered, beside),
        seed=own_id,
        reads_answers="submission" in offered,
    )


def _call(function: Any, offered: Sequence[str], beside: Beside, trial: Trial) -> None:
    with beside:
        function(**{name: getattr(trial, name) for name in offered})
