"""Time for reasons: in tests a search ends where it has tried what it may try, not where a slow machine's time is up.

How much is found in the usual time is shown by `benchmarks/explain.py`; what a test proves of it is the mechanism.
"""

from __future__ import annotations

from dataclasses import replace

from autograder.grading.explaining.effort import EFFORTS

#: As much slower as a machine may be. What hangs costs so much more, too.
_TIMES_LONGER = 4


def lend_time() -> None:
    """Lend the usual effort more seconds, and no more tries; the search for the simplest input and a version, too.

    Call it before what looks for reasons is imported: that takes the usual effort as its default.
    """
    usual, longer = EFFORTS["usual"], _TIMES_LONGER
    EFFORTS["usual"] = replace(
        usual,
        calls=usual.calls * 2,  # they are more on a busy machine anyway
        computing=usual.computing * longer,
        cpu=usual.cpu * longer,
        clock=usual.clock * longer,
    )
    from autograder.grading.explaining import smallest
    from autograder.grading.explaining.repair import search

    smallest._SECONDS *= 60
    # The kernel counts a version's CPU in ticks of up to 10 ms: two that happen to fall into it end the right one, too.
    search._SHORTEST *= 5
