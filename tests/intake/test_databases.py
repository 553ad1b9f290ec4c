"""Databases as sources: what is read, how exactly, from where on, and what is said when it cannot be read."""

import gc
import hashlib
import json
import random
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

import auditor
from auditor.intake.database import DatabaseSource, extract
from auditor.intake.database.column import Column
from auditor.intake.database.secret import reveal
from auditor.mistake import Mistake
from auditor.problem import InputError
from auditor.report.json import to_json
from tests.commands.door import ROOT, in_subprocess
from tests.intake.postgres import PASSWORD, Server, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as one:
        yield one


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_PASSWORD", PASSWORD)


@pytest.fixture
def lite(tmp_path: Path) -> Callable[..., str]:
    """Makes an SQLite database of some statements and gives its URL."""

    def make(*statements: str) -> str:
        path = tmp_path / "log.db"
        with sqlite3.connect(path) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()
        return f"sqlite:///{path}"

    return make


REPAIRS = (
    "CREATE TABLE repairs (id INTEGER, opened TEXT, cost NUMERIC)",
    "INSERT INTO repairs VALUES (2, '2025-03-02 10:00:00', 1.5), (1, '2025-03-01 09:00:00', 20), (3, NULL, NULL)",
)


def taken(source: DatabaseSource, folder: Path, **more: str) -> pa.Table:
    """The snapshot of a source that can be read."""
    found, problems = extract(source, folder, **more)
    assert problems == []
    assert found is not None
    return pq.read_table(found.path)


def refused(source: DatabaseSource, folder: Path) -> str:
    """The one line about a source that cannot be read."""
    found, [problem] = extract(source, folder)
    assert found is None
    assert problem.fatal
    return f"{problem.code} {problem}"


# What a source may be


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ({}, "A database is read by either a table or a query."),
        ({"table": "a", "query": "SELECT 1"}, "A database is read by either a table or a query."),
        ({"query": "SELECT 1"}, "A query needs a name."),
        ({"table": "服务 记录"}, "'服务 记录' cannot be the name of a source."),
        ({"table": "a", "name": "../a"}, "'../a' cannot be the name of a source."),
        ({"table": "a", "since": "2025-01-01"}, "'since' needs a column to compare with."),
    ],
)
def test_a_source_hangs_together(keys: dict[str, str], what: str) -> None:
    with pytest.raises(ValueError, match=what.replace(".", "[.]")):
        DatabaseSource(sqlalchemy="sqlite:////a.db", **keys)


@pytest.mark.parametrize(
    ("url", "spelt"),
    [
        ("postgresql://audit:hunter2@db/log", True),
        ("postgresql://audit:x${DB_PASSWORD}@db/log", True),
        ("postgresql://db/log?user=audit&password=hunter2", True),
        ("mssql+pyodbc:///?PWD=hunter2", True),
        ("postgresql://audit:${DB_PASSWORD}@db/log", False),
        ("postgresql://audit:${file:/run/secrets/db}@db:5432/log?sslmode=require", False),
        ("postgresql://audit@db/log", False),
        ("${DATABASE_URL}", False),
    ],
)
def test_a_password_is_not_spelt_out_in_a_file(url: str, spelt: bool) -> None:
    if spelt:
        with pytest.raises(ValueError, match="A password stands in this file"):
            DatabaseSource(sqlalchemy=url, table="repairs")
    else:
        assert url not in repr(DatabaseSource(sqlalchemy=url, table="repairs"))


# Secrets


def test_a_secret_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("p@ss/word\n", encoding="utf-8")
    known = {"URL": "sqlite:////a b.db", "USER": "audit"}
    assert reveal("${URL}", known).text == "sqlite:////a b.db"
    inside = reveal(f"postgresql://${{USER}}:${{file:{tmp_path / 'db'}}}@db/log", known)
    assert inside.text == "postgresql://audit:p%40ss%2Fword@db/log"
    assert inside.hide("p@ss/word and p%40ss%2Fword") == "*** and ***"
    assert "ss" not in repr(inside)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("${NO_SUCH_URL}", "The environment has no variable NO_SUCH_URL. Set NO_SUCH_URL where this runs."),
        ("${file:/no/such}", "The secret file /no/such cannot be read (No such file or directory). "
                             "Check its name and permissions."),
    ],
)  # fmt: skip
def test_a_secret_that_is_not_there(template: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=re.escape(said)):
        reveal(template, {})
    source = DatabaseSource(sqlalchemy=template, table="repairs")
    assert refused(source, tmp_path) == f"secret-missing db:repairs › repairs: {said}"


