"""The proof that the figures which an exercise quotes are true: each is computed anew, and stands where it is said to.

solutions/<id>/figures.yaml lists them: a claim, the text that quotes it, and what computes it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from autograder.course import Exercise, Problem
from autograder.course.list_models import Figure
from autograder.language import tr
from autograder.proof import evaluation
from autograder.proof.findings import Findings, Tally
from autograder.proof.quoted import quoted_but_not_computed
from autograder.proof.texts import FIGURES, one_spaced, quoting_text, read_list

_LONGEST = 120.0
_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


def prove_figures(exercise: Exercise) -> Findings:
    """Compute every figure in a process of its own, and look up its text. None listed: none right of none."""
    if exercise.solution is None:
        return Findings()
    file = exercise.solution / FIGURES
    listed, problems = read_list(Figure, file)
    quoting = quoting_text(exercise)
    results = _evaluated([figure for _, figure in listed])
    faults = [_fault(figure, result, quoting) for (_, figure), result in zip(listed, results, strict=True)]
    found = [Problem(file, line, fault) for (line, _), fault in zip(listed, faults, strict=True) if fault]
    right = Tally(len(listed) - len(found), len(listed))
    missing = quoted_but_not_computed(exercise, [figure.claim for _, figure in listed])
    return Findings({"figures": right}, (*problems, *found), demanded={"quoted_figures": tuple(missing)})


def _evaluated(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """For each figure its value or its error."""
    if not figures:
        return []
    asked = json.dumps([figure.computation for figure in figures])
    command = [sys.executable, "-P", "-B", str(Path(evaluation.__file__))]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=_LONGEST, check=True)
        answered: list[dict[str, Any]] = json.loads(done.stdout)
        return answered
    except subprocess.TimeoutExpired:
        return [{"error": tr("all figures of a file together have {longest:g} seconds", longest=_LONGEST)}] * len(
            figures
        )
    except (subprocess.CalledProcessError, ValueError):
        return [{"error": tr("the process that computes the figures of this file ended early")}] * len(figures)


def _fault(figure: Figure, result: dict[str, Any], quoting: str) -> str | None:
    if "error" in result:
        return tr("'{claim}' can't be computed: {reason}", claim=figure.claim, reason=result["error"])
    if not agrees(figure.claim, result["value"]):
        return tr(
            "The text says {claim}, and {result!r} was computed. Mend one of them.",
            claim=figure.claim,
            result=result["value"],
        )
    if one_spaced(figure.text) not in quoting:
        return tr(
            "No text of this exercise says '{text}'. Quote it word for word, or delete the entry.", text=figure.text
        )
    if not _quotes(figure.text, figure.claim):
        return tr(
            "The text '{text}' doesn't hold the claim {claim}: write the claim as the text has it.",
            text=figure.text,
            claim=figure.claim,
        )
    return None


def agrees(claim: str, value: object) -> bool:
    """Return whether a value, rounded to the digits of the claim, is the claim. A text must be the claim itself."""
    if isinstance(value, str):
        return value == claim
    claimed = _decimal(claim)
    try:
        # A float itself, not its shortest text: below the normal numbers that text has fewer digits than the claim.
        computed = Decimal(value) if isinstance(value, float) else Decimal(repr(value))
    except InvalidOperation:
        return False
    if claimed is None or not computed.is_finite():
        return False
    half_a_digit = Decimal(5).scaleb(int(claimed.as_tuple().exponent) - 1)
    return abs(computed - claimed) <= half_a_digit * (1 + Decimal("1e-9"))


def _decimal(claim: str) -> Decimal | None:
    try:
        number = Decimal(claim.replace("−", "-").replace("{,}", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _quotes(text: str, claim: str) -> bool:
    """Return whether a text holds a claim: as it is, without its power of ten, or as a word."""
    digits = re.sub(r"[eE].*", "", claim).lstrip("-−+")
    if re.search(rf"(?<![\d.]){re.escape(digits)}(?![\d])", text):
        return True
    number = _decimal(claim)
    spelt = _WORDS[int(number)] if number is not None and number in range(len(_WORDS)) else claim
    return re.search(rf"\b{re.escape(spelt)}\b", text, re.IGNORECASE) is not None
