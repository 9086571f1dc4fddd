"""Gradescope's export: `submission_<id>/…` and `submission_metadata.yml`, which names the submitters of each,
and when it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import yaml

from autograder.course.tasks import Task
from autograder.intake.files import Entry, IntakeError, Tree, Unreadable, spelled
from autograder.intake.layout import HandedFile, Layout, Student, share, top_names
from autograder.language import tr

METADATA = "submission_metadata.yml"
_FOLDER = re.compile(r"^submission_(\d{1,18})$")
_MAX_METADATA = 64 << 20


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    listing = next((entry for entry in tree.entries if entry.path == (METADATA,) and not entry.is_folder), None)
    explains = share(top_names(tree) - {METADATA}, _FOLDER.match)
    if not explains:
        return None
    listed = {} if listing is None else _listed(listing)
    submitters = {folder: _named(folder, about) for folder, about in listed.items()}

    def place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
        if match := _FOLDER.match(entry.path[0]):
            # Ids grow, so the greatest is the latest.
            came = _moment(listed.get(entry.path[0]))
            handed = HandedFile(entry, entry.path[1:], float(match[1]), came=came)
            yield from ((student, handed) for student in _students(entry.path[0], submitters))

    return Layout("Gradescope", place, own_files=frozenset({METADATA}), explains=explains)


def _students(folder: str, submitters: Mapping[str, list[Student]]) -> list[Student]:
    return submitters.get(folder) or [Student(folder, folder, "gradescope", folder.removeprefix("submission_"))]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # chosen when it runs
    """Reads Ruby's own tags as what they stand before: plain mappings, lists and text."""


def _plain(loader: Any, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return node.value


_Loader.add_multi_constructor("!", _plain)


def _listed(listing: Entry) -> dict[str, Any]:
    try:
        data = listing.read(_MAX_METADATA)
        submissions = yaml.load(data, Loader=_Loader) if len(data) <= _MAX_METADATA else None
    except (yaml.YAMLError, Unreadable, ValueError, RecursionError) as problem:
        raise IntakeError(f"{METADATA} can't be read: {' '.join(str(problem).split())[:200]}") from None
    if not isinstance(submissions, dict):
        raise IntakeError(
            tr(
                "{file} isn't what Gradescope exports: it must name each submission's submitters.",
                file=METADATA,
            )
        )
    return {str(folder): about for folder, about in submissions.items()}


def _moment(about: Any) -> str:
    """When a submission came, as its metadata has it; empty where that, or its time zone, isn't told."""
    told = about.get(":created_at") if isinstance(about, dict) else None
    if not isinstance(told, datetime) or told.tzinfo is None:
        return ""
    return told.astimezone(UTC).isoformat(timespec="seconds")


def _named(folder: str, about: Any) -> list[Student]:
    people = about.get(":submitters") if isinstance(about, dict) else None
    if not isinstance(people, list) and isinstance(about, dict):
        people = about.get(":submitters:") or about.get("submitters")
    return [_student(folder, person) for person in people or [] if isinstance(person, dict)]


def _student(folder: str, person: Mapping[str, Any]) -> Student:
    def field_text(field: str) -> str:
        value = next((person[key] for key in (f":{field}", f":{field}:", field) if person.get(key) is not None), "")
        return spelled(str(value)).strip()

    sid, email, name = field_text("sid"), field_text("email"), field_text("name")
    return Student(sid or email or name or folder, name, "gradescope", sid, email)
