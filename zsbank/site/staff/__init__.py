"""The desk's first page: work list, figures, people and roles."""
