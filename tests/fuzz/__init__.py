"""Damaged files: whatever happens to the bytes of a log, intake answers in words."""
