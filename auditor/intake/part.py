"""Part: one source's contribution to a record table, as SQL that has not run yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditor.intake.columns import TextColumn
from auditor.intake.dataset import Source
from auditor.intake.header import Candidate
from auditor.intake.values import CellReader, reader_of
from auditor.records import FieldType, RecordType


@dataclass(frozen=True)
class Expression:
    """A field as SQL over the part's relation: its value and, where they can be true, three doubts.

    ``dateonly``: a time is a date alone; ``bad``: the cell could not be read; ``na``: it said "not applicable".
    """

    value: str
    dateonly: str = "FALSE"
    bad: str | None = None
    na: str | None = None


@dataclass(frozen=True)
class Part:
    """``relation`` (aliased ``r``) with ``joins`` gives the rows; ``fields`` what is read from them.

    ``in_place`` parts stay where they are (Parquet) and are seen through a view; ``scratch`` tables
    can be dropped once a part has been copied.
    """

    record: RecordType
    source: Source
    relation: str
    fields: Mapping[str, Expression]
    joins: str = ""
    in_place: bool = False
    scratch: tuple[str, ...] = field(default=())


def expression_of(column: TextColumn, states: Sequence[int]) -> Expression:
    """The Expression of a text column in whose odd cells the given states were seen."""
    bad = column.state_is(3) if 3 in states else None
    na = column.state_is(2) if 2 in states else None
    dateonly = column.dateonly if column.type is FieldType.TIME else "FALSE"
    return Expression(column.value, dateonly, bad, na)


def reader_for(chosen: Candidate, field_name: str, zone: str) -> CellReader:
    """The reader of a field of ``chosen``, with what people have said of the dates in its sheet."""
    reader, said = reader_of(chosen.record, field_name, zone), chosen.mapping
    return replace(reader, order=said.order or reader.order, year=said.year or reader.year)
