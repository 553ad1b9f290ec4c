"""Columns: reading a whole column of text inside DuckDB, and only its odd cells in Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from auditor.fold import SPACES
from auditor.intake.sql import literal, name
from auditor.intake.times import Spelling, time_sql
from auditor.intake.values import CellReader
from auditor.records import FieldType

SQL_TYPES = {
    FieldType.ID: "VARCHAR",
    FieldType.TEXT: "VARCHAR",
    FieldType.PERSON: "VARCHAR",
    FieldType.TIME: "BIGINT",
    FieldType.NUMBER: "DOUBLE",
    FieldType.INTEGER: "BIGINT",
    FieldType.YESNO: "BOOLEAN",
    FieldType.CLOCK: "INTEGER",
}
_PLAIN_ID = "[0-9A-Za-z_][0-9A-Za-z_-]*"
_PLAIN_NUMBER = "-?[0-9]{1,15}([.][0-9]{1,15})?"
_PLAIN_INTEGER = "-?[0-9]{1,18}"
_MARKS = "#=?？/／—–-－'‘"
_WORDS = ("不适用", "不適用", "不涉及", "n/a", "n／a")
_PLAIN_PERSON = "[A-Za-z0-9.]+|[一-鿿·]+"


@dataclass(frozen=True)
class TextColumn:
    """A column of text to be read as a field: ``cell`` is the SQL of its raw text.

    ``spelling`` is the usual spelling of a time column; ``mended`` names the table of the cells that
    Python read, when there are any.
    """

    field: str
    header: str
    cell: str
    reader: CellReader
    spelling: Spelling | None = None
    mended: str | None = None

    @property
    def type(self) -> FieldType:
        """The type of the field."""
        return self.reader.type

    @property
    def fast(self) -> str:
        """The value by DuckDB alone, as SQL; meaningful where ``odd`` is not true."""
        if self.type is FieldType.TIME:
            return time_sql(self.cell, self.spelling, self.reader.zone)
        if self.type in (FieldType.ID, FieldType.PERSON, FieldType.TEXT):
            return self.cell
        if self.type in (FieldType.NUMBER, FieldType.INTEGER):
            return f"TRY_CAST({self.cell} AS {SQL_TYPES[self.type]})"
        return f"CAST(NULL AS {SQL_TYPES[self.type]})"

    @property
    def odd(self) -> str:
        """Whether a cell must be read by Python, as SQL."""
        filled = f"{self.cell} IS NOT NULL"
        if self.type in (FieldType.YESNO, FieldType.CLOCK) or self.reader.words or self.reader.rewrites:
            return filled
        if self.type is FieldType.TIME:
            return f"{filled} AND {self.fast} IS NULL"
        test = _odd(self.type, self.cell)
        marks = _listed(sorted(self.reader.blanks))
        return f"{test} OR lower({self.cell}) IN ({marks})" if marks else test

    @property
    def value(self) -> str:
        """The value of the field, as SQL."""
        if self.mended is None:
            return self.fast
        mended = f"{name(self.mended)}.value"
        return f"CASE WHEN {name(self.mended)}.raw IS NOT NULL THEN {mended} ELSE {self.fast} END"

    @property
    def dateonly(self) -> str:
        """Whether a time is a date alone, as SQL."""
        usual = f"{self.cell} IS NOT NULL" if self.spelling is not None and self.spelling.dateonly else "FALSE"
        if self.mended is None:
            return usual
        return f"CASE WHEN {name(self.mended)}.raw IS NOT NULL THEN {name(self.mended)}.dateonly ELSE {usual} END"

    def state_is(self, state: int) -> str:
        """Whether the cell was read into ``state``, as SQL; only for mended columns."""
        return f"{name(self.mended or '')}.state = {state}"

    @property
    def join(self) -> str:
        """The join with the cells that Python read, as SQL."""
        if self.mended is None:
            return ""
        return f" LEFT JOIN {name(self.mended)} ON {name(self.mended)}.raw = {self.cell}"

    def spelt(self, spelling: Spelling | None) -> TextColumn:
        """The same column with its usual spelling of times, which also decides the order of day and month."""
        order = spelling.order if spelling and spelling.order else self.reader.order
        return replace(self, spelling=spelling, reader=replace(self.reader, order=order))


_PLAIN = {FieldType.ID: _PLAIN_ID, FieldType.NUMBER: _PLAIN_NUMBER, FieldType.INTEGER: _PLAIN_INTEGER}


def _odd(kind: FieldType, cell: str) -> str:
    """Whether a cell of ids, numbers, names or text could mean anything but itself."""
    if kind in _PLAIN:
        return f"NOT regexp_full_match({cell}, {literal(_PLAIN[kind])})"
    word = f"(length({cell}) = 3 AND lower({cell}) IN ({_listed(_WORDS)}))"
    if kind is FieldType.PERSON:
        return f"NOT regexp_full_match({cell}, {literal(_PLAIN_PERSON)}) OR {word}"
    begins = ", ".join(str(ord(character)) for character in SPACES + _MARKS)
    edges = f"unicode({cell}) IN ({begins}) OR {cell}[-1] IN ({_listed(SPACES)}) OR {cell} = ''"
    return f"{edges} OR {word}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(literal(word) for word in words)


def joins(columns: Sequence[TextColumn]) -> str:
    """All joins of ``columns``."""
    return "".join(column.join for column in columns)
