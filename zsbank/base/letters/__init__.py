"""Official letters: numbering, rendering, register and checking."""
