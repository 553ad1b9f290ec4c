"""Compound files (OLE): old workbooks, and new ones behind a password."""

from __future__ import annotations

import struct
from pathlib import Path


def ole_format(path: Path) -> str:
    """``xls`` or ``protected`` for a workbook, ``cut`` for a compound file that breaks off, else ``other``.

    Raises OSError when the file cannot be opened.
    """
    from olefile.olefile import OleFileError, OleFileIO

    try:
        with OleFileIO(str(path)) as container:
            if container.exists("EncryptedPackage"):
                return "protected"
            return "xls" if container.exists("Workbook") or container.exists("Book") else "other"
    except (OleFileError, ValueError, IndexError, struct.error):
        return "cut"
