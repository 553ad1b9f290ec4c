"""Columns: reading a whole column of text inside DuckDB, and only its odd cells in Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from auditor.fold import SPACES, ZERO_WIDTH
from auditor.intake.sql import literal, name
from auditor.intake.times import Spelling, dateonly_sql, ordered, time_sql
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


def _class(characters: str) -> str:
    """``characters`` for a class of a regular expression."""
    return "".join(f"\\x{{{ord(character):x}}}" for character in characters)


_PLAIN_ID = "[0-9A-Za-z_][0-9A-Za-z_-]*"
_PLAIN_NUMBER = "-?[0-9]{1,15}([.][0-9]{1,15})?"
_PLAIN_INTEGER = "-?[0-9]{1,18}"
_MARKS = "#=?？/／—–-－'‘"
_NAMELIKE = ("不适用", "不適用", "不涉及")
_WORDS = (*_NAMELIKE, "n/a", "n／a")
_PLAIN_TEXT = f"[^{_class(SPACES + _MARKS)}]([^{_class(ZERO_WIDTH)}]*[^{_class(SPACES)}])?"
_PLAIN_PERSON = "[A-Za-z0-9.一-鿿·]+"


@dataclass(frozen=True)
class TextColumn:
    """A column of text to be read as a field: ``cell`` is the SQL of its raw text.

    ``spellings`` are those of a time column that DuckDB reads; ``mended`` names the table of the cells that
    Python read, when there are any. ``seconds`` is the SQL of the times that were read while the rows were loaded,
    which are dates alone if ``dates``; ``cell`` then holds only the other texts.
    """

    field: str
    header: str
    cell: str
    reader: CellReader
    spellings: tuple[Spelling, ...] = ()
    mended: str | None = None
    seconds: str | None = None
    dates: bool = False

    @property
    def type(self) -> FieldType:
        """The type of the field."""
        return self.reader.type

    @property
    def fast(self) -> str:
        """The value by DuckDB alone, as SQL; meaningful where ``odd`` is not true."""
        if self.type is FieldType.TIME:
            return f"coalesce({self.seconds}, {self._parsed})" if self.seconds else self._parsed
        if self.type in (FieldType.ID, FieldType.PERSON, FieldType.TEXT):
            return self.cell
        if self.type in (FieldType.NUMBER, FieldType.INTEGER):
            return f"TRY_CAST({self.cell} AS {SQL_TYPES[self.type]})"
        return f"CAST(NULL AS {SQL_TYPES[self.type]})"

    @property
    def _parsed(self) -> str:
        """The UTC seconds of ``cell``, as SQL."""
        found = time_sql(self.cell, self.spellings, self.reader.zone)
        # Few cells are left where most times were read before, and no pattern need be tried on the others.
        return f"CASE WHEN {self.cell} IS NOT NULL THEN {found} END" if self.seconds else found

    @property
    def odd(self) -> str:
        """Whether a cell must be read by Python, as SQL."""
        filled = f"{self.cell} IS NOT NULL"
        if self.type in (FieldType.YESNO, FieldType.CLOCK) or self.reader.words or self.reader.rewrites:
            return filled
        if self.type is FieldType.TIME:
            return f"{filled} AND {self._parsed} IS NULL"
        test = _odd(self.type, self.cell)
        marks = _listed(sorted(self.reader.blanks))
        return f"{test} OR lower({self.cell}) IN ({marks})" if marks else test

    @property
    def odd_count(self) -> str:
        """How many cells must be read by Python, as an SQL aggregate."""
        if self.type is FieldType.TIME and not self.reader.words:
            # Three times as fast as counting where the one is there and the other is not.
            return f"count({self.cell}) - count({self._parsed})"
        return f"count_if({self.odd})"

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
        usual = dateonly_sql(self.cell, self.spellings)
        if self.dates:
            usual = f"({self.seconds} IS NOT NULL OR {usual})"
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

    def spelt(self, further: Sequence[Spelling]) -> TextColumn:
        """The same column with further spellings of times."""
        return replace(self, spellings=ordered([*self.spellings, *further]))


_PLAIN = {FieldType.ID: _PLAIN_ID, FieldType.NUMBER: _PLAIN_NUMBER, FieldType.INTEGER: _PLAIN_INTEGER}


def _odd(kind: FieldType, cell: str) -> str:
    """Whether a cell of ids, numbers, names or text could mean anything but itself."""
    if kind in _PLAIN:
        return f"NOT regexp_full_match({cell}, {literal(_PLAIN[kind])})"
    if kind is FieldType.PERSON:
        return f"NOT regexp_full_match({cell}, {literal(_PLAIN_PERSON)}) OR {cell} IN ({_listed(_NAMELIKE)})"
    word = f"strlen({cell}) IN (3, 5, 9) AND lower({cell}) IN ({_listed(_WORDS)})"
    return f"NOT regexp_full_match({cell}, {literal(_PLAIN_TEXT)}) OR ({word})"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(literal(word) for word in words)


def joins(columns: Sequence[TextColumn]) -> str:
    """All joins of ``columns``."""
    return "".join(column.join for column in columns)
