"""The archive of a workbook: its parts carry no time of writing, so the same workbook has the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_NO_TIME = (1980, 1, 1, 0, 0, 0)
_END_OF_ROWS = b"</sheetData>"

Bodies = Mapping[str, IO[bytes]]
"""The rows to be put below the header of a sheet, as XML, by the title of the sheet."""


class _TimelessZip(ZipFile):
    """A ZipFile in which every part has the first moment that a zip can tell, and sheets get their bodies."""

    bodies: Mapping[str, IO[bytes]]

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Add a part from text or bytes."""
        super().writestr(_part(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a part from a file; openpyxl hands sheets over this way."""
        body = self.bodies.get(arcname)
        around = Path(filename).read_bytes()
        with self.open(_part(arcname), "w", force_zip64=True) as target:
            head, end, tail = around.rpartition(_END_OF_ROWS) if body else (around, b"", b"")
            target.write(head)
            if body:
                body.seek(0)
                shutil.copyfileobj(body, target, 1 << 16)
            target.write(end + tail)


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, _NO_TIME)
    part.compress_type = ZIP_DEFLATED
    part.external_attr = 0o644 << 16
    part.create_system = 3
    return part


def save(workbook: Workbook, bodies: Bodies, path: Path) -> None:
    """Write the workbook to ``path``; raises OSError. Its properties must carry fixed times."""
    numbers = {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(workbook.sheetnames, start=1)}
    with _TimelessZip(path, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        archive.bodies = {numbers[title]: body for title, body in bodies.items()}
        ExcelWriter(workbook, archive).write_data()
