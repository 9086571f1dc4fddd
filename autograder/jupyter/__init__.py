"""gradecheck within a notebook: cells graded, hints and quizzes shown below them, by IPython's magics.

`%load_ext autograder` loads it; only a notebook has IPython, so only `magics.py` knows it. Programs are graded by a
`gradecheck run` of its own process: the notebook's holds whatever the student has put there.
"""
