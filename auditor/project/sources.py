"""Sources: the files that a project reads, and what it says of them."""

from __future__ import annotations

from collections.abc import Iterator
from glob import escape

from auditor.intake.database.secret import reveal
from auditor.intake.settings import Settings, SheetMapping
from auditor.mistake import Mistake
from auditor.pipeline.verbs import expand_pattern
from auditor.problem import InputError, Problem
from auditor.project.project import Project

_REMEDY = "Paths are relative to the folder of this file; correct it, or put the file there."


def find_files(project: Project) -> tuple[str, ...]:
    """The files, folders and roster of a project.

    Raises InputError for each source in which there is no file, and each database whose secrets are not there.
    """
    named = [(item.value.path, item.place(("path",))) for item in project.files]
    if project.keys.roster:
        named.append((project.keys.roster, project.file.at(("roster",))))
    problems = [*_without_secrets(project)]
    if not named and not project.databases:
        what, remedy = "The project has no sources.", "Name its logs, such as `sources: [logs]`."
        problems.append(Problem(project.file.at(("sources",)), "no-source", what, remedy, True))
    found: list[str] = []
    for path, place in named:
        paths = [one for one in expand_pattern(str(project.folder / path)) if one.exists()]
        if not paths:
            what = f"There is no file '{path}'."
            problems.append(Problem(place, "no-source", what, _REMEDY, True))
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
        SheetMapping(file=escape(str(path)) + "/*" * path.is_dir(), encoding=item.value.encoding)
        for item in project.files
        if item.value.encoding
        for path in expand_pattern(str(project.folder / item.value.path))
    ]
    mappings = tuple(item.value for item in project.mappings)
    return Settings(mappings=(*mappings, *encoded), duplicates=project.keys.duplicates)
