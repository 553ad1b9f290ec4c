"""The same twelve rules written by a person: once as one fused query, once in pandas."""

from __future__ import annotations

from pathlib import Path

FAILURES = """
CREATE TABLE failures AS
SELECT rule, request_id, received_by, received_at FROM (
  SELECT request_id, received_by, received_at, unnest([
    CASE WHEN customer_name IS NULL THEN 1 END,
    CASE WHEN contact IS NULL THEN 2 END,
    CASE WHEN length(description) < 4 THEN 3 END,
    CASE WHEN category IS NULL THEN 4 END,
    CASE WHEN forwarded_at > received_at + INTERVAL 24 HOUR THEN 5 END,
    CASE WHEN first_response_at > received_at + INTERVAL 8 HOUR THEN 6 END,
    CASE WHEN assigned_at > received_at + INTERVAL 48 HOUR THEN 7 END,
    CASE WHEN started_at > received_at + INTERVAL 72 HOUR THEN 8 END,
    CASE WHEN date_trunc('day', completed_at) > date_trunc('day', received_at) + INTERVAL 3 DAY THEN 9 END,
    CASE WHEN date_trunc('day', closed_at) > date_trunc('day', received_at) + INTERVAL 30 DAY THEN 10 END,
    CASE WHEN reply_content IS NULL THEN 11 END,
    CASE WHEN forwarded_to IS NULL THEN 12 END
  ]) AS rule FROM read_parquet('{path}') WHERE request_type = '报修'
) WHERE rule IS NOT NULL
"""

COLUMNS = (
    "request_id", "request_type", "received_at", "received_by", "customer_name", "contact", "description", "category",
    "forwarded_at", "first_response_at", "assigned_at", "started_at", "completed_at", "closed_at", "reply_content",
    "forwarded_to",
)  # fmt: skip


def fused(path: Path) -> int:
    """The single query; returns how many failures it found."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(FAILURES.format(path=path))
    return int(connection.execute("SELECT count(*) FROM failures").fetchall()[0][0])


def read_columns(path: Path) -> int:
    """Read every column that the rules use, once."""
    import duckdb

    hashes = ", ".join(f"bit_xor(hash({column}))" for column in COLUMNS)
    duckdb.connect().execute(f"SELECT {hashes} FROM read_parquet('{path}')").fetchall()
    return 0


def in_pandas(path: Path) -> int:
    """The twelve rules in pandas; returns how many failures they found."""
    import pandas as pd

    frame = pd.read_parquet(path, columns=list(COLUMNS))
    frame = frame[frame["request_type"] == "报修"]
    received = frame["received_at"]
    day = received.dt.normalize()
    masks = (
        frame["customer_name"].isna(),
        frame["contact"].isna(),
        frame["description"].str.len() < 4,
        frame["category"].isna(),
        frame["forwarded_at"] > received + pd.Timedelta(hours=24),
        frame["first_response_at"] > received + pd.Timedelta(hours=8),
        frame["assigned_at"] > received + pd.Timedelta(hours=48),
        frame["started_at"] > received + pd.Timedelta(hours=72),
        frame["completed_at"].dt.normalize() > day + pd.Timedelta(days=3),
        frame["closed_at"].dt.normalize() > day + pd.Timedelta(days=30),
        frame["reply_content"].isna(),
        frame["forwarded_to"].isna(),
    )
    columns = ["request_id", "received_by", "received_at"]
    found = [frame.loc[mask, columns].assign(rule=number) for number, mask in enumerate(masks, start=1)]
    return len(pd.concat(found))