# Values


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, None, -(2**63)], pa.int64()),
        ([1, 2**63], pa.string()),
        ([1.5, None, 1], pa.float64()),
        ([1.5, 10**15], pa.string()),
        ([1.5, float("nan")], pa.string()),
        ([Decimal("1.10"), Decimal("-20.255")], pa.decimal128(18, 3)),
        ([Decimal("1.10"), 7], pa.decimal128(18, 2)),
        ([Decimal("0.00000000000000000001"), Decimal(1)], pa.decimal128(38, 20)),
        ([Decimal(42), None], pa.int64()),
        ([Decimal("1.5"), Decimal("NaN")], pa.string()),
        ([Decimal("1E-30"), Decimal("1E+10")], pa.string()),
        ([Decimal("1.5"), 0.1], pa.string()),
        ([True, None, False], pa.bool_()),
        ([True, 1], pa.string()),
        ([date(2025, 3, 1)], pa.date32()),
        ([date(2025, 3, 1), datetime(2025, 3, 1, 10)], pa.string()),
        ([datetime(2025, 3, 1, 10, 0, 0, 1), None], pa.timestamp("us")),
        ([datetime(2025, 3, 1, 10, tzinfo=UTC)], pa.timestamp("us", "UTC")),
        ([datetime(2025, 3, 1, 10, tzinfo=UTC), datetime(2025, 3, 1, 10)], pa.string()),
        ([time(9, 30)], pa.time64("us")),
        ([None, None], pa.string()),
        (["1", None], pa.string()),
        ([{"a": "是"}, [1, None]], pa.string()),
    ],
)
def test_a_type_holds_every_value_as_it_is(values: list[object], kind: pa.DataType) -> None:
    column = Column("c")
    batch = column.take(values)
    settled = column.settle(pa.chunked_array([batch]))
    assert settled.type == kind
    if kind != pa.string():
        assert settled.to_pylist() == values


@pytest.mark.parametrize("size", [1, 2, 3])
def test_batches_do_not_matter(size: int) -> None:
    pool = [None, 1, 10**16, 1.5, 2.0, Decimal("1.50"), Decimal(7), Decimal("1E-18"), "x", True, date(2025, 3, 1)]
    pool += [datetime(2025, 3, 1, 10), datetime(2025, 3, 1, 10, tzinfo=UTC), float("inf"), Decimal(10**20)]
    chance = random.Random(7)
    for _ in range(300):
        values = chance.choices(chance.sample(pool, 3), k=6)
        whole = Column("c")
        expected = whole.settle(pa.chunked_array([whole.take(values)]))
        column = Column("c")
        batches = [column.take(values[start : start + size]) for start in range(0, 6, size)]
        found = [value for batch in batches for value in column.settle(pa.chunked_array([batch])).to_pylist()]
        assert (column.type, found) == (whole.type, expected.to_pylist()), values


TYPES = """CREATE TABLE kinds AS SELECT
  7::smallint AS small, 9007199254740993::bigint AS big, 1234567890.12::numeric(12,2) AS money, 0.1::float8 AS part,
  7::numeric(10,0) AS number_id, 'NaN'::numeric AS nan, true AS yes, '是'::text AS word, '2025-03-01'::date AS day,
  '2025-03-01 10:00'::timestamp AS wall, '2025-03-01 10:00+08'::timestamptz AS instant, '09:30'::time AS clock,
  '1 month 2 hours'::interval AS span, 'c0ffee00-0000-4000-8000-000000000001'::uuid AS uuid,
  '{"b": 1.10, "a": 1}'::json AS json, ARRAY[1,2] AS list, '\\xc0ff'::bytea AS bytes, NULL::int AS nothing"""


