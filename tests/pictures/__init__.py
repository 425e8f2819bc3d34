"""Pictures of every page of every role, and what differs between two sets of them. See README.md beside this file."""
