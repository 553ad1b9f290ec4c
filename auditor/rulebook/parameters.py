"""Parameters: the figures of a rule file, and how ``${name}`` is replaced by them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

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

    @property
    def configured(self) -> bool:
        """Whether somebody has set the figure."""
        return self.value is not None


Path = tuple[str | int, ...]


def references(value: Any, path: Path = ()) -> list[tuple[Path, str]]:
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
