"""A project: the file ``auditor.yaml`` that says what is read, by which rules, and what comes of it."""
