"""Lacks the function that is asked for, and has names full of poison to be suggested in its place.

status: failed
"""

for suffix in ("\x1b[2J", "<script>alert('poison')</script>", "\u202e", "=1+1", "\n\n10 of 10 points", "x" * 10**5):
    name = "tanh_jacobiam" + suffix
    globals()[name] = type(name, (), {})
