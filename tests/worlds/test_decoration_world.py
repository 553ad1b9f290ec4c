"""The decoration company's registers: what an audit of them says is exactly what was planted in them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

import auditor
from auditor.evaluate.plan import make_plan
from auditor.evaluate.verdicts import obligations
from auditor.kinds import World, outcome_of
from auditor.rulebook import Rulebook
from fixtures.worlds.decoration.make import write_world

FOLDER = Path(__file__).parents[2] / "fixtures" / "worlds" / "decoration"
AS_OF = "2025-06-30 18:00"
OFF = {
    "DEC-CD-03", "DEC-CD-04", "DEC-CD-05", "DEC-CD-06", "DEC-CD-07", "DEC-CD-08", "DEC-CD-25", "DEC-CD-43", "DEC-CD-44",
    "DEC-CD-45",
}  # fmt: skip
REFRESH = "Run `python -m fixtures.worlds.decoration.make` and look at the difference."


@cache
def expected() -> dict[tuple[str, str], str]:
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as stream:
        return {(line["rule"], line["key"]): line["verdict"] for line in csv.DictReader(stream)}


def planted(*verdicts: str) -> set[tuple[str, str]]:
    return {place for place, verdict in expected().items() if verdict in verdicts}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return auditor.read_rules().of(["decoration"])


@pytest.fixture(scope="module")
def audited(book: Rulebook) -> auditor.Audit:
    data = auditor.read_data(FOLDER / "*.xlsx", book=book)
    return auditor.audit(book, data, as_of=AS_OF)


@pytest.fixture(scope="module")
def verdicts(audited: auditor.Audit) -> dict[tuple[str, str], str]:
    """The verdict on every obligation of the rules for which something open or puzzling was planted."""
    book, data = audited.book, audited.data
    world = World(book.records, data.tables, book.calendars, book.calendars.default, audited.run.as_of, data.schema)
    asked = {rule for rule, _ in planted("pending", "unknown")}
    return {
        (entry.rule.id, key): outcome_of(code).verdict.value
        for entry in book.entries
        if entry.rule.id in asked
        for group in make_plan([entry], world).groups
        for _, key, code, _ in obligations(data.connection, group)
    }


def listed(places: Iterable[tuple[str, str]]) -> list[str]:
    return [" ".join(place) for place in sorted(places)]


def test_making_the_world_again_gives_the_same_bytes(tmp_path: Path) -> None:
    write_world(tmp_path)
    kept = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in (".xlsx", ".csv")}
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made.keys() == kept.keys(), REFRESH
    assert [name for name in sorted(made) if made[name] != kept[name]] == [], REFRESH


def test_the_findings_are_what_was_planted(audited: auditor.Audit) -> None:
    found = {(finding.rule, finding.key) for finding in audited.findings}
    missing, surplus = planted("fail") - found, found - planted("fail")
    assert {"missing": listed(missing), "surplus": listed(surplus)} == {"missing": [], "surplus": []}


def test_what_is_open_or_puzzling_is_judged_so(verdicts: dict[tuple[str, str], str]) -> None:
    told = {place: verdict for place, verdict in expected().items() if verdict != "fail"}
    assert {place: verdicts.get(place) for place in told} == told


def test_every_rule_in_force_is_broken_at_least_once(book: Rulebook) -> None:
    in_force = {entry.rule.id for entry in book.entries if entry.rule.enabled}
    off = {entry.rule.id for entry in book.entries} - in_force
    broken = {rule for rule, _ in planted("fail")}
    assert off == OFF
    assert sorted(in_force - broken) == []
    assert sorted(broken - in_force) == []


def test_every_item_of_the_checklists_is_missed_once(book: Rulebook) -> None:
    items = {(entry.rule.id, item.code) for entry in book.entries for item in getattr(entry.rule, "items", ())}
    missed = {(rule, key.partition("/")[2]) for rule, key in planted("fail")}
    assert len(items) == 37
    assert sorted(items - missed) == []


def test_every_rule_in_force_also_lets_something_pass(audited: auditor.Audit) -> None:
    """Forbidden behaviour knows no pass: where it did not happen nothing is owed. The only full quarter was missed."""
    never = {f"DEC-CD-{number}" for number in range(51, 73)} | {"DEC-CD-02"}
    passing = {result.entry.rule.id for result in audited.evaluation.results if result.rate}
    in_force = {entry.rule.id for entry in audited.book.entries if entry.rule.enabled}
    assert in_force - passing == never


def test_every_rule_in_force_was_judged(audited: auditor.Audit) -> None:
    statuses = {result.entry.rule.id: result.status for result in audited.evaluation.results}
    assert {rule for rule, status in statuses.items() if status != "judged"} == OFF


def test_no_row_is_lost(audited: auditor.Audit) -> None:
    sources = audited.data.sources
    assert len(sources) == 22
    assert [source for source in sources if source.rows_read != source.rows_kept + source.rows_set_aside] == []
    aside = {reason for source in sources for reason in source.set_aside}
    assert aside == {"blank", "totals", "signature", "repeated header"}
    [repairs] = [source for source in sources if source.sheet == "报修登记"]
    assert repairs.set_aside == {"blank": 3, "signature": 1, "totals": 1}


def test_only_the_cells_nobody_can_read_and_the_stranger_are_told(audited: auditor.Audit) -> None:
    assert [(problem.code, problem.where.column) for problem in audited.data.problems] == [
        ("date-unreadable", "报修时间（24小时制）"),
        ("date-impossible", "移交时间"),
        ("yesno-unreadable", "检查结果"),
        ("name-not-in-roster", "负责人"),
    ]
