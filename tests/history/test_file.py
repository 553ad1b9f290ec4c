"""The file of the history: damaged, newer, locked, killed; nothing in it is ever changed."""

import multiprocessing
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

import auditor.history
from auditor.history import Decision, Outcomes, open_history
from auditor.history.schema import TABLES
from auditor.problem import AuditorError, Busy, InputError
from tests.commands.door import ROOT
from tests.history.given import JULY, finding, penalty, run
from tests.history.writer import write_on

FILE = "auditor.duckdb"


def made(folder: Path) -> bytes:
    with open_history(folder, write=True) as history:
        history.record(run(), [finding(f"f{number}") for number in range(3000)], [penalty("c1", "f1")], Outcomes())
    return (folder / FILE).read_bytes()


def test_no_statement_changes_or_deletes() -> None:
    folder = Path(auditor.history.__file__).parent
    for path in folder.glob("*.py"):
        found = re.findall(r"\b(UPDATE|DELETE|TRUNCATE|DROP|REPLACE|ALTER|MERGE)\b", path.read_text(encoding="utf-8"))
        assert not found, path.name


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9, 0.999])
@pytest.mark.parametrize("write", [True, False])
def test_a_truncated_file_is_told_and_left_alone(tmp_path: Path, share: float, write: bool) -> None:
    content = made(tmp_path)
    short = content[: int(len(content) * share)]
    (tmp_path / FILE).write_bytes(short)
    with pytest.raises(InputError, match=r"The history cannot be read \(.+\)\. Nothing was changed"):
        open_history(tmp_path, write=write)
    assert (tmp_path / FILE).read_bytes() == short


def test_another_file_under_its_name_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("工单号,受理时间\n" * 2000, encoding="utf-8")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(InputError, match="The history cannot be read"):
        open_history(tmp_path, write=True)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_database_that_is_no_history_is_told(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / FILE)).close()
    with pytest.raises(InputError, match="The history cannot be read"):
        open_history(tmp_path, write=True)


def test_a_file_from_which_much_was_freed_is_whole(tmp_path: Path) -> None:
    """DuckDB counts free blocks at the end that were never written."""
    for number in range(12):
        with open_history(tmp_path, write=True) as history:
            history.record(run(file=f"{number}-"), [finding("f1")], [penalty(f"c{number}", "f1")], Outcomes())
            history.advance([f"c{number}"], "rejected", "李强", JULY, "x")
    with open_history(tmp_path, write=False) as history:
        assert len(history.runs()) == 12


def test_a_newer_file_is_told_and_left_alone(tmp_path: Path) -> None:
    made(tmp_path)
    with duckdb.connect(str(tmp_path / FILE)) as connection:
        connection.execute("INSERT INTO versions VALUES (99)")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(InputError) as error:
        open_history(tmp_path, write=True)
    words = "The history was written by a newer auditor (version 99 of its tables, 1 known here). Update auditor."
    assert str(error.value) == f"{tmp_path / FILE}: {words}"
    assert (tmp_path / FILE).read_bytes() == before


def test_a_failed_step_frees_the_lock(tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(AuditorError), open_history(tmp_path, write=True) as history:
        history.advance(["zzz"], "approved", "李强", JULY, "x")
    open_history(tmp_path, write=True).__exit__(None, None, None)


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from auditor.history import open_history;"
    code += "open_history(Path(sys.argv[1]), write=bool(sys.argv[2]))"
    with open_history(tmp_path, write=True):
        with pytest.raises(Busy):
            open_history(tmp_path, write=True)
        for write in ("yes", ""):
            words = [sys.executable, "-c", code, str(tmp_path), write]
            done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
            assert "Busy" in done.stderr


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    made(tmp_path)
    bad = Decision("f1", "waive", "r", "李强", JULY, "never", "e", "s")  # type: ignore[arg-type]
    with open_history(tmp_path, write=True) as history:
        with pytest.raises(AuditorError):
            history.decide([Decision("f1", "confirm", "r", "李强", JULY, None, "e", "s"), bad], "s" * 64, "w.xlsx")
        assert history.decision_log() == []
        assert not history.imported("s" * 64)


def whole(folder: Path) -> tuple[int, int, int]:
    """Every run has its seven findings, every step its seven entries, every import its seven decisions."""
    with open_history(folder, write=False) as history:
        sizes = history.sizes()
        assert set(sizes.values()) <= {(7, 7)}
        standings = history.ledger()
        assert len(standings) == 7 * len(sizes)
        approved = sum(one.state == "approved" for one in standings)
        decided = len(history.decision_log())
        assert approved % 7 == decided % 7 == 0
        return len(sizes), approved, decided


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_at_fifty_moments_it_opens_and_is_whole(tmp_path: Path) -> None:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.history.warm", "tests.history.writer"])
    moments = random.Random(20250630)
    before = (0, 0, 0)
    for number in range(50):
        begun, said = processes.Pipe(duplex=False)
        writer = processes.Process(target=write_on, args=(tmp_path, number * 1000, said))
        writer.start()
        assert begun.poll(60)
        time.sleep(moments.random() * 0.5)
        writer.kill()
        writer.join()
        after = whole(tmp_path)
        assert all(one >= other for one, other in zip(after, before, strict=True))
        before = after
    assert min(before) > 0


def test_every_table_is_written_by_name() -> None:
    """``append`` takes rows in the order of these columns; a record's fields are read by their names."""
    from auditor.history.runs import _CONSEQUENCE, _FINDING, _INPUT, _RULE, _RUN

    shared = {"runs": _RUN, "inputs": _INPUT, "rules": _RULE, "findings": _FINDING, "consequences": _CONSEQUENCE}
    for table, names in shared.items():
        assert list(TABLES[table])[2:] == list(names), table
