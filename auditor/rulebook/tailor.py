"""tailor: a Rulebook and a Tailoring to the Rulebook of one organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.rulebook.chapter import read_again
from auditor.rulebook.entry import Entry
from auditor.rulebook.rulebook import Rulebook, content_hash
from auditor.rulebook.tailoring import Change, Tailoring
from auditor.yamlfile import YamlFile


def tailor(book: Rulebook, tailoring: Tailoring) -> tuple[Rulebook, list[Problem]]:
    """The book with every change made that can be, and a fatal Problem for each that cannot.

    A later change of the same setting replaces an earlier one. The version of the book tells its changes.
    """
    made = _Tailor(book)
    for change in tailoring.changes:
        if change.kind == "parameter":
            made.set_parameter(change)
    for change in tailoring.changes:
        if change.kind != "parameter":
            made.set_rule(change)
    changes = tuple(made.changes.values())
    marks = content_hash((f"{one.kind} {one.target}", repr(one.value).encode()) for one in changes)
    version = f"{book.version}+{marks}" if changes else book.version
    tailored = replace(tailoring, changes=changes)
    return replace(book, entries=tuple(made.entries), version=version, tailoring=tailored), made.problems


def chapter_parameters(entries: Sequence[Entry]) -> dict[str, YamlFile]:
    """Every declared parameter as ``regulation.chapter.name``, with the file that declares it."""
    chapters = {entry.file.file: entry.file for entry in entries}
    return {
        f"{chapter.data['regulation']}.{PurePath(path).stem}.{name}": chapter
        for path, chapter in chapters.items()
        for name in chapter.data.get("parameters") or {}
    }


def short_name(parameter: str) -> str:
    """``regulation.name`` of ``regulation.chapter.name``."""
    regulation, _, rest = parameter.partition(".")
    return f"{regulation}.{rest.rpartition('.')[2]}"


class _Tailor:
    """The rules as they become, change by change; parameters come first, since they have rules read again."""

    def __init__(self, book: Rulebook) -> None:
        self.world = book.declared()
        self.entries = list(book.entries)
        rules = [(place, entry.rule) for place, entry in enumerate(book.entries)]
        self.places = {name: place for place, rule in rules for name in (*rule.formerly, rule.id)}
        self.parameters = chapter_parameters(book.entries)
        self.changes: dict[tuple[str, str], Change] = {}
        self.problems: list[Problem] = []

    def set_rule(self, change: Change) -> None:
        """Change the severity of a rule or whether it is off."""
        place = self.places.get(change.target)
        if place is None:
            self._unknown(change, "rule", self.places)
            return
        entry = self.entries[place]
        update: dict[str, object]
        if change.kind == "severity":
            update = {"severity": change.value, "severity_reason": change.remark}
        else:
            update = {
                "enabled": not change.value,
                "off_because": f"{change.remark} ({change.says_who})" if change.value else None,
            }
        self.entries[place] = replace(entry, rule=entry.rule.model_copy(update=update))
        self._made(replace(change, target=entry.rule.id), [place])

    def set_parameter(self, change: Change) -> None:
        """Give a parameter its figure and read the rules that use it again."""
        full = [name for name in self.parameters if change.target in (name, short_name(name))]
        if len(full) > 1:
            what = f"Several chapters have a parameter '{change.target}'."
            self._wrong(change, "parameter-open", what, f"Write {' or '.join(full)}.")
        elif not full:
            self._unknown(change, "parameter", {short_name(name) for name in self.parameters})
        else:
            change = replace(change, target=full[0])
            rebuilt = self._rebuilt(change)
            if rebuilt is not None:
                for place, entry in rebuilt.items():
                    self.entries[place] = entry
                self._made(change, rebuilt)

    def _rebuilt(self, change: Change) -> dict[int, Entry] | None:
        """The rules that use the parameter, read with the new figure; None, and why, when one cannot be."""
        chapter = self.parameters[change.target].file
        found: dict[int, Entry] = {}
        for place, entry in enumerate(self.entries):
            if entry.file.file == chapter and change.name in entry.parameters:
                figure = entry.parameters[change.name].model_copy(update={"value": change.value, "origin": "ours"})
                again, problems = read_again(entry, {**entry.parameters, change.name: figure}, self.world)
                if again is None or problems:
                    self._unfit(change, entry, problems)
                    return None
                found[place] = replace(again, changes=entry.changes)
        return found

    def _made(self, change: Change, places: Iterable[int]) -> None:
        self.changes[change.kind, change.target] = change
        for place in places:
            entry = self.entries[place]
            self.entries[place] = replace(entry, changes={**entry.changes, (change.kind, change.name): change})

    def _unfit(self, change: Change, entry: Entry, problems: Sequence[Problem]) -> None:
        told = problems[0]
        what = f"{entry.rule.id} cannot be judged with '{change.value}': {told.what}"
        self.problems.append(Problem(change.where, "parameter-unfit", what, told.remedy, True))

    def _unknown(self, change: Change, called: str, known: Mapping[str, object] | set[str]) -> None:
        what = f"There is no {called} '{change.target}'."
        self._wrong(change, f"unknown-{called}", what, nearest(change.target, known))

    def _wrong(self, change: Change, code: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(change.named, code, what, remedy, True))
