"""``auditor --help``, ``rules``, ``inspect`` and ``explain``."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.door import ROOT, in_process

SOUND = ROOT / "fixtures" / "broken" / "sound"
RUN = ("run", "tickets.csv", "--rules", "rules")
HEAVY = ("duckdb", "sqlglot", "pandas", "openpyxl", "pydantic", "numpy", "pyarrow", "rich", "yaml")
LOADED = """
import sys
sys.argv = ["auditor", "--help"]
from auditor.commands import main
try:
    main()
except SystemExit:
    print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


@pytest.fixture(autouse=True)
def _shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)


def test_help_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(heavy=HEAVY)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"
    assert "Commands:" in done.stdout


# words, exit code, what standard output says somewhere
SPOKEN = [
    ("rules list --rules rules", 0, ["SHOP-A-01    重要       deadline   工单一日内办结"]),
    ("rules list --rules rules --lang en", 0, ["SHOP-A-02    minor    condition  Staff are polite"]),
    ("rules list --rules rules --regulation shop", 0, ["SHOP-A-01", "SHOP-A-02"]),
    ("rules show SHOP-A-01 --rules rules", 0, ["SHOP-001  第一条: 工单一日内办结", "${closing} = 24h (source)"]),
    ("rules test --rules rules", 0, ["2 rules, 4 examples, 0 differences"]),
    ("rules test SHOP-A-02 --rules rules", 0, ["1 rules, 2 examples, 0 differences"]),
    ("rules lint --rules rules", 0, ["2 rules, 0 problems"]),
    ("rules coverage --rules rules", 0, ["SHOP-001   computed   SHOP-A-01", "shop: 2 of 2 checkable"]),
    ("inspect tickets.csv --rules rules", 0, ["读取 2 行 = 采用 2 + 搁置 0", "工单号 -> ticket_id"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "parts"), SPOKEN, ids=[line[0] for line in SPOKEN])
def test_what_a_command_says(words: str, code: int, parts: list[str]) -> None:
    spoken = in_process(words.split())
    assert (spoken.code, spoken.stderr) == (code, "")
    for part in parts:
        assert part in spoken.stdout


def test_coverage_as_json() -> None:
    spoken = in_process(("rules", "coverage", "--rules", "rules", "--format", "json"))
    assert json.loads(spoken.stdout) == {
        "shop": {"clauses": 2, "checkable": 2, "covered": 2, "advice": 0, "uncovered": []}
    }


def test_a_finding_is_explained_with_its_derivation_clause_and_cells() -> None:
    finding = json.loads(in_process((*RUN, "--format", "json", "--lang", "en")).stdout)["findings"][0]
    mark = finding["fingerprint"]
    spoken = in_process(("explain", mark[:8], *RUN[1:], "--lang", "en"))
    assert (spoken.code, spoken.stderr) == (0, "")
    assert spoken.stdout.splitlines() == [
        f"finding: {mark}  major",
        "rule: SHOP-A-01  A ticket is closed within a day",
        "clause: SHOP-001  Service rules of a shop 第一条: A ticket is closed within a day.",
        "subject: 李强",
        f"  {finding['message']}",
        "begun: 2025-03-05 10:30",
        "due: 2025-03-06 10:30",
        "last in time: 2025-03-06 10:30",
        "seen at: 2025-03-07 09:00",
        "late by: 22 h 30 min",
        "calendar: office bd562724d35e",
        "figure: closing = 24h",
        "evidence: tickets.csv › row 3: 受理时间 = 2025-03-05 10:30, 完成时间 = 2025-03-07 09:00, 客服 = 李强",
    ]
