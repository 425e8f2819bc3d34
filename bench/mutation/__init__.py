"""Mutation run: small wrong changes in rules, actions and permissions, and the share that tests notice."""
