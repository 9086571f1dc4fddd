"""The sentences that tell a student what happened when their program gave no usable answer.

They quote only the student's own lines, never ours.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import re
import sys
from collections.abc import Callable, Container
from itertools import groupby
from operator import itemgetter

from autograder.course import Exercise, ListedCheck, PublicCheck
from autograder.course.problems import meant, nearest
from autograder.course.program_files import nodes_of, parsed
from autograder.grading import at_loading, notebooks
from autograder.grading.loops import why_endless
from autograder.grading.report import CheckResult, Status
from autograder.grading.unfinished import (
    defined_names,
    emptied,
    foreign_names,
    inside_others,
    misspelt,
    ordinary_methods,
    unwritten,
)
from autograder.language import later, tr, tr_n
from autograder.sandbox.cells import at_start, cells, place
from autograder.sandbox.failures import (
    ProgramCrashed,
    ProgramError,
    ProgramFailure,
    ProgramMissing,
    ProgramTimeout,
    in_words,
)
from autograder.several_files import lines_of

_MAX_SHOWN_LINES = 6


def by_instructor(check: ListedCheck | PublicCheck) -> CheckResult:
    """What a student's kit says of a check that it can't run."""
    message = tr("Your instructor runs this check.")
    return CheckResult(check.id, check.title, check.points, 0.0, "skipped", message, by_instructor=True)


def not_started(exercise: Exercise) -> str:
    show = f"gradecheck show {exercise.id}"
    return tr("Not started yet: your program is the stub as it was given. `{show}` says what to do.", show=show)


def load_failure(failure: ProgramFailure, exercise: Exercise, source: str) -> tuple[Status, str]:
    """Status and message of every check of a file that can't be loaded; `source` is its text."""
    file = exercise.file.removesuffix(".py") + notebooks.SUFFIX if cells(source) else exercise.file
    if isinstance(failure, ProgramTimeout):
        return (
            "timeout",
            tr(
                "{file} did not finish loading: {reason} Code outside functions runs at loading.",
                file=file,
                reason=_lower(str(failure)),
            ),
        )
    if isinstance(failure, ProgramCrashed):
        return "crashed", tr("{file} ended while it was loaded. {reason}", file=file, reason=failure)
    if isinstance(failure, ProgramError) and failure.column:
        return "error", _syntax_error(failure) + _indented(at_loading.cause(failure, exercise, source))
    if isinstance(failure, ProgramError):
        return "error", tr("{file} could not be loaded: {reason}", file=file, reason=_raised(failure, exercise, source))
    return "failed", tr("{file} could not be loaded. {reason}", file=file, reason=failure)


def failure(failure: ProgramFailure, exercise: Exercise, source: str) -> str:
    """The message of one check whose question got no answer; `source` is the submission's."""
    if isinstance(failure, ProgramMissing):
        return _missing(failure, exercise)
    if isinstance(failure, ProgramError):
        if failure.column:
            return _syntax_error(failure) + _indented(at_loading.cause(failure, exercise, source))
        if failure.type == "NotImplementedError" and not failure.lent:
            return _not_implemented(failure, source)
        return _raised(failure, exercise, source)
    if isinstance(failure, ProgramTimeout) and failure.line and not failure.again:
        return " ".join(filter(None, [str(failure), why_endless(source, failure.line)]))
    return str(failure)


def _not_implemented(failure: ProgramError, source: str) -> str:
    """A part of the stub that is left, or a method that torch looks for in vain."""
    if failure.lines:
        return tr("This part isn't written yet: it raises NotImplementedError.") + _lines(failure)
    methods = [node.name for node in nodes_of(source) if isinstance(node, ast.FunctionDef)]
    near = difflib.get_close_matches("forward", methods, 1, 0.6) if "forward" in failure.message else []
    if near:
        return tr("Your module has no method forward. It has {near}: rename it.", near=near[0])
    return tr("A method is missing: {name}", name=failure.message.strip())


