"""Mutants: every kind of change is made once, at its place, and the rest of the program stays."""

from __future__ import annotations

import ast
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from autograder.proof.mutation import mutants
from tests.command import REPOSITORY

REFERENCES = [path for path in sorted((REPOSITORY / "solutions").glob("exercise-*/*.py")) if path.name != "checks.py"]
EXPRESSIONS = st.recursive(
    st.sampled_from(["a", "b", "1", "0.5", "True"]),
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**", "@", "//", "<", "and"]), inner).map(
        lambda parts: f"({' '.join(parts)})"
    ),
    max_leaves=8,
)


def changes(source: str) -> dict[str, str]:
    return {mutant.description: mutant.source for mutant in mutants(source)}


def test_each_kind_of_change() -> None:
    found = changes("y = f(a - b, c, key=1) @ W.T\nif not y < 0.5:\n    raise ValueError")
    assert found["line 1: Sub->Add: a - b"].startswith("y = f(a + b, c, key=1) @ W.T")
    assert found["line 1: swap operands: a - b"].startswith("y = f(b - a, c, key=1)")
    assert found["line 1: drop right: a - b"].startswith("y = f(a, c, key=1)")
    assert found["line 1: drop left: a - b"].startswith("y = f(b, c, key=1)")
    assert found["line 1: swap args: f(a - b, c, key=1)"].startswith("y = f(c, a - b, key=1)")
    assert found["line 1: drop keyword: f(a - b, c, key=1)"].startswith("y = f(a - b, c) @")
    assert found["line 1: drop .T: W.T"].startswith("y = f(a - b, c, key=1) @ W\n")
    assert found["line 1: 1->0: 1"].startswith("y = f(a - b, c, key=0)")
    assert found["line 2: cmp->LtE: y < 0.5"].splitlines()[1] == "if not y <= 0.5:"
    assert found["line 2: drop unary: not y < 0.5"].splitlines()[1] == "if y < 0.5:"
    assert found["line 3: remove statement: raise ValueError"].splitlines()[2] == "    pass"
    assert "line 1: remove statement: y = f(a - b, c, key=1) @ W.T" in found


def test_the_encoding_that_all_text_has_is_no_change_that_a_check_could_see() -> None:
    kept = changes("f = open(p, newline='', encoding='utf-8')")
    assert kept["line 1: drop keyword: open(p, newline='', encoding='utf-8')"] == "f = open(p, encoding='utf-8')"
    assert any("encoding" not in source for source in changes("f = open(p, encoding='cp1252')").values())


def test_texts_and_types_are_left_alone() -> None:
    source = '"""Text."""\n\n\ndef f(x: Annotated[int, 3] = ...) -> Literal[4]:\n    """More 1."""\n    return x\n'
    assert list(changes(source)) == ["line 6: remove statement: return x"]


@given(EXPRESSIONS)
def test_every_mutant_is_another_program_and_can_be_read(expression: str) -> None:
    found = list(mutants(f"y = {expression}"))
    sources = [mutant.source for mutant in found]
    assert len(set(sources)) == len(sources)
    assert ast.unparse(ast.parse(f"y = {expression}")) not in sources
    assert all(ast.parse(source) for source in sources)


def test_every_reference_has_mutants_whose_lines_are_its_own() -> None:
    assert len(REFERENCES) == 17
    for path in REFERENCES:
        lines = path.read_text().count("\n")
        found = list(mutants(path.read_text()))
        assert len(found) > 10, path
        assert all(1 <= mutant.line <= lines and "\n" not in mutant.description for mutant in found), Path(path)
