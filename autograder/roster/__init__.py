"""Instructors' tables and the people in them: read as systems and spreadsheets write them, and matched, never guessed.

It must not know hand-ins, gradebooks or exports.
"""
