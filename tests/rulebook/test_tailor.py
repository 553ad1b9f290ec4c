"""Tailoring: what each change does to a rulebook, and the words for one that cannot be made."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from auditor.location import Location
from auditor.rulebook import Change, Rulebook, Tailoring, read_rulebook, tailor

SOUND = Path(__file__).parent.parent.parent / "fixtures" / "broken" / "sound" / "rules"
VALUE = Location("auditor.yaml", line=4, column=30)
NAME = Location("auditor.yaml", line=4, column=12)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    found, problems = read_rulebook(SOUND)
    assert found is not None
    assert problems == []
    return found


def change(kind: Any, target: str, value: Any, remark: str = "试行", profile: str = "") -> Change:
    return Change(kind, target, value, remark, VALUE, NAME, profile)


def tailored(book: Rulebook, *changes: Change) -> Rulebook:
    made, problems = tailor(book, Tailoring("north", None, changes))
    assert problems == []
    return made


def test_a_parameter_gets_its_figure_and_becomes_ours(book: Rulebook) -> None:
    entry = tailored(book, change("parameter", "shop.closing", "8h")).entry("SHOP-A-01")
    assert entry is not None
    assert str(entry.rule.within) == "8h"  # type: ignore[attr-defined]
    assert entry.ours == ("closing",)
    assert entry.changes["parameter", "closing"].says_who == "auditor.yaml:4:30"
    assert entry.changes["parameter", "closing"].target.startswith("shop.")


def test_a_severity_is_changed_with_its_reason(book: Rulebook) -> None:
    entry = tailored(book, change("severity", "SHOP-A-02", "critical", profile="strict")).entry("SHOP-A-02")
    assert entry is not None
    assert (entry.rule.severity, entry.rule.severity_reason) == ("critical", "试行")
    assert entry.changes["severity", "SHOP-A-02"].says_who == "profile strict, auditor.yaml:4:30"


def test_a_rule_is_switched_off_and_on_again(book: Rulebook) -> None:
    off = tailored(book, change("off", "SHOP-A-02", True))
    entry = off.entry("SHOP-A-02")
    assert entry is not None
    assert (entry.rule.enabled, entry.rule.off_because) == (False, "试行 (auditor.yaml:4:30)")
    on = tailored(off, change("off", "SHOP-A-02", False)).entry("SHOP-A-02")
    assert on is not None
    assert (on.rule.enabled, on.rule.off_because) == (True, None)


def test_changes_of_one_rule_keep_each_other(book: Rulebook) -> None:
    changes = (change("severity", "SHOP-A-01", "minor"), change("parameter", "shop.closing", "8h"))
    for order in (changes, changes[::-1]):
        entry = tailored(book, *order).entry("SHOP-A-01")
        assert entry is not None
        assert (entry.rule.severity, str(entry.rule.within)) == ("minor", "8h")  # type: ignore[attr-defined]
        assert set(entry.changes) == {("severity", "SHOP-A-01"), ("parameter", "closing")}


def test_the_later_of_two_changes_counts(book: Rulebook) -> None:
    made = tailored(book, change("severity", "SHOP-A-01", "minor"), change("severity", "SHOP-A-01", "critical"))
    entry = made.entry("SHOP-A-01")
    assert entry is not None
    assert entry.rule.severity == "critical"
    assert made.tailoring is not None
    assert [one.value for one in made.tailoring.changes] == ["critical"]


def test_the_version_tells_the_changes_and_nothing_else(book: Rulebook) -> None:
    assert tailored(book).version == book.version
    one, same = (tailored(book, change("parameter", "shop.closing", "8h", why)).version for why in ("试行", "别的理由"))
    other = tailored(book, change("parameter", "shop.closing", "9h")).version
    assert one == same != other
    assert one.startswith(f"{book.version}+")


def test_the_book_that_was_given_stays_as_it_was(book: Rulebook) -> None:
    tailored(book, change("parameter", "shop.closing", "8h"), change("off", "SHOP-A-02", True))
    assert [str(book.entries[0].rule.within), book.entries[1].rule.enabled] == ["24h", True]  # type: ignore[attr-defined]


# the change, the message
MISTAKES = [
    (change("severity", "SHOP-A-03", "minor"),
     "4:12: There is no rule 'SHOP-A-03'. Did you mean 'SHOP-A-02'?"),
    (change("off", "X", True),
     "4:12: There is no rule 'X'. It can be SHOP-A-01 or SHOP-A-02."),
    (change("parameter", "shop.closin", "8h"),
     "4:12: There is no parameter 'shop.closin'. Did you mean 'shop.closing'?"),
    (change("parameter", "shop.closing", "8 days"),
     "4:30: SHOP-A-01 cannot be judged with '8 days': '8 days' does not say which kind of time it means."
     " Write 192h (elapsed hours), 8d (calendar days) or 8wd (working days)."),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "message"), MISTAKES, ids=[case[0].target for case in MISTAKES])
def test_a_change_that_cannot_be_made(book: Rulebook, wrong: Change, message: str) -> None:
    sound = change("off", "SHOP-A-02", True)
    made, problems = tailor(book, Tailoring("north", None, (wrong, sound)))
    assert [(str(problem), problem.fatal) for problem in problems] == [(f"auditor.yaml:{message}", True)]
    assert made.tailoring is not None
    assert made.tailoring.changes == (sound,)


def test_a_name_that_two_chapters_have_is_not_guessed(book: Rulebook, tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path / "rules")
    chapter = tmp_path / "rules" / "shop" / "service.yaml"
    text = chapter.read_text(encoding="utf-8").replace("SHOP-A", "SHOP-B")
    (chapter.parent / "second.yaml").write_text(text, encoding="utf-8")
    two, _ = read_rulebook(tmp_path / "rules")
    assert two is not None
    _, problems = tailor(two, Tailoring("north", None, (change("parameter", "shop.closing", "8h"),)))
    assert [str(problem) for problem in problems] == [
        "auditor.yaml:4:12: Several chapters have a parameter 'shop.closing'."
        " Write shop.second.closing or shop.service.closing."
    ]
    made = tailored(two, change("parameter", "shop.second.closing", "8h"))
    assert [str(made.entry(name).rule.within) for name in ("SHOP-A-01", "SHOP-B-01")] == ["24h", "8h"]  # type: ignore[union-attr]
