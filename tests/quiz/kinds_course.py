"""A course with one quiz that has a question of each kind which is answered without choices."""

from __future__ import annotations

from pathlib import Path

QUIZ = r"""format: 1
title: 'Bread'
questions:
  - id: salt
    kind: truefalse
    concept: what yeast eats
    ask: 'Yeast lives on salt.'
    key: false
    right: 'It lives on sugar; salt slows it down.'
    misconception: salt-feeds
    why: 'Dough with much salt rises *less*.'
    hints: ['What happens to dough with much salt?']
  - id: gas
    kind: text
    concept: fermentation
    points: 2
    ask: 'Which gas makes dough rise?'
    key: [carbon dioxide, CO2]
    right: 'Yeast breathes out carbon dioxide.'
    traps:
      - {value: oxygen, misconception: breathes-like-a-plant, why: 'Plants give off oxygen. Yeast is no plant.'}
  - id: steps
    kind: ordering
    concept: the order of work
    points: 3
    ask: 'What comes first?'
    items: ['Mix flour and *water*', 'Knead', 'Let it rise', 'Bake for $@{2*20}$ minutes']
    right: 'Dough rises before heat kills the yeast.'
    misconception: heat-feeds
    why: 'In the oven the yeast dies; what has not risen by then stays flat.'
  - id: places
    kind: matching
    concept: breads and places
    points: 4
    ask: 'Where are they from?'
    pairs:
      - {left: Baguette, right: France}
      - {left: Injera, right: Ethiopia, misconception: flat-is-italian, why: 'It is flat, and made of *teff*.'}
      - {left: Focaccia, right: Italy}
      - {left: Ciabatta, right: Italy}
    right: 'Two of the four are from one country.'
"""
COURSE = """format: 1
title: 'Baking'
units:
  - {id: first, title: 'First', exercises: [], quizzes: [bread]}
misconceptions:
  salt-feeds: {title: 'Salt taken for food', concept: 'what yeast eats'}
  breathes-like-a-plant: {title: 'Yeast taken for a plant', concept: 'fermentation'}
  heat-feeds: {title: 'Heat taken for what makes dough rise', concept: 'the order of work'}
  flat-is-italian: {title: 'Every flat bread taken for Italian', concept: 'breads and places'}
"""


def write_course(folder: Path, quiz: str = QUIZ) -> Path:
    """Write the course into a new folder, and return that."""
    root = folder / "baking"
    (root / "quizzes").mkdir(parents=True)
    (root / "solutions").mkdir()
    (root / "course.yaml").write_text(COURSE)
    (root / "quizzes" / "bread.yaml").write_text(quiz)
    return root
