"""Running a whole class: judges in a pool or on a cluster, and every result in the gradebook as soon as it stands.

`pool` and `dask` grade; `whole_class` joins them with what was handed in, `recording` with the gradebook. It must not
know how a program is confined or compared, nor how a report looks.
"""
