"""Where programs run: the wall between the judge and every program it asks.

`program`, `worker` and `starter` are the judge's side; `inside/` is what runs behind the wall; `wire` is all that the
two share. `linux/` is the wall, `anywhere/` does without it. Nothing in this room knows what a check, an exercise or a
score is. This file stays empty of imports: the zygote's interpreter loads it too.
"""
