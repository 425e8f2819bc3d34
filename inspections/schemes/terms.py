"""What the policy fixes of a scheme, and its limits."""

from decimal import Decimal

FAILING_GRADE = "不合格"
"""The only grade that the policy names: two assessed years of it in a row lead to exit （二）3."""

FULL_SCORE = Decimal(100)
FIRST_YEAR = 2000
MAX_GRADES = 12
GRADE_LENGTH = 20
