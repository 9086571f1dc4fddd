"""A course in Spanish, as its students meet it: no English word is left, and what programs read stays as it is."""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import pytest
from rich.console import Console

from autograder import language
from autograder.course import CourseRoot, load_course, load_exercise
from autograder.feedback import first_screen, html, terminal
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.command import Command, Finished
from tests.files import write
from tests.languages.spanish_course import write_course

pytestmark = pytest.mark.spanish

#: Words that no Spanish sentence has, and most English ones do.
ENGLISH = re.compile(
    r"\b(the|of|is|are|and|or|your|you|with|to|for|it|what|which|that|not|points?|check|checks|passed|failed|next|right"
    r"|wrong|answer|question|questions|hint|number|file|type|press|expected|gave|called|misconceptions?|done|begun)\b",
    re.IGNORECASE,
)
#: What is typed, and the names of layers and of Python's things, is no sentence.
TYPED = re.compile(
    r"gradecheck [a-z-]+( [a-z./-]+)*( --[a-z]+)*|--[a-z]+|`[^`]*`|[\w-]+\.(py|yaml|html)"
    r"|bubblewrap|landlock|seccomp|rlimits"
)


class Student:
    """Types commands in the folder beside the course."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.course = folder, write_course(folder)

    def __call__(self, *arguments: str, typed: str = "", **environment: str) -> Finished:
        return Command(self.folder)(*arguments, course=self.course, typed=typed, **environment)

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text)
        return name


@pytest.fixture
def student(tmp_path: Path) -> Student:
    return Student(tmp_path)


def english(text: str) -> list[str]:
    """The lines that hold an English word."""
    return [line for line in TYPED.sub(" ", text).splitlines() if ENGLISH.search(line)]


PROGRAMS = {
    "the sum": "def media(x):\n    return x.sum()\n",
    "twice": "def media(x):\n    return 2 * x.mean()\n",
    "no return": "def media(x):\n    x.mean()\n",
    "an exception": "def media(x):\n    return x.mean() / nada\n",
    "a line": "def media(x):\n    return x.sum() / (len(x) + 1)\n",
    "a syntax error": "def media(x:\n    return 1\n",
    "another name": "def promedio(x):\n    return x.mean()\n",
    "an import": "import pandas\ndef media(x):\n    return x.mean()\n",
    "at the top": "def media(x):\n    return x.mean()\n\nprint(media([1]))\n",
    "printed": "def media(x):\n    print(x.mean())\n",
    "a hang": "def media(x):\n    while True:\n        pass\n",
    "an array": "def media(x):\n    return x\n",
    "empty": "",
    "the stub": 'def media(x):\n    raise NotImplementedError("Escribe media.")\n',
    "right": "def media(x):\n    return x.mean()\n",
}


@pytest.fixture(scope="module")
def reports(module_folder: Path) -> dict[str, Report]:
    """What is found of each program: one judge grades them all."""
    root = CourseRoot.at(write_course(module_folder))
    given = (from_bytes("media.py", source.encode()) for source in PROGRAMS.values())
    with language.speaking("es"):
        found = grade(load_course(root), load_exercise(root, "media"), given)
        return dict(zip(PROGRAMS, found, strict=True))


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_report_is_in_spanish(reports: dict[str, Report], name: str) -> None:
    report, printed = reports[name], {}
    assert report.passed == (name in ("right", "an import", "at the top"))
    with language.speaking("es"):
        for screen in (first_screen, terminal):
            screen.render(report, Console(file=(out := io.StringIO()), width=80))
            printed[screen] = out.getvalue()
        page = html.render(report)
    for text in printed.values():
        assert "punto" in text
        assert english(without_pythons_words(text)) == []
    assert '<html lang="es">' in page


def without_pythons_words(text: str) -> str:
    """Python's own words about an exception stay Python's."""
    said = re.sub(r"(NameError|SyntaxError|ModuleNotFoundError|AttributeError|ValueError): .*", "", text)
    return re.sub(r"error de sintaxis en la .*", "", said)


def test_run_shows_and_writes_it_in_spanish(student: Student) -> None:
    done = student("run", "media", student.write("media.py", PROGRAMS["no return"]), "--all", "--html", "pagina.html")
    assert done.code == 1, done.err
    assert english(done.out) == []
    assert '<html lang="es">' in (student.folder / "pagina.html").read_text()
    screen = student("run", "media").out
    assert "punto" in screen
    assert english(screen) == []


def test_statuses_keys_and_numbers_of_json_stay(student: Student) -> None:
    report = json.loads(student("run", "media", student.write("media.py", PROGRAMS["the sum"]), "--json").out)
    assert [check["status"] for check in report["checks"]] == ["failed", "failed"]
    assert report["checks"][1]["misconception"]["id"] == "suma-por-media"
    assert isinstance(report["score"], float)
    assert "no es el número correcto" in report["checks"][0]["message"]


def test_a_drill_is_in_spanish_and_a_comma_is_a_point(student: Student) -> None:
    done = student("run", "mezcla", student.write("a.yaml", "agua: 0,25\nazucar: 0,3\n"))
    assert english(done.out) == []
    assert "0,3 no es el número correcto" in done.out
    assert "Idea equivocada: Las partes cambiadas" in done.out
    for text in (
        "agua: mucha\n",
        "agu: 1\n",
        "agua: [\n",
        "",
        "agua: 1,2,3\nazucar: 5 (2)\n",
        "agua: ahí\nazucar: >3\n",
    ):
        done = student("run", "mezcla", student.write("a.yaml", text), "--all")
        assert done.code == 1
        assert english(done.out) == [], text
    assert student("run", "mezcla", student.write("a.yaml", "agua: 0,75\nazucar: 0,25\n")).code == 0


def test_the_course_at_a_glance(student: Student) -> None:
    student("run", "media", student.write("media.py", PROGRAMS["the sum"]))
    student("quiz", "repaso", typed="a\n")
    outputs = [
        student("list"), student("show", "media"), student("start", "media"), student("start", "media"),
        student("hint", "media"), student("hint", "media", "--again"), student("progress"), student("quiz"),
        student("report", "--out", "paginas"), student("run", "medai"), student("quiz", "repasso"), student("run"),
        student("run", "media", "nada.py"), student("next"), student(), student("practice", typed="q\n"),
        student("search", "media"), student("search", "zzz"), student("solution", "media"),
        student("solution", "mezcla"),
    ]  # fmt: skip
    for done in outputs:
        assert english((done.out + done.err).replace("Error:", "")) == []
    assert "Ideas equivocadas que han aparecido" in outputs[6].out
    pages = sorted((student.folder / "paginas").rglob("*.html"))
    assert {page.parent.name for page in pages} == {"paginas", "exercises", "quizzes", "reports"}
    for page in pages:
        text = page.read_text()
        assert '<html lang="es">' in text
        code = r"(?s)<(script|style|svg|pre|code|annotation)\b.*?</\1>|<[^>]*>"
        assert english(re.sub(code, " ", text)) == [], page.name


def test_a_quiz_is_in_spanish(student: Student) -> None:
    typed = "?\nx\n\na\nabc\nmucho\n\n3\nquizá\nverdadero\n\nsuma\nzz\nab\n1a\n1a 2a\n"
    done = student("quiz", "repaso", "--seed", "5", "--plain", typed=typed)
    assert english(done.out + done.err) == []
    for said in ("Pregunta 7 de 7", "Pista 1 de 1", "Idea equivocada", "La respuesta correcta: falso", "1,5 litros"):
        assert said in done.out, said
    assert english(student("quiz", "repaso", "--review", "--plain").out) == []
    stopped = student("quiz", "repaso", typed="q\n")
    assert "Quedan 7 preguntas." in stopped.out


def test_after_a_pass_other_ways_are_shown(student: Student) -> None:
    (student.course / "solutions" / "media" / "accepted").mkdir()
    (student.course / "solutions" / "media" / "accepted" / "bucle.py").write_text(
        '"""Suma."""\n\n\ndef media(x):\n    s = 0\n    for each in x:\n        s += each\n    return s / len(x)\n'
    )
    student("start", "media")
    (student.folder / "media" / "media.py").write_text(PROGRAMS["right"])
    assert student("run", "media").code == 0
    solution = student("solution", "media")
    assert english(re.sub(r"(?m)^  .*", "", solution.out)) == []
    assert "Otra manera: bucle" in solution.out


def test_numbers_are_written_and_read_with_a_comma(student: Student) -> None:
    quiz = """format: 1
