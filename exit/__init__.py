"""How a bank leaves: exit cases, notice or consent, lockout. It shadows a builtin: import names from its modules."""
