"""Programs that are no single file of functions: scripts, several files, and what needs other libraries."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.grade import grade
from autograder.grading.submission import from_bytes
from autograder.sandbox.libraries import LibraryMissing, require
from tests.command import Command, Finished
from tests.files import write
from tests.handing_in import FILE, RIGHT, zipped

HEAD = "takeaway: 'Now you know.'\nhints: ['One.', 'Two.', 'Three.']\n"
COURSE = """format: 1
title: 'Whole programs'
units: [{id: first, title: 'First', exercises: [count, route, tides]}]
misconceptions:
  no-return-trip: {title: 'No way back', concept: 'ways'}
  last-line-too: {title: 'The last line counts', concept: 'lines'}
"""
CHECK = (
    "from autograder.checks import points\n\n\n@points(1)\ndef test_{name}(agree):\n    r'''{title}'''\n    {asks}\n"
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write(
        tmp_path / "course",
        {
            "course.yaml": COURSE,
            # a script, which reads a file and writes one
            "exercises/count/exercise.yaml": "title: 'Count'\nkind: implement\nfile: count.py\npoints: 1\n"
            f"limits: {{call: 1}}\n{HEAD}",
            "exercises/count/statement.md": "# Count\n",
            "exercises/count/count.py": '"""Counts lines."""\n',
            "solutions/count/count.py": "import sys\n\nname = sys.argv[1]\nwith open(name) as lines:\n"
            "    number = sum(1 for _ in lines) - int(input())\nprint('There are', number)\n"
            "with open('count.txt', 'w') as out:\n    print(number, file=out)\n",
            "solutions/count/checks.py": CHECK.format(
                name="lines",
                title="Lines are counted, but the head.",
                asks="agree.script('2\\n', arguments=['a.csv'], files={'a.csv': 'x\\ny\\nz\\n'}, leaves=['count.txt'])",
            ),
            "solutions/count/misconceptions/last-line-too.py": 'r"""You counted the head."""\nimport sys\n\n'
            "lines = open(sys.argv[1]).readlines()\nprint('There are', len(lines))\n"
            "open('count.txt', 'w').write(f'{len(lines)}')\n",
            # two files
            "exercises/route/exercise.yaml": "title: 'Route'\nkind: build\nfiles: [graph.py, route.py]\n"
            f"points: 1\n{HEAD}",
            "exercises/route/statement.md": "# Route\n",
            "exercises/route/graph.py": "STEP = 0\n\n\ndef near(a):\n    raise NotImplementedError\n",
            "exercises/route/route.py": "from graph import near\n\n\ndef there(a):\n    raise NotImplementedError\n",
            "solutions/route/graph.py": "STEP = 2\n\n\ndef near(a):\n    return [a - STEP, a + STEP]\n",
            "solutions/route/route.py": "from graph import near\n\n\ndef there(a):\n    return near(near(a)[1])\n",
            "solutions/route/checks.py": CHECK.format(
                name="there",
                title="There and back.",
                asks="agree('there', 5)\n    agree('near', 1)\n    agree(lambda program: program.STEP)",
            ),
            "solutions/route/misconceptions/no-return-trip/graph.py": 'r"""You went on only."""\nSTEP = 2\n\n\n'
            "def near(a):\n    return [a + STEP, a + STEP]\n",
            "solutions/route/misconceptions/no-return-trip/route.py": "from graph import near\n\n\n"
            "def there(a):\n    return near(near(a)[1])\n",
            # other libraries
            "exercises/tides/exercise.yaml": "title: 'Tides'\nkind: implement\nfile: tides.py\n"
            f"needs: [networkx]\npoints: 1\n{HEAD}",
            "exercises/tides/statement.md": "# Tides\n",
            "exercises/tides/tides.py": "def far(n):\n    raise NotImplementedError\n",
            "solutions/tides/tides.py": "import networkx\n\n\ndef far(n):\n"
            "    return networkx.shortest_path_length(networkx.path_graph(n), 0, n - 1)\n",
            "solutions/tides/checks.py": CHECK.format(name="far", title="How far.", asks="agree('far', 5)"),
        },
    )


def graded(gradecheck: Command, course: Path, exercise: str, place: Path) -> dict[str, Any]:
    return gradecheck("run", exercise, place, "--json", course=course).report


def message(report: dict[str, Any]) -> str:
    return str(report["checks"][0]["message"])


def test_the_course_holds(gradecheck: Command, course: Path) -> None:
    ended = gradecheck("validate", "--no-mutants", course=course)
    assert ended.code == 0, ended.out + ended.err


def test_what_a_script_prints_and_leaves_is_compared(course: Path) -> None:
    right = (course / "solutions/count/count.py").read_text()
    mistakes = [
        ("print('There are', number)", "print('There are', number, '  \\n\\n')", ""),
        ("'There are'", "'There is'", 'Line 1 that it prints is "There is 1", expected "There are 1".'),
        (
            "print('There are', number)",
            "print()",
            'It prints nothing, expected 1 line; line 1 should be "There are 1".',
        ),
        ("print(number, file=out)", "print(0, file=out)", 'Line 1 that count.txt holds is "0", expected "1".'),
        ("print(number, file=out)", "pass", 'count.txt holds nothing, expected 1 line; line 1 should be "1".'),
        ("'count.txt'", "'other.txt'", "It leaves no file count.txt."),
        ("int(input())", "int(input()) - int(input())", "It asks for more input than there is"),
        ("print('There", "raise SystemExit\nprint('There", "It prints nothing"),
        ("import sys", "import sys, pathlib\nassert pathlib.Path('a.csv').read_text()[0] == 'x'", ""),
    ]
    root = CourseRoot.at(course)
    given = (from_bytes("count.py", right.replace(old, new).encode()) for old, new, _ in mistakes)
    reports = grade(load_course(root), load_exercise(root, "count"), given, effort="fast")
    for (_, _, words), report in zip(mistakes, reports, strict=True):
        assert report.passed is not bool(words), report.checks
        assert words in report.checks[0].message


def test_a_script_that_prints_on_and_on_is_ended(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    mine = tmp_path / "count.py"
    mine.write_text(
        "while True:\n    try:\n        print('x' * 99)\n    except BaseException:\n        break\nprint('There')\n"
    )
    assert "it printed more than 64 KiB" in message(graded(gradecheck, course, "count", mine))
    mine.write_text("import os\nwhile True:\n    os.write(1, b'x' * 4096)\n")
    report = graded(gradecheck, course, "count", mine)
    assert report["checks"][0]["status"] == "timeout"


def test_lines_of_several_files_are_told_with_their_file(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for name in ("graph.py", "route.py"):
        (mine / name).write_text((course / "solutions/route" / name).read_text())
    assert graded(gradecheck, course, "route", mine)["passed"]
    (mine / "graph.py").write_text("STEP = 2\n\n\ndef near(a):\n    return [a - STEP, a + STEP][2]\n")
    assert "graph.py, line 5" in message(graded(gradecheck, course, "route", mine))
    (mine / "route.py").write_text("from graph import near\n\n\ndef there(a:\n    return 1\n")
    assert "route.py, line 4" in str(graded(gradecheck, course, "route", mine))
    (mine / "route.py").unlink()
    assert graded(gradecheck, course, "route", mine)["note"] == (
        "route.py is missing: hand in graph.py and route.py together, in one folder."
    )


def test_start_writes_all_files_and_loses_none(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    assert gradecheck("start", "route", course=course).code == 0
    assert "Not started yet" in gradecheck("run", "route", course=course).out
    work = tmp_path / "route"
    (work / "graph.py").write_text("# mine\n")
    assert gradecheck("start", "route", course=course).code == 2
    assert gradecheck("start", "route", "--force", course=course).code == 0
    assert (work / "graph.py.1.old").read_text() == "# mine\n"
    for name in ("graph.py", "route.py"):
        (work / name).write_text((course / "solutions/route" / name).read_text())
    assert gradecheck("run", "route", course=course).code == 0
    assert gradecheck("run", work / "graph.py", course=course).code == 0
    work.rename(tmp_path / "elsewhere")
    assert gradecheck("run", tmp_path / "elsewhere", course=course).code == 0
    assert gradecheck("run", "elsewhere/route.py", course=course).code == 0
    assert gradecheck("run", "route", "elsewhere/route.py", course=course).code == 0


def test_a_batch_takes_a_folder_for_each_student(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    handed_in = write(
        tmp_path / "class",
        {
            f"{student}/{file}": (course / "solutions/route" / folder / file).read_text()
            for student, folder in (("ann", "."), ("bea", "misconceptions/no-return-trip"))
            for file in ("graph.py", "route.py")
        },
    )
    write(handed_in, {"cid/graph.py": (course / "solutions/route/graph.py").read_text()})
    ended: Finished = gradecheck("batch", handed_in, "--out", tmp_path / "out", course=course)
    assert ended.code == 1, ended.out + ended.err  # one can't be read
    rows = (tmp_path / "out/grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(",")[:6] for row in rows[1:]] == [
        ["ann", "route", "1", "1", "graded", ""],
        ["bea", "route", "0", "1", "graded", "no-return-trip"],
        ["cid", "route", "0", "1", "unreadable", ""],
    ]
    assert "route.py is missing" in ended.out + ended.err


def test_a_library_that_is_missing_is_named_with_its_cure(gradecheck: Command, course: Path) -> None:
    file = course / "exercises/tides/exercise.yaml"
    file.write_text(file.read_text().replace("[networkx]", "[networkx, nobodys_library]"))
    ran = gradecheck("run", "tides", course / "solutions/tides/tides.py", course=course)
    assert (ran.code, ran.out) == (2, "")
    assert "-m pip install nobodys_library" in ran.err
    proved = gradecheck("validate", "tides", "--no-mutants", course=course)
    assert proved.code == 2
    assert "-m pip install nobodys_library" in proved.out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Networkx", "Did you mean 'networkx'?"),
        ("networkz", "Did you mean 'networkx'?"),
        ("beautifulsoup4", "Did you mean 'bs4'?"),
        ("lambda", "needs lambda, and nobody can install that: it is a word of Python's"),
        ("winreg", "needs winreg, and nobody can install that"),
    ],
)
def test_a_library_that_no_command_brings_under_its_name_is_told_so(name: str, said: str) -> None:
    with pytest.raises(LibraryMissing, match=re.escape(said)) as missing:
        require("tides", [name])
    assert ("-m pip install" in str(missing.value)) == ("Did you mean" in said)


def test_what_an_exercise_does_not_need_stays_away(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    mine = tmp_path / "tides.py"
    mine.write_text("def far(n):\n    import pandas\n    return n - 1\n")
    said = message(graded(gradecheck, course, "tides", mine))
    assert "This exercise allows networkx and Python's own library to be imported." in said


def test_a_kit_names_libraries_as_they_are_installed(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    file = course / "exercises/tides/exercise.yaml"
    file.write_text(file.read_text().replace("[networkx]", "[networkx, markdown_it, bs4, yaml]"))
    assert gradecheck("export", "student-kit", "--out", "kit", course=course).code == 0
    readme = (tmp_path / "kit/README.md").read_text(encoding="utf-8")
    line = next(each for each in readme.splitlines() if "markdown-it-py" in each)
    assert {"PyYAML", "beautifulsoup4", "networkx"} < set(line.split())


def test_other_ways_of_several_files_are_shown_after_passing(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    another = "def near(a):\n    steps = (-2, 2)\n    return [a + step for step in steps]\n\n\nSTEP = 2\n"
    route = (course / "solutions/route/route.py").read_text()
    write(course / "solutions/route/accepted/by_steps", {"graph.py": another, "route.py": route})
    assert gradecheck("start", "route", course=course).code == 0
    graph = (course / "solutions/route/graph.py").read_text()
    write(tmp_path / "route", {"graph.py": graph.replace("STEP = 2", "STEP = 2  # mine"), "route.py": route})
    assert gradecheck("run", "route", course=course).code == 0
    shown = gradecheck("solution", "route", course=course)
    assert shown.code == 0, shown.err
    places = [shown.out.index(each) for each in ("Yours: route", "# mine", "The reference", "by steps", "for step in")]
    assert places == sorted(places)


def test_a_file_that_is_no_python_leaves_the_other_its_reasons(
    gradecheck: Command, course: Path, tmp_path: Path
) -> None:
    for name in ("graph.py", "route.py"):
        (tmp_path / name).write_text((course / "solutions/route" / name).read_text().replace("there(a):", "there(a)"))
    ended = gradecheck("run", "route", tmp_path, course=course)
    assert "route.py, line 4 raised SyntaxError" in ended.out
    assert "The search for reasons failed" not in ended.out


def test_an_import_that_failed_is_not_told_to_be_written(gradecheck: Command, course: Path, tmp_path: Path) -> None:
    for name in ("graph.py", "route.py"):
        text = (course / "solutions/route" / name).read_text()
        (tmp_path / name).write_text(text + "def half(a)\n" * (name == "graph.py"))
    ended = gradecheck("run", "route", tmp_path, course=course)
    assert "name 'near' is not defined" in ended.out
    assert "makes this name" not in ended.out


def test_files_are_found_in_a_folder_and_an_archive_as_in_a_class(
    gradecheck: Command, course: Path, tmp_path: Path
) -> None:
    """Deeper, respelled, packed: what a batch finds of one student's, `run` does."""
    parts = {name: (course / "solutions/route" / name).read_text() for name in ("graph.py", "route.py")}
    deep = write(tmp_path / "deep", {f"week 3/mine/{name}": text for name, text in parts.items()})
    respelled = write(tmp_path / "respelled", {"graph (1).py": parts["graph.py"], "Route.py": parts["route.py"]})
    packed = zipped(tmp_path / "mine.zip", {f"mine/{name}": text for name, text in parts.items()})
    for place in (deep, respelled, packed):
        report = graded(gradecheck, course, "route", place)
        assert report["passed"], report
        assert any("was taken" in remark for remark in report["remarks"])
    half = zipped(tmp_path / "half.zip", {"mine/route.py": parts["route.py"]})
    assert "graph.py is missing" in graded(gradecheck, course, "route", half)["note"]
    (tmp_path / "no.zip").write_bytes(b"PK no zip")
    ended = gradecheck("run", "route", tmp_path / "no.zip", course=course)
    assert ended.code == 2
    assert "no.zip is damaged" in ended.err