def test_the_types_of_postgresql(server: Server, tmp_path: Path) -> None:
    server.execute("DROP TABLE IF EXISTS kinds", TYPES)
    [row] = taken(DatabaseSource(sqlalchemy=server.url, table="kinds"), tmp_path).to_pylist()
    assert row == {
        "small": 7,
        "big": 9007199254740993,
        "money": Decimal("1234567890.12"),
        "part": 0.1,
        "number_id": 7,
        "nan": "NaN",
        "yes": True,
        "word": "是",
        "day": date(2025, 3, 1),
        "wall": datetime(2025, 3, 1, 10),
        "instant": datetime(2025, 3, 1, 2, tzinfo=UTC),
        "clock": time(9, 30),
        "span": "1 mon 02:00:00",
        "uuid": "c0ffee00-0000-4000-8000-000000000001",
        "json": '{"b": 1.10, "a": 1}',
        "list": "[1, 2]",
        "bytes": "c0ff",
        "nothing": None,
    }


# What is read


def test_a_table_of_sqlite(lite: Callable[..., str], tmp_path: Path) -> None:
    found = taken(DatabaseSource(sqlalchemy=lite(*REPAIRS), table="repairs"), tmp_path)
    assert found.to_pylist() == [
        {"id": 1, "opened": "2025-03-01 09:00:00", "cost": 20.0},
        {"id": 2, "opened": "2025-03-02 10:00:00", "cost": 1.5},
        {"id": 3, "opened": None, "cost": None},
    ]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT id, 'a:b :c %s 100%' AS note FROM repairs WHERE opened LIKE '2025%' -- all of them",
        "WITH seen AS (SELECT id FROM repairs WHERE opened IS NOT NULL) SELECT id, 'a:b :c %s 100%' AS note FROM seen;",
        "SELECT 1 AS id, 'a:b :c %s 100%' AS note UNION ALL SELECT 2, 'a:b :c %s 100%'",
    ],
)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_query(
    query: str, kind: str, lite: Callable[..., str], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = lite(*REPAIRS) if kind == "sqlite" else _in_postgresql(request.getfixturevalue("server"), *REPAIRS)
    found = taken(DatabaseSource(sqlalchemy=url, query=query, name="q"), tmp_path)
    assert found.to_pylist() == [{"id": number, "note": "a:b :c %s 100%"} for number in (1, 2)]


def _in_postgresql(server: Server, *statements: str) -> str:
    server.execute("DROP TABLE IF EXISTS repairs CASCADE", *statements)
    return server.url


def test_a_table_of_a_schema_a_view_and_odd_names(server: Server, tmp_path: Path) -> None:
    server.execute(
        'DROP SCHEMA IF EXISTS "Work" CASCADE',
        'CREATE SCHEMA "Work"',
        'CREATE TABLE "Work"."select" ("Order No" int, "where" text)',
        """INSERT INTO "Work"."select" VALUES (1, 'a'), (2, 'b')""",
        'CREATE VIEW "Work".seen AS SELECT * FROM "Work"."select" WHERE "where" = \'b\'',
    )
    url = server.url
    assert taken(DatabaseSource(sqlalchemy=url, table="Work.select"), tmp_path).num_rows == 2
    since = DatabaseSource(sqlalchemy=url, table="Work.select", watermark="Order No", since=2)
    assert taken(since, tmp_path).to_pylist() == [{"Order No": 2, "where": "b"}]
    assert taken(DatabaseSource(sqlalchemy=url, table="Work.seen"), tmp_path).num_rows == 1


def test_an_empty_table_still_has_its_columns(lite: Callable[..., str], tmp_path: Path) -> None:
    source = DatabaseSource(sqlalchemy=lite(REPAIRS[0]), table="repairs", watermark="opened", since="2025-01-01")
    found, _ = extract(source, tmp_path)
    assert found is not None
    assert (found.rows, found.watermark, pq.read_schema(found.path).names) == (
        0,
        "2025-01-01",
        ["id", "opened", "cost"],
    )


def test_many_batches_in_the_order_of_their_values(
    lite: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.intake.database.snapshot.BATCH", 7)
    numbers = ", ".join(f"({number}, '2025-03-01', {number}.5)" for number in random.Random(1).sample(range(100), 100))
    source = DatabaseSource(sqlalchemy=lite(REPAIRS[0], f"INSERT INTO repairs VALUES {numbers}"), table="repairs")
    assert taken(source, tmp_path)["id"].to_pylist() == list(range(100))


def test_the_same_content_gives_the_same_file(server: Server, tmp_path: Path) -> None:
    rows = [f"({n}, 'n{n % 7}', {n % 11}.25)" for n in range(5000)]
    files = []
    for order in (rows, rows[::-1]):
        _in_postgresql(
            server,
            "CREATE TABLE repairs (id int, name text, cost numeric)",
            f"INSERT INTO repairs VALUES {','.join(order)}",
        )
        found, _ = extract(DatabaseSource(sqlalchemy=server.url, table="repairs"), tmp_path)
        assert found is not None
        files.append(found.path)
    assert files[0] == files[1]
    assert list(tmp_path.iterdir()) == [files[0]]


def test_another_content_never_takes_the_place_of_an_older_one(lite: Callable[..., str], tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    url = lite(*REPAIRS)
    source = DatabaseSource(sqlalchemy=url, table="repairs")
    before, _ = extract(source, folder)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("INSERT INTO repairs VALUES (4, '2025-03-04', 1)")
    connection.close()
    after, _ = extract(source, folder)
    assert before is not None
    assert after is not None
    assert sorted(folder.iterdir()) == sorted([before.path, after.path])
    assert (before.rows, after.rows) == (3, 4)


# Watermarks


@pytest.mark.parametrize(
    ("kind", "values", "since", "ids", "highest"),
    [
        ("timestamp", ["2025-03-01 09:00", "2025-03-02 10:00:00.5", None],
         "2025-03-02 10:00", [2, 3], "2025-03-02T10:00:00.500000"),
        ("timestamp", ["2025-03-01 09:00", "2025-03-02 10:00", None],
         "2025-03-02T10:00:00", [2, 3], "2025-03-02T10:00:00"),
        ("timestamp", ["2025-03-01 09:00", "2025-03-02 10:00", None], None, [1, 2, 3], "2025-03-02T10:00:00"),
        ("timestamp", ["2025-03-01 09:00", "2025-03-02 10:00", None], "2026-01-01", [3], "2026-01-01"),
        ("timestamptz", ["2025-03-01 09:00+08", "2025-03-01 09:00+00", None],
         "2025-03-01T01:00:01+00:00", [2, 3], "2025-03-01T09:00:00+00:00"),
        ("date", ["2025-03-01", "2025-03-02", None], "2025-03-02", [2, 3], "2025-03-02"),
        ("bigint", ["1", "2", None], 2, [2, 3], 2),
        ("text", ["a", "b", None], "b", [2, 3], "b"),
    ],
)  # fmt: skip
def test_from_a_watermark_on(
    server: Server, tmp_path: Path, kind: str, values: list[str | None], since: str | int | None, ids: list[int],
    highest: str | int,
) -> None:  # fmt: skip
    server.execute("DROP TABLE IF EXISTS log", f"CREATE TABLE log (id int, changed {kind})")
    with server.connect() as connection:
        connection.cursor().executemany("INSERT INTO log VALUES (%s, %s)", list(enumerate(values, start=1)))
    for keys in ({"table": "log"}, {"query": "SELECT * FROM log", "name": "log"}):
        source = DatabaseSource(sqlalchemy=server.url, watermark="changed", since=since, **keys)
        found, problems = extract(source, tmp_path)
        assert (problems, found and found.watermark) == ([], highest)
        assert found is not None
        assert pq.read_table(found.path)["id"].to_pylist() == ids


def test_what_is_given_counts_before_what_is_written(lite: Callable[..., str], tmp_path: Path) -> None:
    source = DatabaseSource(sqlalchemy=lite(*REPAIRS), table="repairs", watermark="opened", since="2025-01-01")
    found, _ = extract(source, tmp_path, "2025-03-02")
    assert found is not None
    assert (found.rows, found.watermark) == (2, "2025-03-02 10:00:00")


def test_a_watermark_goes_on_where_it_ended(lite: Callable[..., str], tmp_path: Path) -> None:
    source = DatabaseSource(sqlalchemy=lite(*REPAIRS), table="repairs", watermark="opened")
    first, _ = extract(source, tmp_path)
    assert first is not None
    again, _ = extract(source, tmp_path, first.watermark)
    assert again is not None
    assert (again.rows, again.watermark) == (2, first.watermark)


# Nothing but reading

WRITES = "The query does something else than select."


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("DELETE FROM repairs", WRITES),
        ("WITH gone AS (DELETE FROM repairs RETURNING *) SELECT * FROM gone", WRITES),
        ("SELECT * INTO copied FROM repairs", WRITES),
        ("SELECT * FROM repairs FOR UPDATE", WRITES),
        ("CREATE TABLE copied AS SELECT * FROM repairs", WRITES),
        ("SET ROLE postgres", WRITES),
        ("SELECT 1; DROP TABLE repairs", "The query holds 2 statements."),
        (" ", "The query is empty."),
        ("SELECT (1", "The query cannot be understood at line 1, column 9 of it."),
    ],
)  # fmt: skip
def test_a_query_is_one_select(query: str, said: str, tmp_path: Path) -> None:
    source = DatabaseSource(sqlalchemy="postgresql://127.0.0.1:1/none", query=query, name="q")
    assert refused(source, tmp_path) == f"database-query db:q › query: {said} Write one SELECT."


def test_a_function_cannot_write_either(server: Server, tmp_path: Path) -> None:
    server.execute(
        "CREATE TABLE IF NOT EXISTS written (n int)",
        "CREATE OR REPLACE FUNCTION sly() RETURNS int LANGUAGE sql AS 'INSERT INTO written VALUES (1) RETURNING n'",
    )
    said = refused(DatabaseSource(sqlalchemy=server.url, query="SELECT sly() AS n", name="q"), tmp_path)
    assert "cannot execute INSERT in a read-only transaction" in said


def test_one_view_of_the_data_in_the_zone_of_the_calendar(server: Server, tmp_path: Path) -> None:
    query = """SELECT current_setting('transaction_isolation') AS level,
               current_setting('transaction_read_only') AS only,
               timestamptz '2025-03-01 18:00+00' :: date AS day"""
    found = taken(DatabaseSource(sqlalchemy=server.url, query=query, name="q"), tmp_path, zone="Asia/Shanghai")
    assert found.to_pylist() == [{"level": "repeatable read", "only": "on", "day": date(2025, 3, 2)}]


def test_sqlite_is_never_made_or_written(tmp_path: Path) -> None:
    source = DatabaseSource(sqlalchemy=f"sqlite:///{tmp_path / 'none.db'}", table="repairs")
    said = "There is no such SQLite file. Check the path in the URL: sqlite:////absolute/path.db."
    assert refused(source, tmp_path) == f"database-unreachable db:repairs › repairs: {said}"
    assert list(tmp_path.iterdir()) == []


# What goes wrong, without the secret


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("postgresql://auditor:{wrong}@127.0.0.1:{port}/postgres", "database-unreachable",
         'password authentication failed for user "auditor"'),
        ("postgresql://auditor:{wrong}@127.0.0.1:1/postgres", "database-unreachable", "Connection refused"),
        ("postgresql://auditor:{wrong}@no-such-host.invalid/postgres", "database-unreachable", "no-such-host.invalid"),
        ("postgresql://auditor:{wrong}@127.0.0.1:{port}/postgres?no_such={wrong}", "database-unreachable", "no_such"),
        ("nosuch://auditor:{wrong}@db/log", "database-driver", "No driver is known by the name nosuch."),
        ("mysql+mysqldb://auditor:{wrong}@db/log", "database-driver", "The driver of mysql+mysqldb is not installed."),
        ("postgresql://auditor:{wrong}@db:no-port/log", "database-url", "The database's URL cannot be understood."),
        ("postgresql://auditor:part@{wrong}@db/log", "database-url", "The database's URL cannot be understood."),
        ("{wrong}", "database-url", "The database's URL cannot be understood."),
    ],
)  # fmt: skip
def test_messages_name_the_source_and_no_secret(
    url: str, code: str, said: str, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    wrong = "hunter2-hunter2"
    monkeypatch.setenv("DATABASE_URL", url.format(wrong=wrong, port=server.port))
    with caplog.at_level("DEBUG"):
        line = refused(DatabaseSource(sqlalchemy="${DATABASE_URL}", table="repairs"), tmp_path)
    assert line.startswith(f"{code} db:repairs › repairs: ")
    assert said in line
    assert "hunter2" not in line + caplog.text


def test_a_mistake_in_sql_is_told_without_the_secret(server: Server, tmp_path: Path) -> None:
    source = DatabaseSource(sqlalchemy=server.url, table="no_such_table")
    assert refused(source, tmp_path) == (
        "database-refused db:no_such_table › no_such_table: "
        'The database refused: relation "no_such_table" does not exist. '
        "Check the names, the query and what the user may read."
    )
    said = refused(DatabaseSource(sqlalchemy=server.url, query=f"SELECT '{PASSWORD}'::int AS n", name="q"), tmp_path)
    assert "invalid input syntax for type integer" in said
    assert PASSWORD not in said


def test_a_row_that_fails_half_way_leaves_nothing(server: Server, tmp_path: Path) -> None:
    query = "SELECT 1 / (60000 - n) AS n FROM generate_series(1, 100000) n"
    said = refused(DatabaseSource(sqlalchemy=server.url, query=query, name="q"), tmp_path)
    assert "The database refused: division by zero." in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"table": "repairs", "watermark": "opend"}, "There is no column 'opend'. Did you mean 'opened'?"),
        ({"table": "repairs", "columns": {"Id": "request_id"}},
         "There is no column 'Id'. It can be cost, id or opened."),
        ({"query": "SELECT id, cost AS ID FROM repairs", "name": "repairs"},
         "There are two columns called 'id'. Give each column a name of its own with AS."),
    ],
)  # fmt: skip
def test_columns_that_are_not_there(keys: dict[str, str], said: str, lite: Callable[..., str], tmp_path: Path) -> None:
    source = DatabaseSource(sqlalchemy=lite(*REPAIRS), **keys)
    assert refused(source, tmp_path) == f"database-columns {source.shown} › {source.relation}: {said}"


