"""What authors write in course.yaml and exercise.yaml: every key, what it means and what it may hold.

JSON Schema for editors is made from these classes. They must not know where the files are, nor what is done with them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints, field_validator, model_validator

from .source import Plain
from .validation import PATTERNS, Authored
from .values import faults

KEBAB = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
SNAKE = r"^[a-z][a-z0-9_]*$"
NAME = r"^[A-Za-z_][A-Za-z0-9_]*$"
FILE = r"^[a-z][a-z0-9_]*\.(py|yaml)$"
SOMETHING = r"\S"
RESERVED = frozenset({"exercise.yaml", "figures.yaml", "checks.py"})
"""Files of the course that stand beside a stub or a reference."""
PATTERNS.update(
    {
        KEBAB: "lower-case words joined by hyphens, such as slope-not-squared",
        SNAKE: "lower-case words joined by underscores, such as worked_example",
        NAME: "one Python name, such as tanh_jacobian",
        FILE: "a plain file name, such as tanh_jacobian.py or answers.yaml",
        SOMETHING: "more than blanks",
    }
)


def number(value: Any) -> float:
    """The number that an author wrote, with or without quotes (`8e-4` is text to many YAML readers)."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("must be a number")
    try:
        return float(value)
    except (ValueError, OverflowError):
        raise ValueError("must be a number") from None


Text: TypeAlias = Annotated[str, StringConstraints(pattern=SOMETHING)]
KebabId: TypeAlias = Annotated[str, StringConstraints(pattern=KEBAB, max_length=80)]
SnakeId: TypeAlias = Annotated[str, StringConstraints(pattern=SNAKE, max_length=80)]
Name: TypeAlias = Annotated[str, StringConstraints(pattern=NAME, max_length=80)]
Number: TypeAlias = Annotated[float, BeforeValidator(number)]
Points: TypeAlias = Annotated[Number, Field(gt=0, le=1000)]
Kind: TypeAlias = Literal["drill", "implement", "measure", "build"]


class CatalogueEntry(Authored):
    """One belief that the course knows: quizzes, drills and known-wrong programs point to it by its id."""

    title: Text = Field(description="The belief in one line (Markdown with LaTeX), at most about 80 characters.")
    concept: Text = Field(description="What to revise, in two to five words.")


class Unit(Authored):
    """A part of the course: exercises and quizzes, in the order in which they are met."""

    id: KebabId = Field(description="The unit's own id.")
    title: Text = Field(description="The unit's title (Markdown with LaTeX).")
    exercises: tuple[KebabId, ...] = Field(default=(), description="Ids of exercises: folders in exercises/.")
    quizzes: tuple[KebabId, ...] = Field(default=(), description="Ids of quizzes: files in quizzes/ without .yaml.")


class CourseFile(Authored):
    """course.yaml: marks the root of a course, names its units, and keeps the one catalogue of misconceptions."""

    format: int = Field(description="The version of this format: 1.")
    id: KebabId | None = Field(
        default=None,
        description="Names the course in a student's own record. Without it the title does: set it to mend a title.",
    )
    title: Text = Field(description="The course's title.")
    units: tuple[Unit, ...] = Field(min_length=1, description="The parts of the course, in order.")
    misconceptions: dict[KebabId, CatalogueEntry] = Field(
        default_factory=dict, description="The catalogue: one entry a belief, shared by exercises and quizzes."
    )

    @field_validator("format")
    @classmethod
    def _known_format(cls, value: int) -> int:
        if value != 1:
            raise ValueError(f"is {value}, and this gradecheck reads format 1: update gradecheck, or write 'format: 1'")
        return value

    @field_validator("misconceptions", mode="before")
    @classmethod
    def _empty_catalogue(cls, value: Any) -> Any:
        return {} if value is None else value


