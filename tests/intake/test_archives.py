"""Archives that lie: refused or skipped with one clear line each, nothing written outside, memory and time bounded."""

from __future__ import annotations

import io
import resource
import stat
import struct
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import py7zr
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from autograder.course.tasks import Task
from autograder.intake import HandIn, Intake, IntakeError, open_intake
from tests.command import Command
from tests.handing_in import FILE, RIGHT, in_old_encoding, right, rows, write, zipped

TASK = Task("exercise-04", "exercise", "Tanh", FILE, frozenset({"tanh_jacobian"}), 10.0)


def taken_in(path: Path) -> tuple[dict[str, HandIn], list[str]]:
    """The hand-ins by student, and the notes."""
    with open_intake(path, [TASK]) as intake:
        return {each.student.key: each for each in intake.hand_ins(TASK, [TASK])}, intake.notes


def zip_bytes(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tar_bytes(files: Mapping[str, bytes], mode: str = "w", link: str = "") -> bytes:
    """A tar of files, and of a symbolic link if one is named."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), 1_700_000_000
            archive.addfile(info, io.BytesIO(content))
        if link:
            info = tarfile.TarInfo(link)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
    return buffer.getvalue()


def seven_zip_bytes(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(content, name)
    return buffer.getvalue()


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, str]:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target


def encrypted(data: bytes) -> bytes:
    """The same zip with the flag that says that its entries are encrypted."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../outside.py", "leads out of the archive"),
        ("ada/../../../outside.py", "leads out of the archive"),
        ("..\\outside.py", "leads out of the archive"),
        ("/tmp/outside.py", "has an absolute path"),
        ("C:\\outside.py", "has an absolute path"),
        ("/".join("abcdefghijklmnopqrstuvwxyz") + "/outside.py", "has a path that is too long"),
        ("x" * 1100 + ".py", "has a path that is too long"),
    ],
)
def test_a_name_that_leads_elsewhere_is_skipped_and_told(name: str, why: str, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "class.zip", {f"ada/{FILE}": RIGHT, f"bo/{FILE}": RIGHT, name: "import os"})
    before = set(tmp_path.rglob("*"))
    hand_ins, notes = taken_in(archive)
    assert set(hand_ins) == {"ada", "bo"}
    assert len([note for note in notes if why in note and note.endswith("Skipped.")]) == 1
    assert set(tmp_path.rglob("*")) == before


def test_whoever_has_nothing_but_rubbish_in_a_zip_without_folders_is_there(tmp_path: Path) -> None:
    rubbish = [
        f"bo/.ipynb_checkpoints/{FILE}",
        "cy/.DS_Store",
        "dora/hw/venv/lib/a.py",
        "__MACOSX/emil/._a",
        ".git/HEAD",
    ]
    path = zipped(tmp_path / "in.zip", {f"ada/{FILE}": RIGHT, **dict.fromkeys(rubbish, "")})
    with open_intake(path, [TASK]) as intake:
        assert [student.key for student in intake.students] == ["ada", "bo", "cy", "dora"]


def test_links_are_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text(RIGHT)
    entries = [link(f"ada/{FILE}", str(secret)), (f"bo/{FILE}", RIGHT)]
    hand_ins, _ = taken_in(zipped(tmp_path / "class.zip", entries))
    submission = hand_ins["ada"].submission
    assert submission is not None
    assert submission.data == b""
    assert submission.problem == f"{FILE} is a symbolic link. Hand in the file itself."


def test_links_in_a_folder_are_never_followed(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {f"bo/{FILE}": RIGHT, "ada/notes.txt": ""})
    (tmp_path / "secret.py").write_text(RIGHT)
    (folder / "ada" / FILE).symlink_to(tmp_path / "secret.py")
    (folder / "cy").symlink_to(tmp_path)
    hand_ins, _ = taken_in(folder)
    for student in ("ada", "cy"):
        submission = hand_ins[student].submission
        assert submission is not None
        assert submission.problem is not None
        assert "is a symbolic link" in submission.problem


