"""An exception where an answer was expected, always at the same line; or no value where one was expected."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe
from autograder.language import later, tr
from autograder.sandbox.cells import at_start, place
from autograder.sandbox.failures import ProgramError, in_words

NOTHING = later(
    "None comes back: the function ends without coming to a `return`, or what stands behind `return` is None, "
    "as the value of `print(…)` and of `list.sort()` is."
)

#: Methods of lists, sets and dicts that change them and return None.
_GIVE_NONE = frozenset(["append", "clear", "discard", "extend", "insert", "remove", "reverse", "sort", "update"])
_LONGEST = 60  # characters of a call that is quoted


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    raised = case.raised
    if raised is not None and case.refusal is None and raised.lines:
        said = in_full(raised, probe.source)
        yield Claim(what_raises(raised), said, lambda case: raised_at(case, raised), raised.lines[-1].number)
    if is_nothing(case):
        yield Claim(tr("it returns nothing"), tr(NOTHING), is_nothing)


def what_raises(raised: ProgramError) -> str:
    """What raises at which line, as a title goes on: the program, or a function of the check's that it calls there."""
    where = {"type": raised.type, "place": in_words(raised.places[-1])}
    if raised.lent:
        return tr("the function that it is given raises {type}, called at {place}", **where)
    return tr("it raises {type} at {place}", **where)


def in_full(raised: ProgramError, source: str) -> str:
    """A sentence that says the same, with the exception's text; one more on a None that the source tells of."""
    what = {"type": raised.type, "message": raised.message.strip().rstrip(".") or tr("(no text)")}
    where = at_start(in_words(raised.places[-1]))
    if raised.lent:
        return tr("{place} calls the function that was given, and that raises {type}: {message}.", place=where, **what)
    said = tr("{place} raises {type}: {message}.", place=where, **what)
    return " ".join(filter(None, [said, _made_none(raised, source)]))


def _made_none(raised: ProgramError, source: str) -> str:
    """Say which call gave the None that an exception speaks of; nothing where the source doesn't tell.

    It does where the line uses what such a method returns, or a name that is given that, and None by nothing else.
    """
    if "NoneType" not in raised.message:
        return ""
    tree, line = ast.parse(source), raised.lines[-1]
    statements = [each for each in ast.walk(tree) if isinstance(each, ast.Assign | ast.AugAssign | ast.Return)]
    given = [(name, each.value) for each in statements if isinstance(each, ast.Assign) for name in _names(each)]
    read = {*re.findall(r"\w+", line.text)} - {name for name, value in given if ast.unparse(value) == "None"}
    used = [each for each in statements if each.lineno == line.number or read.intersection(_names(each))]
    for number, call, method in ((each.lineno, *found) for each in used for found in _calls_for_nothing(tree, each)):
        return tr(
            "`{call}` at {place} is None: `{method}` changes what it is called on, and returns nothing.",
            call=call,
            place=in_words(place(source, number)),
            method=method,
        )
    return ""


def _names(statement: ast.stmt) -> list[str]:
    """What an assignment, and no other statement, gives a value to."""
    return [ast.unparse(each) for each in statement.targets] if isinstance(statement, ast.Assign) else []


def _calls_for_nothing(tree: ast.Module, statement: ast.stmt) -> Iterator[tuple[str, str]]:
    """The short calls in a statement of methods that return None, and the method of each."""
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    modules = {alias.asname or alias.name for node in imports for alias in node.names}
    if {"torch", "pandas", "pd"} & modules:  # whose methods of these names return something
        return
    for call in (each for each in ast.walk(statement) if isinstance(each, ast.Call)):
        method, quoted = call.func, ast.unparse(call)
        if not isinstance(method, ast.Attribute) or len(quoted) > _LONGEST:
            continue
        if method.attr in _GIVE_NONE - own and ast.unparse(method.value) not in modules:
            yield quoted, method.attr


def raised_at(case: Case, raised: ProgramError) -> bool:
    """Whether a case got an exception of the same type, from the same line and by the same hand."""
    mine = case.raised
    if mine is None or not mine.lines:
        return False
    return (mine.type, mine.lines[-1].number, mine.lent) == (raised.type, raised.lines[-1].number, raised.lent)


def is_nothing(case: Case) -> bool:
    """Whether None came back where there was something to say."""
    return case.wrong and case.answer.failure is None and case.answer.value is None and case.right.failure is None
