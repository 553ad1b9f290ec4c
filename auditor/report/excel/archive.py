"""The archive of a workbook: its parts carry no time of writing, so the same workbook has the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_NO_TIME = (1980, 1, 1, 0, 0, 0)


class _TimelessZip(ZipFile):
    """A ZipFile in which every part has the first moment that a zip can tell."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Add a part from text or bytes."""
        super().writestr(_part(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a part from a file."""
        part = _part(arcname or filename)
        part.file_size = Path(filename).stat().st_size
        with open(filename, "rb") as source, self.open(part, "w") as target:
            shutil.copyfileobj(source, target, 1 << 16)


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, _NO_TIME)
    part.compress_type = ZIP_DEFLATED
    part.external_attr = 0o644 << 16
    part.create_system = 3
    return part


def save(workbook: Workbook, path: Path) -> None:
    """Write the workbook to ``path``; raises OSError. Its properties must carry fixed times."""
    with _TimelessZip(path, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        ExcelWriter(workbook, archive).write_data()
