"""Recommendation, decision, and the agreements that make an approval effective."""
