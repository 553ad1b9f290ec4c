"""Cadences by period: who owes what in which weeks, and why a short week may be nobody's fault."""

from typing import Any

import pytest
from pydantic import ValidationError

from auditor.kinds.cadence import Cadence
from tests.kinds.harness import BAD, Case, Rows, record

SITE = record(
    "site", key="site_id", time="started", site_id="id", started="time", ended="time", stopped="time", resumed="time",
    size="number", owner="person", number="id",
)  # fmt: skip
VISIT = record("visit", key="visit_id", time="at", visit_id="id", site_id="id", at="time", sort="text", by="person")
FOR = {"record": "site", "from": "started", "to": "ended", "suspended": {"from": "stopped", "to": "resumed"}}
OF = {"record": "visit", "match": "site_id = site_id"}
WEEKLY = {"for": FOR, "of": OF, "every": "week"}
FIRST = {"site_id": "other", "at": "2025-01-01 09:00"}
"""A visit elsewhere, long ago: the log was kept by then."""


def case(rule: dict[str, Any], sites: Rows, visits: Rows, as_of: str, lacking: Any = {}) -> Case:  # noqa: B006
    rows = {"site": [{"site_id": "P1", **site} for site in sites], "visit": [{"site_id": "P1", **v} for v in visits]}
    return Case(Cadence, {"kind": "cadence", **rule}, [SITE, VISIT], rows, as_of, lacking=lacking)


def outcomes(rule: dict[str, Any], sites: Rows, visits: Rows, as_of: str = "2025-03-31 12:00") -> dict[str, str]:
    """Outcome names by key, for one site P1 and visits to it (times), after an early visit elsewhere."""
    return {key: one.name for key, one in case(rule, sites, [FIRST, *visits], as_of).outcomes().items()}


def at(*times: str) -> Rows:
    return [{"at": time} for time in times]


def test_each_week_of_the_span_owes_a_visit() -> None:
    site = {"started": "2025-03-03", "ended": "2025-03-23"}
    visits = at("2025-03-03 00:00", "2025-03-20 15:00", "2025-03-24 00:00")
    expected = {"P1/2025-W10": "PASS", "P1/2025-W11": "TOO_FEW", "P1/2025-W12": "PASS"}
    assert outcomes(WEEKLY, [site], visits) == expected


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        ("2025-03-02 23:59", None),
        ("2025-03-03 00:00", "RUNNING"),
        ("2025-03-09 23:59:59", "RUNNING"),
        ("2025-03-10 00:00", "TOO_FEW"),
    ],
)
def test_a_week_fails_when_it_is_over(as_of: str, outcome: str | None) -> None:
    site = {"started": "2025-03-03", "ended": "2025-03-09"}
    assert outcomes(WEEKLY, [site], [], as_of) == ({"P1/2025-W10": outcome} if outcome else {})


def test_a_visit_after_as_of_has_not_happened() -> None:
    site = {"started": "2025-03-03", "ended": "2025-03-09"}
    assert outcomes(WEEKLY, [site], at("2025-03-05 12:01"), "2025-03-05 12:00") == {"P1/2025-W10": "RUNNING"}
    assert outcomes(WEEKLY, [site], at("2025-03-05 12:00"), "2025-03-05 12:00") == {"P1/2025-W10": "PASS"}


def test_a_span_that_ends_in_the_week_is_over_with_it() -> None:
    site = {"started": "2025-03-03", "ended": "2025-03-06"}
    assert outcomes(WEEKLY, [site], [], "2025-03-06 23:59") == {"P1/2025-W10": "RUNNING"}
    assert outcomes(WEEKLY, [site], [], "2025-03-07 00:00") == {"P1/2025-W10": "TOO_FEW"}


