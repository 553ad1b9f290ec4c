"""The department a rule names: a column of its record, checked like any other."""

from pathlib import Path

from auditor.evaluate import evaluate, make_plan
from auditor.intake import from_rows
from auditor.kinds import World
from auditor.rulebook import read_rulebook
from auditor.rulebook.chapter import read_chapter
from auditor.yamlfile import parse_yaml

RULE = """
regulation: decoration
rules:
  - id: DEC-X-01
    title: {zh: 转交, en: forwarded}
    covers: [DEC-084]
    severity: minor
    kind: condition
    record: service_request
    must: forwarded_at is not null
    subject: received_by
    department: %s
    examples: [{forwarded_at: 2025-03-05, expect: pass}, {received_by: 张敏, expect: fail}]
"""


def test_a_finding_names_the_department_in_the_rules_column() -> None:
    book, _ = read_rulebook(Path("rules"))
    assert book is not None
    file, _ = parse_yaml(RULE % "received_dept", "rule.yaml")
    assert file is not None
    entries, problems = read_chapter(file, book.declared())
    assert problems == []
    rows = [{"request_id": "R1", "received_by": "张敏", "received_dept": "客服部", "forwarded_at": ""}]
    data, _ = from_rows({"service_request": rows}, book.records, "Asia/Shanghai")
    world = World(book.records, data.tables, book.calendars, book.calendars.default, 1750000000)
    evaluate(make_plan(entries, world), entries, data.connection)
    assert data.connection.execute("SELECT key, department FROM findings").fetchall() == [("R1", "客服部")]


def test_an_unknown_column_is_a_mistake_with_its_place() -> None:
    book, _ = read_rulebook(Path("rules"))
    assert book is not None
    file, _ = parse_yaml(RULE % "recieved_dept", "rule.yaml")
    assert file is not None
    _, problems = read_chapter(file, book.declared())
    assert [str(problem) for problem in problems] == [
        "rule.yaml:12:17: There is no column 'recieved_dept' here. Did you mean 'received_dept'?"
    ]
