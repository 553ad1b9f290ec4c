"""Outcomes: the five verdicts, each with the reasons it can have, as small integers a query can carry."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Verdict(StrEnum):
    """What was decided about one obligation, as of one instant."""

    PASS = "pass"
    FAIL = "fail"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class Outcome(IntEnum):
    """A verdict with its reason. ``code // 32`` is the verdict, in the order of Verdict; 0 is "nothing owed"."""

    PASS = 1

    LATE = 32
    ABSENT = 33
    FORBIDDEN = 34
    SURPLUS = 35
    CONDITION = 36
    EMPTY = 37
    FORM_MISSING = 38
    FORM_LATE = 39
    FORM_INCOMPLETE = 40
    FORM_UNSIGNED = 41
    FORM_COPIES = 42
    TOO_FEW = 43
    GAP = 44
    NOT_BEFORE = 45
    ITEM = 46
    SCORE = 47
    TARGET = 48
    UNANSWERED_FAIL = 49

    OPEN = 64
    AT_RISK = 65
    RUNNING = 66
    RECTIFYING = 67

    EXCEPTION = 96
    NO_WORKING_DAY = 112
    TOO_FEW_CASES = 113
    INAPPLICABLE = 114
    NO_SCORE = 115

    SCOPE_UNKNOWN = 128
    UNREADABLE = 129
    START_MISSING = 130
    FUTURE = 131
    CALENDAR = 132
    NULL_CONDITION = 133
    DATE_ONLY = 134
    LOG_STARTS_LATER = 135
    UNSURE_MATCH = 136
    UNANSWERED = 137
    TIME_MISSING = 138
    GROUP_MISSING = 139
    EXCEPTION_UNKNOWN = 140
    PERSON_UNKNOWN = 141
    PAUSE_UNKNOWN = 142

    @property
    def verdict(self) -> Verdict:
        """The verdict of this outcome."""
        return _VERDICTS[self // 32]

    @property
    def by_absence(self) -> bool:
        """Whether the failure rests on something not being in the log (it may still come, late)."""
        return self in _ABSENCES


_VERDICTS = tuple(Verdict)
_ABSENCES = frozenset({Outcome.ABSENT, Outcome.FORM_MISSING, Outcome.TOO_FEW, Outcome.GAP, Outcome.NOT_BEFORE})

MAX_EXCEPTIONS = Outcome.NO_WORKING_DAY - Outcome.EXCEPTION


def outcome_of(code: int) -> Outcome:
    """The outcome of a stored code; the sixteen exception codes are all EXCEPTION."""
    return Outcome.EXCEPTION if Outcome.EXCEPTION <= code < Outcome.NO_WORKING_DAY else Outcome(code)