@pytest.mark.parametrize(
    ("every", "partial", "started", "ended", "owed"),
    [
        ("week", "prorate", "2025-03-06", "2025-03-09", ["2025-W10"]),
        ("week", "prorate", "2025-03-07", "2025-03-09", []),
        ("week", "skip", "2025-03-04", "2025-03-09", []),
        ("week", "skip", "2025-03-03", "2025-03-09", ["2025-W10"]),
        ("week", "full", "2025-03-07", "2025-03-10", ["2025-W10", "2025-W11"]),
        ("month", "prorate", "2025-02-15", "2025-02-28", ["2025-02"]),
        ("month", "prorate", "2025-02-16", "2025-02-28", []),
        ("month", "prorate", "2024-12-16", "2025-01-31", ["2024-12", "2025-01"]),
        ("quarter", "prorate", "2025-02-14", "2025-03-30", ["2025-Q1"]),
        ("quarter", "prorate", "2025-02-15", "2025-03-30", []),
        ("year", "skip", "2023-12-31", "2024-12-31", ["2024"]),
        ("7d", "prorate", "2025-03-05", "2025-03-15", ["2025-03-05", "2025-03-12"]),
        ("7d", "prorate", "2025-03-05", "2025-03-14", ["2025-03-05"]),
        ("week", "full", "2025-03-09", "2025-03-08", []),
    ],
)
def test_partial_periods(every: str, partial: str, started: str, ended: str, owed: list[str]) -> None:
    rule = {**WEEKLY, "every": every, "partial": partial}
    found = outcomes(rule, [{"started": started, "ended": ended}], [{"site_id": "x", "at": "2020-01-01"}])
    assert found == {f"P1/{label}": "TOO_FEW" for label in owed}


def test_periods_of_days_are_counted_from_the_start() -> None:
    visits = at("2025-03-04 09:00", "2025-03-12 00:00")
    found = outcomes({**WEEKLY, "every": "7d"}, [{"started": "2025-03-05", "ended": "2025-03-18"}], visits)
    assert found == {"P1/2025-03-05": "TOO_FEW", "P1/2025-03-12": "PASS"}


def test_nothing_is_owed_while_the_works_stand_still() -> None:
    site = {"started": "2025-03-03", "stopped": "2025-03-10", "resumed": "2025-03-20 12:00"}
    expected = {"P1/2025-W10": "TOO_FEW", "P1/2025-W13": "TOO_FEW", "P1/2025-W14": "RUNNING"}
    assert outcomes(WEEKLY, [site], []) == expected
    assert outcomes(WEEKLY, [{**site, "resumed": None}], []) == {"P1/2025-W10": "TOO_FEW"}
    assert set(outcomes(WEEKLY, [{**site, "resumed": "2025-03-12"}], [])) >= {"P1/2025-W11"}
    assert set(outcomes(WEEKLY, [{**site, "stopped": None}], [])) >= {"P1/2025-W11", "P1/2025-W12"}


def test_a_visit_in_a_week_with_a_stoppage_counts_on_any_of_its_days() -> None:
    site = {"started": "2025-03-03", "ended": "2025-03-09", "stopped": "2025-03-03", "resumed": "2025-03-05"}
    assert outcomes(WEEKLY, [site], at("2025-03-04 09:00")) == {"P1/2025-W10": "PASS"}
    early = {**site, "stopped": "2025-03-07", "resumed": "2025-03-09"}
    assert outcomes(WEEKLY, [early], [], "2025-03-07 00:00") == {"P1/2025-W10": "TOO_FEW"}


def test_a_week_without_a_working_day_is_not_owed() -> None:
    site = {"started": "2026-02-09", "ended": "2026-03-01"}
    found = outcomes(WEEKLY, [site], at("2026-02-10 09:00", "2026-02-18 09:00"), "2026-03-09 12:00")
    assert found == {"P1/2026-W07": "PASS", "P1/2026-W08": "NO_WORKING_DAY", "P1/2026-W09": "TOO_FEW"}


def test_a_week_outside_the_calendar_is_unknown() -> None:
    site = {"started": "2026-12-28", "ended": "2027-01-10"}
    found = outcomes(WEEKLY, [site], at("2027-01-05 09:00"), "2027-03-01 12:00")
    assert found == {"P1/2026-W53": "TOO_FEW", "P1/2027-W01": "CALENDAR"}


