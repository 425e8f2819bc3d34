"""Middleware: rate limits, headers, language, required second factor."""
