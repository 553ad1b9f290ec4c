"""Filling down: cells that a merge, or people, say to repeat the cell above; and merged cells nobody can place."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.fold import SPACES
from auditor.intake.header import Candidate, places_of
from auditor.intake.sheet import Merge, Sheet
from auditor.intake.sql import literal, name
from auditor.intake.values.marks import MERGED


def filled_down(relation: str, body: str, sheet: Sheet, chosen: Candidate) -> str:
    """``relation`` (rows of ``body`` that are records, with columns ``c<position>``) with its merged cells filled.

    What a merge covers in one column repeats its top cell. What it covers in further columns is marked, because it
    may belong to any of them. Columns that a mapping names are filled down wherever they are blank.
    """
    joins: list[str] = []
    cells: dict[int, str] = {}
    for place in sorted(match.position for match in chosen.columns):
        column = f"r.{name(f'c{place}')}"
        found = _covers(place, _merges(sheet, chosen), body)
        if found:
            joins += [f" LEFT JOIN ({rows}) {alias} ON {alias}.line = r._line" for alias, rows in found.items()]
            texts = ", ".join(f"{alias}.text" for alias in found)
            cells[place] = f"coalesce({_filled(column)}, {texts})"
        if place in places_of(chosen.header, chosen.mapping.fill_down):
            cells[place] = _last_filled(cells.get(place, column))
    if not cells:
        return relation
    replaced = ", ".join(f"{text} AS {name(f'c{place}')}" for place, text in cells.items())
    return f"(SELECT r.* REPLACE ({replaced}) FROM {relation} r{''.join(joins)})"


def to_be_filled(sheet: Sheet, chosen: Candidate) -> bool:
    """Whether any cell of a field may have to be filled."""
    fields = [match.position for match in chosen.columns]
    merges = _merges(sheet, chosen)
    return bool(chosen.mapping.fill_down) or any(one.left <= place <= one.right for one in merges for place in fields)


def across(sheet: Sheet, chosen: Candidate) -> set[int]:
    """The 0-based columns whose cells are merged with those of fields to their right."""
    fields = [match.position for match in chosen.columns]
    merges = _merges(sheet, chosen)
    return {one.left for one in merges if any(one.left < place <= one.right for place in fields)}


def _merges(sheet: Sheet, chosen: Candidate) -> list[Merge]:
    """The merges below the header."""
    return [merge for merge in sheet.merges if merge.top > chosen.header.last]


def _covers(place: int, merges: Sequence[Merge], body: str) -> dict[str, str]:
    """By alias, the ``line`` and ``text`` of the cells of a column that merges cover."""
    down = [(one.top + 1, one.bottom, one.top, place) for one in merges if one.left == place and one.bottom > one.top]
    beside = [(one.top, one.bottom, one.top, one.left) for one in merges if one.left < place <= one.right]
    found = {f"d{place}": _covered(down, body, f"t.{name(f'c{place}')}")} if down else {}
    for left in sorted({span[3] for span in beside}):
        top = _filled(f"t.{name(f'c{left}')}")
        marked = f"CASE WHEN {top} IS NOT NULL THEN {literal(MERGED)} END"
        found[f"a{place}_{left}"] = _covered([span for span in beside if span[3] == left], body, marked)
    return found


def _covered(spans: Sequence[tuple[int, int, int, int]], body: str, text: str) -> str:
    """The lines from first to last of each span with a text of its top row."""
    values = ", ".join(f"({first}, {last}, {top})" for first, last, top, _ in spans)
    lines = f"SELECT unnest(range(first, last + 1)) AS line, top FROM (VALUES {values}) AS s(first, last, top)"
    return f"SELECT l.line, any_value({text}) AS text FROM ({lines}) l JOIN {body} t ON t._line = l.top GROUP BY l.line"


def _filled(cell: str) -> str:
    """A cell, or NULL when it is blank."""
    return f"CASE WHEN trim({cell}, {literal(SPACES)}) <> '' THEN {cell} END"


def _last_filled(text: str) -> str:
    """The cell, or the last one above it that is not blank."""
    return f"last_value({_filled(text)} IGNORE NULLS) OVER (ORDER BY r._line ROWS UNBOUNDED PRECEDING)"