def test_bombs_cost_neither_memory_nor_time(tmp_path: Path) -> None:
    """300 MB of zeros in 300 KB, beside an honest program; and a zip that says that it holds a petabyte."""
    archive = zipped(tmp_path / "class.zip", {f"ada/{FILE}": bytes(300 << 20), f"bo/{FILE}": RIGHT})
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    hand_ins, _ = taken_in(archive)
    submission = hand_ins["ada"].submission
    assert submission is not None
    assert submission.problem is not None
    assert "a zip bomb" in submission.problem
    assert hand_ins["bo"].submission is not None
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10
    assert time.process_time() - started < 60


def test_a_file_that_lies_about_its_size_is_cut(tmp_path: Path) -> None:
    """The directory says 100 bytes; 64 MB would come."""
    data = bytearray(zip_bytes({f"ada/{FILE}": b"#" * (64 << 20), f"bo/{FILE}": RIGHT}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 100)
    (tmp_path / "class.zip").write_bytes(data)
    hand_ins, _ = taken_in(tmp_path / "class.zip")
    submission = hand_ins["ada"].submission
    assert submission is not None
    assert len(submission.data) <= 100
    assert submission.problem is not None or submission.source == "#" * 100


def test_a_hundred_thousand_entries_are_taken_in_and_one_more_is_not(tmp_path: Path) -> None:
    """Folders count, too, and are read faster than files."""
    names = (f"s{number // 50:04}/{f'{number:06}/' if number % 50 else FILE}" for number in range(100_000))
    path = zipped(tmp_path / "many.zip", [(zipfile.ZipInfo(name), b"") for name in names])
    with open_intake(path, [TASK]) as intake:
        assert len(intake.students) == 2_000
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"one more/{FILE}", b"")
    with pytest.raises(IntakeError, match=r"holds more than 100,000 entries\. Split it"):
        open_intake(path, [TASK])


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda data: data[: len(data) // 2], "is damaged or no archive that is read here"),
        (lambda data: data[:-4], "is damaged or no archive that is read here"),
        (lambda data: b"", "is damaged or no archive that is read here"),
        (
            lambda data: b"Rar!\x1a\x07" + data[6:60],
            "is a rar archive, which isn't read here: unpack it, or zip it anew.",
        ),
        (lambda data: data[:-22] + data[-22:].replace(struct.pack("<H", 2), struct.pack("<H", 60000)), None),
    ],
    ids=["half", "end cut off", "empty", "another format", "wrong count"],
)
def test_a_damaged_archive_is_one_line(
    spoil: Callable[[bytes], bytes], says: str | None, gradecheck: Command, tmp_path: Path
) -> None:
    data = zip_bytes({f"ada/{FILE}": RIGHT, f"bo/{FILE}": RIGHT})
    (tmp_path / "class.zip").write_bytes(spoil(data))
    if says is None:
        assert set(taken_in(tmp_path / "class.zip")[0]) == {"ada", "bo"}
        return
    done = gradecheck("batch", tmp_path / "class.zip", "--out", "out", "--exercise", "exercise-04")
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_damaged_entry_spoils_only_itself(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"ada/{FILE}", RIGHT)
        archive.writestr(f"bo/{FILE}", RIGHT)
    data = bytearray(buffer.getvalue())
    at = data.find(b"def tanh_jacobian")
    data[at] ^= 0xFF
    (tmp_path / "class.zip").write_bytes(data)
    hand_ins, _ = taken_in(tmp_path / "class.zip")
    ada, bo = hand_ins["ada"].submission, hand_ins["bo"].submission
    assert ada is not None
    assert ada.problem is not None
    assert "is damaged in the archive" in ada.problem
    assert bo is not None
    assert bo.source == RIGHT


