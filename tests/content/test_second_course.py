"""The small course in examples/, whole and as its students meet it: nothing of it comes from the course that ships."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.gradebook.book import Gradebook
from tests.command import PROOFS, REPOSITORY, Command

EXAMPLE = REPOSITORY / "examples" / "second-course"
SOLUTIONS = EXAMPLE / "solutions"
DRILL = "mitades"
#: What only the other course speaks of.
FOREIGN = re.compile(r"gradient|vanish|recurren|jacobian|tanh|exercise-\d\d", re.IGNORECASE)
KINDS = {"single", "multiple", "number", "truefalse", "text", "ordering", "matching"}


@pytest.mark.proof
def test_it_is_proved(gradecheck: Command) -> None:
    ended = gradecheck("validate", "--json", course=EXAMPLE, GRADECHECK_DATA=str(PROOFS))
    assert (ended.code, ended.report["problems"]) == (0, []), ended.err
    for name, tallies in ended.report["exercises"].items():
        counted = {role: tally["right"] for role, tally in tallies.items() if tally["right"] == tally["of"]}
        assert counted["known_wrong"] >= 3, name
        if name == DRILL:
            assert counted["reference"] == counted["accepted"] / 2 == 5  # students, each with numbers of its own
            continue
        assert counted["reference"] == 1, name
        assert counted["accepted"] >= 2, name
        assert counted["mutants"] > 5, name


def test_its_quiz_asks_in_every_kind(gradecheck: Command) -> None:
    quiz = (EXAMPLE / "quizzes/repaso.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"^    kind: (\w+)$", quiz, re.MULTILINE)) == KINDS
    assert gradecheck("validate", "repaso", course=EXAMPLE).code == 0


@pytest.mark.parametrize("belief", ["valor-por-error", "solo-si-crece"])
def test_a_function_that_is_called_back_is_graded_and_explained(gradecheck: Command, belief: str) -> None:
    ended = gradecheck("run", "biseccion", SOLUTIONS / f"biseccion/misconceptions/{belief}.py", "--all", course=EXAMPLE)
    assert ended.code == 1
    assert "Idea equivocada: " in ended.out
    assert not FOREIGN.search(ended.out)


def test_any_right_order_passes(gradecheck: Command, tmp_path: Path) -> None:
    mine = tmp_path / "plan.py"
    for choice in ("min", "max"):
        mine.write_text(
            "def plan(antes):\n    orden = []\n    while len(orden) < len(antes):\n"
            "        listas = [t for t in antes if t not in orden and all(o in orden for o in antes[t])]\n"
            "        if not listas:\n            raise ValueError('no')\n"
            f"        orden.append({choice}(listas))\n    return orden\n"
        )
        assert gradecheck("run", "plan", mine, course=EXAMPLE).code == 0


def test_each_student_has_other_numbers_and_is_graded_by_them(gradecheck: Command, tmp_path: Path) -> None:
    stubs = []
    for student in ("ana", "bea"):
        record = {"GRADECHECK_DATA": str(tmp_path / f"{student}'s record")}
        gradecheck("start", DRILL, "--dir", tmp_path / "class" / student, course=EXAMPLE, **record)
        file = tmp_path / "class" / student / "answers.yaml"
        stubs.append(file.read_text(encoding="utf-8"))
        numbers = re.search(r"intervalo de (\d+) tras (\d+) mitades", stubs[-1])
        assert numbers is not None
        file.write_text(stubs[-1].replace("ancho_final: null", f"ancho_final: {numbers[1]}/2^{numbers[2]}"))
        shown = gradecheck("show", DRILL, course=EXAMPLE, **record).out
        assert f"cuánto mide tras {numbers[2]} mitades" in shown
        assert "2 de 4 puntos" in gradecheck("run", DRILL, file, course=EXAMPLE, **record).out
    assert stubs[0] != stubs[1]
    gradecheck("batch", "class", "--out", "out", course=EXAMPLE)
    with Gradebook.read(tmp_path / "out") as opened:
        assert [row.score for row in opened.results()] == [2, 2]


def test_students_read_spanish_and_english_where_there_is_no_spanish(gradecheck: Command) -> None:
    assert "Una pila de platos" in gradecheck("show", "pila", course=EXAMPLE).out
    assert "A stack of plates" in gradecheck("--language=en", "show", "pila", course=EXAMPLE).out
    listed = gradecheck("list", course=EXAMPLE).out
    assert "Números por la entrada estándar" in listed
    fallen_back = gradecheck("show", "tally", course=EXAMPLE).out
    assert "Numbers on standard input" in fallen_back
    assert "6 puntos. Se entrega tally.py." in fallen_back
    assert "Pista 1 de 3\nWhat is" in gradecheck("hint", "tally", course=EXAMPLE).out


def test_nothing_that_students_meet_is_of_another_course(gradecheck: Command, tmp_path: Path) -> None:
    for arguments in (
        ["--help"],
        ["list"],
        ["next"],
        ["show", "biseccion"],
        ["start", "tally"],
        ["progress"],
        ["search", "raíz"],
    ):
        ended = gradecheck(*arguments, course=EXAMPLE)
        assert (ended.code, FOREIGN.findall(ended.out + ended.err)) == (0, []), arguments
    reviewed = gradecheck("quiz", "repaso", "--review", course=EXAMPLE)
    assert "¿Cuánto mide" in reviewed.out
    assert not FOREIGN.search(reviewed.out)
    gradecheck("run", "pila", SOLUTIONS / "pila/misconceptions/mirar-es-sacar.py", course=EXAMPLE)
    assert gradecheck("report", "--out", "pages", course=EXAMPLE).code == 0
    pages = [_words(page) for page in sorted((tmp_path / "pages").rglob("*.html"))]
    assert len(pages) > 1
    assert [FOREIGN.findall(page) for page in pages if FOREIGN.search(page)] == []


def _words(page: Path) -> str:
    """What a page says, without its styles and scripts, which speak of gradients of colour."""
    return re.sub(r"<(style|script).*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.S)


def test_a_class_is_graded(gradecheck: Command, tmp_path: Path) -> None:
    for student, place in {"ana": "pila.py", "bea": "misconceptions/cola-por-pila.py"}.items():
        (tmp_path / "class" / student).mkdir(parents=True)
        (tmp_path / "class" / student / "pila.py").write_bytes((SOLUTIONS / "pila" / place).read_bytes())
    ended = gradecheck("batch", "class", "--out", "out", course=EXAMPLE)
    assert "2 estudiantes, 2 filas: 2 calificadas. Superadas: 1." in ended.out
    assert "cola-por-pila" in (tmp_path / "out/grades.csv").read_text(encoding="utf-8-sig")
    assert not FOREIGN.search(_words(tmp_path / "out/class.html"))
