"""World: what rules are compiled against: record types, tables, calendars and the instant of judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.calendar import Calendar
from auditor.kinds.judgement import NotChecked
from auditor.records import RecordType, Table


@dataclass(frozen=True)
class World:
    """``tables`` are the record tables there are; ``as_of`` is UTC seconds; ``schema`` holds the tables in DuckDB.

    ``covers_until`` says of records until when (UTC seconds) their source declares to be complete.
    """

    records: Mapping[str, RecordType]
    tables: Mapping[str, Table]
    calendars: Mapping[str, Calendar]
    calendar: str
    as_of: int
    schema: str = "main"
    covers_until: Mapping[str, int] = field(default_factory=dict)

    def table(self, record: str) -> Table:
        """The table of a record type; raises NotChecked when the data has none."""
        found = self.tables.get(record)
        if found is None:
            raise NotChecked("record-missing", record)
        return found

    def as_of_for(self, records: Iterable[str]) -> int:
        """The instant of judgement for a rule that reads ``records``: no later than any of them is complete."""
        sources = {name: self.records[name].derive for name in records if name in self.records}
        read = {*records, *(derive.record for derive in sources.values() if derive)}
        return min([self.as_of, *(self.covers_until[name] for name in read if name in self.covers_until)])

    def sql_name(self, record: str) -> str:
        """The quoted, schema-qualified name of a record's table."""
        return f'"{self.schema}"."{record}"'


def declared_world(records: Mapping[str, RecordType], calendars: Mapping[str, Calendar], calendar: str) -> World:
    """A World in which every record type has all its columns and no rows, to check rules against."""
    tables = {name: Table(record, frozenset(record.fields), 0) for name, record in records.items()}
    return World(records, tables, calendars, calendar, 0)
