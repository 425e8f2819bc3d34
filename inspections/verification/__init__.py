"""Verification of rectification reports, and the decision on them (整改验收)."""
