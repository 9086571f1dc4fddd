"""Each layer alone stops what it is said to stop, all together stop everything, and none of it is stopped by chance."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.attacks import users
from tests.attacks.users import User
from tests.sandbox.probing import ENDED, PROBES, STOPPED, THROUGH

LAYERS = ("bubblewrap", "landlock", "seccomp", "rlimits")
#: A program that is replaced by another, or killed by a limit, never answers.
HELD = (STOPPED, ENDED)


@pytest.fixture(scope="session", params=users.names())
def user(request: pytest.FixtureRequest) -> Iterator[User]:
    with tempfile.TemporaryDirectory(prefix="layers-") as folder:
        place = Path(folder)
        place.chmod(0o755)  # unlike pytest's own, open to the ordinary user
        yield users.user(request.param, place)


@pytest.fixture(scope="session")
def probed(user: User) -> dict[str, Any]:
    """What came of every probe, by combination of layers."""
    with tempfile.TemporaryDirectory(prefix="probes-") as folder:
        user.own(Path(folder))
        script = user.repository / "tests/sandbox/probing.py"
        done = user.run([user.python, "-P", script, folder], cwd=folder, timeout=900)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def test_what_is_asked_for_is_in_force(probed: dict[str, Any]) -> None:
    wanted = {"none": [], "all": list(LAYERS)} | {layer: [layer] for layer in LAYERS}
    assert {name: found["layers"] for name, found in probed.items()} == wanted


@pytest.mark.parametrize("probe", PROBES)
def test_without_any_layer_it_gets_through(probed: dict[str, Any], probe: str) -> None:
    came = probed["none"]["probes"][probe]
    # What replaces its own process by another program ends without an answer, and that is its success.
    assert came == (ENDED if probe == "runs another program" else THROUGH)


@pytest.mark.parametrize(("probe", "layer"), [(name, layer) for name in PROBES for layer in PROBES[name].stopped_by])
def test_the_layer_alone_stops_it(probed: dict[str, Any], probe: str, layer: str) -> None:
    came = probed[layer]["probes"][probe]
    assert came == STOPPED if probe == "runs another program" else came in HELD


@pytest.mark.parametrize("probe", PROBES)
def test_all_layers_stop_it(probed: dict[str, Any], probe: str) -> None:
    came = probed["all"]["probes"][probe]
    assert came == STOPPED if probe == "runs another program" else came in HELD


def test_every_layer_is_probed() -> None:
    assert {layer for probe in PROBES.values() for layer in probe.stopped_by} == set(LAYERS)