title: 'Números'
questions:
  - id: uno
    kind: number
    concept: c
    ask: 'Aquí está @{0.25}, y $x = @{1/3:.3f}$, y `@{0.5}`.'
    key: 0.75
    right: 'Es @{0.75}, o $@{0.000015:.1e}$.'
"""
    (student.course / "quizzes" / "repaso.yaml").write_text(quiz)
    done = student("quiz", "repaso", "--seed", "1", "--plain", typed="unos 0,75 pasos\n")
    assert done.code == 0
    assert "Aquí está 0,25, y x = 0,333, y `0.5`." in done.out
    assert "El número correcto es 0,75." in done.out
    assert "Es 0,75, o 1,5 · 10⁻⁵." in done.out


def test_another_language_can_be_asked_for(student: Student) -> None:
    assert "Next: gradecheck" in student("--language", "en", "list").out
    assert "Siguiente: gradecheck" in student("list").out
    file = student.write("media.py", PROGRAMS["twice"])
    assert "and that is not the right number" in student("--language", "en", "run", "media", file, "--all").out


def test_an_english_course_reads_no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(language.VARIABLE, raising=False)
    language.speak("en")
    found = os.environ.get("LANGUAGE")
    language.speak("es")
    assert os.environ["LANGUAGE"] == "es"
    assert language.tr("Next") == "Siguiente"
    assert language.tr_n("{n} check", "{n} checks", 1) == "1 comprobación"
    assert language.decimal("1.5") == "1,5"
    language.speak("en")
    assert (language.tr("Next"), language.spoken(), language.decimal("1.5")) == ("Next", "en", "1.5")
    assert os.environ.get("LANGUAGE") == found  # what is started from here speaks as its user does
    language.speak("xx")
    assert language.tr("Next") == "Next"


def test_a_class_is_graded_and_told_of_in_spanish(student: Student) -> None:
    handed_in = {
        "class/ana/media.py": PROGRAMS["right"],
        "class/bea/media.py": PROGRAMS["the sum"],
        "class/cai/media (1).py": PROGRAMS["right"],
        "class/cai/media.py": PROGRAMS["the stub"],
        "class/dan/otro.txt": "nada\n",
        "class/suelto.md": "nada\n",
    }
    write(student.folder, handed_in)
    first = student("batch", "class", "--out", "notas", "--exercise", "media")
    assert "4 students" not in first.out
    assert "4 estudiantes, 4 filas: 3 calificadas, 1 sin entregar. Superadas: 2." in first.out
    (student.folder / "class/ana/media.py").write_text(PROGRAMS["twice"])
    again = student("batch", "class", "--out", "notas", "--exercise", "media")
    assert "ana, media: 0 de 3, y antes 3 de 3 (se entregó otro archivo)." in again.out
    by_hand = student("override", "notas", "ana", "media", "2,5", "--reason", "Con ayuda")
    assert by_hand.out == "ana, media: 2,5 de 3, puesta a mano: Con ayuda. Las comprobaciones sumaban 0.\n"
    told = [
        first, again, by_hand,
        student("stats", "notas", "--all"),
        student("history", "notas"),
        student("history", "notas", "ana"),
        student("similar", "notas", "--html", "iguales.html"),
        student("override", "notas", "nadie", "media", "1", "--reason", "x"),
        student("override", "notas", "ana", "media", "9", "--reason", "x"),
        student("batch", "vacia", "--out", "notas"),
        student("forget", "notas", "dan"),
        student("stats", "en-ninguna-parte"),
    ]  # fmt: skip
    assert [line for ended in told for line in english(ended.out + ended.err)] == []
    assert english(re.sub("<[^>]*>", "\n", (student.folder / "iguales.html").read_text().partition("<body")[2])) == []
    decided = json.loads(student("history", "notas", "ana", "media", "--json").out)["results"]
    assert [(each["status"], each["score"]) for each in decided] == [("graded", 3), ("graded", 0)]
    header = (student.folder / "notas/grades.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.startswith("student,")


def test_grades_and_questions_go_elsewhere_in_spanish(student: Student) -> None:
    for name in ("ana", "bea"):
        (student.folder / "class" / name).mkdir(parents=True)
        student.write(f"class/{name}/media.py", PROGRAMS["the sum"])
    student("batch", "class", "--out", "notas", "--exercise", "media")
    header, possible = "Student,ID,SIS User ID,SIS Login ID,Section,media (1)", "    Points Possible,,,,,6"
    rows = ["ana,1,,ana,,EX", "otra,2,,otra,,"]
    roster = student.write("canvas.csv", "\n".join([header, possible, *rows, ""]))
    bank = student.write("banco.txt", "::Uno::¿Uno? {=uno ~dos}\n\nSin llaves.\n\n¿Cuánto? {#tres}\n")
    told = [
        student("export", "csv", "notas", "--out", "notas.csv"),
        student("export", "csv", "notas", "--exercise", "nada"),
        student("export", "canvas", "notas"),
        student("export", "canvas", "notas", "--dry-run"),
        student("export", "canvas", "notas", "--roster", roster, "--column", "media=nada"),
        student("export", "canvas", "notas", "--roster", roster, "--column", "media"),
        student("export", "moodle", "notas", "--column", "media=x"),
        student("export", "feedback", "notas", "--for", "canvas", "--out", "paginas.zip"),
        student("export", "student-kit", "--out", bank),
        student("import", "gift", bank, "--id", "banco"),
        student("import", "moodle-xml", bank, "--id", "otro"),
        student("import", "gift", "nada.txt"),
        student("new", "exercise", "media"),
        student("new", "quiz", "Media"),
        student("new", "exercise"),
    ]  # fmt: skip
    said = "\n".join(ended.err if "Student,ID" in ended.out else ended.out + ended.err for ended in told)
    # The system's own words about a file, and those of its XML reader, stay theirs.
    said = re.sub(rf"No such file or directory|Esto no es XML: [^.]*\.|{student.folder}/", "", said)
    assert english(said.replace("Error:", "")) == []
    dry = student("export", "canvas", "notas", "--roster", roster, "--dry-run", "--column", "media=media").out
    assert "media → 'media (1)', sobre 6 puntos" in dry
    assert "  ana, media (1): EX se queda: porque Canvas los tiene exentos" in dry
    assert "1 del libro de calificaciones no está en canvas.csv: bea." in dry
    assert english(dry) == []


def test_a_comment_to_a_student_is_in_spanish_and_is_known_again(student: Student) -> None:
    (student.folder / "class" / "ana").mkdir(parents=True)
    student.write("class/ana/media.py", PROGRAMS["the sum"])
    student("batch", "class", "--out", "notas", "--exercise", "media")
    columns = "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade),Feedback comments"
    for standing in ("", "To revise: La suma tomada por la media.", "Para repasar: Las partes cambiadas."):
        row = f"Participant 7,ana,ana@example.org,,,3,-,{standing}"
        roster = student.write("moodle.csv", f"{columns}\n{row}\n")
        filled = student("export", "moodle", "notas", "--exercise", "media", "--roster", roster)
        assert "Para repasar: La suma tomada por la media." in filled.out, filled.err


def test_a_proof_is_in_spanish(student: Student) -> None:
    solution = student.course / "solutions" / "media"
    (solution / "accepted").mkdir()
    (solution / "accepted" / "doble.py").write_text(PROGRAMS["twice"])
    (solution / "misconceptions" / "al-reves.py").write_text(f'"""No."""\n\n\n{PROGRAMS["right"]}')
    done = student("validate", "media", "--jobs", "1")
    assert english(re.sub("(?m)^[^ ]+:[0-9]+: |accepted/|: line .*', o|--again", "", done.out + done.err)) == []
    lines = done.out.splitlines()
    assert any("Este programa de accepted/ obtiene 0 de 3 puntos: ejemplo: " in line for line in lines)
    assert any("supera todas las comprobaciones: añade una que 'al-reves' no supere." in line for line in lines)
    assert re.match(r"\d+ problemas\. ", lines[-1])
    done = student("--language", "en", "validate", "repaso")
    assert "Everything holds." in done.out


#: An author's slips, by the file: what stands there and what is written in its place.
SLIPS = [
    ("exercises/media/exercise.yaml", "checks:\n  - {", "checks:\n\t- {"),
    ("exercises/media/exercise.yaml", "points: 3\n", ""),
    ("exercises/media/exercise.yaml", "takeaway", "takaway"),
    ("exercises/media/exercise.yaml", "kind: implement", "kind: magia"),
    ("exercises/media/exercise.yaml", "points: 3", "points: muchos"),
    ("exercises/media/exercise.yaml", "call: media", "call: medai"),
    ("exercises/media/exercise.yaml", "hints: ['Suma.', 'Cuenta.', 'Divide.']", "hints: []"),
    ("exercises/media/exercise.yaml", "'La media reparte por igual.'", '"\\tanh"'),
    ("exercises/media/statement.md", "`media.py`", "$media"),
    ("exercises/media/statement.md", "`media.py`", r"$\frac{1$"),
    ("exercises/media/statement.md", "`media.py`", "![x](x.png) y 0.777"),
    ("exercises/media/media.py", "def media", "deff media"),
    ("solutions/media/checks.py", "@points(2, ", "@points("),
    ("solutions/media/checks.py", '"media", rng', '"medai", rng'),
    ("solutions/media/checks.py", "round(3))", "round(3), rtoll=1)"),
    ("solutions/media/checks.py", "agree(", "lambda: agree("),
    ("solutions/media/checks.py", "agree(", "agree.nada("),
    ("solutions/media/checks.py", '    """También con muchos números."""\n', ""),
    ("solutions/media/misconceptions/suma-por-media.py", "x.sum()", "x.mean()"),
    ("solutions/mezcla/answers.yaml", "value: '0.25'", "value: '0.75'"),
    ("solutions/mezcla/answers.yaml", "misconception: al-reves", "misconception: al-revs"),
    ("solutions/mezcla/answers.yaml", "abs(agua", "abs(auga"),
    ("quizzes/repaso.yaml", "id: varias", "id: una"),
    ("quizzes/repaso.yaml", "key: '1.5'", "key: '1.5*n'"),
    ("quizzes/repaso.yaml", "key: false", "key: quizá"),
    ("quizzes/repaso.yaml", "ask: '¿Cuáles son pares?'", "ask: '¿Cuáles?'\n    picture: nada.png\n    shows: 'Nada.'"),
    ("course.yaml", "exercises: [media, mezcla]", "exercises: [media, mescla]"),
]


@pytest.mark.parametrize("slip", range(len(SLIPS)))
def test_an_authors_slip_is_told_in_spanish(student: Student, slip: int) -> None:
    name, right, wrong = SLIPS[slip]
    file = student.course / name
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    ids = [] if name == "course.yaml" else [Path(name).stem if name.startswith("quizzes") else name.split("/")[1]]
    done = student("validate", *ids, "--no-mutants", "--jobs", "1")
    assert done.code == 1, done.err
    # What YAML's and Python's readers, and the one of formulas, say is theirs; and names aren't words of a language.
    theirs = r"(?m)^\S+:\d+: |YAML: [^.]*\.|Python: [^.]*\.|\w+Error: .*|se puede leer: .*|'[^' ]*'|\w+: true|@points"
    said = re.sub(theirs, "", done.out + done.err)
    assert english(said) == []


def test_a_students_kit_begins_in_spanish(student: Student) -> None:
    assert student("export", "student-kit", "--out", "kit").code == 0
    readme = (student.folder / "kit" / "README.md").read_text(encoding="utf-8")
    assert "gradecheck run media      lo califica" in readme
    assert english(readme) == []
    course = (student.folder / "kit" / "course.yaml").read_text(encoding="utf-8")
    assert course.startswith("# El curso tal como lo tienen los estudiantes.")


def test_what_is_begun_is_begun_in_spanish(student: Student) -> None:
    for kind in ("exercise", "drill", "class", "module", "script", "measure", "quiz"):
        done = student("new", kind, f"nuevo-{kind}")
        assert done.code == 0, done.err
        assert "TODO: el título en una línea" in done.out
    new = [path for path in student.course.rglob("*") if "nuevo-" in str(path) and path.is_file()]
    assert len(new) > 40
    # What isn't typed, and is in no one's language: names, and Python's and YAML's words.
    spoken = re.compile(r"TODO:? (.*)|\"\"\"(.*)|(?m:^\s*# (.*))|NotImplementedError\((.*)\)|(?m:^[A-Z¿].*$)")
    told = [found[0] for path in new for found in spoken.finditer(path.read_text(encoding="utf-8"))]
    assert [line for text in told for line in english(re.sub(r"@\{[^}]*\}|raise \w+", "", text))] == []
    assert student("new", "ci", "--install", "motor @ git+https://example.org/motor").code == 0
    workflow = next(student.course.rglob("*.yml")).read_text(encoding="utf-8")
    assert "# Prueba el curso con cada push." in workflow


def test_a_course_that_is_begun_in_spanish_is_a_spanish_one(student: Student) -> None:
    assert student("--language", "es", "new", "course", "otro-curso").code == 0
    begun = (student.folder / "otro-curso" / "course.yaml").read_text(encoding="utf-8")
    assert "\nid: otro-curso\nlanguage: es\ntitle: 'TODO: el título'\n" in begun
    assert english((student.folder / "otro-curso" / "solutions" / "README.md").read_text(encoding="utf-8")) == []
