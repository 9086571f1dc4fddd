"""Hostile files that git can't hold or that are better made than kept: odd kinds of file, encodings, YAML bombs."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.attacks.corpus import Attack, Verdict, verdict
from tests.attacks.users import REPOSITORY

NAME = "tanh_jacobian.py"
RIGHT = (REPOSITORY / "solutions/exercise-04" / NAME).read_bytes()
WRONG = b"def tanh_jacobian(*arguments):\n    return None\n"

ATTACKS: list[Attack] = []


Maker = Callable[[Path], Path]


def attack(name: str, verdict: Verdict, family: str = "files") -> Callable[[Maker], Maker]:
    """Add a function that makes the file to the corpus; its docstring says what is tried."""

    def add(hand_in: Maker) -> Maker:
        ATTACKS.append(Attack(family, name, hand_in.__doc__ or "", verdict, hand_in))
        return hand_in

    return add


def file_of(name: str, data: bytes, verdict: Verdict, tries: str, file: str = NAME, family: str = "files") -> None:
    """Add a file of these bytes to the corpus."""

    def hand_in(folder: Path) -> Path:
        (folder / file).write_bytes(data)
        return folder / file

    ATTACKS.append(Attack(family, name, tries, verdict, hand_in))


file_of("empty", b"", verdict(), "Is empty.")
file_of("blank", b" \n\t\f\r\n" * 99, verdict(), "Holds nothing but blanks.")
file_of("nul_bytes", RIGHT + b"\0" * 9, verdict(), "Is right, but for NUL bytes at its end.")
file_of("undeclared_latin_1", b"# d\xe9riv\xe9e\n" + RIGHT, verdict(), "Is Latin-1 that doesn't say so.")
file_of(
    "declared_latin_1", b"# -*- coding: latin-1 -*-\n# d\xe9riv\xe9e\n" + RIGHT, verdict(passes="all"), "Says Latin-1."
)
file_of("byte_order_mark", b"\xef\xbb\xbf" + RIGHT, verdict(passes="all"), "Opens with a byte-order mark.")
file_of("windows_line_ends", RIGHT.replace(b"\n", b"\r\n"), verdict(passes="all"), "Has the line ends of Windows.")
file_of("utf_16", RIGHT.decode().encode("utf-16"), verdict(passes="all"), "Is UTF-16, as a shell may save it.")
file_of("rotated", b"# coding: rot13\n" + RIGHT, verdict(passes="all"), "Declares an encoding that isn't one of texts.")
file_of(
    "bomb_of_an_encoding", b"# coding: idna\n" + b"a." * 99_000, verdict(status="error"), "Declares a slow encoding."
)
file_of("fifty_megabytes", b"#" * (50 << 20), verdict(), "Is 50 MB of comment.")
file_of("just_too_large", RIGHT + b"\n#" + b"x" * (256 << 10), verdict(), "Is right, and larger than any program.")
file_of("just_small_enough", RIGHT + b"\n#" + b"x" * 250_000, verdict(passes="all"), "Is as large as a program may be.")
file_of("deeply_nested", b"x = " + b"(" * 90_000, verdict(status=["error", "crashed"]), "Is nested 90,000 levels deep.")
file_of(
    "one_long_line", b"x = 1" + b" + 1" * 50_000, verdict(status=["error", "crashed", "failed"]), "Adds 50,000 ones."
)
file_of("an_executable", Path("/bin/true").read_bytes(), verdict(), "Is a compiled program.")
file_of(
    "named_poison",
    WRONG,
    verdict(),
    "Has a name that steers terminals and pages.",
    "\x1b[2J<img src=x onerror=alert(1)>\u202e=1+1\n.py",
    "poison",
)


@attack("named_in_no_encoding", verdict(), "poison")
def named_in_no_encoding(folder: Path) -> Path:
    """Has a name that is no UTF-8."""
    file = Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.py"))
    file.write_bytes(b"def tanh_jacobian(*arguments):\n    return None\n")
    return file


@attack("folder", verdict(passes="all"))
def a_folder(folder: Path) -> Path:
    """Is a folder that holds the right program: it stands for that file, alone as in a batch."""
    (folder / NAME).mkdir()
    (folder / NAME / NAME).write_bytes(RIGHT)
    return folder / NAME


@attack("pipe", verdict())
def a_pipe(folder: Path) -> Path:
    """Is a named pipe that nobody writes to."""
    os.mkfifo(folder / NAME)
    return folder / NAME


@attack("socket", verdict())
def a_socket(folder: Path) -> Path:
    """Is a socket."""
    here = Path.cwd()
    os.chdir(folder)  # a socket's address holds no more than a hundred characters
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(NAME)
    finally:
        os.chdir(here)
    return folder / NAME


@attack("unreadable", verdict())
def unreadable(folder: Path) -> Path:
    """Can't be read by its owner; by root it can, and is wrong."""
    (folder / NAME).write_bytes(b"def tanh_jacobian(*arguments):\n    return None\n")
    (folder / NAME).chmod(0)
    return folder / NAME


