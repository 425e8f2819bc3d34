"""The columns of the sheets, and the reading of their cells."""
