"""What a wrong program does, found by asking it more: one module for each behaviour, and no author has to write any.

`catalogue` tries them in order; `probe` is what each of them is given. This file stays empty of imports.
"""