def _raised(failure: ProgramError, exercise: Exercise, source: str) -> str:
    message = failure.message.strip() or tr("(no text)")
    if failure.lent:
        given = {"type": failure.type, "message": message}
        said = tr("The function that your program was given raised {type}: {message}", **given)
        return f"{said}{_lines(failure)}"
    if fits := _ill_fitting(failure, exercise, source):
        return fits
    said = tr("Your program raised {type}: {message}", type=failure.type, message=message)
    return f"{said}{_lines(failure)}{_advice(failure, exercise, source)}"


#: What Python says of a call that a definition can't take.
_ILL_FITTING = re.compile(r"([\w.]+)\(\) (takes|missing|got (an unexpected|some positional|multiple))\b")


def _ill_fitting(failure: ProgramError, exercise: Exercise, source: str) -> str:
    """What is said of a call of the check's that no line of the program has begun to answer; empty of any other."""
    found = _ILL_FITTING.match(failure.message) if failure.type == "TypeError" and not failure.lines else None
    if found is None:
        return ""
    said = tr(
        "The call doesn't fit how your file defines it: {raised}.", raised=f"TypeError: {failure.message}".rstrip(". ")
    )
    names = exercise.parameters(found[1])
    if names:
        return f"{said} " + tr("In the file that you were given it takes {names}.", names=", ".join(names))
    return said + _indented(_of_self(failure, source))


#: What Python says of a method that is given one argument more than its definition has, or one too few.
_ONE_MORE = re.compile(r"(\w+)\.(\w+)\(\) takes (\d+) positional arguments? but (\d+) (was|were) given")
_ONE_FEWER = re.compile(r"(\w+)\.([^\W_]\w*)\(\) missing 1 required positional argument")


def _of_self(failure: ProgramError, source: str) -> str:
    """What is said of a method that lacks `self`, or has one and may be called on the class; nothing of other calls."""
    more, fewer = _ONE_MORE.match(failure.message), _ONE_FEWER.match(failure.message)
    if more and int(more[4]) == int(more[3]) + 1 and _first_of_method(source, more[1], more[2]) not in (None, *_OWN):
        return tr(
            "A method gets the object as its first argument: does its line begin with `def {name}(self`?", name=more[2]
        )
    if not fewer or (failure.lines and f"{fewer[1]}.{fewer[2]}(" not in failure.lines[-1].text):
        return ""
    first = _first_of_method(source, fewer[1], fewer[2])
    if first == "self":
        said = later(
            "If it is called on the class, as {owner}.{name}(…), it gets no `self`: leave that out, and write a line"
            " `@staticmethod` above it."
        )
    elif first == "cls":
        said = later(
            "If it is called on the class, as {owner}.{name}(…), it gets its `cls` only with a line `@classmethod`"
            " above it."
        )
    else:
        return ""
    return tr(said, owner=fewer[1], name=fewer[2])


#: What everyone calls the first argument of a method.
_OWN = ("self", "cls")


def _first_of_method(source: str, owner: str, name: str) -> str | None:
    """The first parameter of a class's method, empty if it has none; None if a decorator or no such method is there."""
    of_owner = (node for node in nodes_of(source) if isinstance(node, ast.ClassDef) and node.name == owner)
    methods = [
        each for node in of_owner for each in node.body if isinstance(each, ast.FunctionDef) and each.name == name
    ]
    if not methods or methods[-1].decorator_list:
        return None
    given = methods[-1].args
    return next((each.arg for each in (*given.posonlyargs, *given.args)), "")


#: What numpy and torch say of arrays that don't fit entry by entry, and a line on which a matrix is multiplied so.
_UNFIT = re.compile(r"operands could not be broadcast together|The size of tensor a \(\d+\) must match")
_BY_ENTRIES = re.compile(r"(?<![\w*])(self\.)?[A-Z]\w*(\.T)? \* (?!\*)|(?<!\*)\* ?(self\.)?[A-Z]\w*")


def _multiplies_matrices(failure: ProgramError) -> bool:
    return bool(_UNFIT.search(failure.message) and failure.lines and _BY_ENTRIES.search(failure.lines[-1].text))


