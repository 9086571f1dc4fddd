"""What is being worked on: a file as a stream of submissions, one for each save that changed it, and a whole course.

Editors write in place, truncate first, or rename a new file over the old one; so the folder is watched, not the file.
It must not know what is done at a save.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import watchfiles

from autograder.course.kept import stamps
from autograder.grading.submission import Submission, read_work
from autograder.language import tr

#: Milliseconds without another change in the folder that end a save.
_QUIET = 10
#: Milliseconds after which the file is read even if nothing was announced: not every file system announces.
_LOOK_AGAIN = 500
#: Seconds that an editor has between truncating a file and filling it.
_WRITING = 0.05


def saves(file: Path, tell: Callable[[str], None], names: Sequence[str] = ()) -> Iterator[Submission]:
    """Yield the file as it is now, then again after each save with other content, until Ctrl-C (KeyboardInterrupt).

    With `names` it is a folder that holds these files. A deleted file is waited for; `tell` is given one sentence when
    it goes.
    """
    before: bytes | None = None
    gone = False
    for _ in chain([None], _moments(file if names else file.parent)):
        if not (file.exists() or file.is_symlink()):
            if not gone:
                tell(tr("{file} is gone. Save it again to have it graded.", file=file.name))
            gone, before = True, None
            continue
        gone = False
        submission = _read(file, names)
        if submission.data != before or before is None:
            before = submission.data
            yield submission


def changes(places: Sequence[Path]) -> Iterator[None]:
    """Yield now, and again whenever a file in these folders, or one of these files, is another than at the last time.

    It ends by Ctrl-C (KeyboardInterrupt). What changes while the caller works is yielded as soon as that is done.
    """
    before: object = None
    folders = [place for place in places if place.is_dir()]
    looks = watchfiles.watch(*folders, debounce=20 * _QUIET, rust_timeout=_LOOK_AGAIN, yield_on_timeout=True)
    for _ in chain([None], looks):
        if (now := stamps(places)) != before:
            before = now
            yield


def _moments(folder: Path) -> Iterator[object]:
    """Whenever the file is worth a look."""
    return watchfiles.watch(
        folder,
        watch_filter=None,
        recursive=False,
        step=_QUIET,
        debounce=20 * _QUIET,
        rust_timeout=_LOOK_AGAIN,
        yield_on_timeout=True,
    )


def _read(file: Path, names: Sequence[str]) -> Submission:
    def now() -> Submission:
        return read_work(file, names)

    submission = now()
    if not submission.data or (names and submission.problem is not None):
        time.sleep(_WRITING)
        submission = now()
    return submission
