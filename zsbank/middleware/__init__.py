"""What stands before every page: limits, headers, language, second factor."""
