"""The people who act for a bank."""
