"""The files of a 7z, by py7zr: it can't give them one by one, so all are taken into memory, within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from autograder.intake import packed
from autograder.intake.files import IntakeError, describe_path, spelled
from autograder.language import tr


class SevenZipTree(packed.PackedTree):
    """A 7z's files. Raises IntakeError if it can't be opened or breaks its bounds."""

    def __init__(self, file: IO[bytes], name: str, bounds: packed.Bounds) -> None:
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


def _unpacked(file: IO[bytes], bounds: packed.Bounds, label: str) -> tuple[dict[str, bytes], list[packed.Member]]:
    try:
        import py7zr
        from py7zr.io import BytesIOFactory
    except ModuleNotFoundError:
        raise IntakeError(
            tr("{label} is a 7z archive, which py7zr reads: pip install py7zr. Or zip it anew.", label=label)
        ) from None
    taken = file.seek(0, 2)
    file.seek(0)
    try:
        with py7zr.SevenZipFile(file) as archive:
            if archive.needs_password():
                raise IntakeError(tr("{label} is encrypted. Hand it in without a password.", label=label))
            listed = archive.list()
            _refuse_large(listed, taken, bounds, label)
            factory = BytesIOFactory(limit=bounds.memory * packed.MIB)
            archive.extract(targets=[each.filename for each in listed if _is_plain(each)], factory=factory)
            data = {name: product.read() for name, product in factory.products.items()}
    except IntakeError:
        raise
    except Exception as damage:  # py7zr raises what its decoders raise
        raise packed.damaged(label, damage) from None
    return data, list(_members(listed, bounds))


def _refuse_large(listed: list[Any], taken: int, bounds: packed.Bounds, label: str) -> None:
    packed.refuse_many(len(listed), bounds, label)
    total = sum(each.uncompressed or 0 for each in listed)
    if total > bounds.memory * packed.MIB or (total > packed.MIB and total > packed.RATIO * taken):
        raise IntakeError(
            tr(
                "{label} would unpack to {size}. Unpack it and name the folder.",
                label=label,
                size=packed.size_told(total),
            )
        )


def _is_plain(each: Any) -> bool:
    return not each.is_directory and not getattr(each, "is_symlink", False)


def _members(listed: list[Any], bounds: packed.Bounds) -> Iterator[packed.Member]:
    for each in listed:
        name = packed.base(each.filename)
        problem = None if each.is_directory or _is_plain(each) else packed.link(name)
        modified = each.creationtime.timestamp() if each.creationtime is not None else 0.0
        too_big = packed.too_large(name, each.uncompressed or 0, bounds)
        yield packed.Member(each.filename, each.filename, modified, each.is_directory, problem or too_big)
