"""The torch exercise that docs/checks.md shows: its reference passes, and of a wrong program is said what is true."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.course import CourseRoot, load_exercise
from autograder.grading.grader import Grader
from autograder.grading.judge import Judge
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.docs.reading import tokens
from tests.grading.judges import FEW_TRIES

pytestmark = pytest.mark.docs

_EXERCISE = """title: 'Layers'
kind: implement
file: layers.py
needs: [torch]
points: 6
takeaway: 'A layer has modes.'
hints: ['One.', 'Two.', 'Three.']
"""
_STUB = """import torch


class BatchNorm(torch.nn.Module):
    def forward(self, x):
        raise NotImplementedError


def cross_entropy(logits, label):
    raise NotImplementedError
"""
#: An edit of the reference, the checks that must fail, and what must be said, or must not be.
WRONG = {
    "always the batch's own mean": (
        ("x.mean(0) if self.training else self.mean", "x.mean(0)"),
        {"mode[evaluation]", "squared_error[evaluation]"},
        "BatchNorm: in evaluation mode it answers as it should in training mode",
        "gradient",
    ),
    "always the mean that was kept": (
        ("x.mean(0) if self.training else self.mean", "self.mean"),
        {"mode[training]", "squared_error[training]"},
        "BatchNorm: in training mode it answers as it should in evaluation mode",
        "gradient",
    ),
    "the modes are exchanged": (
        ("x.mean(0) if self.training else self.mean", "self.mean if self.training else x.mean(0)"),
        {"mode[training]", "mode[evaluation]", "squared_error[training]", "squared_error[evaluation]"},
        "BatchNorm: in each mode it answers as it should in the other",
        "gradient",
    ),
    "the input is cut off": (
        ("self.weight * (x - mean)", "self.weight * (x - mean).detach()"),
        {"squared_error[training]", "squared_error[evaluation]"},
        "BatchNorm: no gradient of the check's loss reaches the argument `x`",
        "`weight`",
    ),
    "the weight is cut off": (
        ("self.weight * (x", "self.weight.data * (x"),
        {"squared_error[training]", "squared_error[evaluation]"},
        "BatchNorm: no gradient of the check's loss reaches `weight`",
        "argument",
    ),
    "a way of the input is cut off": (
        ("(x - mean)", "(x - mean.detach())"),
        {"squared_error[training]"},
        "BatchNorm: the gradient by its arguments isn't complete",
        "no gradient of",
    ),
    "too much is kept": (
        ("0.9 * self.mean + 0.1", "0.8 * self.mean + 0.2"),
        {"kept"},
        "",
        "earlier calls",
    ),
    "nothing is kept": (
        ("self.mean = 0.9 * self.mean + 0.1 * mean.detach()", "pass"),
        {"kept"},
        "",
        "earlier calls",
    ),
    "kept in evaluation too": (
        (
            "        if self.training:\n            self.mean = 0.9 * self.mean + 0.1 * mean.detach()",
            "        self.mean = 0.9 * self.mean + 0.1 * x.detach().mean(0)",
        ),
        {"kept"},
        "",
        "earlier calls",
    ),
    "no buffer": (
        ('self.register_buffer("mean", torch.zeros(n))', "self.mean = torch.zeros(n)"),
        {"mode[training]", "mode[evaluation]", "squared_error[training]", "squared_error[evaluation]"},
        "BatchNorm: its module has no buffer `mean`. It has none: `self.register_buffer(name, tensor)` makes one.",
        "parameter",
    ),
    "a buffer of another shape": (
        ('"mean", torch.zeros(n)', '"mean", torch.zeros(1, n)'),
        {"mode[training]", "mode[evaluation]", "squared_error[training]", "squared_error[evaluation]"},
        "BatchNorm: a buffer of its module has another shape than it should have",
        "parameter",
    ),
    "a function cut off": (
        ("torch.logsumexp(logits, 0) -", "torch.logsumexp(logits, 0).detach() -"),
        {"cross_entropy"},
        "cross_entropy: the gradient by its arguments isn't complete",
        "BatchNorm",
    ),
    "a function that leaves torch": (
        (
            "torch.logsumexp(logits, 0) - logits[label]",
            "torch.logsumexp(torch.tensor(logits.numpy()), 0) - logits[label]",
        ),
        {"cross_entropy"},
        "cross_entropy: its gradient can't be computed: RuntimeError is raised",
        "BatchNorm",
    ),
}


def shown_as(what: str) -> str:
    """The Python that stands below a comment of this name."""
    found = list(tokens("docs/checks.md"))
    place = next(at for at, token in enumerate(found) if token.content.strip() == f"<!-- {what} -->")
    return next(token.content for token in found[place:] if token.type == "fence" and token.info.strip() == "python")


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    folder = tmp_path_factory.mktemp("layers")
    texts = {
        "course.yaml": "format: 1\ntitle: 'Shown'\nunits: [{id: first, title: 'First', exercises: [layers]}]\n",
        "exercises/layers/exercise.yaml": _EXERCISE,
        "exercises/layers/statement.md": "# Layers\n",
        "exercises/layers/layers.py": _STUB,
        "solutions/layers/layers.py": shown_as("layers: reference"),
        "solutions/layers/checks.py": shown_as("layers: checks"),
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    exercise = load_exercise(CourseRoot.at(folder), "layers")
    with Judge(exercise, []) as judge:
        yield Grader(exercise, judge, stop_at_first_failure=False, effort=FEW_TRIES)


def graded(grader: Grader, source: str) -> Report:
    return grader.grade(from_bytes("layers.py", source.encode()))


def not_passed(report: Report, *statuses: str) -> set[str]:
    return {check.id for check in report.checks if check.status in statuses}


def test_every_check_passes_the_reference(grader: Grader) -> None:
    report = graded(grader, shown_as("layers: reference"))
    assert (report.passed, report.score) == (True, 6)


def test_another_style_passes(grader: Grader) -> None:
    source = shown_as("layers: reference")
    for old, new in (
        ("return self.weight * (x - mean)", "x -= mean\n        x *= self.weight\n        return x"),
        ("self.mean = 0.9 * self.mean + 0.1 * mean.detach()", "self.mean.mul_(0.9).add_(0.1 * x.detach().mean(0))"),
        ("torch.logsumexp(logits, 0) - logits[label]", "-torch.log_softmax(logits, 0)[label]"),
    ):
        assert old in source
        source = source.replace(old, new)
    report = graded(grader, source)
    assert report.passed, report.checks


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_program_fails_and_what_is_said_is_true(grader: Grader, name: str) -> None:
    (old, new), failed, there, not_there = WRONG[name]
    source = shown_as("layers: reference")
    assert old in source
    report = graded(grader, source.replace(old, new))
    assert not_passed(report, "failed", "error") == failed
    said = " | ".join(f"{each.title}. {each.text}" for each in report.explanations)
    assert there in said, said
    assert not_there not in said, said
