"""Proving that a course is right: its programs get the verdicts they must get, its checks are sharp, its figures true.

One module a subject; `course` puts all of a course to the proof. What is proved here runs behind the wall like any
submission, except the figures, which are the author's own Python. This room must not know how its findings are shown.
"""
