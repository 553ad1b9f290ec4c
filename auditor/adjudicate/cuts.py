"""Cuts: what is taken off the points and amounts of one subject in one month, by offsets and by the caps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.adjudicate.because import Derivation
from auditor.adjudicate.choose import Award
from auditor.adjudicate.circumstances import bears_on
from auditor.adjudicate.heading import Caps
from auditor.adjudicate.model import Policy
from auditor.adjudicate.outcome import Firing

FIELDS = ("points", "amount")


def set_off(policy: Policy, awards: Sequence[Award], period: str | None, derivation: Derivation) -> list[Award]:
    """The awards of one month after rewards were set off against penalties, as far as a policy says so.

    What is held or exempted takes no part, and what is mandatory is not made less.
    """
    out = list(awards)
    for field in FIELDS:
        by = tuple(
            firing
            for firing in derivation.firings
            if (offset := policy.policies[firing.provision].conclude.offset)
            and offset.rewards == field
            and bears_on(derivation, firing, period)
        )
        if by:
            rewards, penalties = _free(out, "reward"), _free(out, "penalty")
            common = min(_total(out, rewards, field), _total(out, penalties, field))
            for side in (rewards, penalties):
                _take(out, side, field, common, by)
    return out


def capped(caps: Caps, awards: Sequence[Award]) -> list[Award]:
    """The awards of one month with penalties cut down to the caps: the mildest first, what is held before others.

    What is mandatory counts, but is not cut.
    """
    out = list(awards)
    for field in FIELDS:
        most = getattr(caps, field)
        if most is not None:
            places = [place for place, one in enumerate(out) if one.first.term.kind == "penalty"]
            free = [place for place in places if not out[place].first.term.mandatory]
            free.sort(key=lambda place: bool(out[place].held))
            _take(out, free, field, max(0, _total(out, places, field) - most), ())
    return out


def _free(awards: Sequence[Award], kind: str) -> list[int]:
    """The places of the awards of a kind that stand as proposed and may be made less, gravest first."""
    return [
        place
        for place, one in enumerate(awards)
        if one.first.term.kind == kind and not (one.held or one.exempted or one.first.term.mandatory)
    ]


def _total(awards: Sequence[Award], places: Sequence[int], field: str) -> int:
    return sum(getattr(awards[place], field) for place in places)


def _take(awards: list[Award], places: Sequence[int], field: str, much: int, by: tuple[Firing, ...]) -> None:
    """Take as ``much`` off the awards at ``places`` as they have, from the last of them up."""
    for place in reversed(places):
        one = awards[place]
        taken = min(much, getattr(one, field))
        if taken:
            cut = {field: getattr(one, field) - taken, f"{field}_cut": getattr(one, f"{field}_cut") + taken}
            awards[place] = replace(one, **cut, cut_by=tuple(dict.fromkeys((*one.cut_by, *by))))
            much -= taken
