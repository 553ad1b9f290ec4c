"""Refusals: what is said of a sheet that was not understood, or not wholly, with the mapping that would settle it."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.intake.header import Candidate
from auditor.intake.layout.advice import mapping_line, paste
from auditor.intake.layout.renamed import guesses
from auditor.intake.layout.sidebyside import Span
from auditor.intake.layout.span import letters
from auditor.intake.settings import SheetMapping
from auditor.intake.sheet import HeadRow, Sheet
from auditor.location import Location
from auditor.mistake import close
from auditor.problem import Problem

_ROWS = 3
_SHOWN = 4
_LONG = 20


def not_recognised(sheet: Sheet, candidates: Sequence[Candidate], mapping: SheetMapping) -> Problem:
    """Says which record type came closest and by which headers, or which rows look like a header."""
    if not candidates:
        likely = sorted(sheet.head, key=lambda row: -len(_names(row)))[:_ROWS]
        rows = [row for row in sorted(likely, key=lambda row: row.line) if len(_names(row)) > 1]
        what = "No header in the first rows is known to any record type."
        columns = {_names(row)[0][:_LONG]: "FIELD" for row in rows[:1]}
        line = mapping_line(sheet, mapping, record="RECORD", header_row=rows[0].line if rows else 1, columns=columns)
        remedy = f"{_rows(rows)}Rename the columns, or {paste(line)}"
        return Problem(sheet.at(), "sheet-not-recognised", what, remedy)
    best = candidates[0]
    matched = ", ".join(match.header for match in best.columns) or "none"
    what = f"The sheet was not recognised; the closest record type is {best.record.name} (matched: {matched})."
    rows = list({item.header.line: item.header for item in candidates}.values())[:_ROWS]
    line = mapping_line(sheet, mapping, record=best.record.name, header_row=best.header.line)
    remedy = f"{_rows(rows)}Rename its columns as that record type has them, or {paste(line)}"
    return Problem(sheet.at(best.header.line), "sheet-not-recognised", what, remedy)


def _rows(rows: Sequence[HeadRow]) -> str:
    """The rows that may be the header, if there is more than one."""
    if len(rows) < 2:
        return ""
    shown = "; ".join(f"{row.line} ({', '.join(name[:_LONG] for name in _names(row)[:_SHOWN])})" for row in rows)
    return f"Rows that may be the header: {shown}. "


def _names(row: HeadRow) -> list[str]:
    return [" ".join(cell.split()) for cell in row.cells if cell.strip()]


def no_such_row(sheet: Sheet, row: int) -> Problem:
    """Says that a mapping names a header row that is not there."""
    last = sheet.head[-1].line if sheet.head else 0
    what = f"A mapping names row {row} as the header, but no header can begin there; {last} rows were looked at."
    return Problem(sheet.at(row), "mapping-header-row", what, "Name the row in which the header begins.")


def ambiguous(sheet: Sheet, rivals: Sequence[Candidate], mapping: SheetMapping) -> Problem:
    """Says which record types fit equally well."""
    names = ", ".join(rival.record.name for rival in rivals)
    what = f"The sheet fits several record types equally well: {names}."
    lines = [mapping_line(sheet, mapping, record=rival.record.name) for rival in rivals]
    remedy = f"Name the sheet or the file after one of them, or {paste(*lines)}"
    return Problem(sheet.at(rivals[0].header.line), "record-ambiguous", what, remedy)


def doubled(sheet: Sheet, chosen: Candidate) -> list[Problem]:
    """One Problem for each field that several columns claim; such a field is left unread."""
    return [
        Problem(
            sheet.at(chosen.header.line),
            "column-doubled",
            f"The columns {', '.join(headers)} all mean '{field}', so none of them was read.",
            _which_counts(sheet, chosen, headers),
        )
        for field, headers in chosen.doubled.items()
    ]


def _which_counts(sheet: Sheet, chosen: Candidate, headers: Sequence[str]) -> str:
    if len(set(headers)) < len(headers):
        return "Give all but one of them another header."
    others = dict.fromkeys(headers[1:])
    line = mapping_line(sheet, chosen.mapping, columns=others)
    return f"Rename the others; or, if {headers[0]} counts, {paste(line)}"


def renamed(sheet: Sheet, chosen: Candidate) -> list[Problem]:
    """One Problem for each unknown header that is near to one that the sheet lacks."""
    return [
        Problem(
            sheet.at(chosen.header.line, guess.header),
            "column-renamed",
            f"{guess.alias} ('{guess.field}') is not in this sheet, and {' '.join(guess.header.split())} is not known: "
            "is it the same?",
            f"If so, {paste(mapping_line(sheet, chosen.mapping, columns={guess.header: guess.field}))}",
        )
        for guess in guesses(chosen)
    ]


def beside(sheet: Sheet, tables: Sequence[tuple[Span, Candidate]], mapping: SheetMapping) -> Problem:
    """Says that several tables stand side by side, and how to have one or all of them read."""
    ranges = [f"{letters(first)}:{letters(last)}" for (first, last), _ in tables]
    what = f"{len(tables)} tables stand side by side in the columns {' and '.join(ranges)}, so none was read."
    lines = [
        mapping_line(sheet, mapping, range=span, record=one.record.name)
        for span, (_, one) in zip(ranges, tables, strict=True)
    ]
    remedy = f"Give each table a sheet of its own, or {paste(*lines)} With all of these lines all are read."
    return Problem(sheet.at(tables[0][1].header.line), "tables-side-by-side", what, remedy)


def named_again(sheet: Sheet, row: HeadRow) -> Problem:
    """Says that names of fields stand where records should."""
    shown = ", ".join(_names(row)[:_SHOWN])
    what = f"Row {row.line} holds names of fields below the header ({shown}), so nothing of the sheet was read."
    remedy = "Give each table a sheet of its own; write labels and values as a header and rows."
    return Problem(sheet.at(row.line), "named-again", what, remedy)


def unmapped(sheet: Sheet, chosen: Candidate) -> list[Problem]:
    """One Problem for each header of the mapping that the sheet does not have."""
    known = [" ".join(cell.split()) for cell in chosen.header.cells if cell.strip()]
    return [_absent(sheet, chosen, header, known) for header in chosen.unsaid]


def _absent(sheet: Sheet, chosen: Candidate, header: str, known: Sequence[str]) -> Problem:
    near = close(header, known)
    remedy = f"Did you mean '{near}'?" if near else f"The header has {', '.join(known)}."
    what = f"A mapping speaks of the column {header}, which is not in this sheet."
    return Problem(sheet.at(chosen.header.line), "mapping-header", what, remedy)


def turned(sheet: Sheet, chosen: Candidate) -> Problem:
    """Says that a sheet was read with rows and columns exchanged."""
    columns = ", ".join(match.header for match in chosen.columns[:_SHOWN])
    what = f"The fields stand below one another ({columns}, ...), so every column was read as a record."
    line = mapping_line(sheet, chosen.mapping)
    return Problem(sheet.at(), "sheet-transposed", what, f"To have it said, {paste(line)}")


def not_turnable(sheet: Sheet) -> Problem:
    """Says that ``transposed`` was asked of a sheet that cannot be."""
    what = "A mapping says that this sheet is transposed, but only a sheet of a workbook can be read that way."
    return Problem(sheet.at(), "not-transposable", what, "Save it as .xlsx, or exchange its rows and columns.", True)


def unused(mapping: SheetMapping) -> Problem:
    """Says that a mapping speaks of sheets of which there are none."""
    keys = {"file": mapping.file, "sheet": mapping.sheet, "layout": mapping.layout}
    shown = ", ".join(f"{key}: {value}" for key, value in keys.items() if value is not None)
    what = f"A mapping speaks of {{{shown}}}, and no sheet that was read is that."
    remedy = "Correct the name (* stands for anything), or take the mapping out."
    return Problem(Location("mappings"), "mapping-unused", what, remedy)
