"""Loops for ever while it is loaded.

status: [timeout, skipped]
"""

while True:
    pass
