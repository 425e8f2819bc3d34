"""Hearing a bank before an adverse decision (law.md §2)."""
