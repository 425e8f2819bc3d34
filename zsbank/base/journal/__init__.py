"""The append-only journal: who did what, when, from which state to which, and why."""
