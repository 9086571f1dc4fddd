"""What authors write in course.yaml and exercise.yaml: every key, what it means and what it may hold.

JSON Schema for editors is made from these classes. They must not know where the files are, nor what is done with them.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, field

from autograder.course.authored import PATTERNS, Authored, Fault
from autograder.course.literals import faults
from autograder.course.parameters import Parameters, Where, parameter_faults
from autograder.language import later, tr

KEBAB = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
SNAKE = r"^[a-z][a-z0-9_]*$"
NAME = r"^[A-Za-z_][A-Za-z0-9_]*$"
FILE = r"^[a-z][a-z0-9_]*\.(py|yaml)$"
SOMETHING = r"\S"
INSTRUCTOR_FILE = "instructor.yaml"
#: Files of the course that stand beside a stub or a reference; INSTRUCTOR_FILE does in a student's kit.
RESERVED = frozenset({"exercise.yaml", "figures.yaml", "checks.py", INSTRUCTOR_FILE})
PATTERNS.update(
    {
        KEBAB: later("lower-case words joined by hyphens, such as off-by-one"),
        SNAKE: later("lower-case words joined by underscores, such as worked_example"),
        NAME: later("one Python name, such as running_mean or sklearn"),
        FILE: later("a plain file name, such as running_mean.py or answers.yaml"),
        SOMETHING: later("more than blanks"),
    }
)


Text: TypeAlias = Annotated[str, Meta(pattern=SOMETHING)]
KebabId: TypeAlias = Annotated[str, Meta(pattern=KEBAB, max_length=80)]
SnakeId: TypeAlias = Annotated[str, Meta(pattern=SNAKE, max_length=80)]
Name: TypeAlias = Annotated[str, Meta(pattern=NAME, max_length=80)]
FileName: TypeAlias = Annotated[str, Meta(pattern=FILE, max_length=80)]
Points: TypeAlias = Annotated[float, Meta(gt=0, le=1000)]
Kind: TypeAlias = Literal["drill", "implement", "measure", "build"]


class CatalogueEntry(Authored, frozen=True, kw_only=True):
    """One belief that the course knows: quizzes, drills and known-wrong programs point to it by its id."""

    title: Annotated[Text, Meta(description="The belief in one line (Markdown, LaTeX), at most about 80 characters.")]
    concept: Annotated[Text, Meta(description="What to revise, in two to five words.")]


class Unit(Authored, frozen=True, kw_only=True):
    """A part of the course: exercises and quizzes, in the order in which they are met."""

    id: Annotated[KebabId, Meta(description="The unit's own id.")]
    title: Annotated[Text, Meta(description="The unit's title (Markdown with LaTeX).")]
    exercises: Annotated[tuple[KebabId, ...], Meta(description="Ids of exercises: folders in exercises/.")] = ()
    quizzes: Annotated[tuple[KebabId, ...], Meta(description="Ids of quizzes: files in quizzes/ without .yaml.")] = ()


Level: TypeAlias = Literal["strict", "warn", "off"]


class Demands(Authored, frozen=True, kw_only=True):
    """How strict `gradecheck validate` is: strict is a problem, warn a warning, off isn't looked for."""

    quoted_figures: Annotated[
        Level, Meta(description="Of a number in a text that nothing computes: strict, warn or off.")
    ] = "strict"
    equivalent_mutants: Annotated[
        Level, Meta(description="Of a change to a reference that no check notices and no list explains.")
    ] = "strict"


class Versioned(Authored, frozen=True, kw_only=True):
    """A file that names the version of its format."""

    format: Annotated[int, Meta(description="The version of this format: 1.")]

    def faults(self) -> Iterator[Fault]:
        if self.format != 1:
            said = tr("is {number}, and this gradecheck reads format 1: update gradecheck, or write 'format: 1'",
                      number=self.format)  # fmt: skip
            yield ("format",), said


