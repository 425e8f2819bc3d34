"""Stored files: submitted files and issued letters, under random names, with their hashes."""
