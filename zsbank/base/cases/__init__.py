"""What every kind of case has in common."""
