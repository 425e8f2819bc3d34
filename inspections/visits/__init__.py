"""Inspections of banks at their outlets (监督检查)."""
