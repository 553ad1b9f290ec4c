"""Whether a policy file has the right shape, said in our words and with the place of every mistake."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from auditor.adjudicate.model import (
    Antecedent,
    Comparison,
    Conclusion,
    Example,
    Hit,
    Ladders,
    Measure,
    Model,
    Policy,
    Provision,
    Term,
    Title,
)
from auditor.problem import Problem
from auditor.yamlfile import YamlFile

Place = tuple[str | int, ...]


def nearest(word: object, known: Iterable[str]) -> str:
    """``Did you mean 'x'?`` or ``It can be a, b or c.``"""
    known = sorted(known)
    close = get_close_matches(str(word), known, n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"It can be {_listed(known)}." if known else "None is declared in this file."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def shaped(file: YamlFile, name: str) -> tuple[Policy | None, list[Problem]]:
    """The file as a Policy called ``name``, or every way in which its shape is wrong."""
    if not isinstance(file.data, dict):
        what = "A policy file holds 'ladder' and 'policies'; this one does not."
        return None, [Problem(file.at(()), "not-a-policy", what, "Start it with 'ladder:' and 'policies:'.", True)]
    try:
        return Policy.model_validate({"name": name, **file.data}), []
    except ValidationError as error:
        return None, [_problem(file, each) for each in error.errors()]


def _problem(file: YamlFile, error: ErrorDetails) -> Problem:
    place = _written(file, error["loc"])
    last = error["loc"][-1]
    match error["type"]:
        case "extra_forbidden":
            known = _keys(error["loc"][:-1])
            what = f"The key '{last}' is unknown."
            return Problem(file.at(place, key=True), "unknown-key", what, nearest(last, known), True)
        case "missing":
            what = f"The key '{last}' is missing."
            return Problem(file.at(place), "missing-key", what, f"Write '{last}:' here.", True)
        case kind:
            what, remedy = _wording(kind, error, last)
            return Problem(file.at(place), "wrong-value", what, remedy, True)


def _wording(kind: str, error: ErrorDetails, last: str | int) -> tuple[str, str]:
    shown, limits = _shown(error["input"]), error.get("ctx", {})
    match kind:
        case "literal_error":
            return f"'{last}' cannot be {shown}.", nearest(error["input"], _choices(limits))
        case "string_pattern_mismatch":
            return f"{shown} is not {_PATTERNS.get(str(limits['pattern']), 'well formed')}.", "Correct its spelling."
        case "value":
            what = f"{shown} is neither text, nor true or false, nor a whole number."
            return what, "Write one of these; amounts in cents, times in minutes."
        case "too_short":
            return f"'{last}' is empty.", f"Write at least one entry under '{last}'."
        case _:
            return f"'{last}' cannot be {shown}.", f"Write {_WANTED.get(kind, 'it as the documentation shows')}."


_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "a name (small letters, digits and _)",
    r"^[A-Z]{2,5}-[0-9]{3}$": "the id of a clause, such as REA-146",
    r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$": "an attribute of an alias, such as first.period",
}
_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
}


def _choices(limits: dict[str, Any]) -> list[str]:
    return [word.strip("' ") for word in str(limits["expected"]).replace(" or ", ",").split(",")]


def _shown(value: object) -> str:
    if isinstance(value, dict | list | tuple):
        return "a list" if not isinstance(value, dict) else "keys and values"
    return "empty" if value is None else f"'{value}'"


def _written(file: YamlFile, loc: Place) -> Place:
    """The place in the file: attributes that the model keeps under ``values`` are written one level higher."""
    return tuple(part for part in loc if part not in ("values", "[key]"))


_BY_KEY: dict[str, type[BaseModel]] = {
    "": Policy,
    "ladder": Ladders,
    "hit": Hit,
    "title": Title,
    "conclude": Conclusion,
    "consequence": Term,
    "where": Comparison,
}
_ITEMS: dict[str, type[BaseModel]] = {
    "policies": Provision,
    "when": Antecedent,
    "examples": Example,
    **dict.fromkeys(Ladders.model_fields, Measure),
}


def _keys(loc: Place) -> list[str]:
    """The keys that may be written at a place."""
    names = [part for part in loc if isinstance(part, str)]
    if loc and isinstance(loc[-1], int):
        model = _ITEMS.get(names[-1], Model)
    elif "where" in names:
        model = Comparison
    else:
        model = _BY_KEY.get(names[-1] if names else "", Model)
    fields = ((name, field.alias) for name, field in model.model_fields.items())
    return [alias or name for name, alias in fields if (alias or name) not in ("name", "values")]
