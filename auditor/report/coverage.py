"""Coverage as text and JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from auditor.rulebook import Coverage


def coverage_text(parts: Sequence[Coverage]) -> str:
    """One line a clause, then one line a regulation and the total."""
    lines = []
    for part in parts:
        for clause, how, rules in part.rows:
            lines.append(f"{clause:<10} {how:<10} {', '.join(rules) or ('—' if how == 'advice' else 'NO RULE')}")
        lines += [f"{rule} cites no clause" for rule in part.uncited]
    for part in parts:
        lines.append(f"{part.regulation}: {part.covered} of {part.checkable} checkable clauses, {part.advice} advice")
    if len(parts) > 1:
        covered, checkable = (sum(getattr(part, name) for part in parts) for name in ("covered", "checkable"))
        lines.append(f"all: {covered} of {checkable}")
    return "\n".join(lines)


def coverage_json(parts: Sequence[Coverage]) -> str:
    """``{regulation: {clauses, checkable, covered, advice, uncovered}}``."""
    document = {
        part.regulation: {
            "clauses": len(part.rows),
            "checkable": part.checkable,
            "covered": part.covered,
            "advice": part.advice,
            "uncovered": list(part.uncovered),
        }
        for part in parts
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
