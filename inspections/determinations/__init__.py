"""Determinations: findings against a bank (exit （二）1, 2)."""
