"""Every kind of failure that a program can come to, told in Spanish: no clause of its report stays English."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.explaining.effort import Name
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from autograder.language import speaking
from tests.files import write
from tests.languages.test_spanish import english

pytestmark = pytest.mark.spanish

_EXERCISE = """title: 'La pregunta'
kind: implement
file: {file}
needs: [{needs}]
points: 2
limits: {{call: 1}}
takeaway: 'Así es.'
hints: ['Una.', 'Dos.', 'Tres.']
checks: []
"""
_CHECKS = "from autograder.checks import points, module, tensor, input_gradients\n\n\n"
#: Of each exercise: its file's name, what it needs, its reference, and its checks.
EXERCISES: dict[str, tuple[str, str, str, str]] = {
    "valor": (
        "valor.py",
        "numpy",
        "def valor(x):\n    return 2 * x\n",
        '@points(2)\ndef test_doble(agree, rng):\n    """El doble."""\n    agree("valor", rng.normal(size=3))\n',
    ),
    "caja": (
        "caja.py",
        "",
        "class Caja:\n    def __init__(self, n):\n        self.n = n\n\n    def __add__(self, otra):\n"
        "        return Caja(self.n + otra.n)\n\n    def __len__(self):\n        return self.n\n\n"
        "    def __eq__(self, otra):\n        return self.n == otra.n\n\n"
        "    def __iter__(self):\n        return iter([self.n])\n",
        '@points(1)\ndef test_suma(agree):\n    """La suma."""\n'
        "    agree(lambda p: len(p.Caja(2) + p.Caja(3)))\n    agree(lambda p: list(p.Caja(4)))\n\n\n"
        '@points(1)\ndef test_igual(agree):\n    """La igualdad."""\n    agree(lambda p: p.Caja(1) == p.Caja(1))\n',
    ),
    "llama": (
        "llama.py",
        "",
        "def llama(f, x):\n    return f(f(x))\n",
        '@points(2)\ndef test_dos_veces(agree):\n    """Dos veces."""\n    agree("llama", lambda x: x + 3, 4)\n',
    ),
    "guion": (
        "guion.py",
        "",
        "a, b = input().split()\nprint(int(a) + int(b))\n",
        '@points(2)\ndef test_suma(agree):\n    """Una suma."""\n    agree.script(stdin="3 4\\n")\n',
    ),
    "celda": (
        "celda.py",
        "torch",
        "import torch\n\n\nclass Celda(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.w = torch.nn.Parameter(torch.zeros(3))\n        self.register_buffer('b', torch.zeros(3))\n\n"
        "    def forward(self, x):\n        return self.w * x + self.b\n",
        '@points(1)\ndef test_respuesta(agree):\n    """La respuesta."""\n'
        "    agree(lambda p: module(p.Celda, parameters={'w': [1.0, 2.0, 3.0]}, buffers={'b': [1.0, 0.0, 2.0]})"
        "(tensor([1.0, 2.0, 5.0], 'float32')))\n\n\n"
        '@points(1)\ndef test_gradientes(agree):\n    """Los gradientes."""\n'
        "    agree(lambda p: module(p.Celda, parameters={'w': [1.0, 2.0, 3.0]}).parameter_gradients("
        "tensor([1.0, 2.0, 5.0], 'float32'), weights=tensor([1.0, 3.0, 2.0], 'float32')))\n",
    ),
}


def _returning(*bodies: str, head: str = "") -> list[str]:
    return [f"{head}import numpy as np\n\n\ndef valor(x):\n    {body}\n" for body in bodies]


_CELL = EXERCISES["celda"][2]
_BOX = EXERCISES["caja"][2]
PROGRAMS: dict[str, list[str]] = {
    "valor": [
        *_returning(
            "return np.zeros(3 << 20)",
            "return ['x' * 60000] * 10",
            "return np.zeros(3 << 19), np.zeros(3 << 19)",
            "return 2 ** 2000",
            "return 'x' * 70000",
            "return b'x' * 70000",
            "return {n: n for n in range(2000)}",
            "return set(range(2000))",
            "a = []; a.append(a); return a",
            "import decimal; return decimal.Decimal('1e-2000')",
            "return np.ma.masked_array(x, mask=[True, False, True])",
            "return np.array([None, 1])",
            "return np.array(['a', 'b', 'c'])",
            "return x.astype(np.longdouble) + 1",
            "return 2j * x",
            "return list(2 * x)",
            "return 2 * x[:2]",
            "return (2 * x).astype('float32')",
            "return np.full(3, np.nan)",
            "return 1 / np.zeros(3)",
            "return (v for v in 2 * x)",
            "return print",
            "return valor",
            "return object()",
            "return np",
            "return {'a': 2 * x}",
            "return frozenset([1])",
            "return 'el doble'",
            "return True",
            "return 3.5",
            "return (2 * x, 1)",
            "x *= 2; return x + 1",
            "return 2 * x + 1",
            "return -2 * x",
            "return 2 * x[::-1]",
            "return 2 * x + np.random.normal()",
            "return np.zeros(3)",
            "return ValueError('no')",
            "raise ValueError('no')",
            "raise SystemExit(3)",
            "raise KeyboardInterrupt",
            "return valor(x)",
            "return bytearray(3 << 30)",
            "import os; os._exit(3)",
            "import ctypes; ctypes.string_at(0)",
            "while True: pass",
            "print('hola ' * 20000); return x",
            "return open('/etc/passwd').read()",
            "import socket; socket.socket()",
            "return input()",
            "import nada; return x",
            "return x.doble()",
            "return x[7]",
            "return 2 * y",
            "y = 2 * y; return y",
            "return x + 'a'",
            "class Mala(Exception):\n        def __str__(self): raise ValueError\n    raise Mala()",
            "raise type('E', (Exception,), {'__init__': lambda s: None})()",
            "if x[0] > 99:\n        return 2 * x",
        ),
        "",
        "def valor():\n    return 1\n",
        "def valor(x, y):\n    return 2 * x\n",
        "valor = 3\n",
        "def Valor(x):\n    return 2 * x\n",
        "def otra(x):\n    return 2 * x\n",
        "def valor(x)\n    return 2 * x\n",
        "def valor(x):\nreturn 2 * x\n",
        "def valor(x):\n\treturn 1\n        return 2\n",
        "def valor(x):\n    return 'a\n",
        "raise RuntimeError('arriba')\n\ndef valor(x):\n    return 3 * x\n",
        "while True: pass\n",
        "import os\nos._exit(1)\n",
        "exit()\n",
        "class valor:\n    def __init__(self, x):\n        self.x = x\n",
        "estado = []\n\ndef valor(x):\n    estado.append(1)\n    return len(estado) * x\n",
        "valor = lambda x: None\n",
        "def valor(x):\n    pass\n",
        "def valor(x):\n    raise NotImplementedError\n",
    ],
    "caja": [
        "class Caja:\n    pass\n",
        "class Caja:\n    def __init__(self, n):\n        self.n = n\n",
        _BOX.replace("return self.n\n\n    def __eq__", "return -1\n\n    def __eq__"),
        _BOX.replace("return self.n\n\n    def __eq__", "return 'a'\n\n    def __eq__"),
        _BOX.replace("self.n == otra.n", "'sí'"),
        _BOX.replace("iter([self.n])", "[self.n]"),
        _BOX.replace("return iter([self.n])", "while True:\n            yield 1"),
        _BOX.replace("Caja(self.n + otra.n)", "self.n + otra.n"),
        _BOX.replace("Caja(self.n + otra.n)", "self"),
        _BOX.replace("Caja(self.n + otra.n)", "NotImplemented"),
        _BOX.replace("self.n = n", "self.m = n"),
        _BOX.replace("self.n = n", "import os; os._exit(1)"),
        "import functools\n" + _BOX.replace("return iter([self.n])", "return iter([self.n, self.n])"),
        "def Caja(n):\n    return n\n",
    ],
    "llama": [
        "def llama(f, x):\n    return f(x)\n",
        "def llama(f, x):\n    return f\n",
        "def llama(f, x):\n    return f()\n",
        "def llama(f, x):\n    return f(x, x)\n",
        "def llama(f, x):\n    return f('a')\n",
        "def llama(f, x):\n    return f(f(lambda: 0))\n",
        "def llama(f, x):\n    while True:\n        f(x)\n",
        "def llama(f, x):\n    return f(llama(f, x))\n",
        "def llama(f, x):\n    return f(2 ** 2000)\n",
        "def llama(f, x):\n    return f(object())\n",
        "def llama(f, x):\n    return f([0] * 3000000)\n",
        "def llama(f, x):\n    return f\n\nllama = llama(1, 2)\n",
        "guardada = []\n\ndef llama(f, x):\n    guardada.append(f)\n    return guardada[0](x)\n",
        "import threading\n\ndef llama(f, x):\n    threading.Thread(target=f, args=(x,)).start()\n    return 0\n",
    ],
    "guion": [
        "a, b = input().split()\nprint(int(a) * int(b))\n",
        "a = input()\nb = input()\nprint(int(a) + int(b))\n",
        "print(input())\nprint(7)\n",
        "x = 7\n",
        "while True:\n    print('hola')\n",
        "while True:\n    pass\n",
        "import sys\nsys.exit('mal')\n",
        "print(7\n",
        "raise ValueError('mal')\n",
        "import os\nos._exit(2)\n",
        "print(8)\n",
        "open('nada.txt').read()\n",
        "def suma(a, b):\n    return a + b\n",
        "",
    ],
    "celda": [
        _CELL.replace("self.w * x + self.b", "self.w * x"),
        _CELL.replace("self.w * x + self.b", "None"),
        _CELL.replace("self.w * x + self.b", "(self.w * x, self.b)"),
        _CELL.replace("self.w * x + self.b", "(self.w * x).detach()"),
        _CELL.replace("self.w * x + self.b", "(self.w * x).sum()"),
        _CELL.replace("self.w * x + self.b", "'a'"),
        _CELL.replace("self.w * x + self.b", "(self.w * x + self.b).to_sparse()"),
        _CELL.replace("self.w * x + self.b", "(self.w * x + self.b).double()"),
        _CELL.replace("self.w * x + self.b", "torch.tensor((self.w * x + self.b).tolist())"),
        _CELL.replace("torch.zeros(3))\n        self.reg", "torch.zeros(2))\n        self.reg"),
        _CELL.replace("self.register_buffer('b', torch.zeros(3))", "self.register_buffer('b', torch.zeros(2))"),
        _CELL.replace("self.register_buffer('b', torch.zeros(3))", "self.b = torch.zeros(3)"),
        _CELL.replace("self.w = torch.nn.Parameter(torch.zeros(3))", "self.w = torch.zeros(3)"),
        _CELL.replace("self.w", "self.v"),
        "def Celda():\n    return 3\n",
        "class Celda:\n    def forward(self, x):\n        return x\n",
        _CELL.replace("def __init__(self)", "def __init__(self, n)"),
    ],
}
#: Programs of which a line is told that only the usual effort finds.
LINES = {
    "caja": _BOX.replace("self.n == otra.n", "None"),
    "guion": "a, b = input().split()\nprint('La suma es', int(a) + int(b))\n",
    "celda": _CELL.replace("self.w * x + self.b", "(self.w * x + self.b).to('meta')"),
}
#: What Python, or a library, says of an exception, in its own words, and the line of a program that it is about.
PYTHONS = re.compile(
    r"\b\w+(Error|Exception|Interrupt|Exit|Iteration)\b: .*|(SyntaxError|error de sintaxis) .*|^ +\S.*", re.M
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> CourseRoot:
    folder = tmp_path_factory.mktemp("curso")
    files = {
        "course.yaml": "format: 1\nid: fallos\nlanguage: es\ntitle: 'Fallos'\nunits:\n"
        f"  - {{id: unidad, title: 'Unidad', exercises: [{', '.join(EXERCISES)}], quizzes: []}}\nmisconceptions: {{}}\n"
    }
    for name, (file, needs, reference, checks) in EXERCISES.items():
        files[f"exercises/{name}/exercise.yaml"] = _EXERCISE.format(file=file, needs=needs)
        files[f"exercises/{name}/statement.md"] = "# La pregunta\n\nEscríbelo.\n"
        files[f"exercises/{name}/{file}"] = "# Escribe aquí.\n"
        files[f"solutions/{name}/{file}"] = reference
        files[f"solutions/{name}/checks.py"] = _CHECKS + checks
    return CourseRoot.at(write(folder, files))


def said(report: Report) -> Iterator[str]:
    """What a report says to a student, sentence by sentence."""
    yield from [report.note, *report.remarks]
    for check in report.checks:
        yield check.message
    for explanation in report.explanations:
        yield from [explanation.title, explanation.text]


def reports_on(course: CourseRoot, name: str, programs: list[str], effort: Name) -> list[Report]:
    with speaking("es"):
        exercise = load_exercise(course, name)
        submissions = [from_bytes(exercise.file, source.encode()) for source in programs]
        return list(grade(load_course(course), exercise, submissions, effort=effort))


@pytest.mark.parametrize("name", EXERCISES)
def test_every_failure_is_told_in_spanish(name: str, course: CourseRoot) -> None:
    """With few tries: of most of these programs no line is found however long it is looked for."""
    reports = reports_on(course, name, PROGRAMS[name], "fast")
    passed = [source for source, report in zip(PROGRAMS[name], reports, strict=True) if report.passed]
    assert passed == []
    told = {text for report in reports for text in said(report)}
    assert len(told) > len(reports) / 2
    assert [line for text in told for line in english(PYTHONS.sub(" ", text))] == []


@pytest.mark.parametrize("name", LINES)
def test_a_line_to_look_at_is_told_in_spanish(name: str, course: CourseRoot) -> None:
    (report,) = reports_on(course, name, [LINES[name]], "usual")
    assert "line" in {each.kind for each in report.explanations}
    assert [line for text in said(report) for line in english(PYTHONS.sub(" ", text))] == []
