"""What a subject declares to the rest of the register, and the registry of all that was declared."""
