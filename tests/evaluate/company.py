"""A small company: one rules folder and CSV logs, judged up to the findings table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.evaluate import Evaluation, Plan, evaluate, make_plan
from auditor.evaluate.finding import Finding, fetch_findings
from auditor.intake import Dataset
from auditor.kinds import World
from auditor.pipeline import read_data, read_rules

RECORDS = """
site:
  name_zh: 工地
  sheets: [sites]
  key: site_id
  time: opened_on
  fields: {site_id: {type: id}, opened_on: {type: time}, owner: {type: person}}
visit:
  name_zh: 巡检
  sheets: [visits]
  time: visited_at
  fields: {site_id: {type: id}, visited_at: {type: time}, visitor: {type: person}, clean: {type: yesno}}
request:
  name_zh: 报修
  sheets: [requests]
  key: request_id
  time: received_at
  fields:
    request_id: {type: id}
    received_at: {type: time}
    forwarded_at: {type: time}
    receiver: {type: person}
paper:
  name_zh: 单据
  sheets: [papers]
  time: prepared_at
  fields: {related_ref: {type: id}, doc_type: {}, prepared_at: {type: time}, content: {}}
inspection:
  name_zh: 检查
  sheets: [inspections]
  time: inspected_at
  fields:
    sheet_id: {type: id}
    item_code: {type: id}
    item_name: {}
    result: {type: yesno}
    inspected_at: {type: time}
    staff: {type: person}
"""
CALENDARS = """
default: always
calendars:
  always:
    title: {zh: 全天, en: Around the clock}
    zone: Asia/Shanghai
    weekly: {mon-sun: ['00:00-24:00']}
"""
CLAUSES = """
regulation: company
code: CO
title: {zh: 制度, en: Regulation}
clauses: [{id: CO-001, place: All, requirement: Everything is done., zh: 都要做, how: computed}]
"""
HEAD = "regulation: company\nrules:\n"
COMMON = "covers: [CO-001], severity: major, title: {zh: 规则, en: Rule}, subject: {role: 客服部}"


@dataclass(frozen=True)
class Judged:
    """Everything there is once the findings are in their table."""

    plan: Plan
    data: Dataset
    world: World
    evaluation: Evaluation

    def findings(self) -> list[Finding]:
        return fetch_findings(self.evaluation)


def judge(folder: Path, rules: Mapping[str, str], logs: Mapping[str, str], as_of: str) -> Judged:
    """Judge CSV ``logs`` (by file name) by ``rules`` (id -> fields of a flow mapping), as of a local time."""
    entries = "".join(f"  - {{id: {name}, {COMMON}, {fields}}}\n" for name, fields in rules.items())
    texts = {"records.yaml": RECORDS, "calendars.yaml": CALENDARS, "company/clauses.yaml": CLAUSES}
    texts["company/rules.yaml"] = HEAD + entries
    (folder / "company").mkdir(exist_ok=True)
    for name, text in {**texts, **logs}.items():
        (folder / name).write_text(text, encoding="utf-8")
    book = read_rules(folder)
    data = read_data(*(folder / name for name in logs), book=book)
    calendar = book.calendars[book.calendars.default]
    instant = calendar.parse_local(as_of)[0]
    world = World(book.records, data.tables, book.calendars, calendar.name, instant, data.schema)
    plan = make_plan(book.entries, world)
    return Judged(plan, data, world, evaluate(plan, book.entries, data.connection))
