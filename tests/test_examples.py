"""The worked examples beside the product: their rules pass their own examples and have no weakness."""

import pytest

from tests.commands.door import ROOT, in_process


@pytest.mark.parametrize(("name", "rules"), [("incidents", 8), ("food_safety", 6)])
@pytest.mark.parametrize("verb", ["test", "lint"])
def test_rules_of_the_examples(name: str, rules: int, verb: str) -> None:
    spoken = in_process(["rules", verb, "--rules", str(ROOT / "examples" / name)])
    assert (spoken.code, spoken.stderr) == (0, "")
    assert spoken.stdout.startswith(f"{rules} rules, ")
    assert spoken.stdout.endswith((" 0 differences\n", " 0 problems\n"))
