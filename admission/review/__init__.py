"""The review of an application, until the recommendation."""
