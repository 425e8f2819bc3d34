"""Letters on paper from before this register, and what was taken over with them."""