def link_to(name: str, target: Maker, tries: str) -> None:
    """Add a symbolic link to the corpus; `target` finds where it leads, from the folder that it is handed in in."""

    def hand_in(folder: Path) -> Path:
        (folder / NAME).symlink_to(target(folder))
        return folder / NAME

    ATTACKS.append(Attack("files", name, tries, verdict(), hand_in))


def _arena(folder: Path) -> Path:
    return next(place for place in folder.parents if (place / "students").is_dir())


link_to(
    "link_to_the_reference",
    lambda folder: _arena(folder) / "course/solutions/exercise-04" / NAME,
    "Links to the reference.",
)
link_to("link_to_another_student", lambda folder: _arena(folder) / "students/bob" / NAME, "Links to Bob's file.")
link_to("link_to_a_secret", lambda folder: _arena(folder) / "students/bob/private.txt", "Links to Bob's diary.")
link_to("link_to_nothing", lambda folder: folder / "nowhere", "Links to nothing.")
link_to("link_to_itself", lambda folder: folder / NAME, "Links to itself.")
link_to("link_to_zeros", lambda folder: Path("/dev/zero"), "Links to a device without an end.")
link_to("link_to_the_environment", lambda folder: Path("/proc/self/environ"), "Links to the judge's environment.")


@attack("beside_modules_of_its_own", verdict(passes="all"))
def beside_modules_of_its_own(folder: Path) -> Path:
    """Is right, and lies beside files that Python, pytest and gradecheck might load: numpy.py and others."""
    put_modules(folder)
    (folder / NAME).write_bytes(RIGHT)
    return folder / NAME


def put_modules(folder: Path) -> None:
    """Files that take over whoever imports from the working directory, or is configured by it."""
    names = [
        "numpy",
        "conftest",
        "sitecustomize",
        "usercustomize",
        "pytest",
        "msgspec",
        "autograder",
        "checks",
        "json",
        "sqlite3",
        "hypothesis",
    ]
    for name in names:
        (folder / f"{name}.py").write_text(f"print('BREACH: loaded {name}.py')\n")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    (folder / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '--nonsense'\n")
    (folder / "pyvenv.cfg").write_text("home = /nowhere\n")


def drill(name: str, text: str, tries: str, status: str | list[str] = "failed", family: str = "files") -> None:
    """Add a drill's file of answers to the corpus."""
    wanted = verdict("exercise-01", [], [status, "failed"] if isinstance(status, str) else status)
    file_of(f"answers_{name}", text.encode("utf-8", "surrogateescape"), wanted, tries, "answers.yaml", family)


FIRST = "norm_after_20: "
LAUGHS = "a0: &a0 [1]\n" + "".join(f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]\n" for k in range(1, 20))
MERGED = "a0: &a0 {k: 1}\n" + "".join(f"a{k}: &a{k} {{<<: [{', '.join([f'*a{k - 1}'] * 9)}]}}\n" for k in range(1, 20))
drill("laughs", LAUGHS, "Repeats lists of lists of lists.")
drill("merged", MERGED, "Merges mappings of mappings, which triples their size each time.")
drill("deep_lists", "[\n" * 30_000, "Opens thirty thousand lists.")
drill("deep_mappings", "{a: " * 15_000, "Opens fifteen thousand mappings.")
drill("deep_dashes", "- " * 30_000, "Is nested by dashes.")
drill("python_object", f"{FIRST}!!python/object/apply:os.system ['echo BREA''CH']\n", "Asks YAML to run a command.")
drill("many_digits", FIRST + "9" * 60_000 + "\n", "Is a number of sixty thousand digits.", "error")
drill("base_sixty", FIRST + "1:" * 300 + "1.5\n", "Is a number in base sixty, beyond all floats.", "error")
drill("long_text", f"{FIRST}\"'a' * 9999999999\"\n", "Multiplies a text.", "error")
drill("wide_format", f"{FIRST}\"f'{{1:9999999999}}'\"\n", "Formats a number ten thousand million signs wide.", "error")
drill("percent_format", f"{FIRST}\"'%9999999999d' % 1\"\n", "Does so in the old way.", "error")
drill("tower_of_powers", f"{FIRST}9**9**9**9**9\n", "Is a tower of powers.", "error")
drill("factor_beyond_floats", f"{FIRST}ceil(1e308) * 10\n", "Is a whole number that no float holds.", "error")
drill("shifted", f"{FIRST}1 << 99999999999\n", "Shifts a bit very far.", "error")
drill("rounded_far", f"{FIRST}round(5, -999999999)\n", "Rounds to minus a thousand million digits.", "error")
drill(
    "attributes",
    f"{FIRST}abs.__self__.__import__('os').system('echo BREA''CH')\n",
    "Climbs from a function to the system.",
    "error",
)
drill("not_numbers", f"{FIRST}.nan\nnorm_exploding: .inf\nsteps_to_one_percent: true\nrho_for_half_at_100: [1]\n",
      "Answers with infinity, not-a-number, truth and a list.", "error")  # fmt: skip
drill(
    "escapes",
    f'{FIRST}"\\e[2J<script>alert(1)</script>"\n"\\e[31m": 1\n',
    "Hides escapes in YAML's own escapes.",
    "error",
    "poison",
)
