"""Shape: what pydantic found wrong with the content of a file, in our words and at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from auditor.mistake import Mistake, close, nearest
from auditor.problem import Problem
from auditor.yamlfile import Path_, Place

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_NEEDED = {
    "string": "text", "int": "a whole number", "bool": "true or false", "float": "a number",
    "tuple": "a list", "list": "a list", "dict": "a mapping", "model": "a mapping",
}  # fmt: skip
_BOUNDS = {"ge": "at least {}", "gt": "more than {}", "le": "at most {}", "lt": "less than {}"}


@dataclass(frozen=True)
class Shape:
    """What a value should look like: its ``model``, what it is ``called`` ("a deadline rule"), and ``forms``.

    ``forms`` holds the remedy for a field, by its name, or for a text, by the pattern it must match.
    """

    model: type[BaseModel]
    called: str
    forms: Mapping[str, str]

    def mistakes(self, errors: Iterable[ErrorDetails], raw: Any, place: Place) -> list[Problem]:
        """One Problem for each wrong place in ``raw``; ``place(path, key=...)`` locates a path inside it."""
        found: dict[Path_, ErrorDetails] = {}
        for error in errors:
            found.setdefault(_written(error["loc"], raw), error)
        return [self._problem(error, path, place) for path, error in found.items() if self._tells(error, path, found)]

    def _tells(self, error: ErrorDetails, path: Path_, found: Mapping[Path_, ErrorDetails]) -> bool:
        """Whether the error says something that no other one says better."""
        if error["type"] == "missing":
            beside = (one for other, one in found.items() if other[:-1] == path[:-1])
            typos = (str(one["loc"][-1]) for one in beside if one["type"] == "extra_forbidden")
            return all(close(typo, self._keys(error)) != path[-1] for typo in typos)
        return not any(other[: len(path)] == path and len(other) > len(path) for other in found)

    def _problem(self, error: ErrorDetails, path: Path_, place: Place) -> Problem:
        kind, name = error["type"], str(path[-1]) if path else ""
        mistake = error.get("ctx", {}).get("error")
        if isinstance(mistake, Mistake):
            where = place((*path, mistake.field) if mistake.field else path, key=error["loc"][-1:] == ("[key]",))
            return Problem(where, "wrong-value", mistake.what, mistake.remedy, True)
        if kind == "extra_forbidden":
            what = f"There is no key '{name}' in {self._holder(path)}."
            return Problem(place(path, key=True), "unknown-key", what, nearest(name, self._keys(error)), True)
        if kind == "missing":
            what = f"{_capital(self._holder(path))} needs '{name}'."
            return Problem(
                place(path[:-1], key=True), "missing-key", what, self.forms.get(name, f"Add `{name}: ...`."), True
            )
        if kind in ("literal_error", "enum"):
            remedy = nearest(error["input"], _choices(error))
            return Problem(place(path), "unknown-value", f"'{name}' cannot be {_shown(error['input'])}.", remedy, True)
        what, remedy = self._wording(error, path)
        return Problem(place(path), "wrong-value", what, remedy, True)

    def _wording(self, error: ErrorDetails, path: Path_) -> tuple[str, str]:
        """What is wrong with a value of the wrong type or size, and the remedy."""
        limits, shown = error.get("ctx", {}), _shown(error["input"])
        subject = _capital(self._holder((*path, "")))
        needed = _NEEDED.get(error["type"].split("_")[0]) or "a whole number" * (error["type"] == "int_from_float")
        names = [str(name) for name in (*path[-1:], limits.get("pattern"), error["type"])]
        form = next((self.forms[name] for name in names if name in self.forms), None)
        if error["type"] == "too_long":
            return f"{subject} has {limits['actual_length']} entries.", f"Write at most {limits['max_length']}."
        bounds = [words.format(limits[bound]) for bound, words in _BOUNDS.items() if bound in limits]
        if bounds:
            return f"{subject} cannot be {shown}.", form or f"Write {bounds[0]}."
        if error["loc"][-1:] == ("[key]",):
            return f"{subject} cannot be a key here.", form or "Correct its spelling."
        if not needed or error["type"] == "string_pattern_mismatch":
            return f"{subject} cannot be {shown}.", form or "Correct its spelling."
        keys = _required(self._model(error["loc"])) if needed == "a mapping" else ()
        written = "{" + ", ".join(f"{key}: ..." for key in keys) + "}" if keys else needed
        return f"{subject} should be {needed}, not {shown}.", form or f"Write {written}."

    def _holder(self, path: Path_) -> str:
        """What holds the last step of ``path``, for a sentence."""
        names = [step for step in path[:-1] if isinstance(step, str)]
        if not names:
            return self.called
        return f"'{names[-1]}'" if isinstance(path[-2], str) else f"an entry of '{names[-1]}'"

    def _keys(self, error: ErrorDetails) -> list[str]:
        """The keys that may be written where an unknown or missing one was found."""
        model = self._model(error["loc"][:-1])
        return [] if model is None else [info.alias or name for name, info in model.model_fields.items()]

    def _model(self, loc: tuple[int | str, ...]) -> type[BaseModel] | None:
        """The model at pydantic's path ``loc``."""
        here: list[Any] = [self.model]
        for step in loc:
            here = [part for one in here for part in _inside(one, step)] or here
        return next((one for one in here if _is_model(one)), None)


def _written(loc: tuple[int | str, ...], raw: Any) -> Path_:
    """The part of pydantic's path that stands in the file, and the key that is missing from it."""
    path: list[str | int] = []
    here = raw
    for step in loc:
        if (isinstance(here, Mapping) and step in here) or (isinstance(here, list) and isinstance(step, int)):
            path.append(step)
            here = here[step]  # type: ignore[index]
    last = loc[-1] if loc else 0
    absent = isinstance(here, Mapping) and isinstance(last, str) and last.isidentifier() and path[-1:] != [last]
    return (*path, last) if absent else tuple(path)


def _inside(annotation: Any, step: int | str) -> Iterator[Any]:
    """The types of what stands at ``step`` inside a value of type ``annotation``."""
    for one in _alternatives(annotation):
        arguments = get_args(one)
        if _is_model(one):
            yield from (
                part
                for name, info in one.model_fields.items()
                if step in (name, info.alias)
                for part in _alternatives(info.annotation)
            )
        elif get_origin(one) in (tuple, list) and isinstance(step, int):
            yield from _alternatives(arguments[0])
        elif get_origin(one) is dict:
            yield from _alternatives(arguments[1])


def _alternatives(annotation: Any) -> Iterator[Any]:
    """The types that a union or an annotated type stands for."""
    if get_origin(annotation) is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in (tuple, list, dict) or not get_args(annotation):
        yield annotation
    else:
        for one in get_args(annotation):
            yield from _alternatives(one)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _required(model: type[BaseModel] | None) -> list[str]:
    fields = model.model_fields.items() if model else ()
    return [info.alias or name for name, info in fields if info.is_required()]


def _choices(error: ErrorDetails) -> list[str]:
    """The allowed words of a literal, out of pydantic's text of them."""
    expected = str(error["ctx"]["expected"]).replace(" or ", ", ")
    return [word.strip("' ") for word in expected.split(",")]


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return "empty" if value is None else f"'{value}'"
