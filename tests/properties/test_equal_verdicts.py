"""On every random world the product gives the verdicts of the reference, obligation by obligation."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.draws import Case
from tests.properties.expected import expected_verdicts
from tests.properties.product import product_verdicts
from tests.properties.strategies import WORLDS


@pytest.mark.parametrize("kind", sorted(WORLDS))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_equal_verdicts(kind: str, data: st.DataObject) -> None:
    cases = data.draw(st.lists(WORLDS[kind](), min_size=15, max_size=20))
    answers = product_verdicts(cases)
    assert len(answers) == len(cases)
    differences = [_difference(case, answer) for case, answer in zip(cases, answers, strict=True)]
    assert not any(differences), "\n".join(filter(None, differences))


def _difference(case: Case, answer: dict[str, str]) -> str | None:
    """The whole case and what each side says, where they differ."""
    expected = expected_verdicts(case)
    keys = sorted(key for key in expected | answer if expected.get(key) != answer.get(key))
    if not keys:
        return None
    lines = [f"{key}: reference {expected.get(key)}, product {answer.get(key)}" for key in keys]
    return "\n".join([*lines, yaml.safe_dump(case._asdict(), allow_unicode=True, sort_keys=False)])
