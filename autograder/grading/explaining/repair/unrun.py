"""What some calls run of a program, and others don't.

An edit of what no wrong call runs mends nothing; of what no right one runs, it is likelier to. Each block is asked
about by a version that ends at its start. It must not know which edits there are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from autograder.grading.explaining.repair.change import Change, Splice, Text
from autograder.sandbox.bench import Bench
from autograder.sandbox.program import Called

#: Blocks that are asked about, the outer ones of each function first.
_MOST_BLOCKS = 60
#: Not an `Exception`, which a program may catch.
_END = "raise SystemExit"


@dataclass(frozen=True)
class Unrun:
    """Bytes of a source, block by block: from where it starts to where it ends."""

    spans: tuple[tuple[int, int], ...] = ()

    def __contains__(self, change: Change) -> bool:
        """Whether all that a change does is within them; what is put at the end of a block may be outside of it."""
        return all(
            any(start <= splice.start < end and splice.end <= end for start, end in self.spans)
            for splice in change.splices
        )

    def holds(self, text: Text, function: ast.FunctionDef) -> bool:
        """Whether no statement of a function runs."""
        return text.start(function.body[0]) in {start for start, _ in self.spans}


def unrun(bench: Bench, text: Text, functions: Sequence[ast.FunctionDef], *calls: Sequence[Called]) -> list[Unrun]:
    """Return for each group of calls the blocks of these functions that none of them runs: the answers are the same
    without them. Those of no calls are none.
    """
    blocks = [*islice((block for function in functions for block in _blocks(function)), _MOST_BLOCKS)]
    ends = [[(each.start, each.end, each.text)] for each in (ended(text, block[0]) for block in blocks)]
    asked = [call for group in calls for call in group]
    came = bench.answers(text.source.decode(), [[], *ends], asked)
    whole = came[0] if came else []
    if len(whole) < len(asked):
        return [Unrun() for _ in calls]
    spans = [(text.start(block[0]), text.end(block[-1])) for block in blocks]
    # Versions share their answers, so what is alike is one thing.
    alike = [[*map(_is, each, whole)] if len(each) == len(whole) else [] for each in came[1:]]
    found, first = [], 0
    for group in calls:
        its = slice(first, first + len(group))
        found.append(
            Unrun(tuple(span for span, each in zip(spans, alike, strict=False) if group and each and all(each[its])))
        )
        first += len(group)
    return found


def _is(one: object, other: object) -> bool:
    return one is other


def _blocks(root: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield the blocks of statements below a node."""
    for node in ast.walk(root):
        for part in ("body", "orelse", "finalbody"):
            block = getattr(node, part, None)
            if isinstance(block, list) and block:
                yield block


def ended(text: Text, first: ast.stmt) -> Splice:
    """End a program in front of the first statement of a block; before an `elif`, that is no program at all."""
    return text.before(first, _END)
