"""Document: what one form must show: filled fields, a signature, enough copies."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.condition import ValueType
from auditor.condition.emit import quoted
from auditor.kinds.matching import Best, their_column
from auditor.kinds.outcome import Outcome
from auditor.kinds.row import Row
from auditor.kinds.scope import Scope

UNSIGNED = ("否", "无", "未签", "未签字", "未签名", "没有", "no", "No", "NO", "n", "N")
"""What a signature cell says when nobody signed."""


@dataclass(frozen=True)
class Demands:
    """The columns of a document that must be filled, those that must show a signature, and how many copies."""

    fields: tuple[str, ...]
    signatures: tuple[str, ...]
    copies: int | None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is looked at."""
        return (*self.fields, *self.signatures, *(("copies",) if self.copies else ()))

    def outcome(self, scope: Scope, theirs: Row, sure: str, timely: str) -> str:
        """SQL: the outcome of one document; ``sure`` says whether it is one, ``timely`` is its outcome if flawless."""
        tests = [
            (f"{sure} IS NULL", Outcome.UNSURE_MATCH),
            (theirs.unreadable(self.columns), Outcome.UNREADABLE),
            (self._incomplete(scope, theirs), Outcome.FORM_INCOMPLETE),
            (self._unsigned(scope, theirs), Outcome.FORM_UNSIGNED),
            *self._copies(scope, theirs),
        ]
        arms = [f"WHEN {test} THEN {outcome:d}" for test, outcome in tests if test]
        return f"CASE {' '.join(arms)} ELSE {timely} END"

    def seen(self, best: Best) -> dict[str, str]:
        """What a finding shows of the document: the empty fields by name, and its copies."""
        names = [
            f"CASE WHEN {best.number} IS NOT NULL AND {_blank(best.row, name)} THEN {quoted(name)} END"
            for name in self.fields
        ]
        seen = {"missing": f"nullif(concat_ws(', ', {', '.join(names)}), '')"} if names else {}
        if self.copies:
            seen |= {"copies": best.row.cell("copies"), "copies_needed": str(self.copies)}
        return seen

    def _incomplete(self, scope: Scope, theirs: Row) -> str:
        """SQL, never NULL: a field is empty; no text if no field must be filled."""
        for index, name in enumerate(self.fields):
            their_column(scope, theirs, name, ("fields", index))
        return " OR ".join(_blank(theirs, name) for name in self.fields)

    def _unsigned(self, scope: Scope, theirs: Row) -> str:
        """SQL, never NULL: the signature is not there; no text if nobody has to sign."""
        tests = []
        for name, field in zip(self.signatures, ("signed_by", "signed_at"), strict=False):
            value = their_column(scope, theirs, name, (field,))
            tests.append(f"{value.sql} IS NULL")
            if value.type is ValueType.YESNO:
                tests.append(f"NOT {value.sql}")
            elif value.type is ValueType.TEXT:
                tests.append(f"trim({value.sql}) IN ({', '.join(quoted(word) for word in UNSIGNED)})")
        return " OR ".join(tests)

    def _copies(self, scope: Scope, theirs: Row) -> list[tuple[str, Outcome]]:
        if not self.copies:
            return []
        number = their_column(scope, theirs, "copies", ("copies",), ValueType.NUMBER).sql
        return [(f"{number} IS NULL", Outcome.NULL_CONDITION), (f"{number} < {self.copies}", Outcome.FORM_COPIES)]


def _blank(row: Row, name: str) -> str:
    """SQL, never NULL: the cell is empty; one that says "not applicable" is filled."""
    inapplicable = row.inapplicable([name])
    return f"({row.cell(name)} IS NULL{f' AND NOT {inapplicable}' if inapplicable else ''})"
