"""Annual assessments (exit （二）3)."""
