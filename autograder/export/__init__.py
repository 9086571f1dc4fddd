"""The gradebook, the course and the engine in the forms that other systems take: one module a format.

It knows reports, the gradebook and the course's files. It must not grade, nor know the command line. This file stays
empty of imports, so that a command pays only for the format that it writes.
"""
