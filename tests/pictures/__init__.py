"""Screenshots of every page for every role, and comparison of two sets; see README.md in this folder."""
