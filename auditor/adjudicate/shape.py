"""Whether a policy file has the right shape, said in our words and with the place of every mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from auditor.adjudicate.model import Policy
from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.shape import Shape
from auditor.yamlfile import YamlFile

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_FORMS = {
    r"^[a-z][a-z0-9_]*$": "Write a name: small letters, digits and _.",
    r"^[A-Z]{2,5}-[0-9]{3}$": "Write the id of a clause, such as REA-146.",
    r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$": "Write an attribute of an alias, such as first.period.",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$": "Write a word, or an attribute of an alias such as found.ground.",
    "look_back": "Write months, such as 12mon.",
    "value": "Write text, true or false, or a whole number; amounts in cents, times in minutes.",
}
_SHAPE = Shape(Policy, "a policy file", _FORMS)
_KEYS = [key for key in Policy.model_fields if key != "name"]


def shaped(file: YamlFile, name: str) -> tuple[Policy | None, list[Problem]]:
    """The file as a Policy called ``name``, or every way in which its shape is wrong."""
    if not isinstance(file.data, dict):
        what = "A policy file holds 'ladder' and 'policies'; this one does not."
        return None, [Problem(file.at(()), "not-a-policy", what, "Start it with 'ladder:' and 'policies:'.", True)]
    problems = []
    if "name" in file.data:
        what = "There is no key 'name' in a policy file."
        problems.append(Problem(file.at(("name",), key=True), "unknown-key", what, nearest("name", _KEYS), True))
    try:
        policy = Policy.model_validate({**file.data, "name": name})
    except ValidationError as error:
        return None, problems + _mistakes(file, error.errors())
    return (None if problems else policy), problems


def _mistakes(file: YamlFile, errors: list[ErrorDetails]) -> list[Problem]:
    """Absence is a mistake of its own: what else its entry lacks is left out."""
    absences = [each["loc"] for each in errors if each["loc"][-1] == "none" and "when" in each["loc"]]
    entries = {loc[:-1] for loc in absences}
    rest = [each for each in errors if each["loc"][:-1] not in entries]
    return [_absence(file, loc) for loc in absences] + _SHAPE.mistakes(rest, file.data, file.at)


def _absence(file: YamlFile, loc: tuple[int | str, ...]) -> Problem:
    what = "Absence cannot be asked for here: the evidence might only come later."
    return Problem(file.at(loc, key=True), "absence", what, "Ask for a tally with 'count: 0' instead.", True)