def _advice(failure: ProgramError, exercise: Exercise, source: str) -> str:
    """What to do about an exception that says nothing of how programs run here."""
    if "ModuleNotFoundError" in (failure.type, *failure.bases):
        libraries = ", ".join(sorted(exercise.needs))
        allowed = (
            tr("This exercise allows {libraries} and Python's own library to be imported.", libraries=libraries)
            if libraries
            else tr("This exercise allows Python's own library, and no other, to be imported.")
        )
        return f"\n{allowed} " + tr("Take the import out, and do without.")
    if now := _OF_PYTHON_2.get(_undefined(failure)):
        return "\n" + tr("That name is of Python 2: write `{now}`.", now=now)
    line = _missing_import(failure, exercise.stub)
    if line and line not in map(str.strip, lines_of(source)):  # else it is there, and failed
        return "\n" + tr("`{line}` at the top of your file makes this name.", line=line)
    if meant := _near_argument(failure, exercise):
        return f"\n{meant}"
    if failure.type == "TypeError" and ("bitwise_xor" in failure.message or " ^: " in failure.message):
        return "\n" + tr("In Python `^` is no power: write `**`.")
    if _multiplies_matrices(failure):
        return "\n" + tr("`*` multiplies entry by entry; the product of matrices, or of a matrix and a vector, is `@`.")
    if failure.type == "TypeError" and (said := _of_self(failure, source) or _of_joining(failure)):
        return "\n" + said
    if method := _missing_method(failure, exercise):
        return "\n" + method
    if failure.type == "EOFError" and exercise.is_script:
        return "\n" + tr("It asks for more input than there is: read what the statement says, and no more.")
    if failure.type == "EOFError":
        return "\n" + tr(
            "Nobody can type anything here: take what you need from the function's arguments, not from input()."
        )
    return ""


def _of_joining(failure: ProgramError) -> str:
    """What is said of one value that was to be joined to a list or a tuple; nothing of other types that don't fit."""
    line = failure.lines[-1].text if failure.lines else ""
    if failure.message.startswith("can only concatenate list"):
        return tr("Only a list can be joined to a list: `[x]` makes one of a value x, or `append` adds it.")
    if failure.message.startswith("can only concatenate tuple"):
        return tr("Only a tuple can be joined to a tuple: `(x,)` makes one of a value x. It is the comma that does it.")
    if failure.message.endswith("object is not iterable") and re.match(r"\s*[\w.\[\]]+\s*\+=(?!.*(\(| for ))", line):
        return tr("If a list stands left of `+=`, only another can be joined to it: `append` adds one value.")
    return ""


#: What Python says of an object whose class lacks a method, and which.
_OF_METHODS = {
    "object is not subscriptable": "__getitem__", "object does not support item assignment": "__setitem__",
    "object is not iterable": "__iter__", "has no len()": "__len__", "object is not callable": "__call__",
    "for +: ": "__add__", "for -: ": "__sub__", "for *: ": "__mul__", "for /: ": "__truediv__", "for @: ": "__matmul__",
    "for //: ": "__floordiv__", "for %: ": "__mod__", "for ** or pow(): ": "__pow__",
    "for unary -: ": "__neg__", "for abs(): ": "__abs__", "'<' not supported": "__lt__",
    "'>' not supported": "__gt__",
}  # fmt: skip


def _missing_method(failure: ProgramError, exercise: Exercise) -> str:
    """Say which method of a class would do what a check does with an object; nothing of the program's own lines."""
    asked = [name for name in exercise.required_names if f"'{name}'" in failure.message]
    first = min(asked, key=failure.message.index, default="")
    owner = first if failure.type == "TypeError" and not failure.lines else ""
    method = next((method for said, method in _OF_METHODS.items() if said in failure.message), "")
    if not owner or not method:
        return ""
    if failure.message.endswith(f" and '{owner}'") and not failure.message.endswith(f"'{owner}' and '{owner}'"):
        turned = {"__lt__": "__gt__", "__gt__": "__lt__"}  # it stands on the right
        method = turned.get(method, method.replace("__", "__r", 1))
    return tr("A method `{method}` in the class {name} does that.", method=method, name=owner)


