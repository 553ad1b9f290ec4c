"""Parameters: the figures of a rule file, and how ``${name}`` is replaced by them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from auditor.mistake import Mistake
from auditor.problem import Problem
from auditor.shape import Shape
from auditor.yamlfile import Path_, YamlFile

_REFERENCE = re.compile(r"\$\{([^}]*)\}")


class Parameter(BaseModel):
    """A figure: printed in the regulation (``source``) or chosen by us (``ours``); ``null`` is not configured.

    ``proposed`` is used to check and rehearse a rule whose ``value`` nobody has set.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str | int | float | bool | None
    origin: Literal["source", "ours"] = Field(alias="from")
    note: str | None = None
    proposed: str | int | float | None = None

    @model_validator(mode="after")
    def _has_a_figure(self) -> Self:
        """A figure that is not set is proposed, so that its rules can be checked and rehearsed."""
        if self.value is None and self.proposed is None:
            what = "A parameter without a value needs a proposed one."
            raise Mistake(what, "Add `proposed: ...`; its rules stay not configured until `value` is set.", "value")
        return self

    @property
    def configured(self) -> bool:
        """Whether somebody has set the figure."""
        return self.value is not None


_SHAPE = Shape(Parameter, "a parameter", {"from": "Add `from: source` (the regulation) or `from: ours`."})


def read_parameters(file: YamlFile) -> tuple[dict[str, Parameter], list[Problem]]:
    """The parameters that a rule file declares, by name, and every mistake in them; wrong ones are left out."""
    found: dict[str, Parameter] = {}
    raw = file.data.get("parameters") or {}
    if not isinstance(raw, dict):
        what, remedy = "'parameters' should be a mapping.", "Write `name: {value: 24h, from: source}`."
        return {}, [Problem(file.at(("parameters",)), "wrong-value", what, remedy, True)]
    problems: list[Problem] = []
    for name, value in raw.items():
        place = file.within(("parameters", name))
        written = value if isinstance(value, dict) else {"value": value}
        try:
            found[name] = Parameter.model_validate(written)
        except ValidationError as error:
            problems += _SHAPE.mistakes(error.errors(), written, place)
    return found, problems


def references(value: Any, path: Path_ = ()) -> list[tuple[Path_, str]]:
    """Every ``${name}`` in a rule with its path, in reading order; examples are left out."""
    if isinstance(value, str):
        return [(path, name) for name in _REFERENCE.findall(value)]
    items: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        items = [(key, item) for key, item in value.items() if key != "examples"]
    elif isinstance(value, list):
        items = list(enumerate(value))
    return [found for key, item in items for found in references(item, (*path, key))]


def substitute(value: Any, parameters: Mapping[str, Parameter]) -> Any:
    """``value`` with every reference replaced; inside a text the figure is written as an SQL literal."""
    if isinstance(value, dict):
        return {key: item if key == "examples" else substitute(item, parameters) for key, item in value.items()}
    if isinstance(value, list):
        return [substitute(item, parameters) for item in value]
    if not isinstance(value, str):
        return value
    whole = _REFERENCE.fullmatch(value)
    if whole:
        return _figure(parameters.get(whole[1]))
    return _REFERENCE.sub(lambda match: _literal(_figure(parameters.get(match[1]))), value)


def _figure(parameter: Parameter | None) -> Any:
    if parameter is None:
        return None
    return parameter.value if parameter.configured else parameter.proposed


def _literal(figure: Any) -> str:
    if isinstance(figure, str):
        return "'" + figure.replace("'", "''") + "'"
    return "null" if figure is None else str(figure).lower() if isinstance(figure, bool) else str(figure)
