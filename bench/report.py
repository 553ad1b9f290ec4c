"""The tables of the benchmark, as ratios of one run on one machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bench.intake import Case

TEXT = """# Performance

Measured by `make bench` in one run on one machine: {rows:,} generated repair requests in one Parquet file, about
3 % of them with something wrong; median of {runs} runs, each in a fresh process, the file in the system's cache.
Every way ends with its findings in hand; the product's carry fingerprints, due times and evidence rows, and it
also counts the five verdicts by rule and person. Trust the ratios, not the seconds.

| way | seconds | × hand-written | memory | found |
|---|---|---|---|---|
{table}
{verdict}
"""
READING = """
## Reading

From a file to typed tables with every cell's place, beside the bare reader of such files, which leaves text; median
of {runs} runs, each in a fresh process.

| file | rows | bare reader | its seconds | seconds | ratio | goal | memory |
|---|---|---|---|---|---|---|---|
{table}
"""


ADJUDICATING = """
## Adjudicating

From {findings:,} made-up findings over 2,000 people and 200 rules to consequences by the example policy; median of
{runs} runs. A person's post makes ten of the rules theirs, one event in ten has two findings, all fall into one month.
Posted one by one, each finding is a fact of its own in the same engine and under the same fence; {sample:,} were
posted, and the seconds for all are reckoned from theirs in proportion. Seconds are those of the processors, all
processes together.

| way | processor seconds | ratio | goal | memory |
|---|---|---|---|---|
{table}
"""


def write_report(
    path: Path, results: Mapping[str, Mapping[str, float]], ways: Mapping[str, str], rows: int, runs: int
) -> None:
    """Write the table to ``path`` and print it."""
    base = results.get("fused", {}).get("seconds")
    lines = []
    for way, one in results.items():
        ratio = f"{one['seconds'] / base:.2f}" if base else "—"
        lines.append(
            f"| {ways[way]} | {one['seconds']:.2f} | {ratio} | {one['megabytes']:.0f} MB | {int(one['found']) or '—'} |"
        )
    text = TEXT.format(rows=rows, runs=runs, table="\n".join(lines), verdict=_verdict(results))
    print(text)
    if set(results) == set(ways):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "".join(_parts(path)[1:]), encoding="utf-8")


def write_reading(
    path: Path,
    results: Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]],
    cases: Mapping[str, Case],
    runs: int,
) -> None:
    """Write the second table to ``path``, below the first, and print it."""
    lines = []
    for name, (bare, ours) in results.items():
        case, ratio = cases[name], ours["seconds"] / bare["seconds"]
        lines.append(
            f"| {case.title} | {case.rows:,} | {case.bare} | {bare['seconds']:.2f} | {ours['seconds']:.2f} "
            f"| {ratio:.2f} | {case.goal:g} | {ours['megabytes']:.0f} MB |"
        )
    text = READING.format(runs=runs, table="\n".join(lines))
    print(text)
    if set(results) == set(cases):
        judging, _, adjudicating = _parts(path)
        path.write_text(judging + text + adjudicating, encoding="utf-8")


def write_adjudicating(
    path: Path, grouped: Mapping[str, float], single: Mapping[str, float], findings: int, sample: int, runs: int
) -> None:
    """Write the third table to ``path``, below the others, and print it."""
    all_single = single["seconds"] * findings / sample
    lines = [
        f"| grouped in the query engine, then adjudicated | {grouped['seconds']:.1f} | 1.0 | 10 s, 500 MB"
        f" | {grouped['megabytes']:.0f} MB |",
        f"| posted one by one | {all_single:.0f} (reckoned) | {all_single / grouped['seconds']:.1f} | — | — |",
    ]
    text = ADJUDICATING.format(findings=findings, sample=sample, runs=runs, table="\n".join(lines))
    print(text)
    judging, reading, _ = _parts(path)
    path.write_text(judging + reading + text, encoding="utf-8")


def _parts(path: Path) -> tuple[str, str, str]:
    """The texts on judging, on reading and on adjudicating that stand in the report."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    text, third, adjudicating = text.partition("\n## Adjudicating\n")
    judging, second, reading = text.partition("\n## Reading\n")
    return judging, second + reading, third + adjudicating


def _verdict(results: Mapping[str, Mapping[str, float]]) -> str:
    """Whether the two ratios we hold ourselves to, and the memory, were kept in this run."""
    if not {"fused", "product", "product200"} <= set(results):
        return ""
    twelve = results["product"]["seconds"] / results["fused"]["seconds"]
    many = results["product200"]["seconds"] / results["product"]["seconds"]
    memory = max(results[way]["megabytes"] for way in ("product", "product200"))
    return (
        f"\nTwelve rules took {twelve:.2f} × the hand-written query (goal 1.5), two hundred rules {many:.2f} × twelve"
        f" (goal 5), memory at most {memory / 1024:.1f} GB (goal 4).\n"
    )
