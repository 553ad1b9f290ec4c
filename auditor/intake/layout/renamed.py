"""Renamed columns: headers that nobody knows beside fields that are not there."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from auditor.fold import fold_header
from auditor.intake.header import Candidate

_NEAR = 0.75
"""How alike two headers must be, from 0 to 1, to be worth a question."""

_FURTHER = 2
"""How many characters longer a header may be that holds another whole (备注2, 客户姓名全称)."""


@dataclass(frozen=True)
class Guess:
    """An unknown ``header`` that may be the ``alias`` of a ``field`` the sheet lacks."""

    header: str
    alias: str
    field: str


def guesses(chosen: Candidate) -> list[Guess]:
    """For each unknown header the nearest alias of a missing field, if any is near; none is taken twice."""
    doubled = {header for headers in chosen.doubled.values() for header in headers}
    unknown = [header for header in chosen.extras if header not in doubled]
    have = {match.field for match in chosen.columns} | chosen.doubled.keys()
    names = [
        (alias, field)
        for field, model in chosen.record.fields.items()
        if field not in have
        for alias in (*model.aliases, field)
    ]
    rated = [(_alike(header, alias), header, alias, field) for header in unknown for alias, field in names]
    found: dict[str, Guess] = {}
    for rate, header, alias, field in sorted(rated, key=lambda one: -one[0]):
        if rate >= _NEAR and header not in found and field not in {guess.field for guess in found.values()}:
            found[header] = Guess(header, alias, field)
    return [found[header] for header in unknown if header in found]


def _alike(header: str, alias: str) -> float:
    """How alike two headers are, from 0 to 1; one that holds the other and little else is near enough."""
    one, other = fold_header(header), fold_header(alias)
    if min(len(one), len(other)) < 2:
        return 0.0
    rate = SequenceMatcher(None, one, other, autojunk=False).ratio()
    levels = "/" in header
    whole = not levels and (one in other or other in one) and abs(len(one) - len(other)) <= _FURTHER
    return max(rate, _NEAR) if whole else rate
