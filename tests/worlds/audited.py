"""What every world is asked: are its files made anew the same, and does an audit find exactly what was planted?"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import auditor

WORLDS = Path(__file__).parents[2] / "fixtures" / "worlds"
TABLES = (".xlsx", ".csv")


def planted(world: str, verdict: str = "fail") -> set[tuple[str, str]]:
    """(rule, key) of every obligation for which ``verdict`` was planted in ``world``."""
    with (WORLDS / world / "expected.csv").open(encoding="utf-8", newline="") as stream:
        return {(line["rule"], line["key"]) for line in csv.DictReader(stream) if line["verdict"] == verdict}


def tables(folder: Path) -> list[Path]:
    """The logs and sheets of a world, without what is expected of it."""
    return sorted(path for path in folder.iterdir() if path.suffix in TABLES and path.name != "expected.csv")


def audited(world: str, as_of: str, regulations: list[str] | None = None) -> auditor.Audit:
    """The audit of ``world`` as of ``as_of``, by the regulation of its name unless others are named."""
    book = auditor.read_rules()
    data = auditor.read_data(*tables(WORLDS / world), book=book)
    return auditor.audit(book, data, as_of=as_of, regulations=regulations or [world])


def assert_exactly_planted(world: str, audit: auditor.Audit) -> None:
    """Every planted breach was found, and nothing else."""
    found = {(finding.rule, finding.key) for finding in audit.findings}
    expected = planted(world)
    assert {"missing": sorted(expected - found), "surplus": sorted(found - expected)} == {"missing": [], "surplus": []}


def assert_every_rule_broken(world: str, audit: auditor.Audit) -> None:
    """No rule that is on and configured went without a planted breach: a rule that never fails shows nothing."""
    broken = {rule for rule, _ in planted(world)}
    idle = ("off", "not_configured")
    in_force = {result.entry.rule.id for result in audit.evaluation.results if result.status not in idle}
    assert sorted(in_force - broken) == []


def assert_same_bytes(world: str, write_world: Callable[[Path], None], folder: Path) -> None:
    """Making the world again in ``folder`` gives the files that are kept, byte for byte."""
    write_world(folder)
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    kept = {name: (WORLDS / world / name).read_bytes() for name in made}
    assert [name for name in sorted(made) if made[name] != kept[name]] == []
