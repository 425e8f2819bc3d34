"""Recommendation, decision, and what makes it take effect."""
