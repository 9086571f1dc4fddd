"""An exception where an answer was expected, always at the same line; or no value where one was expected."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator, Sequence

from autograder.course.program_files import parsed
from autograder.grading.asking import Outcome, tried
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.behaviours.signatures import own_function
from autograder.grading.explaining.repair.change import Text, changed
from autograder.language import later, tr
from autograder.sandbox.cells import at_start, place
from autograder.sandbox.failures import ProgramError, in_words
from autograder.sandbox.wire import Line

_NOTHING = later(
    "None comes back: the function ends without coming to a `return`, or what stands behind `return` is None, "
    "as the value of `print(…)` and of `list.sort()` is."
)

#: Methods of lists, sets and dicts that change them and return None.
_GIVE_NONE = frozenset(["append", "clear", "discard", "extend", "insert", "remove", "reverse", "sort", "update"])
#: Statements that may use what a call gives.
_USING = (ast.Assign, ast.AugAssign, ast.Return, ast.Expr, ast.For, ast.If, ast.While)
_LONGEST = 60  # characters of a call that is quoted
_MOST_ASKED = 6  # answers of a changed program that are looked at
#: What Python calls a method in an exception's text; some of its functions are called so, too.
_METHOD = re.compile(r"\bbuiltin_function_or_method\b|['\"]method['\"]")
_BUILT_IN = frozenset(name for name, each in vars(builtins).items() if isinstance(each, type(len)))


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    raised = case.raised
    if raised is not None and case.refusal is None and raised.lines:
        said = in_full(raised, probe)
        yield Claim(what_raises(raised), said, lambda case: raised_at(case, raised), raised.lines[-1].number)
    if is_nothing(case):
        yield Claim(tr("it returns nothing"), nothing_in_full(probe), is_nothing)


def nothing_in_full(probe: Probe) -> str:
    """A sentence on how None can come back from a function; the plain one where no value stands behind a `return`."""
    own = own_function(parsed(probe.source), probe.function)
    if own and not any(isinstance(each, ast.Return) and each.value is not None for each in ast.walk(own)):
        return tr("None comes back: the function has no `return` with a value behind it.")
    return tr(_NOTHING)


def what_raises(raised: ProgramError) -> str:
    """What raises at which line, as a title goes on: the program, or a function of the check's that it calls there."""
    where = {"type": raised.type, "place": in_words(raised.places[-1])}
    if raised.lent:
        return tr("the function that it is given raises {type}, called at {place}", **where)
    return tr("it raises {type} at {place}", **where)


def in_full(raised: ProgramError, probe: Probe) -> str:
    """A sentence that says the same, with the exception's text; one more on where a None or a method comes from."""
    what = {"type": raised.type, "message": raised.message.strip().rstrip(".") or tr("(no text)")}
    where = at_start(in_words(raised.places[-1]))
    if raised.lent:
        return tr("{place} calls the function that was given, and that raises {type}: {message}.", place=where, **what)
    said = tr("{place} raises {type}: {message}.", place=where, **what)
    return " ".join(filter(None, [said, _made_none(raised, probe) or _not_called(raised, probe.source)]))


def _made_none(raised: ProgramError, probe: Probe) -> str:
    """Say which call gave the None that an exception speaks of; nothing where another exception doesn't come of zero
    in its place.
    """
    cases = [case for case in probe.wrong if raised_at(case, raised)]
    for call, said in suspected(raised, probe.source):
        failures = [answer.failure for answer in with_zero_for(probe, call, cases)]
        if not any(isinstance(each, ProgramError) and "NoneType" in each.message for each in failures):
            return said
    return ""


def with_zero_for(probe: Probe, call: ast.Call, cases: Sequence[Case]) -> list[Outcome]:
    """What the submission answers in a few cases with zero in place of the None that a call of its source gives."""
    text = Text(probe.source)
    zero = text.expression(call, f"{text.segment(call)} or 0", "")
    with probe.variant(changed(text.source, zero.splices)) as program:
        return [tried(case.call.ask, program) for case in cases[:_MOST_ASKED]]


def suspected(raised: ProgramError, source: str) -> Iterator[tuple[ast.Call, str]]:
    """The calls that may have given the None that an exception speaks of, each with the sentence that says so.

    The line uses what such a method returns, or a name that is given that in the same function, and None by nothing
    else.
    """
    tree = parsed(source) if "NoneType" in raised.message else None
    if tree is None:
        return
    line = raised.lines[-1]
    statements = [each for each in _around(tree, line) if isinstance(each, _USING)]
    given = [(name, each.value) for each in statements if isinstance(each, ast.Assign) for name in _names(each)]
    read = {*re.findall(r"\w+", line.text)} - {name for name, value in given if ast.unparse(value) == "None"}
    used = [each for each in statements if each.lineno == line.number or read.intersection(_names(each))]
    for call in (node for each in used for node in ast.walk(_head(each)) if isinstance(node, ast.Call)):
        if said := made_nothing(tree, call, source):
            yield call, said