def test_names_that_come_twice_or_differ_in_capitals(tmp_path: Path) -> None:
    entries: list[tuple[str | zipfile.ZipInfo, str | bytes]] = [
        (f"ada/{FILE}", "old = 1\n"),
        (f"bo/{FILE}", RIGHT),
        (f"bo/{FILE.upper()}", "other = 1\n"),
    ]
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive = zipped(tmp_path / "class.zip", [*entries, (f"ada/{FILE}", RIGHT)])
    hand_ins, notes = taken_in(archive)
    assert any("twice: the last one counts" in note for note in notes)
    assert any("differ in capitals alone: both are kept" in note for note in notes)
    for student in ("ada", "bo"):
        submission = hand_ins[student].submission
        assert submission is not None
        assert submission.source == RIGHT


@pytest.mark.parametrize("encoding", ["utf-8", "cp437", "cp850", "cp1252"])
def test_names_whose_encoding_a_zip_does_not_say_are_read(encoding: str, tmp_path: Path) -> None:
    """Each is told from the others by a name that is none in them."""
    telling = {"utf-8": "Łukasz", "cp437": "Jörg", "cp850": "Álvaro", "cp1252": "Zoë Jäger"}[encoding]
    names = [f"{name}/{FILE}" for name in (telling, "Núñez" if encoding != "cp437" else "Özil", "bob")]
    raws = [name.encode(encoding) for name in names]
    data = zip_bytes({"#" * len(raw) + str(at): RIGHT for at, raw in enumerate(raws)})
    for at, raw in enumerate(raws):
        data = data.replace(b"#" * len(raw) + str(at).encode(), raw + b"~")
    (tmp_path / "class.zip").write_bytes(data.replace(b".py~", b".pyw"))
    with open_intake(tmp_path / "class.zip", [TASK]) as intake:
        assert {each.key for each in intake.students} == {name.partition("/")[0] for name in names}


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gbk", ["王小明", "李娜", "张伟", "刘洋", "陈静", "于谦", "bob"]),
        ("cp932", ["山田太郎", "佐藤花子", "田中さくら", "表ソフィア"]),
        ("cp949", ["김철수", "이영희", "박지성", "최민호", "정수연"]),
        ("big5", ["林志玲", "陳冠宇", "張惠妹", "許功蓋"]),
        ("cp866", ["Иванов Пётр", "Анна Смирнова", "Ольга Петрова"]),
        ("cp1251", ["Иванов Пётр", "Татьяна Юрьева", "Яна Эйхе"]),
        ("cp737", ["Γιώργος Παπαδόπουλος", "Μαρία Νικολάου"]),
        ("cp852", ["Łukasz Żak", "Małgorzata Wójcik", "Świętosław Ćwik"]),
    ],
)
def test_names_in_the_encoding_of_a_windows_are_read(encoding: str, names: list[str], tmp_path: Path) -> None:
    with open_intake(in_old_encoding(tmp_path / "class.zip", names, encoding), [TASK]) as intake:
        assert {each.key for each in intake.students} == set(names)
        assert any("doesn't say how its names are written" in note for note in intake.notes) == (encoding != "cp852")


@pytest.mark.parametrize(
    ("encoding", "known", "name"),
    [
        ("cp949", "김, 철수", "김철수"),
        ("gbk", "李骞", "李骞"),
        ("cp874", "สมชาย ใจดี", "สมชาย ใจดี"),
        ("cp857", "Işıl Şahin", "Işıl Şahin"),
    ],
)
def test_who_is_known_decides_between_encodings(encoding: str, known: str, name: str, tmp_path: Path) -> None:
    path = in_old_encoding(tmp_path / "class.zip", [name, "Bo"], encoding)
    with open_intake(path, [TASK], known=["Bo", known]) as intake:
        assert [student.key for student in intake.students] == ["Bo", name]
        assert intake.notes == []


