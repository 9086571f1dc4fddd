"""The files of a 7z, by py7zr: it can't give them one by one, so all are taken into memory, within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from autograder.intake.files import IntakeError, describe_path, spelled
from autograder.intake.packed import MIB, RATIO, Bounds, Member, PackedTree, reason, refuse_crowd, size_told, too_large
from autograder.language import tr


class SevenZipTree(PackedTree):
    """A 7z's files. Raises IntakeError if it can't be opened or breaks its bounds."""

    def __init__(self, file: IO[bytes], name: str, bounds: Bounds) -> None:
        label = describe_path([spelled(name)])
        try:
            self._data, members = _unpacked(file, bounds, label)
        finally:
            file.close()
        super().__init__(name, members)

    def read(self, handle: str, limit: int) -> bytes:
        return self._data.get(handle, b"")[: limit + 1]

    def close(self) -> None:
        self._data.clear()


def _unpacked(file: IO[bytes], bounds: Bounds, label: str) -> tuple[dict[str, bytes], list[Member]]:
    try:
        import py7zr
        from py7zr.io import BytesIOFactory
    except ModuleNotFoundError:
        raise IntakeError(
            tr("{label} is a 7z archive, which py7zr reads: pip install py7zr. Or zip it anew.", label=label)
        ) from None
    packed = file.seek(0, 2)
    file.seek(0)
    try:
        with py7zr.SevenZipFile(file) as archive:
            if archive.needs_password():
                raise IntakeError(tr("{label} is encrypted. Hand it in without a password.", label=label))
            listed = archive.list()
            _refuse_large(listed, packed, bounds, label)
            factory = BytesIOFactory(limit=bounds.memory * MIB)
            archive.extract(targets=[each.filename for each in listed if _is_plain(each)], factory=factory)
            data = {name: product.read() for name, product in factory.products.items()}
    except IntakeError:
        raise
    except Exception as damage:  # py7zr raises what its decoders raise
        raise IntakeError(
            tr("{label} is damaged or no archive that is read here ({reason}).", label=label, reason=reason(damage))
        ) from None
    return data, list(_members(listed, bounds))


def _refuse_large(listed: list[Any], packed: int, bounds: Bounds, label: str) -> None:
    total = sum(each.uncompressed or 0 for each in listed)
    refuse_crowd(len(listed), bounds, label)
    if total > bounds.memory * MIB or (total > MIB and total > RATIO * packed):
        raise IntakeError(
            tr("{label} would unpack to {size}. Unpack it and name the folder.", label=label, size=size_told(total))
        )


def _is_plain(each: Any) -> bool:
    return not each.is_directory and not getattr(each, "is_symlink", False)


def _members(listed: list[Any], bounds: Bounds) -> Iterator[Member]:
    for each in listed:
        name = describe_path([each.filename.rpartition("/")[2]])
        problem = (
            None
            if each.is_directory or _is_plain(each)
            else tr("{name} is a link. Hand in the file itself.", name=name)
        )
        modified = each.creationtime.timestamp() if each.creationtime is not None else 0.0
        too_big = too_large(name, each.uncompressed or 0, bounds)
        yield Member(each.filename, each.filename, modified, each.is_directory, problem or too_big)
