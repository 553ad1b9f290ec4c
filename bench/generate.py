"""Generated repair requests as Parquet: deterministic, about three in a hundred with something wrong."""

from __future__ import annotations

from pathlib import Path

import duckdb

EPOCH = "TIMESTAMP '2024-01-01 08:00:00'"
SECONDS_BETWEEN = 6


def share(salt: int, per_mille: float) -> str:
    """SQL that is true for about ``per_mille`` of a thousand rows, independently for each salt."""
    return f"(hash(i * 31 + {salt}) % 100000 < {int(per_mille * 100)})"


def generate(path: Path, rows: int) -> None:
    """Write ``rows`` repair requests to ``path``; each of twelve ways of going wrong hits about one in 400."""
    later = "received_at + to_seconds(CAST(hash(i + {salt}) % {spread} AS BIGINT))"
    duckdb.sql(
        f"""
        COPY (
          SELECT 'R' || lpad(CAST(i AS VARCHAR), 9, '0') AS request_id,
            CASE WHEN hash(i + 1) % 4 = 0 THEN '咨询' ELSE '报修' END AS request_type,
            received_at,
            'P' || CAST(hash(i + 2) % 400 AS VARCHAR) AS received_by,
            CASE WHEN {share(1, 2.5)} THEN NULL ELSE '客户' || CAST(hash(i) % 90000 AS VARCHAR) END AS customer_name,
            CASE WHEN {share(2, 2.5)} THEN NULL ELSE '138' || lpad(CAST(hash(i + 3) % 100000000 AS VARCHAR), 8, '0') END
              AS contact,
            CASE WHEN {share(3, 2.5)} THEN '坏' ELSE '水管漏水需要修理' END AS description,
            CASE WHEN {share(4, 2.5)} THEN NULL ELSE '水电' END AS category,
            CASE WHEN {share(5, 2.5)} THEN received_at + INTERVAL 30 HOUR
                 ELSE {later.format(salt=5, spread=80000)} END AS forwarded_at,
            CASE WHEN {share(6, 2.5)} THEN received_at + INTERVAL 9 HOUR
                 ELSE {later.format(salt=6, spread=28000)} END AS first_response_at,
            CASE WHEN {share(7, 2.5)} THEN received_at + INTERVAL 50 HOUR
                 ELSE {later.format(salt=7, spread=170000)} END AS assigned_at,
            CASE WHEN {share(8, 2.5)} THEN received_at + INTERVAL 80 HOUR
                 WHEN hash(i + 8) % 3 = 0 THEN NULL
                 ELSE {later.format(salt=8, spread=250000)} END AS started_at,
            CASE WHEN {share(9, 2.5)} THEN received_at + INTERVAL 6 DAY
                 ELSE {later.format(salt=9, spread=250000)} END AS completed_at,
            CASE WHEN {share(10, 2.5)} THEN received_at + INTERVAL 40 DAY
                 ELSE received_at + INTERVAL 10 DAY END AS closed_at,
            CASE WHEN {share(11, 2.5)} THEN NULL ELSE '漏水已修好' END AS reply_content,
            CASE WHEN {share(12, 2.5)} THEN NULL ELSE '工程部' END AS forwarded_to
          FROM (SELECT i, {EPOCH} + to_seconds(i * {SECONDS_BETWEEN}) AS received_at FROM range({rows}) AS t(i))
        ) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 122880)
        """
    )
