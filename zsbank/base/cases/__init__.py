"""Declarations of cases, and the registry of all declared cases."""
