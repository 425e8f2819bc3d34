"""Policy editions and their criteria."""
