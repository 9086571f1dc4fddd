"""A whole course, or a part of it, put to the proof: what to prove of what can be read, and all findings together.

It must not know how findings are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from autograder.course import (
    Course,
    CourseError,
    CourseRoot,
    Everything,
    Exercise,
    Problem,
    Quiz,
    load_answer_key,
    load_course,
    load_everything,
)
from autograder.course.lint import unlisted
from autograder.course.model import Demands
from autograder.course.problems import nearest
from autograder.course.source import read_yaml
from autograder.language import spoken, tr
from autograder.proof.findings import Findings, judged, together
from autograder.proof.jobs import Job, jobs_of
from autograder.proof.kept_findings import Kept
from autograder.proof.parallel import findings_of
from autograder.proof.texts import as_read, files_of, left_to_write, texts_of_course, unshowable
from autograder.proof.translations import Coverage, translations


@dataclass(frozen=True)
class Proof:
    """By id what was found of each exercise and quiz, in the order of the course; every problem and warning, sorted.

    What has an entry without tallies could not be read well enough to be proved. `unchanged`: what was proved before,
    with nothing changed since. `translations`: what there is in other languages.
    """

    exercises: dict[str, Findings]
    quizzes: dict[str, Findings]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    unchanged: tuple[str, ...]
    translations: tuple[Coverage, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problems


class Observer(Protocol):
    """Shows how far the proof is; called from several threads."""

    def begin(self, jobs: Sequence[Job]) -> None: ...

    def step(self, job: Job) -> None: ...

    def end(self, job: Job, findings: Findings) -> None: ...


def prove(
    root: CourseRoot,
    ids: Collection[str],
    *,
    processes: int,
    demands: Demands,
    left_out: bool,
    kept: Kept,
    again: bool,
    observer: Observer,
) -> Proof:
    """Prove the exercises and quizzes of these ids, or the whole course where none is named.

    `demands`: how strict to be; changes to references aren't tried where it doesn't matter what becomes of them.
    What is `kept` and hasn't changed isn't proved `again`, unless that is asked for.
    Raises CourseError where course.yaml can't be read or an id is unknown; ProofFailed.
    """
    asked = repr((sorted(ids), demands, left_out, spoken()))
    before = kept.whole(asked, Proof)
    if before is not None and not again:
        observer.begin([])
        return replace(before, unchanged=(*before.exercises, *before.quizzes))
    proof = _proof(root, ids, processes, demands, kept, observer, left_out=left_out, again=again)
    if proof.passed:
        kept.keep_whole(asked, proof)
    return proof


def _proof(
    root: CourseRoot,
    ids: Collection[str],
    processes: int,
    demands: Demands,
    kept: Kept,
    observer: Observer,
    *,
    left_out: bool,
    again: bool,
) -> Proof:
    """Look at all texts, and prove what isn't known of each exercise and quiz."""
    course = load_course(root)
    wanted = _wanted(root, (*course.exercise_ids, *course.quiz_ids), ids)
    everything = load_everything(root)
    told = (*wanted, "")  # what course.yaml says amiss may be of any of them
    loose = [problem for problem in everything.problems if not ids or _subject(root, problem.file) in told]
    exercises = [each for each in everything.exercises if each.id in wanted]
    quizzes = [each for each in everything.quizzes if each.id in wanted]
    jobs = jobs_of(course, exercises, quizzes, mutants=demands.equivalent_mutants != "off", left_out=left_out)
    loose += left_to_write([root.file, *_files(exercises, quizzes)])
    loose += unshowable(text for each in exercises for text in as_read(each))
    loose += unshowable(texts_of_course(course))
    coverages, drifted = translations(course, exercises, quizzes)
    loose += drifted
    before = {job: findings for job in jobs if (findings := kept.findings(job)) is not None and not again}
    known = {job: findings for job, findings in before.items() if not judged(findings, demands).problems}
    found = _prove(jobs, known, processes, observer, kept, demands)
    loose += [] if ids else list(_unused_misconceptions(course, everything))
    doubts = () if ids else tuple(_nameless(course))
    everywhere = together([*found.values(), Findings(problems=tuple(loose), warnings=doubts)])
    return Proof(
        {each: found.get(each, Findings()) for each in course.exercise_ids if each in wanted},
        {each: found.get(each, Findings()) for each in course.quiz_ids if each in wanted},
        everywhere.problems,
        everywhere.warnings,
        tuple(each for each in found if all(job in known for job in jobs if job.id == each)),
        coverages,
    )


