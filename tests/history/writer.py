"""A process that writes to a history until it is killed."""

from multiprocessing.connection import Connection
from pathlib import Path

from auditor.history import Decision, Outcomes, open_history
from tests.history.given import JULY, finding, penalty, run


def write_on(folder: Path, first: int, begun: Connection) -> None:
    """Keep runs, steps and decisions, seven of each at a time."""
    for number in range(first, first + 1000):
        with open_history(folder, write=True) as history:
            begun.send(number)
            for turn in range(6):
                key = f"{number}-{turn}"
                found = [finding(f"{key}/{one}") for one in range(7)]
                drawn = [penalty(f"{key}/{one}", f"{key}/{one}", subject=f"人{one}") for one in range(7)]
                history.record(run(file=f"{key}-"), found, drawn, Outcomes())
                history.advance([one.key for one in drawn], "approved", "王芳", JULY, "x")
                said = [Decision(one.key, "confirm", "r", "王芳", JULY, None, "e", key, 1) for one in found]
                history.decide(said, key, "w.xlsx")
