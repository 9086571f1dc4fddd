"""What goes wrong in a function that uses another one which goes wrong itself: that one is to be mended first.

It must not know how reasons are looked for.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import msgspec

from autograder.course.program_files import parsed
from autograder.grading.asking import Asked, agrees, tried
from autograder.grading.explaining.behaviours.signatures import parameter_defaults
from autograder.grading.explaining.evidence import Evidence, Mistake, Part
from autograder.grading.report import Explanation
from autograder.language import tr, tr_n
from autograder.sandbox.program import Called


def reached(
    tree: ast.Module, names: Sequence[str], without: Collection[str] = ()
) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    """Return the functions and classes of these names, and those of the module that they use; some are left out."""
    definitions = (each for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef))
    top = {each.name: each for each in definitions if each.name not in without}
    wanted = [name for name in names if name in top]
    for name in wanted:
        wanted += [each for each in dict.fromkeys(_read(top[name])) if each in top and each not in wanted]
    return {name: top[name] for name in wanted}


def functions_of(nodes: Iterable[ast.FunctionDef | ast.ClassDef]) -> Iterator[ast.FunctionDef]:
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            yield node
        else:
            yield from (each for each in node.body if isinstance(each, ast.FunctionDef))


def _read(definition: ast.AST) -> list[str]:
    """The names that a definition reads and never sets, neither as its parameters nor as its variables."""
    nodes = list(ast.walk(definition))
    names = [each for each in nodes if isinstance(each, ast.Name)]
    own = {each.arg for each in nodes if isinstance(each, ast.arg)}
    own |= {each.id for each in names if not isinstance(each.ctx, ast.Load)}
    return [each.id for each in names if each.id not in own]


def used_mistakes(evidence: Evidence, functions: frozenset[str], tree: ast.Module) -> list[Mistake]:
    """Return what goes wrong, where an answer is promised, in other functions of a program that these use."""
    names = reached(tree, sorted(functions)).keys() - functions
    return [replace(each, refusals=False) for each in evidence.mistakes if each.functions & names]


def with_used(evidence: Evidence, found: Sequence[tuple[Mistake, Explanation]]) -> list[tuple[Mistake, Explanation]]:
    """Return what explains the mistakes, and what they use that goes wrong itself: as the reason of checks that have
    no other, or said after what a function does. A belief or a line holds with all that the function uses.
    """
    explained = {check for _, each in found for check in each.checks}
    by_used: list[tuple[Mistake, Explanation]] = []
    for mistake in evidence.mistakes:
        left = [part for part in mistake.wrong if part.check not in explained]
        blamed = {part.check: used for part in left if (used := _blamed(evidence, mistake.functions, [part]))}
        if blamed:
            used = [name for name in _mistaken(evidence, mistake.functions) if name in {*chain(*blamed.values())}]
            by_used.append((mistake, _explained_by(used, mistake.functions, [*blamed])))
    told = {frozenset(each.functions) for _, each in by_used}
    said = {id(each): each if {*each.functions} in told else _said_too(evidence, each) for _, each in found}
    return [(mistake, said[id(each)]) for mistake, each in found] + by_used  # one for several mistakes stays one


def wrong_without(evidence: Evidence, call: Called, names: Sequence[str]) -> bool:
    """Whether all functions of these names answer rightly where they get what a call of another one was given."""
    return all(_is_right_there(evidence, call, name) for name in names)


def directly_used(evidence: Evidence, functions: frozenset[str]) -> list[str]:
    """The functions that go wrong themselves and that these use, but for what those use in turn."""
    used = _mistaken(evidence, functions)
    tree = _tree(evidence)
    return [name for name in used if name in reached(tree, sorted(functions), [each for each in used if each != name])]


def _explained_by(used: Sequence[str], functions: Iterable[str], checks: list[str]) -> Explanation:
    users, names = (tr(" and ").join(each) for each in (sorted(functions), used))
    title = tr_n(
        "{functions}: it uses {names}, which goes wrong itself",
        "{functions}: it uses {names}, which go wrong themselves",
        len(used),
        functions=users,
        names=names,
    )
    text = tr("Mend {names} first and grade again: {functions} may be right then.", names=names, functions=users)
    return Explanation("behaviour", title, text, checks=checks, functions=sorted(functions), uses=[*used])


def _said_too(evidence: Evidence, explanation: Explanation) -> Explanation:
    functions = frozenset(explanation.functions)
    wrong = [part for each in evidence.mistakes if each.functions <= functions for part in each.wrong]
    meant = [part for part in wrong if part.check in explanation.checks]
    used = _blamed(evidence, functions, meant) if explanation.kind == "behaviour" else []
    if not used:
        return explanation
    said = tr_n(
        "It uses {names}, which goes wrong itself: mend that first.",
        "It uses {names}, which go wrong themselves: mend those first.",
        len(used),
        names=tr(" and ").join(used),
    )
    # Last, for its text goes on from its title: "That is so …".
    return msgspec.structs.replace(explanation, text=f"{explanation.text} {said}".lstrip(), uses=used)


def _blamed(evidence: Evidence, functions: frozenset[str], parts: Sequence[Part]) -> list[str]:
    """The functions that go wrong themselves and may be why these do in all of some questions: not one that answers
    rightly where it gets what was given in a question that went wrong all the same, nor what only that one uses.
    """
    used = _mistaken(evidence, functions)
    calls = [part.asked.call for part in parts if used and part.asked.call is not None]
    spared = {name for name in used for call in calls if _is_right_there(evidence, call, name)}
    if not spared:
        return used
    left = reached(_tree(evidence), sorted(functions), spared)
    return [name for name in used if name in left]


def _is_right_there(evidence: Evidence, call: Called, name: str) -> bool:
    """Whether a function answers rightly where it gets what was given to another one, by the stub's names for it."""
    exercise, reference = evidence.judge.exercise, evidence.judge.reference
    if reference is None or call.built is not None or call.gradient:
        return False
    given = {**dict(zip(exercise.parameters(call.name), call.arguments, strict=False)), **call.keywords}
    wanted, defaults = exercise.parameters(name), parameter_defaults(exercise.stub, name)
    if not wanted or any(each not in given and each not in defaults for each in wanted):
        return False
    other = Called(name, (), {each: given[each] for each in wanted if each in given})
    right = tried(other.ask, reference)
    with evidence.graded() as program:
        mine = tried(other.ask, program)
    return right.failure is None and agrees(Asked(other.ask, mine), right)


def _mistaken(evidence: Evidence, functions: frozenset[str]) -> list[str]:
    """The other functions that these use and that answer wrongly themselves.

    Where it's only that they refuse nothing, whoever uses them may know nothing of it.
    """
    if len(evidence.mistakes) < 2:
        return []
    tree = _tree(evidence)
    used = [each for each in used_mistakes(evidence, functions, tree) if not each.functions & functions]
    wrong = [each for each in used if any(evidence.is_on_its_side(part.asked, each) for part in each.wrong)]
    names = frozenset[str]().union(*(each.functions for each in wrong)) - evidence.unwritten
    return [name for name in reached(tree, sorted(functions)) if name in names]


def _tree(evidence: Evidence) -> ast.Module:
    """The submission, parsed; an empty module where it can't be: of several files, one may be no Python."""
    return parsed(evidence.submission.source) or ast.Module([], [])
