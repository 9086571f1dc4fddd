"""Attacks graded for real: each by `gradecheck run`, and all of them by `gradecheck batch` between honest students.

What breaks the wall is told in sentences; an attack of which there is nothing to tell is held.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import Result
from autograder.grading.report import Report
from autograder.machine import crowding
from tests.attacks.arena import LAYERS, LIMITS, START_UP, Arena, Outcome, reference_file
from tests.attacks.built import put_modules
from tests.attacks.corpus import ALL, Attack, Passes
from tests.attacks.pages import harmful, steered
from tests.attacks.users import REPOSITORY

_DRILL = "exercise-01"
#: Seconds that our own programs may take besides, on a slow machine with one process a core; torch takes them long. A
#: third is enough for a usual one, where the search for a line alone may take three; what hangs takes far longer.
_OURS = {"exercise-01": 12.0, "exercise-02": 18.0, "exercise-04": 18.0, "exercise-12": 36.0}


def grade_all(arena: Arena, attacks: Sequence[Attack], alone: Collection[Attack]) -> dict[str, list[str]]:
    """Every attack in a class, and those of `alone` by themselves too, three at a time; what is wrong with each, by its
    full name.
    """
    problems: dict[str, list[str]] = {str(attack): [] for attack in attacks}
    places = arena.folder / "runs"
    with ThreadPoolExecutor(max_workers=3) as pool:
        batches = [
            pool.submit(batch, arena, group, places / f"batch-{number}")
            for number, group in enumerate(_groups(attacks))
        ]
        singles = {
            str(attack): pool.submit(run, arena, attack, places / str(attack)) for attack in attacks if attack in alone
        }
        for future in batches:
            for name, found in future.result().items():
                problems[name] += [f"in a batch: {problem}" for problem in found]
        for name, single in singles.items():
            problems[name] += [f"alone: {problem}" for problem in single.result()]
    return problems


def _groups(attacks: Sequence[Attack]) -> list[list[Attack]]:
    """Attacks of one family and exercise together: they share a zygote, and what one leaves the next could find."""
    groups: dict[tuple[str, str], list[Attack]] = {}
    for attack in attacks:
        groups.setdefault((attack.family, attack.verdict.exercise), []).append(attack)
    return sorted(groups.values(), key=len, reverse=True)


def run(arena: Arena, attack: Attack, place: Path) -> list[str]:
    """Grade one attack with `gradecheck run`; what is wrong with what came of it."""
    (place / "work").mkdir(parents=True)
    file = attack.hand_in(place / "work")
    arena.user.own(place)
    exercise = attack.verdict.exercise
    pages = ["--html", "../data/report.html", "--junit", "../data/report.xml"]
    outcome = arena.start(place, arena.gradecheck("run", exercise, file, "--json", *pages))
    found = outcome.problems(arena.secrets, LIMITS[exercise])
    try:
        report = json.loads(outcome.out)
    except ValueError:
        return [*found, f"no report; exit code {outcome.code}: {outcome.err[-300:]}"]
    found += _misjudged(attack, attack.verdict.passes, report)
    expected_code = 0 if report["passed"] else 1
    found += [f"exit code {outcome.code}, not {expected_code}"] if outcome.code != expected_code else []
    found += harmful(place / "data")
    return found + (_shown(arena, attack, file, place) if attack.family == "poison" else [])


def _misjudged(attack: Attack, passes: Passes, report: Mapping[str, Any]) -> list[str]:
    """What is wrong with a report: points for other checks than it should pass, another status, a missing layer."""
    verdict, checks = attack.verdict, report["checks"]
    passed = {check["id"] for check in checks if check["status"] == "passed"}
    wanted = {check["id"] for check in checks} if passes == ALL else passes
    points = sum(check["points"] for check in checks if check["id"] in wanted)
    found = [] if passed == wanted else [f"passed {sorted(passed)}, not {sorted(wanted)}"]
    found += [] if report["score"] == points else [f"{report['score']:g} points, not {points:g}"]
    status = {check["status"] for check in checks} - {"passed"}
    found += [] if status <= verdict.status else [f"status {sorted(status)}, not {sorted(verdict.status)}"]
    drill = verdict.exercise == _DRILL
    found += [] if drill or report["isolation"] == LAYERS else [f"behind {report['isolation']} only"]
    return found + _slow(report["seconds"], verdict.exercise)


def _slow(seconds: float, exercise: str) -> list[str]:
    """Too many seconds for an exercise's limit; of what is ours, on a machine as crowded as the grader finds it."""
    most = LIMITS[exercise] + 1 + _OURS[exercise] * crowding()
    return [f"grading took {seconds:.1f} s"] if seconds > most else []


