"""What the four apps stand on; it knows nothing of them."""
