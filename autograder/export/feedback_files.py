"""Each student's page as a file to hand back, under the name by which a system takes it for that student.

Canvas (Gradebook, Upload submissions) takes `…_USER_ATTACHMENT_…`, where the attachment is the file that was handed in.
Moodle (an assignment's "Upload multiple feedback files in a zip") takes `NAME_PARTICIPANT_assignfeedback_file_…`, where
the number is of that assignment. A page without such a name is told and left out: neither system would take it. A group
has one file for all of its members, so it gets one page back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from autograder.export.bundle import BundledFile, Refused
from autograder.export.subcommand import Files, GradebookRequest, of_gradebook
from autograder.feedback.sanitize import listed, one_line
from autograder.gradebook.pages import page
from autograder.gradebook.rows import GradebookStudent, Result
from autograder.language import tr

_CANVAS = re.compile(r"^.*?_(?:LATE_)?\d+_\d+(?=_)")
_MOODLE = re.compile(r"^(?P<name>[^_]+)_(?P<id>\d+)_assignsubmission_")

Name = Callable[[GradebookStudent, Result], str | None]


def _for_folder(student: GradebookStudent, result: Result) -> str | None:
    return f"{student.folder}/{result.exercise}.html"


def _for_canvas(student: GradebookStudent, result: Result) -> str | None:
    match = _CANVAS.match(result.came_as.partition("/")[0])
    return f"{match[0]}_{result.exercise}.html" if match else None


def _for_moodle(student: GradebookStudent, result: Result) -> str | None:
    match = _MOODLE.match(result.came_as.partition("/")[0])
    return f"{match['name']}_{match['id']}_assignfeedback_file_{result.exercise}.html" if match else None


_NAMES: dict[str, Name] = {"canvas": _for_canvas, "moodle": _for_moodle, "folder": _for_folder}


@of_gradebook("files", systems=tuple(_NAMES))
def subcommand(request: GradebookRequest) -> Files:
    """Each student's report, named so that the system takes it back: a zip, or a folder.

    `canvas`: in the gradebook's assignment, Submissions Upload. `moodle`: in the assignment, Upload multiple feedback
    files in a zip. Both are of one assignment: name it with --exercise. `folder`: STUDENT/EXERCISE.html.
    """
    tasks = request.tasks if request.system == "folder" else [request.task]
    found = list(_pages(request, {task.id for task in tasks}))
    if not found:
        raise Refused(
            tr(
                "No report in {gradebook} has a name that {system} would take back.",
                gradebook=request.gradebook.path, system=request.system,
            )
        )  # fmt: skip
    return found


def _pages(request: GradebookRequest, tasks: set[str]) -> Iterator[BundledFile]:
    gradebook, nameless, shared = request.gradebook, list[str](), list[str]()
    given: dict[str, str] = {}
    for result in gradebook.results():
        if result.exercise not in tasks or not result.attempt:
            continue
        text = page(gradebook, result.student, result.exercise)
        name = _NAMES[request.system](gradebook.enrolled(result.student), result)
        if text is not None and name is None:
            nameless.append(result.student)
        elif text is not None and name is not None:
            if given.setdefault(name, result.student) == result.student:
                yield BundledFile.of_text(name, text)
            else:
                one, other = one_line(result.student, width=60), one_line(given[name], width=60)
                shared.append(tr("{one} (with {other})", one=one, other=other))
    if shared:
        request.tell(
            tr(
                "{n:,} without a page of their own, for a group gets one back, which bears one member's name and score:"
                " {names}. `--for folder` writes a page for each.",
                n=len(shared), names=listed(shared, width=200, between=", "),
            )
        )  # fmt: skip
    if nameless:
        request.tell(
            tr(
                "{n:,} left out: what they handed in has no name by which {system} knows to whom a page goes (typed in,"
                " or not from there): {names}. `--for folder` writes a page for each.",
                n=len(nameless), system=request.system, names=listed(nameless, between=", "),
            )
        )  # fmt: skip
