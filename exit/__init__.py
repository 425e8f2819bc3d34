"""Exit cases, by notice or consent. The package shadows a builtin: import names from its modules."""
