"""Examples are judged as they stand, and a slip that none of them notices is told with the example it wants."""

import shutil
from pathlib import Path

import pytest

from auditor.evaluate.rehearsal import rehearse, spread, survivors
from auditor.rulebook import Rulebook, read_rulebook, rules_named
from tests.commands.door import ROOT, in_process

HEAD = """regulation: shop
rules:
  - id: SHOP-A-01
    title: {zh: 工单一日内办结, en: A ticket is closed within a day}
    covers: [SHOP-001]
    severity: major
    kind: deadline
    record: ticket
    from: opened_at
    to: closed_at
    within: 24h
    subject: agent
    examples:
"""
IN_TIME = "      - {opened_at: 2025-03-05 10:00, closed_at: 2025-03-06 10:00, expect: pass}\n"
LATE = "      - {opened_at: 2025-03-05 10:00, closed_at: 2025-03-06 10:01, expect: fail}\n"
EARLY = "      - {opened_at: 2025-03-05 10:00, closed_at: 2025-03-05 11:00, expect: pass}\n"
LOST = "      - {opened_at: 2025-03-05 10:00, closed_at: 2025-03-09 11:00, expect: fail}\n"
WANTED = "no example notices. Add one that is due exactly at 24h and one a minute later."


def book_with(folder: Path, examples: str) -> Rulebook:
    shutil.copytree(ROOT / "fixtures" / "broken" / "sound" / "rules", folder / "rules")
    chapter = next(path for path in (folder / "rules").rglob("*.yaml") if "SHOP-A-01" in path.read_text("utf-8"))
    chapter.write_text(HEAD + examples, encoding="utf-8")
    book, problems = read_rulebook(folder / "rules")
    assert book is not None
    assert [str(problem) for problem in problems] == []
    return book


@pytest.mark.parametrize(
    ("examples", "unnoticed"),
    [
        (IN_TIME + LATE, []),
        (EARLY + LATE, ["24h -> 23h"]),
        (IN_TIME + LOST, ["24h -> 25h"]),
        (EARLY + LOST, ["24h -> 25h", "24h -> 23h"]),
    ],
)
def test_examples_at_the_border_notice_what_others_do_not(tmp_path: Path, examples: str, unnoticed: list[str]) -> None:
    book = book_with(tmp_path, examples)
    (result,) = survivors(book, book.entries)
    place = book.entries[0].place(("within",))
    assert result.tried == 2
    assert [str(one) for one in result.problems] == [f"{place}: SHOP-A-01 within {one}: {WANTED}" for one in unnoticed]


def test_an_example_that_gets_another_verdict_is_told(tmp_path: Path) -> None:
    book = book_with(tmp_path, IN_TIME.replace("pass", "fail") + LATE)
    (result,) = rehearse(book, book.entries)
    assert [problem.what for problem in result.problems] == ["SHOP-A-01: should fail, but row 1 is pass (pass)."]


def test_an_example_with_an_unknown_column_is_not_judged(tmp_path: Path) -> None:
    book = book_with(tmp_path, IN_TIME + LATE.replace("opened_at", "opend_at"))
    (result,) = rehearse(book, book.entries)
    assert [problem.code for problem in result.problems] == ["unknown-field"]


def test_work_spread_over_processes_is_the_work_done_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    book, _ = read_rulebook(ROOT / "examples" / "incidents")
    assert book is not None
    alone = list(survivors(book, book.entries))
    monkeypatch.setattr(spread, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert list(survivors(book, book.entries)) == alone
    assert [one.rule for one in alone] == [entry.rule.id for entry in rules_named(book, ())]


def test_no_slip_in_the_shipped_rules_goes_unnoticed() -> None:
    spoken = in_process(["rules", "test", "--mutate"])
    assert (spoken.code, spoken.stderr) == (0, "")
    assert spoken.stdout.endswith(" mutants, 0 not noticed\n")
    assert not spoken.stdout.startswith("0 rules")
