"""Inspections: determinations, rectification, annual assessment, fee notices, complaints, visits."""
