"""Registrations to be judged: data that look like those of a bank in the register."""
