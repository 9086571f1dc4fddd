"""Neighbours of known-wrong programs: one function is a known-wrong program's, all others are the reference's.

What is said of such a program can be held against it: only that function is mistaken, and a belief that is named has to
go on answering as it does. It must not know how programs are graded, nor what is counted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from autograder.course import KnownWrong
from autograder.grading.asking import agrees, tried
from autograder.grading.explaining.evidence import Part
from autograder.grading.grader import Grader
from autograder.grading.judge import Judge
from autograder.grading.report import CheckResult, Explanation, Report
from autograder.grading.submission import Submission
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.program import Program

#: What is said where a belief is left once a line has been changed: it needn't answer as the program does.
_MENDED = "With one change"
#: Draws of the checks' questions that no explanation rests on.
_DRAWS = ("a neighbour 0", "a neighbour 1")


@dataclass(frozen=True)
class Neighbour:
    """A program of which one `function` is wrong; it stands, with all that it uses, on the first `lines`."""

    name: str
    function: str
    source: str
    lines: int


def neighbours(known: Iterable[KnownWrong], reference: str, functions: Iterable[str]) -> Iterator[Neighbour]:
    """Yield each once, in the order of the programs; only of those of several functions."""
    wanted, met = sorted(functions), set[str]()
    for each in known if len(wanted) > 1 else ():
        for function in wanted:
            others = {*wanted} - {function}
            wrong, right = _without(each.source, others), _without(reference, {function})
            _rename_own(wrong, {function})
            head = ast.unparse(wrong)
            source = f"{head}\n\n\n{ast.unparse(right)}\n"
            if function in _defined(wrong) and others <= _defined(right) and source not in met:
                met.add(source)
                yield Neighbour(f"{each.path.stem}, {function}", function, source, len(head.splitlines()))


def _without(source: str, functions: set[str]) -> ast.Module:
    """A program without some of its functions, and without what only the top of a file can hold."""
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if getattr(node, "name", "") not in functions and not _is_of_the_top(node)]
    return tree


def _is_of_the_top(node: ast.stmt) -> bool:
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return docstring or (isinstance(node, ast.ImportFrom) and node.module == "__future__")


def _defined(tree: ast.Module) -> set[str]:
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    return assigned | {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _rename_own(tree: ast.Module, but: set[str]) -> None:
    """Rename what a program defines for itself: what comes below may define the same otherwise."""
    own = _defined(tree) - but
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in own:
            node.id += "_"
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in own:
            node.name += "_"


def falsehoods(neighbour: Neighbour, submission: Submission, report: Report, grader: Grader, judge: Judge) -> list[str]:
    """What a report says of a neighbour that isn't so, as far as more questions can tell."""
    if not report.explanations:
        return []
    asked = _Asked(submission, report, grader, judge)
    return [said for each in report.explanations for said in _false(neighbour, each, asked)]


def _false(neighbour: Neighbour, each: Explanation, asked: _Asked) -> Iterator[str]:
    if blamed := sorted({*each.functions} & asked.right):
        yield f"{each.title!r} is said of {', '.join(blamed)}, which is right"
    if each.line is not None and each.line > neighbour.lines and neighbour.function not in each.uses:
        yield f"{each.title!r} is a line of what is right"
    if each.misconception is not None and _MENDED not in each.because:
        about = [part for part in asked.parts if part.asked.names <= {*each.functions}]
        refused = [part for part in about if asked.refuses(part)]
        answered = [part for part in about if part not in refused]
        sides = [refused, answered] if each.because else []
        if not any(asked.fits(each.misconception, side) for side in [about, *sides] if side or not about):
            yield f"{each.title!r} answers otherwise"


class _Asked:
    """A submission's answers to the checks' questions drawn once more, taken apart; `right` are the functions of which
    none is wrong."""

    def __init__(self, submission: Submission, report: Report, grader: Grader, judge: Judge) -> None:
        assert judge.reference is not None
        self._beliefs, self._reference = judge.diagnosis.beliefs, judge.reference
        program = judge.program(submission, total=60.0)
        try:
            self.parts = [part for check in report.checks for part in self._parts(check, grader, program)]
        finally:
            program.close()
        wrong = [part.asked.names for part in self.parts if not self._is_right(part)]
        self.right = frozenset(part.asked.name for part in self.parts).difference(*wrong)

    def _parts(self, check: CheckResult, grader: Grader, program: Program) -> Iterator[Part]:
        for draw in _DRAWS:
            for question in grader.questions(check.id, draw):
                asked = replace(question, outcome=tried(question.ask, program))
                program.forget()
                for each in [asked] if asked.accept else asked.parts():
                    part = Part(check.id, each, check.status == "passed")
                    refused = isinstance(each.outcome.failure, ProgramError) and self._is_right(part)
                    yield replace(part, passed=part.passed or refused)

    def _is_right(self, part: Part) -> bool:
        return part.passed if part.asked.accept else agrees(part.asked, tried(part.asked.ask, self._reference))

    def refuses(self, part: Part) -> bool:
        """Whether it asks for what is to be refused."""
        return isinstance(tried(part.asked.ask, self._reference).failure, ProgramError)

    def fits(self, misconception: str, parts: Sequence[Part]) -> bool:
        """Whether one of a belief's programs answers these as the submission did; it is asked all, in the same order,
        for it may keep something."""
        meant = set(map(id, parts))
        for belief in (each for each in self._beliefs if each.misconception.id == misconception):
            belief.close()
            if all(belief.fits(part) or id(part) not in meant for part in self.parts):
                return True
        return False
