"""Code that the four apps share; it imports none of them."""
