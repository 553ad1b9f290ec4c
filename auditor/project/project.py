"""Project: what auditor.yaml says, each entry with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from auditor.intake.database.source import DatabaseSource
from auditor.intake.settings import SheetMapping
from auditor.project.model import FileSource, Output, ProjectFile, TailoringItem
from auditor.yamlfile import Place, YamlFile

T = TypeVar("T")


@dataclass(frozen=True)
class Item(Generic[T]):
    """An entry of a list, and ``place``, which locates its parts."""

    value: T
    place: Place


@dataclass(frozen=True)
class Project:
    """One project file. ``keys`` holds its plain settings; the entries of its lists stand beside them."""

    file: YamlFile
    folder: Path
    keys: ProjectFile
    sources: tuple[Item[FileSource] | Item[DatabaseSource], ...]
    mappings: tuple[Item[SheetMapping], ...]
    tailoring: tuple[Item[TailoringItem], ...]
    profiles: Mapping[str, tuple[Item[TailoringItem], ...]]
    outputs: tuple[Item[Output], ...]

    @property
    def files(self) -> list[Item[FileSource]]:
        """The sources that are files."""
        return [Item(item.value, item.place) for item in self.sources if isinstance(item.value, FileSource)]

    @property
    def databases(self) -> list[Item[DatabaseSource]]:
        """The sources that are databases."""
        return [Item(item.value, item.place) for item in self.sources if isinstance(item.value, DatabaseSource)]

    @property
    def name(self) -> str:
        """What the project is called: its ``name``, or its file."""
        return self.keys.name or self.file.file