def test_without_sqlalchemy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("auditor.intake.database.")]:
        if module.endswith((".snapshot", ".connect", ".statement")):
            monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    assert refused(DatabaseSource(sqlalchemy="sqlite:////a.db", table="a"), tmp_path) == (
        "database-driver db:a › a: Databases are read with SQLAlchemy, which is not installed. "
        "Install it: pip install 'auditor[db]'."
    )


# From the database to the report

REQUESTS = (
    "CREATE TABLE requests (request_id text, request_type text, received_at {0}, forwarded_at {0}, received_by text)",
    """INSERT INTO requests VALUES ('R1', '报修', '2025-03-05 10:00+08:00', '2025-03-06 10:00+08:00', '张敏'),
                                   ('R2', '报修', '2025-03-05 23:30+08:00', '2025-03-06 23:31+08:00', '李强')""",
)


def _requests(server: Server, kind: str, **keys: object) -> DatabaseSource:
    statements = [statement.format(kind) for statement in REQUESTS]
    if kind == "timestamp":
        statements[1] = statements[1].replace("+08:00", "")
    server.execute("DROP TABLE IF EXISTS requests", *statements)
    return DatabaseSource.model_validate({"sqlalchemy": server.url, "table": "requests", "name": "repairs", **keys})


@pytest.mark.parametrize("kind", ["timestamp", "timestamptz", "text"])
def test_findings_and_their_evidence_name_the_source(server: Server, kind: str, tmp_path: Path) -> None:
    source = _requests(server, kind)
    data = auditor.read_data(databases=[source], snapshots=tmp_path)
    [snapshot] = tmp_path.iterdir()
    report = json.loads(to_json(auditor.audit(auditor.read_rules(), data, regulations=["decoration"])))
    [finding] = [one for one in report["findings"] if one["rule"] == "DEC-AS-01"]
    assert (finding["key"], finding["late_by"]) == ("R2", 60)
    [cells] = finding["evidence"]
    assert (cells["file"], cells["sheet"], cells["row"]) == ("db:repairs", "requests", 2)
    assert cells["cells"]["received_at"] == "2025-03-05 23:30"
    assert report["run"]["as_of"] == "2025-03-06 23:31"
    [listed] = report["run"]["sources"]
    assert (listed["file"], listed["rows_read"]) == ("db:repairs", 2)
    assert listed["sha256"] == hashlib.sha256(snapshot.read_bytes()).hexdigest()
    assert snapshot.name == f"repairs-{listed['sha256'][:12]}.parquet"
    assert PASSWORD not in json.dumps(report)