def test_at_least() -> None:
    site = {"started": "2025-03-03", "ended": "2025-03-09"}
    twice = {**WEEKLY, "at_least": 2}
    assert outcomes(twice, [site], at("2025-03-03 09:00")) == {"P1/2025-W10": "TOO_FEW"}
    assert outcomes(twice, [site], at("2025-03-03 09:00", "2025-03-03 09:00")) == {"P1/2025-W10": "PASS"}


def test_a_log_that_starts_later_accuses_nobody() -> None:
    site = {"started": "2025-03-03", "ended": "2025-03-23"}
    visits = [{"site_id": "P2", "at": "2025-03-11 09:00"}]
    found = case(WEEKLY, [site], visits, "2025-03-31").outcomes()
    assert [one.name for one in found.values()] == ["LOG_STARTS_LATER", "LOG_STARTS_LATER", "TOO_FEW"]
    assert set(case(WEEKLY, [site], [], "2025-03-31").verdicts().values()) == {"unknown"}


VISITS = {**OF, "where": "sort = '巡访'"}


@pytest.mark.parametrize(
    ("visit", "outcome"),
    [
        ({"at": "2025-03-05 09:00", "sort": "巡访"}, "PASS"),
        ({"at": "2025-03-05", "sort": "巡访"}, "PASS"),
        ({"at": "2025-03-05 09:00", "sort": "维修"}, "TOO_FEW"),
        ({"at": "2025-03-05 09:00", "sort": None}, "UNSURE_MATCH"),
        ({"at": "2025-03-05 09:00", "sort": BAD}, "UNSURE_MATCH"),
        ({"at": "2025-03-12 09:00", "sort": None}, "TOO_FEW"),
        ({"at": None, "sort": "巡访"}, "UNSURE_MATCH"),
        ({"at": BAD, "sort": "巡访"}, "UNSURE_MATCH"),
        ({"at": None, "sort": "维修"}, "TOO_FEW"),
        ({"at": "2025-03-05 09:00", "sort": "巡访", "site_id": None}, "TOO_FEW"),
        ({"at": "2025-03-05 09:00", "sort": "巡访", "site_id": BAD}, "UNSURE_MATCH"),
    ],
)
def test_an_event_that_may_count_excuses(visit: dict[str, Any], outcome: str) -> None:
    site = {"started": "2025-03-03", "ended": "2025-03-09"}
    assert outcomes({**WEEKLY, "of": VISITS}, [site], [visit]) == {"P1/2025-W10": outcome}


@pytest.mark.parametrize(
    ("site", "outcome"),
    [
        ({"started": None}, {"P1/?": "START_MISSING"}),
        ({"started": BAD}, {"P1/?": "UNREADABLE"}),
        ({"ended": BAD}, {"P1/?": "UNREADABLE"}),
        ({"size": None}, {"P1/?": "SCOPE_UNKNOWN"}),
        ({"size": 5}, {}),
        ({"size": 30}, {"P1/2025-W10": "EXCEPTION"}),
        ({"owner": None}, {"P1/2025-W10": "EXCEPTION_UNKNOWN"}),
        ({}, {"P1/2025-W10": "TOO_FEW"}),
        ({"site_id": None}, {"row 2/2025-W10": "UNSURE_MATCH"}),
    ],
)
def test_members(site: dict[str, Any], outcome: dict[str, str]) -> None:
    because = {"zh": "例外", "en": "Excepted"}
    rule = {
        **WEEKLY, "for": {**FOR, "where": "size > 10"},
        "unless": [{"if": "size = 30", "because": because}, {"if": "owner = '李强'", "because": because}],
    }  # fmt: skip
    base = {"started": "2025-03-03", "ended": "2025-03-09", "size": 20, "owner": "张敏"}
    assert outcomes(rule, [{**base, **site}], []) == outcome


def test_columns_that_the_roster_lacks_hold_nothing() -> None:
    lacking = {"site": {"ended", "stopped", "resumed"}}
    found = case(WEEKLY, [{"started": "2025-03-03"}], [FIRST], "2025-03-12", lacking=lacking)
    assert found.verdicts() == {"P1/2025-W10": "fail", "P1/2025-W11": "pending"}