def test_one_file_is_found_in_a_folder_and_an_archive_too(gradecheck: Command, tmp_path: Path) -> None:
    deep = write(tmp_path / "deep", {f"a/{FILE}": RIGHT})
    for place in (deep, zipped(tmp_path / "mine.zip", {f"a/{FILE}": RIGHT})):
        report = gradecheck("run", "exercise-04", place, "--json").report
        assert (report["score"], report["remarks"]) == (10, [f"a/{FILE} was taken: it lies in a folder."])
    nothing = {
        write(tmp_path / "hidden", {f".mine/{FILE}": RIGHT}): "for their names begin with a dot: .mine.",
        zipped(tmp_path / "out.zip", {f"../{FILE}": RIGHT}): "leads out of the archive. Skipped.",
    }
    (tmp_path / "empty").mkdir()
    for place, said in ({tmp_path / "empty": "Name the file to grade."} | nothing).items():
        ended = gradecheck("run", "exercise-04", place)
        assert ended.code == 2
        assert f"There is no {FILE} in" in ended.err
        assert said in " ".join(ended.err.split())


def test_a_download_of_a_class_is_nobody_s_and_a_folder_of_ones_own_clones_is(
    gradecheck: Command, tmp_path: Path
) -> None:
    names = (f"ekbo_101_9001_{FILE}", f"oxcy_102_9002_{FILE}")
    ended = gradecheck("run", "exercise-04", zipped(tmp_path / "hw.zip", dict.fromkeys(names, RIGHT)))
    assert ended.code == 2
    assert "hw.zip holds the hand-ins of several students, as Canvas packs them" in " ".join(ended.err.split())
    clones = {f"hw-1/{FILE}": RIGHT, "hw-2/rnn.py": "", "hw-1/.git/config": "", "hw-2/.git/config": ""}
    assert gradecheck("run", "exercise-04", write(tmp_path / "mine", clones), "--json").report["score"] == 10


