"""Reviewing: what reviewers made of a finding, in words, and since when it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from auditor.history import Decision
from auditor.report.texts import text
from auditor.report.wording import Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit
    from auditor.review import Reviewed, State

_IN_FORCE = ("confirmed", "waived", "disputed")


@dataclass(frozen=True, slots=True)
class Review:
    """The ``state`` of a finding and its ``words``, which tell a decision that counts no more or is contested.

    ``decision`` is the one in force, if it is one. ``first`` is the local day as of which the finding was first seen,
    ``times`` in how many runs in a row it was; None without a history.
    """

    state: State
    words: str
    decision: Decision | None = None
    first: date | None = None
    times: int | None = None


def tell_review(audit: Audit, fingerprint: str, lang: Language) -> Review:
    """The review of the finding with this fingerprint."""
    found = audit.states.get(fingerprint)
    first, times = _known(audit, fingerprint)
    if found is None:
        return Review("open", text("review.open", lang), None, first, times)
    decision = found.decisions[0] if len(found.decisions) == 1 and found.state in _IN_FORCE else None
    return Review(found.state, _words(found, decision is None, lang), decision, first, times)


def _words(found: Reviewed, old: bool, lang: Language) -> str:
    words = text(f"review.{found.state}", lang)
    return "\n".join([words, *(decision_words(one, lang) for one in found.decisions)]) if old else words


def decision_words(decision: Decision, lang: Language) -> str:
    """``豁免 至 2025-06-30(王芳 2025-04-02): 客户已签字同意延期``."""
    until = text("until", lang).format(decision.expires) if decision.expires else ""
    reason = f": {decision.reason}" if decision.reason else ""
    word = text(f"decision.{decision.decision}", lang)
    return f"{word}{until} ({decision.reviewer} {decision.decided_on}){reason}"


def review_totals(audit: Audit, lang: Language) -> str:
    """``待复核 12 · 已豁免 3``: how many findings are in each state of review that occurs."""
    return " · ".join(f"{text(f'review.{state}', lang)} {count}" for state, count in audit.reviews.items())


def _known(audit: Audit, fingerprint: str) -> tuple[date | None, int | None]:
    """The day of the first run that had the finding, this one if none before, and the runs in a row with this one."""
    if audit.seen is None:
        return None, None
    before = audit.seen.get(fingerprint)
    first = before.first_as_of if before else audit.run.as_of
    day = date.fromisoformat(audit.calendar.local_text(first)[:10])
    return day, (before.consecutive if before else 0) + 1
