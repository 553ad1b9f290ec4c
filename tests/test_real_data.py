"""Public logs that nobody here wrote, with answers known from elsewhere.

Set AUDITOR_REAL_DATA to a folder with ``incidents/incident_event_log.csv``, its ``..._other_spelling.csv`` and
``food_safety/{inspections,violations}.csv``. Without it these tests are skipped.
"""

import functools
import json
import os
from pathlib import Path

import pytest

from auditor.kinds import Verdict
from auditor.pipeline import Audit, audit, read_data, read_rules
from tests.commands.door import ROOT, in_process

NAME = "AUDITOR_REAL_DATA"
FOLDER = Path(os.environ.get(NAME, ""))
FILES = {
    "incidents": ["incident_event_log.csv"],
    "food_safety": ["inspections.csv", "violations.csv"],
}
AS_OF = {"incidents": None, "food_safety": "2018-02-16"}

pytestmark = [
    pytest.mark.skipif(NAME not in os.environ, reason=f"{NAME} does not name the folder of the public logs"),
    pytest.mark.xdist_group("real data"),
]

FIGURES = {
    "incidents": {
        "INC-SLA-01": {"fail": 14, "pass": 1},
        "INC-SLA-02": {"fail": 33, "pass": 0},
        "INC-SLA-03": {"fail": 301, "pass": 456},
        "INC-SLA-04": {"fail": 47, "pass": 38},
        "INC-ASG-01": {"fail": 95, "pass": 795},
        "INC-RES-01": {"fail": 10, "pass": 880},
        "INC-RES-02": {"fail": 344, "pass": 469},
        "INC-CLO-01": {"fail": 0},
    },
    "food_safety": {
        "FS-SCO-01": {"fail": 348},
        "FS-SCO-02": {"fail": 2771},
        "FS-SCO-03": {"fail": 2903, "pass": 8211},
        "FS-CAD-01": {"fail": 3291 + 1324},
        "FS-REC-01": {"fail": 927, "unknown": 5},
    },
}


def files(example: str) -> list[str]:
    return [str(FOLDER / example / name) for name in FILES[example]]


@functools.cache
def result(example: str) -> Audit:
    """The audit of an example through the whole pipeline."""
    book = read_rules(ROOT / "examples" / example)
    return audit(book, read_data(*files(example), book=book), as_of=AS_OF[example])


@functools.cache
def counts(example: str) -> dict[str, dict[str, int]]:
    """Verdict counts by rule."""
    found = result(example).evaluation.results
    return {one.entry.rule.id: {verdict.value: one.counts[verdict] for verdict in Verdict} for one in found}


CASES = [
    (example, rule, verdict) for example, rules in FIGURES.items() for rule, known in rules.items() for verdict in known
]


@pytest.mark.parametrize(("example", "rule", "verdict"), CASES)
def test_figures_known_from_elsewhere(example: str, rule: str, verdict: str) -> None:
    assert counts(example)[rule][verdict] == FIGURES[example][rule][verdict]


def test_incidents_that_missed_their_service_level() -> None:
    missed = [counts("incidents")[f"INC-SLA-0{number}"] for number in (1, 2, 3, 4)]
    assert sum(one["fail"] for one in missed) == 395
    assert sum(sum(one.values()) for one in missed) == 890


def test_incidents_of_moderate_and_low_priority_with_a_time_of_resolution() -> None:
    assert sum(counts("incidents")["INC-RES-02"].values()) == 813


def test_every_inspection_has_a_band() -> None:
    bands = counts("food_safety")
    assert sum(bands["FS-SCO-01"].values()) == 14_233
    failed = [bands[f"FS-SCO-0{number}"]["fail"] for number in (1, 2, 3)]
    assert sum(failed) + bands["FS-SCO-03"]["pass"] == 14_233


def test_gaps_between_inspections_and_open_ones_at_the_end() -> None:
    audited = result("food_safety")
    late = [finding for finding in audited.findings if finding.rule == "FS-CAD-01"]
    place = f'"{audited.data.schema}".business'
    last = dict(audited.data.connection.execute(f"SELECT business_id, last_inspected FROM {place}").fetchall())
    still_open = [finding for finding in late if finding.occurred_at == last[finding.key.split("/")[0]]]
    assert (len(last), len(late) - len(still_open), len(still_open)) == (5758, 3291, 1324)
    every = counts("food_safety")["FS-CAD-01"]
    assert every["pass"] + every["fail"] == 8472 + 1324


def test_violations_without_an_inspection_on_their_day() -> None:
    """Five of the 932 were written down after the day of judgement, so nobody is judged by them yet."""
    book = read_rules(ROOT / "examples" / "food_safety")
    later = audit(book, read_data(*files("food_safety"), book=book), as_of="2018-12-31")
    found = {one.entry.rule.id: one.counts[Verdict.FAIL] for one in later.evaluation.results}
    assert found["FS-REC-01"] == 932


def test_the_row_that_stands_twice_is_told_and_not_dropped() -> None:
    audited = result("food_safety")
    told = [problem for problem in audited.problems if problem.code == "row-repeated"]
    assert [(Path(problem.where.file).name, problem.where.row, problem.count) for problem in told] == [
        ("inspections.csv", 10_414, 1),
        ("violations.csv", 4_121, 12),
    ]
    assert audited.data.tables["inspection_visit"].rows == 14_233


def test_another_spelling_of_the_same_rows_gives_the_same_opening_times() -> None:
    times = [_opened(name) for name in ("incident_event_log.csv", "incident_event_log_other_spelling.csv")]
    assert len(times[1]) == 198
    assert {key: times[0][key] for key in times[1]} == times[1]


def _opened(name: str) -> dict[tuple[str, int], int]:
    """When an incident was opened, in UTC seconds, by its number and the number of the update."""
    book = read_rules(ROOT / "examples" / "incidents")
    data = read_data(str(FOLDER / "incidents" / name), book=book)
    rows = data.connection.execute(
        f'SELECT number, sys_mod_count, opened_at FROM "{data.schema}".incident_event'
    ).fetchall()
    return {(number, update): opened for number, update, opened in rows}


@pytest.mark.parametrize("example", sorted(FIGURES))
def test_the_command_line_says_the_same(example: str) -> None:
    instant = ["--as-of", AS_OF[example]] if AS_OF[example] else []
    words = ["run", "--rules", str(ROOT / "examples" / example), *files(example), *instant, "--format", "json"]
    spoken = in_process(words)
    document = json.loads(spoken.stdout)
    rules = {rule["id"]: rule for rule in document["rules"]}
    assert spoken.code == 1
    assert {name: {verdict: rules[name][verdict] for verdict in known} for name, known in FIGURES[example].items()} == (
        FIGURES[example]
    )
    assert len(document["findings"]) == result(example).finding_count
