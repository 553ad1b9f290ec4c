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
        return Policy.model_validate({**_unnamed(file.data), "name": name}), []
    except ValidationError as error:
        absences = {each["loc"][:-1] for each in error.errors() if _is_absence(each["loc"])}
        told = (each for each in error.errors() if each["type"] != "missing" or each["loc"][:-1] not in absences)
        return None, [_problem(file, each) for each in told]


def _is_absence(loc: Place) -> bool:
    return loc[-1] == "none" and "when" in loc


def _unnamed(data: dict[str, Any]) -> dict[str, Any]:
    """A policy is called as its file is, so a ``name`` written in it is as unknown as any other key."""
    return {f"{key} " if key == "name" else key: value for key, value in data.items()}


def _problem(file: YamlFile, error: ErrorDetails) -> Problem:
    place = _written(error["loc"])
    last = place[-1]
    match error["type"]:
        case "extra_forbidden" if _is_absence(place):
            what = "Absence cannot be asked for here: the evidence might only come later."
            return Problem(file.at(place, key=True), "absence", what, "Ask for a tally with 'count: 0' instead.", True)
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


def _written(loc: Place) -> Place:
    """The place in the file: attributes that the model keeps under ``values`` are written one level higher."""
    kept = (part for part in loc if part not in ("values", "[key]"))
    return tuple(part.strip() if isinstance(part, str) else part for part in kept)


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
