"""Mistake: a problem of a policy before its path in the file has become a line and a column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.problem import Problem
from auditor.yamlfile import YamlFile


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at ``path`` of the file, and the remedy."""

    path: tuple[str | int, ...]
    code: str
    what: str
    remedy: str

    def problem(self, file: YamlFile) -> Problem:
        """The mistake with its place; every mistake in a policy is fatal."""
        return Problem(file.at(self.path), self.code, self.what, self.remedy, True)


Mistakes = Iterator[Mistake]
