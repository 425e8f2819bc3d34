"""Sweep, health, integrity, checkpoints, backup, demonstration."""
