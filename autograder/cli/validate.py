"""`gradecheck validate`: is the course right? Every program of it is graded, every text and question looked at."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.completion import EITHER
from autograder.cli.endings import FAILED, MISUSE, PASSED, Misuse, located, seen_from_here
from autograder.cli.session import Session, with_session
from autograder.language import later, read_as_written, tr, tr_n

if TYPE_CHECKING:
    from autograder.course.model import Demands
    from autograder.proof.course import Proof
    from autograder.proof.findings import Findings
    from autograder.proof.proof_bar import Bar, Lines
    from autograder.proof.translations import Coverage

#: Keys of one file that are named; the rest is counted.
_MOST_KEYS = 3
_COLUMNS = {
    "stub": later("stub"),
    "reference": later("reference"),
    "accepted": later("accepted"),
    "known_wrong": later("known-wrong\nnamed"),
    "mutants": later("mutants\nkilled"),
    "equivalent": later("equi-\nvalent"),
    "figures": later("figures\nright"),
}
_LEFT_OUT = {
    "left_out_belief": later("another\nbelief"),
    "left_out_behaviour": later("what the\nprogram does"),
    "left_out_line": later("a line"),
    "left_out_nothing": later("nothing"),
}


@dataclass(frozen=True)
class _Order:
    """What was typed, by the options' names."""

    ids: Sequence[str]
    as_json: bool
    jobs: int | None
    watch: bool
    fast: bool
    strict: bool
    no_mutants: bool
    left_out: bool
    again: bool

    def demands(self, own: Demands) -> Demands:
        """Return how strict to be: as the course says, unless the command line does."""
        from msgspec.structs import replace

        from autograder.course.model import Demands

        chosen = Demands(quoted_figures="off", equivalent_mutants="off") if self.fast else own
        chosen = Demands() if self.strict else chosen
        return replace(chosen, equivalent_mutants="off") if self.no_mutants else chosen


@click.command("validate")
@click.argument("ids", metavar="[EXERCISE|QUIZ]...", nargs=-1, type=EITHER)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON and nothing else.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes at work (default: one a core).")
@click.option("--watch", is_flag=True, help="Prove again at every save what it changes, until Ctrl-C.")
@click.option("--fast", is_flag=True, help="Leave out what course.yaml can leave out, whatever it demands.")
@click.option("--strict", is_flag=True, help="Leave nothing out, whatever course.yaml demands.")
@click.option("--no-mutants", is_flag=True, help="Leave out the changed references: quicker, and less sharp.")
@click.option("--left-out", is_flag=True, help="Grade known-wrong programs without their own belief, too.")
@click.option("--again", is_flag=True, help="Prove also what was proved before and hasn't changed since.")
@with_session
def command(session: Session, /, **typed: Any) -> int:
    """Prove the course: that its programs get the verdicts they must get, and that its texts are true.

    Every stub scores nothing, every right program all, and every known-wrong one fails and is named. Every small change
    to a reference fails a check, or stands in equivalent-mutants.yaml with the reason. Every figure is computed, every
    quiz question sound, every misconception known and used. Without names, the whole course is proved. An exercise or
    a quiz that was proved before is proved again only once a file of it, the engine or a library has changed. Under
    `demands`, course.yaml says how strict it is.

    Exits with 0 if nothing is wrong, 1 if something is.

    \b
    Examples:
      gradecheck validate
      gradecheck validate exercise-04 products
      gradecheck validate exercise-04 --watch --fast
      gradecheck validate --json --jobs 8
    """
    from autograder.course import load_course

    order = _Order(**typed)
    if order.fast and order.strict:
        raise Misuse(tr("--fast and --strict are opposites: keep one of them."))
    load_course(session.root)
    _demand_solutions(session)
    if order.watch:
        return _watched(session, order)
    proof, seconds = _prove(session, order)
    _tell(session, order, proof, seconds)
    return _code(session, proof)


def _demand_solutions(session: Session) -> None:
    """Raise Misuse where there is nothing to prove; warn where it may be another course than was meant."""
    from autograder.course.discovery import misspelt

    if session.root.solutions is None:
        raise Misuse(tr("This course has no solutions/ here, as in a student's kit: there is nothing to prove."))
    if session.root.by_fallback:  # an author whose course.yaml is gone or misnamed would wait for another's proof
        said = tr("No course.yaml is here or above, so the course that ships with gradecheck is proved.")
        session.warn(f"{said} " + (misspelt(Path.cwd()) or tr("Name yours with --course DIR.")))


def _prove(session: Session, order: _Order) -> tuple[Proof, float]:
    """Return the proof, and the seconds that it took."""
    from autograder.course import load_course
    from autograder.machine import usable_cores
    from autograder.proof.course import prove
    from autograder.proof.kept_findings import Kept, usual_place

    started = time.monotonic()
    read_as_written()
    with _observer() as observer:
        proof = prove(
            session.root,
            order.ids,
            processes=order.jobs or len(usable_cores()),
            demands=order.demands(load_course(session.root).demands),
            left_out=order.left_out,
            kept=Kept(usual_place(), session.root),
            again=order.again,
            observer=observer,
        )
    return proof, time.monotonic() - started


def _tell(session: Session, order: _Order, proof: Proof, seconds: float) -> None:
    if order.as_json:
        session.write_json(_as_json(proof, seconds), one_line=order.watch)
    else:
        _show(session, proof, seconds)


def _code(session: Session, proof: Proof) -> int:
    return PASSED if proof.passed else MISUSE if any(_lacks(session, each) for each in proof.exercises) else FAILED


