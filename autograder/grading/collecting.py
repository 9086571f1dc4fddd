"""The hidden checks of an exercise: pytest collects checks.py once, then each check is run whenever it is wanted.

A collection is a pytest session that collects and ends; its items are then run from outside, through pytest's public
hooks alone. The user's own pytest settings and plugins don't touch it. It must not know who is asked.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from autograder.course.program_files import check_id
from autograder.course.translation import CheckTexts
from autograder.grading import fixtures
from autograder.grading.asking import own_word
from autograder.grading.beside_checks import Beside
from autograder.grading.broken import is_authored, unreadable
from autograder.grading.checking import OFFERED, Check, Trial, mark_and_title
from autograder.grading.endless import bounded_computing

#: Plugins of pytest that a collection has no use for: they cost time, write files, or touch the process.
_UNUSED = (
    "cacheprovider", "stepwise", "terminal", "junitxml", "pastebin", "nose", "doctest", "unittest", "faulthandler",
    "debugging", "logging", "capture", "setuponly", "setupplan", "warnings", "recwarn", "tmpdir",
    "threadexception", "unraisableexception", "subtests", "legacypath",
)  # fmt: skip
_RAISED: pytest.StashKey[BaseException | None] = pytest.StashKey()
#: What stands in an id for a value that its author gave no id: the value itself may be what students must not see.
_UNNAMED = "case"


class HiddenChecks:
    """The checks of one checks.py. `end` after each submission, so that none meets what another one's checks set up."""

    def __init__(
        self, file: Path, programs: frozenset[str] = frozenset(), texts: Mapping[str, CheckTexts] = MappingProxyType({})
    ) -> None:
        """`programs` are modules beside the file that checks don't import; `texts` are titles and hints in another
        language, by function. Raises BrokenCourse.
        """
        self._folder = file.parent
        self._beside = Beside(file.parent, programs)
        items = _collected(file, self._beside)
        alone = not (file.parent / "conftest.py").exists()
        by_pytest = [item for item in items if not (alone and _is_plain(item))]
        after = dict(zip_longest(by_pytest, by_pytest[1:]))
        self.checks = []
        for item, name in named(items).items():
            way = partial(self._by_pytest, item, after[item]) if item in after else partial(self._call, item)
            self.checks.append(_check(item, name, way, texts.get(name.function, CheckTexts())))
        self._last = by_pytest[-1] if by_pytest else None

    def totals(self) -> dict[str, float]:
        """Return what all cases of a function are worth together, by its id."""
        points: dict[str, float] = defaultdict(float)
        for check in self.checks:
            points[check.id.partition("[")[0]] += check.mark.points
        return points

    def end(self) -> None:
        """Tear down what outlasts a check: fixtures of a wider scope than one function."""
        if self._last is not None:
            with self._beside:
                self._last.ihook.pytest_runtest_teardown(item=self._last, nextitem=None)

    def _call(self, item: Any, trial: Trial) -> None:
        """Run it the fast way: pytest's own costs more than a plain check's questions."""
        with self._beside, _own_word(self._folder):
            item.obj(**{name: getattr(trial, name) for name in inspect.signature(item.obj).parameters})

    def _by_pytest(self, item: pytest.Item, following: pytest.Item | None, trial: Trial) -> None:
        """Run it pytest's way, with fixtures set up for this run; raise what was raised first."""
        item.stash[fixtures.TRIAL], item.stash[_RAISED] = trial, None
        with self._beside, _own_word(self._folder):
            # Without its pictures of differing values: they are for a terminal, and need the plugin of one.
            manager = item.config.pluginmanager
            protocol = manager.subset_hook_caller("pytest_runtest_protocol", [manager.get_plugin("assertion")])
            protocol(item=item, nextitem=following)
            del item.stash[fixtures.TRIAL]
            raised, item.stash[_RAISED] = item.stash[_RAISED], None
            if raised is not None:
                raise raised


class _Plugin:
    """What a collection adds to pytest: it keeps what was found, runs nothing, and later notes what a check raised."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []
        self.broken: BaseException | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_load_initial_conftests(self) -> Generator[None]:
        try:
            return (yield)
        except Exception as broken:
            self.broken = broken
            raise

    def pytest_exception_interact(self, node: pytest.Item | pytest.Collector, call: pytest.CallInfo[Any]) -> None:
        if isinstance(node, pytest.Collector) and call.excinfo is not None:
            self.broken = call.excinfo.value

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep what pytest doesn't take for a slip of the file's, such as exit()."""
        self.broken = self.broken or excinfo.value

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Notice a file that skips itself: it would take its points with it, unseen."""
        if report.skipped:
            self.broken = RuntimeError(f"it skips itself, {report.longrepr}")

    def pytest_make_parametrize_id(self) -> str:
        return _UNNAMED

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Stand in for pytest's own report, which would picture a traceback that nobody sees."""
        if call.excinfo is not None and item.stash.get(_RAISED, None) is None:
            item.stash[_RAISED] = call.excinfo.value
        outcome = "passed" if call.excinfo is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)  # type: ignore[arg-type]

    @pytest.fixture
    def tmp_path(self) -> Iterator[Path]:
        """Lend a folder, as pytest's own fixture does, which keeps the folders of its last sessions."""
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)


