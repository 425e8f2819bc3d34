"""Rectification orders (exit （二）2, 3)."""
