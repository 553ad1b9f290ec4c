"""Random small worlds, one strategy for each kind of rule."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.properties.draws import (
    COUNTER,
    INSTANTS,
    WEEKS,
    Case,
    Rows,
    atoms,
    conditions,
    instants,
    one_of,
    rows,
    scope,
    some_of,
)

_HOURS = ["0h", "30min", "24h", "0bh", "1bh", "4bh", "8bh"]
_WITHIN = [*_HOURS, "0d", "1d", "3d", "0wd", "1wd", "2wd", "1mon"]


@st.composite
def clock(draw: DrawFn, field: str = "within") -> dict[str, Any]:
    """A budget of time and those options of the clock that belong to its unit."""
    within = draw(st.sampled_from(_WITHIN))
    choices: dict[str, list[Any]] = {"boundary": ["strict"]}
    if within in _HOURS:
        choices["date_only"] = ["day"]
    elif within.endswith("wd"):
        choices |= {"after_hours": ["roll"], "ends": ["close"]}
    else:
        choices["roll"] = ["next_working"]
    return {field: within} | draw(some_of(choices))


@st.composite
def lookup(draw: DrawFn) -> dict[str, Any]:
    """A lookup of visits from a job."""
    match = draw(
        one_of("job_id = job_id", "job_id = job_id and visited_at >= opened_at", "job_id = job_id and sort = sort")
    )
    options = draw(some_of({"take": ["first", "last"], "by": ["left_at"]}))
    where = {"where": draw(atoms("visit"))} if draw(st.booleans()) else {}
    return {"record": "visit", "match": match} | where | options


@st.composite
def condition_world(draw: DrawFn) -> Case:
    """Jobs under a condition, now and then with a lookup of visits."""
    seen = one_of("v.found", "v.count >= 2", "v.good", "v.score > 1", "v.score is null", "v.visited_at >= opened_at")
    looks = draw(st.booleans())
    simple = atoms("job") | seen if looks else atoms("job")
    rule: dict[str, Any] = {"kind": "condition", "record": "job", "must": draw(conditions(simple))}
    rule |= draw(scope("job")) | draw(some_of({"missing": ["unknown", "fail", "pass"]}))
    if looks:
        rule["lookup"] = {"v": draw(lookup())}
    tables = {"job": draw(rows("job", rule))} | ({"visit": draw(rows("visit", rule))} if looks else {})
    return Case(rule, tables, draw(instants(INSTANTS)))


@st.composite
def deadline_world(draw: DrawFn) -> Case:
    """Jobs with a deadline for a column of their own or for a visit, now and then with pauses."""
    rule = (
        {"kind": "deadline", "record": "job", "from": "opened_at", "to": "closed_at"}
        | draw(clock())
        | draw(scope("job"))
    )
    records = ["job"]
    if draw(st.booleans()):
        paired = draw(one_of(False, True))
        where = {"where": draw(atoms("visit"))} if draw(st.booleans()) else {}
        match = "job_id = client" if paired else "job_id = job_id"
        rule |= {"to": "v.visited_at", "lookup": {"v": {"record": "visit", "match": match} | where}}
        rule |= {"match": "one_to_one"} if paired else {}
        records.append("visit")
    if rule["within"] in _HOURS and draw(one_of(False, False, True)):
        own = draw(st.booleans())
        held: Any = {"from": "held_at", "to": "resumed_at"}
        rule["pauses"] = [held] if own else {"record": "hold", "match": "job_id = job_id"} | held
        records += [] if own else ["hold"]
    return Case(rule, {name: draw(rows(name, rule)) for name in records}, draw(instants(INSTANTS)))


@st.composite
def form_world(draw: DrawFn) -> Case:
    """Jobs that need a paper."""
    rule: dict[str, Any] = {"kind": "form", "for": "job", "document": "paper"} | draw(scope("job"))
    rule["of"] = draw(one_of("slip", ["slip", "bill"]))
    choices: dict[str, list[Any]] = {
        "fields": [["content"], ["content", "amount"]],
        "signed_by": ["customer", "manager"],
        "copies": [2],
    }
    rule |= draw(some_of(choices))
    if draw(st.booleans()):
        rule |= draw(clock()) | draw(some_of({"from": ["closed_at"]}))
    papers = draw(rows("paper", {**rule, "columns": "related_ref doc_type signed_by_customer"}))
    return Case(rule, {"job": draw(rows("job", rule)), "paper": papers}, draw(instants(INSTANTS)))


@st.composite
def sequence_world(draw: DrawFn) -> Case:
    """Jobs whose closing needs an approval."""
    rule: dict[str, Any] = {"kind": "sequence", "record": "job", "action": "closed_at"} | draw(scope("job"))
    rule |= draw(some_of({"ties": ["allow", "strict"], "valid_for": ["1d", "24h", "5d"]}))
    records = ["job", "consent"] if draw(one_of(True, True, True, False)) else ["job"]
    if len(records) == 1:
        rule["before"] = "opened_at"
        return Case(rule, {"job": draw(rows("job", rule))}, draw(instants(INSTANTS)))
    each = draw(one_of(False, False, True))
    where = {"where": draw(atoms("consent"))} if draw(st.booleans()) else {}
    rule["before"] = {"record": "consent", "match": f"job_id = {'client' if each else 'job_id'}"} | where
    by = draw(some_of({"role": ["经理", ["经理", "总监"]], "different_from": ["owner"]}))
    rule |= ({"each": True} if each else {}) | ({"by": by} if by else {})
    mentioned = {**rule, "columns": "approver approver_role"}
    return Case(rule, {name: draw(rows(name, mentioned)) for name in records}, draw(instants(INSTANTS)))


@st.composite
def cadence_world(draw: DrawFn) -> Case:
    """Places (or the organisation) that are owed visits in every period."""
    roster: dict[str, Any] = {"record": "place", "from": "opened_on", "to": "closed_on"}
    if draw(one_of(False, False, True)):
        roster["suspended"] = {"from": "paused_from", "to": "paused_to"}
    if draw(one_of(False, False, True)):
        roster["where"] = draw(atoms("place"))
    of = {"record": "visit"} | ({"where": draw(atoms("visit"))} if draw(st.booleans()) else {})
    rule: dict[str, Any] = {
        "kind": "cadence",
        "of": of,
        "every": draw(one_of("week", "week", "month", "quarter", "7d", "10d")),
    }
    rule |= draw(some_of({"at_least": [1, 2], "partial": ["prorate", "skip", "full"]}))
    alone = draw(one_of(False, False, False, True))
    if not alone:
        rule["for"] = roster
        of["match"] = "place_id = place_id"
    places = {} if alone else {"place": draw(rows("place", rule, 2, WEEKS))}
    return Case(rule, places | {"visit": draw(rows("visit", rule, 8, WEEKS))}, draw(instants(WEEKS)))


@st.composite
def gap_world(draw: DrawFn) -> Case:
    """Places where nobody may stay away too long while the doors are open."""
    of = {"record": "visit", "match": "place_id = place_id"} | (
        {"where": draw(atoms("visit"))} if draw(st.booleans()) else {}
    )
    roster = {"record": "place", "from": "opened_on", "to": "closed_on"}
    hours = draw(one_of("doors", {"from": "opens_at", "to": "closes_at"}))
    rule = {"kind": "cadence", "for": roster, "of": of, "max_gap": draw(one_of("20min", "1h")), "hours": hours}
    if draw(st.booleans()):
        del rule["hours"]
        rule["max_gap"] = draw(one_of("20min", "24h", "0d", "1d", "3d"))
        roster |= draw(some_of({"suspended": [{"from": "paused_from", "to": "paused_to"}]}))
        if draw(one_of(False, False, True)):
            del rule["for"], of["match"]
    places = draw(rows("place", rule, 2, COUNTER))
    for place in places:
        place["closed_on"] = draw(one_of("2025-03-05", "2025-03-06 10:30", "2025-03-07"))
    visits = {"visit": draw(rows("visit", rule, 8, COUNTER))}
    return Case(rule, ({"place": places} if "for" in rule else {}) | visits, draw(instants(COUNTER)))


@st.composite
def limit_world(draw: DrawFn) -> Case:
    """Slips of persons, forbidden or counted in periods and sliding windows."""
    of = {"record": "slip"} | ({"where": draw(atoms("slip"))} if draw(st.booleans()) else {})
    rule: dict[str, Any] = {"kind": "limit", "of": of, "at_most": draw(one_of(0, 1, 1, 2))}
    if rule["at_most"] or draw(st.booleans()):
        rule["window"] = draw(one_of("week", "month", "quarter", "year", "1d", "2d", "7d"))
        rule |= draw(some_of({"per": ["person", ["person", "place_id"]], "same": [["sort"]]}))
    elif draw(st.booleans()):
        rule["unless"] = [{"if": draw(atoms("slip")), "because": {"zh": "例外", "en": "exception"}}]
    times = draw(one_of(INSTANTS, WEEKS))
    return Case(rule, {"slip": draw(rows("slip", rule, 8, times))}, draw(instants(times)))


_ITEMS: list[dict[str, Any]] = [
    {"code": "A", "title": {"zh": "着装", "en": "Dress"}, "covers": [], "weight": 3, "points": 30},
    {"code": "B", "title": {"zh": "工牌", "en": "Badge"}, "covers": [], "points": 5},
    {
        "code": "C",
        "title": {"zh": "问候", "en": "Greeting"},
        "covers": [],
        "weight": 4,
        "points": 20,
        "critical": "sheet",
    },
]


@st.composite
def checklist_world(draw: DrawFn) -> Case:
    """Sheets with at most one row for each item; without a time to rectify they may have a score."""
    rule: dict[str, Any] = {"kind": "checklist", "sheet": "inspection", "items": _ITEMS}
    rule |= draw(some_of({"unanswered": ["fail", "unknown"], "match_by": ["code", "name"]}))
    if draw(one_of(False, False, True)):
        rule["when"] = draw(atoms("inspection"))
    if draw(st.booleans()):
        rule["rectify_within"] = draw(one_of("24h", "4bh", "3d", "2wd"))
    else:
        rule |= {"score": draw(one_of("deduct", "weighted")), "pass_mark": draw(one_of(0, 42, 57, 65, 70, 75, 95, 100))}
    return Case(rule, {"inspection": draw(_sheets(rule))}, draw(instants(INSTANTS)))


@st.composite
def _sheets(draw: DrawFn, rule: dict[str, Any]) -> Rows:
    answers = draw(rows("inspection", {**rule, "columns": "result inspected rectified_at"}, 8))
    places = [(sheet, code) for code in "ABCX" for sheet in ("S1", "S2", "")]
    titles = {item["code"]: item["title"] for item in _ITEMS}
    chosen = draw(st.permutations(places))
    for row, (sheet, code) in zip(answers, chosen, strict=False):
        title = titles.get(code, {"zh": "别的"}).get(draw(one_of("zh", "en")), "")
        title = draw(one_of("{}", "{}", "1.{}", "（2）{}。", "③ {}", "３、{} ", "3{}")).format(title) if title else ""
        row |= {"sheet_id": sheet} | draw(one_of(*[{"item_code": code, "item_name": title}] * 3, {"item_name": title}))
    return answers


@st.composite
def metric_world(draw: DrawFn) -> Case:
    """Visits under a figure per visitor and period. Targets between the values that sums of halves can take."""
    numbers = [
        {name: text}
        for name in ("mean", "median", "p90")
        for text in ("score", "score * 2", "hours(left_at - visited_at)")
    ]
    measure = draw(one_of({"count": "*"}, {"rate": "good"}, {"rate": "score > 1 or good"}, *numbers))
    figure = draw(
        one_of("1.03", "2.03", "4.07", "-1.03")
        if "count" not in measure and "rate" not in measure
        else one_of("0", "1", "2", "50", "100")
    )
    rule = {
        "kind": "metric",
        "record": "visit",
        "measure": measure,
        "target": draw(one_of(">= ", "> ", "<= ", "< ")) + figure,
    }
    rule |= {"period": draw(one_of("week", "month", "quarter", "year"))}
    rule |= draw(some_of({"per": ["visitor"], "min_sample": [1, 2, 3], "at": ["left_at"]}))
    if draw(one_of(False, False, True)):
        rule["when"] = draw(conditions(atoms("visit")))
    times = draw(one_of(INSTANTS, WEEKS))
    return Case(rule, {"visit": draw(rows("visit", rule, 8, times))}, draw(instants(times)))


WORLDS = {
    "cadence": cadence_world,
    "checklist": checklist_world,
    "condition": condition_world,
    "deadline": deadline_world,
    "form": form_world,
    "gap": gap_world,
    "limit": limit_world,
    "metric": metric_world,
    "sequence": sequence_world,
}
