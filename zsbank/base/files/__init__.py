"""Files people hand in and letters the bureau issues: stored once, under random names, known by their hash."""
