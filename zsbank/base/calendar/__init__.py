"""Legal periods and working days: pure calculation, its explanation, and the one clock."""
