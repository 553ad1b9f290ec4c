"""Runs are kept whole and once, found again, and findings are known since their first."""

from dataclasses import replace
from pathlib import Path

import pytest

from auditor.history import Outcomes, Seen, open_history
from auditor.problem import RuleError
from tests.history.given import finding, penalty, run


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    kept = run()
    bare = replace(finding("f2"), subject=None, sentence_zh=None, sentence_en=None, details=None)
    with open_history(tmp_path, write=True) as history:
        made = history.record(kept, [finding("f1"), bare], [penalty("c1", "f1")], Outcomes())
    with open_history(tmp_path, write=False) as history:
        assert history.run("last") == replace(kept, id=made.run, order=1)
        assert history.findings(made.run) == [finding("f1"), bare]
        assert history.consequences(made.run) == [penalty("c1", "f1")]
        assert [(one.consequence.key, one.state) for one in history.ledger()] == [("c1", "proposed")]


def test_the_same_run_is_kept_once(tmp_path: Path) -> None:
    with open_history(tmp_path, write=True) as history:
        first = history.record(run(), [finding("f1")], [penalty("c1", "f1")], Outcomes())
        again = history.record(run(), [finding("f1")], [penalty("c1", "f1")], Outcomes())
        assert (first.new, again.new, again.run == first.run) == (True, False, True)
        assert len(history.runs()) == 1
        assert len(history.findings(first.run)) == 1
        assert len(history.ledger()[0].entries) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(run(), rulebook="other"),
        replace(run(), policy="other"),
        replace(run(), as_of=1),
        replace(run(), profile="strict"),
        replace(run(), decisions="other"),
        replace(run(), regulations=("conduct",)),
        replace(run(), complete=False),
        run(file="b"),
    ],
)
def test_a_run_is_another_when_anything_it_judges_by_is(tmp_path: Path, other: object) -> None:
    with open_history(tmp_path, write=True) as history:
        ids = {history.record(one, [], [], Outcomes()).run for one in (run(), other)}  # type: ignore[arg-type]
        assert len(ids) == 2
        assert all(len(one) == 12 for one in ids)


def test_a_run_has_a_name_of_where_its_files_lie_in_none(tmp_path: Path) -> None:
    moved = replace(run(), inputs=(replace(run().inputs[0], file="copy.csv"),))
    with open_history(tmp_path, write=True) as history:
        assert history.record(run(), [], [], Outcomes()).run == history.record(moved, [], [], Outcomes()).run


@pytest.mark.parametrize(
    ("name", "found"),
    [("last", 2), ("last~1", 1), ("last~2", "There is no run 'last~2'."), ("zzz", "There is no run 'zzz'."),
     ("", "3 runs begin with ''.")],
)  # fmt: skip
def test_runs_by_name(tmp_path: Path, name: str, found: int | str) -> None:
    with open_history(tmp_path, write=True) as history:
        for day in ("2025-06-30", "2025-07-31") if isinstance(found, int) or "~" in found or "z" in found else (
            "2025-05-31", "2025-06-30", "2025-07-31"):  # fmt: skip
            history.record(run(day), [], [], Outcomes())
        if isinstance(found, int):
            assert history.run(name).order == found
            assert history.run(history.run(name).id[:6]).order == found
        else:
            with pytest.raises(RuleError, match=found.replace("~", "~")):
                history.run(name)


def test_first_seen_and_how_often_in_a_row(tmp_path: Path) -> None:
    nights = [["f1"], ["f1", "f2"], ["f1"], ["f1", "f2"], ["f1", "f2"]]
    with open_history(tmp_path, write=True) as history:
        ids = [
            history.record(run(f"2025-06-0{night}"), [finding(key) for key in keys], [], Outcomes()).run
            for night, keys in enumerate(nights, 1)
        ]
        first, second = run("2025-06-01").as_of, run("2025-06-02").as_of
        asked = ["f1", "f2", "f3"]
        assert history.seen(asked) == {"f1": Seen(ids[0], first, 5), "f2": Seen(ids[1], second, 2)}
        assert history.seen(asked, without=ids[4]) == {"f1": Seen(ids[0], first, 4), "f2": Seen(ids[1], second, 1)}


def test_a_run_that_did_not_judge_the_rule_breaks_no_row(tmp_path: Path) -> None:
    with open_history(tmp_path, write=True) as history:
        history.record(run("2025-06-01"), [finding("f1")], [], Outcomes())
        history.record(run("2025-06-02", status="not_checked"), [], [], Outcomes())
        history.record(run("2025-06-03"), [finding("f1")], [], Outcomes())
        assert history.seen(["f1"])["f1"].consecutive == 2
        history.record(run("2025-06-04"), [], [], Outcomes())
        assert history.seen(["f1"])["f1"].consecutive == 0


def test_an_old_month_audited_late_is_first_in_time(tmp_path: Path) -> None:
    with open_history(tmp_path, write=True) as history:
        history.record(run("2025-06-30"), [finding("f1")], [], Outcomes())
        early = history.record(run("2025-05-31"), [finding("f1")], [], Outcomes())
        assert history.seen(["f1"])["f1"] == Seen(early.run, run("2025-05-31").as_of, 2)
