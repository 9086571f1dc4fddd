"""A class's results in one SQLite file, and all that is made from it: summary, class page, grades.csv, students' pages.

The file is the only truth. This room must not know how a result came about, nor who handed in what.
"""
