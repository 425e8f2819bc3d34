"""The annual assessment (exit （二）3)."""
