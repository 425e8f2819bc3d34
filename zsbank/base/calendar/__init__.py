"""Legal periods and working days: pure reckoning, its explanation, and the one clock."""
