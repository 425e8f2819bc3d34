"""Screens and programs that stand on the four apps; strangers to each other."""
