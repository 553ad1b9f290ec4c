"""``python -m auditor``: the same as the command ``auditor``."""

from auditor.commands import main

main()