class CourseFile(Versioned, frozen=True, kw_only=True):
    """course.yaml: marks the root of a course, names its units, and keeps the one catalogue of misconceptions."""

    id: Annotated[
        KebabId | None,
        Meta(
            description="Names the course in records and gradebooks. Without it the title does: mended, it loses them."
        ),
    ] = None
    title: Annotated[Text, Meta(description="The course's title.")]
    language: Annotated[
        Literal["en", "es"],
        Meta(description="What the engine speaks to the students of this course: en, or es for Spanish."),
    ] = "en"
    solutions: Annotated[
        Literal["after-passing", "never"],
        Meta(description="When `gradecheck solution` shows a student the reference; a student's kit never has it."),
    ] = "after-passing"
    demands: Annotated[Demands, Meta(description="How strict `gradecheck validate` is.")] = Demands()
    units: Annotated[tuple[Unit, ...], Meta(min_length=1, description="The parts of the course, in order.")]
    misconceptions: Annotated[
        dict[KebabId, CatalogueEntry] | None,
        Meta(description="The catalogue: one entry a belief, shared by exercises and quizzes."),
    ] = None


class Limits(Authored, frozen=True, kw_only=True):
    """What a submission may use up before it is stopped."""

    call: Annotated[float, Meta(gt=0, le=600, description="Seconds for one call.")] = 5.0
    total: Annotated[float, Meta(gt=0, le=3600, description="Seconds for the whole submission.")] = 30.0
    memory: Annotated[int, Meta(ge=16, le=65536, description="MiB of memory on top of what the libraries need.")] = 512

    def faults(self) -> Iterator[Fault]:
        if self.call > self.total:
            yield (), tr("gives one call more time than the whole submission has; raise total or lower call")


class PublicCheck(Authored, frozen=True, kw_only=True):
    """A check that students see in full: one call, its arguments and what must come back."""

    id: Annotated[SnakeId, Meta(description="The check's id, unique in the exercise (hidden checks included).")]
    title: Annotated[Text, Meta(description="One behaviour in one line (Markdown with LaTeX).")]
    points: Annotated[Points, Meta(description="What the check is worth.")]
    call: Annotated[Name, Meta(description="The function of the submission that is called.")]
    args: Annotated[
        tuple[Any, ...],
        Meta(
            description="The arguments. A list is a float64 array; scalars, text and null are themselves; "
            "{tensor: [[…]], dtype: float32}, {list: […]}, {normal: [5, 3], scale: 8}, {uniform: [5], low: 0, high: 1},"
            " {eye: 3, scale: 0.7}, {zeros: [2, 3]}."
        ),
    ] = ()
    expect: Annotated[
        Any, Meta(description="What must come back, written like args. Without it the reference is asked.")
    ] = None
    raises: Annotated[Name | None, Meta(description="The exception that must be raised instead.")] = None
    parameters: Annotated[
        dict[Name, Any] | None,
        Meta(description="Of a module, written like args: what is called is its class, and these values are set."),
    ] = None
    then: Annotated[
        tuple[Any, ...] | None,
        Meta(description="Written like args: what came back is called with these, and must give 'expect'."),
    ] = None
    hint: Annotated[Text | None, Meta(description="Shown when the check fails (Markdown with LaTeX).")] = None

    @property
    def asks_reference(self) -> bool:
        """Whether what must come back isn't written down, so that it can't be told without the reference."""
        return self.expect is None and self.raises is None

    def faults(self) -> Iterator[Fault]:
        for position, argument in enumerate(self.args, start=1):
            for fault in faults(argument):
                said = tr("is wrong in argument {position}: {fault}", position=position, fault=fault.rstrip("."))
                yield ("args",), said
        for place, values in (("then", self.then or ()), ("parameters", (self.parameters or {}).values())):
            for fault in (fault for value in values for fault in faults(value)):
                yield (place,), tr("is wrong: {fault}", fault=fault.rstrip("."))
        for fault in faults(self.expect):
            yield ("expect",), tr("is wrong: {fault}", fault=fault.rstrip("."))
        if self.then is not None and self.expect is None:
            yield (), tr("has 'then' without 'expect'; say what must come back in the end")
        if self.parameters is not None and self.then is None:
            yield (), tr("has 'parameters' without 'then'; say what the module is called with")
        if self.raises is not None and self.expect is not None:
            yield (), tr("has both 'expect' and 'raises'; keep one of them")