def _head(statement: ast.stmt) -> ast.AST:
    """What of a statement stands on its own line: of one with a block, no more than what that depends on."""
    if isinstance(statement, ast.For):
        return statement.iter
    return statement.test if isinstance(statement, ast.If | ast.While) else statement


def _around(tree: ast.Module, line: Line) -> list[ast.AST]:
    """All nodes of the function that a line is of, and what stands outside of functions; all, where it isn't found."""
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    those = [each for each in functions if each.name == line.function]
    holding = [each for each in those if each.lineno <= line.number <= (each.end_lineno or 0)]
    mine = holding[-1:] or (those if len(those) == 1 else [])
    if not mine:
        return [*ast.walk(tree)]
    inside = [*ast.walk(mine[0])]
    own = {each.id for each in inside if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    own |= {each.arg for each in inside if isinstance(each, ast.arg)}
    outside = [each for each in tree.body if isinstance(each, ast.Assign) and own.isdisjoint(_names(each))]
    return [*inside, *outside]


def _names(statement: ast.stmt) -> list[str]:
    """What an assignment, and no other statement, gives a value to."""
    return [ast.unparse(each) for each in statement.targets] if isinstance(statement, ast.Assign) else []


def made_nothing(tree: ast.Module, call: ast.Call, source: str) -> str:
    """Say that a short call of a method gives None, if it is one that does; of those that torch and pandas have under
    the same names, nobody knows.
    """
    if not isinstance(call.func, ast.Attribute):
        return ""
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    modules = {alias.asname or alias.name for node in imports for alias in node.names}
    method, quoted = call.func, ast.unparse(call)
    known = method.attr in _GIVE_NONE - own and ast.unparse(method.value) not in modules
    if not known or {"torch", "pandas", "pd"} & modules or len(quoted) > _LONGEST:
        return ""
    return tr(
        "`{call}` at {place} is None: `{method}` changes what it is called on, and returns nothing.",
        call=quoted,
        place=in_words(place(source, call.lineno)),
        method=method.attr,
    )


def _not_called(raised: ProgramError, source: str) -> str:
    """Say which method the line uses without calling it, where an exception speaks of a method and there is but one
    thing that it can mean: what has a value of its own in the program is none, and a built-in function could be it.
    """
    tree = parsed(source) if raised.type in ("AttributeError", "TypeError") and _METHOD.search(raised.message) else None
    if tree is None:
        return ""
    line = raised.lines[-1]
    nodes = _around(tree, line)
    called = {id(each.func) for each in nodes if isinstance(each, ast.Call)}
    given = [each for each in nodes if isinstance(each, ast.Assign)]
    there = [each for each in nodes if isinstance(each, ast.stmt) and each.lineno == line.number]
    read = {*re.findall(r"\w+", line.text)}
    there += [each for each in given if read.intersection(_names(each)) and isinstance(each.value, ast.Attribute)]
    stored = _stored(tree)
    found = {
        id(each): each
        for statement in there
        for each in ast.walk(statement)
        if isinstance(each, ast.Attribute | ast.Name) and isinstance(each.ctx, ast.Load) and id(each) not in called
        if (each.attr not in stored if isinstance(each, ast.Attribute) else each.id in _BUILT_IN - stored)
    }
    method = next(iter(found.values()), None)
    if len(found) != 1 or not isinstance(method, ast.Attribute):
        return ""
    return tr(
        "`{method}` at {place} names a method without calling it: a call has round brackets behind it.",
        method=ast.unparse(method),
        place=in_words(place(source, method.lineno)),
    )


def _stored(tree: ast.Module) -> set[str]:
    """All names and attributes that a program gives a value to."""
    nodes = [each for each in ast.walk(tree) if isinstance(getattr(each, "ctx", None), ast.Store)]
    return {each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in nodes}


def raised_at(case: Case, raised: ProgramError) -> bool:
    """Whether a case got an exception of the same type, from the same line and by the same hand."""
    mine = case.raised
    if mine is None or not mine.lines:
        return False
    return (mine.type, mine.lines[-1].number, mine.lent) == (raised.type, raised.lines[-1].number, raised.lent)


def is_nothing(case: Case) -> bool:
    """Whether None came back where there was something to say."""
    return case.wrong and case.answer.failure is None and case.answer.value is None and case.right.failure is None
