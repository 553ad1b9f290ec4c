"""Reading ``records.yaml``: record types, with the place of every mistake."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from auditor.problem import Problem
from auditor.records.cross_check import cross_check
from auditor.records.model import FieldType, RecordType, with_derived_fields
from auditor.yamlfile import Path_, YamlFile, read_yaml

_WANTED = {
    "string_type": "a text",
    "tuple_type": "a list, written [a, b]",
    "dict_type": "a mapping of names to values",
    "model_type": "a mapping of names to values",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
}


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
        problems += [_problem(file, name, dict(entry)) for entry in error.errors()]
        return None


def _problem(file: YamlFile, name: str, entry: dict[str, Any]) -> Problem:
    """One of pydantic's errors in our words, at its place."""
    path: Path_ = (name, *entry["loc"])
    word = str(path[-1])
    if entry["type"] == "extra_forbidden":
        what, remedy = f"The key '{word}' is not known here.", _nearest(word, _allowed(path))
        return Problem(file.at(path, key=True), "unknown-key", what, remedy, True)
    if entry["type"] == "missing":
        what = f"The key '{word}' is missing."
        return Problem(file.at(path[:-1], key=True), "missing-key", what, f"Add `{word}:` here.", True)
    if entry["type"] in ("enum", "literal_error"):
        choices = [item.value for item in FieldType] if word == "type" else _choices(entry)
        what = f"'{entry['input']}' is no {word} of a field."
        return Problem(file.at(path), "unknown-word", what, _nearest(str(entry["input"]), choices), True)
    what = f"The value of '{word}' should be {_WANTED.get(entry['type'], 'written differently')}."
    return Problem(file.at(path), "wrong-form", what, "Correct it.", True)


def _choices(entry: dict[str, Any]) -> list[str]:
    """The allowed words of a literal, out of pydantic's text of them."""
    expected = str(entry["ctx"]["expected"]).replace(" or ", ", ")
    return [word.strip("'") for word in expected.split(", ")]


def _allowed(path: Path_) -> list[str]:
    """The keys that may stand where the unknown one does."""
    if len(path) == 2:
        return [key for key in RecordType.model_fields if key != "name"]
    if path[1] == "fields":
        return ["type", "aliases", "yes", "no", "planned", "order"]
    return ["record", "key", "order", "columns"] if len(path) == 3 else ["take", "of", "where"]


def _nearest(word: str, choices: list[str]) -> str:
    """A remedy that names the nearest choice, or all of them."""
    near = get_close_matches(word, choices, n=1)
    return f"Did you mean '{near[0]}'?" if near else f"Choose one of: {', '.join(choices)}."
