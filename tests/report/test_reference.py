"""The rule reference in docs/rules is what the rules say today."""

from pathlib import Path

from auditor.pipeline import read_rules
from auditor.report.markdown import cell, code, table
from auditor.report.reference import write_reference
from tests.commands.door import ROOT

PAGES = ROOT / "docs" / "rules"


def test_the_pages_are_those_that_the_rules_give(tmp_path: Path) -> None:
    made = write_reference(read_rules(), tmp_path)
    assert made
    assert sorted(path.name for path in PAGES.glob("*.md")) == [path.name for path in made]
    stale = [path.name for path in made if path.read_text("utf-8") != (PAGES / path.name).read_text("utf-8")]
    assert stale == [], "run `auditor rules reference -o docs/rules`"


def test_a_page_says_clause_rule_figures_and_examples() -> None:
    page = (PAGES / "decoration.md").read_text("utf-8")
    for part in (
        "# 客户服务管理规章制度\n",
        "### DEC-AS-01 报修电话一天内转交相关部门\n",
        "* DEC-084 第四章 销售后 一、服务准则 (一天内移交): 报修一天之内移交相关部门.",
        "| `within` | `${handover}` |",
        "| `${handover}` | `24h` | 制度原文 source |",
        "| 报修 | 2025-03-05 10:00 | 2025-03-06 10:01 |  | 违规 fail |",
        "[DEC-AS-01](#dec-as-01)",
    ):
        assert part in page


def test_no_cell_breaks_its_table() -> None:
    assert cell("a | b\nc <x>") == "a \\| b c &lt;x>"
    assert code({"if": "a = 'x'", "n": [1, None]}) == "`{if: a = 'x', n: [1, null]}`"
    assert code("") == "`''`"
    assert list(table(("a",), [])) == []
    assert list(table(("a", "b"), [("1", "2")])) == ["| a | b |", "| --- | --- |", "| 1 | 2 |", ""]
