"""Banks: the register, outlets, members and hearings."""
