"""A small course in Spanish: a program, a drill, and a quiz with a question of each kind."""

from __future__ import annotations

from pathlib import Path

from tests.files import write

FILES = {
    "course.yaml": """format: 1
id: medias
language: es
title: 'Medias'
units:
  - {id: primera, title: 'Primera', exercises: [media, mezcla], quizzes: [repaso]}
misconceptions:
  suma-por-media: {title: 'La suma tomada por la media', concept: 'la media'}
  al-reves: {title: 'Las partes cambiadas', concept: 'las partes'}
""",
    "exercises/media/exercise.yaml": """title: 'La media'
kind: implement
file: media.py
needs: [numpy]
points: 3
limits: {call: 1}
takeaway: 'La media reparte por igual.'
hints: ['Suma.', 'Cuenta.', 'Divide.']
checks:
  - {id: ejemplo, title: 'El ejemplo', points: 1, call: media, args: [[1.0, 3.0]], expect: 2.0}
""",
    "exercises/media/statement.md": "# La media\n\nEscribe `media(x)` en `media.py`.\n",
    "exercises/media/media.py": 'def media(x):\n    raise NotImplementedError("Escribe media.")\n',
    "solutions/media/media.py": "def media(x):\n    return x.mean()\n",
    "solutions/media/checks.py": (
        "from autograder.checks import points\n\n\n"
        '@points(2, hint="¿Cuántos son?", show=True)\ndef test_larga(agree, rng):\n'
        '    """También con muchos números."""\n    agree("media", rng.normal(size=50).round(3))\n'
    ),
    "solutions/media/misconceptions/suma-por-media.py": (
        '"""Sumaste sin dividir.\n\nLa suma de 1 y 3 es 4, y la media, 2.\n"""\n\n\ndef media(x):\n    return x.sum()\n'
    ),
    "exercises/mezcla/exercise.yaml": """title: 'La mezcla'
kind: drill
file: answers.yaml
points: 3
takeaway: 'Las partes suman uno.'
hints: ['Suma.', 'Cuenta.', 'Divide.']
""",
    "exercises/mezcla/statement.md": "# La mezcla\n\n¿Cuánta agua y cuánto azúcar?\n",
    "exercises/mezcla/answers.yaml": "agua:\nazucar:\n",
    "solutions/mezcla/answers.yaml": """answers:
  agua:
    title: 'El agua'
    points: 1
    key: '0.75'
    right: 'Tres partes.'
    traps: [{value: '0.25', misconception: al-reves, why: 'Eso es el azúcar.'}]
  azucar: {title: 'El azúcar', points: 1, key: '0.25', right: 'Una parte.', hint: 'Una de cuatro.'}
consistency:
  - {id: todo, title: 'Todo', points: 1, holds: 'abs(agua + azucar - 1) < 0.001', message: 'Suman uno.'}
""",
    "quizzes/repaso.yaml": """format: 1
title: 'Repaso'
questions:
  - id: una
    kind: single
    concept: 'la media'
    ask: '¿Cuál es la media de 1 y 3?'
    choices:
      - {id: dos, correct: true, text: 'Dos', why: 'Cuatro entre dos.'}
      - {id: cuatro, text: 'Cuatro', why: 'Eso es la suma.', misconception: suma-por-media}
      - {id: tres, text: 'Tres', why: 'Eso es el mayor.'}
    hints: ['Primero, suma.']
  - id: varias
    kind: multiple
    concept: 'la media'
    ask: '¿Cuáles son pares?'
    choices:
      - {id: dos, correct: true, text: '2', why: 'Dos por uno.'}
      - {id: ocho, correct: true, text: '8', why: 'Dos por cuatro.'}
      - {id: cinco, text: '5', why: 'Es impar.'}
  - id: numero
    kind: number
    concept: 'la media'
    ask: '¿La media de 1 y 2?'
    key: '1.5'
    unit: litros
    right: 'Tres entre dos.'
    traps: [{value: 3, misconception: suma-por-media, why: 'Sumaste sin dividir.'}]
  - {id: verdad, kind: truefalse, concept: c, ask: 'La media es la suma.', key: false, right: 'Se divide.', why: 'No.'}
  - {id: palabra, kind: text, concept: c, ask: '¿Cómo se llama?', key: media, right: 'Así se llama.'}
  - {id: orden, kind: ordering, concept: c, ask: '¿En qué orden?', items: [Sumar, Dividir], right: 'Así.', why: 'Mal.'}
  - id: parejas
    kind: matching
    concept: c
    ask: 'Empareja.'
    pairs: [{left: 'Uno', right: '1'}, {left: 'Dos', right: '2'}]
    right: 'Cada cual con su cifra.'
""",
}


def write_course(folder: Path) -> Path:
    """Write the course into a new folder, and return that."""
    return write(folder / "curso", FILES)
