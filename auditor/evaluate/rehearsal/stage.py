"""Stage: one database in which the small tables of examples are set up and judged, one example after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from auditor.evaluate.plan import make_plan
from auditor.evaluate.rehearsal.needs import Needs
from auditor.evaluate.verdicts import obligations
from auditor.intake import from_rows
from auditor.kinds import World, outcome_of
from auditor.problem import Problem
from auditor.rulebook import Entry, Example, Rulebook

Verdicts = Mapping[str, tuple[str, str]]
"""Obligation key -> (verdict, outcome word)."""


@dataclass(frozen=True)
class Scene:
    """An example set up in the database: the world of its tables, and what was wrong with its cells."""

    example: Example
    world: World
    problems: tuple[Problem, ...]

    @property
    def fatal(self) -> list[Problem]:
        """What keeps the example from being judged at all."""
        return [problem for problem in self.problems if problem.fatal]


class Stage:
    """A connection with the calendars of a rulebook.

    Tables of a few rows gain nothing from a second thread or an optimised plan, which cost more than the query.
    """

    def __init__(self, book: Rulebook) -> None:
        """Open the database and register the calendars of ``book``."""
        self.book = book
        self.declared = book.declared()
        self.connection = duckdb.connect(config={"threads": 1})
        self.connection.execute("PRAGMA disable_optimizer")
        for calendar in book.calendars.values():
            calendar.register(self.connection)

    def set_up(self, example: Example, needs: Needs, place: int = 0) -> Scene:
        """Write the tables of ``example``, those of ``needs`` that it leaves out being empty.

        It stands until another example is set up at the same ``place``.
        """
        book = self.book
        calendar = book.calendars[book.calendars.default]
        tables = {**dict.fromkeys(needs, ()), **example.tables}
        schema = f"example_{place}"
        data, problems = from_rows(
            tables, book.records, calendar.zone, connection=self.connection, schema=schema, columns=needs
        )
        as_of = calendar.parse_local(example.as_of)[0] if example.as_of else data.newest() or 0
        world = World(book.records, data.tables, book.calendars, book.calendars.default, as_of, data.schema)
        return Scene(example, world, tuple(problems))

    def judge(self, scene: Scene, entry: Entry) -> Verdicts | str:
        """What every obligation of a rule comes to in ``scene``, or why the rule cannot be judged there."""
        plan = make_plan([entry], scene.world, rehearsal=True)
        if plan.unjudged:
            return f"{plan.unjudged[0].reason} {plan.unjudged[0].detail}"
        verdicts = {}
        for group in plan.groups:
            for _, key, code, _ in obligations(self.connection, group):
                outcome = outcome_of(code)
                verdicts[key] = (outcome.verdict.value, outcome.name.lower())
        return verdicts
