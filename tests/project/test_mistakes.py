"""Mistakes in auditor.yaml: each at its place, in our words, all at once; and nothing secret in any of them."""

from pathlib import Path

import pytest

from tests.commands.door import in_process
from tests.project.conftest import Write

# what stands below the two lines `sources: [logs]` and `rules: rules`, the messages
MISTAKES = [
    ("souces: [x]",
     ["3:1: There is no key 'souces' in a project file. Did you mean 'sources'?"]),
    ("fail_on: grave",
     ["3:10: 'fail_on' cannot be 'grave'. It can be critical, major, minor, never or observation."]),
    ("lang: fr",
     ["3:7: 'lang' cannot be 'fr'. It can be en or zh."]),
    ("calendar: ofice",
     ["3:11: There is no calendar 'ofice'. Did you mean 'office'?"]),
    ("regulations: shop",
     ["3:14: 'regulations' should be a list, not 'shop'. Write a list such as [decoration]."]),
    ("regulations: [shop, shoop]",
     ["3:21: There is no regulation 'shoop'. Did you mean 'shop'?"]),
    ("profile: strict",
     ["3:10: There is no profile 'strict'. None is declared."]),
    ("profile: strct\nprofiles: {strict: []}",
     ["3:10: There is no profile 'strct'. Did you mean 'strict'?"]),
    ("duplicates: {tickt: last}",
     ["3:14: There is no record 'tickt'. Did you mean 'ticket'?"]),
    ("duplicates: {ticket: newest}",
     ["3:22: 'ticket' cannot be 'newest'. It can be all, first, last or refuse."]),
    ("covers_until: {ticket: soon}",
     ["3:24: 'soon' is not a date or time. Write 2025-06-30 or '2025-06-30 18:00'."]),
    ("covers_until: {tickets: 2025-06-30}",
     ["3:16: There is no record 'tickets'. Did you mean 'ticket'?"]),
    ("mappings: [{sheet: 'T*', record: tiket}]",
     ["3:34: There is no record 'tiket'. Did you mean 'ticket'?"]),
    ("mappings: [{record: ticket, columns: {客服员: agnt, 备注: null}}]",
     ["3:44: There is no field 'agnt' of ticket. Did you mean 'agent'?"]),
    ("mappings: [{recrd: ticket}]",
     ["3:13: There is no key 'recrd' in a mapping. Did you mean 'record'?"]),
    ("outputs: [{file: report.docx}]",
     ["3:18: A report cannot be written as 'report.docx'. Name it .xlsx, .html or .json."]),
    ("outputs: ['r.xlsx']",
     ["3:11: An output should be a mapping, not 'r.xlsx'. Write {file: ...}."]),
    ("outputs: [{file: '{asof}.xlsx'}]",
     ["3:18: '{asof}.xlsx' has a mark that is not known. The only one is {as_of}."]),
    ("tailoring: [{rule: SHOP-A-01, severity: minor}]",
     ["3:13: A change needs 'remark'. Say why in `remark: ...`."]),
    ("tailoring: [{rule: SHOP-A-01, severity: minor, remark: ''}]",
     ["3:56: A change needs a remark. Say why in `remark: ...`."]),
    ("tailoring: [{rule: SHOP-A-01, severity: grave, remark: x}]",
     ["3:41: 'severity' cannot be 'grave'. It can be critical, major, minor or observation."]),
    ("tailoring: [{rule: SHOP-A-01, remark: x}]",
     ["3:13: A rule is given a severity or switched off. Write `severity: ...` or `off: true`."]),
    ("tailoring: [{parameter: shop.closing, remark: x}]",
     ["3:13: A parameter is given a value and nothing else. Write `value: ...` and `remark: ...`."]),
    ("tailoring: [{rule: SHOP-A-01, parameter: shop.closing, value: 8h, remark: x}]",
     ["3:13: A change is one of a rule or one of a parameter."
      " Write `rule: ID` or `parameter: regulation.name`, not both."]),
    ("tailoring:\n  - {rule: SHOP-A-01, off: true, remark: x}\n  - {rule: SHOP-A-01, off: false, remark: y}",
     ["5:28: 'SHOP-A-01' is changed twice; it already is on line 4. Keep one of them."]),
    ("profiles: {strict: [{rule: SHOP-A-09, off: true, remark: x}]}",
     ["3:28: There is no rule 'SHOP-A-09'. Did you mean 'SHOP-A-02'?"]),
    ("tailoring: [{parameter: shop.closing, value: 8 hours, remark: x}]",
     ["3:46: SHOP-A-01 cannot be judged with '8 hours': '8 hours' does not say which kind of time it means."
      " Write 8h (elapsed hours) or 8bh (working hours)."]),
    ("name: x\nname: y",
     ["4:1: The key 'name' is written twice; it already stands on line 3. Keep one of them."]),
    ("fail_on: grave\nregulations: [shoop]\ntailoring: [{rule: SHOP-A-03, off: true, remark: x}, {off: true}]",
     ["3:10: 'fail_on' cannot be 'grave'. It can be critical, major, minor, never or observation.",
      "4:15: There is no regulation 'shoop'. Did you mean 'shop'?",
      "5:20: There is no rule 'SHOP-A-03'. Did you mean 'SHOP-A-02'?",
      "5:54: A change needs 'remark'. Say why in `remark: ...`."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages"), MISTAKES, ids=[case[0][:60] for case in MISTAKES])
def test_every_mistake_has_its_place_and_remedy(write: Write, text: str, messages: list[str]) -> None:
    write(text)
    spoken = in_process(("run",))
    assert spoken.stderr.splitlines() == [f"auditor.yaml:{message}" for message in messages]
    assert (spoken.code, spoken.stdout) == (2, "")


# the sources, the messages, the exit code
SOURCES = [
    ("[logs, missing/*.xlsx]",
     ["1:17: There is no file 'missing/*.xlsx'."
      " Paths are relative to the folder of this file; correct it, or put the file there."], 3),
    ("[]", ["1:10: The project has no sources. Name its logs, such as `sources: [logs]`."], 3),
    ("[{path: logs, encoding: gbkk}]", ["1:34: 'gbkk' is not an encoding. Did you mean 'gbk'?"], 2),
    ("[{pth: logs}]", ["1:12: There is no key 'pth' in a source. Did you mean 'path'?"], 2),
    ("[5]", ["1:11: A source should be a mapping, not '5'. Write {path: ...}."], 2),
    ("[{sqlalchemy: '${SHOP_DATABASE}', table: tickets, record: tiket}]",
     ["1:68: There is no record 'tiket'. Did you mean 'ticket'?"], 2),
    ("[{sqlalchemy: '${SHOP_DATABASE}', table: tickets}]",
     ["1:24: The environment has no variable SHOP_DATABASE. Set SHOP_DATABASE where this runs."], 3),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "messages", "code"), SOURCES, ids=[case[0] for case in SOURCES])
def test_mistakes_in_sources(shop: Path, sources: str, messages: list[str], code: int) -> None:
    (shop / "auditor.yaml").write_text(f"sources: {sources}\nrules: rules\n", encoding="utf-8")
    spoken = in_process(("run",))
    assert spoken.stderr.splitlines() == [f"auditor.yaml:{message}" for message in messages]
    assert spoken.code == code


def test_no_secret_is_printed(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_DATABASE", "sqlite:///hush-hush.db")
    text = "sources: [{sqlalchemy: '${SHOP_DATABASE}', table: tickets}]\nrules: rules\n"
    (shop / "auditor.yaml").write_text(text, encoding="utf-8")
    for words in (("run",), ("config", "show", "--origin"), ("config", "show", "--format", "json")):
        spoken = in_process(words)
        assert "hush" not in spoken.stdout + spoken.stderr
    assert "sources[0].sqlalchemy" in in_process(("config", "show", "--origin")).stdout
    assert "environment SHOP_DATABASE" in in_process(("config", "show", "--origin")).stdout


def test_mistakes_in_the_rules_come_with_those_of_the_project(write: Write, shop: Path) -> None:
    path = shop / "rules" / "shop" / "service.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("severity: major", "severity: grave"), encoding="utf-8")
    write("fail_on: grave")
    lines = in_process(("run",)).stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == ["auditor.yaml", "rules/shop/service.yaml"]
