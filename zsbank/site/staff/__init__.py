"""The desk's home and sidebar: work list, figures, people and roles."""
