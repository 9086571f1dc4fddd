"""Quizzes: what is drawn for a student, what an answer is worth and what it shows, and what a class's answers tell.

This room knows the course and its expressions. It must not import numpy, torch or pytest, and it asks nobody anything
itself: `conversation` is given a way to ask and a way to show.
"""
