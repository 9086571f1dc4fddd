"""What goes wrong in a function that uses another one which goes wrong itself: that one is to be mended first.

It must not know how reasons are looked for.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from autograder.grading.explaining.evidence import Evidence, Mistake
from autograder.grading.report import Explanation
from autograder.language import tr, tr_n


def reached(tree: ast.Module, names: Sequence[str]) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    """Return the functions and classes of these names, and those of the module that they use."""
    top = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef)}
    wanted = [name for name in names if name in top]
    for name in wanted:
        wanted += [each for each in dict.fromkeys(_read(top[name])) if each in top and each not in wanted]
    return {name: top[name] for name in wanted}


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
        checks = [check for check in mistake.checks if check not in explained]
        if checks and (used := _mistaken(evidence, mistake.functions)):
            by_used.append((mistake, _explained_by(used, mistake.functions, checks)))
    told = {frozenset(each.functions) for _, each in by_used}
    said = {id(each): each if {*each.functions} in told else _said_too(evidence, each) for _, each in found}
    return [(mistake, said[id(each)]) for mistake, each in found] + by_used  # one for several mistakes stays one


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
    used = _mistaken(evidence, frozenset(explanation.functions)) if explanation.kind == "behaviour" else []
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


def _mistaken(evidence: Evidence, functions: frozenset[str]) -> list[str]:
    """The other functions that these use and that answer wrongly themselves.

    Where it's only that they refuse nothing, whoever uses them may know nothing of it.
    """
    if len(evidence.mistakes) < 2:
        return []
    tree = ast.parse(evidence.submission.source)
    used = [each for each in used_mistakes(evidence, functions, tree) if not each.functions & functions]
    wrong = [each for each in used if any(evidence.is_on_its_side(part.asked, each) for part in each.wrong)]
    names = frozenset[str]().union(*(each.functions for each in wrong)) - evidence.unwritten
    return [name for name in reached(tree, sorted(functions)) if name in names]