def _wanted(root: CourseRoot, known: Collection[str], ids: Collection[str]) -> Collection[str]:
    unknown = [each for each in ids if each not in known]
    if unknown:
        raise CourseError(_unknown(root, each, known) for each in unknown)
    return ids or known


def _unknown(root: CourseRoot, each: str, known: Collection[str]) -> Problem:
    for kind, place in (("exercises", f"exercises/{each}"), ("quizzes", f"quizzes/{each}.yaml")):
        if (root.root / place).exists():
            return unlisted(read_yaml(root.file), kind, place)
    said = tr("There is no exercise or quiz {each!r}.{nearest}", each=each, nearest=nearest(each, known))
    return Problem(root.file, 1, said)


def _subject(root: CourseRoot, file: Path) -> str:
    """Return the exercise or quiz that a file belongs to; empty for course.yaml."""
    parts = file.relative_to(root.root).parts if file.is_relative_to(root.root) else ()
    part = 1 if len(parts) > 1 and parts[0] != "quizzes" else -1
    return parts[part].removesuffix(".yaml") if len(parts) > 1 else ""


def _files(exercises: Collection[Exercise], quizzes: Collection[Quiz]) -> Iterator[Path]:
    for exercise in exercises:
        yield from files_of(exercise)
    yield from (quiz.source.path for quiz in quizzes)


def _prove(
    jobs: Sequence[Job], known: Mapping[Job, Findings], processes: int, observer: Observer, kept: Kept, demands: Demands
) -> dict[str, Findings]:
    """Return what was found of each exercise and quiz, by what is known and by doing all other jobs."""
    parts: dict[str, list[Findings]] = defaultdict(list)
    for job, findings in known.items():
        parts[job.id].append(judged(findings, demands))
    to_do = [job for job in jobs if job not in known]
    observer.begin(to_do)
    for job, findings in findings_of(to_do, processes, observer.step):
        judgement = judged(findings, demands)
        if not judgement.problems:
            kept.keep(job, findings)
        parts[job.id].append(judgement)
        observer.end(job, judgement)
    return {each: together(several) for each, several in parts.items()}


def _nameless(course: Course) -> Iterator[Problem]:
    """Yield a warning if it is the title alone that names the course in what students and instructors keep."""
    if not course.named:
        sentence = tr(
            "This course has no id of its own: its title names it in students' records, answers and gradebooks, and an"
            " edit of the title would lose them. Add a line 'id: {id}', which keeps what there is.",
            id=course.id,
        )
        yield read_yaml(course.root.file).problem(("title",), sentence)


def _unused_misconceptions(course: Course, everything: Everything) -> Iterator[Problem]:
    """Yield a problem for each entry that no known-wrong program, no trap and no quiz names."""
    read = {each.id for each in everything.exercises} | {each.id for each in everything.quizzes}
    if not read.issuperset((*course.exercise_ids, *course.quiz_ids)):
        return  # what can't be read may name any of them
    try:
        used = {belief for exercise in everything.exercises for belief in _named_by(exercise)}
    except CourseError:  # a key that can't be read, which is told already; it may name any of them
        return
    used |= {belief for quiz in everything.quizzes for question in quiz.questions for _, belief in question.beliefs()}
    source = read_yaml(course.root.file)
    for belief in course.misconceptions:
        if belief not in used:
            sentence = tr("No exercise and no quiz uses {belief!r}: write what shows it, or delete it.", belief=belief)
            yield source.problem(("misconceptions", belief), sentence)


def _named_by(exercise: Exercise) -> Iterator[str]:
    if exercise.solution is None:
        return
    for path in exercise.programs(exercise.solution / "misconceptions"):
        yield path.stem.split("--")[0]
    if exercise.kind == "drill":
        yield from (belief for _, belief in load_answer_key(exercise).under({"misconception"}))
