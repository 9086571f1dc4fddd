"""What tests of several folders share: `gradecheck` as a user starts it, on the real course or on a small one."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from autograder import language
from tests.command import REPOSITORY, Command
from tests.small_course import small_course
from tests.unhurried import lend_time

# What is imported and collected lasts as long as the process: the collector would go through all of it again and again.
gc.disable()
lend_time()
if sys.platform == "linux":
    from autograder.sandbox.inside.warmth import Warmth
    from autograder.sandbox.linux.zygote import Zygote
    from tests.lent import Kept, Kind, lending, lent

__all__ = ["small_course"]

# Hundreds of processes import the engine: without bytecode each compiles it anew, a fifth of all CPU.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
#: Markers of what takes minutes.
_LONG = ("proof", "elsewhere", "fresh", "docs", "outage", "kernel", "spanish", "reasons")
# A busy machine makes nothing wrong, and what is drawn is the same each time. `--hypothesis-profile=default` draws
# anew: what fails then is written down as an @example.
settings.register_profile(
    "patient", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever asks for a browser, so that `-m "not browser"` leaves it out, and put first what takes long."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    # What takes minutes begins first: at the end, the others that share the tests would wait for it.
    long = {item.path for item in items if any(map(item.get_closest_marker, _LONG))}
    items.sort(key=lambda item: item.path not in long)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()


@contextmanager
def _language_kept() -> Iterator[None]:
    written = language._speaker.as_written
    with language.speaking(language._speaker.language):
        yield
    language._speaker.as_written = written


@pytest.fixture(scope="module", autouse=True)
def _language_of_a_module() -> Iterator[None]:
    """Who grades speaks the course's language from then on: which modules follow in a process is chance."""
    with _language_kept():
        yield


@pytest.fixture(autouse=True)
def _language_of_a_test() -> Iterator[None]:
    with _language_kept():
        yield


@pytest.fixture(scope="session")
def kept_zygotes() -> Iterator[Kept]:
    with closing(Kept()) as kept:
        yield kept


@pytest.fixture(scope="module", autouse=True)
def _lent_zygotes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Judges of tests are lent warm zygotes, but where a module says that each starts its own."""
    if sys.platform != "linux" or getattr(request.module, "STARTS_ITS_OWN", False):
        yield
        return
    with lending(request.getfixturevalue("kept_zygotes").find, os.environ.get("PATH")):
        yield


@pytest.fixture(scope="module")
def zygote(kept_zygotes: Kept) -> Iterator[Zygote]:
    """A warm one, whose programs end with the module's tests."""
    with lent(kept_zygotes.find(Kind(Warmth.NUMPY))) as zygote:
        yield zygote


@pytest.fixture(scope="module")
def torch_zygote(kept_zygotes: Kept) -> Iterator[Zygote]:
    with lent(kept_zygotes.find(Kind(Warmth.TORCH))) as zygote:
        yield zygote


@pytest.fixture
def gradecheck(tmp_path: Path) -> Command:
    """The command line in a folder and with a record of its own."""
    return Command(tmp_path)


@pytest.fixture(scope="module")
def module_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("class")


@pytest.fixture
def right_jacobian() -> str:
    return (REPOSITORY / "solutions/exercise-04/tanh_jacobian.py").read_text()
