"""Who: banks, outlets, contacts, members, card vendors; a bank's standing."""
