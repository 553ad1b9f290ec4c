"""What the reference says about a case."""

from __future__ import annotations

from tests.properties.draws import Case
from tests.reference.bench import verdicts


def expected_verdicts(case: Case) -> dict[str, str]:
    """Obligation key -> verdict."""
    return {key: verdict for key, (verdict, _) in verdicts(*case).items()}
