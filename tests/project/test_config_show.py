"""``auditor config show``: each setting, its value, where it comes from and why."""

import json
from pathlib import Path

import pytest

from tests.commands.door import in_process
from tests.project.conftest import Write

TEXT = """\
name: 北区
roster: people.csv
mappings: [{sheet: 'T*', record: ticket}]
duplicates: {ticket: last}
covers_until: {ticket: 2025-06-30}
profile: strict
profiles: {strict: [{rule: SHOP-A-02, severity: critical, remark: 从严检查}]}
tailoring:
  - {rule: SHOP-A-02, severity: observation, remark: 平时}
  - {rule: SHOP-A-01, off: true, remark: 试运行}
  - {parameter: shop.closing, value: 8h, remark: 公司规定}
outputs: [{file: 'reports/{as_of}.xlsx', lang: en}]
"""


def shown(*words: str) -> dict[str, tuple[str, str, str]]:
    settings = json.loads(in_process(("config", "show", "--format", "json", *words)).stdout)
    return {one["name"]: (one["value"], one["origin"], one["remark"]) for one in settings}


def test_each_setting_says_where_it_comes_from(write: Write) -> None:
    write(TEXT)
    assert shown() == {
        "project": ("auditor.yaml", "default", ""),
        "name": ("北区", "auditor.yaml:3:7", ""),
        "sources[0]": ("logs", "auditor.yaml:1:11", ""),
        "roster": ("people.csv", "auditor.yaml:4:9", ""),
        "mappings[0]": ("sheet T*, record ticket", "auditor.yaml:5:12", ""),
        "duplicates.ticket": ("last", "auditor.yaml:6:22", ""),
        "covers_until.ticket": ("2025-06-30", "auditor.yaml:7:24", ""),
        "outputs[0]": ("file reports/{as_of}.xlsx, lang en", "auditor.yaml:14:11", ""),
        "calendar": ("office", "default", ""),
        "regulations": ("", "default", ""),
        "rules": ("rules", "auditor.yaml:2:8", ""),
        "policy": ("", "default", ""),
        "profile": ("strict", "auditor.yaml:8:10", ""),
        "fail_on": ("observation", "default", ""),
        "lang": ("zh", "default", ""),
        "SHOP-A-02.severity": ("critical", "profile strict, auditor.yaml:9:49", "从严检查"),
        "SHOP-A-01.off": ("true", "auditor.yaml:12:28", "试运行"),
        "shop.service.closing": ("8h", "auditor.yaml:13:38", "公司规定"),
    }


def test_the_command_line_is_an_origin(write: Write, shop: Path) -> None:
    write(TEXT)
    found = shown(
        "--regulation", "shop", "--fail-on", "minor", "--lang", "en", "--rules", "rules", "--profile", "strict"
    )
    for name in ("regulations", "fail_on", "lang", "rules", "profile"):
        assert found[name][1] == "command line"


def test_a_figure_of_the_rules_says_what_it_is_from(write: Write) -> None:
    write("")
    assert shown()["shop.service.closing"] == ("24h", "rules/shop/service.yaml:3:3 (source)", "within a day")


@pytest.mark.parametrize(("words", "line"), [((), "fail_on"), (("--origin",), "default")])
def test_the_table(write: Write, words: tuple[str, ...], line: str) -> None:
    write("")
    spoken = in_process(("config", "show", *words))
    assert (spoken.code, spoken.stderr) == (0, "")
    row = next(row for row in spoken.stdout.splitlines() if row.startswith("fail_on"))
    assert row.split() == ["fail_on", "observation", *(["default"] if words else [])]
    assert line in row
