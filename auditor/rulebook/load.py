"""read_rulebook: a rules folder to a Rulebook, with every mistake in any of its files."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from auditor.calendar import read_calendars
from auditor.kinds import declared_world
from auditor.location import Location
from auditor.problem import Problem
from auditor.records.load import read_record_types
from auditor.rulebook.chapter import read_chapter
from auditor.rulebook.clause import Regulation
from auditor.rulebook.cross_check import cross_check
from auditor.rulebook.derived import check_derived
from auditor.rulebook.entry import Entry
from auditor.rulebook.rulebook import Rulebook, content_hash
from auditor.shape import Shape
from auditor.yamlfile import read_yaml

_CLAUSES = Shape(Regulation, "a file of clauses", {"title": "Write it as {zh: ..., en: ...}."})
_SPECIAL = ("records.yaml", "calendars.yaml", "policy.yaml", "clauses.yaml")


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing that is read becomes garbage, and looking for garbage in it takes half the time of reading it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_without_collector()
def read_rulebook(folder: Path) -> tuple[Rulebook | None, list[Problem]]:
    """Read the rules folder; None with fatal problems when anything in it is wrong.

    Files are called by their path below the folder's parent in messages, so they are the same everywhere.
    """
    files = sorted(path for path in folder.rglob("*.yaml") if not path.name.startswith("."))
    if not files:
        what = "There are no rules here." if folder.is_dir() else "There is no such folder of rules."
        remedy = "Name a folder with records.yaml, calendars.yaml and rule files."
        return None, [Problem(Location(str(folder)), "no-rules", what, remedy, True)]
    calendars, problems = read_calendars(folder / "calendars.yaml", name=str(folder / "calendars.yaml"))
    records, more = read_record_types(folder / "records.yaml", name=str(folder / "records.yaml"))
    problems = [*problems, *more]
    regulations, places, more = _read_clauses([path for path in files if path.name == "clauses.yaml"])
    problems += more
    if not calendars or not records:
        return None, problems
    problems += check_derived(folder / "records.yaml", records, calendars[calendars.default])
    world = declared_world(records, calendars, calendars.default)
    entries: list[Entry] = []
    for path in files:
        if path.name not in _SPECIAL:
            file, more = read_yaml(path)
            problems += more
            chapter, more = read_chapter(file, world) if file else ([], [])
            entries += chapter
            problems += more
    if len(regulations) == sum(path.name == "clauses.yaml" for path in files):
        problems += cross_check(entries, regulations)
    version = content_hash((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)
    return Rulebook(folder, regulations, tuple(entries), records, calendars, version, places), problems


def _read_clauses(paths: list[Path]) -> tuple[dict[str, Regulation], dict[str, Location], list[Problem]]:
    """The regulations by name, where each of their clauses is written, and every mistake in their files."""
    regulations: dict[str, Regulation] = {}
    places: dict[str, Location] = {}
    problems: list[Problem] = []
    for path in paths:
        file, more = read_yaml(path)
        problems += more
        if file is None:
            continue
        try:
            found = Regulation.model_validate(file.data)
        except ValidationError as error:
            problems += _CLAUSES.mistakes(error.errors(), file.data, file.at)
            continue
        regulations[found.regulation] = found
        places |= {clause.id: file.at(("clauses", index)) for index, clause in enumerate(found.clauses)}
    return regulations, places, problems
