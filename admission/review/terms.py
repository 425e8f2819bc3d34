"""The criteria on which the medical insurance side is asked."""

HEALTHCARE_CRITERIA: tuple[int, ...] = (6, 16, 23)
"""The criteria on which the medical insurance side is asked."""
