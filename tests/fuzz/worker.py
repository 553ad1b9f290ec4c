"""A process that reads damaged files: ``python -W error -m tests.fuzz.worker NAME FIRST LAST``.

It prints one line of JSON for each case: its number, whether the file was ``read`` or ``refused``, or what was wrong
with the answer. A case that takes more than ten seconds of computing, or stands still, ends the process with its stack
on stderr.
"""

from __future__ import annotations

import faulthandler
import json
import multiprocessing
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from random import Random
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

import duckdb

from auditor.intake import Dataset, read_files
from auditor.intake.container import child
from auditor.problem import Problem
from auditor.records.load import read_record_types
from tests.fuzz.damage import damaged
from tests.fuzz.seeds import sound
from tests.intake import sheets

SECONDS = 10
STANDSTILL = 300
"""Seconds on the wall: a crowded machine may be slow, but not that slow."""

MEMORY = 1 << 30
ROOT = Path(__file__).parent.parent.parent
_SERVER = multiprocessing.get_context("forkserver")


def records() -> dict[str, object]:
    shipped, problems = read_record_types(ROOT / "rules" / "records.yaml")
    assert not problems
    return {**sheets.RECORDS, "inspection": shipped["inspection"]}


def case(name: str, number: int, content: bytes) -> bytes:
    """The damaged bytes of a case; number 0 is the sound file itself."""
    return damaged(content, Random(f"{name}/{number}")) if number else content


def answer(path: Path, known: dict[str, object]) -> str:
    """``read`` or ``refused``; raises AssertionError when the answer is neither."""
    connection = duckdb.connect(config={"threads": 1})
    data, problems = read_files([path], known, sheets.ZONE, connection=connection)  # type: ignore[arg-type]
    told(path, problems)
    counted(data)
    assert data.tables or any(problem.fatal for problem in problems), "nothing was read, and nothing said"
    return "read" if data.tables else "refused"


def told(path: Path, problems: list[Problem]) -> None:
    """Every Problem names the file and says what to do."""
    for problem in problems:
        assert problem.where.file == str(path), problem
        assert all((problem.what, problem.remedy, str(problem))), problem


def counted(data: Dataset) -> None:
    """No row is lost between a file and its table."""
    for source in data.sources:
        assert source.rows_read == source.rows_kept + source.rows_set_aside, source
    for name, table in data.tables.items():
        [(rows,)] = data.connection.execute(f"SELECT count(*) FROM {name}").fetchall()
        kept = sum(source.rows_kept for source in data.sources if source.record == name)
        assert rows == table.rows == kept, (rows, table.rows, kept)


def forked(command: list[str], *, timeout: float, **_: object) -> CompletedProcess[bytes]:
    """What subprocess.run does for the reader of old workbooks, without the time that a new interpreter takes."""
    receiver, sender = _SERVER.Pipe(duplex=False)
    *_words, kind, _memory, path = command
    process = _SERVER.Process(target=_answered, args=(sender, kind, path))
    process.start()
    sender.close()
    try:
        output = receiver.recv_bytes()
    except EOFError:
        output = b""
    process.join(timeout)
    assert process.exitcode != -signal.SIGPROF, f"reading took longer than {SECONDS} seconds"
    return CompletedProcess(command, process.exitcode or 0, output, b"")


def _answered(sender: object, kind: str, path: str) -> None:
    watch()
    sys.stdout = os.fdopen(os.memfd_create("answer"), "w+", encoding="utf-8")
    code = child._main(kind, str(MEMORY), path)
    sys.stdout.buffer.seek(0)
    sender.send_bytes(sys.stdout.buffer.read())  # type: ignore[attr-defined]
    sys.exit(code)


def watch() -> None:
    """From now on so much computing is allowed."""
    faulthandler.dump_traceback_later(STANDSTILL, exit=True)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)


def largest() -> int:
    """The most memory that this process or one that it waited for has used, in bytes."""
    return 1024 * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main(name: str, first: str, last: str) -> None:
    child.subprocess.run = forked  # type: ignore[attr-defined]
    _SERVER.set_forkserver_preload(["auditor.intake.container.calamine", "auditor.intake.container.scans"])
    faulthandler.register(signal.SIGPROF, chain=True)
    known = records()
    with TemporaryDirectory() as folder:
        content = sound(name, Path(folder))
        path = Path(folder) / name
        for number in range(int(first), int(last)):
            path.write_bytes(case(name, number, content))
            watch()
            try:
                outcome = answer(path, known)
                assert largest() < MEMORY, f"{largest() >> 20} MB of memory"
            except BaseException:
                outcome = traceback.format_exc()
            print(json.dumps([number, outcome]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
