"""Mistakes in rule files: pydantic's findings in our words, each at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from auditor.condition.names import nearest
from auditor.location import Location
from auditor.problem import Problem

Path = tuple[str | int, ...]
Place = Callable[..., Location]

_NEEDED = {
    "string_type": "text", "int_type": "a whole number", "int_parsing": "a whole number", "bool_type": "true or false",
    "bool_parsing": "true or false", "float_type": "a number", "float_parsing": "a number", "tuple_type": "a list",
    "list_type": "a list", "dict_type": "a mapping", "model_type": "a mapping", "model_attributes_type": "a mapping",
    "int_from_float": "a whole number",
}  # fmt: skip


def mistakes(error: ValidationError, raw: Any, model: type[BaseModel], called: str, place: Place) -> list[Problem]:
    """One Problem for each wrong place in ``raw``; ``called`` is what the thing is ("a deadline rule").

    ``place(path, key=...)`` gives the location of a path inside ``raw``.
    """
    found: dict[Path, Problem] = {}
    for one in error.errors(include_url=False):
        path = _written_path(one["loc"], raw)
        if path not in found:
            found[path] = _problem(dict(one), path, raw, model, called, place)
    return list(found.values())


def _written_path(loc: Path, raw: Any) -> Path:
    """The part of pydantic's path that stands in the file: names of union branches are left out."""
    path: list[str | int] = []
    here = raw
    for step in loc:
        if isinstance(here, Mapping) and step in here or isinstance(here, list) and isinstance(step, int):
            path.append(step)
            here = here[step]  # type: ignore[index]
    missing = loc[-1] if loc and isinstance(here, Mapping) and loc[-1] not in here else None
    return (*path, missing) if isinstance(missing, str) and missing.isidentifier() and not path[-1:] == [missing] else tuple(path)


def _problem(one: dict[str, Any], path: Path, raw: Any, model: type[BaseModel], called: str, place: Place) -> Problem:
    kind, name = one["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        fields = _fields(model) if len(path) == 1 else ()
        remedy = nearest(name, fields) or (f"Allowed are {', '.join(sorted(fields))}." if fields else "Remove it.")
        return Problem(place(path, key=True), "unknown-field", f"There is no field '{name}' in {called}.", remedy, True)
    if kind == "missing":
        what = f"{called[0].upper()}{called[1:]} needs '{name}'."
        return Problem(place(path[:-1]), "missing-field", what, f"Add `{name}: ...`.", True)
    if kind == "literal_error":
        allowed = [word.strip("' ") for word in one["ctx"]["expected"].replace(" or ", ", ").split(",")]
        what = f"'{one['input']}' is not a value of '{name}'."
        remedy = nearest(str(one["input"]), allowed) or f"Use one of {', '.join(allowed)}."
        return Problem(place(path), "unknown-value", what, remedy, True)
    if kind == "value_error":
        return _own_words(str(one["ctx"]["error"]), path, place)
    if kind == "string_pattern_mismatch":
        what = f"'{one['input']}' is not a good '{name}'."
        return Problem(place(path), "bad-id", what, "Write it like DEC-AS-01: capitals, digits and hyphens.", True)
    needed = _NEEDED.get(kind, "something else")
    what = f"'{name}' should be {needed}, not {_shown(one['input'])}."
    return Problem(place(path), "wrong-type", what, "See the rule reference for its form.", True)


def _own_words(text: str, path: Path, place: Place) -> Problem:
    """A ValueError of ours: ``field|what|remedy``, the field relative to the model that raised it."""
    field, what, remedy = (text.split("|") + ["", ""])[:3] if "|" in text else ("", text, "Correct it.")
    return Problem(place((*path, field) if field else path), "wrong-value", what, remedy, True)


def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(info.alias or name for name, info in model.model_fields.items())


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else f"'{value}'"
