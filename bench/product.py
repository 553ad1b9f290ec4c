"""The product over a Parquet file: rules folder in, findings in hand."""

from __future__ import annotations

from pathlib import Path


def product(path: Path, rules: Path) -> int:
    """Run the audit; returns how many findings there are."""
    import auditor

    book = auditor.read_rules(rules)
    data = auditor.read_data(path, book=book)
    found = auditor.audit(book, data).finding_count
    assert all(source.sha256 for source in data.sources)
    return found