def _watched(session: Session, order: _Order) -> int:
    """Prove now, and again whenever a file of the course has changed, until Ctrl-C; return the last exit code."""
    from autograder.cli.watching import changes
    from autograder.course import CourseError
    from autograder.proof.kept_findings import files_of_course
    from autograder.proof.parallel import ProofFailed

    code = FAILED
    try:
        for _ in changes(files_of_course(session.root)):
            if session.console.is_terminal and not order.as_json:
                click.echo("\x1b[2J\x1b[H", nl=False)
            try:
                proof, seconds = _prove(session, order)
                code = _code(session, proof)  # before it is told: who reads it may end this at once
                _tell(session, order, proof, seconds)
            except CourseError as error:  # a file that is half written is mended at the next save
                code = MISUSE
                for problem in error.problems:
                    session.warn(located(problem))
            except (Misuse, ProofFailed) as error:  # it changed while a process read it
                code = MISUSE
                session.warn(str(error))
            if not order.as_json:
                session.say(
                    tr("Watching: save a file of the course to have what it changes proved again; Ctrl-C ends.")
                )
    except KeyboardInterrupt:
        pass
    return code


def _lacks(session: Session, exercise_id: str) -> bool:
    """Whether an exercise needs what isn't installed, so that nothing of it was proved."""
    from autograder.course import CourseError, load_exercise
    from autograder.sandbox.libraries import LibraryMissing, require

    try:
        require(exercise_id, load_exercise(session.root, exercise_id).needs)
    except LibraryMissing:
        return True
    except CourseError:  # which is among the problems
        pass
    return False


def _as_json(proof: Proof, seconds: float) -> dict[str, Any]:
    import msgspec

    described = {
        "translations": proof.translations,
        "exercises": {each: findings.tallies for each, findings in proof.exercises.items()},
        "quizzes": {each: findings.tallies for each, findings in proof.quizzes.items()},
        "problems": proof.problems,
        "warnings": proof.warnings,
    }
    return {
        "schema": 1,
        "passed": proof.passed,
        "seconds": round(seconds, 1),
        "unchanged": list(proof.unchanged),
        **msgspec.to_builtins(described, enc_hook=str),
    }


def _show(session: Session, proof: Proof, seconds: float) -> None:
    """The tables, then every warning and problem, then the verdict."""
    if proof.exercises:
        _table(session, tr("exercise"), _COLUMNS, proof.exercises)
    if any(_LEFT_OUT.keys() & findings.tallies.keys() for findings in proof.exercises.values()):
        session.say(tr("Known-wrong programs, each graded without its own belief, are explained by"))
        session.say()
        _table(session, tr("exercise"), _LEFT_OUT, proof.exercises)
    if proof.quizzes:
        _table(session, tr("quiz"), {"questions": later("questions sound")}, proof.quizzes)
    for coverage in proof.translations:
        _show_coverage(session, coverage)
    for warning in proof.warnings:
        session.say(f"{located(warning)} ({tr('A warning.')})")
    for problem in proof.problems:
        session.say(located(problem))
    found = len(proof.problems)
    verdict = tr("Everything holds.") if proof.passed else tr_n("{n} problem.", "{n} problems.", found)
    session.say(f"{verdict} {seconds:.0f} s.")
    if proof.unchanged:
        proved = len(proof.exercises) + len(proof.quizzes)
        session.say(
            tr(
                "{n} of {proved} had been proved before, and are unchanged. --again for all.",
                n=len(proof.unchanged),
                proved=proved,
            )
        )


def _show_coverage(session: Session, coverage: Coverage) -> None:
    """Print what there is in another language, and what is read in the course's own."""
    session.say(
        tr(
            "In {language}: {translated} of {texts} texts.",
            language=coverage.language,
            translated=coverage.translated,
            texts=coverage.texts,
        )
    )
    for lack in coverage.lacking:
        named, more = ", ".join(lack.keys[:_MOST_KEYS]), len(lack.keys) - _MOST_KEYS
        keys = tr("{named} and {more} more", named=named, more=more) if more > 0 else named
        session.say(
            "  "
            + (
                tr("{file} lacks {keys}.", file=seen_from_here(lack.file), keys=keys)
                if keys
                else tr("{file} is missing.", file=seen_from_here(lack.file))
            )
        )
    if coverage.untouched:
        session.say("  " + tr("Nothing of {names}.", names=", ".join(coverage.untouched)))
    session.say()


def _table(session: Session, first: str, columns: Mapping[str, str], rows: Mapping[str, Findings]) -> None:
    from rich.box import ASCII2, SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=ASCII2 if session.ascii else SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True)
    table.add_column(first, overflow="fold")
    for title in columns.values():
        table.add_column(tr(title), justify="right", no_wrap=True)
    for each, findings in rows.items():
        table.add_row(each, *(_cell(findings, name) for name in columns))
    session.console.print(table)
    session.say()


def _cell(findings: Findings, name: str) -> str:
    tally = findings.tallies.get(name)
    if tally is None or not tally.of:
        return "-" if tally is None else "0"
    if name == "equivalent":
        return str(tally.of)
    if name in _LEFT_OUT:
        return f"{tally.right}/{tally.of}"
    return f"{tally.right}/{tally.of}" + ("" if tally.complete else " !")


def _observer() -> AbstractContextManager[Bar | Lines]:
    """Return what shows how far it is, on standard error: a bar in a terminal, else a line for each task."""
    from autograder.proof import proof_bar

    if not sys.stderr.isatty():
        return nullcontext(proof_bar.Lines(lambda line: click.echo(line, err=True)))
    from rich.console import Console

    return proof_bar.Bar(Console(stderr=True, markup=False, emoji=False, highlight=False))
