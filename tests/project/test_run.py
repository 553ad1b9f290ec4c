"""``auditor run`` and ``auditor explain`` in a project: what is read, judged, written and said."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from tests.commands.door import ROOT, Spoken, in_process, in_subprocess
from tests.project.conftest import Write

SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
STRICT = """\
name: 北区
profile: strict
profiles:
  strict:
    - {rule: SHOP-A-02, severity: critical, remark: 从严检查}
  lenient:
    - {rule: SHOP-A-02, off: true, remark: 试运行}
tailoring:
  - {parameter: shop.closing, value: 30min, remark: 公司要求半小时内}
"""


def document(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(in_process(("run", *words, "--format", "json")).stdout)
    Draft202012Validator(SCHEMA).validate(found)
    return found


def delivered(spoken: Spoken) -> list[str]:
    """The reports a run says it has written; the line after them is on its history (test_history)."""
    *reports, kept = spoken.stderr.splitlines()
    assert kept.startswith("Run ")
    assert all(line.startswith("→ ") for line in reports)
    return [line[2:] for line in reports]


def test_a_project_needs_no_arguments(write: Write) -> None:
    write("outputs: [{file: 'reports/{as_of}/all.xlsx'}, {file: reports/latest.json, lang: en}]")
    spoken = in_process(("run", "--as-of", "2025-03-08 18:30"))
    assert (spoken.code, delivered(spoken)) == (1, ["reports/2025-03-08-1830/all.xlsx", "reports/latest.json"])
    assert spoken.stdout.startswith("项目 auditor.yaml,无方案,调整 0 处\n检查时点 2025-03-08 18:30")
    assert "late" in Path("reports/latest.json").read_text(encoding="utf-8")


def test_an_instant_at_midnight_is_its_day(write: Write) -> None:
    write("outputs: [{file: '{as_of}.json'}]")
    assert delivered(in_process(("run", "--as-of", "2025-03-08"))) == ["2025-03-08.json"]


def test_paths_are_relative_to_the_project(write: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write("outputs: [{file: reports/latest.json}]")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for named in (path, path.parent):
        shutil.rmtree(path.parent / "reports", ignore_errors=True)
        spoken = in_subprocess(("run", "--project", str(named)), elsewhere)
        assert (spoken.code, delivered(spoken)) == (1, [f"{path.parent}/reports/latest.json"])
    assert list(elsewhere.iterdir()) == []


def test_tailoring_and_the_profile_decide_and_are_told(write: Write) -> None:
    write(STRICT)
    run = document()
    assert run["run"]["project"] == {
        "name": "北区",
        "profile": "strict",
        "changes": [
            {"target": "shop.service.closing", "setting": "parameter", "value": "30min", "remark": "公司要求半小时内",
             "profile": None, "place": "auditor.yaml:11:38"},
            {"target": "SHOP-A-02", "setting": "severity", "value": "critical", "remark": "从严检查",
             "profile": "strict", "place": "auditor.yaml:7:35"},
        ],
    }  # fmt: skip
    assert [(one["rule"], one["severity"]) for one in run["findings"]] == [
        ("SHOP-A-02", "critical"), ("SHOP-A-01", "major"), ("SHOP-A-01", "major"),
    ]  # fmt: skip
    assert run["findings"][1]["parameters_ours"] == ["closing"]


def test_the_summary_says_which_profile(write: Write) -> None:
    write(STRICT)
    assert in_process(("run",)).stdout.startswith("项目 北区,方案 strict,调整 2 处\n")
    assert in_process(("run", "--lang", "en")).stdout.startswith("Project 北区, profile strict, 2 changes\n")
    lenient = in_process(("run", "--profile", "lenient", "--lang", "en")).stdout
    assert lenient.startswith("Project 北区, profile lenient, 2 changes\n")
    assert "SHOP-A-02 " not in lenient


def test_the_workbook_says_what_was_changed_and_why(write: Write) -> None:
    write(STRICT + "outputs: [{file: report.xlsx}]\ncovers_until: {ticket: 2025-03-07}\n")
    in_process(("run",))
    cells = [cell for row in load_workbook("report.xlsx")["运行信息"].iter_rows(values_only=True) for cell in row]
    told = [
        "项目 北区,方案 strict,调整 2 处",
        "SHOP-A-02 严重度 严重",
        "profile strict, auditor.yaml:7:35: 从严检查",
        "shop.service.closing = 30min",
        "auditor.yaml:11:38: 公司要求半小时内",
        "2025-03-07 23:59:59",
    ]
    assert [one for one in told if one not in cells] == []


def test_the_page_says_which_profile(write: Write) -> None:
    write(STRICT + "outputs: [{file: report.html}]\n")
    in_process(("run",))
    assert "项目 北区,方案 strict,调整 2 处" in Path("report.html").read_text(encoding="utf-8")


def test_a_finding_says_where_its_figure_comes_from(write: Write) -> None:
    write(STRICT)
    finding = next(one for one in document()["findings"] if one["rule"] == "SHOP-A-01")
    spoken = in_process(("explain", finding["fingerprint"], "--lang", "en"))
    assert (spoken.code, spoken.stderr) == (0, "")
    assert "figure: closing = 30min (auditor.yaml:11:38: 公司要求半小时内)" in spoken.stdout


def test_a_figure_that_nobody_had_set_is_judged_once_the_project_sets_it(write: Write, shop: Path) -> None:
    chapter = shop / "rules" / "shop" / "service.yaml"
    open_figure = "closing: {value: null, from: ours, proposed: 24h}"
    text = chapter.read_text(encoding="utf-8").replace(
        "closing: {value: 24h, from: source, note: within a day}", open_figure
    )
    chapter.write_text(text, encoding="utf-8")
    write("")
    assert document()["rules"][0]["status"] == "not_configured"
    write(STRICT)
    assert document()["rules"][0]["status"] == "judged"


# the project, the words of the command, exit code, findings by rule
OVERRIDES = [
    ("", (), 1, ["SHOP-A-01", "SHOP-A-02"]),
    ("fail_on: critical", (), 0, ["SHOP-A-01", "SHOP-A-02"]),
    ("fail_on: critical", ("--fail-on", "minor"), 1, ["SHOP-A-01", "SHOP-A-02"]),
    ("covers_until: {ticket: 2025-03-05 12:00}", (), 1, ["SHOP-A-02"]),
    ("regulations: [shop]", (), 1, ["SHOP-A-01", "SHOP-A-02"]),
    ("tailoring: [{rule: SHOP-A-02, off: true, remark: x}]", (), 1, ["SHOP-A-01"]),
    (STRICT, ("--profile", "lenient"), 1, ["SHOP-A-01", "SHOP-A-01"]),
    (STRICT, ("march.csv",), 1, ["SHOP-A-01", "SHOP-A-02"]),
    (STRICT, ("march.csv", "--project", "auditor.yaml"), 1, ["SHOP-A-02", "SHOP-A-01", "SHOP-A-01"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "code", "rules"), OVERRIDES)
def test_the_command_line_goes_before_the_project(
    write: Write, shop: Path, text: str, words: tuple[str, ...], code: int, rules: list[str]
) -> None:
    write(text)
    shutil.copy(shop / "logs" / "tickets.csv", shop / "march.csv")
    more = () if not words or "--project" in words or words[0].startswith("--") else ("--rules", "rules")
    spoken = in_process(("run", *words, *more, "--format", "json"))
    assert spoken.code == code
    assert [finding["rule"] for finding in json.loads(spoken.stdout)["findings"]] == rules


def test_an_output_of_the_command_line_is_the_only_one(write: Write, shop: Path) -> None:
    write("outputs: [{file: reports/latest.json}]")
    assert delivered(in_process(("run", "-o", "mine.json"))) == ["mine.json"]
    assert not (shop / "reports").exists()


def test_a_profile_without_a_project_is_a_mistake(shop: Path) -> None:
    spoken = in_process(("run", "logs", "--rules", "rules", "--profile", "strict"))
    assert spoken.stderr == "--profile: A profile belongs to a project, and there is none. Name it with --project.\n"
    assert spoken.code == 2


def test_the_encoding_of_a_source_is_believed(shop: Path) -> None:
    text = "工單號,受理時間,完成時間,客服\nT1,2025-03-05 10:00,2025-03-07 09:00,陳靜\n"
    (shop / "logs" / "tickets.csv").write_bytes(text.encode("big5"))
    (shop / "auditor.yaml").write_text("sources: [{path: logs, encoding: big5}]\nrules: rules\n", encoding="utf-8")
    assert [one["subject"] for one in document()["findings"]] == ["陈静"]


def test_a_roster_is_read_beside_the_sources(write: Write, shop: Path) -> None:
    shutil.move(shop / "logs" / "tickets.csv", shop / "more.csv")
    (shop / "auditor.yaml").write_text("roster: more.csv\nrules: rules\n", encoding="utf-8")
    assert [source["file"] for source in document()["run"]["sources"]] == ["more.csv"]


def test_a_database_is_a_source(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sqlalchemy = pytest.importorskip("sqlalchemy")
    engine = sqlalchemy.create_engine(f"sqlite:///{shop}/shop.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE tickets (ticket_id TEXT, opened_at TEXT, closed_at TEXT, agent TEXT)")
        connection.exec_driver_sql("INSERT INTO tickets VALUES ('T9', '2025-03-05 10:00', '2025-03-07 09:00', '李强')")
    engine.dispose()
    monkeypatch.setenv("SHOP_DATABASE", f"sqlite:///{shop}/shop.db")
    text = "sources: [{sqlalchemy: '${SHOP_DATABASE}', table: tickets, record: ticket}]\nrules: rules\n"
    (shop / "auditor.yaml").write_text(text, encoding="utf-8")
    run = document()
    assert [(one["rule"], one["subject"]) for one in run["findings"]] == [("SHOP-A-01", "李强")]
    assert [source["file"] for source in run["run"]["sources"]] == ["db:tickets"]
    assert list((shop / "snapshots").iterdir())
