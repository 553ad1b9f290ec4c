"""Rows that are no records: blank ones, totals, signatures, notes, headings, repeated headers, and cut-off ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.fold import SPACES
from auditor.intake.header import Candidate
from auditor.intake.layout.filldown import across
from auditor.intake.sheet import Sheet
from auditor.intake.sql import literal, name

_MOST_LEADING = 6
_TOTALS = (
    "^(本页|本月|本日|本年|本周|本季|全部|分店|部门|当月|月度|年度|累计)?"
    "(合计|小计|总计|总和|共计|累计|平均|平均值|平均数|均值|合計|小計|總計|共計|累計|平均數|total|subtotal|grandtotal|average)"
    "(\\(.*\\)|（.*）)?[:：]?[\\d.,]*$"
)
_SIGNATURES = (
    "^(制表|填表|审核|复核|审批|批准|主管|负责|经办|制单|记录|检查|統計|统计|製表|審核|複核|審批|負責|經辦|製單|記錄|檢查)"
    "(人|员|人员|者|領導|领导)?(签字|签名|簽字|簽名)?[:：]"
)
_NOTES = "^((备注|注|说明|填表说明|填写说明|註|備註|說明)[:：]|以下空白|以下无正文|第\\d+页)"
_BEGIN_TOTALS = "合小总總共平均本全分部当月年累tTsSgGaA"
_BEGIN_NOTES = "备注说填註備說以第"
_BEGIN_SIGNATURES = "制填审复批主负经记检统製審複負經記檢統"
_BLANK_CODES = ", ".join(["-1", *(str(ord(character)) for character in SPACES)])
"""Code points of spaces; -1 stands for no character at all."""

_BLANKS = literal(SPACES)
_SPACES = "[\\s\\x{3000}\\x{00A0}]"


def looked_at(sheet: Sheet, chosen: Candidate) -> list[int]:
    """The 0-based columns that are read: those of fields, and the leading ones, where totals and signatures stand."""
    fields = {match.position for match in chosen.columns}
    named = [place for place, cell in enumerate(chosen.header.cells) if cell.strip()]
    last = max(min(fields, default=0), *named[:2], sheet.left)
    leading = range(sheet.left, min(last + 1, sheet.left + _MOST_LEADING, len(chosen.header.cells)))
    merged = {place for place in across(sheet, chosen) if place >= sheet.left}
    return sorted({*fields, *leading, *named[:2], *merged})


def printed_again(sheet: Sheet, chosen: Candidate, positions: Sequence[int]) -> list[dict[int, str]]:
    """What rows hold that every printed page repeats: the titles above the header and its levels."""
    rows = [row.cells for row in sheet.head if row.line <= chosen.header.last]
    cells = ({place: row[place] if place < len(row) else "" for place in positions} for row in rows)
    return [row for row in cells if any(cell.strip() for cell in row.values())]


def headings(sheet: Sheet, chosen: Candidate) -> list[int]:
    """The rows (1-based) with one cell merged across most of the table: they head the rows below."""
    named = [place for place, cell in enumerate(chosen.header.cells) if cell.strip()]
    flat = [merge for merge in sheet.merges if merge.top == merge.bottom and merge.top > chosen.header.last]
    return [one.top for one in flat if 2 * sum(1 for place in named if one.left <= place <= one.right) > len(named)]


def with_reason(
    relation: str,
    positions: Sequence[int],
    printed: Sequence[Mapping[int, str]],
    heading_rows: Sequence[int] = (),
    *,
    ragged: bool,
) -> str:
    """``relation`` with a column ``_reason``: why the row is set aside, NULL for a record.

    It has columns ``c<position>``; ``printed`` are the cells of rows that pages repeat, ``heading_rows`` the rows that
    are headings when nothing else stands in them.
    """
    filled = [_filled(name(f"c{position}")) for position in positions]
    first = f"coalesce({', '.join(filled)}, NULL)"
    bare = f"lower(regexp_replace(_first, '{_SPACES}', '', 'g'))"
    alone = " + ".join(f"CAST({cell} IS NOT NULL AS INTEGER)" for cell in filled) + " = 1"
    cases = [
        ("_first IS NULL", "blank"),
        (f"{_begins(_BEGIN_TOTALS)} AND regexp_matches({bare}, '{_TOTALS}')", "totals"),
        (f"{_begins(_BEGIN_SIGNATURES)} AND regexp_matches({bare}, '{_SIGNATURES}')", "signature"),
        (f"{_begins(_BEGIN_NOTES)} AND regexp_matches({bare}, '{_NOTES}') AND {alone}", "note"),
        *((_same(row), "repeated header") for row in printed),
    ]
    if heading_rows:
        cases.append((f"_line IN ({', '.join(map(str, heading_rows))}) AND {alone}", "heading"))
    if ragged:
        cases.append(("_short", "unusable"))
    reason = "CASE " + " ".join(f"WHEN {test} THEN {literal(word)}" for test, word in cases) + " END"
    return f"(SELECT *, {reason} AS _reason FROM (SELECT *, {first} AS _first FROM {relation}))"


def _filled(cell: str) -> str:
    """A cell, or NULL when it is blank; only a cell that begins with a space is trimmed."""
    return f"CASE WHEN unicode({cell}) IN ({_BLANK_CODES}) THEN nullif(trim({cell}, {_BLANKS}), '') ELSE {cell} END"


def _begins(characters: str) -> str:
    """A quick test that spares most rows the regular expression."""
    return f"unicode(_first) IN ({', '.join(str(ord(character)) for character in characters)})"


def _same(row: Mapping[int, str]) -> str:
    """All cells are those of ``row``; the filled ones are compared first, which spares most rows the others."""
    tests = [f"{name(f'c{position}')} = {literal(text)}" for position, text in row.items() if text.strip()]
    tests += [f"{_filled(name(f'c{position}'))} IS NULL" for position, text in row.items() if not text.strip()]
    return " AND ".join(tests)
