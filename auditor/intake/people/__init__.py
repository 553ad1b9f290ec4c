"""People: the spellings of one person made one name, and the persons of one name kept apart."""

from auditor.intake.people.naming import name_people

__all__ = ["name_people"]
