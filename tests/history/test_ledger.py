"""The ledger: which step follows which, who may take it, and what a later run takes back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.history import ConsequenceRecord, FindingRecord, History, Outcomes, Recorded, open_history
from auditor.history.entry import State
from auditor.problem import RuleError
from tests.history.given import JULY, finding, penalty, run

NOTHING = Outcomes()
LATE = Outcomes(passed=frozenset({"f1"}))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with open_history(tmp_path, write=True) as opened:
        yield opened


def began(history: History, *steps: State) -> History:
    """A history in which c1 was proposed for 张敏 on the finding f1, and ``steps`` were taken."""
    history.record(run(), [finding("f1")], [penalty("c1", "f1")], Outcomes())
    for step in steps:
        history.advance(["c1"], step, "李强", JULY, "已核实")
    return history


def states(history: History) -> dict[str, str]:
    return {one.consequence.key: one.state for one in history.ledger()}


def later(
    history: History,
    outcomes: Outcomes = NOTHING,
    findings: tuple[FindingRecord, ...] = (),
    drawn: tuple[ConsequenceRecord, ...] = (),
    day: str = "2025-07-31",
    version: str = "v1",
) -> Recorded:
    return history.record(run(day, file="b", version=version), findings, drawn, outcomes)


PATHS: list[tuple[State, ...]] = [
    ("approved", "applied"),
    ("approved", "appealed", "upheld", "applied"),
    ("approved", "appealed", "reversed"),
    ("approved", "applied", "appealed", "upheld"),
    ("approved", "applied", "appealed", "reversed"),
    ("rejected",),
]


@pytest.mark.parametrize("path", PATHS)
def test_ways_through_the_ledger(history: History, path: tuple[State, ...]) -> None:
    began(history, *path)
    assert [entry.state for entry in history.ledger()[0].entries] == ["proposed", *path]


REFUSED: list[tuple[tuple[State, ...], State, str]] = [
    ((), "applied", "It is proposed and cannot be applied. What can follow is approved or rejected."),
    ((), "reversed", "It is proposed and cannot be reversed. What can follow is approved or rejected."),
    ((), "replaced", "It is proposed and cannot be replaced. What can follow is approved or rejected."),
    (("approved",), "approved", "It is approved and cannot be approved. What can follow is applied or appealed."),
    (("approved",), "reversed", "It is approved and cannot be reversed. What can follow is applied or appealed."),
    (("approved", "applied"), "applied", "It is applied and cannot be applied. What can follow is appealed."),
    (("rejected",), "approved", "It is rejected and cannot be approved. Nothing can follow that."),
    (
        ("approved", "appealed"),
        "applied",
        "It is appealed and cannot be applied. What can follow is upheld or reversed.",
    ),
    (
        ("approved", "applied", "appealed", "upheld"),
        "applied",
        "It is upheld and cannot be applied. Nothing can follow that.",
    ),
    (
        ("approved", "appealed", "reversed"),
        "proposed",
        "It is reversed and cannot be proposed. Nothing can follow that.",
    ),
]


@pytest.mark.parametrize(("before", "step", "words"), REFUSED)
def test_wrong_steps_are_refused_with_words(
    history: History, before: tuple[State, ...], step: State, words: str
) -> None:
    began(history, *before)
    with pytest.raises(RuleError) as error:
        history.advance(["c1"], step, "李强", JULY, "x")
    assert str(error.value) == f"c1 (张敏): {words}"
    assert len(history.ledger()[0].entries) == 1 + len(before)


@pytest.mark.parametrize("name", ["张敏", "张 敏", "張敏", "张敏（A017）", "张敏（店长）", " 张敏 "])
@pytest.mark.parametrize(
    ("before", "step"), [((), "approved"), ((), "rejected"), (("approved", "appealed"), "upheld"),
                         (("approved", "appealed"), "reversed"), (("approved",), "applied")],
)  # fmt: skip
def test_nobody_decides_about_themselves(history: History, name: str, before: tuple[State, ...], step: State) -> None:
    began(history, *before)
    with pytest.raises(RuleError, match="who can appeal but not decide"):
        history.advance(["c1"], step, name, JULY, "x")


def test_the_person_concerned_appeals_and_is_known_by_other_names(history: History) -> None:
    history.record(run(), [finding("f1")], [replace(penalty("c1", "f1"), names=("A017", "小敏"))], Outcomes())
    with pytest.raises(RuleError, match="who can appeal"):
        history.advance(["c1"], "approved", "小敏", JULY, "x")
    history.advance(["c1"], "approved", "李强", JULY, "x")
    history.advance(["c1"], "appealed", "小敏", JULY, "不服")
    assert states(history) == {"c1": "appealed"}


@pytest.mark.parametrize(
    ("by", "on", "why", "words"),
    [
        ("", JULY, "x", "A step needs a name and a reason. Give --by NAME and --why TEXT."),
        ("李强", JULY, " ", "A step needs a name and a reason. Give --by NAME and --why TEXT."),
        (
            "李强",
            date(2025, 6, 29),
            "x",
            "2025-06-29 is before the step that it follows: proposed on 2025-06-30."
            " Give the day of this step with --on.",
        ),
    ],
)
def test_a_step_says_who_when_and_why(history: History, by: str, on: date, why: str, words: str) -> None:
    began(history)
    with pytest.raises(RuleError) as error:
        history.advance(["c1"], "approved", by, on, why)
    assert str(error.value) == f"c1 (张敏): {words}"


def test_several_are_taken_together_or_not_at_all(history: History) -> None:
    history.record(run(), [], [penalty("a1", "f1"), penalty("a2", "f2", subject="李强")], Outcomes())
    with pytest.raises(RuleError):
        history.advance(["a1", "a2"], "approved", "李强", JULY, "x")
    assert states(history) == {"a1": "proposed", "a2": "proposed"}
    with pytest.raises(RuleError, match="2 consequences begin with 'a'"):
        history.advance(["a"], "approved", "王芳", JULY, "x")
    with pytest.raises(RuleError, match="There is no consequence 'b' in the ledger"):
        history.advance(["b"], "approved", "王芳", JULY, "x")


@pytest.mark.parametrize("path", [(), *(path[:size] for path in PATHS[:4] for size in range(1, len(path) + 1))])
def test_late_evidence_reverses_what_is_open(history: History, path: tuple[State, ...]) -> None:
    began(history, *path)
    made = later(history, LATE)
    open_before = not path or path[-1] not in ("rejected", "reversed")
    assert made.reversed == (("c1",) if open_before else ())
    if open_before:
        last = history.ledger()[0].entries[-1]
        assert (last.state, last.by, last.why, last.findings) == ("reversed", "auditor", "late evidence", ("f1",))
        assert last.run == made.run


def test_absence_is_not_a_pass(history: History) -> None:
    made = later(began(history, "approved"))
    assert (made.reversed, made.doubtful) == ((), ())
    assert states(history) == {"c1": "approved"}


def test_a_row_that_owes_it_no_more_is_told_and_left_to_people(history: History) -> None:
    made = later(began(history, "approved"), Outcomes(gone=frozenset({"f1"})))
    assert (made.reversed, made.doubtful) == ((), ("c1",))
    assert states(history) == {"c1": "approved"}


def test_a_changed_rule_is_no_evidence(history: History) -> None:
    made = later(began(history, "approved"), LATE, version="v2")
    assert (made.reversed, made.doubtful) == ((), ("c1",))


def test_an_older_log_is_no_evidence(history: History) -> None:
    made = later(began(history, "approved"), LATE, day="2025-05-31")
    assert (made.reversed, made.doubtful) == ((), ())


def test_a_finding_that_stands_but_is_charged_no_more_is_told(history: History) -> None:
    made = later(began(history), findings=(finding("f1"),))
    assert (made.reversed, made.doubtful) == ((), ("c1",))


def test_a_waived_finding_takes_its_consequence_back(history: History) -> None:
    made = later(began(history, "approved"), findings=(finding("f1", state="waived"),))
    assert made.reversed == ("c1",)
    assert history.ledger()[0].entries[-1].why == "waived"


def test_one_finding_less_leaves_the_rest_proposed_with_a_word(history: History) -> None:
    history.record(run(), [finding("f1"), finding("f2")], [penalty("c1", "f1", "f2")], Outcomes())
    made = later(history, LATE, (finding("f2"),), (penalty("c2", "f2"),))
    assert (made.reversed, made.proposed) == (("c1",), ("c2",))
    assert history.ledger()[1].entries[-1].why == "drawn; c1 is reversed"


def test_a_consequence_is_proposed_once(history: History) -> None:
    began(history, "rejected")
    made = later(history, findings=(finding("f1"),), drawn=(penalty("c1", "f1"),))
    assert (made.proposed, made.again) == ((), ())
    assert states(history) == {"c1": "rejected"}


def test_what_late_evidence_reversed_comes_back_only_with_a_word(history: History) -> None:
    later(began(history, "approved"), LATE)
    made = later(history, findings=(finding("f1"),), drawn=(penalty("c1", "f1"),), day="2025-08-31")
    assert (made.proposed, made.again) == ((), ("c1",))
    assert history.ledger()[0].entries[-1].why == "drawn again, was reversed: late evidence"


def test_what_late_evidence_reversed_is_not_brought_back_by_an_old_log(history: History) -> None:
    later(began(history), LATE)
    made = later(history, findings=(finding("f1"),), drawn=(penalty("c1", "f1"),), day="2025-07-15")
    assert (made.again, states(history)) == ((), {"c1": "reversed"})


def test_what_an_appeal_reversed_stays_reversed(history: History) -> None:
    began(history, "approved", "appealed", "reversed")
    made = later(history, findings=(finding("f1"),), drawn=(penalty("c1", "f1"),))
    assert (made.again, states(history)) == ((), {"c1": "reversed"})


def test_more_findings_replace_what_was_only_proposed(history: History) -> None:
    began(history)
    made = later(history, findings=(finding("f1"), finding("f2")), drawn=(penalty("c2", "f1", "f2"),))
    assert (made.replaced, made.proposed) == (("c1",), ("c2",))
    assert states(history) == {"c1": "replaced", "c2": "proposed"}


def test_more_findings_never_charge_the_same_twice(history: History) -> None:
    began(history, "approved")
    later(history, drawn=(penalty("c2", "f1", "f2"),))
    assert history.ledger()[1].entries[0].why == "drawn; c1 is approved"
    history.advance(["c2"], "approved", "李强", date(2025, 8, 1), "x")
    assert states(history) == {"c1": "replaced", "c2": "approved"}


def test_what_was_applied_has_to_be_reversed_before_more_is_approved(history: History) -> None:
    began(history, "approved", "applied")
    later(history, drawn=(penalty("c2", "f1", "f2"),))
    with pytest.raises(RuleError, match="c1 is applied for the same findings: both would count"):
        history.advance(["c2"], "approved", "李强", date(2025, 8, 1), "x")


def test_other_findings_of_the_same_person_are_another_matter(history: History) -> None:
    began(history)
    made = later(history, drawn=(penalty("c2", "f2"),))
    assert (made.replaced, made.proposed) == ((), ("c2",))


def test_what_is_held_is_not_proposed_and_cannot_be_approved(history: History) -> None:
    began(history)
    made = later(history, drawn=(penalty("c1", "f1", state="held"), penalty("c3", "f3", state="held")))
    assert (made.proposed, made.doubtful) == ((), ())
    with pytest.raises(RuleError, match="does not propose it: the finding is disputed"):
        history.advance(["c1"], "approved", "李强", JULY, "x")
    history.advance(["c1"], "rejected", "李强", date(2025, 8, 1), "x")
