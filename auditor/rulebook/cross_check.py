"""Cross-checks: ids, clauses and examples of all rules together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.rulebook.clause import Regulation
from auditor.rulebook.entry import Entry


def cross_check(entries: Sequence[Entry], regulations: Mapping[str, Regulation]) -> list[Problem]:
    """What is wrong between rules: doubled ids, unknown regulations and clauses."""
    found = [*_doubled(entries), *(problem for entry in entries for problem in _citations(entry, regulations))]
    return list(dict.fromkeys(found))


def _doubled(entries: Sequence[Entry]) -> Iterator[Problem]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        for name in (entry.rule.id, *entry.rule.formerly):
            if name in seen:
                what = f"The id '{name}' is already used at {seen[name].place(('id',))}."
                yield Problem(entry.place(("id",)), "doubled-id", what, "Give each rule an id of its own.", True)
            seen.setdefault(name, entry)


def _citations(entry: Entry, regulations: Mapping[str, Regulation]) -> Iterator[Problem]:
    rule = entry.rule
    regulation = regulations.get(rule.regulation)
    if regulation is None:
        what = f"The regulation '{rule.regulation}' has no clauses.yaml."
        remedy = nearest(rule.regulation, regulations, "Add one with `regulation:`, `code:`, `title:` and `clauses:`.")
        yield Problem(entry.file.at(("regulation",)), "unknown-regulation", what, remedy, True)
        return
    known = {clause.id for clause in regulation.clauses}
    for index, clause in enumerate(rule.covers):
        if clause not in known:
            what = f"There is no clause '{clause}' in '{rule.regulation}'."
            remedy = nearest(clause, known, "Cite a clause of clauses.yaml.")
            yield Problem(entry.place(("covers", index)), "unknown-clause", what, remedy, True)