def test_members_by_another_key() -> None:
    rule = {"for": {**FOR, "key": "number"}, "of": {"record": "visit", "match": "visit_id = number"}, "every": "week"}
    site = {"started": "2025-03-03", "ended": "2025-03-09", "number": "N7"}
    assert outcomes(rule, [site], [{"visit_id": "N7", "at": "2025-03-05"}]) == {"N7/2025-W10": "PASS"}


def test_events_belong_to_the_member_of_the_same_key_if_nothing_else_is_said() -> None:
    rule = {**WEEKLY, "of": {"record": "visit"}}
    span = {"started": "2025-03-03", "ended": "2025-03-09"}
    sites = [span, {"site_id": "P2", **span}]
    assert outcomes(rule, sites, at("2025-03-05")) == {"P1/2025-W10": "PASS", "P2/2025-W10": "TOO_FEW"}


def test_the_organisation_owes_from_the_first_day_of_its_log() -> None:
    rule = {"of": {"record": "visit", "where": "sort = '培训'"}, "every": "month", "partial": "skip"}
    visits = [{"sort": "例会", "at": "2025-01-01 09:00"}, {"sort": "培训", "at": "2025-02-03 09:00"}]
    found = case(rule, [], visits, "2025-03-31 12:00").outcomes()
    assert {key: one.name for key, one in found.items()} == {
        "organisation/2025-01": "TOO_FEW", "organisation/2025-02": "PASS", "organisation/2025-03": "RUNNING",
    }  # fmt: skip
    assert case(rule, [], [], "2025-03-31 12:00").verdicts() == {"organisation/?": "unknown"}


def test_what_a_finding_says() -> None:
    site = {"started": "2025-03-03", "ended": "2025-03-09", "owner": "张敏"}
    rule = {**WEEKLY, "at_least": 3, "subject": "owner"}
    found = case(rule, [site], [FIRST, *at("2025-03-05")], "2025-03-31").details()
    said = {
        "subject": "张敏", "count": 1, "needed": 3, "missing": 2, "period": "2025-W10", "from": "2025-03-03 00:00",
        "to": "2025-03-09 23:59:59", "due_at": "2025-03-09 23:59:59", "evidence 0 site": 0,
    }  # fmt: skip
    assert {name: found["P1/2025-W10"][name] for name in said} == said


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"every": None}, "either `every` or `max_gap`"),
        ({"max_gap": "15min", "hours": "cn"}, "either `every` or `max_gap`"),
        ({"every": "fortnight"}, "'fortnight' is not a period"),
        ({"every": None, "max_gap": "2wd"}, "A gap is elapsed time or calendar days"),
        ({"every": None, "max_gap": "2bh"}, "A gap is elapsed time or calendar days"),
        ({"every": None, "max_gap": "2bh", "hours": "cn"}, "A gap within hours is elapsed time"),
        ({"every": None, "max_gap": "2d", "hours": "cn"}, "A gap within hours is elapsed time"),
        ({"hours": "cn"}, "Periods have no hours"),
        ({"for": None, "when": "size > 1"}, "need a roster"),
        ({"for": None, "subject": "by"}, "Without a roster nobody is named"),
        ({"at_least": 0}, "greater than or equal to 1"),
    ],
)
def test_mistakes_of_form(rule: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        case({**WEEKLY, **rule}, [], [], "2025-03-31")


@pytest.mark.parametrize(
    ("of", "place", "what"),
    [
        ({"where": "sort = 1"}, "of.where", "'sort' is a text but '1' is a number."),
        ({"at": "sort"}, "of.at", "'sort' is not a time of 'visit'."),
        ({"match": "place = site_id"}, "of.match", "There is no column 'place' here."),
        ({"match": "site_id = place"}, "of.match", "There is no column 'place' here."),
        ({"match": "site_id = site_id and at > started"}, "of.match", "Events belong by equality, not by '>'."),
    ],
)
def test_mistakes_of_names(of: dict[str, Any], place: str, what: str) -> None:
    (problem,) = case({**WEEKLY, "of": {**OF, **of}}, [], [], "2025-03-31").mistakes()
    assert (problem.where.file, problem.what) == (place, what)
