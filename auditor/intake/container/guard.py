"""The guard: what an archive would unpack to, told before anything is unpacked."""

from __future__ import annotations

from zipfile import ZipFile, ZipInfo

_MOST_PARTS = 20_000
_MOST_BYTES = 4 << 30
_MOST_RATIO = 400
_HARMLESS = 64 << 20
"""A part that unpacks to less than this may be packed as tightly as it likes."""

_CHUNK = 1 << 20
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp")


def danger(archive: ZipFile) -> str | None:
    """Why the archive must not be handed to a reader, as a sentence; None when it may be.

    Unpacks the parts that hold no rows, since a part may lie about its size; raises zipfile.BadZipFile,
    zlib.error or EOFError when one does.
    """
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        return f"The file is an archive of {len(parts)} parts, which no workbook has."
    total = sum(part.file_size for part in parts)
    if total > _MOST_BYTES:
        return f"The file would unpack to {total / 1e9:.1f} GB, which no log takes."
    for part in parts:
        if part.file_size > _HARMLESS and part.file_size > _MOST_RATIO * max(part.compress_size, 1):
            ratio = part.file_size // max(part.compress_size, 1)
            return f"The file would unpack to {ratio} times its size, which no log does."
    for part in parts:
        if not _holds_rows(part):
            _unpack(archive, part)
    return None


def _holds_rows(part: ZipInfo) -> bool:
    name = part.filename.lower()
    return "/worksheets/sheet" in name or name.endswith(_MEDIA)


def _unpack(archive: ZipFile, part: ZipInfo) -> None:
    with archive.open(part) as stream:
        while stream.read(_CHUNK):
            pass
