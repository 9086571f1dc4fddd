"""The files for containers: they can be read, name what is there, and give the sandbox what it needs."""

from __future__ import annotations

import json
import re
import subprocess

from tests.command import REPOSITORY

FLAGS = ["--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined"]


def _instructions() -> list[tuple[str, str]]:
    lines = (REPOSITORY / "Dockerfile").read_text().splitlines()
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines if line and not line.startswith("#")]


def test_the_image_runs_gradecheck_as_an_ordinary_user() -> None:
    instructions = _instructions()
    assert [argument for name, argument in instructions if name == "USER"] == ["instructor"]
    assert ("ENTRYPOINT", '["gradecheck"]') in instructions
    installed = next(argument for name, argument in instructions if "constraints.txt" in argument)
    assert "'.[archives]'" in installed
    assert (REPOSITORY / "constraints.txt").is_file()


def test_nothing_of_this_machine_goes_into_the_image() -> None:
    ignored = (REPOSITORY / ".dockerignore").read_text().splitlines()
    assert {".git", ".venv", "**/__pycache__"} <= set(ignored)


def test_the_development_container_gets_the_flags_that_the_page_names() -> None:
    container = json.loads((REPOSITORY / ".devcontainer/devcontainer.json").read_text())
    assert container["runArgs"] == FLAGS
    page = (REPOSITORY / "docs/instructors.md").read_text()
    assert re.search(r"--security-opt seccomp=unconfined --security-opt apparmor=unconfined", page)
    assert container["postAttachCommand"] == "gradecheck doctor"
    assert (REPOSITORY / container["onCreateCommand"].removeprefix("bash ")).is_file()


def test_its_script_is_one_that_bash_reads_and_make_knows() -> None:
    script = REPOSITORY / ".devcontainer/create"
    subprocess.run(["bash", "-n", script], check=True)
    for target in re.findall(r"^make (\S+)$", script.read_text(), re.MULTILINE):
        subprocess.run(["make", "--dry-run", target], cwd=REPOSITORY, check=True, capture_output=True)