def _shown(arena: Arena, attack: Attack, file: Path, place: Path) -> list[str]:
    """The same for a person's eyes, in a terminal."""
    outcome = arena.start(place, arena.gradecheck("run", attack.verdict.exercise, file, "--verbose"))
    if outcome.code not in (0, 1):
        return [f"shown to a person it ends with {outcome.code}: {outcome.err[-300:]}"]
    return steered(outcome.out + outcome.err)


def batch(arena: Arena, attacks: Sequence[Attack], place: Path) -> dict[str, list[str]]:
    """Grade attacks of one exercise with `gradecheck batch`, an honest student before and after each."""
    exercise = attacks[0].verdict.exercise
    people = place / "work/class"
    arena.honest_file(exercise, people / _honest(0))
    for number, attack in enumerate(attacks, start=1):
        _hand_in(attack, people / _student(number, attack))
        arena.honest_file(exercise, people / _honest(number))
    outcome = grade_class(arena, exercise, place, len(attacks) * (LIMITS[exercise] + 1))
    shared, rows = wrong_with_the_batch(arena, outcome, place), _rows(place)
    found: dict[str, list[str]] = {}
    for number, attack in enumerate(attacks, start=1):
        neighbours = [rows.get(_honest(neighbour)) for neighbour in (number - 1, number)]
        wrong = [f"an honest neighbour got {row}" for row in neighbours if row is None or not row[0].passed]
        found[str(attack)] = [*shared, *_wrong_with_the_row(arena, attack, rows.get(_student(number, attack))), *wrong]
    return found


def _honest(number: int) -> str:
    return f"{number:03}-z-honest"


def grade_class(arena: Arena, exercise: str, place: Path, seconds: float) -> Outcome:
    """`gradecheck batch` of place/work/class into place/data/out."""
    put_modules(place / "work")
    arena.user.own(place)
    command = ["batch", "class", "--out", "../data/out", "--exercise", exercise, "--jobs", "1", "--json"]
    return arena.start(place, arena.gradecheck(*command), seconds + 4 * START_UP)


def _student(number: int, attack: Attack) -> str:
    return f"{number:03}-{attack.name}"


def _hand_in(attack: Attack, folder: Path) -> None:
    """The attacker's file under the name that the exercise asks for, unless its name or kind is the attack."""
    folder.mkdir(parents=True)
    file = attack.hand_in(folder)
    if file.name == f"{attack.name}.py":
        file.rename(folder / reference_file(REPOSITORY, attack.verdict.exercise).name)


def wrong_with_the_batch(arena: Arena, outcome: Outcome, place: Path) -> list[str]:
    """What went wrong with the batch as a whole, whoever is to blame."""
    found = outcome.problems(arena.secrets, outcome.seconds)
    rows = [json.loads(line) for line in outcome.out.splitlines() if line.startswith("{")]
    expected_code = 0 if all(row["passed"] for row in rows if row["type"] == "result") else 1
    if outcome.code != expected_code:
        found.append(f"exit code {outcome.code}, not {expected_code}: {outcome.err[-300:]}")
    found += steered(outcome.out + outcome.err)
    out = place / "data/out"
    found += [
        f"{name} is missing" for name in ("gradebook.db", "grades.csv", "class.html") if not (out / name).exists()
    ]
    return found + harmful(out)


def _rows(place: Path) -> dict[str, tuple[Result, Report | None]]:
    """What the gradebook keeps, by student."""
    path = place / "data/out/gradebook.db"
    if not path.exists():
        return {}
    with Gradebook.read(path) as gradebook:
        return {result.student: (result, report) for result, report in gradebook.reports()}


def _wrong_with_the_row(arena: Arena, attack: Attack, row: tuple[Result, Report | None] | None) -> list[str]:
    if row is None:
        return ["there is no row"]
    result, report = row
    if report is None:
        return [] if result.status == "missing" and not result.score else [f"{result.status}: {result.remarks}"]
    text = msgspec.json.encode(report).decode()
    found = ["a secret is in the kept report"] if any(secret in text for secret in arena.secrets) else []
    found += re.findall("BREACH.{0,200}", text)
    return found + _misjudged(attack, attack.verdict.passes, msgspec.to_builtins(report))
