"""Sources: the files that a project reads, and what it says of them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.intake.database.secret import reveal
from auditor.intake.settings import Settings, SheetMapping
from auditor.location import Location
from auditor.mistake import Mistake
from auditor.pipeline.verbs import expand_pattern
from auditor.problem import InputError, Problem
from auditor.project.project import Project


def find_files(project: Project) -> tuple[str, ...]:
    """The files, folders and roster of a project.

    Raises InputError for each source in which there is no file, and each database whose secrets are not there.
    """
    named = [(item.value.path, item.place(("path",))) for item in project.files]
    if project.keys.roster:
        named.append((project.keys.roster, project.file.at(("roster",))))
    problems = [*_without_secrets(project)]
    if not named and not project.databases:
        problems.append(_missing("The project has no sources.", project.file.at(("sources",))))
    found: list[str] = []
    for path, place in named:
        paths = [one for one in expand_pattern(str(project.folder / path)) if one.exists()]
        if not paths:
            problems.append(_missing(f"There is no file '{path}'.", place))
        found += map(str, paths)
    if problems:
        raise InputError(problems)
    return tuple(dict.fromkeys(found))


def _without_secrets(project: Project) -> Iterator[Problem]:
    for item in project.databases:
        try:
            reveal(item.value.sqlalchemy)
        except Mistake as mistake:
            yield Problem(item.place(("sqlalchemy",)), "secret-missing", mistake.what, mistake.remedy, True)


def settings_of(project: Project) -> Settings:
    """What the project says of its files; its mappings go before the encodings of its sources."""
    encoded = [
        SheetMapping(file=str(path / "*" if path.is_dir() else path), encoding=item.value.encoding)
        for item in project.files
        if item.value.encoding
        for path in expand_pattern(str(project.folder / item.value.path))
    ]
    mappings = tuple(item.value for item in project.mappings)
    return Settings(mappings=(*mappings, *encoded), duplicates=project.keys.duplicates)


def _missing(what: str, where: Location) -> Problem:
    remedy = "Paths are relative to the folder of this file; correct it, or put the file there."
    return Problem(where, "no-source", what, remedy, True)
