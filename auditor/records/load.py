"""Reading ``records.yaml``: record types, with the place of every mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from auditor.problem import Problem
from auditor.records.cross_check import cross_check
from auditor.records.model import RecordType, with_derived_fields
from auditor.shape import Shape
from auditor.yamlfile import YamlFile, read_yaml

_FORMS = {
    "fields": "Write `name: [headers]` or `name: {type: ..., aliases: [headers]}`.",
    "sheets": "Write a list, such as [维修单, 报修登记].",
    "aliases": "Write a list, such as [受理时间, 接单时间].",
    "derive": "Write {record: ..., key: ..., order: ..., columns: {...}}.",
}
_SHAPE = Shape(RecordType, "a record type", _FORMS)


def read_record_types(path: Path, name: str | None = None) -> tuple[dict[str, RecordType], list[Problem]]:
    """The record types of the file at ``path``, by name, in file order, and every mistake in it.

    A record type with a mistake of form is left out; ``name`` is how the file is called in messages.
    """
    file, problems = read_yaml(path, name=name)
    if file is None:
        return {}, problems
    if not isinstance(file.data, dict):
        what = "The file does not hold record types."
        return {}, [*problems, Problem(file.at(()), "no-records", what, "Write `name: {fields: {...}}`.", True)]
    records: dict[str, RecordType] = {}
    for key, value in file.data.items():
        record = _record(file, key, value, problems)
        if record is not None:
            records[key] = record
    return with_derived_fields(records), problems + cross_check(file, records)


def _record(file: YamlFile, name: str, value: Any, problems: list[Problem]) -> RecordType | None:
    """One record type, or None with its problems added."""
    if not isinstance(value, dict):
        what = f"The record type '{name}' is not a mapping."
        problems.append(Problem(file.at((name,)), "wrong-form", what, "Give it name_zh and fields.", True))
        return None
    try:
        return RecordType.model_validate({"name": name, **value})
    except ValidationError as error:
        problems += _SHAPE.mistakes(error.errors(), value, file.within((name,)))
        return None
