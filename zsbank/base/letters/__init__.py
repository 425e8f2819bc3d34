"""Official letters: numbering, layout, storage."""
