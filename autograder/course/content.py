"""What a course holds, as immutable values: itself, its exercises and quizzes, and its known-wrong programs.

They must not know how they are read (`loader` makes them): who is shown a kept quiz needn't import what reads files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.course.discovery import CourseRoot
from autograder.course.model import CatalogueEntry, Demands, Kind, Limits, PublicCheck, Unit
from autograder.language import ENGLISH, tr

if TYPE_CHECKING:
    from autograder.course.parameters import Parameter
    from autograder.course.problems import Problem
    from autograder.course.program_files import Program
    from autograder.course.quiz_model import AnyQuestion, Pool
    from autograder.course.source import Location, Source


class Course(msgspec.Struct, frozen=True):
    """course.yaml: `id` names the course in records and gradebooks, `misconceptions` is the catalogue by id.

    `named` says whether the author gave the id, so that it stays when the title is mended. `former_ids` are those that
    its title has given it, or would have: what stands under them is taken over. `shows_solutions`: to a student who has
    passed. `demands`: how strict its proof is.
    """

    root: CourseRoot
    id: str
    title: str
    units: tuple[Unit, ...]
    misconceptions: Mapping[str, CatalogueEntry]
    named: bool = True
    former_ids: tuple[str, ...] = ()
    language: str = ENGLISH
    shows_solutions: bool = True
    demands: Demands = msgspec.field(default_factory=Demands)

    @property
    def exercise_ids(self) -> tuple[str, ...]:
        """Every exercise in the order of the course."""
        return tuple(exercise for unit in self.units for exercise in unit.exercises)

    @property
    def quiz_ids(self) -> tuple[str, ...]:
        """Every quiz in the order of the course."""
        return tuple(quiz for unit in self.units for quiz in unit.quizzes)


class Exercise(msgspec.Struct, frozen=True):
    """One exercise as students meet it.

    `file` is what is handed in: with `files`, a folder that holds those, named after the exercise; and a program's text
    is that of all (see `several_files`). `folder` is exercises/<id>; `solution` is solutions/<id>, None in a student's
    kit. `statement`, `takeaway` and `hints` are Markdown with LaTeX, `stub` is the file that students start from, and
    `required_names` is what a submission must define: the stub's top-level functions and classes, or a drill's answers.
    `draws` and `where`: what a drill draws for each student; its texts have holes then, which `drawn` fills
    for a `seed`.
    """

    id: str
    title: str
    kind: Kind
    file: str
    files: tuple[str, ...]
    needs: frozenset[str]
    points: float
    limits: Limits
    quiz: str | None
    takeaway: str
    hints: tuple[str, ...]
    public_checks: tuple[PublicCheck, ...]
    statement: str
    stub: str
    folder: Path
    solution: Path | None
    required_names: frozenset[str]
    draws: Mapping[str, Parameter] = {}
    where: str | None = None
    seed: int | None = None

    @property
    def reference(self) -> Path | None:
        """The file that is right, or the folder that holds all of it, if the course has its solutions here."""
        if self.solution is None or self.files:
            return self.solution
        return self.solution / self.file

    @property
    def modules(self) -> frozenset[str]:
        """The names of the modules that a submission's files are."""
        return frozenset(Path(name).stem for name in self.files or (self.file,))

    @property
    def given(self) -> dict[str, str]:
        """The files that students start from, by name."""
        from autograder.several_files import files

        return {file.name: file.text for file in files(self.stub)} if self.files else {self.file: self.stub}

    @property
    def wanted(self) -> str:
        """What is to be handed in, in words."""
        return (
            tr("{files} and {last}, in one folder", files=", ".join(self.files[:-1]), last=self.files[-1])
            if self.files
            else self.file
        )

    def program(self, path: Path) -> Program:
        """Read a program of the course's: a file, or a folder with all files. Never raises."""
        from autograder.course.program_files import read_program, read_programs

        return read_programs(path, self.files) if self.files else read_program(path)

    def programs(self, folder: Path) -> list[Path]:
        """The programs in a folder of the course's, by name: files, or folders that hold all files."""
        if self.files:
            return sorted(path for path in folder.glob("*") if path.is_dir() and path.name[0] not in "._")
        return sorted(folder.glob(f"*{Path(self.file).suffix}"))

    @property
    def is_script(self) -> bool:
        """Whether a submission is run from its start instead of being asked for functions."""
        return self.kind == "implement" and not self.required_names

    def parameters(self, function: str) -> tuple[str, ...]:
        """Return what the stub calls the positional parameters of one of its functions; empty for any other name."""
        from autograder.course.program_files import positional_parameters

        return positional_parameters(self.stub, function) if self.kind != "drill" else ()


class KnownWrong(msgspec.Struct, frozen=True):
    """A known-wrong program: the belief's `id` and `title`, the `explanation` to read, the program itself."""

    id: str
    title: str
    explanation: str
    source: str
    path: Path


class Quiz(msgspec.Struct, frozen=True):
    """One quiz: its questions in the order in which they are asked, and where they are written.

    Of the questions of each of `pools` a student is asked some (`autograder.quiz.pools` tells which).
    """

    id: str
    title: str
    intro: str | None
    questions: tuple[AnyQuestion, ...]
    source: Source
    pools: tuple[Pool, ...] = ()

    @property
    def points(self) -> float:
        """What all questions that a student is asked are worth together."""
        worth = {question.id: question.points for question in self.questions}
        spared = sum((len(pool.of) - pool.choose) * worth[pool.of[0]] for pool in self.pools)
        return sum(worth.values()) - spared

    def pool(self, question_id: str) -> Pool | None:
        """Return the pool that a question is in, or None."""
        return next((pool for pool in self.pools if question_id in pool.of), None)

    def question(self, question_id: str) -> AnyQuestion | None:
        """Return the question of that id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)

    def problem(self, question: AnyQuestion, location: Location, sentence: str) -> Problem:
        """Return a problem at `location` of one of the questions."""
        return self.source.problem(("questions", self.questions.index(question), *location), sentence)
