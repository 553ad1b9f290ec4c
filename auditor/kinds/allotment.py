"""Allotment: each action uses up one approval, the oldest that is free and allows it, in the order of the actions."""

from __future__ import annotations

from auditor.kinds.outcome import Outcome


def allot(judged: str, keys: int) -> str:
    """The pairs of ``judged`` (see matching.pairs) without the approvals that other actions have used up.

    ``judged`` also has ``_acted``, the time of the action, and ``_owes``, whether it surely needs an approval: only
    such actions use one up. Approvals are shared among actions of equal ``_k0`` .. ``_k<keys - 1>``; the query takes
    as many rounds as the largest such group has actions.
    """
    names = [f"_k{index}" for index in range(keys)]
    listed = ", ".join(names)
    same = " AND ".join(f"a.{name} = t.{name}" for name in names)
    copied = ", ".join(f"a.{name}" for name in names)
    actions = (
        f"SELECT {listed}, _base, list(_theirs ORDER BY _at NULLS LAST, _theirs) AS _good,"
        f" row_number() OVER (PARTITION BY {listed} ORDER BY _acted, _base) AS _i"
        f" FROM judged WHERE _outcome = {Outcome.PASS:d} AND _owes GROUP BY {listed}, _base, _acted"
    )
    used = "CASE WHEN len(_free) = 0 THEN _used ELSE list_append(_used, _free[1]) END"
    free = "list_filter(a._good, lambda one: NOT list_contains(t._used, one))"
    rounds = (
        f"SELECT {listed}, _base, _i, _good[1] AS _taken, [_good[1]] AS _used FROM actions WHERE _i = 1 UNION ALL"
        f" SELECT {listed}, _base, _i, _free[1], {used}"
        f" FROM (SELECT {copied}, a._base, a._i, t._used, {free} AS _free FROM rounds AS t"
        f" JOIN actions AS a ON a._i = t._i + 1 AND {same})"
    )
    return (
        f"WITH RECURSIVE judged AS MATERIALIZED ({judged}), actions AS MATERIALIZED ({actions}), rounds AS ({rounds})"
        " SELECT judged.* FROM judged LEFT JOIN (SELECT _base, _taken FROM rounds WHERE _taken IS NOT NULL) AS used"
        " ON used._taken = judged._theirs WHERE used._taken IS NULL OR used._base = judged._base"
    )
