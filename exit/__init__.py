"""How a bank leaves: exit cases, notice or consent. It shadows a builtin: import names from its modules."""
