"""Score: what the answers of a sheet come to, and whether the sheet reaches its mark."""

from __future__ import annotations

from typing import Literal

from auditor.kinds.items import WEIGHT
from auditor.kinds.outcome import Outcome

_COUNTED = f"NOT _outcome BETWEEN {Outcome.EXCEPTION:d} AND {Outcome.SCOPE_UNKNOWN - 1}"
_FAILED = f"_outcome BETWEEN {Outcome.LATE:d} AND {Outcome.OPEN - 1}"
_UNKNOWN = f"_outcome >= {Outcome.SCOPE_UNKNOWN:d}"
_PENDING = f"_outcome BETWEEN {Outcome.OPEN:d} AND {Outcome.EXCEPTION - 1}"


def score_sheets(answers: str, method: Literal["deduct", "weighted"], pass_mark: float) -> str:
    """One row for each ``_sheet`` of ``answers``: its ``_outcome``, the score it can still reach, and its dues.

    ``answers`` selects ``_sheet, _outcome, _code, _weight, _points, _gates, _at, _subject``. Items that do not apply
    leave the score; what is unknown or still open counts as met, so that a failure is certain.
    """
    items = (
        "SELECT _sheet, min(_at) AS _at, min(_subject) AS _least, max(_subject) AS _most,"
        f" sum(CASE WHEN {_COUNTED} THEN _weight ELSE 0 END) AS _total,"
        f" sum(CASE WHEN {_FAILED} THEN _weight ELSE 0 END) AS _lost,"
        f" least(sum(CASE WHEN {_FAILED} THEN _points ELSE 0 END), greatest(min(_weight), min(_points))) AS _deducted,"
        f" count_if({_FAILED} AND _gates) AS _gated, count_if({_UNKNOWN}) AS _unknown,"
        f" count_if({_PENDING}) AS _pending FROM ({answers}) WHERE _sheet IS NOT NULL GROUP BY _sheet, _code"
    )
    sheets = (
        "SELECT _sheet, min(_at) AS _at, CASE WHEN min(_least) = max(_most) THEN min(_least) END AS _subject,"
        " sum(_total) AS _total, sum(_lost) AS _lost, sum(_deducted) AS _deducted, sum(_gated) AS _gated,"
        f" sum(_unknown) AS _unknown, sum(_pending) AS _pending FROM ({items}) GROUP BY _sheet"
    )
    return f"SELECT *, {_outcome(method, pass_mark)} AS _outcome, {_score(method)} AS _score FROM ({sheets})"


def _outcome(method: Literal["deduct", "weighted"], pass_mark: float) -> str:
    mark = f"CAST({pass_mark!r} AS {WEIGHT})"
    short = f"100 * (_total - _lost) < {mark} * _total" if method == "weighted" else f"100 - _deducted < {mark}"
    return (
        f"CASE WHEN _gated > 0 THEN {Outcome.SCORE:d} WHEN _total = 0 THEN {Outcome.NO_SCORE:d}"
        f" WHEN {short} THEN {Outcome.SCORE:d} WHEN _unknown > 0 THEN {Outcome.UNANSWERED:d}"
        f" WHEN _pending > 0 THEN {Outcome.RECTIFYING:d} ELSE {Outcome.PASS:d} END"
    )


def _score(method: Literal["deduct", "weighted"]) -> str:
    """The raw score in points of a hundred, kept beside a critical failure; NULL where nothing is weighed."""
    if method == "weighted":
        return "round(CAST(100 * (_total - _lost) AS DOUBLE) / nullif(CAST(_total AS DOUBLE), 0), 6)"
    return "CAST(CASE WHEN _total > 0 THEN greatest(0, 100 - _deducted) END AS DOUBLE)"
