"""How days and moments are written."""
