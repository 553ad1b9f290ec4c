"""Recognising: choosing the record type of a sheet, or saying why none was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.intake.header import Candidate, HeaderIndex
from auditor.intake.sheet import HeadRow, Sheet
from auditor.problem import Problem

_SAME = 0.5
"""Two record types whose scores are nearer than this fit equally well."""


def recognise(sheet: Sheet, index: HeaderIndex) -> tuple[Candidate | None, list[Candidate], list[Problem]]:
    """The chosen way to understand ``sheet``, all ways best first, and why none was chosen or columns left out."""
    if sheet.understood is not None:
        told = index.understood(sheet.head[0], sheet.understood)
        return told, [told], _doubled(sheet, told)
    candidates = index.candidates(sheet.head, titles(sheet))
    if not candidates or not candidates[0].confident:
        return None, candidates, [_not_recognised(sheet, candidates)]
    rivals = [item for item in candidates if item.confident and candidates[0].score - item.score < _SAME]
    if len(rivals) > 1:
        return None, candidates, [_ambiguous(sheet, rivals)]
    return candidates[0], candidates, _doubled(sheet, candidates[0])


def titles(sheet: Sheet) -> list[str]:
    """What names the sheet: its title, the file's name, and lone cells above the table."""
    lone = [cells[0] for row in sheet.head if len(cells := _filled(row)) == 1]
    return [sheet.path.stem, *([sheet.title] if sheet.title else []), *lone]


def _filled(row: HeadRow) -> list[str]:
    return [cell for cell in row.cells if cell.strip()]


def _not_recognised(sheet: Sheet, candidates: Sequence[Candidate]) -> Problem:
    """Says which record type came closest and by which headers."""
    if not candidates:
        what = "No header in the first rows is known to any record type."
        remedy = "Give the columns the headers of a record type, or add these headers to its aliases."
        return Problem(sheet.at(), "sheet-not-recognised", what, remedy)
    best = candidates[0]
    matched = ", ".join(match.header for match in best.columns) or "none"
    what = f"The sheet was not recognised; the closest record type is {best.record.name} (matched: {matched})."
    remedy = "Rename its columns as that record type has them, or add the headers to its aliases."
    return Problem(sheet.at(best.header.line), "sheet-not-recognised", what, remedy)


def _ambiguous(sheet: Sheet, rivals: Sequence[Candidate]) -> Problem:
    names = ", ".join(rival.record.name for rival in rivals)
    what = f"The sheet fits several record types equally well: {names}."
    remedy = "Name the sheet or the file after one of them."
    return Problem(sheet.at(rivals[0].header.line), "record-ambiguous", what, remedy)


def _doubled(sheet: Sheet, chosen: Candidate) -> list[Problem]:
    """One Problem for each field that several columns claim; such a field is left unread."""
    return [
        Problem(
            sheet.at(chosen.header.line),
            "column-doubled",
            f"The columns {', '.join(headers)} all mean '{field}', so none of them was read.",
            "Keep one of them or rename the others.",
        )
        for field, headers in chosen.doubled.items()
    ]
