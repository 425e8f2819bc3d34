"""Screens and programs on top of the four apps; they do not import each other."""
