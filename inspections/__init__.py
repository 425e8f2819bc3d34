"""Inspections: determinations, rectification, annual assessment."""
