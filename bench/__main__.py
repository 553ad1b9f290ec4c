"""``python -m bench``: measure every way in a process of its own, and write the tables to docs/performance.md."""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from auditor import read_rules
from bench import by_hand
from bench.adjudication import SAMPLE, Adjudication
from bench.generate import generate
from bench.intake import CASES, Reading
from bench.product import product
from bench.report import write_adjudicating, write_reading, write_report
from bench.rulebook import write_rules

ROOT = Path(__file__).parent.parent
WAYS = {
    "read": "(a) reading the columns once with DuckDB",
    "fused": "(b) one fused query written by hand, twelve rules",
    "product": "(c) auditor, twelve rules",
    "product200": "(d) auditor, two hundred rules",
    "pandas": "(e) pandas by hand, twelve rules",
}
ADJUDICATING = ("adjudicate-grouped", "adjudicate-one-by-one")
FINDINGS = 1_000_000
READING = [f"{case}-{who}" for case in CASES for who in ("bare", "product")]


def main() -> None:
    """Generate the data if it is not there, measure, and report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--way", choices=[*WAYS, *READING, *ADJUDICATING])
    parser.add_argument("--only", nargs="*", choices=WAYS, default=list(WAYS))
    parser.add_argument("--without-adjudicating", action="store_true")
    parser.add_argument("--cases", nargs="*", choices=CASES, default=list(CASES), help="what is read; none with --only")
    options = parser.parse_args()
    folder = ROOT / "build" / "bench"
    if options.way in READING:
        case, _, who = options.way.partition("-")
        print(json.dumps(_reading(Reading(case, folder, options.rows), who)))
        return
    if options.way in ADJUDICATING:
        print(json.dumps(_adjudicating(options.way, folder, options.rows)))
        return
    path = folder / f"requests-{options.rows}.parquet"
    if options.way:
        print(json.dumps(_measure(options.way, path, folder)))
        return
    folder.mkdir(parents=True, exist_ok=True)
    report = ROOT / "docs" / "performance.md"
    if options.only:
        if not path.exists():
            generate(path, options.rows)
        for count in (12, 200):
            write_rules(folder / f"rules{count}", count, ROOT / "rules")
        results = {way: _runs(way, options.rows, options.runs) for way in options.only}
        write_report(report, results, WAYS, options.rows, options.runs)
    if options.cases:
        for case in options.cases:
            Reading(case, folder, CASES[case].rows).generate()
        read = {
            case: (
                _runs(f"{case}-bare", CASES[case].rows, options.runs),
                _runs(f"{case}-product", CASES[case].rows, options.runs),
            )
            for case in options.cases
        }
        write_reading(report, read, CASES, options.runs)
    if not options.without_adjudicating:
        write_rules(folder / "rules200", 200, ROOT / "rules")
        grouped, single = (_runs(way, FINDINGS, options.runs) for way in ADJUDICATING)
        write_adjudicating(report, grouped, single, FINDINGS, SAMPLE, options.runs)


def _reading(reading: Reading, who: str) -> dict[str, float]:
    _warm(reading.path)
    book = read_rules(ROOT / "rules")
    begun = time.perf_counter()
    return _measured(begun, reading.bare() if who == "bare" else reading.product(book))


def _adjudicating(way: str, folder: Path, findings: int) -> dict[str, float]:
    case = Adjudication.prepare(folder / "rules200", ROOT / "examples" / "policy" / "policy.yaml", findings)
    basis = case.basis()
    begun = _processor()
    found = case.grouped(basis) if way == "adjudicate-grouped" else case.one_by_one(basis)
    return _measured(0, found) | {"seconds": _processor() - begun}


def _processor() -> float:
    """Processor seconds of this process and those it has waited for: what others do on the machine is left out."""
    used = [resource.getrusage(process) for process in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _runs(way: str, rows: int, runs: int) -> dict[str, float]:
    """The median time and the greatest memory of several runs, each in a fresh process."""
    command = [sys.executable, "-m", "bench", "--rows", str(rows), "--way", way]
    found = [json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout) for _ in range(runs)]
    print(way, *(f"{one['seconds']:.2f} s" for one in found), f"{found[0]['found']} found", file=sys.stderr)
    return {
        "seconds": statistics.median(one["seconds"] for one in found),
        "megabytes": max(one["megabytes"] for one in found),
        "found": found[0]["found"],
    }


def _measure(way: str, path: Path, folder: Path) -> dict[str, float]:
    _warm(path)
    begun = time.perf_counter()
    if way == "read":
        found = by_hand.read_columns(path)
    elif way == "fused":
        found = by_hand.fused(path)
    elif way == "pandas":
        found = by_hand.in_pandas(path)
    else:
        found = product(path, folder / ("rules12" if way == "product" else "rules200"))
    return _measured(begun, found)


def _measured(begun: float, found: int) -> dict[str, float]:
    """What a way has cost since ``begun``."""
    seconds = time.perf_counter() - begun
    megabytes = (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    )
    return {"seconds": seconds, "megabytes": megabytes, "found": found}


def _warm(path: Path) -> None:
    """Have the file in the system's cache, so that no way pays for the disk."""
    with path.open("rb") as stream:
        while stream.read(1 << 24):
            pass


main()
