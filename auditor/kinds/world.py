"""World: what rules are compiled against: record types, tables, calendars and the instant of judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.calendar import Calendar
from auditor.kinds.judgement import NotChecked
from auditor.records import RecordType, Table


@dataclass(frozen=True)
class World:
    """``tables`` are the record tables there are; ``as_of`` is UTC seconds; ``schema`` holds the tables in DuckDB."""

    records: Mapping[str, RecordType]
    tables: Mapping[str, Table]
    calendars: Mapping[str, Calendar]
    calendar: str
    as_of: int
    schema: str = "main"

    def table(self, record: str) -> Table:
        """The table of a record type; raises NotChecked when the data has none."""
        found = self.tables.get(record)
        if found is None:
            raise NotChecked("record-missing", record)
        return found

    def sql_name(self, record: str) -> str:
        """The quoted, schema-qualified name of a record's table."""
        return f'"{self.schema}"."{record}"'


def declared_world(records: Mapping[str, RecordType], calendars: Mapping[str, Calendar], calendar: str) -> World:
    """A World in which every record type has all its columns and no rows, to check rules against."""
    tables = {name: Table(record, frozenset(record.fields), 0) for name, record in records.items()}
    return World(records, tables, calendars, calendar, 0)