class ExerciseFile(Authored, frozen=True, kw_only=True):
    """exercise.yaml: what students may know about an exercise. Its id is the name of its folder."""

    title: Annotated[Text, Meta(description="The exercise's title (Markdown with LaTeX).")]
    kind: Annotated[
        Kind,
        Meta(
            description="drill: numbers in a YAML file; implement: functions, or a script; measure: an experiment; "
            "build: a class."
        ),
    ]
    file: Annotated[
        FileName | None, Meta(description="The file that students hand in; the stub has the same name.")
    ] = None
    files: Annotated[
        tuple[FileName, ...],
        Meta(description="In place of 'file': the files that students hand in together, in a folder."),
    ] = ()
    needs: Annotated[
        tuple[Name, ...],
        Meta(description="Libraries that the submission may import, by their import names, such as scipy."),
    ] = ()
    points: Annotated[Points, Meta(description="The sum of the points of all checks, public and hidden.")]
    limits: Annotated[Limits, Meta(description="Time and memory.")] = Limits()
    quiz: Annotated[
        KebabId | None,
        Meta(description="The quiz that goes with the exercise: proposed after the last exercise that names it."),
    ] = None
    takeaway: Annotated[
        Text,
        Meta(description="Shown when everything passed: what this exercise showed, in one to three sentences."),
    ]
    hints: Annotated[
        tuple[Text, ...],
        Meta(min_length=3, description="At least three, from a nudge to nearly there; none gives the answer."),
    ]
    checks: Annotated[tuple[PublicCheck, ...], Meta(description="The public checks: the statement's example.")] = ()
    parameters: Parameters = field(default_factory=dict)
    where: Where = None

    def faults(self) -> Iterator[Fault]:
        drill = self.kind == "drill"
        named = self.files or ((self.file,) if self.file is not None else ())
        taken = next((name for name in named if name in RESERVED), None)
        unfit = next((name for name in named if drill != name.endswith(".yaml")), None)
        if (self.file is None) == (not self.files):
            yield (), tr("needs either 'file' or 'files': what students hand in")
        elif taken is not None:
            yield (), tr("names {taken!r}, which the course itself uses; choose another file name", taken=taken)
        elif unfit is not None:
            wanted = "answers.yaml" if drill else tr("a .py file")
            said = tr("has the kind {kind!r} and the file {unfit!r}; that kind hands in {wanted}",
                      kind=self.kind, unfit=unfit, wanted=wanted)  # fmt: skip
            yield (), said
        elif len(set(named)) < len(named) or (self.files and len(self.files) == 1):
            yield ("files",), tr("names one file; list two or more different ones, or write 'file'")
        elif "autograder" in self.needs:
            yield ("needs",), tr("names 'autograder', which grades programs and is no library of theirs")
        elif drill and self.files:
            yield ("files",), tr("is of a drill, which hands in one file")
        elif drill and (self.checks or self.needs):
            yield (), tr("is a drill: it has no 'checks' and no 'needs'; its key is in solutions/")
        if self.parameters and not drill:
            said = tr("are of a drill, and this is of the kind {kind!r}: a check draws with 'rng'", kind=self.kind)
            yield ("parameters",), said
        elif self.parameters and "@{" in self.title:
            yield ("title",), tr("has a hole, and is read where nothing is drawn, too; write it without")
        yield from parameter_faults(self.parameters, self.where)