def _collected(file: Path, beside: Beside) -> list[pytest.Item]:
    """Return the items of the file. Raises BrokenCourse."""
    plugin, printed = _Plugin(), io.StringIO()
    unused = [part for name in _UNUSED for part in ("-p", f"no:{name}")]
    folder = str(file.parent)
    # The id that an author gave to a case is told to students as it was given, accents and all.
    as_given = ("-o", "disable_test_id_escaping_and_forfeit_all_rights_to_community_support=True")
    arguments = [
        *unused, "-c", os.devnull, "--rootdir", folder, "--confcutdir", folder, "--import-mode=importlib",
        "--disable-plugin-autoload", *as_given, str(file),
    ]  # fmt: skip
    aside = contextlib.redirect_stdout(sys.stderr)
    with beside, _own_environment(), aside, contextlib.redirect_stderr(printed), bounded_computing(reading=True):
        code = pytest.main(arguments, plugins=[plugin, fixtures])
    if plugin.broken is not None:
        raise unreadable(file, plugin.broken)
    if code in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR):
        raise unreadable(file, RuntimeError(printed.getvalue().strip()))
    return plugin.items


@contextlib.contextmanager
def _own_environment() -> Iterator[None]:
    """Keep the user's plugins and options out of the session."""
    hidden = {name: os.environ.pop(name) for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS") if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


@contextlib.contextmanager
def _own_word(folder: Path) -> Iterator[None]:
    """Take what `pytest.fail` and `pytest.raises` say for the author's word, as that of an `assert`.

    What pytest raises so about its own use (a fixture of too wide a scope) has come through no file of the author's.
    """
    try:
        yield
    except pytest.fail.Exception as failed:
        if not is_authored(failed, folder):
            raise
        raise own_word(failed) or failed from None


@dataclass(frozen=True)
class Name:
    """What a check is called: its function, and for one of several cases its number and what tells it from the others.

    That is the id that its author gave it, else the number again, and both where only some of its values have an id.
    """

    function: str
    number: int = 0
    case: str = ""

    @property
    def id(self) -> str:
        return f"{self.function}[{self.case}]" if self.case else self.function

    @property
    def seed(self) -> str:
        """What its random numbers depend on: no id that pytest or the author may word otherwise."""
        return f"{self.function}[{self.number}]" if self.number else self.function


def named(items: Iterable[Any]) -> dict[Any, Name]:
    """Return the name of each item; `items` are all that a file has."""
    cases: dict[str, int] = defaultdict(int)
    names = {}
    items = list(items)
    taken = {(item.originalname, item.callspec.id) for item in items if hasattr(item, "callspec")}
    for item in items:
        function = check_id(item.originalname, item.cls.__name__ if item.cls is not None else "")
        names[item] = Name(function)
        if hasattr(item, "callspec"):
            cases[function] += 1
            number, given = cases[function], item.callspec.id
            case = _case(given, number)
            names[item] = Name(function, number, given if (item.originalname, case) in taken else case)
    return names


def _case(given: str, number: int) -> str:
    """Return what tells a case, the `number`th, from the others; of several values, `zero-case0` is `zero-1`."""
    if re.fullmatch(rf"({_UNNAMED}\d*-?)+", given):
        return str(number)
    each = re.compile(rf"(?<![^-]){_UNNAMED}(\d*)(?![^-])")
    return each.sub(lambda match: str(int(match[1]) + 1 if match[1] else number), given)


def _check(item: Any, name: Name, run: partial[None], texts: CheckTexts) -> Check:
    mark, title = mark_and_title(item.obj, name.id, texts)
    return Check(
        id=name.id,
        title=f"{title} ({_literally(name.case)})" if name.case else title,
        mark=mark,
        file=item.path,
        line=(item.location[1] or 0) + 1,
        run=run,
        seed=name.seed,
        reads_answers="submission" in item.fixturenames,
    )


def _literally(text: str) -> str:
    """Return what Markdown with LaTeX shows as the text."""
    return re.sub(r"([\\`*_$\[\]<>])", r"\\\1", text)


def _is_plain(item: pytest.Item) -> bool:
    """Say whether a check is a plain function of what is offered, so that pytest has nothing to set up."""
    return (
        isinstance(item, pytest.Function)
        and item.cls is None
        and not hasattr(item, "callspec")
        and {*item.fixturenames} <= OFFERED | {"request"}
        and {*inspect.signature(item.obj).parameters} <= OFFERED
        and OFFERED.isdisjoint(vars(item.module))  # a fixture of the author's own, under one of these names
        and next(item.iter_markers(), None) is None
    )
