"""What was found of a bank (exit （二）1, 2)."""