def test_a_snapshot_can_be_judged_again_without_the_database(server: Server, tmp_path: Path) -> None:
    first = auditor.read_data(databases=[_requests(server, "timestamptz")], snapshots=tmp_path)
    again = auditor.read_data(tmp_path)
    assert [source.sha256 for source in again.sources] == [source.sha256 for source in first.sources]
    assert [source.file for source in again.sources] == ["db:repairs"]


def test_a_record_and_columns_that_are_given(lite: Callable[..., str], tmp_path: Path) -> None:
    url = lite("CREATE TABLE t7 (a TEXT, b TEXT, c TEXT)", "INSERT INTO t7 VALUES ('R1', '2025-03-05 10:00', 'x')")
    columns = {"a": "request_id", "b": "received_at", "c": None}
    source = DatabaseSource(sqlalchemy=url, table="t7", record="service_request", columns=columns)
    data = auditor.read_data(databases=[source], snapshots=tmp_path)
    [read] = data.sources
    assert (read.record, {match.header: match.field for match in read.columns}) == (
        "service_request",
        {"a": "request_id", "b": "received_at"},
    )


def test_without_a_folder_snapshots_go_with_the_dataset(server: Server) -> None:
    data = auditor.read_data(databases=[_requests(server, "timestamp")])
    digest = data.sources[0].digest
    assert digest is not None
    assert digest.path.is_file()
    del data
    gc.collect()
    assert not digest.path.parent.exists()


