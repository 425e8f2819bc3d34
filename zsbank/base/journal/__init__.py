"""The append-only record: who did what, when, from which state to which, and why."""
