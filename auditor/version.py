"""Versions of the product and of the libraries that a result depends on."""

from __future__ import annotations

__version__ = "0.1.0"

_LIBRARIES = ("duckdb", "sqlglot", "python-calamine", "durable_rules", "chinesecalendar")


def versions() -> dict[str, str]:
    """``auditor`` and each library that is installed, with its version."""
    # Loaded here alone: it brings the mail and archive modules of the standard library with it.
    from importlib.metadata import PackageNotFoundError, version

    found = {"auditor": __version__}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found
