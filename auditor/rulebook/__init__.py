"""Rulebook: rules loaded, checked against each other, and tied to the clauses they come from."""

from auditor.rulebook.choose import rules_named
from auditor.rulebook.coverage import Coverage, coverage
from auditor.rulebook.entry import Entry
from auditor.rulebook.example import Example
from auditor.rulebook.lint import lint
from auditor.rulebook.load import read_rulebook
from auditor.rulebook.rulebook import Rulebook
from auditor.rulebook.tailor import tailor
from auditor.rulebook.tailoring import Change, Tailoring

__all__ = [
    "Change",
    "Coverage",
    "Entry",
    "Example",
    "Rulebook",
    "Tailoring",
    "coverage",
    "lint",
    "read_rulebook",
    "rules_named",
    "tailor",
]
