"""Checks of record types against themselves and each other: names that refer to nothing, doubled headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.records.model import FieldType, RecordType
from auditor.yamlfile import Path_, YamlFile


def cross_check(file: YamlFile, records: Mapping[str, RecordType]) -> list[Problem]:
    """Everything in ``records`` that names a field or record which is not there."""
    problems: list[Problem] = []
    for record in records.values():
        problems += [
            *_own_names(file, record),
            *_relative(file, record),
            *_doubled_aliases(file, record),
            *_derivation(file, record, records),
        ]
    return problems


def _own_names(file: YamlFile, record: RecordType) -> Iterator[Problem]:
    """``key``, ``time``, ``subject`` and ``values`` name fields of the record."""
    derive = record.derive
    known = [*record.fields, *((derive.key, *derive.columns) if derive else ())]
    for role in ("key", "time", "subject"):
        field = getattr(record, role)
        if field is not None and field not in known:
            yield _unknown(file, (record.name, role), field, record.name, known)
    for field in record.values:
        if field not in known:
            yield _unknown(file, (record.name, "values", field), field, record.name, known)
    if record.time in record.fields and record.fields[record.time].type is not FieldType.TIME:
        what = f"The time of '{record.name}' is '{record.time}', which is not a field of type time."
        yield Problem(file.at((record.name, "time")), "not-a-time", what, "Give it `type: time`.", True)


def _relative(file: YamlFile, record: RecordType) -> Iterator[Problem]:
    """``relative_to`` and ``after`` name another time field of the record, and are said of a time field."""
    for name, field in record.fields.items():
        for key, named in (("relative_to", field.relative_to), ("after", field.after)):
            if named is None:
                continue
            place = (record.name, "fields", name, key)
            other = record.fields.get(named)
            if other is None:
                yield _unknown(file, place, named, record.name, list(record.fields))
            elif {field.type, other.type} != {FieldType.TIME} or field is other:
                what = f"'{name}' cannot be {key.replace('_', ' ')} '{named}': both must be times, and not the same."
                yield Problem(file.at(place), "not-a-time", what, "Name another field of type time.", True)


def _doubled_aliases(file: YamlFile, record: RecordType) -> Iterator[Problem]:
    """No header stands for two fields of one record."""
    owner: dict[str, str] = {}
    for name, field in record.fields.items():
        for alias in field.aliases:
            if owner.setdefault(alias, name) != name:
                what = f"The header '{alias}' stands for both '{owner[alias]}' and '{name}'."
                yield Problem(file.at((record.name, "fields", name)), "doubled-alias", what, "Keep it at one.", True)


def _derivation(file: YamlFile, record: RecordType, records: Mapping[str, RecordType]) -> Iterator[Problem]:
    """A derived record names a record, key, order and columns that exist."""
    derive = record.derive
    if derive is None:
        return
    base: Path_ = (record.name, "derive")
    source = records.get(derive.record)
    if source is None or source.derive is not None:
        yield _unknown(file, (*base, "record"), derive.record, "", [n for n, r in records.items() if not r.derive])
        return
    named: list[tuple[Path_, str]] = [((*base, "key"), derive.key)]
    named += [((*base, "order"), word) for word in derive.order]
    named += [((*base, "columns", name), col.of) for name, col in derive.columns.items() if col.of != "*"]
    for path, field in named:
        if field not in source.fields:
            yield _unknown(file, path, field, source.name, list(source.fields))
    for name, column in derive.columns.items():
        if column.of == "*" and column.take != "count":
            what = f"'{column.take}' needs a column; '*' can only be counted."
            yield Problem(file.at((*base, "columns", name)), "not-countable", what, "Name a field.", True)


def _unknown(file: YamlFile, path: Path_, word: str, record: str, known: list[str]) -> Problem:
    what = f"'{record}' has no field '{word}'." if record else f"There is no record type '{word}' to derive from."
    return Problem(file.at(path), "unknown-name", what, nearest(word, known), True)
