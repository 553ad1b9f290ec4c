"""Spread: a piece of work for each of many rules, over the processors of the machine, in the order of the rules."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from auditor.evaluate.rehearsal.stage import Stage
from auditor.rulebook import Entry, Rulebook

Result = TypeVar("Result")
Work = Callable[[Stage, Entry], Result]

WORTH_A_PROCESS = 150
"""So many examples take longer to judge than a process takes to start."""

_here: list[Stage] = []


def spread(work: Work[Result], book: Rulebook, entries: Sequence[Entry], size: int) -> Iterator[Result]:
    """``work`` (a function of a module) of every rule; ``size`` is about how many examples are judged in all."""
    processes = min(os.cpu_count() or 1, size // WORTH_A_PROCESS, len(entries))
    if processes < 2:
        stage = Stage(book)
        yield from (work(stage, entry) for entry in entries)
        return
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_open, initargs=(book,)
    ) as pool:
        yield from pool.map(_do, [work] * len(entries), entries, chunksize=4)


def _open(book: Rulebook) -> None:
    _here.append(Stage(book))


def _do(work: Work[Result], entry: Entry) -> Result:
    return work(_here[-1], entry)
