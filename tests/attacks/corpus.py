"""The hostile submissions: what each tries, and the verdict that it must get.

Most are files in `submissions/FAMILY/`, whose docstring says what they try and closes with their verdict; what git
can't hold is made in `built`. An attack that gets through anywhere prints a line with the word BREACH.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import yaml

SUBMISSIONS = Path(__file__).with_name("submissions")
FAMILIES = ("forge", "leak", "harm", "hang", "poison", "files")
_DOCSTRING = re.compile(r'r?"""(.*?)"""', re.DOTALL)


ALL: Literal["all"] = "all"
Passes: TypeAlias = Literal["all"] | frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """What an attack must get: the checks that it passes, by id, and the status of every other one."""

    exercise: str
    passes: Passes
    status: frozenset[str]


@dataclass(frozen=True)
class Attack:
    """One hostile submission. `hand_in` writes it into an empty folder and says which file is to be graded."""

    family: str
    name: str
    tries: str
    verdict: Verdict
    hand_in: Callable[[Path], Path]

    def __str__(self) -> str:
        return f"{self.family}/{self.name}"


def verdict(
    exercise: str = "exercise-04",
    passes: str | Sequence[str] = (),
    status: str | list[str] = "failed",
) -> Verdict:
    """A verdict as it is written in a docstring."""
    statuses = frozenset([status] if isinstance(status, str) else status)
    return Verdict(exercise, _passes(passes), statuses)


def _passes(written: str | Sequence[str]) -> Passes:
    return ALL if written == ALL else frozenset(written)


def read_attack(path: Path) -> Attack:
    """The attack in a file."""
    found = _DOCSTRING.match(path.read_text(encoding="utf-8"))
    assert found, f"{path} does not open with a docstring"
    tries, _, written = found[1].strip().rpartition("\n\n")
    assert tries, f"{path}: the docstring must close with the verdict, after an empty line"
    return Attack(path.parent.name, path.stem, " ".join(tries.split()), verdict(**yaml.safe_load(written)), _copy(path))


def _copy(path: Path) -> Callable[[Path], Path]:
    def hand_in(folder: Path) -> Path:
        file = folder / path.name
        file.write_bytes(path.read_bytes())
        return file

    return hand_in


#: What these families try depends on who grades, and on whether a file or a folder is handed in.
_IN_EVERY_WAY = ("harm", "files")


def spot(attacks: Sequence[Attack]) -> list[Attack]:
    """Two attacks of each family, and all that try files and processes."""
    seen = Counter[str]()
    picked = []
    for attack in attacks:
        seen[attack.family] += 1
        if attack.family in _IN_EVERY_WAY or seen[attack.family] <= 2:
            picked.append(attack)
    return picked


def corpus() -> list[Attack]:
    """All attacks, by family and name."""
    from tests.attacks import built

    attacks = [read_attack(path) for path in SUBMISSIONS.glob("*/*.py")] + built.ATTACKS
    return sorted(attacks, key=lambda attack: (FAMILIES.index(attack.family), attack.name))
