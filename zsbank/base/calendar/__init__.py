"""Legal periods and working days: calculation, explanation, and the current time."""
