"""What a record type is: its fields with their types and the headers they are known by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator


class FieldType(StrEnum):
    """The types a field can have, and what a column of that type holds in DuckDB."""

    ID = "id"  # VARCHAR, leading zeros kept
    TEXT = "text"  # VARCHAR
    PERSON = "person"  # VARCHAR, inner spaces between CJK characters dropped
    TIME = "time"  # BIGINT UTC seconds; a date alone is local midnight with `<field>__dateonly` true
    NUMBER = "number"  # DOUBLE
    INTEGER = "integer"  # BIGINT
    YESNO = "yesno"  # BOOLEAN; "not applicable" is NULL and named in `_na`
    CLOCK = "clock"  # INTEGER seconds since local midnight (opening hours)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Field(_Frozen):
    """One field: its type, the headers it is known by, and (for yes/no) which words mean yes."""

    type: FieldType = FieldType.TEXT
    aliases: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    planned: bool = False
    """A planned or due time: does not count as an event when the newest event is looked for."""
    order: Literal["dmy", "mdy"] | None = None
    """How ``5/1/2024`` is meant in this field, for columns whose own values cannot tell."""
    relative_to: str | None = None
    """The time field of the same row that holds the date of a time written without one (``次日02:10``)."""
    after: str | None = None
    """The time field of the same row that cannot lie after this one: the start of which this is the end."""
    least: float | None = None
    most: float | None = None
    """The least and the greatest figure the column can hold; others are Problems."""
    outside: bool = False
    """A customer or guest: nobody's spelling of the name is joined with another, and no roster knows it."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        """A bare list is the aliases of a text field."""
        return {"aliases": value} if isinstance(value, list) else value


class DerivedColumn(_Frozen):
    """One column of a derived record: the first, last, least, greatest or count of a source column.

    ``first`` and ``last`` go by the derivation's time order and skip nulls; ``count`` takes ``"*"`` or
    a column (its non-null values). ``where`` is a condition over the source record.
    """

    take: Literal["first", "last", "min", "max", "count"]
    of: str
    where: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        """``{last: made_sla, where: ...}`` is ``{take: last, of: made_sla, where: ...}``."""
        if not isinstance(value, dict) or "take" in value:
            return value
        short = [word for word in ("first", "last", "min", "max", "count") if word in value]
        if len(short) != 1:
            return value
        rest = {key: item for key, item in value.items() if key != short[0]}
        return {"take": short[0], "of": value[short[0]], **rest}


class Derivation(_Frozen):
    """How a record type follows from another: one row per ``key``, in the time order of ``order``."""

    record: str
    key: str
    order: tuple[str, ...]
    columns: dict[str, DerivedColumn]

    @model_validator(mode="before")
    @classmethod
    def _one_order(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("order"), str):
            return {**value, "order": [value["order"]]}
        return value


class RecordType(_Frozen):
    """A canonical table: its names, the sheets it comes in, its key, its event time and its fields.

    ``key`` names the field that identifies a row; ``time`` the field that says when it happened.
    ``values`` lists the words a text field may take: any other cannot be read, because it may be a synonym of one.
    ``blank`` lists marks that mean an empty cell in this log (``?``).
    """

    name: str
    name_zh: str
    description: str = ""
    sheets: tuple[str, ...] = ()
    key: str | None = None
    time: str | None = None
    subject: str | None = None
    fields: dict[str, Field] = {}
    values: dict[str, tuple[str, ...]] = {}
    blank: tuple[str, ...] = ()
    derive: Derivation | None = None

    def header(self, field: str, lang: str) -> str:
        """What a column is usually called: its first header in Chinese, its name in English."""
        known = self.fields.get(field)
        return known.aliases[0] if lang == "zh" and known and known.aliases else field


def with_derived_fields(records: Mapping[str, RecordType]) -> dict[str, RecordType]:
    """The records, each derived one with the fields (and their types) that follow from its source."""
    return {name: _derived(record, records) for name, record in records.items()}


def _derived(record: RecordType, records: Mapping[str, RecordType]) -> RecordType:
    source = records.get(record.derive.record) if record.derive else None
    if record.derive is None or source is None:
        return record
    fields = {record.derive.key: source.fields.get(record.derive.key, Field())}
    for name, column in record.derive.columns.items():
        counted = Field(type=FieldType.INTEGER)
        fields[name] = counted if column.take == "count" else source.fields.get(column.of, Field())
    return record.model_copy(update={"fields": fields})
