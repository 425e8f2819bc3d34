"""Judging the rows of a takeover: with each other, with the register, and what they make of each bank."""
