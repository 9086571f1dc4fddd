"""A program that is to be run from its start only defines, and nothing calls what it defines: nothing of it runs."""

from __future__ import annotations

import ast

from autograder.course.program_files import parsed
from autograder.grading.explaining.evidence import Evidence, Mistake, Part
from autograder.grading.report import Explanation
from autograder.language import tr
from autograder.sandbox.cells import place
from autograder.sandbox.failures import in_words
from autograder.sandbox.values import Printed

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def of_whole_questions(evidence: Evidence, mistake: Mistake) -> Explanation | None:
    """Say of a program of which no function is asked for which one it should have called; None where it does more."""
    source = evidence.submission.source
    of_scripts = not evidence.judge.exercise.required_names and all(map(_prints_nothing, mistake.wrong))
    tree = parsed(source) if of_scripts else None
    found = _uncalled(tree) if tree is not None else None
    if found is None:
        return None
    text = tr(
        "{name} is defined at {place}, and nothing in the file calls it: so nothing of it is run. Call it at the end.",
        name=found.name, place=in_words(place(source, found.lineno)),
    )  # fmt: skip
    title = tr("{name} is never called", name=found.name)
    return Explanation("behaviour", title, text, line=found.lineno, checks=mistake.checks)


def _prints_nothing(part: Part) -> bool:
    """Whether a question ran the program, and nothing came of that: a wrong constant has another reason."""
    printed = part.asked.outcome.value
    return isinstance(printed, Printed) and not printed.text and not any(printed.left.values())


def _uncalled(tree: ast.Module) -> _Function | None:
    """The last function that nothing but itself names, in a program that does nothing but define."""
    if not all(map(_only_defines, tree.body)):
        return None
    functions = [each for each in tree.body if isinstance(each, _Function)]
    named = {each: {node.id for node in ast.walk(each) if isinstance(node, ast.Name)} for each in tree.body}
    besides = set[str]().union(*(named[each] for each in tree.body if each not in functions))
    if any(each.name in besides for each in functions):
        return None  # `run = main`: the other name may be what was to be called

    def is_named(function: _Function) -> bool:
        return any(function.name in names for each, names in named.items() if each is not function)

    return next((each for each in reversed(functions) if not is_named(each)), None)


def _only_defines(statement: ast.stmt) -> bool:
    """Whether a statement calls nothing while the file is run; a class's body and a decorator may."""
    if isinstance(statement, _Function):
        return not statement.decorator_list
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    calls = (isinstance(node, ast.Call) for node in ast.walk(statement))
    return isinstance(statement, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign) and not any(calls)
