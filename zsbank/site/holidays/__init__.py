"""Holidays of a year: entered by one person, confirmed by another, with the due dates that move."""
