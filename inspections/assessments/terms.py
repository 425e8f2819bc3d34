"""The failing grade (exit （二）3)."""

FAILING_GRADE = "不合格"
