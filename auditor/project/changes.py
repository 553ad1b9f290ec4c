"""Changes: the tailoring of a project, and the profile in force, as changes to a rulebook."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.project.model import TailoringItem
from auditor.project.options import Options
from auditor.project.project import Item, Project
from auditor.rulebook import Change, Tailoring


def tailoring_of(project: Project, options: Options) -> tuple[Tailoring, list[Problem]]:
    """What the project changes: first what always applies, then the profile, whose changes go before.

    An unknown profile and a setting that one list changes twice are fatal Problems.
    """
    profile = options.profile or project.keys.profile
    problems = []
    if profile and profile not in project.keys.profiles:
        where = Location("--profile") if options.profile else project.file.at(("profile",))
        what = f"There is no profile '{profile}'."
        problems.append(Problem(where, "unknown-profile", what, nearest(profile, project.keys.profiles), True))
    lists = {"": project.tailoring, **project.profiles}
    problems += [problem for items in lists.values() for problem in _twice(items)]
    in_force = ["", profile] if profile else [""]
    made = [change for name in in_force for item in lists.get(name, ()) for change in _changes(item, name)]
    return Tailoring(project.name, profile, tuple(made)), problems


def unused_tailorings(project: Project, tailoring: Tailoring) -> Iterator[Tailoring]:
    """The profiles that are not in force, so that they can be checked too."""
    for name, items in project.profiles.items():
        if name != tailoring.profile:
            yield Tailoring(project.name, name, tuple(change for item in items for change in _changes(item, name)))


def _changes(item: Item[TailoringItem], profile: str) -> Iterator[Change]:
    """One change for each setting that an item changes."""
    one, place = item.value, item.place

    def change(kind: str, target: str, key: str) -> Change:
        value = getattr(one, key)
        named = place(("parameter" if kind == "parameter" else "rule",))
        return Change(kind, target, value, one.remark, place((key,)), named, profile)  # type: ignore[arg-type]

    if one.parameter is not None:
        yield change("parameter", one.parameter, "value")
    if one.rule is not None and one.severity is not None:
        yield change("severity", one.rule, "severity")
    if one.rule is not None and one.off is not None:
        yield change("off", one.rule, "off")


def _twice(items: tuple[Item[TailoringItem], ...]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Change] = {}
    for change in (change for item in items for change in _changes(item, "")):
        first = seen.setdefault((change.kind, change.target), change)
        if first is not change:
            what = f"'{change.target}' is changed twice; it already is on line {first.where.line}."
            yield Problem(change.where, "changed-twice", what, "Keep one of them.", True)
