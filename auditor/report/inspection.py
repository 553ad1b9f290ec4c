"""Inspection as text: what intake understood of a file."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.intake import Inspection, SheetView

MOST_PROBLEMS = 20


def inspection_text(found: Inspection) -> str:
    """Sheet by sheet, column by column, then problems by kind and the first of them."""
    return "\n".join(_lines(found))


def _lines(found: Inspection) -> Iterator[str]:
    aside = ", ".join(f"{reason} {count}" for reason, count in found.set_aside.items()) or "0"
    rows = f"read {found.rows_read} = kept {found.rows_kept} + set aside ({aside})"
    yield f"{found.file}: {found.format.name.lower()}, {rows}"
    for sheet in found.sheets:
        yield from _sheet(sheet)
    if found.kinds:
        yield "problems: " + ", ".join(f"{kind} {count}" for kind, count in found.kinds.items())
    yield from (f"  {problem}" for problem in found.problems[:MOST_PROBLEMS])
    if len(found.problems) > MOST_PROBLEMS:
        yield f"  … and {len(found.problems) - MOST_PROBLEMS} more"


def _sheet(sheet: SheetView) -> Iterator[str]:
    runners = ", ".join(f"{name} {score:.2f}" for name, score in sheet.runners_up)
    known = f"{sheet.record} (score {sheet.score:.2f}; next {runners or '—'})" if sheet.record else "not recognised"
    yield f"[{sheet.sheet or '-'}] table at row {sheet.header_row or '—'}: {known}"
    for column in sheet.columns:
        header = " ".join(column.header.split())
        meaning = f"{column.match.field} ({column.match.how})" if column.match else "(kept aside: no field)"
        yield f"  {header} -> {meaning}   e.g. {' | '.join(column.samples) or '—'}"
    if sheet.missing:
        yield f"  not in this sheet: {', '.join(sheet.missing)}"
