"""The starter: a new project folder with a commented auditor.yaml, a README and a few example sheets."""

from auditor.project.starter.folder import make_project

__all__ = ["make_project"]
