"""Rows that are no records: blank ones, totals, signatures, notes, headings, repeated headers, and cut-off ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.fold import SPACES
from auditor.intake.header import Candidate
from auditor.intake.layout.filldown import across
from auditor.intake.sheet import Sheet
from auditor.intake.sql import literal, name

_MOST_LEADING = 6
_SIEVED = 4
"""Leading cells that the sieve looks at; a row in which all of them are blank is looked at closely."""

_TOTALS = re.compile(
    "(本页|本月|本日|本年|本周|本季|全部|分店|部门|当月|月度|年度|累计)?"
    "(合计|小计|总计|总和|共计|累计|平均|平均值|平均数|均值|合計|小計|總計|共計|累計|平均數|total|subtotal|grandtotal|average)"
    "(\\(.*\\)|（.*）)?[:：]?[\\d.,]*"
)
_SIGNATURES = re.compile(
    "(制表|填表|审核|复核|审批|批准|主管|负责|经办|制单|记录|检查|統計|统计|製表|審核|複核|審批|負責|經辦|製單|記錄|檢查)"
    "(人|员|人员|者|領導|领导)?(签字|签名|簽字|簽名)?[:：]"
)
_NOTES = re.compile("((备注|注|说明|填表说明|填写说明|註|備註|說明)[:：]|以下空白|以下无正文|第\\d+页)")
_BEGINNINGS = "合小总總共平均本全分部当月年累制填审复批主负经记检统製審複負經記檢統备注说註備說以第"
"""What a total, a signature or a note can begin with in Chinese."""

_WORDS = ("total", "subtotal", "grandtotal", "average")


def looked_at(sheet: Sheet, chosen: Candidate) -> list[int]:
    """The 0-based columns that are read: those of fields, and the leading ones, where totals and signatures stand."""
    fields = {match.position for match in chosen.columns}
    named = [place for place, cell in enumerate(chosen.header.cells) if cell.strip()]
    last = max(min(fields, default=0), *named[:2], sheet.left)
    leading = range(sheet.left, min(last + 1, sheet.left + _MOST_LEADING, len(chosen.header.cells)))
    merged = {place for place in across(sheet, chosen) if place >= sheet.left}
    return sorted({*fields, *leading, *named[:2], *merged})


def sorter_of(sheet: Sheet, chosen: Candidate, positions: Sequence[int]) -> Sorter:
    """How rows of ``sheet`` are told apart, by the cells at ``positions``."""
    return Sorter(positions, _printed_again(sheet, chosen, positions), frozenset(_headings(sheet, chosen)))


def _printed_again(sheet: Sheet, chosen: Candidate, positions: Sequence[int]) -> list[dict[int, str]]:
    """What rows hold that every printed page repeats: the titles above the header and its levels."""
    rows = [row.cells for row in sheet.head if row.line <= chosen.header.last]
    cells = ({place: row[place] if place < len(row) else "" for place in positions} for row in rows)
    return [row for row in cells if any(cell.strip() for cell in row.values())]


def _headings(sheet: Sheet, chosen: Candidate) -> list[int]:
    """The rows (1-based) with one cell merged across most of the table: they head the rows below."""
    named = [place for place, cell in enumerate(chosen.header.cells) if cell.strip()]
    flat = [merge for merge in sheet.merges if merge.top == merge.bottom and merge.top > chosen.header.last]
    return [one.top for one in flat if 2 * sum(1 for place in named if one.left <= place <= one.right) > len(named)]


@dataclass(frozen=True)
class Sorter:
    """Tells the rows of one sheet that are no records.

    ``positions`` are the columns that are read, ``printed`` the cells of rows that pages repeat, ``headings`` the rows
    that are headings when nothing else stands in them.
    """

    positions: Sequence[int]
    printed: Sequence[Mapping[int, str]]
    headings: frozenset[int]

    def reason(self, line: int, cells: Sequence[str | None]) -> str | None:
        """Why the row at ``line`` (from 1) is set aside, None for a record; ``cells`` follow ``positions``."""
        filled = [word for cell in cells if cell and (word := cell.strip(SPACES))]
        if not filled:
            return "blank"
        bare = "".join(filled[0].split()).lower()
        if _TOTALS.fullmatch(bare):
            return "totals"
        if _SIGNATURES.match(bare):
            return "signature"
        if len(filled) == 1 and _NOTES.match(bare):
            return "note"
        if any(self._same(row, cells) for row in self.printed):
            return "repeated header"
        return "heading" if len(filled) == 1 and line in self.headings else None

    def _same(self, row: Mapping[int, str], cells: Sequence[str | None]) -> bool:
        """Every cell is that of ``row``, or blank like it."""
        wanted = (row[position] for position in self.positions)
        return all(
            cell == text if text.strip() else not (cell or "").strip(SPACES)
            for text, cell in zip(wanted, cells, strict=True)
        )

    def glance(self, cell: str) -> str:
        """SQL that is true of every row the sieve holds back, by its first ``cell`` alone: most rows need no more."""
        blank = f"coalesce(unicode({cell}), -1) IN (-1, {_SPACES})"
        return f"({blank} OR {_odd(cell)}{self._same_first(cell, self.positions[0])}{self._listed()})"

    def sieve(self) -> str:
        """SQL that is true of every row with a reason, and of few others: it asks how the first filled cell begins."""
        tests = []
        for position in self.positions[:_SIEVED]:
            cell = _trimmed(name(f"c{position}"))
            tests.append(f"WHEN {cell} <> '' THEN {_odd(cell)}{self._same_first(cell, position)}")
        return f"(CASE {' '.join(tests)} ELSE TRUE END{self._listed()})"

    def _same_first(self, cell: str, position: int) -> str:
        """SQL: or the cell is that of a row that pages repeat."""
        firsts = ", ".join(literal(row[position].strip(SPACES)) for row in self.printed if row[position].strip())
        return f" OR {cell} IN ({firsts})" if firsts else ""

    def _listed(self) -> str:
        """SQL: or the row is a heading."""
        return f" OR _line IN ({', '.join(map(str, sorted(self.headings)))})" if self.headings else ""


def _trimmed(cell: str) -> str:
    """The cell without leading spaces; most cells have none and are not touched."""
    return f"CASE WHEN unicode({cell}) IN ({_SPACES}) THEN ltrim({cell}, {literal(SPACES)}) ELSE {cell} END"


def _odd(cell: str) -> str:
    """Whether a cell begins like a total, a signature or a note; ids begin with letters too, words do not go on so."""
    return f"(unicode({cell}) IN ({_ODD}) OR (unicode({cell}) IN ({_LETTERS}) AND regexp_matches({cell}, {_ENGLISH})))"


def _codes(characters: str) -> str:
    return ", ".join(str(ord(character)) for character in dict.fromkeys(characters))


_SPACES, _ODD, _LETTERS = _codes(SPACES), _codes(_BEGINNINGS), _codes("tTsSgGaA")
_ENGLISH = literal(f"(?i)^({'|'.join('[^0-9A-Za-z]*'.join(word) for word in _WORDS)})")
"""The English words, with whatever may stand between their letters."""
