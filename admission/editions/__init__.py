"""The policy editions and their criteria."""
