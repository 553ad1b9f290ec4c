"""Table: what is known about one imported record table, apart from its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.records.model import FieldType, RecordType


@dataclass(frozen=True)
class Table:
    """One record table of a Dataset, as it stands in DuckDB under its record type's name.

    Columns in DuckDB: ``_row`` BIGINT (unique in the table), ``_source`` INTEGER (index into the
    Dataset's sources), ``_line`` BIGINT (1-based row in the sheet or file), ``_bad`` VARCHAR (``|field|field|``
    of the cells that could not be read or whose column their sheet lacks, else NULL), ``_na`` VARCHAR (same form,
    cells that said "not applicable"), then each field of ``columns`` under its own name and, for each time field,
    ``<field>__dateonly`` BOOLEAN.

    ``unreadable`` names the fields that occur in any ``_bad``, ``inapplicable`` those in any ``_na``,
    ``dateonly`` the time fields for which any row has a date without a time of day: expressions
    leave the checks out where they cannot matter, so clean large logs do not pay for them.
    """

    record: RecordType
    columns: frozenset[str]
    rows: int
    unreadable: frozenset[str] = frozenset()
    inapplicable: frozenset[str] = frozenset()
    dateonly: frozenset[str] = frozenset()
    types: dict[str, FieldType] = field(default_factory=dict)

    def type_of(self, column: str) -> FieldType:
        """The type of ``column``; raises KeyError for a column the record type does not have."""
        return self.types[column] if column in self.types else self.record.fields[column].type
