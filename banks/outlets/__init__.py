"""The outlets of a bank."""
