"""`agree` gives no verdict where the reference itself gives no answer."""

from __future__ import annotations

import pytest

from autograder.grading.agree import Agree, ReferenceFailed
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.linux.zygote import Zygote
from autograder.sandbox.program import Allowance, Program

ENDS = "import os\ndef f():\n    os._exit(0)\n"


def test_a_reference_that_crashes_as_the_submission_does_is_no_agreement() -> None:
    with Zygote(Warmth.NUMPY) as zygote:
        submission, reference = (Program(zygote, "f.py", ENDS, Allowance(call=5)) for _ in range(2))
        with pytest.raises(ReferenceFailed, match="ended its own process"):
            Agree(submission, reference, show=False)("f")
