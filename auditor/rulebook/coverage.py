"""Coverage: clause by clause, which rules check it and how."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.rulebook.rulebook import Rulebook


@dataclass(frozen=True)
class Coverage:
    """The coverage of one regulation: rows of (clause, how, ids of the rules), and rules that cite nothing."""

    regulation: str
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    uncited: tuple[str, ...]

    @property
    def checkable(self) -> int:
        """How many clauses can be checked."""
        return sum(how != "advice" for _, how, _ in self.rows)

    @property
    def advice(self) -> int:
        """How many clauses are advice only."""
        return len(self.rows) - self.checkable

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The checkable clauses that no rule covers."""
        return tuple(clause for clause, how, rules in self.rows if how != "advice" and not rules)

    @property
    def covered(self) -> int:
        """How many checkable clauses some rule covers."""
        return self.checkable - len(self.uncovered)


def coverage(book: Rulebook, only: str | None = None) -> list[Coverage]:
    """The coverage of every regulation of the book, or of ``only`` one, in the order of their names."""
    found = []
    for name, regulation in sorted(book.regulations.items()):
        if only not in (None, name):
            continue
        entries = [entry for entry in book.entries if entry.rule.regulation == name]
        rows = tuple(
            (clause.id, clause.how, tuple(e.rule.id for e in entries if clause.id in e.rule.cited()))
            for clause in regulation.clauses
        )
        found.append(Coverage(name, rows, tuple(entry.rule.id for entry in entries if not entry.rule.cited())))
    return found
