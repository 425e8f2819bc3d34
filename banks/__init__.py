"""Who: banks, outlets, members, card vendors; a bank's standing."""