def test_all_databases_that_cannot_be_read_are_told_at_once(tmp_path: Path) -> None:
    sources = [
        DatabaseSource(sqlalchemy="${NO_SUCH_URL}", table="visits"),
        DatabaseSource(sqlalchemy="postgresql://127.0.0.1:1/none", table="repairs", record="service_request"),
    ]
    with pytest.raises(InputError) as raised:
        auditor.read_data(databases=sources, snapshots=tmp_path)
    assert [problem.code for problem in raised.value.problems] == ["secret-missing", "database-unreachable"]
    assert raised.value.exit_code == 3


def test_two_databases_of_one_name(tmp_path: Path) -> None:
    sources = [DatabaseSource(sqlalchemy="sqlite:////a.db", table=table) for table in ("visits", "Visits")]
    said = "db:visits: Several databases are called so. Give each a `name:` of its own."
    with pytest.raises(InputError, match=said.replace(".", "[.]")):
        auditor.read_data(databases=sources, snapshots=tmp_path)


PROJECT = """regulations: [decoration]
sources:
  - {sqlalchemy: "${DATABASE_URL}", table: requests, name: repairs}
"""


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("{right}", 1, ""),
        ("postgresql://auditor:hunter2@127.0.0.1:{port}/postgres", 3,
         'db:repairs › requests: The database cannot be connected to: connection failed: connection to server at '
         '"127.0.0.1", port {port} failed: FATAL:  password authentication failed for user "auditor". '
         "Check that it runs, the address, the user and the password."),
        ("", 3, "auditor.yaml:3:18: The environment has no variable DATABASE_URL. "
                "Set DATABASE_URL where this runs."),
    ],
)  # fmt: skip
def test_a_project_reads_its_database(server: Server, tmp_path: Path, url: str, code: int, said: str) -> None:
    _requests(server, "timestamptz")
    (tmp_path / "auditor.yaml").write_text(PROJECT, encoding="utf-8")
    right = server.url.replace("${PG_PASSWORD}", quote(PASSWORD, safe=""))
    spoken = in_subprocess(
        ("run", "--format", "json"), tmp_path, {"DATABASE_URL": url.format(right=right, port=server.port)}
    )
    assert said.format(port=server.port) in spoken.stderr
    assert spoken.code == code, spoken.stderr
    assert not any(word in spoken.stdout + spoken.stderr for word in ("hunter2", "secret@word", "Traceback", "%40"))


def test_the_page_shows_sources_and_names_every_code() -> None:
    page = (ROOT / "docs" / "databases.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    sources = [DatabaseSource.model_validate(entry) for entry in yaml.safe_load(shown)["sources"]]
    assert [source.shown for source in sources] == ["db:repairs", "db:visits"]
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "auditor").rglob("database*/*.py"))
    code += (ROOT / "auditor" / "pipeline" / "databases.py").read_text(encoding="utf-8")
    assert set(re.findall(r'"((?:database|secret|source)-[a-z]+)"', code)) == set(
        re.findall(r"^\| `([a-z]+-[a-z]+)`", page, re.MULTILINE)
    )
