"""What can be known about a Python file without running it: its names, its docstring, the points of its checks.

Reads by `ast`. It must never import or execute what it reads.
"""

from __future__ import annotations

import ast
import contextlib
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeGuard

import msgspec

from autograder.course import merge_conflict
from autograder.course.problems import Problem
from autograder.course.source import control_character, read_text
from autograder.language import later, tr
from autograder.several_files import joined

#: What is done below these is done to see what comes of it.
_TO_RAISE = re.compile(r"\b(raises|warns|suppress|catch_warnings)\b")
#: Ways to make several cases of a check without a word above it.
_HIDDEN_CASES = re.compile(r"\b(params|pytestmark|pytest_generate_tests)\b")


class HiddenCheck(msgspec.Struct, frozen=True):
    """A check of checks.py: `id` is the function's name without `test_`, `title` its docstring's first line.

    A parametrized one is worth its `points` once for each of its `cases`, whose number is None where only running the
    file can tell. `after` are the checks that it builds on. What is `extra` is no part of an exercise's points.
    """

    id: str
    title: str
    points: float
    line: int
    cases: int | None = 1
    after: tuple[str, ...] = ()
    extra: bool = False

    @property
    def total(self) -> float | None:
        """What all of its cases add to an exercise's points; None where their number can't be told."""
        if self.extra:
            return 0.0
        return None if self.cases is None else self.points * self.cases


class Program(msgspec.Struct, frozen=True):
    """A Python file: its text and syntax tree, which is None where there are problems.

    `of_files`: it is several files as one; this is the docstring of theirs.
    """

    path: Path
    source: str
    tree: ast.Module | None
    problems: tuple[Problem, ...] = ()
    of_files: str | None = None

    @property
    def names(self) -> frozenset[str]:
        """The functions and classes defined at the top level."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return frozenset(node.name for node in (self.tree.body if self.tree else ()) if isinstance(node, kinds))

    def may_bind(self, name: str) -> bool:
        """Say whether its top level may give a name a meaning, in whichever way: under an `if`, by `globals()`."""
        return any(_may_bind(node, name) for node in (ast.walk(self.tree) if self.tree else ()))

    @property
    def docstring(self) -> str:
        """The module's docstring, cleaned of indentation; empty without one."""
        if self.of_files is not None:
            return self.of_files
        return (ast.get_docstring(self.tree) or "").strip() if self.tree else ""


def _may_bind(node: ast.AST, name: str) -> bool:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name == name
        case ast.Name(ctx=ast.Store()):
            return node.id == name
        case ast.alias():
            return (node.asname or node.name) in (name, "*")
    return isinstance(node, ast.Constant) and node.value == name


def parsed(source: str) -> ast.Module | None:
    """Return a program's tree; None of what is no Python, or too deeply nested to be read."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def nodes_of(source: str) -> Iterator[ast.AST]:
    """Yield every node of a program's tree; none of what is no Python."""
    tree = parsed(source)
    return ast.walk(tree) if tree is not None else iter(())


