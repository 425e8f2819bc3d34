"""Limits of fee notices."""

from decimal import Decimal

LONGEST_NUMBER = 40
"""Characters of a number."""

LONGEST_PERIOD = 60
"""Characters with which a notice says what it is for, such as a quarter."""

LARGEST_AMOUNT = Decimal("100000000.00")
"""Yuan; a larger amount is a slip of the keyboard: the fees of a year are far below."""

CENT = Decimal("0.01")
YEARS_BEFORE = 5
"""A notice is for the year in which it was issued, or for one of so many years before."""

REMINDER_DAYS: tuple[int, ...] = (7, 1)
"""Calendar days before the due date on which a bank is reminded."""

LONGEST_YEARS_TO_PAY = 1
"""Years, by the calendar, from issue to the due date; a later date is a slip of the keyboard."""
