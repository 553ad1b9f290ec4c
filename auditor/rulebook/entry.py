"""Entry: a rule as it stands in its file: the model, the place, the parameters and the examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from auditor.kinds import Rule
from auditor.location import Location
from auditor.rulebook.example import Example
from auditor.rulebook.parameters import Parameter, substitute
from auditor.rulebook.tailoring import Change
from auditor.yamlfile import YamlFile


@dataclass(frozen=True)
class Entry:
    """One rule with everything that is known about it; ``index`` is its place in the file's list.

    ``changes`` are those of a tailoring, by their kind and the name of what they change.
    """

    rule: Rule
    file: YamlFile = field(repr=False)
    index: int
    parameters: Mapping[str, Parameter]
    examples: tuple[Example, ...]
    changes: Mapping[tuple[str, str], Change] = field(default_factory=dict)

    def place(self, path: tuple[str | int, ...] = (), *, key: bool = False) -> Location:
        """Where a part of the rule is written."""
        return self.file.at(("rules", self.index, *path), key=key)

    def raw(self) -> Mapping[str, Any]:
        """The rule as it is written, defaults of its file included."""
        return {**(self.file.data.get("defaults") or {}), **self.file.data["rules"][self.index]}

    def written(self) -> Mapping[str, Any]:
        """The rule as it is validated: every parameter replaced by its figure, the examples left out."""
        raw = {"regulation": self.rule.regulation, **self.raw()}
        raw.pop("examples", None)
        return cast(Mapping[str, Any], substitute(raw, self.parameters))

    @property
    def unconfigured(self) -> tuple[str, ...]:
        """The parameters that nobody has set."""
        return tuple(name for name, parameter in self.parameters.items() if not parameter.configured)

    @property
    def ours(self) -> tuple[str, ...]:
        """The parameters whose figure is ours, not the regulation's."""
        return tuple(name for name, parameter in self.parameters.items() if parameter.origin == "ours")
