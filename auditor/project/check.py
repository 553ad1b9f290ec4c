"""Check: the names that a project uses, against the rulebook it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.project.project import Project
from auditor.records import RecordType
from auditor.rulebook import Rulebook
from auditor.yamlfile import Place


def check_names(project: Project, book: Rulebook) -> Iterator[Problem]:
    """A fatal Problem for every regulation, record type and field that the rulebook does not know."""
    known = {entry.rule.regulation for entry in book.entries}
    for index, name in enumerate(project.keys.regulations):
        yield from _known("regulation", name, known, project.file.at(("regulations", index)))
    for key in ("duplicates", "covers_until"):
        for name in getattr(project.keys, key):
            yield from _known("record", name, book.records, project.file.at((key, name), key=True))
    named = [(item.value.record, item.value.columns, item.place) for item in project.mappings]
    named += [(item.value.record, item.value.columns, item.place) for item in project.databases]
    for record, columns, place in named:
        yield from _columns(record, columns, place, book.records)


def read_covers_until(project: Project, book: Rulebook) -> tuple[dict[str, int], list[Problem]]:
    """Until when (UTC seconds) the log of each record is complete; a date includes the whole day."""
    calendar = book.calendars[book.calendars.default]
    found: dict[str, int] = {}
    problems = []
    for name, text in project.keys.covers_until.items():
        try:
            instant = calendar.parse_local(text)[0]
        except ValueError:
            where = project.file.at(("covers_until", name))
            remedy = "Write 2025-06-30 or '2025-06-30 18:00'."
            problems.append(Problem(where, "wrong-value", f"'{text}' is not a date or time.", remedy, True))
            continue
        whole_day = len(text.strip()) == len("2025-06-30")
        found[name] = calendar.day_start(calendar.day_of(instant) + 1) - 1 if whole_day else instant
    return found, problems


def _columns(
    record: str | None, columns: Mapping[str, str | None], place: Place, records: Mapping[str, RecordType]
) -> Iterator[Problem]:
    """What is wrong with a record and the fields that are given to its columns."""
    if record is not None:
        yield from _known("record", record, records, place(("record",)))
    known = records.get(record or "")
    of = f" of {record}" if known else ""
    fields = set(known.fields) if known else {name for one in records.values() for name in one.fields}
    for header, field in columns.items():
        if field is not None and field not in fields:
            what = f"There is no field '{field}'{of}."
            yield Problem(place(("columns", header)), "unknown-field", what, nearest(field, fields), True)


def _known(called: str, name: str, known: Iterable[str], where: Location) -> Iterator[Problem]:
    if name not in known:
        what = f"There is no {called} '{name}'."
        yield Problem(where, f"unknown-{called}", what, nearest(name, known), True)
