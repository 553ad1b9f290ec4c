"""The random worlds are worth judging: every verdict a kind can give occurs among them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.draws import Case
from tests.properties.expected import expected_verdicts
from tests.properties.strategies import WORLDS

_DECIDED = {"pass", "fail", "unknown"}
_OCCURRING = {
    "cadence": _DECIDED | {"pending", "not_applicable"},
    "checklist": _DECIDED | {"pending", "not_applicable"},
    "condition": _DECIDED | {"not_applicable"},
    "deadline": _DECIDED | {"pending", "not_applicable"},
    "form": _DECIDED | {"pending", "not_applicable"},
    "gap": _DECIDED | {"pending"},
    "limit": _DECIDED | {"pending", "not_applicable"},
    "metric": {"pass", "fail", "pending", "not_applicable"},
    "sequence": _DECIDED | {"not_applicable"},
}


@pytest.mark.parametrize("kind", sorted(WORLDS))
def test_every_verdict_occurs(kind: str) -> None:
    seen: set[str] = set()

    @settings(max_examples=8, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(WORLDS[kind](), min_size=15, max_size=20))
    def judge_them(cases: list[Case]) -> None:
        for case in cases:
            seen.update(expected_verdicts(case).values())

    judge_them()
    assert seen == _OCCURRING[kind]
