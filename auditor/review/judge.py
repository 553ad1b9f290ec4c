"""Judge: one row that a reviewer filled in, to a decision or to why it is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from auditor.fold import fold
from auditor.history import Decision
from auditor.history.decision import Word
from auditor.intake.values.time import read_time
from auditor.report.reviewsheet import LANGUAGES
from auditor.report.texts import text
from auditor.review.oneself import may_be
from auditor.review.returned import Row
from auditor.review.sent import SentFinding

FAR = timedelta(days=366)

_DECISIONS: tuple[Word, ...] = ("confirm", "waive", "dispute")
_WORDS: dict[str, Word] = {fold(text(f"decision.{word}", lang)): word for lang in LANGUAGES for word in _DECISIONS}


@dataclass(frozen=True, slots=True)
class Mistaken:
    """Why a row is no decision: a code of words.py with what it tells."""

    code: str
    value: object = ""
    expected: object = ""


@dataclass(frozen=True)
class Terms:
    """What a decision is held to: the ``day`` of the report, and for how many days a rule can be waived."""

    day: date
    waivable_days: Callable[[str], int]


def judge(row: Row, finding: SentFinding, terms: Terms, source: str) -> tuple[Decision | None, list[Mistaken]]:
    """The decision in a row on the finding it names, or everything that is wrong with it.

    ``source`` is the sha256 of the file.
    """
    word = _WORDS.get(fold(row.text("decision")))
    decided, expires = read_day(row.text("reviewed-on")), read_day(row.text("expires"))
    mistakes = [*_about_word(row, word), *_about_reviewer(row, decided, terms)]
    if word == "waive":
        known = decided if decided and abs(decided - terms.day) <= FAR else None
        mistakes += _about_waiver(row, finding, known, expires, terms)
    if mistakes or word is None or decided is None:
        return None, mistakes
    return Decision(
        finding_key=finding.key,
        decision=word,
        reason=row.text("opinion"),
        reviewer=row.text("reviewer"),
        decided_on=decided,
        expires=expires if word == "waive" else None,
        evidence_hash=finding.evidence_hash,
        source=source,
        row=row.where.row,
    ), []


@lru_cache(maxsize=4096)
def read_day(written: str) -> date | None:
    """The day in a cell, in any spelling of a date; None where there is none."""
    found = read_time(written, "UTC", None).value if written else None
    return None if found is None else datetime.fromtimestamp(int(found), UTC).date()


def _about_word(row: Row, word: Word | None) -> Iterator[Mistaken]:
    written = row.text("decision")
    if not written:
        yield Mistaken("decision-missing")
    elif word is None:
        yield Mistaken("decision-unknown", written)


def _about_reviewer(row: Row, decided: date | None, terms: Terms) -> Iterator[Mistaken]:
    written = row.text("reviewed-on")
    if not row.text("reviewer"):
        yield Mistaken("reviewer-missing")
    if not written:
        yield Mistaken("date-missing")
    elif decided is None:
        yield Mistaken("date-unreadable", written)
    elif abs(decided - terms.day) > FAR:
        yield Mistaken("date-far", decided)


def _about_waiver(
    row: Row, finding: SentFinding, decided: date | None, expires: date | None, terms: Terms
) -> Iterator[Mistaken]:
    if not row.text("opinion"):
        yield Mistaken("reason-missing")
    if may_be(row.text("reviewer"), finding.subject, finding.names):
        yield Mistaken("self-waiver", row.text("reviewer"))
    days = terms.waivable_days(finding.rule)
    if not row.text("expires"):
        yield Mistaken("expiry-missing")
    elif expires is None:
        yield Mistaken("expiry-unreadable", row.text("expires"))
    elif expires < max(terms.day, decided or terms.day):
        yield Mistaken("expiry-past", expires)
    elif decided and expires > decided + timedelta(days=days):
        yield Mistaken("expiry-beyond", expires, days)