def is_python(source: str) -> bool:
    """Whether a text is Python that can be run, by its syntax: no magics, no `await` outside functions."""
    try:
        with warnings.catch_warnings(action="ignore"):  # whoever runs it is warned
            compile(source, "<program>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def positional_parameters(source: str, function: str) -> tuple[str, ...]:
    """Return the names of what a function at the top level takes by position; empty where there is no such function."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return tuple(parameter.arg for parameter in (*node.args.posonlyargs, *node.args.args))
    return ()


def read_program(path: Path) -> Program:
    """Read and parse a Python file. Never raises."""
    text, problems = read_text(path)
    if problems:
        return Program(path, "", None, tuple(problems))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Program(path, text, ast.parse(text))
    except SyntaxError as error:
        wrong = Problem(path, error.lineno or 1, tr("This is not Python: {msg}.", msg=error.msg))
        return Program(path, text, None, (merge_conflict.problem(path, text, wrong.line) or wrong,))
    except (ValueError, RecursionError, MemoryError):
        return Program(path, text, None, (Problem(path, 1, tr("This is too deeply nested to be read as Python.")),))


def read_programs(folder: Path, names: Sequence[str]) -> Program:
    """Read several files in a folder as one program; its docstring is the first that has text. Never raises."""
    programs = [read_program(folder / name) for name in names]
    problems = tuple(problem for program in programs for problem in program.problems)
    source = joined({program.path.name: program.source for program in programs})
    docstring = next((program.docstring for program in programs if program.docstring), "")
    return Program(folder, source, None if problems else ast.parse(source), problems, docstring)


def explanation_fault(program: Program) -> str | None:
    """Return what is wrong with a docstring that students will read, or None."""
    if program.tree is None or not program.docstring:
        return tr("This known-wrong program needs a docstring: it is the explanation that the student reads.")
    raw = program.docstring if program.of_files is not None else ast.get_docstring(program.tree, clean=False)
    control = control_character(raw or "")
    if control:
        return tr('The docstring holds a control character ({control}); make it raw: r"""…""".', control=control)
    return None


def check_id(function: str, owner: str = "") -> str:
    """Return a check's id: its function's name without `test_`, after its class's, if it has one, without `Test`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", owner.removeprefix("Test")).lower()
    return "_".join(filter(None, [words, function.removeprefix("test_")]))


def hidden_checks(program: Program) -> tuple[list[HiddenCheck], list[Problem]]:
    """Return the checks of a checks.py, from its `@points(…)` decorators, and what is wrong with them."""
    checks: list[HiddenCheck] = []
    problems = list(program.problems)
    hidden = _HIDDEN_CASES.search(program.source) or program.path.with_name("conftest.py").exists()
    hidden = hidden or any(map(_gives_cases, program.tree.body if program.tree else ()))
    for owner, node in _check_functions(program.tree) if program.tree else ():
        # Not cleaned: cleaning would turn the tab of "\tanh" into spaces.
        title = (ast.get_docstring(node, clean=False) or "").strip().partition("\n")[0]
        points = _points(node)
        problems += [Problem(program.path, node.lineno, fault) for fault in _check_faults(node.name, title, points)]
        cases = None if hidden else _cases(node)
        said = {word: _said(node, word) for word in ("after", "extra")}
        after = (said["after"],) if isinstance(said["after"], str) else tuple(said["after"] or ())
        one = HiddenCheck(
            check_id(node.name, owner), title, points or 0.0, node.lineno, cases, after, bool(said["extra"])
        )
        checks.append(one)
    for line, sentence in (*_class_faults(program.tree), *_never_run(program.tree)) if program.tree else ():
        problems.append(Problem(program.path, line, sentence))
    return checks, problems


def _class_faults(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line of each class that isn't what its author takes it for, with what to do."""
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        if any(_is_points(each) for each in node.decorator_list):
            said = tr(
                "@points above {name} counts for none of its checks: write it above each of them.", name=node.name
            )
            yield node.lineno, said
        if _is_test_case(node):
            said = tr(
                "{name} is a unittest.TestCase, and no check of such a class is run: leave out the base, and call it"
                " Test…; its checks take `self, agree`.",
                name=node.name,
            )
            yield node.lineno, said


def _test_cases(tree: ast.Module) -> set[str]:
    """Return the names of the classes of which no check is run, for they are unittest's."""
    return {node.name for node in tree.body if isinstance(node, ast.ClassDef) and _is_test_case(node)}


def _is_test_case(owner: ast.ClassDef) -> bool:
    return any(ast.unparse(base).split(".")[-1].endswith("TestCase") for base in owner.bases)


def _gives_cases(node: ast.stmt) -> bool:
    """Whether a class may make several cases of its checks, or has more: those of its bases, and of classes in it."""
    if not isinstance(node, ast.ClassDef) or not node.name.startswith("Test"):
        return False
    return bool(node.decorator_list or node.bases) or any(isinstance(each, ast.ClassDef) for each in node.body)


def _never_run(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line of each function that is worth points and that pytest doesn't run, with what to do."""
    told = _test_cases(tree)
    unread = {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef) and (not node.name.startswith("Test") or _begins_by_itself(node))
    }
    for owner, node in _functions(tree):
        if _points(node) is not None and owner not in told and (why := _why_never_run(node, unread=owner in unread)):
            yield node.lineno, tr(why, name=node.name)


def _why_never_run(node: ast.stmt, *, unread: bool) -> str:
    """Return what to do about a function that pytest doesn't run, or whose class is `unread`; else nothing."""
    if isinstance(node, ast.AsyncFunctionDef):
        return later(
            "{name} is async, and no check is awaited: write `def`. What is to be awaited the program"
            " awaits itself, in a function that calls `asyncio.run`."
        )
    if unread:
        return later("{name} is never run: pytest reads only classes that are called Test… and have no __init__.")
    if not _is_check(node):
        return later("{name} has @points, and only what is called test_… is run: name it test_{name}.")
    return ""


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield the functions of a module and of its classes, with the class's name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            kinds = ast.FunctionDef | ast.AsyncFunctionDef
            yield from ((node.name, each) for each in node.body if isinstance(each, kinds))


def _begins_by_itself(owner: ast.ClassDef) -> bool:
    return any(isinstance(each, ast.FunctionDef) and each.name in ("__init__", "__new__") for each in owner.body)


def hints_of_checks(program: Program) -> list[tuple[str, int, str]]:
    """Return the hints that `@points(…, hint="…")` of a checks.py gives students, each with its check's id and line."""
    found = []
    for owner, node in _check_functions(program.tree) if program.tree else ():
        for word in _points_call(node).keywords:
            if word.arg == "hint" and isinstance(word.value, ast.Constant) and isinstance(word.value.value, str):
                found.append((check_id(node.name, owner), word.value.lineno, word.value.value))
    return found


def unheard(program: Program) -> Iterator[Problem]:
    """Yield where a check finds something out, and nobody looks at it."""
    for _, check in _check_functions(program.tree) if program.tree else ():
        for node in _own(check.body):
            match node:
                case ast.Assert(test=ast.Tuple(elts=[_, *_])):
                    said = tr("This assertion always holds, for a tuple is true: write it without the brackets.")
                case ast.Return(value=ast.Compare() | ast.BoolOp()):
                    said = tr(
                        "Nobody looks at what {name} returns: write `assert` in place of `return`.", name=check.name
                    )
                case ast.Expr(value=ast.Compare() | ast.BoolOp()):
                    said = tr("Nobody looks at what is compared here: write `assert` in front of it.")
                case _:
                    continue
            yield Problem(program.path, node.lineno, said)


def _own(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield what is in a function's body, but not in functions and classes that are defined there.

    Nor what is to raise: it may well be a comparison.
    """
    for node in nodes:
        raising = isinstance(node, ast.With) and any(_TO_RAISE.search(ast.unparse(item)) for item in node.items)
        if not raising and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield node
            caught = node.body if isinstance(node, ast.Try) and node.handlers else ()
            yield from _own(each for each in ast.iter_child_nodes(node) if each not in caught)


def _check_functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every function that pytest takes for a check, with the name of its class, if it has one."""
    not_run = _test_cases(tree)
    for owner, node in _functions(tree):
        if _is_check(node) and owner not in not_run and (not owner or owner.startswith("Test")):
            yield owner, node


def _is_check(node: ast.stmt) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test_")


def _cases(check: ast.FunctionDef) -> int | None:
    """Count the cases that `@pytest.mark.parametrize` makes of a check; None where they aren't written out."""
    cases = 1
    for decorator in check.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("mark.parametrize"):
            given = [*decorator.args[1:2], *(word.value for word in decorator.keywords if word.arg == "argvalues")]
            if not given or not isinstance(given[0], ast.List | ast.Tuple):
                return None
            values = given[0].elts
            if any(isinstance(each, ast.Starred) for each in values):
                return None
            cases *= len(values)
    return cases


def _check_faults(name: str, title: str, points: float | None) -> Iterator[str]:
    if not title:
        yield tr("{name} needs a docstring: its first line is the check's title.", name=name)
    elif control := control_character(title):
        yield tr(
            'The docstring of {name} holds a control character ({control}); make it raw: r"""…""".',
            name=name,
            control=control,
        )
    if points is None:
        yield tr("{name} needs @points(…) with a positive number written out.", name=name)


def _said(function: ast.FunctionDef, word: str) -> Any:
    """Return what a function's `@points(…)` says under a word, None where it says nothing or isn't written out."""
    with contextlib.suppress(ValueError):
        return next(
            (ast.literal_eval(each.value) for each in _points_call(function).keywords if each.arg == word), None
        )
    return None


def _points(function: ast.FunctionDef | ast.AsyncFunctionDef) -> float | None:
    """Return the number in a function's `@points(…)`, or None where there is no positive one."""
    call = _points_call(function)
    given = [*call.args, *(word.value for word in call.keywords if word.arg == "points")]
    value = given[0].value if given and isinstance(given[0], ast.Constant) else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else None


def _is_points(decorator: ast.expr) -> TypeGuard[ast.Call]:
    return isinstance(decorator, ast.Call) and ast.unparse(decorator.func).split(".")[-1] == "points"


def _points_call(function: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.Call:
    """Return a function's `@points(…)`, a call without any argument where it has none."""
    for decorator in function.decorator_list:
        if _is_points(decorator):
            return decorator
    return ast.Call(ast.Name("points"), [], [])