class Limits(Authored):
    """What a submission may use up before it is stopped."""

    call: Annotated[Number, Field(gt=0, le=600)] = Field(default=5, description="Seconds for one call.")
    total: Annotated[Number, Field(gt=0, le=3600)] = Field(default=30, description="Seconds for the whole submission.")
    memory: Annotated[int, BeforeValidator(number), Field(ge=16, le=65536)] = Field(
        default=512, description="MiB of memory on top of what the libraries need."
    )

    @model_validator(mode="after")
    def _call_within_total(self) -> Limits:
        if self.call > self.total:
            raise ValueError("gives one call more time than the whole submission has; raise total or lower call")
        return self


class PublicCheck(Authored):
    """A check that students see in full: one call, its arguments and what must come back."""

    id: SnakeId = Field(description="The check's id, unique in the exercise (hidden checks included).")
    title: Text = Field(description="One behaviour in one line (Markdown with LaTeX).")
    points: Points = Field(description="What the check is worth.")
    call: Name = Field(description="The function of the submission that is called.")
    args: tuple[Any, ...] = Field(
        default=(),
        description="The arguments. A list is a float64 array; scalars, text and null are themselves; "
        "{tensor: [[…]], dtype: float32}, {list: […]}, {normal: [5, 3], scale: 8}, {uniform: [5], low: 0, high: 1}, "
        "{eye: 3, scale: 0.7}, {zeros: [2, 3]}.",
    )
    expect: Any = Field(
        default=None, description="What must come back, written like args. Without it the reference is asked."
    )
    raises: Name | None = Field(default=None, description="The exception that must be raised instead.")
    hint: Text | None = Field(default=None, description="Shown when the check fails (Markdown with LaTeX).")

    @field_validator("args")
    @classmethod
    def _args_are_values(cls, value: tuple[Plain, ...]) -> tuple[Plain, ...]:
        for position, argument in enumerate(value, start=1):
            for fault in faults(argument):
                raise ValueError(f"is wrong in argument {position}: {fault}")
        return value

    @field_validator("expect")
    @classmethod
    def _expect_is_a_value(cls, value: Plain) -> Plain:
        for fault in faults(value):
            raise ValueError(f"is wrong: {fault}")
        return value

    @model_validator(mode="after")
    def _one_outcome(self) -> PublicCheck:
        if self.raises is not None and self.expect is not None:
            raise ValueError("has both 'expect' and 'raises'; keep one of them")
        return self


class ExerciseFile(Authored):
    """exercise.yaml: what students may know about an exercise. Its id is the name of its folder."""

    title: Text = Field(description="The exercise's title (Markdown with LaTeX).")
    kind: Kind = Field(
        description="drill: numbers in a YAML file; implement: functions; measure: an experiment; build: a class."
    )
    file: Annotated[str, StringConstraints(pattern=FILE)] = Field(
        description="The file that students hand in; the stub has the same name."
    )
    needs: tuple[Literal["numpy", "torch"], ...] = Field(
        default=(), description="Libraries that the submission may import; torch brings numpy."
    )
    points: Points = Field(description="The sum of the points of all checks, public and hidden.")
    limits: Limits = Field(default=Limits(), description="Time and memory.")
    quiz: KebabId | None = Field(default=None, description="The quiz that goes with the exercise.")
    takeaway: Text = Field(
        description="Shown when everything passed: what this exercise showed, in one to three sentences."
    )
    hints: tuple[Text, ...] = Field(
        min_length=3, description="At least three, from a nudge to nearly there; none gives the answer."
    )
    checks: tuple[PublicCheck, ...] = Field(default=(), description="The public checks: the statement's example.")

    @model_validator(mode="after")
    def _file_fits(self) -> ExerciseFile:
        if self.file in RESERVED:
            raise ValueError(f"names {self.file!r}, which the course itself uses; choose another file name")
        drill = self.kind == "drill"
        if drill != self.file.endswith(".yaml"):
            wanted = "answers.yaml" if drill else "a .py file"
            raise ValueError(f"has the kind {self.kind!r} and the file {self.file!r}; that kind hands in {wanted}")
        if drill and (self.checks or self.needs):
            raise ValueError("is a drill: it has no 'checks' and no 'needs'; its key is in solutions/")
        return self
