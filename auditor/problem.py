"""Problem: something wrong with what we were given, with its place and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.location import Location


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in an input: a file, a cell, a rule. Nobody is ever penalised for a Problem.

    ``code`` is a short stable word (``date-unreadable``, ``unknown-column``) to group and count by;
    ``what`` says what is wrong and ``remedy`` what to do, both as whole sentences.
    ``fatal`` problems stop the run; the others are reported beside the result.
    ``count`` is how many cells or rows the problem stands for when alike ones were folded into one.
    """

    where: Location
    code: str
    what: str
    remedy: str
    fatal: bool = False
    count: int = 1

    def __str__(self) -> str:
        """``place: what is wrong. What to do.``"""
        return f"{self.where}: {self.what} {self.remedy}"


class AuditorError(Exception):
    """A run that cannot go on: carries every Problem found so far and the exit code they mean."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the message is their lines."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RuleError(AuditorError):
    """A rule folder, tailoring or command line that is wrong (exit 2)."""

    exit_code = 2


class InputError(AuditorError):
    """An input file that cannot be read (exit 3)."""

    exit_code = 3


class NothingEvaluated(AuditorError):
    """Readable input in which no rule found anything to judge (exit 4)."""

    exit_code = 4


class NotDelivered(AuditorError):
    """A report that could not be written, or a message that could not be sent (exit 5)."""

    exit_code = 5


class Busy(AuditorError):
    """Another process is writing to the history (exit 75)."""

    exit_code = 75