def test_who_defines_all_and_calls_nothing_is_told(course: Path) -> None:
    body = (course / "solutions/count/count.py").read_text().replace("\n", "\n    ")
    main = f"def main():\n    {body}\n"
    programs = {
        main: "main is defined at line 1, and nothing in the file calls it: so nothing of it is run.",
        f"{main}\ndef go():\n    main()\n": "go is defined at line ",
        f"{main}\nmain\n": "",  # it is named, so another line is what to look at
        f"{main}\nprint(1)\n": "",
        f"def area(r):\n    return r\n\n{main}\nrun = main\n": "",
        "def show():\n    print(1)\n\n\ndef go(number=show()):\n    show()\n": "",  # it prints, though nothing calls go
    }
    root = CourseRoot.at(course)
    given = (from_bytes("count.py", text.encode()) for text in programs)
    reports = grade(load_course(root), load_exercise(root, "count"), given)
    for said, report in zip(programs.values(), reports, strict=True):
        never = [each for each in report.explanations if "is never called" in each.title]
        assert len(never) == bool(said), report.explanations
        assert all(each.text.startswith(said) and each.checks == ["lines"] for each in never)


def test_a_wrong_constant_is_wrong_for_no_call_that_lacks(course: Path) -> None:
    asks = "agree.script('2\\n', arguments=['a.csv'], files={'a.csv': 'x\\ny\\nz\\n'})\n"
    limit = '\n\n@points(1)\ndef test_limit(agree):\n    """A limit."""\n    agree(lambda program: program.LIMIT)\n'
    right = 'LIMIT = 40\nif __name__ == "__main__":\n    print(input())\n'
    write(
        course,
        {
            "solutions/count/count.py": right,
            "solutions/count/checks.py": CHECK.format(name="lines", title="Lines.", asks=asks) + limit,
        },
    )
    wrong = from_bytes("count.py", b"LIMIT = 41\n\n\ndef main():\n    print(input())\n")
    (report,) = grade(load_course(CourseRoot.at(course)), load_exercise(CourseRoot.at(course), "count"), [wrong])
    (never,) = [each for each in report.explanations if "is never called" in each.title]
    assert never.checks == ["lines"]
