"""What if: other rules or another policy beside a run that is kept, and nothing of it is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.door import in_process
from tests.project.conftest import Write

LOG = """\
工单号,受理时间,完成时间,客服,工单类型,费用,态度良好
T1,2025-03-05 10:00,2025-03-05 11:00,张敏,报修,0,是
T2,2025-03-05 10:30,2025-03-05 12:00,李强,咨询,12.5,否
"""


@pytest.fixture
def project(shop: Path, write: Write) -> Path:
    write("regulations: [shop]\n")
    (shop / "logs" / "tickets.csv").write_text(LOG, encoding="utf-8")
    assert in_process(("run", "--as-of", "2025-03-31", "--fail-on", "never")).code == 0
    return shop


def differs(*words: str) -> dict[str, Any]:
    spoken = in_process(("run", "--against", "last", "--format", "json", *words))
    assert spoken.code == 0, spoken.stderr
    return dict(json.loads(spoken.stdout))


def change(project: Path, file: str, old: str, new: str) -> None:
    path = project / "rules" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_same_rules_change_nothing(project: Path) -> None:
    found = differs()
    parts = ("new", "fixed", "not_judged", "changed", "rules", "consequences", "balances")
    assert {part: found[part] for part in parts} == {part: [] for part in parts}
    assert len(found["open"]) == 1
    assert found["after"]["as_of"] == "2025-03-31 00:00"


def test_nothing_is_kept_and_no_report_written(project: Path) -> None:
    before = sorted((path, path.read_bytes()) for path in (project / "history").iterdir())
    differs()
    assert sorted((path, path.read_bytes()) for path in (project / "history").iterdir()) == before
    assert not (project / "reports").exists()


def test_a_rule_that_forbids_less_takes_a_finding_and_its_consequence_away(project: Path) -> None:
    change(project, "shop/service.yaml", "when: kind <> '内部'", "when: kind <> '咨询'")
    found = differs()
    assert [one["record_key"] for one in found["fixed"]] == ["T2"]
    [balance] = found["balances"]
    assert (balance["subject"], balance["kind"], balance["number_before"], balance["number_after"]) == (
        "李强",
        "penalty",
        1,
        0,
    )
    assert [one["after"] for one in found["consequences"]] == [None]


def test_a_graver_severity_is_told_of_the_finding(project: Path) -> None:
    change(project, "shop/service.yaml", "severity: minor", "severity: critical")
    [one] = differs()["changed"]
    assert (one["before"]["severity"], one["after"]["severity"]) == ("minor", "critical")


def test_the_table_tells_it_in_words(project: Path) -> None:
    change(project, "shop/service.yaml", "when: kind <> '内部'", "when: kind <> '咨询'")
    said = in_process(("run", "--against", "last")).stdout
    assert "Found no more (kept now, or not in the data): 1" in said
    assert "What it comes to: 1\n李强  penalty  1 → 0" in said


def test_a_run_that_is_not_there_is_refused(project: Path) -> None:
    spoken = in_process(("run", "--against", "nothing"))
    assert (spoken.code, spoken.stdout) == (2, "")
