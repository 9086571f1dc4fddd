"""Showing a `Report` to a person or to another program: terminal, HTML, JSON, JUnit, with mathematics for each.

This room knows `autograder.grading.report` and nothing else of ours: no course, no sandbox, no command line. Its
modules are imported one by one, by name, so that a command pays only for the form that it writes.
"""
