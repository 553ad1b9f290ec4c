"""Decisions are added file by file, each file once; the last one by day and import counts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.history import Decision, History, open_history

DAY = date(2025, 7, 1)
CONFIRM = Decision("f1", "confirm", "属实", "李强", DAY, None, "e" * 16, "s1", 7)
WAIVE = replace(CONFIRM, decision="waive", reason="客户同意", decided_on=date(2025, 7, 5), expires=date(2025, 12, 31))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with open_history(tmp_path, write=True) as opened:
        yield opened


def test_what_is_decided_comes_back(history: History) -> None:
    assert history.decide([CONFIRM, WAIVE], "a" * 64, "复核.xlsx") == 2
    assert history.decision_log() == [CONFIRM, WAIVE]
    assert history.imported("a" * 64)
    assert not history.imported("b" * 64)


@pytest.mark.parametrize(
    ("on", "found"), [("2025-06-30", None), ("2025-07-01", CONFIRM), ("2025-07-04", CONFIRM), ("2025-07-05", WAIVE)]
)
def test_the_decision_in_force_on_a_day(history: History, on: str, found: Decision | None) -> None:
    history.decide([WAIVE], "a" * 64, "1.xlsx")
    history.decide([CONFIRM], "b" * 64, "2.xlsx")
    assert history.decisions(date.fromisoformat(on)).get("f1") == found


def test_of_two_of_one_day_the_one_imported_last_counts(history: History) -> None:
    dispute = replace(CONFIRM, decision="dispute", reviewer="王芳")
    history.decide([CONFIRM], "a" * 64, "1.xlsx")
    history.decide([dispute], "b" * 64, "2.xlsx")
    assert history.decisions(DAY) == {"f1": dispute}


@pytest.mark.parametrize(
    ("files", "kept"),
    [
        ([("a", [CONFIRM]), ("a", [CONFIRM])], 1),
        ([("a", [CONFIRM]), ("b", [replace(CONFIRM, source="s2", row=9)])], 1),
        ([("a", [CONFIRM]), ("b", [WAIVE]), ("c", [CONFIRM])], 2),
        ([("a", [CONFIRM]), ("b", [replace(CONFIRM, decision="dispute")]), ("c", [CONFIRM])], 3),
    ],
    ids=["the same file", "the same words in another file", "an old workbook again", "changed back on the same day"],
)
def test_only_what_is_new_is_kept(history: History, files: list[tuple[str, list[Decision]]], kept: int) -> None:
    for name, decisions in files:
        history.decide(decisions, name * 64, f"{name}.xlsx")
    assert len(history.decision_log()) == kept
