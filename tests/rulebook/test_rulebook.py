"""Rulebooks: what a folder of rules says as a whole: not configured, coverage, lint, versions, former ids."""

import shutil
from pathlib import Path

import pytest

from auditor.rulebook import Rulebook, coverage, lint, read_rulebook

SOUND = Path(__file__).parent.parent.parent / "fixtures" / "broken" / "sound" / "rules"


def book_with(folder: Path, *changes: tuple[str, str, str]) -> Rulebook:
    """The sound rulebook with texts of its files replaced: (file, old, new)."""
    rules = folder / "rules"
    shutil.copytree(SOUND, rules, dirs_exist_ok=True)
    for name, old, new in changes:
        path = rules / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    book, problems = read_rulebook(rules)
    assert book is not None
    assert problems == []
    return book


SERVICE, CLAUSES = "shop/service.yaml", "shop/clauses.yaml"
THIRD = "  - {id: SHOP-003, place: 第三条, requirement: Staff smile., zh: 微笑, how: HOW}\n"


def third_clause(how: str) -> tuple[str, str, str]:
    return CLAUSES, "  - {id: SHOP-002", THIRD.replace("HOW}", how) + "  - {id: SHOP-002"


def test_a_figure_that_nobody_set_leaves_the_rule_unconfigured(tmp_path: Path) -> None:
    book = book_with(tmp_path, (SERVICE, "value: 24h", "value: null, proposed: 24h"))
    assert [entry.unconfigured for entry in book.entries] == [("closing",), ()]


def test_a_figure_of_ours_is_marked(tmp_path: Path) -> None:
    book = book_with(tmp_path, (SERVICE, "from: source", "from: ours"))
    assert [entry.ours for entry in book.entries] == [("closing",), ()]


def test_a_rule_is_found_by_its_former_id(tmp_path: Path) -> None:
    book = book_with(tmp_path, (SERVICE, "    severity: minor", "    severity: minor\n    formerly: [SHOP-B-09]"))
    found = book.entry("SHOP-B-09")
    assert found is not None
    assert found.rule.id == "SHOP-A-02"
    assert book.entry("SHOP-B-10") is None


def test_defaults_hold_where_a_rule_says_nothing_else(tmp_path: Path) -> None:
    book = book_with(
        tmp_path,
        (SERVICE, "    severity: minor\n", ""),
        (SERVICE, "rules:\n", "defaults: {severity: critical, department: agent}\nrules:\n"),
    )
    assert [(entry.rule.severity, entry.rule.department) for entry in book.entries] == [
        ("major", "agent"),
        ("critical", "agent"),
    ]


def test_the_version_follows_the_content_and_not_the_folder(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    same = book_with(here).version
    assert book_with(there).version == same
    assert book_with(tmp_path / "other", (SERVICE, "24h", "25h"), (SERVICE, "03-06 10:0", "03-06 11:0")).version != same


# how the third clause is checked; covered, checkable, advice, uncovered
COVERAGE = [
    ("computed}", (2, 3, 0, ("SHOP-003",))),
    ("inspected}", (2, 3, 0, ("SHOP-003",))),
    ("advice, why: A state of mind.}", (2, 2, 1, ())),
]


@pytest.mark.parametrize(("how", "expected"), COVERAGE)
def test_coverage(tmp_path: Path, how: str, expected: tuple[int, int, int, tuple[str, ...]]) -> None:
    [part] = coverage(book_with(tmp_path, third_clause(how)))
    assert (part.covered, part.checkable, part.advice, part.uncovered) == expected


# what is changed in the rules; what lint says
UNCOVERED = "No rule covers the clause {} of 'shop'. Write a rule whose `covers` names it."
LINT = [
    ((), []),
    ((third_clause("computed}"),), [UNCOVERED.format("SHOP-003")]),
    (((SERVICE, "covers: [SHOP-002]", "covers: []"),),
     ["SHOP-A-02 cites no clause. Add `covers: [...]`.",
      UNCOVERED.format("SHOP-002")]),
    (((SERVICE, "polite: 否, expect: fail", "expect: unknown"),),
     ["SHOP-A-02 has no example that must fail. Add an example with `expect: fail`."]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), LINT, ids=["sound", "uncovered", "uncited", "no fail"])
def test_lint(tmp_path: Path, changes: tuple[tuple[str, str, str], ...], said: list[str]) -> None:
    assert [f"{problem.what} {problem.remedy}" for problem in lint(book_with(tmp_path, *changes))] == said
