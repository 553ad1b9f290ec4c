"""Recognising: the tables of a sheet and what each is, or why it could not be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from auditor.fold import fold_header
from auditor.intake.header import Candidate, HeaderIndex
from auditor.intake.inspection import unfold
from auditor.intake.layout import refusals
from auditor.intake.layout.fingerprint import fingerprint
from auditor.intake.layout.levels import headers
from auditor.intake.layout.sidebyside import tables_beside
from auditor.intake.layout.span import within
from auditor.intake.layout.titles import titles
from auditor.intake.layout.transposed import transpose
from auditor.intake.settings import UNMAPPED, SheetMapping, together
from auditor.intake.sheet import HEAD, HeadRow, Sheet
from auditor.problem import Problem

_SAME = 0.5
"""Two record types whose scores are nearer than this fit equally well."""

_DOWNWARDS = 3
"""How many known names must stand below one another before a sheet may be transposed."""


@dataclass(frozen=True)
class Recognised:
    """One table of a sheet: the sheet as it is read, the chosen way to understand it, and all ways best first.

    ``problems`` say why none was chosen, or which columns were left out.
    """

    sheet: Sheet
    chosen: Candidate | None
    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]


def tables_of(found: Sheet, index: HeaderIndex, mappings: Sequence[SheetMapping] = ()) -> list[Recognised]:
    """The tables of a sheet: one, unless ``mappings`` (those that match it) name several ranges.

    What people have said of it comes before any guess at its layout.
    """
    laid_out = any(mapping.lays_out for mapping in mappings)
    sheets = [found] if laid_out else unfold(found, index) or [found]
    return [_table(sheet, index, mapping) for sheet in sheets for mapping in together(mappings)]


def matches(mapping: SheetMapping, sheet: Sheet) -> bool:
    """Whether ``mapping`` speaks of ``sheet``."""
    title = sheet.title if sheet.title is not None else sheet.path.stem
    files = (sheet.path.name, sheet.file)
    if mapping.file is not None and not any(fnmatchcase(one, mapping.file) for one in files):
        return False
    if mapping.sheet is not None and not fnmatchcase(title, mapping.sheet):
        return False
    laid = sheet if mapping.layout is None else _laid(sheet, mapping)
    return mapping.layout is None or (laid is not None and bool(_headers(laid, mapping)))


def _table(sheet: Sheet, index: HeaderIndex, mapping: SheetMapping) -> Recognised:
    laid = _laid(sheet, mapping)
    if laid is None:
        return Recognised(sheet, None, (), (refusals.not_turnable(sheet),))
    chosen, candidates, problems = recognise(laid, index, mapping)
    if chosen is None and not mapping.transposed and _runs_down(laid, index):
        return _turned(laid, index, mapping) or Recognised(laid, None, tuple(candidates), tuple(problems))
    return Recognised(laid, chosen, tuple(candidates), tuple(problems))


def _laid(sheet: Sheet, mapping: SheetMapping) -> Sheet | None:
    """The sheet as ``mapping`` wants it looked at; None when it cannot be."""
    laid = transpose(sheet) if mapping.transposed else sheet
    if laid is None:
        return None
    if mapping.header_row is not None and len(laid.head) >= HEAD and mapping.header_row >= laid.head[-1].line:
        rows = list(enumerate(laid.grid(), start=1))[: mapping.header_row + HEAD]
        head = tuple(HeadRow(line, tuple(cell or "" for cell in row), line) for line, row in rows)
        laid = replace(laid, head=head or laid.head)
    return within(laid, mapping.span) if mapping.span else laid


def _headers(sheet: Sheet, mapping: SheetMapping) -> list[HeadRow]:
    """The headers that ``sheet`` may have; ``mapping`` may know its fingerprint, its first row or its last."""
    found = headers(sheet)
    if mapping.layout is not None:
        found = [one for one in found if fingerprint(one) == mapping.layout]
    row = mapping.header_row
    if row is None:
        return found
    return [one for one in found if one.line == row] or [one for one in found if one.last == row]


def recognise(
    sheet: Sheet, index: HeaderIndex, mapping: SheetMapping = UNMAPPED
) -> tuple[Candidate | None, list[Candidate], list[Problem]]:
    """The chosen way to understand ``sheet``, all ways best first, and why none was chosen or columns left out."""
    if sheet.understood is not None:
        told = replace(index.understood(sheet.head[0], sheet.understood), mapping=mapping)
        return told, [told], refusals.doubled(sheet, told)
    found = _headers(sheet, mapping)
    if not found and mapping.header_row is not None:
        return None, [], [refusals.no_such_row(sheet, mapping.header_row)]
    candidates = index.candidates(found, titles(sheet), mapping)
    if not candidates or not candidates[0].confident:
        return None, candidates, [refusals.not_recognised(sheet, candidates, mapping)]
    chosen = candidates[0]
    beside = [] if mapping.range else tables_beside(sheet, chosen, index)
    if beside:
        return None, candidates, [refusals.beside(sheet, beside, mapping)]
    again = None if mapping.header_row else _named_again(sheet, chosen, index)
    if again is not None:
        return None, candidates, [refusals.named_again(sheet, again)]
    rivals = [item for item in candidates if item.confident and chosen.score - item.score < _SAME]
    if len(rivals) > 1:
        return None, candidates, [refusals.ambiguous(sheet, rivals, mapping)]
    problems = [refusals.doubled(sheet, chosen), refusals.renamed(sheet, chosen), refusals.unmapped(sheet, chosen)]
    return chosen, candidates, [problem for group in problems for problem in group]


def _runs_down(sheet: Sheet, index: HeaderIndex) -> bool:
    """Names of fields stand below one another, so that it is worth looking at the sheet the other way."""
    width = max((len(row.cells) for row in sheet.head), default=0)
    columns = ([row.cells[place] for row in sheet.head if place < len(row.cells)] for place in range(width))
    return any(sum(1 for cell in column if cell.strip() and index.fields(cell)) >= _DOWNWARDS for column in columns)


def _turned(sheet: Sheet, index: HeaderIndex, mapping: SheetMapping) -> Recognised | None:
    """The sheet with every column as a record, where nothing speaks against it."""
    other = transpose(sheet)
    if other is None:
        return None
    chosen, candidates, problems = recognise(other, index, mapping)
    if chosen is None:
        return None
    return Recognised(other, chosen, tuple(candidates), (refusals.turned(other, chosen), *problems))


def _named_again(sheet: Sheet, chosen: Candidate, index: HeaderIndex) -> HeadRow | None:
    """The first row below the header half of whose cells are names of other fields, if there is one."""
    own = {fold_header(text) for place, _ in enumerate(chosen.header.cells) for text in chosen.header.path(place)}
    for row in sheet.head:
        cells = [cell for cell in row.cells if cell.strip()] if row.line > chosen.header.last else []
        names = [cell for cell in cells if chosen.record.name in index.fields(cell) and fold_header(cell) not in own]
        if len(names) > 1 and 2 * len(names) >= len(cells):
            return row
    return None
