"""Settings as they are in force: each with its value and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from auditor.intake.database.secret import REFERENCE
from auditor.intake.database.source import DatabaseSource
from auditor.location import Location
from auditor.project.assignment import Assignment
from auditor.project.options import Options
from auditor.project.project import Project
from auditor.rulebook import Rulebook
from auditor.rulebook.tailor import chapter_parameters

COMMAND_LINE = "command line"
DEFAULT = "default"
HIDDEN = "(hidden)"


@dataclass(frozen=True)
class Setting:
    """One setting: its ``name``, its value as text (empty when nothing is set), its ``origin`` and the remark on it."""

    name: str
    value: str
    origin: str
    remark: str = ""


def settings_in_force(assignment: Assignment, options: Options) -> list[Setting]:
    """Every setting of a run, those of the project first, then what is changed in the rules, then their figures."""
    project = assignment.project
    return [
        *(_written(project, options) if project else ()),
        *_plain(assignment, options, project),
        *_changes(assignment.book),
        *_figures(assignment.book, assignment.regulations),
    ]


def _plain(assignment: Assignment, options: Options, project: Project | None) -> Iterator[Setting]:
    """The settings that a run always has."""
    book, tailoring = assignment.book, assignment.book.tailoring
    values: dict[str, tuple[object, object]] = {
        "calendar": (book.calendars.default, None),
        "regulations": (", ".join(assignment.regulations or ()), options.regulations),
        "rules": (book.folder if options.rules or (project and project.keys.rules) else "", options.rules),
        "policy": (book.other_policy or "", options.policy),
        "profile": ((tailoring.profile if tailoring else None) or "", options.profile),
        "fail_on": (assignment.fail_on, options.fail_on),
        "lang": (assignment.lang, options.lang),
    }
    for name, (value, given) in values.items():
        yield Setting(name, str(value), COMMAND_LINE if given else _origin(project, (name,)))


def _written(project: Project, options: Options) -> Iterator[Setting]:
    """What the project alone says; FILES and --output of the command line go before it."""
    yield Setting("project", project.file.file, COMMAND_LINE if options.project else DEFAULT)
    yield Setting("name", project.name, _origin(project, ("name",)))
    if options.files:
        yield from (Setting("sources", file, COMMAND_LINE) for file in options.files)
    else:
        for number, item in enumerate(project.sources):
            yield from _source(f"sources[{number}]", item.value, str(item.place()))
        if project.keys.roster:
            yield Setting("roster", project.keys.roster, _origin(project, ("roster",)))
    for number, mapping in enumerate(project.mappings):
        said = mapping.value.model_dump(exclude_unset=True)
        yield Setting(f"mappings[{number}]", _told(said), str(mapping.place()))
    for key in ("duplicates", "covers_until"):
        for name, value in getattr(project.keys, key).items():
            yield Setting(f"{key}.{name}", value, _origin(project, (key, name)))
    if options.output:
        yield Setting("outputs", str(options.output), COMMAND_LINE)
    else:
        for number, output in enumerate(project.outputs):
            said = output.value.model_dump(exclude_none=True)
            yield Setting(f"outputs[{number}]", _told(said), str(output.place()))


def _source(name: str, source: Any, place: str) -> Iterator[Setting]:
    said = source.model_dump(exclude_none=True, exclude_defaults=True)
    if not isinstance(source, DatabaseSource):
        yield Setting(name, _told(said), place)
        return
    del said["sqlalchemy"]
    yield Setting(name, _told(said), place)
    references = [match[0] for match in REFERENCE.finditer(source.sqlalchemy)]
    named = [f"{'file' if one.startswith('${file:') else 'environment'} {one[2:-1]}" for one in references]
    yield Setting(f"{name}.sqlalchemy", HIDDEN, ", ".join(named) or place)


def _changes(book: Rulebook) -> Iterator[Setting]:
    """The rules whose severity is changed or which are switched; figures have their own lines."""
    for change in book.tailoring.changes if book.tailoring else ():
        if change.kind != "parameter":
            value = str(change.value).lower() if change.kind == "off" else str(change.value)
            yield Setting(f"{change.target}.{change.kind}", value, change.says_who, change.remark)


def _figures(book: Rulebook, regulations: tuple[str, ...] | None) -> Iterator[Setting]:
    """The parameters of the regulations in force."""
    entries = [entry for entry in book.entries if not regulations or entry.rule.regulation in regulations]
    changes = {change.target: change for change in (book.tailoring.changes if book.tailoring else ())}
    for name, chapter in chapter_parameters(entries).items():
        change = changes.get(name)
        if change:
            yield Setting(name, str(change.value), change.says_who, change.remark)
            continue
        path = ("parameters", name.rpartition(".")[2])
        written = chapter.data["parameters"][path[1]]
        value = written["value"]
        place = _short(chapter.at(path, key=True), book)
        yield Setting(
            name, "" if value is None else str(value), f"{place} ({written['from']})", written.get("note") or ""
        )


def _short(where: Location, book: Rulebook) -> str:
    """The place in a rule file, told from the folder above the rules."""
    path = PurePath(where.file)
    inside = path.relative_to(book.folder.parent) if path.is_relative_to(book.folder.parent) else path
    return f"{inside.as_posix()}:{where.line}:{where.column}"


def _origin(project: Project | None, path: tuple[str, ...]) -> str:
    written = project and project.file.data.get(path[0]) is not None
    return str(project.file.at(path)) if project and written else DEFAULT


def _told(said: Mapping[str, Any]) -> str:
    """A few values in one line; a single one stands alone."""
    if len(said) == 1:
        return str(next(iter(said.values())))
    return ", ".join(f"{key} {value}" for key, value in said.items())
