"""Listing: every finding that was decided on, or waits for it, and the decisions that should be looked at again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.history import Decision, FindingRecord, History
from auditor.review.oneself import may_be
from auditor.review.standing import Reviewed, by_finding, lapsed, review, standing


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding by its key, with its review; ``finding`` is None where the last run does not have it."""

    key: str
    reviewed: Reviewed
    finding: FindingRecord | None


@dataclass(frozen=True)
class Known:
    """What a history knows: every decision, the findings of the last run, and the local day of that run."""

    log: Sequence[Decision]
    findings: Mapping[str, FindingRecord]
    day: date | None


def known(history: History) -> Known:
    """What there is to list."""
    runs = history.runs()
    found = {one.key: one for one in history.findings(runs[-1].id)} if runs else {}
    return Known(history.decision_log(), found, date.fromisoformat(runs[-1].as_of_text[:10]) if runs else None)


def list_reviews(what: Known, day: date) -> Iterator[Listed]:
    """Every finding of the last run, and every other that was decided on; waivers are in force or lapsed on ``day``."""
    evidence = {one.finding_key: one.evidence_hash for one in what.log}
    evidence |= {key: one.evidence_hash for key, one in what.findings.items()}
    reviewed = review(what.log, evidence, day)
    for key in sorted(evidence):
        yield Listed(key, reviewed.get(key, Reviewed("open", ())), what.findings.get(key))


def expiring(listed: Listed, day: date, days: int) -> bool:
    """A waiver in force that lapses within so many days."""
    ends = (one.expires for one in listed.reviewed.decisions if one.decision == "waive" and one.expires)
    return listed.reviewed.state == "waived" and any(end <= day + timedelta(days=days) for end in ends)


def lint(what: Known, day: date, waivable_days: Callable[[str], int]) -> Iterator[tuple[Decision, str, str]]:
    """Waivers in force that should be looked at again: each with what is wrong and what to do."""
    for decisions in by_finding(what.log).values():
        for one in standing(decisions):
            if one.decision == "waive":
                told = _about(one, what.findings.get(one.finding_key), day, waivable_days)
                yield from ((one, said, remedy) for said, remedy in told)


def _about(
    one: Decision, finding: FindingRecord | None, day: date, waivable_days: Callable[[str], int]
) -> Iterator[tuple[str, str]]:
    if one.expires is None:
        yield "The waiver has no last day and waives nothing.", "Decide again, with a last day."
    elif lapsed(one, day):
        yield f"The waiver ended on {one.expires}.", "Decide again if it should go on."
    if finding is None:
        yield "The last run has no finding that it waives.", "Nothing, if it was mended; it counts again if it returns."
        return
    if one.evidence_hash != finding.evidence_hash:
        yield "The evidence has changed since the waiver.", "Look at the finding, and decide again."
    if may_be(one.reviewer, finding.subject or ""):
        yield f"'{one.reviewer}' waived a finding of their own.", "Let somebody else decide."
    days = waivable_days(finding.rule)
    if one.expires and one.expires > one.decided_on + timedelta(days=days):
        yield f"The waiver lasts until {one.expires}, more than the {days} days of {finding.rule}.", "Decide again."
