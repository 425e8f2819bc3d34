"""Hearings: a bank states its case before an adverse decision (law.md §2)."""