#: Names that Python 3 lacks, and what it has in their place.
_OF_PYTHON_2 = {
    "xrange": "range", "raw_input": "input", "unicode": "str", "basestring": "str", "unichr": "chr", "long": "int",
    "reduce": "functools.reduce", "izip": "zip", "cmp": "(a > b) - (a < b)", "execfile": "exec", "file": "open",
}  # fmt: skip


def _missing_import(failure: ProgramError, stub: str) -> str:
    """The import that makes the name which a NameError misses: the stub's, or a module's of Python; else nothing."""
    if not (name := _undefined(failure)):
        return ""
    given = parsed(stub)
    for node in given.body if given else ():
        if isinstance(node, ast.Import | ast.ImportFrom) and name in {
            alias.asname or alias.name.split(".")[0] for alias in node.names
        }:
            return ast.unparse(node)
    line = failure.lines[-1].text if failure.lines else ""
    return f"import {name}" if name in sys.stdlib_module_names and f"{name}." in line else ""


def _near_argument(failure: ProgramError, exercise: Exercise) -> str:
    """What the name that a function misses is nearly, or is in the stub, of its arguments; nothing where it is none."""
    function, name = failure.lines[-1].function if failure.lines else "", _undefined(failure)
    if name in exercise.parameters(function):
        return tr(
            "In the file that you were given {name} is an argument of {function}. Your `def` line has none that is"
            " spelled so, even if it looks like it: type the name there anew.",
            name=name,
            function=function,
        )
    own = exercise.parameters(function)
    pythons = [each for each in dir(builtins) if each.islower()]
    return nearest(name, [*own, *pythons]).lstrip() if meant(name, own) else ""  # of Python's, only what is nearer


def _undefined(failure: ProgramError) -> str:
    """The name that a NameError misses; empty for other exceptions."""
    missed = re.match(r"name '(\w+)' is not defined", failure.message)
    return missed[1] if failure.type == "NameError" and missed is not None else ""


def _lines(failure: ProgramError) -> str:
    """The student's own lines on the way to the exception, innermost last; one that calls itself, once."""
    frames = zip(failure.places, failure.lines, strict=True)
    shown = [next(alike) for _, alike in groupby(frames, key=itemgetter(0))][-_MAX_SHOWN_LINES:]
    return "".join(
        f"\n  {in_words(place)}{_in_function(line.function)}\n    {line.text.strip()}" for place, line in shown
    )


def _in_function(name: str) -> str:
    return ", " + tr("in {function}", function=name) if name else ""


def _syntax_error(failure: ProgramError) -> str:
    place, text = (failure.places[-1], failure.lines[-1].text) if failure.lines else ("line 0", "")
    indent = len(text) - len(text.lstrip())
    caret = " " * max(0, failure.column - 1 - indent) + "^"
    shown = f"\n    {text.strip()}\n    {caret}" if text.strip() else ""
    said = sentence(failure.message) if not failure.message.endswith("?") else failure.message
    return tr("There is a syntax error at {place}: {reason}", place=in_words(place), reason=said) + shown


def _missing(failure: ProgramMissing, exercise: Exercise) -> str:
    if failure.name in exercise.required_names:
        near = misspelt(failure.name, [name for name in failure.found if name not in exercise.required_names])
        found = near or failure.found[:5]
        names = ", ".join(found)
        lacks = tr("Your file has no function or class named {name}.", name=failure.name)
        if not found:
            return f"{lacks} " + tr("No name is defined in it.")
        return f"{lacks} " + (
            tr("It has {names}: rename it.", names=names) if near else tr("It has {names}.", names=names)
        )
    names = ", ".join(failure.found[:12])
    if failure.buffer:
        lacks = tr("Your {module} has no buffer {name}.", module=failure.module, name=failure.name)
        without = later("It has none: `self.register_buffer(name, tensor)` makes one.")
        return f"{lacks} " + (tr("Its buffers are {names}.", names=names) if names else tr(without))
    if failure.module:
        lacks = tr("Your {module} has no parameter {name}.", module=failure.module, name=failure.name)
        without = later("It has none: a tensor that is assigned to self is only an attribute.")
        return f"{lacks} " + (tr("Its parameters are {names}.", names=names) if names else tr(without))
    return tr("There is no {name}. These names are there: {names}.", name=failure.name, names=names or tr("none"))