def test_names_that_several_encodings_explain_are_not_guessed_and_nobody_is_lost(tmp_path: Path) -> None:
    """`ソ` and `表` end in a backslash, which is no folder's end."""
    path = in_old_encoding(tmp_path / "class.zip", ["김철수", "이영희"], "cp949")
    with open_intake(path, [TASK]) as intake:
        assert len(intake.students) == 2
        assert any("Unpack it where it was zipped" in note for note in intake.notes)
    path = in_old_encoding(tmp_path / "other.zip", ["ソ", "表"], "cp932")
    with open_intake(path, [TASK]) as intake:
        assert len(intake.students) == 2


def test_a_name_that_stands_beside_it_in_utf_8_is_taken(tmp_path: Path) -> None:
    """Info-ZIP writes it so; one that belongs to another name isn't believed."""
    info = zipfile.ZipInfo(f"?ukasz/{FILE}")
    path = f"Łukasz/{FILE}".encode()
    crc = zlib.crc32(info.filename.encode())
    info.extra = struct.pack("<HHBL", 0x7075, 5 + len(path), 1, crc) + path
    other = zipfile.ZipInfo(f"bob/{FILE}")
    other.extra = struct.pack("<HHBL", 0x7075, 5 + len(path), 1, 1) + path
    with open_intake(zipped(tmp_path / "class.zip", [(info, RIGHT), (other, RIGHT)]), [TASK]) as intake:
        assert {each.key for each in intake.students} == {"Łukasz", "bob"}


