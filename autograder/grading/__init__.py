"""One submission -> one Report: running the checks, comparing answers, and naming the misconception behind a wrong one.

This room holds the checks and the expected values. It must never hold a student's code: programs are asked through
`autograder.sandbox`. This file stays empty of imports, so that a Report can be read without numpy or pytest.
"""
