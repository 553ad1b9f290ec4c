"""Forms: how each field of a calendar is written, for the remedy of a value that is not."""

from __future__ import annotations

FORMS = {
    "title": "Write it as {zh: 办公时间, en: Office hours}.",
    "zh": "Write the title as text.",
    "en": "Write the title as text.",
    "weekly": "Write weekdays with their hours, such as mon-fri: [09:00-12:00, 13:00-18:00].",
    "days": "Write dates with their hours, such as 2025-12-31: [09:00-12:00].",
    "closed": "Write a list of dates, such as [2025-03-08, 12-31..01-01].",
    "makeup_hours": "Write a list of hours, such as [09:00-18:00].",
    "first_year": "Write a year from 1972 to 2100.",
    "last_year": "Write a year from 1972 to 2100.",
    "entered_years": "Write a list of years from 1972 to 2100, such as [2027].",
    "zone": "Write an IANA name, such as Asia/Shanghai.",
}
