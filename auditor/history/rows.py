"""Rows: records as rows of the tables and back. Documents are kept as JSON text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

from auditor.history.record import ConsequenceRecord, FindingRecord, InputRecord, RuleRecord, RunRecord

Record = TypeVar("Record", RunRecord, InputRecord, RuleRecord, FindingRecord, ConsequenceRecord)

_DOCUMENTS = {"settings", "versions", "counts", "details"}
_LISTS = {"regulations", "findings", "names", "held_because"}


def row_of(record: Record, columns: Sequence[str]) -> list[Any]:
    """The values of ``columns``, in their order."""
    return [_kept(name, getattr(record, name)) for name in columns]


def record_of(kind: type[Record], columns: Sequence[str], row: Sequence[Any], **more: Any) -> Record:
    """The record whose ``columns`` are in ``row``; ``more`` are fields that stand elsewhere."""
    values = {name: _read(name, value) for name, value in zip(columns, row, strict=True)}
    return kind(**values, **more)


def columns_of(kind: type[Record], *without: str) -> tuple[str, ...]:
    """The fields of a record that are columns of its table."""
    return tuple(field.name for field in fields(kind) if field.name not in without)


def _kept(name: str, value: Any) -> Any:
    if name in _DOCUMENTS and value is not None:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return list(value) if name in _LISTS else value


def _read(name: str, value: Any) -> Any:
    if name in _DOCUMENTS and value is not None:
        return json.loads(value)
    return tuple(value) if name in _LISTS else value