def _indented(sentence: str) -> str:
    return f"\n{sentence}" if sentence else ""


def sentence(clause: str) -> str:
    """A clause, with lines below it or without, as a sentence that ends in a full stop."""
    first, line, below = clause.partition("\n")
    return first.removesuffix(".") + "." * bool(first) + line + below


def of_the_file(
    exercise: Exercise, source: str, is_there: Callable[[str], bool], has_answered: Container[str], *, passed: bool
) -> str:
    """What is said of a file as a whole: what isn't written, and what nobody calls."""
    near = "" if passed else nearly_called_by_python(source)
    return " ".join(filter(None, [unfinished(exercise, source, is_there, has_answered), near]))


def unfinished(
    exercise: Exercise, source: str, is_there: Callable[[str], bool], has_answered: Container[str] = ()
) -> str:
    """One sentence on how much is written; empty where all is, or nothing can be told.

    `is_there` says whether the program has a name now that it has run, and `has_answered` what gave a value: its source
    can't tell all that it binds.
    """
    names = sorted(exercise.required_names)
    defined = defined_names(source)
    left = [name for name in unwritten(source, exercise.stub, names) if name in defined or not is_there(name)]
    left = [name for name in left if name not in has_answered]
    misplaced = _misplaced(exercise, source, is_there)
    if not left:
        return misplaced
    written = tr("{number} of {total} written", number=len(names) - len(left), total=len(names))
    still = {"names": tr(" and ").join(left)}
    said = tr_n("{names} is still to come.", "{names} are still to come.", len(left), **still)
    others = foreign_names(source, exercise.stub) if len(left) == len(names) else []
    # A helper is where many begin; whose file it is otherwise, whoever knows the course can tell.
    other = tr("So far, your file defines {names}.", names=", ".join(others[:3])) if others else ""
    again = [_emptied(name, source) for name in left]
    return " ".join(filter(None, [f"{written}: {said}", other, *again, misplaced]))


def _misplaced(exercise: Exercise, source: str, is_there: Callable[[str], bool]) -> str:
    """What is said of functions that stand inside of others, where no check can call them by their names."""
    inside = inside_others(source, exercise.stub, sorted(exercise.required_names))
    return " ".join(
        _inside(name, other, line, is_method=is_method)
        for name, (other, line, is_method) in inside.items()
        if not is_there(name)
    )


def _inside(name: str, other: str, line: int, *, is_method: bool) -> str:
    if is_method:
        return tr(
            "Line {line}: {name} is a method of {other}; the checks call a function of that name, at the left margin.",
            line=line,
            name=name,
            other=other,
        )
    return tr(
        "Line {line}: {name} is defined inside {other}, where nobody can call it by its name. Move it to the left"
        " margin.",
        line=line,
        name=name,
        other=other,
    )


def nearly_called_by_python(source: str) -> str:
    """What is said of methods whose names lack an underscore or two."""
    return " ".join(
        tr(
            "Line {line}: Python calls `{whole}`, with two underscores on each side; `{name}` is an ordinary method.",
            line=line,
            whole=whole,
            name=name,
        )
        for line, name, whole in ordinary_methods(source)
    )


def still_to_come(name: str, source: str) -> str:
    """What a check of a function that isn't written says."""
    return _emptied(name, source) or tr("{name} isn't written yet.", name=name)


def _emptied(name: str, source: str) -> str:
    """What is said of a function that is written, and then defined anew with nothing in it; else nothing."""
    if not (line := emptied(source, name)):
        return ""
    return tr(
        "{place} defines {name} once more, with nothing in it, and of two the last one counts: take that out.",
        place=at_start(in_words(place(source, line))),
        name=name,
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
