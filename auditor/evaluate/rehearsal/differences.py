"""Differences: where the verdicts of an example are not those that it expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.evaluate.rehearsal.stage import Verdicts
from auditor.rulebook import Example

_NOTHING = ("nothing owed", "-")


def differences(example: Example, verdicts: Verdicts) -> Iterator[str]:
    """Each difference in words, such as ``should pass, but R1 is fail (late)``."""
    if isinstance(example.expect, Mapping):
        yield from _by_key(example.expect, verdicts)
        return
    if not verdicts:
        yield f"should {example.expect}, but nothing is owed"
    for key, (verdict, reason) in verdicts.items():
        if verdict != example.expect:
            yield f"should {example.expect}, but {key} is {verdict} ({reason})"


def _by_key(expected: Mapping[str, str], verdicts: Verdicts) -> Iterator[str]:
    for key in dict.fromkeys((*expected, *verdicts)):
        wanted = expected.get(key, _NOTHING[0])
        got, reason = verdicts.get(key, _NOTHING)
        if wanted != got:
            yield f"{key} should be {wanted}, but is {got} ({reason})"
