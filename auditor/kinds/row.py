"""Row: the columns of one table under an alias, with what is known about their cells."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.calendar import Calendar
from auditor.condition import Value
from auditor.condition.names import OF_FIELD, ValueType
from auditor.records import Table


class Row:
    """The names of one table's columns in SQL; remembers which were read and which the data lacks."""

    def __init__(self, table: Table, alias: str, calendar: Calendar) -> None:
        """``alias`` is the table's name in the query; ``calendar`` gives the zone of days and literals."""
        self.table, self.alias, self.calendar = table, alias, calendar
        self.read: dict[str, None] = {}
        self.absent: dict[str, None] = {}

    def value(self, qualifier: str | None, column: str) -> Value | None:
        """The column as a Value, or None when its record type does not have it."""
        if qualifier is not None or not self.has(column):
            return None
        kind = OF_FIELD[self.table.type_of(column)]
        if column not in self.table.columns:
            self.absent[column] = None
            return Value("NULL", kind)
        self.read[column] = None
        dateonly = kind is ValueType.TIME and column in self.table.dateonly
        return Value(self.cell(column), kind, self.cell(f"{column}__dateonly") if dateonly else None)

    def has(self, column: str) -> bool:
        """Whether the record type declares the column."""
        return column in self.table.record.fields or column in self.table.types

    def cell(self, column: str) -> str:
        """The bare SQL of a column."""
        return f'{self.alias}."{column}"'

    def suggestions(self, qualifier: str | None) -> Iterable[str]:
        """Every column the record type declares."""
        return () if qualifier else (*self.table.record.fields, *self.table.types)

    def instant(self, text: str) -> int | None:
        """UTC seconds of local wall time, or None when the text is no date or time."""
        try:
            return self.calendar.parse_local(text)[0]
        except ValueError:
            return None

    def local_day(self, sql: str) -> str:
        """SQL of the local day number of UTC seconds ``sql``."""
        return self.calendar.day_sql(sql)

    def unreadable(self, columns: Iterable[str] | None = None) -> str | None:
        """SQL, never NULL: one of these cells (default: all read so far) could not be read; None if none ever."""
        return self._flagged("_bad", self.table.unreadable, columns)

    def inapplicable(self, columns: Iterable[str] | None = None) -> str | None:
        """SQL, never NULL: one of these cells says "not applicable"; None if none ever does."""
        return self._flagged("_na", self.table.inapplicable, columns)

    def _flagged(self, flag: str, affected: frozenset[str], columns: Iterable[str] | None) -> str | None:
        names = sorted(affected.intersection(self.read if columns is None else columns))
        if not names:
            return None
        tests = " OR ".join(f"strpos({self.cell(flag)}, '|{name}|') > 0" for name in names)
        return f"coalesce({tests}, FALSE)"