def test_a_name_that_python_read_from_beside_it_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer versions do, of what Info-ZIP writes: it needn't be one of the old encoding."""
    (tmp_path / "class.zip").write_bytes(zip_bytes({f"lukasz/{FILE}": RIGHT}))
    listed = zipfile.ZipFile.infolist

    def infolist(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
        infos = listed(archive)
        for info in infos:
            info.filename = f"Łukasz/{FILE}"
        return infos

    monkeypatch.setattr(zipfile.ZipFile, "infolist", infolist)
    hand_ins, _ = taken_in(tmp_path / "class.zip")
    assert hand_ins["Łukasz"].submission is not None


def test_what_students_zip_is_looked_into_once(gradecheck: Command, tmp_path: Path) -> None:
    """One class with every kind of zip in it, through the command: a row and a line for each."""
    good = zip_bytes({f"work/{FILE}": right("good"), "__MACOSX/._x": "", "work/.DS_Store": ""})
    files: dict[str, str | bytes] = {
        "good/handin.zip": good,
        "nested/handin.zip": zip_bytes({"work/inner.zip": good, "work/notes.txt": ""}),
        "deep/handin.zip": zip_bytes({"inner.zip": zip_bytes({"innermost.zip": good})}),
        "bombs/handin.zip": zip_bytes({"inner.zip": zip_bytes({FILE: bytes(64 << 20)})}),
        "locked/handin.zip": encrypted(good),
        "slips/handin.zip": zip_bytes({f"../../{FILE}": RIGHT}),
        "bomb/handin.zip": zip_bytes({FILE: bytes(64 << 20)}),
        "half/handin.zip": good[: len(good) // 2],
        "crowd/handin.zip": zip_bytes({f"{number}.txt": "" for number in range(2500)}),
        "other/handin.tar.gz": b"\x1f\x8b\x08",
        "rar/handin.rar": b"Rar!\x1a\x07\x01\0" + bytes(60),
        "links/handin.tar": tar_bytes({}, link=FILE),
        "tar bomb/handin.tgz": tar_bytes({FILE: bytes(64 << 20)}, "w:gz"),
        "with libraries/handin.zip": zip_bytes(
            {**{f"work/venv/lib/python3/site-packages/{n}.py": "" for n in range(2500)}, f"work/{FILE}": right("lib")}
        ),
        "tarred/handin.tar.gz": tar_bytes({f"work/{FILE}": right("tarred").encode()}, "w:gz"),
        "seven/handin.7z": seven_zip_bytes({f"work/{FILE}": right("seven").encode()}),
    }
    says = {
        "deep": "innermost.zip is an archive in an archive: not opened. Hand in the file itself.",
        "bombs": "a zip bomb",
        "locked": "is encrypted. Hand it in without a password.",
        "slips": "leads out of the archive. Skipped.",
        "bomb": "a zip bomb",
        "half": "is damaged or no archive that is read here",
        "crowd": "handin.zip holds more than 2,000 files. Hand in your program alone.",
        "other": "is damaged or no archive that is read here",
        "rar": "handin.rar is a rar archive, which isn't read here: unpack it, or zip it anew.",
        "links": "is a link. Hand in the file itself.",
        "tar bomb": "would unpack to more than",
    }
    done = gradecheck("batch", write(tmp_path / "in", files), "--out", "out", "--exercise", "exercise-04")
    found = {student: row for (student, _), row in rows(tmp_path / "out").items()}
    assert done.code == 1
    for student in ("good", "nested", "tarred", "seven", "with libraries"):
        assert (found[student].status, found[student].score) == ("graded", 10.0)
    for student, sentence in says.items():
        assert (found[student].status, found[student].score) == ("unreadable", 0.0)
        lines = [line for line in done.err.splitlines() if line.startswith(f"{student}, exercise-04: unreadable: ")]
        assert len(lines) == 1
        assert sentence in lines[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


@pytest.mark.parametrize("names", [["A.zip", "B.zip"], ["week 4/A.zip"], ["A.zip", f"ann/{FILE}"]])
def test_a_class_in_an_archive_is_never_one_student(names: list[str], tmp_path: Path) -> None:
    """Downloads of two sections side by side, or one in a folder: of each class one file would count."""
    people = {
        f"{who}_{number}_assignsubmission_file/{FILE}": RIGHT for number, who in enumerate(("Ann A", "Bo B"), 301)
    }
    download = zip_bytes(people)
    files: dict[str, str | bytes] = {name: download if name.endswith(".zip") else RIGHT for name in names}
    write(tmp_path / "in", files)
    zipped(tmp_path / "in.zip", files)
    for path in (tmp_path / "in", tmp_path / "in.zip"):
        with pytest.raises(IntakeError, match=r"A\.zip holds the hand-ins of several students, as Moodle packs them"):
            open_intake(path, [TASK])
    write(tmp_path / "own", {"ann.zip": zip_bytes({f"hw/{FILE}": RIGHT}), "bo.zip": zip_bytes({FILE: RIGHT})})
    assert taken_in(tmp_path / "own")[0].keys() == {"ann", "bo"}


@pytest.mark.parametrize("above", ["", "week 4/"])
def test_a_class_in_plain_folders_is_never_ones_own_work(above: str, gradecheck: Command) -> None:
    """Which of several would be graded is a guess; who zips an old version beside the work has the work on top."""
    files = {f"{above}{who}/{FILE}": RIGHT for who in ("ann", "bo", "cy", "di")}
    zipped(gradecheck.folder / "class.zip", files)
    done = gradecheck("run", "exercise-04", "class.zip")
    assert done.code == 2
    said = " ".join(done.err.split())
    assert f"class.zip holds {FILE} more than once, side by side: ann; bo; cy; …" in said
    assert "`gradecheck batch class.zip --out grades`" in said
    zipped(gradecheck.folder / "flat.zip", {f"{above}ann.py": RIGHT, f"{above}bo.py": RIGHT})
    assert "side by side: ann; bo." in gradecheck("run", "exercise-04", "flat.zip").err
    zipped(
        gradecheck.folder / "own.zip", {f"{above}{FILE}": RIGHT, f"{above}old/{FILE}": "def tanh_jacobian(*a): ...\n"}
    )
    assert gradecheck("run", "exercise-04", "own.zip").code == 0


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz", "7z"])
def test_a_class_may_come_in_other_archives(mode: str, tmp_path: Path) -> None:
    files = {f"class/{student}/{FILE}": right(student).encode() for student in ("ada", "bo", "cy")}
    files |= {"../evil.py": b"", "/etc/evil.py": b""} if mode != "7z" else {}
    archive = tmp_path / "class.archive"
    archive.write_bytes(seven_zip_bytes(files) if mode == "7z" else tar_bytes(files, mode))
    hand_ins, notes = taken_in(archive)
    assert list(hand_ins) == ["ada", "bo", "cy"]
    assert all(each.submission and each.submission.problem is None for each in hand_ins.values())
    assert mode == "7z" or [note.partition(" ")[0] for note in notes] == ["../evil.py", "/etc/evil.py"]


WHOLE = zip_bytes({f"ada/{FILE}": right("ada"), f"bo/{FILE}": right("bo"), "bo/notes.txt": "x" * 2000, "cy.py": RIGHT})


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    changes=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=12),
    cut=st.integers(0, 3),
)
@example(changes=[(WHOLE.index(b"PK\x01\x02") + 46, 0)], cut=0)  # a member without a name
def test_whatever_is_broken_in_a_zip_is_told_in_a_sentence(
    changes: list[tuple[int, int]], cut: int, tmp_path: Path
) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    (tmp_path / "class.zip").write_bytes(data[: len(data) - cut])
    sentences = []
    try:
        hand_ins, sentences = taken_in(tmp_path / "class.zip")
        sentences += [each.submission.problem or "" for each in hand_ins.values() if each.submission is not None]
    except IntakeError as problem:
        sentences.append(str(problem))
    assert not [sentence for sentence in sentences if "\n" in sentence or "\x1b" in sentence]
    assert [path.name for path in tmp_path.iterdir()] == ["class.zip"]


def test_an_intake_holds_no_file_open_after_its_end(tmp_path: Path) -> None:
    intake: Intake = open_intake(zipped(tmp_path / "class.zip", {f"ada/{FILE}": RIGHT, f"bo/{FILE}": RIGHT}), [TASK])
    intake.close()
    with pytest.raises(ValueError, match="closed"):
        intake._tree._file.read()  # type: ignore[attr-defined]


def test_whose_folder_is_hidden_is_told(tmp_path: Path) -> None:
    """Tools hide their own: only what has a program in it, or is one, can be a student's."""
    files = {
        f".ada/{FILE}": RIGHT, f"bo/{FILE}": RIGHT, ".cy.py": RIGHT, f".ipynb_checkpoints/{FILE}": RIGHT,
        "._bo.py": "", ".git/config": "", "bo/.vscode/settings.json": "{}",
        f"bo/.history/{FILE}": RIGHT, "bo/.github/mark.py": RIGHT,
    }  # fmt: skip
    for place in (write(tmp_path / "class", files), zipped(tmp_path / "class.zip", files)):
        with open_intake(place, [TASK]) as intake:
            assert [each.key for each in intake.students] == ["bo"]
            told = [note for note in intake.notes if note.startswith("Left out, for their names begin with a dot: ")]
            assert [sorted(told[0].partition(": ")[2].partition(". R")[0].split("; "))] == [[".ada", ".cy.py"]], told


def test_where_all_is_left_out_that_is_what_is_said(tmp_path: Path) -> None:
    """Not that the folder is empty, for it isn't."""
    for more in ({}, {"readme.txt": "Week 3"}):
        for name, files in (("class", {f".ada/{FILE}": RIGHT, **more}), ("class.zip", {f".ada/{FILE}": RIGHT, **more})):
            place = zipped(tmp_path / name, files) if name.endswith("zip") else write(tmp_path / name, files)
            with pytest.raises(IntakeError, match=r"holds nobody's submission\. .*begin with a dot: \.ada\. Rename"):
                open_intake(place, [TASK])
