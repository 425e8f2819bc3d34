"""Applications: a bank's answers to the criteria and their evidence."""
