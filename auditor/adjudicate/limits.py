"""What the inference engine bears: beyond these it hangs or answers wrongly, so we refuse first."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.adjudicate.model import Provision

PROVISIONS_IN_A_SET = 200
CONDITIONS_IN_A_SET = 400
CONDITIONS_OF_A_PROVISION = 200
ANTECEDENTS = 12
KEYS = 200
FIRINGS_OF_A_SUBJECT = 100_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What the worker process may use: address space in bytes and wall time in seconds."""

    memory_bytes: int = 2 * 1024**3
    seconds: float = 300.0


def conditions(provision: Provision) -> int:
    """How many alternatives the provision asks for: one for each antecedent and listed value."""
    return sum(
        max(1, sum(len(compared.any_of) for compared in antecedent.where.values())) for antecedent in provision.when
    )


def excess(provision: Provision) -> str | None:
    """Why the provision is too large for the engine, in one sentence; None if it is not."""
    for number, most, what in (
        (len(provision.when), ANTECEDENTS, "facts under 'when'"),
        (conditions(provision), CONDITIONS_OF_A_PROVISION, "values under 'any_of'"),
        (max((len(antecedent.where) for antecedent in provision.when), default=0), KEYS, "attributes of one fact"),
        (len(provision.conclude.values), KEYS, "attributes of the concluded fact"),
    ):
        if number > most:
            return f"The policy '{provision.id}' has {number} {what}; the most is {most}."
    return None
