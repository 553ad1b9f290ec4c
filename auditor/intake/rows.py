"""Rows that are no records: blank ones, totals, signatures, repeated headers, and cut-off ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.fold import SPACES
from auditor.intake.sql import literal, name

_TOTALS = (
    "^(本页|本月|本日|本年|本周|全部|分店|部门)?"
    "(合计|小计|总计|总和|共计|平均|平均值|平均数|均值|合計|小計|總計|共計|平均數|total|subtotal|grandtotal|average)"
    "(\\(.*\\)|（.*）)?[:：]?[\\d.,]*$"
)
_SIGNATURES = (
    "^(制表|填表|审核|复核|审批|批准|主管|负责|经办|制单|记录|检查|統計|统计|製表|審核|複核|審批|負責|經辦|製單|記錄|檢查)"
    "(人|员|人员|者|領導|领导)?(签字|签名|簽字|簽名)?[:：]"
)
_BEGIN_TOTALS = "合小总總共平均本全分部tTsSgGaA"
_BEGIN_SIGNATURES = "制填审复批主负经记检统製審複負經記檢統"
_BLANK_CODES = ", ".join(["-1", *(str(ord(character)) for character in SPACES)])
"""Code points of spaces; -1 stands for no character at all."""

_BLANKS = literal(SPACES)
_SPACES = "[\\s\\x{3000}\\x{00A0}]"


def with_reason(relation: str, positions: Sequence[int], header: Mapping[int, str], *, ragged: bool) -> str:
    """``relation`` with a column ``_reason``: why the row is set aside, NULL for a record.

    It has columns ``c<position>``; ``header`` holds the header cells of those that were matched.
    """
    first = f"coalesce({', '.join(_filled(name(f'c{position}')) for position in positions)}, NULL)"
    bare = f"lower(regexp_replace(_first, '{_SPACES}', '', 'g'))"
    cases = [
        ("_first IS NULL", "blank"),
        (f"{_begins(_BEGIN_TOTALS)} AND regexp_matches({bare}, '{_TOTALS}')", "totals"),
        (f"{_begins(_BEGIN_SIGNATURES)} AND regexp_matches({bare}, '{_SIGNATURES}')", "signature"),
        (_repeated(header), "repeated header"),
    ]
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


def _repeated(header: Mapping[int, str]) -> str:
    """All matched columns hold their own header."""
    return " AND ".join(f"{name(f'c{position}')} = {literal(text)}" for position, text in header.items())
