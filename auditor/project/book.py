"""The rulebook of a project: the rules it names or the shipped ones, its calendars, its tailoring."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from auditor.calendar import Calendars, read_calendars
from auditor.mistake import nearest
from auditor.pipeline import read_rules
from auditor.problem import Problem
from auditor.project.changes import tailoring_of, unused_tailorings
from auditor.project.options import Options
from auditor.project.project import Project
from auditor.rulebook import Rulebook, tailor

CALENDARS_FILE = "calendars.yaml"


def project_book(project: Project, options: Options) -> tuple[Rulebook, list[Problem]]:
    """The rulebook as the project has it; raises RuleError when the rules themselves are wrong."""
    book = read_rules(rules_folder(project, options), options.policy)
    calendars, problems = _calendars(project, book.calendars)
    book = replace(book, calendars=calendars)
    tailoring, more = tailoring_of(project, options)
    problems += more
    tailored, more = tailor(book, tailoring)
    problems += more
    for unused in unused_tailorings(project, tailoring):
        problems += tailor(book, unused)[1]
    return tailored, list(dict.fromkeys(problems))


def rules_folder(project: Project, options: Options) -> Path | None:
    """The folder of rules that the command line or the project names; None for the shipped one."""
    named = project.keys.rules
    return options.rules or (project.folder / named if named else None)


def _calendars(project: Project, shipped: Calendars) -> tuple[Calendars, list[Problem]]:
    """The calendars of the rules with those beside the project file, and the one that counts by default."""
    calendars = Calendars(shipped)
    problems: list[Problem] = []
    own = project.folder / CALENDARS_FILE
    if own.exists():
        added, problems = read_calendars(own, name=str(own), known=shipped)
        calendars.update(added)
    calendars.default = project.keys.calendar or shipped.default
    if calendars.default not in calendars:
        what = f"There is no calendar '{calendars.default}'."
        remedy = nearest(calendars.default, calendars)
        problems.append(Problem(project.file.at(("calendar",)), "unknown-calendar", what, remedy, True))
        calendars.default = shipped.default
    return calendars, problems
