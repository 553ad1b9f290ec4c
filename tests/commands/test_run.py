"""``auditor run``: exit codes, formats, what goes where, and the same bytes for the same input."""

import json
import re
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from tests.commands.door import ROOT, in_process, in_subprocess

SOUND = ROOT / "fixtures" / "broken" / "sound"
SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
RUN = ("run", "tickets.csv", "--rules", "rules")
WORLD = ROOT / "fixtures" / "worlds" / "decoration" / "报修登记表.xlsx"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small sound rules and a log with one major and one minor finding."""
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def minor_only(folder: Path) -> None:
    log = folder / "tickets.csv"
    log.write_text(log.read_text(encoding="utf-8").replace("2025-03-07 09:00", "2025-03-05 12:00"), encoding="utf-8")


# which findings there are, --fail-on, exit code
EXITS = [
    ("major", None, 1), ("major", "critical", 0), ("major", "major", 1), ("major", "minor", 1), ("major", "never", 0),
    ("minor", None, 1), ("minor", "major", 0), ("minor", "minor", 1), ("minor", "observation", 1),
]  # fmt: skip


@pytest.mark.parametrize(("worst", "level", "code"), EXITS)
def test_exit_codes(shop: Path, worst: str, level: str | None, code: int) -> None:
    if worst == "minor":
        minor_only(shop)
    spoken = in_process((*RUN, *(("--fail-on", level) if level else ())))
    assert (spoken.code, spoken.stderr) == (code, "")


def test_no_finding_leaves_with_zero(shop: Path) -> None:
    log = (shop / "tickets.csv").read_text(encoding="utf-8").splitlines()
    (shop / "tickets.csv").write_text("\n".join(log[:2]) + "\n", encoding="utf-8")
    assert in_process(RUN).code == 0


def test_json_follows_its_schema(shop: Path) -> None:
    for words in (RUN, (*RUN, "--lang", "en")):
        spoken = in_process((*words, "--format", "json"))
        document = json.loads(spoken.stdout)
        Draft202012Validator(SCHEMA).validate(document)
        assert [finding["rule"] for finding in document["findings"]] == ["SHOP-A-01", "SHOP-A-02"]
        assert [consequence["subject"] for consequence in document["consequences"]] == ["李强"]


def test_the_schema_refuses_what_it_does_not_name(shop: Path) -> None:
    document = json.loads(in_process((*RUN, "--format", "json")).stdout)
    document["findings"][0]["surprise"] = 1
    assert not Draft202012Validator(SCHEMA).is_valid(document)


def test_keys_are_english_and_the_same_in_both_languages(shop: Path) -> None:
    zh, en = (in_process((*RUN, "--format", "json", "--lang", lang)).stdout for lang in ("zh", "en"))
    assert re.findall(r'"(\w+)":', zh) == re.findall(r'"(\w+)":', en)
    assert zh != en


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_is_plain_and_never_wider_than_a_terminal(lang: str) -> None:
    spoken = in_subprocess(
        ("run", str(WORLD), "--regulation", "decoration", "--lang", lang), environment={"COLUMNS": "80"}
    )
    assert spoken.code == 1
    assert "\x1b" not in spoken.stdout + spoken.stderr
    table = [line for line in spoken.stdout.splitlines() if line.startswith(("DEC-", "规则 ", "rule "))]
    assert len(table) > 5
    assert max(cell_len(line) for line in table) <= 80


def test_same_input_same_bytes(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    words = (*RUN, "--format", "json")
    first = in_subprocess(words, shop, {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C.UTF-8"})
    second = in_subprocess(words, shop, {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LANG": "C.UTF-8"})
    assert first == second
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    third = in_subprocess(
        ("run", str(shop / "tickets.csv"), "--rules", str(shop / "rules"), "--format", "json"), elsewhere
    )
    assert third.stdout.replace(f"{shop}/", "") == first.stdout


def test_a_report_is_written_and_named_on_standard_error(shop: Path) -> None:
    spoken = in_process((*RUN, "-o", "report.json", "--format", "json"))
    assert spoken.stderr == "→ report.json\n"
    assert (shop / "report.json").read_text(encoding="utf-8") == spoken.stdout


def test_as_of_decides_what_is_due(shop: Path) -> None:
    log = (shop / "tickets.csv").read_text(encoding="utf-8").replace("2025-03-07 09:00", "")
    (shop / "tickets.csv").write_text(log, encoding="utf-8")
    seen = {}
    for as_of in ("2025-03-06 10:30", "2025-03-06 10:31"):
        rules = json.loads(in_process((*RUN, "--as-of", as_of, "--format", "json")).stdout)["rules"]
        seen[as_of] = (rules[0]["pending"], rules[0]["fail"])
    assert seen == {"2025-03-06 10:30": (1, 0), "2025-03-06 10:31": (0, 1)}


def test_a_regulation_is_chosen_by_name(shop: Path) -> None:
    shutil.copytree(ROOT / "fixtures/broken/two_regulations_and_no_choice/rules/branch", shop / "rules/branch")
    for names, rules in (("branch", ["BR-A-01"]), ("shop", ["SHOP-A-01", "SHOP-A-02"])):
        spoken = in_process((*RUN, "--regulation", names, "--format", "json"))
        assert [rule["id"] for rule in json.loads(spoken.stdout)["rules"]] == rules
