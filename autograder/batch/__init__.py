"""Running a whole class: judges in a pool or on a cluster, and every result in the gradebook as soon as it stands.

`pending` finds what has to be graded, `pool` and `dask` grade it, `recording` keeps what came of it, and `whole_class`
joins them. It must not know how a program is confined or compared, nor how a report looks.
"""
