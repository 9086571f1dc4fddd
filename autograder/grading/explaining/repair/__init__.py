"""The line: the smallest edit of a student's own program with which every check passes, looked for by trying.

`search` leads: it takes changes from `slips`, `edits` and `statements`, and has them tried behind the wall.
What is told is the line and what kind of thing to look at, never the edit. This file stays empty of imports.
"""
