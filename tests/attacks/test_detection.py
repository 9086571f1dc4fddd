"""What the arena looks for it finds: a breach that nobody would notice proves nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.attacks import users
from tests.attacks.arena import Arena, Outcome
from tests.attacks.pages import harmful, steered

POLICY = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">"


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Arena:
    folder = tmp_path_factory.mktemp("arena")
    return Arena(folder / "arena", users.user(users.names()[0], folder))


def started(arena: Arena, name: str, script: str, seconds: float = 60) -> Outcome:
    """A shell script in the place of the grader."""
    place = arena.folder / "runs" / name
    (place / "work").mkdir(parents=True)
    return arena.start(place, ["/bin/sh", "-c", script], seconds, patience=0.3)  # none of them kills what it leaves


def told(arena: Arena, outcome: Outcome) -> str:
    return "; ".join(outcome.problems(arena.secrets, seconds=60))


BREACHES = {
    "a process": ("sleep 77 > /dev/null 2>&1 &", "left a process: sleep 77"),
    "a process of its own session": ("setsid sleep 78 > /dev/null 2>&1 &", "left a process: sleep 78"),
    "a file where it ran": ("touch left", "/work/left"),
    "a temporary file": ('touch "$TMPDIR/left"', "/tmp/left"),
    "the environment": ("echo $CANARY", "a secret is in the output"),
    "the environment, in an error": ("echo $CANARY >&2", "a secret is in the output"),
    "the environment, in a page": ("echo $CANARY > ../data/page.html", "a secret in page.html"),
    "a boast": ("echo BREACH: it got out", "BREACH: it got out"),
}


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_found(arena: Arena, name: str) -> None:
    script, expected = BREACHES[name]
    assert expected in told(arena, started(arena, name, script))


def test_a_changed_course_and_a_read_secret_are_found(arena: Arena) -> None:
    solution = arena.course / "solutions/notes.txt"
    kept, state = solution.read_text(), solution.stat()
    found = told(arena, started(arena, "course", f"cat {solution}; echo x >> {solution}"))
    solution.write_text(kept)
    os.utime(solution, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert "a secret is in the output" in found
    assert "solutions/notes.txt" in found


def test_a_command_that_hangs_and_one_that_fills_memory_are_found(arena: Arena) -> None:
    assert started(arena, "hangs", "sleep 60", seconds=0.5).late
    hungry = f"{arena.user.python} -c 'len(b\"x\" * (1500 << 20))'"
    assert "a process took 15" in told(arena, started(arena, "hungry", hungry))


def test_nothing_is_found_where_nothing_is_wrong(arena: Arena) -> None:
    assert told(arena, started(arena, "calm", "echo 10 of 10 points")) == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("script.html", f"{POLICY}<script>1</script>"),
        ("image.html", f"{POLICY}<img src=x onerror=alert(1)>"),
        ("link.html", f"{POLICY}<a href='javascript:1'>x</a>"),
        ("form.html", f"{POLICY}<form action='/x'></form>"),
        ("escape.html", f"{POLICY}\x1b[2J"),
        ("bidi.html", f"{POLICY}\u202e"),
        ("policy.html", "<p>no policy</p>"),
        ("formula.csv", 'ada,10\n"=1+1",10\n'),
    ],
)
def test_a_harmful_file_is_found(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "harmless.html").write_text(f"{POLICY}<form><p>10 of 10</p></form>")
    assert harmful(tmp_path) == []
    (tmp_path / name).write_text(text)
    assert harmful(tmp_path) != []


def test_what_steers_a_terminal_is_found() -> None:
    assert [sign for sign in "\x1b\x07\x9b\u202e\u200b\u2028\r\x7f" if not steered(f"10 of 10{sign}")] == []
    assert steered("10 of 10 points\n∂h/∂x ‖W‖ → 0") == []
