"""read_project: auditor.yaml to a Project, with every mistake in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from auditor.intake.database.source import FORMS as DATABASE_FORMS
from auditor.intake.database.source import DatabaseSource
from auditor.intake.settings import SheetMapping
from auditor.location import Location
from auditor.problem import Problem
from auditor.project.model import FileSource, Output, ProjectFile, TailoringItem
from auditor.project.project import Item, Project
from auditor.shape import Shape
from auditor.yamlfile import Path_, YamlFile, read_yaml

PROJECT_FILE = "auditor.yaml"

_KEYS = Shape(
    ProjectFile,
    "a project file",
    {
        "sources": "Write a list such as [logs/*.xlsx].",
        "regulations": "Write a list such as [decoration].",
        "profiles": "Write `profiles: {strict: [{rule: ..., severity: ..., remark: ...}]}`.",
    },
)
_FILE = Shape(FileSource, "a source", {"path": "Write a file, a folder or a pattern such as logs/*.xlsx."})
_DATABASE = Shape(DatabaseSource, "a database source", DATABASE_FORMS)
_MAPPING = Shape(SheetMapping, "a mapping", {})
_CHANGE = Shape(TailoringItem, "a change", {"remark": "Say why in `remark: ...`."})
_OUTPUT = Shape(Output, "an output", {"file": "Write `file: reports/{as_of}.xlsx`."})
M = TypeVar("M", bound=BaseModel)


def read_project(path: Path) -> tuple[Project | None, list[Problem]]:
    """Read the project file at ``path``, or in the folder there; None when it cannot be read at all.

    What is wrong in it is left out of the Project, so that the rest can be checked further.
    """
    path = path / PROJECT_FILE if path.is_dir() else path
    if not path.is_file():
        what = "There is no such project file."
        return None, [Problem(Location(str(path)), "no-project", what, "`auditor init DIR` makes a project.", True)]
    file, problems = read_yaml(path)
    if file is None:
        return None, problems
    if not isinstance(file.data, dict):
        what = "This is not a project file: it has no keys."
        return None, [
            Problem(file.at(), "no-project", what, "Write `sources: [...]`, or run `auditor init DIR`.", True)
        ]
    reader = _Reader(file, problems)
    return reader.project(path.parent), reader.problems


class _Reader:
    """The reading of one project file: its entries one by one, its problems gathered."""

    def __init__(self, file: YamlFile, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems

    def project(self, folder: Path) -> Project:
        """The project without what is wrong in it."""
        keys = self._keys()
        return Project(
            file=self.file,
            folder=folder,
            keys=keys,
            sources=self._sources(keys.sources),
            mappings=self._items(("mappings",), keys.mappings, SheetMapping, _MAPPING),
            tailoring=self._items(("tailoring",), keys.tailoring, TailoringItem, _CHANGE),
            profiles={
                name: self._items(("profiles", name), items, TailoringItem, _CHANGE)
                for name, items in keys.profiles.items()
            },
            outputs=self._items(("outputs",), keys.outputs, Output, _OUTPUT),
        )

    def _keys(self) -> ProjectFile:
        """The keys that are right; a wrong one counts as not written. A key without a value does, too."""
        written: Mapping[str, Any] = {key: value for key, value in self.file.data.items() if value is not None}
        try:
            return ProjectFile.model_validate(written)
        except ValidationError as error:
            self.problems += _KEYS.mistakes(error.errors(), written, self.file.at)
            wrong = {one["loc"][0] for one in error.errors()}
            return ProjectFile.model_validate({key: value for key, value in written.items() if key not in wrong})

    def _sources(self, written: tuple[Any, ...]) -> tuple[Item[FileSource] | Item[DatabaseSource], ...]:
        """Files, and databases, which are told by their key ``sqlalchemy``."""
        found: list[Item[FileSource] | Item[DatabaseSource]] = []
        for index, one in enumerate(written):
            if isinstance(one, dict) and "sqlalchemy" in one:
                found += self._item(("sources", index), one, DatabaseSource, _DATABASE)
            else:
                found += self._item(("sources", index), one, FileSource, _FILE)
        return tuple(found)

    def _items(self, path: Path_, written: tuple[Any, ...], model: type[M], shape: Shape) -> tuple[Item[M], ...]:
        return tuple(
            item for index, one in enumerate(written) for item in self._item((*path, index), one, model, shape)
        )

    def _item(self, path: Path_, written: Any, model: type[M], shape: Shape) -> list[Item[M]]:
        """The entry at ``path``, or nothing with its problems noted."""
        place = self.file.within(path)
        try:
            return [Item(model.model_validate(written), place)]
        except ValidationError as error:
            self.problems += shape.mistakes(error.errors(), written, place)
            return []
