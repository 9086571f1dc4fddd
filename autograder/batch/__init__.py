"""A whole class: find what was handed in, grade it in a pool of judges, keep every result in one gradebook.

`intake` finds, `pool` and `dask` grade, `gradebook` keeps, `run` joins them. This room must not know how a program is
confined or compared, nor how a report looks.
"""
