"""The page: one HTML file that needs no network, no server and no script."""

from auditor.report.page.page import to_html

__all__ = ["to_html"]
