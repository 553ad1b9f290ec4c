"""mutants: a rule to the rules that differ from it in one figure, one comparison or one choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from auditor.duration import Duration
from auditor.kinds import Rule
from auditor.rulebook.entry import Entry
from auditor.rulebook.mutants import figures
from auditor.rulebook.mutants.expressions import expressions
from auditor.rulebook.mutants.slip import Slip
from auditor.yamlfile import Path_

_CONDITIONS = ("when", "where", "must", "if", "match", "target", "rate", "mean", "median", "p90")
_PERIODS = ("every", "window")
_ABOUT = frozenset(Rule.model_fields) - {"lookup", "when", "unless", "missing"} | {"severity", "critical", "because"}
"""What names, cites or weighs a rule, and does not decide what it comes to."""


@dataclass(frozen=True)
class Mutant:
    """A rule that differs from one of the rulebook by one slip at ``path``."""

    rule: Rule
    path: Path_
    slip: Slip

    @property
    def words(self) -> str:
        """What was changed, such as ``within 24h -> 25h``."""
        return f"{'.'.join(str(part) for part in self.path)} {self.slip.was} -> {self.slip.now}"


def mutants(entry: Entry) -> Iterator[Mutant]:
    """Every mutant of a rule that is a valid rule itself, in the order in which the rule is written."""
    written = entry.written()
    for path, slip in _slips(entry.rule, written, ()):
        try:
            yield Mutant(type(entry.rule).model_validate(_changed(written, path, slip.value)), path, slip)
        except ValidationError:
            continue


def _slips(part: BaseModel, written: Mapping[str, Any], path: Path_) -> Iterator[tuple[Path_, Slip]]:
    """The slips in one part of a rule; what is not written, because it is the default, is left alone."""
    names = {field.alias or name: name for name, field in type(part).model_fields.items() if name not in _ABOUT}
    for key in written:
        if key not in names:
            continue
        value, here = getattr(part, names[key]), (*path, key)
        annotation = type(part).model_fields[names[key]].annotation
        yield from ((here, slip) for slip in _of_value(key, value, written[key], annotation))
        if key == "unless":
            yield from (((*here, index), _without_exception(one["if"])) for index, one in enumerate(written[key]))
        for step, inner in _inner(value):
            below = written[key] if step is None else written[key][step]
            yield from _slips(inner, below, here if step is None else (*here, step))


def _of_value(key: str, value: object, written: object, annotation: object) -> Iterator[Slip]:
    if isinstance(value, Duration):
        return figures.durations(value)
    if isinstance(value, bool):
        return figures.choices(value, (True, False))
    if isinstance(value, int | float) and isinstance(written, int | float):
        return figures.numbers(written)
    if not isinstance(value, str):
        return iter(())
    if options := _options(annotation):
        return figures.choices(value, options)
    if key in _CONDITIONS:
        return expressions(value)
    return figures.periods(value) if key in _PERIODS else figures.clocks(value)


def _options(annotation: object) -> tuple[object, ...]:
    """The words of a Literal, also where the field may be left out."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(word for one in get_args(annotation) if get_origin(one) is Literal for word in get_args(one))


def _inner(value: object) -> Iterator[tuple[str | int | None, BaseModel]]:
    """The parts of a rule within a value, each with the step that leads to it."""
    if isinstance(value, BaseModel):
        yield None, value
        return
    items: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(value, Mapping):
        items = iter(value.items())
    elif isinstance(value, tuple):
        items = iter(enumerate(value))
    yield from ((step, one) for step, one in items if isinstance(one, BaseModel))


def _without_exception(condition: str) -> Slip:
    return Slip(None, condition, "no exception", "one that is excepted and would fail")


def _changed(written: Any, path: Path_, value: Any) -> Any:
    """``written`` with another value at ``path``; a list loses what becomes None."""
    if not path:
        return value
    step = path[0]
    inner = _changed(written[step], path[1:], value)
    if isinstance(written, Mapping):
        return {key: inner if key == step else one for key, one in written.items()}
    changed = [inner if index == step else one for index, one in enumerate(written)]
    return [one for one in changed if one is not None]
