"""Everything a policy looks at, gathered once; what no policy looks at is not computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from auditor.adjudicate.gather.basis import Basis
from auditor.adjudicate.gather.clean import gather_clean
from auditor.adjudicate.gather.complaints import gather_complaints
from auditor.adjudicate.gather.earlier import Past, gather_earlier
from auditor.adjudicate.gather.incidents import gather_incidents
from auditor.adjudicate.gather.merits import gather_merits, report_nameless
from auditor.adjudicate.gather.metrics import gather_metrics
from auditor.adjudicate.gather.tallies import charge, gather_tallies
from auditor.adjudicate.given import Given
from auditor.adjudicate.valves import find_suspect
from auditor.problem import Problem

_GATHERERS: Mapping[str, Callable[[Basis], Sequence[Given]]] = {
    "tally": gather_tallies,
    "incident": gather_incidents,
    "complaint": gather_complaints,
    "merit": gather_merits,
    "metric": gather_metrics,
    "clean": gather_clean,
}


def gather(basis: Basis, past: Iterable[Past] = ()) -> tuple[list[Given], list[Problem]]:
    """The facts of every name that some policy looks at, and what is wrong: suspect rules, and merits of nobody.

    ``past`` are the consequences in the ledger.
    """
    numbers, problems = find_suspect(basis.evaluation.results, basis.policy.suspect)
    basis = replace(basis, suspect=numbers)
    charge(basis)
    given = [each for name, gatherer in _GATHERERS.items() if basis.reads(name) for each in gatherer(basis)]
    if basis.reads("merit"):
        problems += report_nameless(basis)
    if basis.reads("earlier"):
        given += gather_earlier(basis, past)
    return given, problems
