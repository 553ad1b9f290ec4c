"""Fingerprint: by which a layout is known again next month."""

from __future__ import annotations

import hashlib

from auditor.fold import fold_header
from auditor.intake.sheet import HeadRow


def fingerprint(header: HeadRow) -> str:
    """Twelve hexadecimal digits of the header's folded names in their order; spelling and spaces do not matter."""
    names = [fold_header(cell) for cell in header.cells if cell.strip()]
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:12]
