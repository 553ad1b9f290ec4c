"""Rows that are no records: blank ones, totals, signatures, repeated headers, and cut-off ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
_SPACES = "[\\s\\x{3000}\\x{00A0}]"


def reason_sql(positions: Sequence[int], header: Mapping[int, str], *, ragged: bool) -> str:
    """Why a row is set aside, as SQL text over columns ``c<position>``; NULL for a record.

    ``header`` holds the header cells of the columns that were matched.
    """
    cells = [f"nullif(trim({name(f'c{position}')}), '')" for position in positions]
    first = f"coalesce({', '.join(cells)})" if len(cells) > 1 else cells[0]
    bare = f"lower(regexp_replace({first}, '{_SPACES}', '', 'g'))"
    cases = [
        (f"{first} IS NULL", "blank"),
        (f"regexp_matches({bare}, '{_TOTALS}')", "totals"),
        (f"regexp_matches({bare}, '{_SIGNATURES}')", "signature"),
        (_repeated(header), "repeated header"),
    ]
    if ragged:
        cases.append(("_short", "unusable"))
    return "CASE " + " ".join(f"WHEN {test} THEN {literal(word)}" for test, word in cases) + " END"


def _repeated(header: Mapping[int, str]) -> str:
    """All matched columns hold their own header."""
    return " AND ".join(f"{name(f'c{position}')} = {literal(text)}" for position, text in header.items())
