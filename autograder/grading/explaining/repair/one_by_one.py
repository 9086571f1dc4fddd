"""Single changes tried one after the other, each as a program of its own: for questions that no bench can ask.

Such a question has objects in it, what a generator yields, or what a program prints. A version costs a process, so only
the likeliest changes are tried, and one alone. It must not know how a repair is told.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from autograder.course.program_files import is_python
from autograder.grading.explaining.effort import Effort
from autograder.grading.explaining.repair.change import Change, Splice, Text, changed
from autograder.grading.explaining.repair.edits import in_order
from autograder.grading.explaining.repair.search import single_changes
from autograder.grading.explaining.repair.unrun import ended
from autograder.grading.explaining.used_functions import functions_of, reached
from autograder.language import tr
from autograder.machine import crowding

#: So many changes are tried on a bench for one that is tried as a program.
_TIMES_DEARER = 40
_MOST_SINGLES = 5000
#: Functions of which is asked whether they run at all.
_MOST_FUNCTIONS = 20
#: The share of what all computes for them that is the judge's own.
_OF_THE_JUDGE = 1 / 3
#: Seconds from which on a question takes too long to be asked of many versions; more on a busy machine.
_SLOW = 0.25


def mending(
    text: Text,
    names: Sequence[str],
    mended: Callable[[str], frozenset[str]],
    unchanged: Callable[[str], bool],
    effort: Effort,
) -> Iterator[tuple[Change, frozenset[str]]]:
    """Yield the changes with which some check is answered rightly that isn't as the program is, and those checks.

    `mended` asks the program of a source, and `unchanged` tells whether what it answers wrongly is what it was. What is
    right in a process of its own before any change was spoilt by what was asked before: no change can be told to mend
    it.
    """
    began = time.monotonic()
    if mended(text.source.decode()) or time.monotonic() - began > _SLOW * crowding():
        return
    until, computed = began + effort.clock * crowding(), time.process_time() + effort.cpu * _OF_THE_JUDGE
    functions = _run(text, [*_functions(text, names)], unchanged)
    changes = in_order([*_never_called(text, names), *islice(single_changes(text, functions), _MOST_SINGLES)])
    versions = {changed(text.source, change.splices): change for change in reversed(changes)}
    for source, change in islice(reversed(versions.items()), effort.singles // _TIMES_DEARER):
        if time.monotonic() > until or time.process_time() > computed:
            return
        if is_python(source) and (checks := mended(source)):
            yield change, checks


def _functions(text: Text, names: Sequence[str]) -> Iterator[ast.FunctionDef]:
    """Yield what is changed: the functions and methods of these names, or a program's own statements and all others."""
    if found := reached(text.tree, names):
        yield from functions_of(found.values())
        return
    (own,) = ast.parse("def program(): pass").body
    assert isinstance(own, ast.FunctionDef)
    own.body = [each for each in text.tree.body if not isinstance(each, ast.FunctionDef | ast.ClassDef)]
    if own.body:
        yield own
    yield from functions_of(each for each in text.tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef))


def _never_called(text: Text, names: Sequence[str]) -> Iterator[Change]:
    """Yield calls, at the end of a program, of the functions that take nothing, and that nothing in it names."""
    named = {node.id for node in ast.walk(text.tree) if isinstance(node, ast.Name)}
    end = len(text.source)
    for each in text.tree.body if not reached(text.tree, names) else ():
        if isinstance(each, ast.FunctionDef) and each.name not in named and not ast.unparse(each.args):
            call = Splice(end, end, f"\n{each.name}()\n")
            what = tr("with a call of {name} below", name=each.name)
            yield Change((call,), what, each.lineno, each.end_lineno or each.lineno, 0.5)


def _run(
    text: Text, functions: Sequence[ast.FunctionDef], unchanged: Callable[[str], bool]
) -> Sequence[ast.FunctionDef]:
    """Return those that what went wrong runs: no change of another mends it. All, where nothing tells which."""
    if not 1 < len(functions) <= _MOST_FUNCTIONS:
        return functions
    run = [each for each in functions if not unchanged(changed(text.source, [ended(text, each.body[0])]))]
    return run or functions
